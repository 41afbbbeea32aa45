"""A version counts when all of it is there."""

from pathlib import Path

import pytest

from desktop.install.places import Places
from desktop.install.versions import VersionThere, version_there, versions_there, write_list
from tests.support.launcher.bundles import SCHEMA, put


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path, "linux")


def test_the_newest_comes_first_and_others_are_passed_over(places: Places) -> None:
    assert versions_there(places) == []
    for version in ("1.9.0", "1.10.0"):
        put(places, version)
    (places.versions / "new").mkdir()
    (places.versions / "2.0.0").mkdir()
    assert [there.version for there in versions_there(places)] == ["1.10.0", "1.9.0"]
    assert version_there(places, "1.9.0") == VersionThere("1.9.0", 10900, SCHEMA)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": "1.0.1", "build": 1, "schema_max": 1}', "\xff", "[" * 100_000]
)
def test_one_that_says_nothing_of_itself_is_none(places: Places, text: str) -> None:
    put(places, "1.0.0")
    places.about("1.0.0").write_text(text, encoding="latin-1")
    assert version_there(places, "1.0.0") is None


def test_a_program_that_is_empty_or_may_not_run_is_none(places: Places) -> None:
    put(places, "1.0.0")
    places.program("1.0.0").chmod(0o644)
    assert version_there(places, "1.0.0") is None
    places.program("1.0.0").chmod(0o755)
    assert version_there(places, "1.0.0") is not None
    places.program("1.0.0").write_bytes(b"")
    assert version_there(places, "1.0.0") is None


def test_a_file_of_the_list_that_is_gone_or_cut_is_noticed(places: Places) -> None:
    put(places, "1.0.0")
    (places.version("1.0.0") / "lib").mkdir()
    part = places.version("1.0.0") / "lib" / "part.txt"
    part.write_bytes(b"12345")
    write_list(places, "1.0.0", [("lib/part.txt", 5)])
    assert version_there(places, "1.0.0") is not None
    part.write_bytes(b"1234")
    assert version_there(places, "1.0.0") is None
    part.unlink()
    assert version_there(places, "1.0.0") is None


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"files": [["njordhr", 1e999]]}'])
def test_a_damaged_list_says_nothing(places: Places, text: str) -> None:
    put(places, "1.0.0")
    places.lists.mkdir()
    places.list_of("1.0.0").write_text(text, encoding="ascii")
    assert version_there(places, "1.0.0") is not None
