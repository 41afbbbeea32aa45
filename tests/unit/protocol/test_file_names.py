"""Names that are legal on all three systems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.file_names import MAX_LEGAL_BYTES, is_legal_name, legal_name


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "a\\b", "a ", "a.", "NUL", "nul.pdf", "a\x00b", "a:b"]
)
def test_names_that_some_system_refuses(name: str) -> None:
    assert not is_legal_name(name)


@given(st.text(max_size=300))
def test_any_text_gives_a_legal_name_that_is_not_too_long(text: str) -> None:
    name = legal_name(text)
    assert is_legal_name(name)
    assert not name.startswith(".")
    assert len(name.encode()) <= MAX_LEGAL_BYTES + 1


def test_what_leaves_nothing_is_called_otherwise() -> None:
    assert legal_name(" \x00..", "resume") == "resume"
