"""A repository that was begun once, copied for each test."""

import shutil
from pathlib import Path

import pytest

from tests.support.release_desk import ReleaseDesk


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everybody's keys, and a repository with 1.0.0 out for everybody."""
    desk = ReleaseDesk(tmp_path_factory.mktemp("begun"))
    desk.begin()
    desk.release("1.0.0", 100)
    desk.step("rollout 100")
    return desk.folder


@pytest.fixture
def desk(begun: Path, tmp_path: Path) -> ReleaseDesk:
    """An office of one's own in that state."""
    shutil.copytree(begun, tmp_path / "desk")
    return ReleaseDesk(tmp_path / "desk")
