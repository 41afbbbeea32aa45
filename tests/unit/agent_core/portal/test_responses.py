"""What the network and the browser say, as reasons."""

import json
from datetime import UTC, datetime

import pytest

from agent_core.portal.page import Answer
from agent_core.portal.responses import error_code, fold, network_reason, pause, retry_after, trouble
from protocol.reasons import Reason


def entry(method: str, **params: object) -> str:
    return json.dumps({"message": {"method": method, "params": params}})


def received(status: int, frame: str = "F", request: str = "R", **headers: str) -> str:
    return entry(
        "Network.responseReceived",
        type="Document",
        frameId=frame,
        requestId=request,
        response={"status": status, "headers": headers},
    )


def test_the_frames_own_document_counts() -> None:
    entries = [
        received(200),
        received(500, frame="advertisement", request="A"),
        entry("Network.loadingFailed", requestId="A"),
        entry("Page.loadEventFired", timestamp=1),
    ]
    assert fold(Answer(), entries, "F") == Answer(status=200, request_id="R")


def test_a_document_that_broke_off() -> None:
    entries = [received(200), entry("Network.loadingFailed", requestId="R")]
    assert fold(Answer(), entries, "F").is_broken


def test_a_document_that_never_came_says_why() -> None:
    sent = entry("Network.requestWillBeSent", type="Document", frameId="F", requestId="S")
    failed = entry("Network.loadingFailed", requestId="S", errorText="net::ERR_CERT_DATE_INVALID")
    answer = fold(Answer(), [sent, failed], "F")
    assert answer == Answer(request_id="S", error="net::ERR_CERT_DATE_INVALID", is_over=True)


def test_a_new_document_starts_over() -> None:
    sent = entry("Network.requestWillBeSent", type="Document", frameId="F", requestId="S")
    assert fold(Answer(status=500, is_broken=True), [sent], "F") == Answer(request_id="S")


def test_a_pause_that_the_portal_asks_for() -> None:
    assert fold(Answer(), [received(503, **{"Retry-After": "3"})], "F").retry_after_seconds == 3


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3.0),
        ("Tue, 24 Nov 2026 08:00:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 07:00:00 GMT", 0.0),
        ("soon", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, datetime(2026, 11, 24, 8, 0, tzinfo=UTC)) == seconds
    assert retry_after({}) is None


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(), None),
        (Answer(status=200), None),
        (Answer(status=302), None),
        (Answer(status=404), Reason.PORTAL_SERVER_ERROR),
        (Answer(status=503), Reason.PORTAL_SERVER_ERROR),
        (Answer(status=429), Reason.PORTAL_BLOCKED),
        (Answer(status=403), Reason.PORTAL_BLOCKED),
        (Answer(status=200, is_broken=True), None),
    ],
)
def test_trouble(answer: Answer, reason: Reason | None) -> None:
    assert trouble(answer) is reason


def test_a_long_pause_stops_and_a_short_one_is_waited() -> None:
    long, short = (Answer(status=503, retry_after_seconds=seconds) for seconds in (600.0, 3.0))
    assert trouble(long) is Reason.PORTAL_BLOCKED
    assert pause(long) is None
    assert pause(short) == 3.0
    assert pause(Answer(status=200, retry_after_seconds=3.0)) is None
    assert pause(Answer(status=503)) is None


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("unknown error: net::ERR_CONNECTION_REFUSED", Reason.PORTAL_UNREACHABLE),
        ("unknown error: net::ERR_NAME_NOT_RESOLVED", Reason.PORTAL_UNREACHABLE),
        ("unknown error: net::ERR_CERT_AUTHORITY_INVALID", Reason.PORTAL_CERTIFICATE),
        ("unknown error: net::ERR_SSL_PROTOCOL_ERROR", Reason.PORTAL_CERTIFICATE),
        ("unknown error: net::ERR_CONNECTION_TIMED_OUT", Reason.PORTAL_SLOW),
        ("unknown error: net::ERR_TIMED_OUT", Reason.PORTAL_SLOW),
        ("unknown error: net::ERR_EMPTY_RESPONSE", Reason.PORTAL_SERVER_ERROR),
        ("unknown error: net::ERR_TOO_MANY_REDIRECTS", Reason.PORTAL_SERVER_ERROR),
        ("disconnected: not connected to DevTools", Reason.BROWSER_GONE),
        ("chrome not reachable", Reason.BROWSER_GONE),
        ("tab crashed", Reason.BROWSER_GONE),
        ("javascript error: x is not defined", None),
    ],
)
def test_errors_of_the_browser(message: str, reason: Reason | None) -> None:
    assert network_reason(message) is reason


def test_the_code_of_an_error_names_nobody() -> None:
    assert error_code("net::ERR_FAILED at http://x.example/?cand_id=42") == "net::ERR_FAILED"
    assert error_code("other") == ""
