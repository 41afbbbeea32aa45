"""The cloud as this computer speaks to it, on a real socket."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from agent_core.cloud.gateway import CloudGateway
from agent_core.cloud.http import CloudHttp, make_client
from agent_core.errors import CloudError
from protocol.events import JobLine, JobLineEvent
from protocol.ingest import VerdictKind
from protocol.reasons import Reason
from protocol.resumes import UploadRequest, UploadStatus
from tests.support.agent import START
from tests.support.cloud_simulator import DEVICE_TOKEN, CloudState, running_cloud

DATA = b"a resume"
REQUEST = UploadRequest(
    candidate_external_id="0042",
    content_sha256="0" * 64,
    file_sha256="2b4a1aec25fb0e1d9cd7a6e2f5ed05a7bfa3dd2bd5ae0aaaa8c1c5ba0f0c4c0a",
    file_length=len(DATA),
)


@pytest.fixture
def cloud() -> Iterator[CloudState]:
    with running_cloud() as state:
        yield state


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with make_client() as made:
        yield made


def gateway(cloud: CloudState, client: httpx.Client, token: str | None = DEVICE_TOKEN) -> CloudGateway:
    return CloudGateway(CloudHttp(client, lambda: cloud.url), lambda: token)


def line() -> JobLineEvent:
    return JobLineEvent(event_id=uuid4(), occurred_at=START, payload=JobLine(job_id=uuid4(), line="A line"))


def test_each_event_gets_its_verdict(cloud: CloudState, client: httpx.Client) -> None:
    one, other = line(), line()
    cloud.rejects[str(other.event_id)] = "of.the-future"
    first, second = gateway(cloud, client).send([one, other])
    assert (first.event_id, first.verdict) == (str(one.event_id), VerdictKind.ACCEPTED)
    assert (second.reason, second.detail) == (Reason.CLOUD_ANSWER, "of.the-future")
    assert gateway(cloud, client).send([one])[0].verdict is VerdictKind.DUPLICATE


def test_without_a_token_nothing_is_asked(cloud: CloudState, client: httpx.Client) -> None:
    with pytest.raises(CloudError) as caught:
        gateway(cloud, client, None).send([line()])
    assert caught.value.reason is Reason.DEVICE_NOT_PAIRED
    assert not cloud.seen_headers


def test_the_store_is_not_given_the_computers_token(cloud: CloudState, client: httpx.Client) -> None:
    spoken = gateway(cloud, client)
    link = spoken.upload_link(REQUEST)
    spoken.put(link, DATA)
    assert cloud.objects[REQUEST.file_sha256] == DATA
    assert "Authorization" not in cloud.seen_headers[-1]
    assert cloud.seen_headers[-1]["Content-Type"] == "application/pdf"


def test_a_store_that_refuses_the_link_is_asked_for_another(cloud: CloudState, client: httpx.Client) -> None:
    spoken = gateway(cloud, client)
    link = spoken.upload_link(REQUEST)
    cloud.faults.append("403")
    with pytest.raises(CloudError) as caught:
        spoken.put(link, DATA)
    assert caught.value.reason is Reason.UPLOAD_MISSING


def test_a_store_with_a_fault_of_its_own_is_left_alone_for_a_while(
    cloud: CloudState, client: httpx.Client
) -> None:
    spoken = gateway(cloud, client)
    link = spoken.upload_link(REQUEST)
    cloud.faults.append("500")
    with pytest.raises(CloudError) as caught:
        spoken.put(link, DATA)
    assert caught.value.reason is Reason.STORE_UNAVAILABLE


def test_the_clouds_word_on_the_bytes_is_handed_on(cloud: CloudState, client: httpx.Client) -> None:
    spoken = gateway(cloud, client)
    with pytest.raises(CloudError) as caught:
        spoken.confirm_upload(REQUEST)
    assert caught.value.reason is Reason.UPLOAD_MISSING
    digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    small = REQUEST.model_copy(update={"file_sha256": digest, "file_length": 1})
    spoken.put(spoken.upload_link(small), b"a")
    assert spoken.confirm_upload(small).upload_status is UploadStatus.UPLOADED
    assert spoken.upload_link(small).already_stored
