"""Offices in a real database, without HTTP: members, computers, and the events that they record."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg

from cloud_api.auth.principal import Device, Person, Principal, Role
from cloud_api.db.pool import Database
from cloud_api.db.unit_of_work import Claims, Transaction
from cloud_api.ledger.record import record
from protocol.candidates import CandidateStatus
from protocol.events import (
    Event,
    InitialVerification,
    InitialVerificationEvent,
    NoteAdded,
    NoteAddedEvent,
    ResumeDownloaded,
    ResumeDownloadedEvent,
    ReviewPassed,
    ReviewPassedEvent,
    StatusChange,
    StatusChangeEvent,
    Undo,
    UndoEvent,
)
from protocol.facts import Document, FactsSource, ResumeFacts, ResumeText
from protocol.ingest import Verdict
from tests.support.postgres import TestDatabase

AT = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)


@dataclass
class World:
    """A database with offices in it.

    Attributes:
        database: reached as the API reaches it.
        admin_url: to make people, and to look behind the policies.
    """

    database: Database
    admin_url: str
    offices: dict[str, UUID] = field(default_factory=dict)

    def person(self, office: str, name: str, role: str = "recruiter") -> Person:
        """Make a member; accounts and passwords are tested elsewhere."""
        email = f"{name.lower()}.{secrets.token_hex(3)}@example.com"
        organisation_id = self.offices.get(office) or self.value(
            "insert into app.organisations (name) values (%s) returning id", office
        )
        self.offices[office] = organisation_id
        user_id = self.value("insert into auth.users (email) values (%s) returning id", email)
        self.run("insert into app.users (id, email, full_name) values (%s, %s, %s)", user_id, email, name)
        self.run(
            "insert into app.memberships (user_id, organisation_id, role) values (%s, %s, %s)",
            user_id,
            organisation_id,
            role,
        )
        return Person(user_id, organisation_id, office, email, name, Role(role))

    def device(self, person: Person) -> Device:
        """Connect a computer of this person."""
        device_id = self.value(
            "insert into app.devices (organisation_id, user_id, device_name, token_hash)"
            " values (%s, %s, 'Laptop', %s) returning id",
            person.organisation_id,
            person.user_id,
            secrets.token_bytes(32),
        )
        return Device(device_id, person.organisation_id, person.user_id)

    def record(self, principal: Principal, event: Event) -> Verdict:
        """Record one event in a transaction of its own."""
        with self.database.authenticated(principal.claims) as tx:
            return record(tx, principal, event)

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Look behind the policies."""
        with psycopg.connect(self.admin_url) as connection:
            return connection.execute(query.encode(), parameters).fetchall()

    def value(self, query: str, *parameters: object) -> Any:
        """Return the first column of the first row, behind the policies."""
        with psycopg.connect(self.admin_url) as connection:
            found = connection.execute(query.encode(), parameters).fetchone()
            return found[0] if found else None

    def run(self, query: str, *parameters: object) -> int:
        """Change something behind the policies, and return how many rows."""
        with psycopg.connect(self.admin_url) as connection:
            return connection.execute(query.encode(), parameters).rowcount

    def state(self, organisation_id: UUID, number: str) -> dict[str, Any]:
        """Return the kept state of a candidate."""
        with psycopg.connect(self.admin_url, row_factory=psycopg.rows.dict_row) as connection:
            found = connection.execute(
                "select * from app.candidate_state where organisation_id = %s and candidate_external_id = %s",
                [organisation_id, number],
            ).fetchone()
        assert found is not None
        return found

    def events(self, organisation_id: UUID, number: str) -> list[str]:
        """Return the types of a candidate's events, in order."""
        found = self.rows(
            "select e.event_type from app.candidate_events e join app.candidates c on c.id = e.candidate_id"
            " where c.organisation_id = %s and c.candidate_external_id = %s order by e.position",
            organisation_id,
            number,
        )
        return [row[0] for row in found]

    @contextmanager
    def as_claims(self, claims: Claims) -> Iterator[Transaction]:
        """Act in the database as somebody, and keep nothing of it."""
        with self.database.authenticated(claims) as tx, tx.savepoint():
            yield tx
            raise psycopg.Rollback


@contextmanager
def world(database: TestDatabase) -> Iterator[World]:
    """Open a database of its own."""
    opened = Database(database.api_url)
    opened.open()
    try:
        yield World(opened, database.admin_url)
    finally:
        opened.close()


def content(text: str) -> str:
    """Return the digest of a content that is told apart by ``text``."""
    return hashlib.sha256(text.encode()).hexdigest()


def downloaded(
    number: str,
    text: str = "first",
    *,
    name: str = "Asta Example",
    mobile_no: str = "0091 22 5550 0142",
    rank: str = "Master",
    event_id: UUID | None = None,
    expires_on: date | None = date(2031, 5, 1),
) -> ResumeDownloadedEvent:
    """Return the event of a stored resume."""
    facts = ResumeFacts(
        source=FactsSource.PAGE,
        name=name,
        present_rank="2nd Officer",
        email="asta@example.com",
        mobile_no=mobile_no,
        country="India",
        availability="Immediately",
        documents=(Document(kind="Passport", number="P0001", expires_on=expires_on),),
    )
    payload = ResumeDownloaded(
        candidate_external_id=number,
        filename=f"{rank}_{number}.pdf",
        file_sha256=content(f"file {number} {text}"),
        file_length=1000,
        content_sha256=content(f"{number} {text}"),
        rank_applied_for=rank,
        search_ship_type="Bulk Carrier",
        facts=facts,
        text=ResumeText(text=f"Resume {text}"),
    )
    return ResumeDownloadedEvent(event_id=event_id or uuid4(), occurred_at=AT, payload=payload)


def verified(number: str, text: str = "first") -> InitialVerificationEvent:
    """Return the event of verifying that resume."""
    payload = InitialVerification(candidate_external_id=number, content_sha256=content(f"{number} {text}"))
    return InitialVerificationEvent(event_id=uuid4(), occurred_at=AT, payload=payload)


def passed(number: str, text: str = "first") -> ReviewPassedEvent:
    """Return the event of passing that resume."""
    payload = ReviewPassed(candidate_external_id=number, content_sha256=content(f"{number} {text}"))
    return ReviewPassedEvent(event_id=uuid4(), occurred_at=AT, payload=payload)


def status(
    number: str, wanted: CandidateStatus, version: int, override_reason: str = ""
) -> StatusChangeEvent:
    """Return the event of setting a status."""
    payload = StatusChange(
        candidate_external_id=number,
        status=wanted,
        expected_version=version,
        override_reason=override_reason,
    )
    return StatusChangeEvent(event_id=uuid4(), occurred_at=AT, payload=payload)


def note(number: str, text: str, version: int | None = None) -> NoteAddedEvent:
    """Return the event of writing a note."""
    payload = NoteAdded(candidate_external_id=number, note=text, expected_version=version)
    return NoteAddedEvent(event_id=uuid4(), occurred_at=AT, payload=payload)


def undo(event: Event) -> UndoEvent:
    """Return the event of taking that one back."""
    return UndoEvent(event_id=uuid4(), occurred_at=AT, payload=Undo(undoes_event_id=event.event_id))
