"""The batch of events that an agent sends, and the verdict that it gets for each."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from protocol import PROTOCOL_VERSION
from protocol.reasons import Reason
from protocol.wire import ShortText, Wire

MAX_BATCH = 200
"""The most events that one batch may carry."""


class IngestBatch(Wire):
    """Events in the order in which they were recorded.

    They are raw here: one that cannot be read is rejected by itself and never takes its neighbours with it.
    """

    protocol: int = PROTOCOL_VERSION
    events: tuple[dict[str, Any], ...] = Field(min_length=1, max_length=MAX_BATCH)


class VerdictKind(StrEnum):
    """What the cloud did with an event."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class Verdict(Wire):
    """The only thing that lets a sender forget an event.

    Attributes:
        event_id: the id as it was sent; of an event without one, its place in the batch as text.
        detail: for a rejected event, which field or rule, without anybody's data.
        upload_wanted: the bytes of this event's resume are not in the store yet.
    """

    event_id: str
    verdict: VerdictKind
    reason: Reason | None = None
    detail: ShortText = ""
    upload_wanted: bool = False


class IngestResult(Wire):
    """One verdict an event, in the batch's order."""

    verdicts: tuple[Verdict, ...]
