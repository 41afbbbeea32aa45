"""Read what the network said about a document, and what an answer means. Pure."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from agent_core.portal.page import Answer
from protocol.reasons import Reason

TOO_MANY_REQUESTS = 429
FORBIDDEN = 403
FIRST_ERROR = 400

LONGEST_PAUSE_SECONDS = 60.0
"""A portal that asks for a longer pause is left alone: the job stops."""

_SLOW_ERRORS = re.compile(r"net::ERR_(?:CONNECTION_)?TIMED_OUT")
_CERTIFICATE = re.compile(r"net::ERR_(?:CERT_|SSL_)")
_SERVER_ERRORS = re.compile(
    r"net::ERR_(?:HTTP_RESPONSE_CODE_FAILURE|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|CONTENT_LENGTH_MISMATCH"
    r"|INVALID_[A-Z_]+|TOO_MANY_REDIRECTS|CONTENT_DECODING_[A-Z_]+|ABORTED|RESPONSE_HEADERS_[A-Z_]+)"
)
_GONE = re.compile(
    r"disconnected|not reachable|tab crashed|session deleted|no such window|invalid session"
    r"|web view not found|renderer|target (?:frame )?detached",
    re.IGNORECASE,
)


def fold(answer: Answer, entries: Iterable[str], frame_id: str) -> Answer:
    """Take entries of the browser's network log into what is known of a frame's document.

    Args:
        answer: what was known before.
        entries: JSON texts, as the driver's performance log has them.
        frame_id: the frame whose document counts.
    """
    for entry in entries:
        message = json.loads(entry).get("message", {})
        answer = fold_event(answer, message.get("method", ""), message.get("params", {}), frame_id)
    return answer


def fold_event(answer: Answer, method: str, params: Mapping[str, Any], frame_id: str) -> Answer:
    """Take one event of the ``Network`` domain into what is known of a frame's document."""
    request = str(params.get("requestId", ""))
    is_document = params.get("type") == "Document" and params.get("frameId") == frame_id
    if method == "Network.requestWillBeSent" and is_document:
        return Answer(request_id=request)
    if method == "Network.responseReceived" and is_document:
        response = params.get("response", {})
        return Answer(
            status=int(response.get("status", 0)) or None,
            retry_after_seconds=retry_after(response.get("headers", {})),
            request_id=request,
        )
    if method == "Network.loadingFailed" and request == answer.request_id:
        error = error_code(str(params.get("errorText", "")))
        return replace(answer, is_broken=answer.status is not None, error=error, is_over=True)
    if method == "Network.loadingFinished" and request == answer.request_id:
        return replace(answer, is_over=True)
    return answer


def retry_after(headers: Mapping[str, Any], now: datetime | None = None) -> float | None:
    """Return the seconds of a ``Retry-After`` header, which gives seconds or a time."""
    value = next((str(text) for name, text in headers.items() if name.lower() == "retry-after"), "").strip()
    if re.fullmatch(r"\d{1,9}", value):
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())


def pause(answer: Answer) -> float | None:
    """Return the seconds to wait before asking again; nothing unless the portal asked for a short pause."""
    asked = answer.retry_after_seconds
    if asked is None or asked > LONGEST_PAUSE_SECONDS or trouble(answer) is None:
        return None
    return asked


def trouble(answer: Answer) -> Reason | None:
    """Return why a document that came cannot be used, if so."""
    if answer.status is None or answer.status < FIRST_ERROR:
        return None
    wants_rest = (answer.retry_after_seconds or 0) > LONGEST_PAUSE_SECONDS
    if wants_rest or answer.status in (TOO_MANY_REQUESTS, FORBIDDEN):
        return Reason.PORTAL_BLOCKED
    return Reason.PORTAL_SERVER_ERROR


def network_reason(message: str) -> Reason | None:
    """Return what an error of the browser means; nothing when it is not about network or browser."""
    if "net::ERR_" in message:
        if _SLOW_ERRORS.search(message):
            return Reason.PORTAL_SLOW
        if _CERTIFICATE.search(message):
            return Reason.PORTAL_CERTIFICATE
        return Reason.PORTAL_SERVER_ERROR if _SERVER_ERRORS.search(message) else Reason.PORTAL_UNREACHABLE
    return Reason.BROWSER_GONE if _GONE.search(message) else None


def error_code(message: str) -> str:
    """Return the browser's code of a network error, which names nobody."""
    match = re.search(r"net::ERR_[A-Z_0-9]+", message)
    return match[0] if match else ""
