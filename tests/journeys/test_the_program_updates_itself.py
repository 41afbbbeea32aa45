"""A new version comes, is looked at, waits for the person, and one that was taken back says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from agent_core.bootstrap import Agent, AgentOptions, build_agent
from agent_core.keychain import MemorySecrets
from agent_core.ports import EndedUpdate, RestartWhen, UpdateState
from desktop.updater.updater import Updater
from protocol.jobs import JobStatus
from protocol.reasons import Reason
from protocol.updates import UpdateResult
from tests.support.agent import running_job, stored_person
from tests.support.browser import chromium_arguments, chromium_path
from tests.support.installation import Office, office
from tests.support.recruiter_page import A_WHILE
from tests.support.tree import ROOT

NOTES = "Downloads go on faster.\nThe dashboard keeps its place."
BACK = EndedUpdate(
    "a1",
    UpdateResult.ROLLED_BACK,
    "1.4.1",
    "1.4.3",
    "2026-11-12T08:00:00Z",
    Reason.UPDATE_CHECK_FAILED,
)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        yield made


@contextmanager
def agent_of(here: Office, *, held: bool = False) -> Iterator[Agent]:
    options = AgentOptions(
        here.folder / "data",
        here.folder / "agent.json",
        web_ui_dir=ROOT / "web_ui" / "dist",
        preferred_port=0,
        secrets=MemorySecrets(),
        held=held,
    )
    agent = build_agent(options)
    agent.start()
    try:
        yield agent
    finally:
        agent.stop()


@contextmanager
def updates_of(agent: Agent, updater: Updater) -> Iterator[Updater]:
    agent.offer_updates(updater)
    updater.start()
    try:
        yield updater
    finally:
        assert updater.stop(60)


@contextmanager
def page_of(agent: Agent, folder: Path) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_arguments())
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        page.set_default_timeout(A_WHILE)
        expect.set_options(timeout=A_WHILE)
        page.goto(agent.launch_url())
        page.get_by_role("navigation", name="Screens").wait_for()
        yield page
        page.screenshot(path=folder / "last-seen.png")
        browser.close()


def settings(page: Page, agent: Agent) -> None:
    page.goto(f"http://127.0.0.1:{agent.port}/app/settings")
    expect(page.get_by_role("heading", name="Updates")).to_be_visible()


def test_a_new_version_is_looked_for_and_started_when_the_person_likes(here: Office, tmp_path: Path) -> None:
    here.is_downloading = True
    with (
        agent_of(here) as agent,
        updates_of(agent, here.updater()) as updater,
        page_of(agent, tmp_path) as page,
    ):
        settings(page, agent)
        expect(page.get_by_text("This is the newest version for this computer.")).to_be_visible()
        here.publish("1.4.2", notes=NOTES)
        page.get_by_role("button", name="Check now").click()
        banner = page.get_by_role("region", name="Update of NjordHR")
        expect(
            banner.get_by_text("Version 1.4.2 is ready. It starts when NjordHR is started next.")
        ).to_be_visible()
        expect(page.get_by_text("The dashboard keeps its place.")).to_be_visible()
        banner.get_by_role("button", name="Restart tonight").click()
        expect(banner.get_by_text("NjordHR restarts tonight at about")).to_be_visible()
        banner.get_by_role("button", name="Restart now").click()
        question = page.get_by_role("dialog", name="Restart though a download runs?")
        question.get_by_role("button", name="Wait").click()
        expect(question).to_be_hidden()
        assert here.restarts == []
        banner.get_by_role("button", name="Restart now").click()
        question.get_by_role("button", name="Restart all the same").click()
        expect(banner.get_by_text("NjordHR restarts…")).to_be_visible()
        assert updater.status().state is UpdateState.PENDING
        assert here.restarts[:1] == [RestartWhen.NOW]


def test_a_version_that_was_taken_back_says_so_until_it_is_read(here: Office, tmp_path: Path) -> None:
    rolled_back = here.updater(UpdateState.ROLLED_BACK, ended=BACK, reason=BACK.reason)
    with agent_of(here) as agent, updates_of(agent, rolled_back), page_of(agent, tmp_path) as page:
        banner = page.get_by_role("region", name="Update of NjordHR")
        words = "Version 1.4.3 did not work on this computer, so 1.4.1 runs again."
        expect(banner.get_by_text(words)).to_be_visible()
        expect(banner.get_by_text("Your records and settings are as they were.")).to_be_visible()
        banner.get_by_role("button", name="Understood").click()
        expect(banner).to_be_hidden()
        settings(page, agent)
        expect(page.get_by_text("did not work on this computer, so 1.4.1 runs again,")).to_be_visible()
        expect(page.get_by_text(Reason.UPDATE_CHECK_FAILED.sentence)).to_be_visible()
        expect(banner).to_be_hidden()
        assert here.told == [BACK]


def test_a_pressing_version_cannot_be_put_away(here: Office, tmp_path: Path) -> None:
    here.publish("1.4.2", critical=True)
    with agent_of(here) as agent, updates_of(agent, here.updater()), page_of(agent, tmp_path) as page:
        banner = page.get_by_role("region", name="Update of NjordHR")
        expect(banner.get_by_role("alert").get_by_text("Please restart NjordHR.")).to_be_visible()
        expect(banner.get_by_role("button", name="Later")).to_have_count(0)


def test_a_running_download_and_what_waits_to_be_sent_survive_an_update(here: Office) -> None:
    with agent_of(here) as agent:
        agent.services.settings.change({"log_level": "debug"})
        store = agent.services.store
        job_id = running_job(store)
        stored_person(store, job_id)
        waits = store.outbox.items(100)
        settings_before = (here.folder / "agent.json").read_bytes()
    # The version that was just installed starts: held it changes nothing, let go it works on.
    with agent_of(here, held=True) as agent:
        store = agent.services.store
        assert store.outbox.items(100) == waits
        assert store.job(job_id).status is JobStatus.RUNNING
        agent.release()
        assert store.job(job_id).status is JobStatus.QUEUED
        assert store.job(job_id).reason is Reason.JOB_INTERRUPTED
        kept = {item.event_id for item in store.outbox.items(100)}
        assert {item.event_id for item in waits} <= kept
        assert (here.folder / "agent.json").read_bytes() == settings_before
