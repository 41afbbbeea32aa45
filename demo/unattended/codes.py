"""Where the one-time code comes from: the demo's phone page, or a person at the terminal."""

import time
from collections.abc import Callable
from typing import Protocol

import httpx
from pydantic import BaseModel

PHONE_SECONDS = 20.0
LOOK_AGAIN = 0.25


class NoCodeError(Exception):
    """No code can be had; the text says why."""


class CodeSource(Protocol):
    """Gives the code that was sent last."""

    def get(self, seconds_left: int | None) -> str:
        """Return the code.

        Args:
            seconds_left: how long it is good for.

        Raises:
            NoCodeError: there is none.
        """
        ...


class _Phone(BaseModel):
    otp: str | None
    seconds_left: int


class PhonePage:
    """The demo's phone."""

    def __init__(self, phone_url: str) -> None:
        """Look at this page."""
        self._address = f"{phone_url}.json"

    def get(self, seconds_left: int | None) -> str:  # noqa: ARG002 - the port's signature
        """Return the code that the phone shows."""
        deadline = time.monotonic() + PHONE_SECONDS
        while time.monotonic() < deadline:
            answer = httpx.get(self._address, timeout=PHONE_SECONDS, trust_env=False)
            otp = _Phone.model_validate_json(answer.raise_for_status().content).otp
            if otp:
                return otp
            time.sleep(LOOK_AGAIN)
        raise NoCodeError("The demo's phone shows no code.")


class Person:
    """Somebody at the terminal, with the phone in their hand."""

    def __init__(self, read: Callable[[], str], say: Callable[[str], None]) -> None:
        """Ask with ``say`` and read a line with ``read``, which returns "" at the end of the input."""
        self._read = read
        self._say = say

    def get(self, seconds_left: int | None) -> str:
        """Return the code that the person types."""
        left = f" (good for {seconds_left} more seconds)" if seconds_left is not None else ""
        while True:
            self._say(f"Type the one-time code from the phone{left}, or just Enter to have a new one sent:")
            line = self._read()
            if not line:
                raise NoCodeError("The input ended before a code was typed.")
            return line.strip()
