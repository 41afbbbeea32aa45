"""What is handed on to the cloud, what comes back, and what is closed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_core.errors import RequestError
from agent_core.local_api.passthrough import cloud_path, is_large, is_link
from protocol.reasons import Reason
from tests.support.agent_rig import Rig, refused, running_rig
from tests.support.cloud_simulator import PERSON, CloudState, running_cloud


@pytest.fixture
def cloud() -> Iterator[CloudState]:
    with running_cloud() as state:
        yield state


@pytest.fixture
def rig(tmp_path: Path, cloud: CloudState) -> Iterator[Rig]:
    with running_rig(tmp_path, cloud, start=False) as joined:
        joined.send("/api/auth/sign-in", PERSON)
        yield joined


@pytest.mark.parametrize(
    ("path", "passed"),
    [
        ("me", "/api/me"),
        ("jobs/7/stream", "/api/jobs/7/stream"),
        ("objects/a b?c", "/api/objects/a%20b%3Fc"),
        ("objects/é", "/api/objects/%C3%A9"),
    ],
)
def test_paths_are_handed_on_below_api(path: str, passed: str) -> None:
    assert cloud_path(path) == passed


@pytest.mark.parametrize(
    "path", ["", "..", "../admin", "a/../../b", "./a", "a//b", "a\\b", "auth/refresh", "device/register"]
)
def test_paths_that_lead_elsewhere_or_to_tokens_are_closed(path: str) -> None:
    with pytest.raises(RequestError) as caught:
        cloud_path(path)
    assert caught.value.reason is Reason.REQUEST_NOT_FOUND


def test_a_request_keeps_its_query_and_body_and_loses_what_is_not_the_clouds(
    rig: Rig, cloud: CloudState
) -> None:
    local = rig.token
    answer = rig.call(
        "POST", "/api/dashboard/notes?q=a%26b&rank=1&rank=2", {"note": "é"}, Cookie="a=b", X_Custom="c"
    )
    assert answer.get_json() == {
        "path": "/api/dashboard/notes?q=a%26b&rank=1&rank=2",
        "body": '{"note": "\\u00e9"}',
        "method": "POST",
    }
    sent = cloud.seen_headers[-1]
    assert sent["Authorization"].startswith("Bearer canary-access-")
    assert local not in str(sent)
    assert "Cookie" not in sent
    assert "X-Custom" not in sent
    assert "Set-Cookie" not in answer.headers
    assert "Server" not in answer.headers


def test_a_click_keeps_its_trace_id_on_its_way_to_the_cloud(rig: Rig, cloud: CloudState) -> None:
    trace = "0123456789abcdef" * 2
    rig.call("POST", "/api/dashboard/notes", {"note": "x"}, X_Trace_Id=trace)
    assert cloud.seen_headers[-1]["X-Trace-Id"] == trace


def test_a_token_that_the_cloud_refuses_is_renewed_once(rig: Rig, cloud: CloudState) -> None:
    cloud.access.clear()
    assert rig.read("/api/me")["email"] == PERSON["email"]
    assert cloud.refreshes == 1


def test_a_sign_in_that_has_run_out_says_so(rig: Rig, cloud: CloudState) -> None:
    cloud.access.clear()
    cloud.refresh.clear()
    assert refused(rig.call("GET", "/api/me")) == (401, Reason.AUTH_REQUIRED)


def test_a_cloud_that_is_down_says_so_and_is_seen_again(rig: Rig, cloud: CloudState) -> None:
    cloud.down = True
    assert refused(rig.call("GET", "/api/me")) == (502, Reason.CLOUD_UNREACHABLE)
    assert rig.read("/health")["cloud"] == "unreachable"
    cloud.down = False
    rig.read("/api/me")
    assert rig.read("/health")["cloud"] == "reachable"


def test_a_refusal_of_the_cloud_comes_back_as_it_is(rig: Rig, cloud: CloudState) -> None:
    cloud.faults.append(Reason.CANDIDATE_CHANGED.value)
    assert refused(rig.call("POST", "/api/dashboard/status", {})) == (400, Reason.CANDIDATE_CHANGED)


def test_a_stream_passes_through(rig: Rig) -> None:
    answer = rig.call("GET", "/api/jobs/7/stream", Last_Event_ID="0")
    assert answer.mimetype == "text/event-stream"
    assert answer.data == b"id: 1\nevent: line\ndata: {}\n\n"


def test_a_link_to_the_cloud_is_opened_through_the_agent(rig: Rig, cloud: CloudState) -> None:
    assert rig.read("/api/resumes/7/link")["url"] == "/api/objects/k?signature=s"
    assert is_link("resumes/7/link")
    assert not is_link("jobs/7/link")
    rig.read("/api/objects/k?signature=s")
    assert "Authorization" not in cloud.seen_headers[-1]


@pytest.mark.parametrize(
    ("headers", "large"),
    [
        ({"content-type": "application/json"}, False),
        ({"content-type": "application/problem+json", "content-length": "99999999"}, False),
        ({"content-type": "application/pdf", "content-length": "20000"}, False),
        ({"content-type": "application/pdf", "content-length": "2000000"}, True),
        ({"content-type": "application/zip"}, True),
        ({"content-type": "application/pdf", "content-length": "many"}, True),
        ({}, True),
    ],
)
def test_what_may_be_large_is_not_read_whole(headers: dict[str, str], large: bool) -> None:
    assert is_large(headers) is large
