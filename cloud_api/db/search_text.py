"""What people type to find somebody, as ``candidate_state.search_text`` holds it."""

_SHORTEST_NUMBER = 3
_DIGITS = frozenset("0123456789")
_SIGNS = frozenset(" +-()/.")


def search_text(typed: str) -> str:
    """Return a phone number without its spaces and signs, anything else as typed with single spaces.

    Example:
        >>> search_text(" +49 170-555 01 ")
        '4917055501'
        >>> search_text("  anna   berg ")
        'anna berg'
    """
    words = " ".join(typed.split())
    digits = "".join(letter for letter in words if letter in _DIGITS)
    is_number = set(words) <= _DIGITS | _SIGNS and len(digits) >= _SHORTEST_NUMBER
    return digits if is_number else words
