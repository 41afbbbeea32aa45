"""How often something may be tried: counted in the database, so that all processes of the API count as one.

A `Door` is what can be tried; all tries of one caller at one door within the window count together. What is
kept is a hash of door and caller, until the window is over.

What it does not do: a flood from very many addresses against very many accounts is each of them below its
limit; that is the work of what stands before the API. While the database is away nobody is let in anyway.
"""

import hashlib
import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from flask import request

from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.errors import TooManyRequests
from cloud_api.settings import Limit
from protocol.reasons import Reason

_QUERIES = NamedQueries("cloud_api.auth", "auth.sql")
_HOME_BITS = 64
"""Whoever has one address of IPv6 has all of its /64."""


class Door(StrEnum):
    """What is tried. The values go into the hash that is kept."""

    SIGNING_IN = "signing-in"
    ACCOUNT = "account"
    PAIRING = "pairing"


class TryLimits:
    """Counts tries; any thread, any process."""

    def __init__(self, database: Database) -> None:
        """Count in this database."""
        self._database = database

    def count(self, door: Door, who: str, limit: Limit) -> None:
        """Count a try, before it is looked at.

        Args:
            door: what is tried.
            who: an address (`home_of`), an e-mail address, an id; only its hash is kept.
            limit: of this door.

        Raises:
            TooManyRequests: with ``retry_after_seconds`` in its facts.
        """
        key = {"key_hash": _key_hash(door, who), "most": limit.most, "seconds": limit.seconds}
        with self._database.anonymous() as tx:
            wait = tx.value(_QUERIES["count_try"], key)
        if wait:
            raise TooManyRequests(Reason.REQUEST_TOO_MANY, door.value, {"retry_after_seconds": int(wait)})

    def forget(self, door: Door, who: str) -> None:
        """Forget the tries of somebody who has shown who they are."""
        with self._database.anonymous() as tx:
            tx.value(_QUERIES["forget_tries"], {"key_hash": _key_hash(door, who)})


@dataclass(frozen=True)
class Tries:
    """The tries at one door."""

    limits: TryLimits
    door: Door
    limit: Limit

    def count(self, who: str) -> None:
        """Count a try; see `TryLimits.count`."""
        self.limits.count(self.door, who, self.limit)

    @contextmanager
    def attempt(self, who: str) -> Iterator[None]:
        """Count a try, and forget this one and those before when what is done inside succeeds."""
        self.count(who)
        yield
        self.limits.forget(self.door, who)

    def by_address(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap a view: its tries are counted by the address that they come from."""

        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            request.get_data(cache=True)  # what is too large is refused before anything is asked
            self.count(home_of(request.remote_addr))
            return view(*args, **kwargs)

        return counted


def home_of(address: str | None) -> str:
    """Return what counts as one address: that of IPv4, the /64 of IPv6."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, _HOME_BITS), strict=False))
    return str(found)


def _key_hash(door: Door, who: str) -> bytes:
    return hashlib.sha256(f"{door.value}\0{who.strip().lower()}".encode()).digest()
