"""Make the installers of a bundle: ``python -m desktop.packaging.installers``, or ``build.py installer``."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from desktop.packaging.installers.archive import linux_archive
from desktop.packaging.installers.contents import Contents, ContentsError, contents_of
from desktop.packaging.installers.deb import deb_package
from desktop.packaging.installers.macos import mac_package
from desktop.packaging.installers.nsis import sign_programs, windows_installer
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
    asked = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="njordhr-installer-") as folder:
        work = Path(folder) if asked.work is None else asked.work
        try:
            contents = contents_of(asked.bundle, asked.launcher)
            asked.out.mkdir(parents=True, exist_ok=True)
            make(contents, asked.out, work, asked.signing, dry_run=asked.dry_run)
        except (ContentsError, SignStepError, SigningFileError) as error:
            sys.stderr.write(f"{error}\n")
            return 1
    if asked.signing is None and not contents.about.platform.startswith("linux-"):
        _say("It is not signed: computers will warn of it. --signing FILE says who signs.")
    return 0


def make(contents: Contents, out: Path, work: Path, signing: Path | None, *, dry_run: bool) -> None:
    """Make the installers of this bundle's system.

    Raises:
        SignStepError: a step failed.
        SigningFileError: the file that says who signs cannot be used.
    """
    platform = contents.about.platform
    if platform.startswith("windows-"):
        signer = windows_signer(signing) if signing is not None else None
        signed = sign_programs(contents, signer) if signer is not None else ()
        run([*signed, *windows_installer(contents, out, work, signer)], dry_run=dry_run, say=_say)
    elif platform.startswith("macos-"):
        identity = apple_identity(signing) if signing is not None else None
        run(mac_package(contents, out, work, identity), dry_run=dry_run, say=_say)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py installer", description="Make installers of a bundle.")
    made = ROOT / "build"
    parser.add_argument("--bundle", type=_path, default=made / "njordhr", help="the version's folder")
    parser.add_argument("--launcher", type=_path, default=made / "launcher", help="the launcher's folder")
    parser.add_argument("--out", type=_path, default=made / "installers", help="where the installers go")
    parser.add_argument("--signing", type=_path, help="a JSON file that says who signs; it has no secret")
    parser.add_argument("--dry-run", action="store_true", help="show the commands and do none of them")
    parser.add_argument("--work", type=_path, help="keep what is made on the way in this folder")
    return parser


def _path(text: str) -> Path:
    return Path(text).resolve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
