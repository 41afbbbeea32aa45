"""Launch codes and session tokens are good for a while, and codes once."""

from datetime import timedelta

import pytest

from agent_core.local_api.tokens import (
    CODE_LIFE,
    MOST_KEPT,
    SESSION_LIFE,
    ShortLived,
    launch_codes,
    session_tokens,
)
from tests.support.agent import TickingClock


def test_a_text_is_good_until_its_time_has_come() -> None:
    clock = TickingClock()
    tokens = session_tokens(clock)
    assert not tokens.any_is_good()
    token, until = tokens.issue()
    assert tokens.is_good(token)
    assert tokens.is_good(token)
    assert tokens.any_is_good()
    clock.now = until - timedelta(seconds=1)
    assert not tokens.is_good(token)
    assert not tokens.any_is_good()
    assert timedelta(hours=1) >= SESSION_LIFE > CODE_LIFE


def test_a_code_is_used_up() -> None:
    codes = launch_codes(TickingClock())
    code, _ = codes.issue()
    other, _ = codes.issue()
    assert codes.use_up(code)
    assert not codes.use_up(code)
    assert codes.use_up(other)


@pytest.mark.parametrize("text", ["", "x", "\udcff", "é" * 1000])
def test_what_was_not_issued_is_not_good(text: str) -> None:
    tokens = session_tokens(TickingClock())
    tokens.issue()
    assert not tokens.is_good(text)
    assert not tokens.use_up(text)


def test_texts_are_random_and_the_oldest_go() -> None:
    tokens = session_tokens(TickingClock())
    issued = [tokens.issue()[0] for _ in range(MOST_KEPT + 1)]
    assert len(set(issued)) == len(issued)
    assert min(len(token) for token in issued) >= 43
    assert not tokens.is_good(issued[0])
    assert all(tokens.is_good(token) for token in issued[1:])


def test_the_text_itself_is_not_kept() -> None:
    kept = ShortLived(timedelta(hours=1), TickingClock(), lambda: "canary")
    kept.issue()
    assert "canary" not in repr(vars(kept))
