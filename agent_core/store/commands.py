"""What the office asked this computer to do and it has done or refused, by the id of the command.

A row is written in the transaction of what was done, so that a command which is handed out again after a
crash is known. Every function runs inside the caller's transaction.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agent_core.ports import Clock
from agent_core.store.connection import Records
from agent_core.store.values import to_reason, to_text
from protocol.commands import CommandKind
from protocol.reasons import Reason

KEPT_DAYS = 60
"""The cloud forgets what it asked after a week at most."""


@dataclass(frozen=True)
class Asked:
    """A command that somebody of the office asked."""

    command_id: UUID
    kind: CommandKind


@dataclass(frozen=True)
class Answer:
    """What was answered to a command; without a reason it was done."""

    reason: Reason | None


def insert(connection: sqlite3.Connection, asked: Asked | None, reason: Reason | None, now: datetime) -> None:
    """Keep that a command was done, or refused with this reason; nothing when nobody of the office asked."""
    if asked is None:
        return
    code = None if reason is None else reason.value
    connection.execute(
        "insert into commands (command_id, kind, reason, at) values (?, ?, ?, ?)"
        " on conflict (command_id) do update set reason = excluded.reason",
        (str(asked.command_id), asked.kind.value, code, to_text(now)),
    )
    connection.execute(
        "delete from commands where julianday(at) < julianday(?) - ?", (to_text(now), KEPT_DAYS)
    )


class CommandRecords:
    """The commands by themselves; any thread."""

    def __init__(self, records: Records, clock: Clock) -> None:
        """Work on these records."""
        self._records = records
        self._clock = clock

    def answer_to(self, command_id: UUID) -> Answer | None:
        """Return what was answered to a command; nothing when it is new."""
        with self._records.read() as connection:
            row = connection.execute(
                "select reason from commands where command_id = ?", (str(command_id),)
            ).fetchone()
        return None if row is None else Answer(to_reason(row["reason"]))

    def put(self, asked: Asked, reason: Reason | None) -> None:
        """Keep an answer whose effect is in no records, or that had none."""
        with self._records.write() as connection:
            insert(connection, asked, reason, self._clock())
