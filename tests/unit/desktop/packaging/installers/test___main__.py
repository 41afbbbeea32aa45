"""The command that makes installers."""

import json
from pathlib import Path

import pytest

from desktop.install.authenticode import spki_sha256
from desktop.packaging.installers.__main__ import SigningFileError, apple_identity, main, windows_signer
from desktop.packaging.signing.windows import AzureTrustedSigning, Osslsigncode, Signtool
from tests.support.code_signing import Authority, small_program
from tests.support.windows_program import make_contents


def _signing(folder: Path, **given: str) -> Path:
    file = folder / "signing.json"
    file.write_text(json.dumps(given))
    return file


def test_who_signs_is_read_from_a_file_without_secrets(tmp_path: Path) -> None:
    own = windows_signer(
        _signing(tmp_path, **{"with": "osslsigncode", "certificates": "a.pem", "key": "b.key"})
    )
    assert own == Osslsigncode(Path("a.pem"), "b.key")
    tool = {"with": "signtool", "thumbprint": "AB", "timestamp_url": "http://clock.example"}
    assert windows_signer(_signing(tmp_path, **tool)) == Signtool("AB", "http://clock.example")
    azure = {
        "with": "azure",
        "library": "a.dll",
        "account": "b.json",
        "timestamp_url": "http://clock.example",
    }
    assert windows_signer(_signing(tmp_path, **azure)) == AzureTrustedSigning(
        Path("a.dll"), Path("b.json"), "http://clock.example"
    )
    us = {"application": "a", "installer": "b", "team": "c", "profile": "d"}
    assert apple_identity(_signing(tmp_path, **us)).team == "c"


@pytest.mark.parametrize("given", [{}, {"with": "magic"}, {"with": "signtool", "password": "x"}])
def test_who_cannot_sign_is_refused(tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(SigningFileError):
        windows_signer(_signing(tmp_path, **given))
    with pytest.raises(SigningFileError):
        apple_identity(_signing(tmp_path, **given))


def test_both_packages_for_linux_are_made(tmp_path: Path) -> None:
    contents = make_contents(tmp_path, b"#!/bin/sh\n", windows=False)
    out = tmp_path / "out"
    asked = ["--bundle", str(contents.bundle), "--launcher", str(contents.launcher), "--out", str(out)]
    assert main([*asked, "--dry-run"]) == 0
    assert list(out.iterdir()) == []
    assert main(asked) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "njordhr-1.0.0-linux-x86_64.tar.zst",
        "njordhr_1.0.0_amd64.deb",
    ]


def test_a_dry_run_for_windows_shows_each_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contents = make_contents(tmp_path, small_program())
    signing = _signing(tmp_path, **{"with": "osslsigncode", "certificates": "a.pem", "key": "b.key"})
    asked = ["--bundle", str(contents.bundle), "--launcher", str(contents.launcher), "--dry-run"]
    assert main([*asked, "--out", str(tmp_path / "out"), "--signing", str(signing)]) == 0
    said = capsys.readouterr().out
    assert said.count("osslsigncode sign") == 3
    assert "makensis" in said


def test_what_is_no_bundle_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--bundle", str(tmp_path), "--launcher", str(tmp_path), "--out", str(tmp_path)]) == 1
    assert "build.json" in capsys.readouterr().err


def test_programs_are_signed_before_the_release_and_the_installer_leaves_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher = Authority(tmp_path / "authority").publisher("Example")
    contents, out = make_contents(tmp_path, small_program()), tmp_path / "out"
    who = {"certificates": str(publisher.certificate_file), "key": str(publisher.key_file)}
    who["authority"] = str(tmp_path / "authority" / "authority.pem")
    signing = _signing(tmp_path, **{"with": "osslsigncode"}, **who)
    asked = ["--bundle", str(contents.bundle), "--launcher", str(contents.launcher), "--out", str(out)]
    asked += ["--signing", str(signing)]
    assert main([*asked, "--only-programs", "--dry-run"]) == 0
    assert (contents.bundle / "njordhr.exe").read_bytes() == small_program()
    assert main([*asked, "--only-programs"]) == 0
    assert [path.name for path in out.iterdir()] == ["codesign-windows-x86_64.json"]
    written = json.loads((out / "codesign-windows-x86_64.json").read_text())
    assert written == {"windows_spki_sha256": [spki_sha256(publisher.certificate)]}
    signed = (contents.bundle / "njordhr.exe").read_bytes()
    capsys.readouterr()
    assert main([*asked, "--programs-signed"]) == 0
    said = capsys.readouterr().out
    assert (said.count("osslsigncode sign"), said.count("osslsigncode verify")) == (1, 3)
    assert (contents.bundle / "njordhr.exe").read_bytes() == signed
    assert (out / "NjordHR-1.0.0-setup.exe").is_file()


def test_programs_of_a_mac_are_signed_where_they_lie(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contents = make_contents(tmp_path, bytes.fromhex("cffaedfe"), windows=False)
    about = contents.bundle / "build.json"
    about.write_text(about.read_text().replace("linux-x86_64", "macos-arm64"))
    us = {"application": "Us", "installer": "Installer", "team": "ABCDE12345", "profile": "d"}
    asked = ["--bundle", str(contents.bundle), "--launcher", str(contents.launcher), "--dry-run"]
    asked += ["--out", str(tmp_path / "out"), "--signing", str(_signing(tmp_path, **us))]
    assert main([*asked, "--only-programs"]) == 0
    assert f"--sign Us {contents.bundle / 'NjordHR.app'}" in capsys.readouterr().out
    assert main([*asked, "--programs-signed"]) == 0
    said = capsys.readouterr().out
    assert said.count("--sign Us") == 1, "only the starter is left to sign"
    assert "NjordHR.app" in said


def test_linux_has_no_signatures_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contents = make_contents(tmp_path, b"#!/bin/sh\n", windows=False)
    asked = ["--bundle", str(contents.bundle), "--launcher", str(contents.launcher), "--out", str(tmp_path)]
    assert main([*asked, "--only-programs"]) == 1
    assert "--signing" in capsys.readouterr().err
