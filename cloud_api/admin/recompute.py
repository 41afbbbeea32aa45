"""Computes everybody's current state again from the events, and says or mends where the kept one differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger import candidate_rows
from cloud_api.ledger.state import CandidateState, recompute

_BATCH = 200
_LOCK = b"select from app.candidate_state where candidate_id = any (%(ids)s) order by candidate_id for update"

_CHECKS = (
    b"alter table app.candidate_state %s trigger check_candidate_state_change",
    b"alter table app.resumes %s trigger check_resume",
)
"""They let a state change by an event only; they are off within the transaction that mends a batch."""


@dataclass(frozen=True)
class Difference:
    """One person whose kept state is not what the events lead to; names of fields, never their values."""

    candidate_id: UUID
    fields: tuple[str, ...]


def compare(admin_url: str, *, mend: bool) -> Iterator[Difference]:
    """Yield the people whose kept state differs, and write the computed one when ``mend``.

    Whoever was erased is left out: what their events said is gone, on purpose.

    Args:
        admin_url: of a role that row-level security does not hold.
        mend: whether the kept state is replaced, a batch a transaction, its people locked.
    """
    with psycopg.connect(admin_url) as connection:
        ids = [
            row[0]
            for row in connection.execute(
                "select candidate_id from app.candidate_state where erased_at is null order by candidate_id"
            )
        ]
    for begin in range(0, len(ids), _BATCH):
        with psycopg.connect(admin_url) as connection:
            found = _compare_batch(connection, ids[begin : begin + _BATCH], mend=False)
        if found and mend:  # looked at again, under locks
            with psycopg.connect(admin_url) as connection:
                found = _compare_batch(connection, [item.candidate_id for item in found], mend=True)
        yield from found


def _compare_batch(connection: "psycopg.Connection[Any]", ids: list[UUID], *, mend: bool) -> list[Difference]:
    tx = Transaction(connection)
    if mend:
        for trigger in _CHECKS:
            tx.run(trigger % b"disable", {})
        tx.run(_LOCK, {"ids": ids})
    found = []
    for candidate_id in ids:
        kept = candidate_rows.read_state(tx, candidate_id)
        right = recompute(candidate_rows.read_events(tx, candidate_id))
        if kept == right:
            continue
        found.append(Difference(candidate_id, differing(kept, right)))
        if mend:
            now = tx.value(b"select now()", {})
            candidate_rows.save(tx, candidate_rows.Candidate(candidate_id, kept, now), right)
    if mend:
        tx.run(b"set constraints all immediate", {})  # a table with triggers that wait cannot be altered
        for trigger in _CHECKS:
            tx.run(trigger % b"enable", {})
    return found


def differing(kept: CandidateState, right: CandidateState) -> tuple[str, ...]:
    """Name the fields in which two states differ."""
    return tuple(sorted(name for name in vars(kept) if vars(kept)[name] != vars(right)[name]))
