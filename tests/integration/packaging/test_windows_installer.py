"""The installer for Windows, signed with a test certificate, installs and uninstalls under wine."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.install.authenticode import signer_of
from desktop.packaging.installers.nsis import sign_programs, windows_installer
from desktop.packaging.signing.steps import run
from desktop.packaging.signing.windows import Osslsigncode
from tests.support import windows_program
from tests.support.code_signing import SIGNED_AT, Authority, Identity
from tests.support.wine import Wine, missing, wine

pytestmark = [
    pytest.mark.skipif(bool(missing()), reason=f"not installed here: {', '.join(missing())}"),
    pytest.mark.skipif(not windows_program.has_compiler(), reason="no compiler for Windows programs here"),
    pytest.mark.timeout(600),
]
UNINSTALL_KEY = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\NjordHR"


@dataclass(frozen=True)
class Computer:
    """A Windows with two installers on it."""

    wine: Wine
    first: Path
    second: Path
    publisher: Identity
    calls: Path

    @property
    def root(self) -> Path:
        """Where NjordHR is installed."""
        return self.wine.person / "AppData" / "Local" / "Programs" / "NjordHR"

    def start(self, program: Path, *arguments: str, **env: str) -> int:
        """Start an installer without a window, and wait for all that it starts."""
        self.calls.unlink(missing_ok=True)
        code = self.wine.run(program, "/S", *arguments, env={"CALLS": _windows(self.calls), **env})
        self.wine.settle()
        return code

    def called(self) -> list[list[str]]:
        """Return how the program and the launcher were called meanwhile."""
        text = self.calls.read_text() if self.calls.exists() else ""
        return [line.split("\t") for line in text.splitlines()]


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Computer]:
    folder = tmp_path_factory.mktemp("windows")
    authority = Authority(folder / "authority")
    publisher, clock = authority.publisher("Example"), authority.timestamper()
    times = (clock.certificate_file, clock.key_file, SIGNED_AT)
    signer = Osslsigncode(
        publisher.certificate_file, str(publisher.key_file), clock=times, authority=authority.file
    )
    program = windows_program.compile_program(folder).read_bytes()
    made = []
    for version in ("1.0.0", "1.1.0"):
        contents = windows_program.make_contents(folder, program, version)
        steps = [*sign_programs(contents, signer)]
        steps += windows_installer(contents, folder, folder / f"work-{version}", signer)
        run(steps, dry_run=False, say=lambda _: None)
        made.append(folder / f"NjordHR-{version}-setup.exe")
    with wine(folder / "wine") as own:
        yield Computer(own, made[0], made[1], publisher, folder / "calls.txt")


def test_it_installs_starts_upgrades_and_leaves(computer: Computer) -> None:
    root = computer.root
    assert signer_of(computer.first.read_bytes()) == computer.publisher.certificate

    assert computer.start(computer.first, "/CLOUD=office.example.com") == 0
    assert sorted(path.name for path in (root / "versions").iterdir()) == ["1.0.0"]
    assert (root / "versions/1.0.0/_internal/web_ui/index.html").read_text() == "version 1.0.0"
    state = json.loads((root / "state.json").read_text())
    assert (state["current"], state["good"], state["max_build"]) == ("1.0.0", "1.0.0", 100)
    assert signer_of((root / "uninstall.exe").read_bytes()) == computer.publisher.certificate
    installed, started = computer.called()
    assert installed[0] == "--installed"
    assert installed[installed.index("--cloud") + 1] == "office.example.com"
    assert started == ["--hidden"]
    assert "uninstall.exe" in computer.wine.registry(UNINSTALL_KEY)

    before = (root / "state.json").read_bytes()
    assert computer.start(computer.second, "/NOLOGIN", "/NOSTART") == 0
    assert sorted(path.name for path in (root / "versions").iterdir()) == ["1.0.0", "1.1.0"]
    assert (root / "state.json").read_bytes() == before  # the program itself adopts, the stand-in does not
    assert [call[0] for call in computer.called()] == ["--end-running", "--installed"]
    assert "--no-start-at-login" in computer.called()[1]

    assert computer.start(computer.first, "/NOSTART", CODE="3", WORDS="A newer one is there.") == 3
    assert not (root / "versions" / "1.0.0").exists()
    assert (root / "versions" / "1.1.0").is_dir()

    own = root / "something of the person.txt"
    own.write_text("stays")
    assert _uninstall(computer) == [["--uninstalling"]]
    assert [path.name for path in root.iterdir()] == [own.name]
    assert computer.wine.registry(UNINSTALL_KEY) == ""

    own.unlink()
    assert computer.start(computer.second, "/NOSTART") == 0
    assert _uninstall(computer, "/RECORDS=remove") == [["--uninstalling", "--remove-records"]]
    assert not root.exists()


def _uninstall(computer: Computer, *arguments: str) -> list[list[str]]:
    """Uninstall without a window; return how the launcher was called, without the file for its words."""
    program = computer.root / "uninstall.exe"
    assert computer.start(program, *arguments) == 0
    return [call[: call.index("--words")] for call in computer.called()]


def _windows(path: Path) -> str:
    """Return a path as Windows programs under wine see it."""
    return "Z:" + str(path).replace("/", "\\")
