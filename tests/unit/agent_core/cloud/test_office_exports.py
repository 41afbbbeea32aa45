"""Exports are asked for once and read with patience."""

from uuid import uuid4

import httpx
import pytest

from agent_core.cloud.as_person import PersonHttp
from agent_core.cloud.http import CloudHttp
from agent_core.cloud.office_exports import PAUSES_SECONDS, CloudExports
from agent_core.errors import CloudError
from protocol.exports import Export, ExportPage
from protocol.reasons import Reason
from tests.support.exports import ALL, AT


class Cloud(PersonHttp):
    """Answers what it is given, one answer a request, and remembers what it was asked."""

    def __init__(self, *answers: bytes | Reason) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str, object]] = []

    def send(self, method: str, path: str, body: object = None) -> httpx.Response:
        self.asked.append((method, path, body))
        answer = self.answers.pop(0)
        if isinstance(answer, Reason):
            raise CloudError(answer)
        return httpx.Response(200, content=answer)


PAUSES: list[float] = []
PAGE = ExportPage(people=())


@pytest.fixture(autouse=True)
def forget_pauses() -> None:
    PAUSES.clear()


def exports(cloud: Cloud) -> CloudExports:
    return CloudExports(cloud, PAUSES.append)


def test_a_reading_that_does_not_get_through_is_tried_again() -> None:
    cloud = Cloud(Reason.CLOUD_UNREACHABLE, Reason.CLOUD_UNREACHABLE, PAGE.model_dump_json().encode())
    assert exports(cloud).page(uuid4(), 0) == PAGE
    assert tuple(PAUSES) == PAUSES_SECONDS


def test_a_cloud_that_stays_away_is_told() -> None:
    cloud = Cloud(*[Reason.CLOUD_UNREACHABLE] * 3)
    with pytest.raises(CloudError) as caught:
        exports(cloud).resume(uuid4(), uuid4())
    assert caught.value.reason is Reason.CLOUD_UNREACHABLE


def test_what_is_refused_is_not_tried_again() -> None:
    with pytest.raises(CloudError) as caught:
        exports(Cloud(Reason.RESUME_LOST_IN_STORE)).resume(uuid4(), uuid4())
    assert caught.value.reason is Reason.RESUME_LOST_IN_STORE
    assert PAUSES == []


def test_asking_is_not_tried_again_because_each_is_in_the_audit_log() -> None:
    cloud = Cloud(Reason.CLOUD_UNREACHABLE)
    with pytest.raises(CloudError):
        exports(cloud).ask(ALL)
    assert len(cloud.asked) == 1


def test_the_office_is_asked_for_its_own_fields_only() -> None:
    made = Export(export_id=uuid4(), people=1, expires_at=AT)
    cloud = Cloud(made.model_dump_json().encode())
    assert exports(cloud).ask(ALL) == made
    [(method, path, body)] = cloud.asked
    assert (method, path, body) == ("POST", "/api/export", ALL)


class Elsewhere(Cloud):
    """Says that the bytes are in a store."""

    def __init__(self, http: CloudHttp, url: str) -> None:
        super().__init__()
        self.http = http
        self.url = url

    def send(self, method: str, path: str, body: object = None) -> httpx.Response:
        return httpx.Response(302, headers={"Location": self.url})


def test_a_resume_is_read_from_the_store_when_the_cloud_says_so() -> None:
    def store(request: httpx.Request) -> httpx.Response:
        assert "Authorization" not in request.headers
        return httpx.Response(200, content=b"%PDF") if request.url.path == "/a" else httpx.Response(503)

    with httpx.Client(transport=httpx.MockTransport(store)) as client:
        http = CloudHttp(client, lambda: "https://cloud.example.com")
        assert exports(Elsewhere(http, "https://s3.example.com/a")).resume(uuid4(), uuid4()) == b"%PDF"
        with pytest.raises(CloudError) as caught:
            exports(Elsewhere(http, "http://s3.example.com/a")).resume(uuid4(), uuid4())
        assert caught.value.reason is Reason.CLOUD_ANSWER  # in the clear
