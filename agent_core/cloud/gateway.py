"""The cloud as this computer speaks to it, with its device token. Implements `ports.Cloud`."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from agent_core.cloud.http import CloudHttp, known_reason, refusal_of
from agent_core.errors import CloudError
from protocol.devices import CommandRefusal
from protocol.events import Event
from protocol.ingest import IngestBatch, Verdict, VerdictKind
from protocol.reasons import Reason
from protocol.resumes import UploadConfirmed, UploadLink, UploadRequest

_REFUSED = 400


class _RawResult(BaseModel):
    verdicts: list[Any]


class CloudGateway:
    """Events and uploads; any thread."""

    def __init__(self, http: CloudHttp, device_token: Callable[[], str | None]) -> None:
        """Speak with the token that the keyring has at each request."""
        self._http = http
        self._device_token = device_token

    def send(self, events: Sequence[Event]) -> Sequence[Verdict]:
        """Hand in a batch."""
        batch = IngestBatch(events=tuple(event.model_dump(mode="json") for event in events))
        raw = self._http.call("POST", "/api/events/candidate", _RawResult, body=batch, token=self._token())
        return [verdict for entry in raw.verdicts if (verdict := _read_verdict(entry)) is not None]

    def upload_link(self, request: UploadRequest) -> UploadLink:
        """Ask where to put a resume's bytes."""
        return self._http.call(
            "POST", "/api/resumes/upload-link", UploadLink, body=request, token=self._token()
        )

    def put(self, link: UploadLink, data: bytes) -> None:
        """Put the bytes there; the link itself carries the right to, so no token goes along."""
        response = self._http.request(
            link.method, self._http.link(link.url), headers=link.headers, content=data
        )
        if response.status_code >= _REFUSED:
            raise _store_refusal(refusal_of(response))

    def confirm_upload(self, request: UploadRequest) -> UploadConfirmed:
        """Have the cloud look at what arrived."""
        return self._http.call(
            "POST", "/api/resumes/uploaded", UploadConfirmed, body=request, token=self._token()
        )

    def finish_command(self, command_id: UUID) -> None:
        """Say that this computer did what somebody of the office asked."""
        self._http.send("POST", f"/api/device/commands/{command_id}/done", token=self._token())

    def refuse_command(self, command_id: UUID, reason: Reason) -> None:
        """Say why this computer does not do what somebody of the office asked."""
        path = f"/api/device/commands/{command_id}/refuse"
        self._http.send("POST", path, body=CommandRefusal(reason=reason), token=self._token())

    def _token(self) -> str:
        token = self._device_token()
        if token is None:
            raise CloudError(Reason.DEVICE_NOT_PAIRED)
        return token


def _store_refusal(error: CloudError) -> CloudError:
    """A store that is not ours answers in its own words; a new link may do, so it is tried again."""
    if error.reason in (Reason.CLOUD_ANSWER, Reason.STORE_LINK_INVALID):
        return CloudError(Reason.UPLOAD_MISSING, error.detail)
    if error.reason is Reason.CLOUD_UNREACHABLE:  # it answered, with a fault of its own
        return CloudError(Reason.STORE_UNAVAILABLE, error.detail, retry_after=error.retry_after)
    return error


def _read_verdict(raw: object) -> Verdict | None:
    """Read one verdict; nonsense is none, and a reason of a newer cloud stands as its text in the detail."""
    if not isinstance(raw, dict):
        return None
    fields = dict(raw)
    code = fields.get("reason")
    if code is not None and known_reason(code) is None:
        fields["reason"] = Reason.CLOUD_ANSWER.value
        fields["detail"] = str(code)[:100]
    try:
        verdict = Verdict.model_validate(fields)
    except ValidationError:
        return None
    if verdict.verdict is VerdictKind.REJECTED and verdict.reason is None:
        return verdict.model_copy(update={"reason": Reason.CLOUD_ANSWER})
    return verdict
