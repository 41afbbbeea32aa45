"""Where an installation lies on each system."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from desktop.install.places import InstallPlaces, default_root, is_version, order_of, root_of_program


def test_the_places_of_each_system() -> None:
    linux = InstallPlaces(PurePosixPath("/r"), "linux")
    assert linux.program("1.2.3") == PurePosixPath("/r/versions/1.2.3/njordhr")
    assert linux.about("1.2.3") == PurePosixPath("/r/versions/1.2.3/build.json")
    assert linux.launcher == PurePosixPath("/r/launcher/njordhr-launcher")
    assert linux.list_of("1.2.3") == PurePosixPath("/r/lists/1.2.3.json")
    windows = InstallPlaces(PureWindowsPath("C:/r"), "win32")
    assert windows.program("1.2.3") == PureWindowsPath("C:/r/versions/1.2.3/njordhr.exe")
    assert windows.launcher == PureWindowsPath("C:/r/launcher/njordhr-launcher.exe")
    mac = InstallPlaces(PurePosixPath("/r"), "darwin")
    assert mac.program("1.2.3") == PurePosixPath("/r/versions/1.2.3/NjordHR.app/Contents/MacOS/njordhr")
    assert mac.about("1.2.3").parent.name == "Resources"
    below = [linux.state, linux.journal, linux.versions, linux.staging, linux.tuf, linux.downloads]
    assert {path.parent for path in [*below, linux.probation, linux.lists]} == {PurePosixPath("/r")}


def test_the_default_root_of_each_system() -> None:
    assert default_root("linux", {"HOME": "/home/kari"}).as_posix() == "/home/kari/.local/opt/njordhr"
    mac = default_root("darwin", {"HOME": "/Users/kari"})
    assert mac.as_posix() == "/Users/kari/Library/Application Support/NjordHR/Installation"
    local = default_root("win32", {"LOCALAPPDATA": r"D:\Local"})
    assert local == PureWindowsPath(r"D:\Local\Programs\NjordHR")
    profile = default_root("win32", {"USERPROFILE": r"C:\Users\kari"})
    assert profile == PureWindowsPath(r"C:\Users\kari\AppData\Local\Programs\NjordHR")
    with pytest.raises(KeyError):
        default_root("linux", {})


def test_the_installation_of_a_running_program() -> None:
    assert root_of_program(Path("/r/versions/1.2.3/njordhr"), "linux") == Path("/r")
    mac = Path("/r/versions/1.2.3/NjordHR.app/Contents/MacOS/njordhr")
    assert root_of_program(mac, "darwin") == Path("/r")
    for other in ("/usr/bin/python3", "/r/versions/new/njordhr", "/r/old/1.2.3/njordhr", "/p"):
        assert root_of_program(Path(other), "linux") is None
        assert root_of_program(Path(other), "darwin") is None


def test_what_a_version_is() -> None:
    assert is_version("1.20.300")
    for other in ("1.2", "1.2.3.4", "01.2.3", "../1.2.3", "1.2.3\n", "", None, 1.2):
        assert not is_version(other)
    assert order_of("1.10.0") > order_of("1.9.9")
