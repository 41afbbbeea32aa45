"""Make the installers of a bundle: ``python -m desktop.packaging.installers``, or ``build.py installer``."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from desktop.install import authenticode
from desktop.packaging.installers import macos, nsis
from desktop.packaging.installers.archive import linux_archive
from desktop.packaging.installers.contents import Contents, ContentsError, contents_of
from desktop.packaging.installers.deb import deb_package
from desktop.packaging.product import ROOT
from desktop.packaging.signing.macos import AppleIdentity
from desktop.packaging.signing.steps import SignStepError, run
from desktop.packaging.signing.windows import AzureTrustedSigning, Osslsigncode, Signtool, WindowsSigner

_PATHS = frozenset({"certificates", "password_file", "module", "authority", "library", "account"})
_WINDOWS: dict[str, type[Osslsigncode | Signtool | AzureTrustedSigning]] = {
    "osslsigncode": Osslsigncode,
    "signtool": Signtool,
    "azure": AzureTrustedSigning,
}


class SigningFileError(ValueError):
    """The file that says who signs cannot be used."""


def main(arguments: Sequence[str]) -> int:
    """Make the installers, or show the steps; 1 when something is wrong."""
    asked = installer_parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="njordhr-installer-") as folder:
        work = Path(folder) if asked.work is None else asked.work
        try:
            contents = contents_of(asked.bundle, asked.launcher)
            asked.out.mkdir(parents=True, exist_ok=True)
            if asked.only_programs:
                sign_only(contents, asked.out, work, asked.signing, dry_run=asked.dry_run)
                return 0
            signed = asked.programs_signed
            make(contents, asked.out, work, asked.signing, programs_signed=signed, dry_run=asked.dry_run)
        except (ContentsError, SignStepError, SigningFileError) as error:
            sys.stderr.write(f"{error}\n")
            return 1
    if asked.signing is None and not contents.about.platform.startswith("linux-"):
        _say("It is not signed: computers will warn of it. --signing FILE says who signs.")
    return 0


def sign_only(contents: Contents, out: Path, work: Path, signing: Path | None, *, dry_run: bool) -> None:
    """Sign what is started, where it lies, and write down who did: `assemble --codesign` takes that file.

    Raises:
        SignStepError: a step failed, or a program carries another signature than was just made.
        SigningFileError: the file that says who signs cannot be used, or this system knows no signatures.
    """
    platform = contents.about.platform
    if signing is None or platform.startswith("linux-"):
        raise SigningFileError(
            f"--only-programs needs --signing, and programs that are signed; not {platform}"
        )
    if platform.startswith("windows-"):
        run(nsis.sign_programs(contents, windows_signer(signing)), dry_run=dry_run, say=_say)
        signed: dict[str, object] = {} if dry_run else {"windows_spki_sha256": _keys_of(contents)}
    else:
        identity = apple_identity(signing)
        run(macos.sign_programs(contents, work, identity), dry_run=dry_run, say=_say)
        signed = {"macos_team": identity.team}
    if not dry_run:
        file = out / f"codesign-{platform}.json"
        file.write_text(f"{json.dumps(signed)}\n", encoding="utf-8", newline="\n")
        _say(f"# Wrote {file}, for: build.py release assemble --codesign")


def _keys_of(contents: Contents) -> list[str]:
    """Read from the programs themselves whose keys signed them, as a client does."""
    try:
        signers = [authenticode.signer_of(program.read_bytes()) for program in nsis.programs_of(contents)]
    except (authenticode.UnsignedError, authenticode.BadSignatureError) as error:
        raise SignStepError(f"Read who signed: {error or 'nobody'}") from error
    return sorted({authenticode.spki_sha256(signer) for signer in signers})


def make(
    contents: Contents,
    out: Path,
    work: Path,
    signing: Path | None,
    *,
    dry_run: bool,
    programs_signed: bool = False,
) -> None:
    """Make the installers of this bundle's system.

    Args:
        contents: what is installed.
        out: where the installers go.
        work: a folder for what is needed meanwhile.
        signing: the file that says who signs; nobody without one.
        dry_run: show the steps.
        programs_signed: `sign_only` was done with them. They are verified, and stay as the release has them.

    Raises:
        SignStepError: a step failed.
        SigningFileError: the file that says who signs cannot be used.
    """
    platform = contents.about.platform
    if platform.startswith("windows-"):
        signer = windows_signer(signing) if signing is not None else None
        inside = nsis.verify_programs if programs_signed else nsis.sign_programs
        steps = inside(contents, signer) if signer is not None else ()
        run([*steps, *nsis.windows_installer(contents, out, work, signer)], dry_run=dry_run, say=_say)
    elif platform.startswith("macos-"):
        identity = apple_identity(signing) if signing is not None else None
        steps = macos.mac_package(contents, out, work, identity, programs_signed=programs_signed)
        run(steps, dry_run=dry_run, say=_say)
    else:
        if not dry_run:
            _say(f"# Made {linux_archive(contents, out, work / 'archive')}")
        run(deb_package(contents, out, work / "deb"), dry_run=dry_run, say=_say)


def windows_signer(file: Path) -> WindowsSigner:
    """Read who signs programs of Windows: `{"with": "osslsigncode", …}`, the rest as the class names it.

    Raises:
        SigningFileError: it says something else.
    """
    given = _read(file)
    kind = _WINDOWS.get(given.pop("with", ""))
    if kind is None:
        raise SigningFileError(f'{file}: "with" must be one of {", ".join(_WINDOWS)}')
    try:
        return kind(**{name: Path(value) if name in _PATHS else value for name, value in given.items()})  # type: ignore[arg-type]  # the class itself refuses names that it has not
    except TypeError as error:
        raise SigningFileError(f"{file}: {error}") from error


def apple_identity(file: Path) -> AppleIdentity:
    """Read who signs for a Mac: application, installer, team and profile.

    Raises:
        SigningFileError: it says something else.
    """
    try:
        return AppleIdentity(**_read(file))
    except TypeError as error:
        raise SigningFileError(f"{file}: {error}") from error


def _read(file: Path) -> dict[str, str]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SigningFileError(f"{file} cannot be read as JSON") from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise SigningFileError(f"{file} must be an object of texts")
    return found


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def installer_parser() -> argparse.ArgumentParser:
    """Return what the command line knows."""
    parser = argparse.ArgumentParser(prog="build.py installer", description="Make installers of a bundle.")
    made = ROOT / "build"
    parser.add_argument("--bundle", type=_path, default=made / "njordhr", help="the version's folder")
    parser.add_argument("--launcher", type=_path, default=made / "launcher", help="the launcher's folder")
    parser.add_argument("--out", type=_path, default=made / "installers", help="where the installers go")
    parser.add_argument("--signing", type=_path, help="a JSON file that says who signs; it has no secret")
    programs = parser.add_mutually_exclusive_group()
    programs.add_argument(
        "--only-programs",
        action="store_true",
        help="sign what is inside of the bundle, and make no installer; before the release is assembled",
    )
    programs.add_argument(
        "--programs-signed",
        action="store_true",
        help="that was done: verify the programs, and leave them as they are",
    )
    parser.add_argument("--dry-run", action="store_true", help="show the commands and do none of them")
    parser.add_argument("--work", type=_path, help="keep what is made on the way in this folder")
    return parser


def _path(text: str) -> Path:
    return Path(text).resolve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
