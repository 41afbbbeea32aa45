"""The operating system's own code signature of an update, before it is made active: it fails closed.

The release managers' signatures say already which bytes these are. Where a release also names the publisher,
the program must carry that publisher's signature and the system must trust it: a stolen key of one kind is
not enough.
"""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.install import authenticode
from desktop.install.win_verify_trust import TRUSTED, ask_windows
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import CodeSign

APP = "NjordHR.app"
WINDOWS_PROGRAM = "njordhr.exe"
MAC_PROGRAM = "njordhr"
CODESIGN = "/usr/bin/codesign"

_DEVELOPER_ID = (
    "anchor apple generic and certificate 1[field.1.2.840.113635.100.6.2.6] exists"
    " and certificate leaf[field.1.2.840.113635.100.6.1.13] exists"
)
"""Apple's own words for: signed with a Developer ID, for use outside of its store."""
_MINUTES = 300


def run_codesign(command: Sequence[str]) -> tuple[int, str]:
    """Run macOS' program; return its exit code and what it said.

    Raises:
        OSError: it is not there.
        subprocess.TimeoutExpired: it did not end.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_MINUTES)
    return done.returncode, done.stderr


@dataclass(frozen=True)
class CodeSignatureSystem:
    """What of the operating system is asked."""

    windows: Callable[[Path], int] = ask_windows
    codesign: Callable[[Sequence[str]], tuple[int, str]] = run_codesign


def verify_code_signature(
    folder: Path, codesign: CodeSign, platform: str, system: CodeSignatureSystem | None = None
) -> None:
    """Refuse a bundle whose code signature is not the one that its release names.

    Where a release names none for this platform, nothing is asked: its own signatures have been verified.
    Linux has no code signature.

    Args:
        folder: the unpacked bundle.
        codesign: what its release says.
        platform: this computer's, as in `Release.platform`.
        system: who is asked; this computer without one.

    Raises:
        UpdateError: there is no signature, it is not valid, it is another publisher's, or nobody could tell.
    """
    asked = system or CodeSignatureSystem()
    if platform.startswith("windows-") and codesign.windows_spki_sha256:
        for program in _windows_programs(folder):
            _verify_windows(program, codesign.windows_spki_sha256, asked.windows)
    elif platform.startswith("macos-") and codesign.macos_team is not None:
        _verify_macos(folder, codesign.macos_team, asked.codesign)


def mac_requirement(team: str) -> str:
    """Return Apple's sentence for: a Developer ID of this team signed it."""
    return f'{_DEVELOPER_ID} and certificate leaf[subject.OU] = "{team}"'


def codesign_command(target: Path, team: str) -> tuple[str, ...]:
    """Return the command that verifies a program of this team and everything inside it."""
    return (CODESIGN, "--verify", "--deep", "--strict", f"-R={mac_requirement(team)}", str(target))


def _windows_programs(folder: Path) -> tuple[Path, ...]:
    """Return what a person or the launcher can start; libraries have their own publishers."""
    programs = sorted(folder.glob("*.exe"))
    if folder / WINDOWS_PROGRAM not in programs:
        raise _refusal(UpdateReason.CODE_SIGNATURE_MISSING, WINDOWS_PROGRAM)
    return tuple(programs)


def _verify_windows(program: Path, pinned: Sequence[str], windows: Callable[[Path], int]) -> None:
    try:
        signer = authenticode.signer_of(program.read_bytes())
    except authenticode.UnsignedError as error:
        raise _refusal(UpdateReason.CODE_SIGNATURE_MISSING, program.name) from error
    except authenticode.BadSignatureError as error:
        raise _refusal(UpdateReason.CODE_SIGNATURE_INVALID, program.name, str(error)) from error
    if authenticode.spki_sha256(signer) not in pinned:
        raise _refusal(UpdateReason.CODE_SIGNATURE_PUBLISHER, program.name)
    try:
        answer = windows(program)
    except OSError as error:
        raise _refusal(UpdateReason.CODE_SIGNATURE_UNCHECKED, program.name, str(error)) from error
    if answer != TRUSTED:
        said = f"Windows said {answer & 0xFFFFFFFF:#010x}"
        raise _refusal(UpdateReason.CODE_SIGNATURE_INVALID, program.name, said)


def _verify_macos(folder: Path, team: str, codesign: Callable[[Sequence[str]], tuple[int, str]]) -> None:
    target = folder / APP if (folder / APP).is_dir() else folder / MAC_PROGRAM
    try:
        code, said = codesign(codesign_command(target, team))
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refusal(UpdateReason.CODE_SIGNATURE_UNCHECKED, target.name, type(error).__name__) from error
    if code != 0:
        raise _refusal(mac_reason(said), target.name, said.replace(str(folder), "").strip()[:200])


def mac_reason(said: str) -> UpdateReason:
    """Tell from what `codesign` said what was wrong."""
    if "not signed at all" in said:
        return UpdateReason.CODE_SIGNATURE_MISSING
    if "failed to satisfy specified code requirement" in said:
        return UpdateReason.CODE_SIGNATURE_PUBLISHER
    return UpdateReason.CODE_SIGNATURE_INVALID


def _refusal(reason: UpdateReason, program: str, said: str = "") -> UpdateError:
    return UpdateError(reason, {"program": program, "said": said} if said else {"program": program})
