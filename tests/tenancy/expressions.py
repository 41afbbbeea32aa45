"""The conditions of policies, taken apart: what the rules judge and the mutants weaken."""

import re
from functools import cache

_CALL = re.compile(r"\b(?:app|auth)\.\w+\(|\bcurrent_setting\(")
_WRAPPED = re.compile(r"\(\s*SELECT (?=(?:app|auth)\.\w+\(|current_setting\()")


@cache
def conjuncts(expression: str) -> tuple[str, ...]:
    """Return the parts of a condition that `and` joins, as Postgres prints them."""
    text = _without_outer_parentheses(expression.strip())
    parts, depth, start, quoted, cases = [], 0, 0, False, 0
    for place, letter in enumerate(text):
        if letter == "'":
            quoted = not quoted
        if quoted:
            continue
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            cases += _word_at(text, place, "CASE") - _word_at(text, place, "END")
            if cases == 0 and _word_at(text, place, "AND"):
                parts.append(text[start:place].strip())
                start = place + len("AND")
    return tuple(_without_outer_parentheses(part) for part in (*parts, text[start:].strip()))


def bare_calls(expression: str) -> int:
    """Return how many calls are made for each row, because no `(select …)` stands around them."""
    return len(_CALL.findall(expression)) - len(_WRAPPED.findall(expression))


def unwrapped(expression: str) -> str:
    """Return a condition with its calls made for each row."""
    return re.sub(r"(?<!IN )\(\s*SELECT ((?:app|auth)\.\w+\(\))(?: AS \w+)?\)", r"\1", expression)


def of_whom(expression: str) -> list[str]:
    """Return the parts of a condition that look at who asks, or at other rows."""
    return [part for part in conjuncts(expression) if "SELECT" in part]


def _word_at(text: str, place: int, word: str) -> bool:
    before = place == 0 or not (text[place - 1].isalnum() or text[place - 1] == "_")
    return before and re.match(rf"{word}\b", text[place:]) is not None


def _without_outer_parentheses(text: str) -> str:
    while text.startswith("(") and text.endswith(")") and _closes_at_the_end(text):
        text = text[1:-1].strip()
    return text


def _closes_at_the_end(text: str) -> bool:
    depth, quoted = 0, False
    for place, letter in enumerate(text):
        quoted ^= letter == "'"
        if not quoted:
            depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return place == len(text) - 1
    return False
