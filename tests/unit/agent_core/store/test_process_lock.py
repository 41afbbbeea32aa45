"""One agent a data folder."""

import os
from pathlib import Path

import pytest

from agent_core.errors import StoreError
from agent_core.store.process_lock import ProcessLock
from protocol.reasons import Reason


def test_a_second_agent_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first = ProcessLock(tmp_path / "data")
    with pytest.raises(StoreError) as caught:
        ProcessLock(tmp_path / "data")
    assert caught.value.reason is Reason.AGENT_ALREADY_RUNNING
    other = ProcessLock(tmp_path / "other")
    first.release()
    again = ProcessLock(tmp_path / "data")
    again.release()
    other.release()


def test_it_is_let_go_of_while_a_child_that_is_being_started_has_the_file_open(tmp_path: Path) -> None:
    first = ProcessLock(tmp_path)
    childs = os.dup(first._file.fileno())
    try:
        first.release()
        ProcessLock(tmp_path).release()
    finally:
        os.close(childs)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        ProcessLock(tmp_path / "file")
    assert caught.value.reason is Reason.AGENT_STORE_WRITE
