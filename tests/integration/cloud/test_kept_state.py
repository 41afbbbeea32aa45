"""The state that is kept is the one that the events lead to, for a thousand histories made by chance.

Each history is what a person may live through: resumes that come again and anew, reports that come twice or
late, verifying and passing, steps that are allowed, that are not and that an admin overrides, notes,
call-backs, and undos. Whatever was refused has left nothing behind.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from cloud_api.auth.principal import Device, Person, Principal
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger import candidate_rows
from cloud_api.ledger.record import record, record_all
from cloud_api.ledger.state import recompute
from protocol.candidates import CandidateStatus, next_statuses
from protocol.events import Event
from protocol.ingest import VerdictKind
from tests.integration.cloud.conftest import Office
from tests.support.office import AT, World, downloaded, note, passed, status, undo, verified

HISTORIES = 1000
TOGETHER = 50
"""So many histories are one transaction."""

SEED = 20261124
CONTENTS = ("first", "second", "third")


@dataclass
class History:
    """One person's history as it is made up, one step at a time."""

    number: str
    chance: random.Random
    status: CandidateStatus | None = None
    version: int = 0
    accepted: list[tuple[Principal, Event]] = field(default_factory=list)

    def step(self, device: Device, people: list[Person], admin: Person) -> tuple[Principal, Event]:
        """Return who does what next; some of it will be refused."""
        kind = self.chance.choice(
            ["resume", "verify", "pass", "status", "status", "override", "note", "call", "undo", "again"]
        )
        if kind == "again" and self.accepted:
            return self.chance.choice(self.accepted)
        if kind == "undo" and self.accepted:
            principal, event = self.chance.choice(self.accepted[-2:])
            return principal if isinstance(principal, Person) else admin, undo(event)
        if kind == "override":
            wanted = self.chance.choice(list(CandidateStatus))
            return admin, status(self.number, wanted, self.version, "asked for")
        if kind == "resume":
            text = self.chance.choice(CONTENTS)
            return device, self.late(downloaded(self.number, text, name=f"{text} {self.number}"))
        return self.chance.choice(people), self.decision(kind)

    def decision(self, kind: str) -> Event:
        """Return what a recruiter decides."""
        text = self.chance.choice(CONTENTS)
        match kind:
            case "verify":
                return verified(self.number, text)
            case "pass":
                return passed(self.number, text)
            case "status":
                allowed = next_statuses(self.status) if self.status else []
                wanted = self.chance.choice(allowed or list(CandidateStatus))
                return status(self.number, wanted, self.seen_version())
            case "call":
                day = date(2026, 12, 1) + timedelta(days=self.chance.randrange(30))
                call = note(self.number, "call back", self.version)
                payload = call.payload.model_copy(update={"call_back_on": day})
                return call.model_copy(update={"payload": payload})
        return note(self.number, f"note {self.chance.random()}", self.seen_version())

    def seen_version(self) -> int:
        """Return the version that somebody has on screen: now and then an old one."""
        return self.version - (self.chance.random() < 0.2 and self.version > 0)

    def late(self, event: Any) -> Any:
        """Let an event have happened long before, or after, those that came before it."""
        return event.model_copy(update={"occurred_at": AT + timedelta(hours=self.chance.randrange(-90, 90))})


@dataclass
class Lived:
    """What was lived through: how often each verdict was given to each kind of event."""

    verdicts: Counter[tuple[str, str]]
    histories: list[History]


def live(
    tx: Transaction, history: History, cast: tuple[Device, list[Person], Person]
) -> Iterator[tuple[str, str]]:
    """Let one history happen; yield each event's type and verdict."""
    device, people, admin = cast
    for _ in range(history.chance.randrange(2, 8)):
        principal, event = history.step(device, people, admin)
        tx.run(
            b"select set_config('request.jwt.claims', %(claims)s, true)",
            {"claims": principal.claims.as_json()},
        )
        verdict = record(tx, principal, event)
        yield event.type.value, verdict.verdict.value
        if verdict.verdict is VerdictKind.ACCEPTED:
            history.accepted.append((principal, event))
            row = tx.maybe(
                b"select status, version from app.candidate_state where candidate_external_id = %(number)s",
                {"number": history.number},
                _Row,
            )
            assert row is not None
            history.status = None if row.status is None else CandidateStatus(row.status)
            history.version = row.version


@dataclass
class _Row:
    status: str | None
    version: int


@pytest.fixture(scope="module")
def lived(office_world: World, office: Office) -> Lived:
    chance = random.Random(SEED)
    histories = [History(str(100_000 + index), random.Random(chance.random())) for index in range(HISTORIES)]
    cast = (office.device, [office.recruiter, office.colleague], office.admin)
    verdicts: Counter[tuple[str, str]] = Counter()
    for begin in range(0, HISTORIES, TOGETHER):
        part = histories[begin : begin + TOGETHER]
        with office_world.database.authenticated(office.device.claims) as tx:
            record_all(tx, office.device, [downloaded(history.number) for history in part])
            for history in part:
                verdicts.update(live(tx, history, cast))
    return Lived(verdicts, histories)


def test_every_history_leaves_the_state_that_its_events_lead_to(
    office_world: World, office: Office, lived: Lived
) -> None:
    ids = office_world.rows(
        "select candidate_id from app.candidate_state where organisation_id = %s",
        office.recruiter.organisation_id,
    )
    assert len(ids) == len(lived.histories) == HISTORIES
    wrong = []
    with office_world.database.authenticated(office.recruiter.claims) as tx:
        for (candidate_id,) in ids:
            kept = candidate_rows.read_state(tx, candidate_id)
            if kept != recompute(candidate_rows.read_events(tx, candidate_id)):
                wrong.append(candidate_id)
    assert wrong == []


def test_the_histories_hold_everything_that_may_happen(lived: Lived) -> None:
    kinds = {
        "resume_downloaded",
        "initial_verification",
        "review_passed",
        "status_change",
        "note_added",
        "undo",
    }
    assert {kind for kind, verdict in lived.verdicts if verdict == "accepted"} == kinds
    assert {verdict for _, verdict in lived.verdicts} == {"accepted", "duplicate", "rejected"}
    assert min(count for (_, verdict), count in lived.verdicts.items() if verdict == "accepted") >= 20


def test_the_kept_counts_are_those_that_are_counted(office_world: World, lived: Lived) -> None:
    assert lived.histories
    kept = office_world.rows(
        "select organisation_id, rank_applied_for, status, people from app.candidate_counts"
        " where people <> 0 order by 1, 2, 3"
    )
    counted = office_world.rows(
        "select organisation_id, rank_applied_for, status, count(*) from app.candidate_state"
        " where status is not null and deleted_at is null group by 1, 2, 3 order by 1, 2, 3"
    )
    assert kept == counted
    assert len(kept) >= 5
