"""Who gets an answer: this agent's own page with a session token, and nobody else (decision 10).

The guard runs before every route and denies by default. What needs no token is listed here by name.
A token is never taken from an address. No CORS headers are ever sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, Response, request

from agent_core.local_api import problems
from agent_core.local_api.tokens import ShortLived
from protocol.reasons import Reason

PUBLIC: Mapping[str, frozenset[str]] = {
    "ui.root": frozenset({"GET", "HEAD"}),
    "ui.config_json": frozenset({"GET", "HEAD"}),
    "ui.page": frozenset({"GET", "HEAD"}),
    "launch.exchange": frozenset({"POST"}),
    "window.show": frozenset({"POST"}),
    "exports.fetch_export": frozenset({"GET"}),
}
"""Endpoint -> the methods that need no session token; an export's file needs a ticket instead."""

WHILE_HELD = frozenset({"launch.exchange", "launch.renew", "window.show"})
"""Endpoints that change nothing that is kept, so that a version on probation may answer them."""

WRITING_READS = frozenset({"resumes.get_resume"})
"""Endpoints that write something down when they are read: who opened a resume is for the audit log."""

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_FETCH_SITES = frozenset({"same-origin", "none"})
_BEARER = "Bearer "


@dataclass(frozen=True)
class Asked:
    """What the guard looks at."""

    endpoint: str | None
    method: str
    host: str
    origin: str | None
    fetch_site: str | None
    authorization: str


def judge(asked: Asked, port: int, tokens: ShortLived) -> Reason | None:
    """Return why this is refused; nothing when it may pass."""
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
    if asked.host not in hosts:
        return Reason.AGENT_FOREIGN_PAGE
    if asked.origin is not None and asked.origin not in {f"http://{host}" for host in hosts}:
        return Reason.AGENT_FOREIGN_PAGE
    if asked.fetch_site is not None and asked.fetch_site not in _FETCH_SITES:
        return Reason.AGENT_FOREIGN_PAGE
    if asked.endpoint is not None and asked.method in PUBLIC.get(asked.endpoint, ()):
        return None
    return None if tokens.is_good(bearer(asked.authorization)) else Reason.AGENT_SESSION_REQUIRED


def bearer(authorization: str) -> str:
    """Return the token of an ``Authorization`` header; empty when it has none."""
    return authorization.removeprefix(_BEARER) if authorization.startswith(_BEARER) else ""


def is_harmless(endpoint: str | None, method: str) -> bool:
    """Tell whether a request changes nothing, so that a version may answer it that is not there for good."""
    return endpoint in WHILE_HELD or (method in _READS and endpoint not in WRITING_READS)


def install(app: Flask, port: int, tokens: ShortLived, is_held: Callable[[], bool] = lambda: False) -> None:
    """Put the guard before every route of ``app``; while it is held, nothing may change anything."""

    def guard() -> Response | None:
        asked = Asked(
            endpoint=request.endpoint,
            method=request.method,
            host=request.headers.get("Host", ""),
            origin=request.headers.get("Origin"),
            fetch_site=request.headers.get("Sec-Fetch-Site"),
            authorization=request.headers.get("Authorization", ""),
        )
        reason = judge(asked, port, tokens)
        if reason is None and not is_harmless(asked.endpoint, asked.method) and is_held():
            reason = Reason.AGENT_JUST_UPDATED
        return None if reason is None else problems.answer(reason)

    app.before_request(guard)
