"""A release is there whole and checked, or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.install import switch
from desktop.install.places import Places
from desktop.install.staging import stage
from desktop.install.state import StateFile
from desktop.install.versions import version_there
from tests.support.launcher.bundles import put
from tests.support.launcher.life import NEW, NEW_SCHEMA, OLD, Published, publish
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.release import deltas
from update_manifest.releases import CodeSign, Delta
from update_manifest.trees import files_of, tree_sha256, verify_tree


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path / "root", "linux")
    put(places, OLD)
    switch.adopt(places, OLD)
    return places


@pytest.fixture
def published(tmp_path: Path) -> Published:
    return publish(tmp_path, "good")


def left(places: Places) -> list[str]:
    return [path.name for path in places.staging.iterdir()] if places.staging.exists() else []


def refusal(work: Callable[[], None]) -> UpdateReason:
    with pytest.raises(UpdateError) as caught:
        work()
    return caught.value.reason


def test_an_archive_becomes_a_version(places: Places, published: Published, tmp_path: Path) -> None:
    stage(places, published.release, tmp_path / "archive")
    there = version_there(places, NEW)
    assert there is not None
    assert there.schema_max == NEW_SCHEMA
    verify_tree(places.version(NEW), published.release.files)
    assert StateFile(places.state).read().staged == NEW
    assert left(places) == []


def test_again_it_is_there_already_and_what_was_changed_is_made_anew(
    places: Places, published: Published, tmp_path: Path
) -> None:
    stage(places, published.release, tmp_path / "archive")
    first = places.program(NEW).stat().st_ino
    stage(places, published.release, tmp_path / "archive")
    assert places.program(NEW).stat().st_ino == first
    places.program(NEW).write_text("odd", encoding="ascii")
    stage(places, published.release, tmp_path / "archive")
    assert places.program(NEW).read_text(encoding="ascii") == "good"
    assert left(places) == []


def test_what_broke_off_before_is_no_obstacle(places: Places, published: Published, tmp_path: Path) -> None:
    (places.staging / NEW / "half").mkdir(parents=True)
    stage(places, published.release, tmp_path / "archive")
    verify_tree(places.version(NEW), published.release.files)


def test_a_delta_makes_the_same_version(places: Places, published: Published, tmp_path: Path) -> None:
    assert deltas.make(places.version(OLD), tmp_path / "made", tmp_path / "delta", at_most=10**6, level=3)
    tree = tree_sha256(files_of(places.version(OLD)))
    delta = Delta(from_tree=tree, url="artifacts/d", sha256="0" * 64, length=1)
    stage(places, published.release, tmp_path / "delta", delta=delta, from_version=OLD)
    verify_tree(places.version(NEW), published.release.files)


def test_a_delta_for_another_base_is_refused(places: Places, published: Published, tmp_path: Path) -> None:
    delta = Delta(from_tree="0" * 64, url="artifacts/d", sha256="0" * 64, length=1)

    def work() -> None:
        stage(places, published.release, tmp_path / "archive", delta=delta, from_version=OLD)

    assert refusal(work) is UpdateReason.BASE_CHANGED
    assert not places.version(NEW).exists()
    assert left(places) == []


def test_the_operating_systems_signature_is_asked_last_and_kept_to(
    places: Places, published: Published, tmp_path: Path
) -> None:
    asked = []

    def refuse(folder: Path, codesign: CodeSign, platform: str) -> None:
        verify_tree(folder, published.release.files)
        asked.append((folder.parent, platform))
        raise UpdateError(UpdateReason.CODE_SIGNATURE_MISSING)

    def work() -> None:
        stage(places, published.release, tmp_path / "archive", verify=refuse)

    assert refusal(work) is UpdateReason.CODE_SIGNATURE_MISSING
    assert asked == [(places.staging, "linux-x86_64")]
    assert not places.version(NEW).exists()
    assert StateFile(places.state).read().staged is None


def test_another_content_is_refused(places: Places, published: Published, tmp_path: Path) -> None:
    files = tuple(
        file.model_copy(update={"sha256": "0" * 64}) if file.path == "build.json" else file
        for file in published.release.files
    )
    release = published.release.model_copy(update={"files": files})
    assert refusal(lambda: stage(places, release, tmp_path / "archive")) is UpdateReason.CONTENT_WRONG
    assert not places.version(NEW).exists()


def test_a_disk_that_refuses_is_told(places: Places, published: Published, tmp_path: Path) -> None:
    assert refusal(lambda: stage(places, published.release, tmp_path / "no")) is UpdateReason.NOT_STORED
