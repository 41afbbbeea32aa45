"""Does this computer reach what NjordHR needs? Said in plain words, after an installation.

It decides nothing: an installation is good without a connection, and the person learns what to look at.
"""

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

PATIENCE = httpx.Timeout(10, connect=8)

_PROXY_LOGIN = 407
_REFUSED = 400
_SERVER_FAULT = 500
_REDIRECTS = range(300, 400)


@dataclass(frozen=True)
class Place:
    """Something on the network.

    Attributes:
        name: what people call it, with its article.
        address: an https address that answers without a login.
    """

    name: str
    address: str


def ask(address: str) -> int:
    """Ask an address; return its status.

    Raises:
        httpx.HTTPError: nothing came back.
    """
    with httpx.Client(timeout=PATIENCE, follow_redirects=False) as client:
        return client.get(address).status_code


def connection_words(places: Sequence[Place], ask_one: Callable[[str], int] = ask) -> list[str]:
    """Try each place; return a sentence each for people."""
    if not places:
        return ["NjordHR is not connected to an office yet. Start it and connect it under Settings."]
    return [_words(place, ask_one) for place in places]


def _words(place: Place, ask_one: Callable[[str], int]) -> str:
    host = urlsplit(place.address).hostname or "it"
    try:
        return answer_words(place.name, host, ask_one(place.address))
    except httpx.HTTPError as error:
        return failure_words(place.name, host, error)
    except httpx.InvalidURL:
        return f"The address of {place.name} is not one. Ask your office for the right one."


def answer_words(name: str, host: str, status: int) -> str:
    """Say what an answer's status means."""
    if status == _PROXY_LOGIN:
        return f"The network wants a login before it lets NjordHR reach {name}. Ask whoever looks after it."
    if status in _REDIRECTS:
        return f"Something else answered in place of {name}. Perhaps the network wants a login in a browser."
    if status >= _SERVER_FAULT:
        return f"{_capital(name)} was reached, but is not ready just now. NjordHR tries again by itself."
    if status >= _REFUSED:
        return f"{host} answers, but not as {name}. Ask your office whether the address is right."
    return f"{_capital(name)} was reached."


def failure_words(name: str, host: str, error: httpx.HTTPError) -> str:
    """Say why nothing came back."""
    if _is_certificate(error):
        return (
            f"The connection to {name} is not safe: this computer does not trust the certificate of {host}. "
            "Look at the computer's date first; else ask whoever looks after the network."
        )
    if isinstance(error, httpx.TimeoutException):
        return f"{_capital(name)} did not answer in time. A firewall may keep NjordHR from reaching {host}."
    if isinstance(error, httpx.ProxyError):
        return f"The network's proxy did not let NjordHR reach {name}. Ask whoever looks after the network."
    return (
        f"{_capital(name)} could not be reached. Look whether this computer is online; "
        f"else ask whether {host} is the right name."
    )


def _is_certificate(error: BaseException) -> bool:
    causes: list[BaseException] = []
    here: BaseException | None = error
    while here is not None and here not in causes:
        causes.append(here)
        here = here.__cause__ or here.__context__
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
