"""The installed program, frozen as it ships, updates itself, goes back from what is broken, is held back."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from desktop.packaging.bundle import modules_in
from protocol.reasons import Reason
from tests.support.frozen_desk import A_WHILE_SECONDS, FrozenDesk, serving
from tests.support.frozen_release import DEBUGGING_DOOR, BundleMaker, Change
from tests.support.release_desk import ReleaseDesk
from update_manifest.trees import files_of

pytestmark = pytest.mark.timeout(1200)

ON_DISK = {"ready", "pending"}
ONE_LINE: Change = ('TITLE = "NjordHR"', 'TITLE = "NjordHR 2"')
UNHEALTHY: Change = ("agent_version=VERSION", 'agent_version="none"')


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> BundleMaker:
    return BundleMaker(tmp_path_factory.mktemp("bundles"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> ReleaseDesk:
    desk = ReleaseDesk(tmp_path_factory.mktemp("office"), now=datetime.now(UTC))
    desk.begin()
    return desk


@pytest.fixture(scope="module")
def address(office: ReleaseDesk) -> Iterator[str]:
    with serving(office.repository) as address:
        yield address


@pytest.fixture(scope="module")
def trust(office: ReleaseDesk, address: str) -> Path:
    into = office.folder / "trust"
    office.type("trust --repository {repository} --base-url {url} --into {into}", url=address, into=into)
    return into


@pytest.fixture(scope="module")
def first(maker: BundleMaker, trust: Path) -> Path:
    return maker.program("1.0.0", trust)


def _release(office: ReleaseDesk, bundle: Path, version: str) -> None:
    office.type(
        "assemble --repository {repository} --into {draft} --bundle {bundle} --level 1 --keep 2",
        draft=office.folder / version,
        bundle=bundle,
    )
    office.sign(version, "anna", "ben", "anna")
    office.publish(version)
    office.step("rollout 100")


@pytest.fixture
def desk(maker: BundleMaker, first: Path, tmp_path: Path) -> Iterator[FrozenDesk]:
    (tmp_path / "home").mkdir()
    with sync_playwright() as playwright:
        desk = FrozenDesk(tmp_path / "home", tmp_path / "installed", playwright)
        shutil.copytree(maker.launcher(), desk.places.launcher.parent)
        shutil.copytree(first, desk.places.version("1.0.0"))
        try:
            yield desk
        finally:
            desk.stop()


def test_the_frozen_program_tests_itself(first: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [first / "njordhr", "--self-test", tmp_path / "found"], check=False, capture_output=True
    )

    found = json.loads((tmp_path / "found").read_text())
    assert (done.returncode, found["ok"], found["version"]) == (0, True, "1.0.0"), found


def test_nothing_is_in_it_that_must_not_ship(first: Path) -> None:
    names = {module.partition(".")[0] for module in modules_in(first / "njordhr")}

    assert {"agent_core", "desktop", "protocol", "signing", "update_manifest"} <= names
    assert not names & {"cloud_api", "demo", "tests", "tools", "benchmarks", "setup_steps"}


def test_updates_come_go_back_and_are_held_back(
    desk: FrozenDesk, maker: BundleMaker, office: ReleaseDesk, trust: Path, first: Path
) -> None:
    _release(office, first, "1.0.0")
    desk.run("--installed", "--no-start-at-login")
    desk.start()
    desk.until_update(lambda found: found["version"] == "1.0.0", "version 1")

    # A line is changed: it comes as a delta, proves itself and stays.
    two = maker.program("2.0.0", trust, {**DEBUGGING_DOOR, "desktop/window.py": ONE_LINE})
    _release(office, two, "2.0.0")
    _take(desk, "2.0.0")
    desk.until_update(lambda found: found["version"] == "2.0.0" and _ended(found) == "committed", "version 2")
    assert (desk.state()["good"], desk.state()["bad"]) == ("2.0.0", [])
    assert files_of(desk.places.version("2.0.0")) == files_of(two)

    # One that does not answer as itself is taken back, and the person is told.
    broken = {**DEBUGGING_DOOR, "agent_core/local_api/health.py": UNHEALTHY}
    _release(office, maker.program("3.0.0", trust, broken), "3.0.0")
    _take(desk, "3.0.0")
    back = desk.until_update(lambda found: _ended(found) == "rolled_back", "version 2 again")
    assert (back["version"], back["why"]) == ("2.0.0", Reason.UPDATE_CHECK_FAILED)
    with desk.page() as page:
        told = page.get_by_role("region", name="Update of NjordHR")
        expect(told).to_contain_text("3.0.0", timeout=A_WHILE_SECONDS * 1000)
        expect(told).to_contain_text("2.0.0")

    # One that is stopped before anybody started it is not started.
    _release(office, maker.program("4.0.0", trust), "4.0.0")
    _fetch(desk, "4.0.0")
    assert desk.state()["pending"] == "4.0.0"
    office.step("halt --disable 4.0.0", by="hal")
    desk.ask("POST", "/update/check")
    desk.until_update(lambda found: found["state"] not in ON_DISK, "no version 4 that is to be started")
    desk.stop()
    desk.start()
    desk.until_update(lambda found: found["version"] == "2.0.0", "version 2 after all")
    assert (desk.state()["current"], desk.state()["pending"]) == ("2.0.0", None)


def _fetch(desk: FrozenDesk, version: str) -> None:
    desk.ask("POST", "/update/check")
    desk.until_update(
        lambda found: found["state"] in ON_DISK and found["offered"] == version, f"{version} on the disk"
    )


def _take(desk: FrozenDesk, version: str) -> None:
    _fetch(desk, version)
    with suppress(Error):  # the page may be gone before it hears the answer
        desk.ask("POST", "/update/restart", {"when": "now"})


def _ended(found: dict[str, Any]) -> object:
    return None if found["ended"] is None else found["ended"]["result"]


def test_the_same_sources_make_the_same_bytes(
    maker: BundleMaker, first: Path, trust: Path, tmp_path: Path
) -> None:
    """From the beginning in another folder, and from what an earlier run found out."""
    files = files_of(first)
    again = BundleMaker(tmp_path / "elsewhere")

    assert files_of(again.program("1.0.0", trust)) == files
    assert files_of(maker.program("1.0.0", trust)) == files
    assert files_of(again.launcher()) == files_of(maker.launcher())
