"""What docs/releasing.md and the runbooks of keys say is typed, line by line, against a real repository."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.support.code_signing import Authority
from tests.support.release_desk import PLATFORM, ReleaseDesk
from tests.support.tree import ROOT
from update_manifest.errors import UpdateError

DOCS = ROOT / "docs"


def typed(document: str) -> list[str]:
    """Return the lines of a document that are commands of releases, without their first word."""
    text = (DOCS / document).read_text(encoding="utf-8")
    boxes = re.findall(r"(?ms)^```sh\n(.*?)^```$", text)
    return [line.removeprefix("R ") for box in boxes for line in box.splitlines() if line.startswith("R ")]


def follow(desk: ReleaseDesk, document: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Type each line in the folder of releases; return what was said."""
    monkeypatch.chdir(desk.folder)
    lines = typed(document)
    assert lines
    said = []
    for line in lines:
        if "env:NJORDHR_ONLINE_KEY" in line:
            monkeypatch.setenv("NJORDHR_ONLINE_KEY", (desk.folder / "keys" / "online.pem").read_text())
        said.append(desk.type(" ".join(shlex.quote(word) for word in shlex.split(line))))
    return said


def newest(desk: ReleaseDesk, client: str = "client") -> str:
    return desk.read(client).releases.releases[0].version


def test_the_ceremony_and_a_release_as_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = ReleaseDesk(tmp_path)
    for platform in (PLATFORM, "windows-x86_64", "macos-arm64"):
        made = desk.bundle("1.4.2", 142, platform=platform)
        shutil.copytree(made, tmp_path / "bundles" / platform)
    publisher = Authority(tmp_path / "authority").publisher("Example").certificate_file
    shutil.copyfile(publisher, tmp_path / "publisher.pem")
    (tmp_path / "notes.txt").write_text("Crew lists open twice as fast.\n", encoding="utf-8")
    said = follow(desk, "releasing.md", monkeypatch)
    believed = desk.read()
    assert believed.releases.releases[0].notes == "Crew lists open twice as fast."
    assert believed.releases.disabled == believed.halt.disabled == ("1.4.2",)
    assert believed.exposure.builds["142"].percent == 100
    assert believed.exposure.builds["142"].pause
    assert all("→ next" in one for one in said[:-1] if not one.startswith("root:"))


def test_a_lost_key(desk: ReleaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert newest(desk) == "1.0.0"
    follow(desk, "runbooks/lost-key.md", monkeypatch)
    assert newest(desk) == newest(desk, "installed now") == "1.0.0"
    with pytest.raises(AssertionError, match="nothing waits for this key"):
        desk.release("1.1.0", 110, by=("anna", "cleo"))
    shutil.rmtree(desk.folder / "1.1.0")
    desk.release("1.1.0", 110, by=("anna", "cleo-2"))
    assert newest(desk) == "1.1.0"


def test_a_stolen_key(desk: ReleaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert newest(desk) == "1.0.0"
    thief = shutil.copytree(desk.folder, desk.folder.with_name("thief"))
    follow(desk, "runbooks/stolen-key.md", monkeypatch)
    assert newest(desk) == newest(desk, "installed now") == "1.0.0"
    signed = {one.keyid for release in desk.read().releases.releases for one in release.signatures}
    assert len(signed) == 2

    # The thief has ben's key and the online key, and publishes the old state as the newest there is.
    theirs = ReleaseDesk(thief, now=desk.now)
    for _ in range(9):
        theirs.type("timestamp --repository {repository} --online-key {key}", key=theirs.key("online"))
    forged = (theirs.repository / "metadata" / "timestamp.json").read_bytes()
    (desk.repository / "metadata" / "timestamp.json").write_bytes(forged)
    with pytest.raises(UpdateError):
        newest(desk)
    assert desk.client().freshness() is not None


def test_a_retired_person(desk: ReleaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert newest(desk) == "1.0.0"
    follow(desk, "runbooks/retired-person.md", monkeypatch)
    assert newest(desk) == newest(desk, "installed now") == "1.0.0"
    desk.release("1.1.0", 110, by=("dora", "cleo"))
    assert newest(desk) == "1.1.0"
    assert "anna" not in desk.type("inspect {repository}")
