"""One line a request: which route, which ids, how it ended, how long it took. Never who, what or from where.

The rule's pattern is logged instead of the address, because an address can carry a search word or a signed
link.
"""

import logging
import re
import sys
import time
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

from cloud_api.auth.principal import Device, Principal

TRACE_HEADER = "X-Trace-Id"
_TRACE_ID = re.compile(r"[0-9a-f]{32}")
_log = structlog.get_logger("cloud_api.requests")


def configure_logging(level: int = logging.INFO) -> None:
    """Write JSON lines to standard error. Called once by a program's start, never by the app itself."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[LibraryLines()], level=logging.WARNING, force=True)


class LibraryLines(logging.Handler):
    """Passes on what libraries log, without what they fill in: that may be anybody's data."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line with the message's pattern and, of an exception, only its kind."""
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        _log.log(record.levelno, "library", logger=record.name, pattern=str(record.msg), error=error)


def register(app: Flask) -> None:
    """Give each request a trace id, or take the page's: the answer, its log lines and rows share it."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.trace_id = trace_id_of(request.headers.get(TRACE_HEADER))
    g.began = time.monotonic()


def trace_id_of(sent: str | None) -> str:
    """Return the id that the page gave to the click, or a new one: nothing else gets into logs and rows.

    Example:
        >>> trace_id_of("0123456789abcdef0123456789abcdef")
        '0123456789abcdef0123456789abcdef'
        >>> len(trace_id_of("Robert'); drop table"))
        32
    """
    return sent if sent and _TRACE_ID.fullmatch(sent) else uuid4().hex


def _end(response: Response) -> Response:
    response.headers[TRACE_HEADER] = g.get("trace_id", "")
    _log.info(
        "request",
        trace_id=g.get("trace_id", ""),
        method=request.method if request.url_rule else "other",
        route=request.url_rule.rule if request.url_rule else None,
        status=response.status_code,
        milliseconds=round((time.monotonic() - g.get("began", time.monotonic())) * 1000, 1),
        **_who(),
    )
    return response


def _who() -> dict[str, str]:
    principal: Principal | None = g.get("principal")
    if principal is None:
        return {}
    device = {"device_id": str(principal.device_id)} if isinstance(principal, Device) else {}
    return {"user_id": str(principal.user_id), **device}
