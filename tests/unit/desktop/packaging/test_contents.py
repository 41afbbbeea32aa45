from pathlib import Path

import pytest

from desktop.packaging.contents import (
    FORBIDDEN_MODULES,
    ContentsError,
    check_files,
    check_modules,
    check_no_keys,
    patterns_for,
)


def test_each_file_has_a_pattern_and_each_pattern_a_file() -> None:
    check_files(["njordhr", "web_ui/a.js", "web_ui/b.js"], ["njordhr", "web_ui/*.js", "? maybe"])


@pytest.mark.parametrize("paths", [["njordhr", "more"], [], ["njordhr", "maybe", "secret/njordhr"]])
def test_what_the_list_does_not_say_is_refused(paths: list[str]) -> None:
    with pytest.raises(ContentsError):
        check_files(paths, ["njordhr", "? maybe"])


@pytest.mark.parametrize("name", [*FORBIDDEN_MODULES, "cloud_api.app", "update_manifest.release.command"])
def test_what_must_not_ship_is_refused(name: str) -> None:
    with pytest.raises(ContentsError):
        check_modules(["agent_core", name])


def test_what_only_sounds_like_it_ships() -> None:
    check_modules(["agent_core.cloud", "update_manifest.releases", "toolshed", "demographic"])


@pytest.mark.parametrize("kind", ["", "ENCRYPTED ", "EC ", "RSA ", "OPENSSH "])
def test_a_private_key_is_refused(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text(f"x\n-----BEGIN {kind}PRIVATE KEY-----\n")

    with pytest.raises(ContentsError):
        check_no_keys(tmp_path)


def test_a_public_key_may_be_there(tmp_path: Path) -> None:
    (tmp_path / "root.json").write_text("-----BEGIN PUBLIC KEY-----")

    check_no_keys(tmp_path)


@pytest.mark.parametrize("name", ["njordhr", "njordhr-launcher"])
def test_the_lists_say_what_the_window_and_the_launcher_are(name: str) -> None:
    patterns = patterns_for("linux-x86_64", name)

    assert name in patterns
    assert not [pattern for pattern in patterns if pattern.startswith("#")]
