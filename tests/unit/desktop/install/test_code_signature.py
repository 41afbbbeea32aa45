"""The operating system's code signature decides too, and nothing passes that could not be asked."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.install.authenticode import spki_sha256
from desktop.install.code_signature import (
    APP,
    CodeSignatureSystem,
    codesign_command,
    mac_reason,
    run_codesign,
    verify_code_signature,
)
from desktop.install.win_verify_trust import TRUSTED
from tests.unit.desktop.install.conftest import Publishers
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import CodeSign

WINDOWS, MACOS = "windows-x86_64", "macos-arm64"
TEAM = CodeSign(macos_team="ABCDE12345")


def _trusting(program: Path) -> int:
    return TRUSTED if program.is_file() else 1


@pytest.fixture
def pinned(publishers: Publishers) -> CodeSign:
    return CodeSign(windows_spki_sha256=(spki_sha256(publishers.ours.certificate),))


def _refused(
    folder: Path, wanted: CodeSign, platform: str, system: CodeSignatureSystem | None
) -> UpdateReason:
    with pytest.raises(UpdateError) as caught:
        verify_code_signature(folder, wanted, platform, system)
    assert str(folder) not in str(caught.value.facts)
    return caught.value.reason


def test_a_program_of_the_named_publisher_passes(
    tmp_path: Path, publishers: Publishers, pinned: CodeSign
) -> None:
    (tmp_path / "njordhr.exe").write_bytes(publishers.by_ours)
    asked: list[Path] = []

    def windows(program: Path) -> int:
        asked.append(program)
        return TRUSTED

    verify_code_signature(tmp_path, pinned, WINDOWS, CodeSignatureSystem(windows=windows))
    assert asked == [tmp_path / "njordhr.exe"]


def test_each_program_is_looked_at(tmp_path: Path, publishers: Publishers, pinned: CodeSign) -> None:
    (tmp_path / "njordhr.exe").write_bytes(publishers.by_ours)
    (tmp_path / "other.exe").write_bytes(publishers.by_others)
    system = CodeSignatureSystem(windows=_trusting)
    assert _refused(tmp_path, pinned, WINDOWS, system) is UpdateReason.CODE_SIGNATURE_PUBLISHER


def test_what_is_not_so_is_refused_with_its_own_reason(
    tmp_path: Path, publishers: Publishers, pinned: CodeSign
) -> None:
    system = CodeSignatureSystem(windows=_trusting)
    program = tmp_path / "njordhr.exe"
    assert _refused(tmp_path, pinned, WINDOWS, system) is UpdateReason.CODE_SIGNATURE_MISSING
    program.write_bytes(publishers.unsigned)
    assert _refused(tmp_path, pinned, WINDOWS, system) is UpdateReason.CODE_SIGNATURE_MISSING
    program.write_bytes(publishers.by_others_with_ours)
    assert _refused(tmp_path, pinned, WINDOWS, system) is UpdateReason.CODE_SIGNATURE_PUBLISHER
    changed = bytearray(publishers.by_ours)
    changed[520] ^= 1
    program.write_bytes(bytes(changed))
    assert _refused(tmp_path, pinned, WINDOWS, system) is UpdateReason.CODE_SIGNATURE_INVALID


def test_what_windows_does_not_trust_is_refused(
    tmp_path: Path, publishers: Publishers, pinned: CodeSign
) -> None:
    (tmp_path / "njordhr.exe").write_bytes(publishers.by_ours)
    distrusting = CodeSignatureSystem(windows=lambda _: -2146762487)  # CERT_E_UNTRUSTEDROOT
    with pytest.raises(UpdateError) as caught:
        verify_code_signature(tmp_path, pinned, WINDOWS, distrusting)
    assert caught.value.reason is UpdateReason.CODE_SIGNATURE_INVALID
    assert caught.value.facts["said"] == "Windows said 0x800b0109"


def test_where_windows_cannot_be_asked_it_is_refused(
    tmp_path: Path, publishers: Publishers, pinned: CodeSign
) -> None:
    (tmp_path / "njordhr.exe").write_bytes(publishers.by_ours)
    assert _refused(tmp_path, pinned, WINDOWS, None) is UpdateReason.CODE_SIGNATURE_UNCHECKED


def test_a_release_that_names_nobody_and_another_system_are_not_asked(
    tmp_path: Path, pinned: CodeSign
) -> None:
    verify_code_signature(tmp_path, CodeSign(), WINDOWS)
    verify_code_signature(tmp_path, pinned, "linux-x86_64")
    verify_code_signature(tmp_path, pinned, MACOS)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("code object is not signed at all", UpdateReason.CODE_SIGNATURE_MISSING),
        (
            "test-requirement: code failed to satisfy specified code requirement(s)",
            UpdateReason.CODE_SIGNATURE_PUBLISHER,
        ),
        ("a sealed resource is missing or invalid", UpdateReason.CODE_SIGNATURE_INVALID),
        ("", UpdateReason.CODE_SIGNATURE_INVALID),
    ],
)
def test_a_mac_refuses_in_its_own_words(tmp_path: Path, said: str, reason: UpdateReason) -> None:
    (tmp_path / APP).mkdir()
    system = CodeSignatureSystem(codesign=lambda command: (1, f"{command[-1]}: {said}\n"))
    assert _refused(tmp_path, TEAM, MACOS, system) is reason
    assert mac_reason(said) is reason


def test_a_mac_is_asked_for_the_team_and_everything_inside(tmp_path: Path) -> None:
    asked: list[Sequence[str]] = []

    def codesign(command: Sequence[str]) -> tuple[int, str]:
        asked.append(command)
        return 0, ""

    verify_code_signature(tmp_path, TEAM, MACOS, CodeSignatureSystem(codesign=codesign))
    assert asked == [codesign_command(tmp_path / "njordhr", "ABCDE12345")]
    assert {"--verify", "--deep", "--strict"} < set(asked[0])
    assert 'certificate leaf[subject.OU] = "ABCDE12345"' in asked[0][4]


def test_where_a_mac_cannot_be_asked_it_is_refused(tmp_path: Path) -> None:
    def missing(_: Sequence[str]) -> tuple[int, str]:
        raise FileNotFoundError

    def hangs(command: Sequence[str]) -> tuple[int, str]:
        raise subprocess.TimeoutExpired(command, 1)

    for answer in (missing, hangs):
        system = CodeSignatureSystem(codesign=answer)
        assert _refused(tmp_path, TEAM, MACOS, system) is UpdateReason.CODE_SIGNATURE_UNCHECKED


def test_a_program_is_run_and_its_words_are_heard() -> None:
    assert run_codesign(("sh", "-c", "echo no >&2; exit 3")) == (3, "no\n")
