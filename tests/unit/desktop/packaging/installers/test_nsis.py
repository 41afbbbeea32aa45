"""The steps for Windows; NSIS itself makes an installer of tiny programs."""

from pathlib import Path

from desktop.install.authenticode import signer_of
from desktop.packaging.installers.nsis import (
    installer_name,
    shell_line,
    sign_programs,
    sign_uninstaller,
    windows_installer,
)
from desktop.packaging.signing.steps import run
from desktop.packaging.signing.windows import Osslsigncode, Signtool
from tests.support.code_signing import SIGNED_AT, Authority, small_program
from tests.support.windows_program import make_contents


def test_nsis_makes_an_installer_that_is_signed(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority")
    publisher, clock = authority.publisher("Example"), authority.timestamper()
    times = (clock.certificate_file, clock.key_file, SIGNED_AT)
    signer = Osslsigncode(
        publisher.certificate_file, str(publisher.key_file), clock=times, authority=authority.file
    )
    contents = make_contents(tmp_path, small_program())
    steps = [
        *sign_programs(contents, signer),
        *windows_installer(contents, tmp_path, tmp_path / "work", signer),
    ]
    run(steps, dry_run=False, say=lambda _: None)
    for program in (tmp_path / installer_name("1.0.0"), contents.bundle / "njordhr.exe"):
        assert signer_of(program.read_bytes()) == publisher.certificate


def test_the_same_contents_make_the_same_bytes(tmp_path: Path) -> None:
    contents = make_contents(tmp_path, small_program())
    made = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        run(
            windows_installer(contents, tmp_path / name, tmp_path / "work", None),
            dry_run=False,
            say=lambda _: None,
        )
        made.append((tmp_path / name / installer_name("1.0.0")).read_bytes())
        (contents.bundle / "build.json").touch()
    assert made[0] == made[1]


def test_the_uninstaller_is_signed_while_it_exists() -> None:
    assert sign_uninstaller(None) == ""
    line = sign_uninstaller(Osslsigncode(Path("chain.pem"), "publisher.key"))
    assert line.startswith("!uninstfinalize `osslsigncode sign ")
    assert "&& mv %1.signed %1` = 0" in line
    (step,) = Osslsigncode(Path("chain.pem"), "publisher.key").sign(Path("%1"))
    assert shell_line(step, windows=True).endswith("&& move /Y %1.signed %1")
    (step,) = Signtool("AB", "http://clock.example").sign(Path("%1"))
    assert shell_line(step, windows=True).endswith("/sha1 AB %1")
