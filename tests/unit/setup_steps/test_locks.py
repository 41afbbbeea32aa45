"""The lock files."""

import re
from pathlib import Path

import pytest

from setup_steps.locks import CLOUD, INSTALLER_NAME, pin_of, write_installer_lock
from setup_steps.python_packages import INSTALLER, PACKAGES

LOCK = r"""one==1.0 \
    --hash=sha256:aa
uv==2.0 \
    --hash=sha256:bb \
    --hash=sha256:cc
uvx==3 \
    --hash=sha256:dd
"""


def test_a_pin_is_copied_with_all_its_hashes() -> None:
    assert pin_of("uv", LOCK) == "uv==2.0 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"


def test_a_package_that_is_not_pinned_is_said() -> None:
    with pytest.raises(ValueError, match="two"):
        pin_of("two", LOCK)


def test_the_installers_lock_is_the_large_locks_pin(tmp_path: Path) -> None:
    write_installer_lock(PACKAGES, tmp_path / "build.txt")
    assert (tmp_path / "build.txt").read_text() == INSTALLER.read_text()
    assert INSTALLER.read_text().startswith(f"{INSTALLER_NAME}==")


def test_the_locks_name_hashes_and_no_address() -> None:
    for lock in (PACKAGES, INSTALLER, CLOUD):
        text = lock.read_text()
        assert "://" not in text
        pins = re.findall(r"^\S+==", text, re.MULTILINE)
        assert pins
        assert len(pins) == len(re.findall(r"^\S+==[^\n]*\\\n +--hash=sha256:", text, re.MULTILINE))


def test_the_container_runs_the_versions_that_were_tested() -> None:
    tested = set(re.findall(r"^\S+==\S+", PACKAGES.read_text(), re.MULTILINE))
    assert set(re.findall(r"^\S+==\S+", CLOUD.read_text(), re.MULTILINE)) <= tested
