"""Every way in which the cloud can fail has its reason."""

from collections.abc import Iterator

import httpx
import pytest

from agent_core.cloud.http import CloudHttp, known_reason, make_client, refusal_of
from agent_core.errors import CloudError
from protocol.devices import HeartbeatAnswer
from protocol.problems import PROBLEM_MEDIA_TYPE, problem
from protocol.reasons import Reason
from tests.support.cloud_simulator import CloudState, running_cloud


@pytest.fixture(scope="module")
def cloud() -> Iterator[CloudState]:
    with running_cloud() as state:
        yield state


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with make_client() as made:
        yield made


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("500", Reason.CLOUD_UNREACHABLE),
        ("503", Reason.CLOUD_UNREACHABLE),
        ("404", Reason.CLOUD_ANSWER),
        ("drop before", Reason.CLOUD_UNREACHABLE),
        ("garbage", Reason.CLOUD_ANSWER),
        (Reason.SERVER_DATABASE_DOWN.value, Reason.SERVER_DATABASE_DOWN),
    ],
)
def test_each_failure_has_its_reason(
    cloud: CloudState, client: httpx.Client, fault: str, reason: Reason
) -> None:
    http = CloudHttp(client, lambda: cloud.url)
    assert http.is_reachable is None
    cloud.faults.append(fault)
    with pytest.raises(CloudError) as caught:
        http.call("GET", "/api/health", HeartbeatAnswer)
    assert caught.value.reason is reason
    assert http.is_reachable is (reason is not Reason.CLOUD_UNREACHABLE)


def test_an_answer_of_another_shape_is_not_understood(cloud: CloudState, client: httpx.Client) -> None:
    with pytest.raises(CloudError) as caught:
        CloudHttp(client, lambda: cloud.url).call("GET", "/api/health", HeartbeatAnswer)
    assert caught.value.reason is Reason.CLOUD_ANSWER


@pytest.mark.parametrize("base", ["", "http://127.0.0.1:1", "http://127.0.0.1:abc", "ftp://example.com"])
def test_without_a_cloud_the_reason_says_so(client: httpx.Client, base: str) -> None:
    with pytest.raises(CloudError) as caught:
        CloudHttp(client, lambda: base).send("GET", "/api/health")
    expected = {"": Reason.DEVICE_NOT_PAIRED, "http://127.0.0.1:abc": Reason.CLOUD_ANSWER}
    assert caught.value.reason is expected.get(base, Reason.CLOUD_UNREACHABLE)


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        (PROBLEM_MEDIA_TYPE, problem(Reason.DEVICE_REVOKED, 401).model_dump_json(), Reason.DEVICE_REVOKED),
        ("text/html", problem(Reason.DEVICE_REVOKED, 401).model_dump_json(), Reason.CLOUD_ANSWER),
        (PROBLEM_MEDIA_TYPE, '{"reason": "of.the-future"}', Reason.CLOUD_ANSWER),
        (PROBLEM_MEDIA_TYPE, '{"reason": 5}', Reason.CLOUD_ANSWER),
        (PROBLEM_MEDIA_TYPE, "[]", Reason.CLOUD_ANSWER),
        (PROBLEM_MEDIA_TYPE, "{", Reason.CLOUD_ANSWER),
    ],
)
def test_a_refusal_is_believed_only_as_a_problem_that_is_known(
    content_type: str, body: str, reason: Reason
) -> None:
    response = httpx.Response(401, headers={"Content-Type": content_type}, text=body)
    assert refusal_of(response).reason is reason


def test_reasons_are_known_by_their_code() -> None:
    assert known_reason("device.revoked") is Reason.DEVICE_REVOKED
    assert known_reason("of.the-future") is None
    assert known_reason(None) is None


def test_a_link_is_no_less_safe_than_the_cloud(client: httpx.Client) -> None:
    safe = CloudHttp(client, lambda: "https://office.example")
    assert safe.link("/objects/a") == "https://office.example/objects/a"
    assert safe.link("//elsewhere.example/a").startswith("https://office.example/")
    assert safe.link("https://store.example/a") == "https://store.example/a"
    for given in ("http://store.example/a", "http://127.0.0.1:631/", "file:///etc/passwd", "", "store"):
        with pytest.raises(CloudError) as caught:
            safe.link(given)
        assert caught.value.reason is Reason.CLOUD_ANSWER
    here = CloudHttp(client, lambda: "http://127.0.0.1:1")
    assert here.link("http://127.0.0.1:2/a") == "http://127.0.0.1:2/a"
