"""What is made for a Mac: property lists are read back, scripts are parsed by a shell, commands listed."""

import plistlib
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from desktop.install.places import InstallPlaces, default_root
from desktop.packaging.installers.contents import Contents, contents_of
from desktop.packaging.installers.macos import ROOT, STARTER, lay_out, mac_package
from desktop.packaging.signing.macos import AppleIdentity
from tests.support.windows_program import make_contents

US = AppleIdentity("Developer ID Application: Us", "Developer ID Installer: Us", "ABCDE12345", "njordhr")
PROGRAM = bytes.fromhex("cffaedfe") + b" a program of macOS"


@pytest.fixture
def contents(tmp_path: Path) -> Contents:
    made = make_contents(tmp_path, PROGRAM, windows=False)
    app = tmp_path / "mac" / "NjordHR.app" / "Contents"
    (app / "MacOS").mkdir(parents=True)
    (app / "Resources").mkdir()
    (app / "MacOS" / "njordhr").write_bytes(PROGRAM)
    about = (made.bundle / "build.json").read_text().replace("linux-x86_64", "macos-arm64")
    (app / "Resources" / "build.json").write_text(about)
    return contents_of(tmp_path / "mac", made.launcher)


def test_it_lies_where_the_launcher_looks(tmp_path: Path, contents: Contents) -> None:
    payload = lay_out(contents, tmp_path / "work")
    root = default_root("darwin", {"HOME": str(payload)})
    places = InstallPlaces(Path(str(root)), "darwin")
    assert places.root == payload / ROOT
    assert places.program("1.0.0").is_file()
    assert places.about("1.0.0").is_file()
    assert places.launcher.is_file()


def test_macos_can_read_what_it_is_told(tmp_path: Path, contents: Contents) -> None:
    payload = lay_out(contents, tmp_path / "work")
    info = plistlib.loads((payload / STARTER / "Contents/Info.plist").read_bytes())
    assert (info["CFBundleShortVersionString"], info["CFBundleVersion"]) == ("1.0.0", "100")
    assert (payload / STARTER / "Contents/MacOS" / info["CFBundleExecutable"]).stat().st_mode & 0o111
    icon = (payload / STARTER / "Contents/Resources" / info["CFBundleIconFile"]).read_bytes()
    assert icon[:4] == b"icns"
    allowed = plistlib.loads((tmp_path / "work/entitlements.plist").read_bytes())
    assert set(allowed) == {"com.apple.security.cs.allow-unsigned-executable-memory"}
    script = ElementTree.parse(tmp_path / "work/distribution.xml").getroot()
    assert script.find("domains").attrib == {  # type: ignore[union-attr]
        "enable_anywhere": "false",
        "enable_currentUserHome": "true",
        "enable_localSystem": "false",
    }


def test_its_scripts_are_ones(tmp_path: Path, contents: Contents) -> None:
    payload = lay_out(contents, tmp_path / "work")
    scripts = [*(tmp_path / "work/scripts").iterdir(), payload / ROOT / "uninstall.sh"]
    scripts.append(payload / STARTER / "Contents/MacOS/NjordHR")
    for script in scripts:
        subprocess.run(["sh", "-n", script], check=True)
        assert script.stat().st_mode & 0o111


def test_a_package_is_signed_notarised_and_tried_in_order(tmp_path: Path, contents: Contents) -> None:
    steps = mac_package(contents, tmp_path, tmp_path / "work", US)
    programs = [step.command[0] if step.command[0] != "xcrun" else step.command[1] for step in steps]
    seen = [name for at, name in enumerate(programs) if at == 0 or programs[at - 1] != name]
    assert seen == [
        *("codesign", "/usr/bin/codesign", "ditto", "notarytool", "stapler"),
        *("codesign", "/usr/bin/codesign", "pkgbuild", "productbuild", "notarytool", "stapler", "spctl"),
    ]
    unsigned = mac_package(contents, tmp_path, tmp_path / "work", None)
    assert [step.command[0] for step in unsigned] == ["pkgbuild", "productbuild"]
