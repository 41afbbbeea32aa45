import json
import sys
from pathlib import Path

import pytest

from tests.support.bundles import refused
from update_manifest.build_info import (
    build_info,
    platform_of,
    read_build_info,
    resources_of,
    source_build,
    this_platform,
)
from update_manifest.errors import UpdateError, UpdateReason

WRITTEN = {
    "app_id": "njordhr",
    "version": "1.4.2",
    "build": 142,
    "platform": "linux-x86_64",
    "channel": "beta",
    "schema_min": 0,
    "schema_max": 7,
}


def test_a_frozen_program_is_what_is_written_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "build.json").write_text(json.dumps(WRITTEN))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "njordhr"))

    found = build_info(source_build("0.1.0", 0, 1))

    assert found.model_dump() == WRITTEN


def test_sources_are_build_one_of_their_own_channel() -> None:
    found = build_info(source_build("0.1.0", 0, 3))

    assert (found.version, found.build, found.channel, found.schema_max) == ("0.1.0", 1, "source", 3)
    assert found.platform == this_platform()


@pytest.mark.parametrize("text", [None, "", "{}", "[]", json.dumps({**WRITTEN, "version": "1.4"})])
def test_a_frozen_program_that_does_not_know_itself_says_so(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "build.json").write_text(text)

    with pytest.raises(UpdateError) as error:
        read_build_info(tmp_path)
    assert refused(error) is UpdateReason.BUILD_UNKNOWN


@pytest.mark.parametrize(
    ("system", "machine", "platform"),
    [
        ("linux", "x86_64", "linux-x86_64"),
        ("linux", "aarch64", "linux-aarch64"),
        ("darwin", "arm64", "macos-arm64"),
        ("darwin", "x86_64", "macos-x86_64"),
        ("win32", "AMD64", "windows-x86_64"),
    ],
)
def test_each_platform_has_its_name(system: str, machine: str, platform: str) -> None:
    assert platform_of(system, machine) == platform


@pytest.mark.parametrize(
    ("system", "machine"), [("win32", "ARM64"), ("freebsd", "x86_64"), ("linux", "riscv64")]
)
def test_there_are_no_releases_for_others(system: str, machine: str) -> None:
    with pytest.raises(UpdateError) as error:
        platform_of(system, machine)
    assert refused(error) is UpdateReason.BUILD_UNKNOWN


def test_on_macos_what_a_build_brings_is_beside_the_folder_of_the_program() -> None:
    assert resources_of(Path("NjordHR.app/Contents/MacOS/njordhr")) == Path("NjordHR.app/Contents/Resources")
    assert resources_of(Path("versions/1.0.0/njordhr")) == Path("versions/1.0.0")
