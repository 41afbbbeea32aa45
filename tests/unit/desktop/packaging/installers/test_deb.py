"""The package for Debian is made, looked at, installed into a folder and removed again, by dpkg itself."""

import subprocess
from pathlib import Path

import pytest

from desktop.install.state import state_of
from desktop.packaging.installers.contents import Contents
from desktop.packaging.installers.deb import control, deb_name, deb_package
from desktop.packaging.signing.steps import run


@pytest.fixture
def package(tmp_path: Path, contents: Contents) -> Path:
    run(deb_package(contents, tmp_path, tmp_path / "work"), dry_run=False, say=lambda _: None)
    return tmp_path / deb_name(contents)


def _dpkg(folder: Path, *arguments: str | Path) -> str:
    for name in ("var/lib/dpkg/info", "var/lib/dpkg/updates"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "var/lib/dpkg/status").touch()
    forced = ("--force-depends", "--force-not-root", "--force-bad-path", "--force-script-chrootless")
    done = subprocess.run(
        ["dpkg", f"--root={folder}", "--log=/dev/null", *forced, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _told(package: Path, *arguments: str) -> str:
    return subprocess.run(
        ["dpkg-deb", *arguments, package], capture_output=True, text=True, check=True
    ).stdout


def test_the_same_contents_make_the_same_bytes(tmp_path: Path, contents: Contents, package: Path) -> None:
    first = package.read_bytes()
    (contents.bundle / "build.json").touch()
    run(deb_package(contents, tmp_path, tmp_path / "elsewhere"), dry_run=False, say=lambda _: None)
    assert package.read_bytes() == first


def test_dpkg_installs_and_removes_all_of_it(tmp_path: Path, package: Path) -> None:
    target = tmp_path / "computer"
    target.mkdir()
    _dpkg(target, "--install", package)
    assert (target / "opt/njordhr/versions/1.0.0/njordhr").stat().st_mode & 0o777 == 0o755
    assert state_of((target / "opt/njordhr/state.json").read_text()).good == "1.0.0"
    assert 'Exec="/usr/bin/njordhr"' in (target / "usr/share/applications/njordhr.desktop").read_text()
    assert "njordhr-launcher" in (target / "usr/bin/njordhr").read_text()
    _dpkg(target, "--purge", "njordhr")
    left = [path for path in target.rglob("*") if "njordhr" in path.name]
    assert left == []


def test_it_is_as_debian_wants_it(package: Path) -> None:
    listing = _told(package, "--contents").splitlines()
    assert {line.split()[1] for line in listing} == {"root/root"}
    assert {line.split()[0] for line in listing} == {"drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--"}
    assert all("2020-01-01" in line for line in listing)
    names = [line.split()[-1] for line in listing]
    above = {"./", "./opt/", "./usr/", "./usr/bin/", "./usr/share/"}
    ours = ("./opt/njordhr/", "./usr/bin/njordhr", "./usr/share/")
    assert all(name in above or name.startswith(ours) for name in names)
    assert "./usr/share/doc/njordhr/copyright" in names
    assert not [name for name in names if name.endswith(("postinst", "prerm"))]


def test_debian_is_told_what_it_needs(contents: Contents) -> None:
    fields = dict(
        line.split(": ", 1) for line in control(contents, 7).splitlines() if not line.startswith(" ")
    )
    assert fields["Architecture"] == "amd64"
    assert fields["Installed-Size"] == "7"
    assert {"Package", "Version", "Maintainer", "Section", "Priority"} < set(fields)
    assert not fields["Description"][0].isupper()
    assert len(fields["Description"]) < 80
