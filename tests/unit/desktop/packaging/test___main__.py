"""The command line that makes a bundle, where it is given nonsense."""

import pytest

from desktop.packaging.__main__ import main


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--version", "x.y"], "argument --version: 'x.y' is none; one looks like 1.4.2"),
        (["--build", "0"], "argument --build: '0' is none; one looks like 142"),
        (["--channel", "../stable"], "argument --channel: '../stable' is none; one looks like stable"),
        (["--trust", "/"], "argument --trust: '/' has no root.json and no updates.json"),
    ],
)
def test_nonsense_is_refused_in_words_before_anything_is_made(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert said in capsys.readouterr().err
