"""What a person is told of the connection, in plain words."""

import ssl
from collections.abc import Callable

import httpx
import pytest

from desktop.install.connection import Place, ask, connection_words

OFFICE = Place("your office's NjordHR", "https://office.example.com/api/health")


def _answers(status: int) -> Callable[[str], int]:
    return lambda _: status


def _fails(error: Exception) -> Callable[[str], int]:
    def fail(_: str) -> int:
        raise error

    return fail


def _not_trusted() -> httpx.HTTPError:
    error = httpx.ConnectError("no")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed certificate")
    return error


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (_answers(200), "Your office's NjordHR was reached."),
        (_answers(302), "wants a login in a browser"),
        (_answers(404), "office.example.com answers, but not as your office's NjordHR"),
        (_answers(407), "The network wants a login"),
        (_answers(503), "not ready just now"),
        (_fails(_not_trusted()), "does not trust the certificate of office.example.com"),
        (_fails(httpx.ConnectTimeout("slow")), "did not answer in time"),
        (_fails(httpx.ProxyError("no")), "proxy did not let NjordHR reach"),
        (_fails(httpx.ConnectError("no such name")), "Look whether this computer is online"),
        (_fails(httpx.InvalidURL("bad")), "is not one. Ask your office"),
    ],
)
def test_each_outcome_has_its_sentence(asked: Callable[[str], int], said: str) -> None:
    (sentence,) = connection_words([OFFICE], asked)
    assert said in sentence
    assert "Error" not in sentence


def test_without_an_office_the_next_step_is_named() -> None:
    assert "connect it under Settings" in connection_words([])[0]


def test_nobody_at_the_address_is_no_answer() -> None:
    with pytest.raises(httpx.HTTPError):
        ask("http://127.0.0.1:9/")
