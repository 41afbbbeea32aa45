"""What a page's scripts hand over, as text that every record can hold. Pure.

A page's strings may hold NUL, which Postgres refuses, and halves of surrogate pairs, which are no text at
all: one of them in a resume would keep it from ever reaching the office.
"""

import re
from typing import Any

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def plain(value: Any) -> Any:
    r"""Return a script's value with U+FFFD in place of what is no text, at any depth.

    Example:
        >>> plain({"name": "Kari\x00"})
        {'name': 'Kari\ufffd'}
    """
    if isinstance(value, str):
        return _NO_TEXT.sub("\ufffd", value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    return value
