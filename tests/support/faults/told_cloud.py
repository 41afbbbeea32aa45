"""`ports.Cloud` in memory, which tells what it holds the moment it does, and can begin from what was told.

It keeps what the protocol promises: an event counts once, and bytes are hashed before they count as stored.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from agent_core.errors import CloudError
from protocol.events import Event, EventType
from protocol.ingest import Verdict, VerdictKind
from protocol.reasons import Reason
from protocol.resumes import UploadConfirmed, UploadLink, UploadRequest, UploadStatus

HELD = "held "
EVENT = "event "


class ToldCloud:
    def __init__(
        self,
        say: Callable[[str], None] = lambda line: None,
        told: Iterable[str] = (),
        objects: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        """Begin with what was told, and of these bytes with those that were told to be held."""
        self.events: dict[str, dict[str, Any]] = {}
        self.objects: dict[str, bytes] = {}
        self.confirmed: set[str] = set()
        self._say = say
        for line in told:
            if line.startswith(EVENT):
                event = json.loads(line.removeprefix(EVENT))
                self.events[event["event_id"]] = event
            elif line.startswith(HELD):
                digest = line.removeprefix(HELD)
                self.objects[digest] = objects[digest]
                self.confirmed.add(digest)

    def send(self, events: Sequence[Event]) -> Sequence[Verdict]:
        return [self._take(event) for event in events]

    def _take(self, event: Event) -> Verdict:
        event_id = str(event.event_id)
        if event_id in self.events:
            return Verdict(event_id=event_id, verdict=VerdictKind.DUPLICATE)
        self.events[event_id] = event.model_dump(mode="json")
        self._say(EVENT + event.model_dump_json())
        wanted = event.type is EventType.RESUME_DOWNLOADED
        return Verdict(event_id=event_id, verdict=VerdictKind.ACCEPTED, upload_wanted=wanted)

    def upload_link(self, request: UploadRequest) -> UploadLink:
        if request.file_sha256 in self.confirmed:
            return UploadLink(already_stored=True)
        return UploadLink(url=f"memory:{request.file_sha256}")

    def put(self, link: UploadLink, data: bytes) -> None:
        self.objects[link.url.removeprefix("memory:")] = data

    def confirm_upload(self, request: UploadRequest) -> UploadConfirmed:
        data = self.objects.get(request.file_sha256, b"")
        if sha256(data).hexdigest() != request.file_sha256:
            raise CloudError(Reason.UPLOAD_CHECKSUM)
        self.confirmed.add(request.file_sha256)
        self._say(HELD + request.file_sha256)
        return UploadConfirmed(upload_status=UploadStatus.UPLOADED)
