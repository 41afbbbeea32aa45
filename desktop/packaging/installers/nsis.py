"""The installer for Windows, made by NSIS on any system: `windows.nsi` is what it does."""

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from desktop.packaging.icon import ico_bytes
from desktop.packaging.installers.contents import Contents
from desktop.packaging.signing.steps import Step
from desktop.packaging.signing.windows import WindowsSigner

SCRIPT = Path(__file__).with_name("windows.nsi")
UNINSTALLER = "%1"
"""What NSIS puts the uninstaller's path in place of, while it makes the installer."""


def installer_name(version: str) -> str:
    """Return the installer's file name."""
    return f"NjordHR-{version}-setup.exe"


def windows_installer(
    contents: Contents, out: Path, work: Path, signer: WindowsSigner | None
) -> Sequence[Step]:
    """Write what NSIS needs besides its script; return the steps that make, sign and verify an installer.

    Args:
        contents: what is installed. Its programs are signed already.
        out: where the installer goes.
        work: a folder for what is needed meanwhile; it stays until the steps are done.
        signer: signs installer and uninstaller; nobody without one.
    """
    work.mkdir(parents=True, exist_ok=True)
    icon, state, signing = work / "njordhr.ico", work / "state.json", work / "signing.nsh"
    icon.write_bytes(ico_bytes())
    state.write_text(contents.first_state, encoding="utf-8", newline="\n")
    signing.write_text(sign_uninstaller(signer), encoding="utf-8")
    target = out / installer_name(contents.version)
    given: dict[str, str | Path] = {
        "VERSION": contents.version,
        "KILOBYTES": str(contents.kilobytes),
        "BUNDLE": contents.bundle,
        "LAUNCHER": contents.launcher,
        "STATE": state,
        "ICON": icon,
        "SIGNING": signing,
        "OUT": target,
    }
    defined = [f"-D{name}={_whole(value)}" for name, value in given.items()]
    make = Step(f"Make {target.name}", ("makensis", "-V2", "-WX", *defined, str(SCRIPT)))
    return (make, *(signer.sign(target) if signer else ()), *(signer.verify(target) if signer else ()))


def sign_programs(contents: Contents, signer: WindowsSigner) -> Sequence[Step]:
    """Return the steps that sign what people and the launcher start; done before the bundle is hashed."""
    return [
        step for program in programs_of(contents) for step in (*signer.sign(program), *signer.verify(program))
    ]


def verify_programs(contents: Contents, signer: WindowsSigner) -> Sequence[Step]:
    """Return the steps that fail unless `sign_programs` was done; they change no byte of the bundle."""
    return [step for program in programs_of(contents) for step in signer.verify(program)]


def programs_of(contents: Contents) -> Sequence[Path]:
    """Return what people and the launcher start."""
    return [*sorted(contents.bundle.glob("*.exe")), *sorted(contents.launcher.glob("*.exe"))]


def sign_uninstaller(signer: WindowsSigner | None) -> str:
    """Return the line of NSIS that has the uninstaller signed, which exists only while NSIS runs."""
    steps = signer.sign(Path(UNINSTALLER)) if signer else ()
    return "".join(f"!uninstfinalize `{shell_line(step)}` = 0\n" for step in steps)


def shell_line(step: Step, *, windows: bool = os.name == "nt") -> str:
    """Return a step as the system's shell takes it, which NSIS asks to do it."""
    join = subprocess.list2cmdline if windows else shlex.join
    line = join(step.command)
    if step.replaces is None:
        return line
    move = join((*(("move", "/Y") if windows else ("mv",)), *map(str, step.replaces)))
    return f"{line} && {move}"


def _whole(value: str | Path) -> str:
    return str(value.resolve()) if isinstance(value, Path) else value
