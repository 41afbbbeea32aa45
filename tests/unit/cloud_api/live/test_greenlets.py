from collections.abc import Callable, Iterable
from typing import Any

import gevent  # type: ignore[import-untyped]  # it brings no types
import pytest

from cloud_api.live.greenlets import answering_beside


def test_it_answers_in_a_greenlet_of_its_own_and_hands_the_answer_over() -> None:
    where: list[object] = []

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        where.append(gevent.getcurrent())
        start_response(environ["wanted"])
        return iter([b"a", b"b"])

    started: list[str] = []
    assert list(answering_beside(application)({"wanted": "200 OK"}, started.append)) == [b"a", b"b"]
    assert started == ["200 OK"]
    assert where != [gevent.getcurrent()]


def test_what_it_raises_goes_up(capsys: pytest.CaptureFixture[str]) -> None:
    def application(_environ: dict[str, Any], _start_response: Callable[..., Any]) -> Iterable[bytes]:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        answering_beside(application)({}, print)
    assert "ValueError" in capsys.readouterr().err
