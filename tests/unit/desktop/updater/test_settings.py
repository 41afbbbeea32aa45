from pathlib import Path

import pytest

from desktop.updater.settings import FILE_NAME, UpdaterSettings, load


def test_who_this_is_for_the_roll_out_is_made_once(tmp_path: Path) -> None:
    first = load(tmp_path)
    assert load(tmp_path) == first
    assert first.channel == ""
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


def test_another_channel_is_taken_from_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(f'{{"install_id": "{"ab" * 16}", "channel": "beta"}}')
    assert load(tmp_path) == UpdaterSettings("ab" * 16, "beta")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"install_id": 7}',
        '{"install_id": "x"}',
        f'{{"install_id": "{"ab" * 16}", "channel": "../x"}}',
    ],
)
def test_what_cannot_be_read_is_made_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    made = load(tmp_path)
    assert made.channel == ""
    assert load(tmp_path) == made
