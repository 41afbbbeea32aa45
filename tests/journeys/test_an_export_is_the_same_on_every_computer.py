"""Whoever exports, from whichever computer: one ZIP of the people, their resumes, and what is missing."""

import time
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

from agent_core.local_api.export_schemas import ExportTicket, ExportView
from demo import accounts
from demo.unattended import steps
from demo.unattended.api import LocalApi
from tests.support.browser import chromium_arguments, chromium_path
from tests.support.product import Agent, Product
from tests.support.recruiter import RANK, SHIP_TYPE, log_in, quietly, sit_down

COLLEAGUE = next(
    member
    for member in accounts.MEMBERS
    if member.office == accounts.RECRUITER.office and member != accounts.RECRUITER
)


@pytest.mark.timeout(400)
def test_a_colleague_exports_from_the_office_what_the_recruiter_exports_from_disk(
    product: Product, tmp_path: Path
) -> None:
    desk, elsewhere = product.computer("desk"), product.computer("elsewhere")
    with sit_down(desk) as api, sit_down(elsewhere, COLLEAGUE) as colleague:
        log_in(api, desk)
        steps.download(api, RANK, SHIP_TYPE, force=False, seen=lambda message: None)
        steps.wait_for_outbox(api, quietly)
        steps.verify(api, [item.resume_id for item in steps.review_items(api)])

        mine = fetched(api, desk, exported(api), tmp_path / "mine.zip")
        theirs = fetched(colleague, elsewhere, exported(colleague), tmp_path / "theirs.zip")

        with zipfile.ZipFile(mine) as one, zipfile.ZipFile(theirs) as other:
            assert one.testzip() is other.testzip() is None
            assert one.namelist() == other.namelist()
            assert len([name for name in one.namelist() if name.endswith(".pdf")]) == 12
            for name in one.namelist():
                assert one.read(name) == other.read(name)

        next(desk.resumes.glob("*/*.pdf")).write_bytes(b"%PDF of somebody else")
        assert exported(api).sentence == "12 people, 12 resumes, none missing"


def exported(api: LocalApi) -> ExportView:
    view = api.ask(ExportView, "POST", "/exports", {"filter": {}})
    deadline = time.monotonic() + 150
    while not view.state.is_final:
        assert time.monotonic() < deadline
        time.sleep(0.1)
        view = api.ask(ExportView, "GET", f"/exports/{view.export_id}")
    assert view.sentence == "12 people, 12 resumes, none missing", view
    return view


def fetched(api: LocalApi, agent: Agent, view: ExportView, target: Path) -> Path:
    """Have a real browser follow the ticket's address and keep the download."""
    ticket = api.ask(ExportTicket, "POST", f"/exports/{view.export_id}/ticket")
    url = f"http://127.0.0.1:{agent.port}{ticket.url}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_arguments())
        try:
            page = browser.new_page()
            with page.expect_download() as waiting:
                try:
                    page.goto(url)
                except Error as error:
                    assert "Download is starting" in error.message  # noqa: PT017 - Playwright says so of each
            assert waiting.value.suggested_filename == ticket.file_name
            waiting.value.save_as(target)
        finally:
            browser.close()
    assert target.stat().st_size == view.length
    return target
