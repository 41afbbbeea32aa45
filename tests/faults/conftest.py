"""A folder in memory: a killed process leaves behind the same there as on a disk, and sooner."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")


@pytest.fixture
def memory_folder(tmp_path: Path) -> Iterator[Path]:
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="njordhr-", dir=MEMORY) as folder:
        yield Path(folder)
