"""The office's copy of a resume is shown only while it is what was uploaded."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest

from agent_core.cloud import store_links
from agent_core.cloud.as_person import PersonHttp
from agent_core.cloud.http import CloudHttp, make_client
from agent_core.cloud.stored_resumes import StoredResumes
from agent_core.errors import CloudError
from protocol.reasons import Reason
from protocol.resumes import ResumeLink
from tests.support.exports import AT, digest

PDF = b"%PDF of the office"


class Store(BaseHTTPRequestHandler):
    """Gives ``PDF``, or what its path says."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        assert "Authorization" not in self.headers  # the link alone says who may
        if self.path == "/gone":
            self.send_error(403)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(PDF) + (9 if self.path == "/breaks" else 0)))
        self.end_headers()
        self.wfile.write(PDF)
        self.close_connection = True


class Cloud(PersonHttp):
    """Hands out one link."""

    def __init__(self, http: CloudHttp, url: str, sha256: str) -> None:
        self.http = http
        self.link = ResumeLink(url=url, filename="a.pdf", file_sha256=sha256, expires_at=AT)

    def call(self, method: str, path: str, answer: object, body: object = None) -> ResumeLink:  # type: ignore[override]  # it has one answer only
        assert (method, path.rpartition("/")[2]) == ("GET", "link")
        return self.link


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def opened(url: str, base: str = "", sha256: str = digest(PDF)) -> tuple[str, bytes]:
    with make_client() as client:
        return StoredResumes(Cloud(CloudHttp(client, lambda: base), url, sha256)).open(uuid4())


def refusal(url: str, base: str = "", sha256: str = digest(PDF)) -> Reason:
    with pytest.raises(CloudError) as caught:
        opened(url, base, sha256)
    return caught.value.reason


def test_a_link_of_another_store_or_of_the_cloud_itself_is_followed(store: str) -> None:
    assert opened(f"{store}/x") == ("a.pdf", PDF)
    assert opened("/x", store) == ("a.pdf", PDF)


def test_other_bytes_are_not_shown(store: str) -> None:
    assert refusal(f"{store}/x", sha256=digest(b"other")) is Reason.RESUME_LOST_IN_STORE


def test_a_store_that_refuses_or_breaks_off_is_told(store: str) -> None:
    assert refusal(f"{store}/gone") is Reason.CLOUD_ANSWER
    assert refusal(f"{store}/breaks") is Reason.STORE_UNAVAILABLE
    assert refusal("http://127.0.0.1:1/x") is Reason.STORE_UNAVAILABLE
    assert refusal("http://\x00") is Reason.CLOUD_ANSWER


def test_what_is_longer_than_any_resume_is_not_read_to_the_end(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_links, "MAX_BYTES", 5)
    assert refusal(f"{store}/x") is Reason.RESUME_LOST_IN_STORE
