"""Whatever a page's scripts hand over can be recorded."""

import pytest

from agent_core.portal.plain_text import plain


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Kari\x00", "Kari\ufffd"),
        ("\ud800x\udfff", "\ufffdx\ufffd"),
        ("\U0001f6a2 M\u00fcller\n", "\U0001f6a2 M\u00fcller\n"),
        ({"cells": [[["a\x00"], ["b"]]], "k\x00": 1}, {"cells": [[["a\ufffd"], ["b"]]], "k\ufffd": 1}),
        (None, None),
        (1.5, 1.5),
        (True, True),
    ],
)
def test_what_is_no_text_is_replaced_at_any_depth(given: object, kept: object) -> None:
    assert plain(given) == kept


def test_what_is_no_value_of_json_is_left_alone() -> None:
    element = object()
    assert plain([element]) == [element]
