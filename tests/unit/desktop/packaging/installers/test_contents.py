"""What installers are made of is looked at first."""

import json
from pathlib import Path

import pytest

from desktop.install.state import state_of
from desktop.packaging.installers.contents import ContentsError, contents_of
from tests.support.windows_program import make_contents


def test_a_bundle_says_what_it_is(tmp_path: Path) -> None:
    contents = make_contents(tmp_path, b"x" * 2000, "1.4.2")
    assert contents.version == "1.4.2"
    assert contents.kilobytes == 5
    state = state_of(contents.first_state)
    assert (state.current, state.good, state.max_build, state.pending) == ("1.4.2", "1.4.2", 142, None)


def test_a_mac_has_an_app(tmp_path: Path) -> None:
    made = make_contents(tmp_path, b"x", windows=False)
    about = json.loads((made.bundle / "build.json").read_text())
    app = tmp_path / "mac" / "NjordHR.app" / "Contents"
    for path, text in (
        ("MacOS/njordhr", ""),
        ("Resources/build.json", json.dumps({**about, "platform": "macos-arm64"})),
    ):
        (app / path).parent.mkdir(parents=True, exist_ok=True)
        (app / path).write_text(text)
    assert contents_of(tmp_path / "mac", made.launcher).about.platform == "macos-arm64"


@pytest.mark.parametrize(
    "gone", ["bundle-1.0.0/njordhr.exe", "bundle-1.0.0/build.json", "launcher-1.0.0/njordhr-launcher.exe"]
)
def test_what_is_no_bundle_is_refused(tmp_path: Path, gone: str) -> None:
    contents = make_contents(tmp_path, b"x")
    (tmp_path / gone).unlink()
    with pytest.raises(ContentsError):
        contents_of(contents.bundle, contents.launcher)
