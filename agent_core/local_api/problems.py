"""Every way in which a request can fail becomes one problem document with its reason (RFC 9457).

No answer repeats what the request carried, and what is unexpected is logged without its message.
"""

from collections.abc import Mapping

import structlog
from apiflask import HTTPError
from flask import Flask, Response
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from agent_core.errors import AgentError
from agent_core.logs import fault_of
from protocol.problems import PROBLEM_MEDIA_TYPE, problem
from protocol.reasons import Reason, Retry

_FAULT = 500
_BY_REASON: Mapping[Reason, int] = {
    Reason.REQUEST_NOT_FOUND: 404,
    Reason.REQUEST_TOO_LARGE: 413,
    Reason.REQUEST_TOO_MANY: 429,
    Reason.RESUME_NOT_HERE: 404,
    Reason.AUTH_REQUIRED: 401,
    Reason.AUTH_WRONG_CREDENTIALS: 401,
    Reason.AGENT_SESSION_REQUIRED: 401,
    Reason.AGENT_LAUNCH_CODE: 401,
    Reason.AGENT_FOREIGN_PAGE: 403,
    Reason.AUTH_NOT_A_MEMBER: 403,
    Reason.AUTH_FORBIDDEN: 403,
    Reason.CLOUD_CERTIFICATE: 502,
    Reason.CLOUD_UNREACHABLE: 502,
    Reason.CLOUD_ANSWER: 502,
    Reason.DEVICE_NOT_PAIRED: 409,
    Reason.DEVICE_REVOKED: 409,
    Reason.JOB_ALREADY_THERE: 409,
    Reason.JOB_NOTHING_TO_RETRY: 409,
    Reason.JOB_NOT_ACTIVE: 409,
    Reason.LOGIN_BUSY: 409,
    Reason.EXPORT_BUSY: 409,
    Reason.EXPORT_CANCELLED: 409,
    Reason.EXPORT_TICKET: 403,
    Reason.RESUME_NOT_IN_CLOUD: 409,
    Reason.RESUME_LOST_IN_STORE: 409,
    Reason.WINDOW_NOT_THERE: 409,
    Reason.WINDOW_DIALOG_OPEN: 409,
    Reason.LOGIN_NOT_CONNECTED: 409,
    Reason.AUTO_START_NOT_POSSIBLE: 409,
    Reason.AUTO_START_REFUSED: 409,
    Reason.AGENT_NO_UPDATES: 409,
    Reason.AGENT_RESTART_INTERRUPTS: 409,
    Reason.UPDATE_NOT_READY: 409,
    Reason.AGENT_STORE_DAMAGED: 500,
    Reason.SERVER_FAULT: 500,
}
_BY_RETRY: Mapping[Retry, int] = {Retry.NEVER: 422, Retry.LATER: 503, Retry.AFTER_USER_ACTS: 422}
_BY_HTTP: Mapping[int, Reason] = {
    404: Reason.REQUEST_NOT_FOUND,
    405: Reason.REQUEST_METHOD,
    413: Reason.REQUEST_TOO_LARGE,
}


def answer(
    reason: Reason, detail: str = "", status: int | None = None, facts: Mapping[str, str] | None = None
) -> Response:
    """Make the HTTP answer of a reason; the status follows from it unless it is given."""
    code = status or _BY_REASON.get(reason) or _BY_RETRY[reason.retry]
    response = Response(
        problem(reason, code, detail, dict(facts or {})).model_dump_json(),
        code,
        content_type=PROBLEM_MEDIA_TYPE,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def register(app: Flask) -> None:
    """Have ``app`` answer every exception with a problem document."""
    app.register_error_handler(AgentError, _refused)
    app.register_error_handler(HTTPError, _invalid_input)
    app.register_error_handler(HTTPException, _http_refusal)
    app.register_error_handler(RecursionError, _too_deep)
    app.register_error_handler(Exception, _fault)


def _refused(error: AgentError) -> Response:
    return answer(error.reason, error.detail, facts=error.facts)


def _invalid_input(error: HTTPError) -> Response:
    cause = error.__cause__
    fields = _fields(cause) if isinstance(cause, ValidationError) else ""
    return answer(Reason.REQUEST_INVALID, fields, 422)


def _fields(error: ValidationError) -> str:
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    # An unknown field's name is the caller's text, so it is not repeated.
    known = [fault for fault in faults if fault["type"] != "extra_forbidden"]
    named = [f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['type']}" for fault in known[:10]]
    return "; ".join(named + ["a field that is not known"] * (len(known) < len(faults)))


def _http_refusal(error: HTTPException) -> Response:
    code = error.code or _FAULT
    if code >= _FAULT:
        return _fault(error)
    return answer(_BY_HTTP.get(code, Reason.REQUEST_INVALID), status=code)


def _too_deep(_: RecursionError) -> Response:
    return answer(Reason.REQUEST_INVALID, "nested too deeply", 422)


def _fault(error: Exception) -> Response:
    structlog.get_logger().error("local_api_fault", **fault_of(error))
    return answer(Reason.SERVER_FAULT)
