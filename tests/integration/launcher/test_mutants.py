"""With any one thing wrong in installing or starting versions, a story ends otherwise than it must."""

import itertools
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.launcher.life import OddError
from tests.support.launcher.mutants import MUTANTS
from tests.support.launcher.stories import STORIES
from tests.support.source_mutants import Mutant

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux stops a program at a system call")
MEMORY = Path("/dev/shm")


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Iterator[Path]]:
    """Empty folders, in memory where there is such a place."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as root:
        yield (new(Path(root) / str(number)) for number in itertools.count())


def new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def ends_otherwise(name: str, folder: Path) -> bool:
    try:
        STORIES[name](folder)
    except (AssertionError, OddError):  # what else a mutant raises says that it is none
        return True
    return False


@pytest.mark.parametrize("name", STORIES)
def test_a_story_ends_as_it_must(name: str, folders: Iterator[Path]) -> None:
    STORIES[name](next(folders))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.check)
def test_what_is_wrong_is_noticed(mutant: Mutant, folders: Iterator[Path]) -> None:
    with mutant.active():
        noticed = next((name for name in STORIES if ends_otherwise(name, next(folders))), None)
    assert noticed is not None, f"no story notices: {mutant.check}"


def test_a_launcher_that_goes_round_in_a_circle_is_stopped(folders: Iterator[Path]) -> None:
    (mutant,) = (mutant for mutant in MUTANTS if mutant.check == "a debt is never paid off")
    with mutant.active(), pytest.raises(OddError, match="goes round in a circle: it looked 1000 times"):
        STORIES["life of crash"](next(folders))
