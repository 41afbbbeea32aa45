"""What a link's answer may be; more is in `test_stored_resumes.py`."""

import httpx
import pytest

from agent_core.cloud import store_links
from agent_core.cloud.http import CloudHttp
from agent_core.errors import CloudError
from protocol.reasons import Reason


def fetched(answer: httpx.Response) -> bytes:
    with httpx.Client(transport=httpx.MockTransport(lambda _: answer)) as client:
        http = CloudHttp(client, lambda: "https://cloud.example.com")
        return store_links.fetch(http, "https://s3.example.com/a.pdf")


def test_the_bytes_come_whole() -> None:
    assert fetched(httpx.Response(200, content=b"%PDF")) == b"%PDF"


@pytest.mark.parametrize(
    ("status", "reason"),
    [(403, Reason.CLOUD_ANSWER), (404, Reason.CLOUD_ANSWER), (503, Reason.CLOUD_UNREACHABLE)],
)
def test_a_refusal_is_told(status: int, reason: Reason) -> None:
    with pytest.raises(CloudError) as caught:
        fetched(httpx.Response(status, content=b"<Error/>"))
    assert caught.value.reason is reason


def test_what_no_resume_can_be_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_links, "MAX_BYTES", 3)
    with pytest.raises(CloudError) as caught:
        fetched(httpx.Response(200, content=b"%PDF"))
    assert caught.value.reason is Reason.RESUME_LOST_IN_STORE
