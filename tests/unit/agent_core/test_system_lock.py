"""The system's lock on an open file."""

import os
from pathlib import Path

import pytest

from agent_core.system_lock import lock, unlock


def test_one_has_it_until_it_is_let_go_of_also_where_a_child_has_the_file_open(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with path.open("ab") as first, path.open("ab") as second:
        lock(first)
        childs = os.dup(first.fileno())
        try:
            with pytest.raises(OSError, match=r"."):
                lock(second)
            unlock(first)
            lock(second)
        finally:
            os.close(childs)
