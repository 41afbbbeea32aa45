"""Every way in which a request can fail becomes one problem document with its reason (RFC 9457).

What is unexpected is logged with ids only and answered `server.fault`; the trace id is in the answer, so
that support finds the log line. No answer repeats what the request carried.
"""

import re
from collections.abc import Mapping

import psycopg
import structlog
from apiflask import HTTPError
from flask import Flask, Response, g
from pydantic import ValidationError
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    RequestedRangeNotSatisfiable,
    TooManyRequests,
)

from cloud_api.errors import CloudError
from protocol.problems import PROBLEM_MEDIA_TYPE, problem
from protocol.reasons import Reason

_log = structlog.get_logger("cloud_api.problems")

_OF_HTTP: Mapping[int, Reason] = {
    404: Reason.REQUEST_NOT_FOUND,
    405: Reason.REQUEST_METHOD,
    413: Reason.REQUEST_TOO_LARGE,
    429: Reason.REQUEST_TOO_MANY,
}
_UNAUTHORIZED = 401
_TOO_MANY = 429
_FAULT = 500
_RETRY_SECONDS = "60"
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,59}")

FieldFaults = dict[str, str]
"""From a field's path, such as ``items.0.event_id``, to what is wrong with it in one stable word."""


def answer(
    reason: Reason,
    status: int,
    detail: str = "",
    facts: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Make the HTTP answer of a reason."""
    body = problem(reason, status, detail, dict(facts or {})).model_dump_json()
    response = Response(body, status, content_type=PROBLEM_MEDIA_TYPE)
    if status == _UNAUTHORIZED:  # RFC 9110 asks for the scheme there
        response.headers["WWW-Authenticate"] = "Bearer"
    response.headers.update(headers or {})
    return response


def register(app: Flask) -> None:
    """Have ``app`` answer every exception with a problem document."""
    app.register_error_handler(CloudError, _refusal)
    app.register_error_handler(HTTPError, _invalid_input)
    app.register_error_handler(HTTPException, _http_refusal)
    app.register_error_handler(psycopg.DataError, _unstorable)
    app.register_error_handler(psycopg.errors.InsufficientPrivilege, _not_theirs)
    app.register_error_handler(psycopg.OperationalError, _database_down)
    app.register_error_handler(psycopg.InterfaceError, _database_down)
    app.register_error_handler(RecursionError, _too_deep)
    app.register_error_handler(Exception, _fault)


def field_faults(error: ValidationError) -> FieldFaults:
    """Name the fields of a validation error and what is wrong with each, without their values."""
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    return {_path(fault["loc"]): fault["type"] for fault in faults}


def fault_origin(error: BaseException) -> dict[str, object]:
    """Say what was raised and where, as code positions: a message may quote people's data."""
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    origin: dict[str, object] = {"error": type(error).__name__, "frames": frames[-12:]}
    if isinstance(error, psycopg.Error):
        origin["sqlstate"] = error.sqlstate
        origin["constraint"] = error.diag.constraint_name
    return origin


def _path(location: tuple[int | str, ...]) -> str:
    # A name that no model has was written by the caller, so only what looks like a field is repeated.
    parts = (str(part) if isinstance(part, int) or _FIELD.fullmatch(part) else "?" for part in location)
    return ".".join(parts) or "body"


def _refusal(error: CloudError) -> Response:
    return answer(error.reason, error.status, error.detail, error.facts, _wait_of(error))


def _wait_of(error: CloudError) -> dict[str, str]:
    if error.status != _TOO_MANY:
        return {}
    return {"Retry-After": str(error.facts.get("retry_after_seconds", _RETRY_SECONDS))}


def _invalid_input(error: HTTPError) -> Response:
    cause = error.__cause__
    faults = field_faults(cause) if isinstance(cause, ValidationError) else {}
    detail = "; ".join(f"{field}: {fault}" for field, fault in list(faults.items())[:10])
    return answer(Reason.REQUEST_INVALID, 422, detail, {"fields": faults})


def _http_refusal(error: HTTPException) -> Response:
    code = error.code or _FAULT
    if code >= _FAULT:
        return _fault(error)
    return answer(_OF_HTTP.get(code, Reason.REQUEST_INVALID), code, headers=_headers_of(error))


def _headers_of(error: HTTPException) -> dict[str, str]:
    if isinstance(error, MethodNotAllowed):
        return {"Allow": ", ".join(error.valid_methods or ())}
    if isinstance(error, RequestedRangeNotSatisfiable):
        return {"Content-Range": f"bytes */{error.length}"}
    return {"Retry-After": _RETRY_SECONDS} if isinstance(error, TooManyRequests) else {}


def _unstorable(error: psycopg.DataError) -> Response:
    """Answer text with NUL characters, numbers beyond the column, and the like: the caller's fault."""
    _log.info("value_not_storable", trace_id=_trace_id(), sqlstate=error.sqlstate)
    return answer(Reason.REQUEST_INVALID, 422, "a value cannot be stored")


def _not_theirs(error: psycopg.errors.InsufficientPrivilege) -> Response:
    """Answer what a policy refused after the guard let it in: a right that was lost in the middle."""
    _log.warning("refused_by_the_database", trace_id=_trace_id(), **fault_origin(error))
    return answer(Reason.AUTH_FORBIDDEN, 403)


def _too_deep(_: RecursionError) -> Response:
    return answer(Reason.REQUEST_INVALID, 422, "nested too deeply")


def _database_down(error: psycopg.Error) -> Response:
    _log.error(
        "database_unavailable", trace_id=_trace_id(), error=type(error).__name__, sqlstate=error.sqlstate
    )
    return answer(Reason.SERVER_DATABASE_DOWN, 503, facts={"trace_id": _trace_id()})


def _fault(error: Exception) -> Response:
    unexpected = error.original_exception if isinstance(error, InternalServerError) else error
    _log.error("unexpected_fault", trace_id=_trace_id(), **fault_origin(unexpected or error))
    return answer(Reason.SERVER_FAULT, _FAULT, facts={"trace_id": _trace_id()})


def _trace_id() -> str:
    return str(g.get("trace_id", ""))
