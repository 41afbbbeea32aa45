"""How updates of the program ended, on their way to the office."""

from datetime import datetime

from agent_core.ports import Clock, EndedUpdate
from agent_core.store import belonging, facts, outbox
from agent_core.store.connection import Records
from agent_core.store.event_ids import new_event_id
from protocol.events import UpdateEndedEvent
from protocol.updates import UpdateEnded

_TOLD = "update-told"
"""The fact that says which update was told last."""


class UpdateRecords:
    """Any thread."""

    def __init__(self, records: Records, clock: Clock) -> None:
        """Work on these records."""
        self._records = records
        self._clock = clock

    def tell(self, ended: EndedUpdate, channel: str, platform: str) -> None:
        """Record how an update ended; event `update_ended`, once, for the office that the computer is of.

        Args:
            ended: how; whichever was told last is not told again.
            channel: which releases this computer gets.
            platform: which it needs.
        """
        with self._records.write() as connection:
            if not facts.replace(connection, _TOLD, ended.id) or not belonging.is_some(connection):
                return
            payload = UpdateEnded(
                from_version=ended.from_version,
                to_version=ended.to_version,
                result=ended.result,
                reason=ended.reason and ended.reason.value,
                channel=channel,
                platform=platform,
            )
            at = datetime.fromisoformat(ended.at)
            event = UpdateEndedEvent(event_id=new_event_id(self._clock()), occurred_at=at, payload=payload)
            outbox.append(connection, event)
