"""Small, likely mistakes, put into the real code from outside: the simulation must find each of them."""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from agent_core.cloud.gateway import CloudGateway
from agent_core.downloads import keep as downloads_keep
from agent_core.errors import CloudError
from agent_core.outbox import lane, relay, retry
from agent_core.outbox.lane import Lane
from agent_core.outbox.relay import Relay
from agent_core.outbox.uploader import Uploaded, Uploader
from agent_core.ports import Fate, OutboxEntry, Settlement, StoredFile, UploadTask
from agent_core.store import belonging, outbox, process_lock, uploads
from agent_core.store.database import AgentStore
from agent_core.store.outbox import OutboxRecords
from cloud_api.ledger.record import digest
from protocol.events import ResumeDownloadedEvent, parse_event
from protocol.ingest import Verdict, VerdictKind
from protocol.reasons import Reason
from protocol.resumes import UploadRequest
from tests.simulation.network import INGEST
from tests.simulation.office_cloud import OfficeCloud

Planted = AbstractContextManager[object]


def deletes_before_the_verdict() -> Planted:
    real = OutboxRecords.claim_events

    def claim(self: OutboxRecords, limit: int) -> Sequence[OutboxEntry]:
        entries = real(self, limit)
        self.settle_events([Settlement(entry.position, Fate.DONE) for entry in entries])
        return entries

    return patch.object(OutboxRecords, "claim_events", claim)


def forgets_at_a_timeout() -> Planted:
    real = Relay._batch_refused

    def refused(self: Relay, entries: Sequence[OutboxEntry], error: CloudError, *rest: Any) -> bool:
        if error.reason is Reason.CLOUD_UNREACHABLE:
            self._store.settle_events([Settlement(entry.position, Fate.DONE) for entry in entries])
        return real(self, entries, error, *rest)

    return patch.object(Relay, "_batch_refused", refused)


def one_that_waits_blocks_all() -> Planted:
    """Defect 4: what is refused is tried for ever, and nothing overtakes it."""
    real = outbox._due

    def due(connection: Any, *rest: Any) -> list[Any]:
        found = real(connection, *rest)
        first = connection.execute("select min(position) from outbox where parked = 0").fetchone()[0]
        return found if found and found[0]["position"] == first else []

    def settle(entries: Any, verdicts: Any, now: Any, jitter: float) -> list[Settlement]:
        made = retry.settle_batch(entries, verdicts, now, jitter)
        return [
            replace(each, fate=Fate.LATER, at=now + timedelta(seconds=60))
            if each.fate is Fate.PARKED
            else each
            for each in made
        ]

    ends = ExitStack()
    ends.enter_context(patch.object(outbox, "_due", due))
    ends.enter_context(patch.object(relay, "settle_batch", settle))
    return ends


def parks_what_could_work_later() -> Planted:
    return patch.object(retry, "MAX_ATTEMPTS", 1)


def sends_what_is_parked() -> Planted:
    def due(connection: Any, now: Any, limit: int) -> list[Any]:
        query = f"select position, body, attempts, reason, detail from outbox where {belonging.OURS}"
        return list(connection.execute(f"{query} order by position limit ?", (limit,)).fetchall())

    return patch.object(outbox, "_due", due)


def settles_more_than_was_sent() -> Planted:
    real = outbox._remove

    def remove(connection: Any, settlement: Settlement, now: Any) -> None:
        real(connection, settlement, now)
        connection.execute("delete from outbox where position < ? and parked = 0", (settlement.key,))

    return patch.object(outbox, "_remove", remove)


def sends_the_newest_first() -> Planted:
    real = OutboxRecords.claim_events

    def claim(self: OutboxRecords, limit: int) -> Sequence[OutboxEntry]:
        return list(reversed(real(self, limit)))

    return patch.object(OutboxRecords, "claim_events", claim)


def matches_answers_by_position() -> Planted:
    def settle(entries: Any, verdicts: Sequence[Verdict], now: Any, jitter: float) -> list[Settlement]:
        renamed = [
            verdict.model_copy(update={"event_id": str(entry.event.event_id)})
            for entry, verdict in zip(entries, verdicts, strict=False)
        ]
        return retry.settle_batch(entries, renamed, now, jitter)

    return patch.object(relay, "settle_batch", settle)


def waits_by_the_wall_clock() -> Planted:
    real = Relay.__init__

    def init(self: Relay, *parts: Any, **more: Any) -> None:
        real(self, *parts, **more)
        self._ticks = lambda: self._clock().timestamp()

    return patch.object(Relay, "__init__", init)


def keeps_a_wait_that_a_wrong_clock_made() -> Planted:
    ends = ExitStack()
    ends.enter_context(patch.object(outbox, "FAR_FUTURE", timedelta(days=9000)))
    ends.enter_context(patch.object(uploads, "FAR_FUTURE", timedelta(days=9000)))
    return ends


def does_not_hear_too_many() -> Planted:
    real = Lane.after_failure

    def after(self: Lane, reason: Reason, *rest: Any) -> Lane:
        return Lane() if reason is Reason.REQUEST_TOO_MANY else real(self, reason, *rest)

    return patch.object(Lane, "after_failure", after)


def waits_without_end() -> Planted:
    def delay(attempts: int, jitter: float) -> timedelta:
        return timedelta(seconds=4000 ** min(attempts - 1, 1)) * (0.5 + jitter / 2)

    return patch.object(lane, "delay", delay)


def sends_to_any_office() -> Planted:
    def join(connection: Any, organisation_id: UUID | None) -> None:
        name = "" if organisation_id is None else str(organisation_id)
        connection.execute("insert or replace into facts values (?, ?)", (belonging.FACT, name))

    ends = ExitStack()
    ends.enter_context(patch.object(outbox, "OURS", "1 = 1"))
    ends.enter_context(patch.object(belonging, "join", join))
    return ends


def speaks_as_whoever_it_is_now() -> Planted:
    """The token is looked up when something is sent, and not when it was claimed."""
    from agent_core.outbox.identity import Identity  # noqa: PLC0415 - beside what it is patched with

    return patch.object(Identity, "token", lambda self: self._current_token())


def records_a_resume_and_its_event_apart() -> Planted:
    real_append, real_store, held = outbox.append, AgentStore.store_resume, list[tuple[Any, ...]]()

    def append(connection: Any, event: Any, resume_id: UUID | None = None) -> None:
        if isinstance(event, ResumeDownloadedEvent):
            held.append((event, resume_id))
        else:
            real_append(connection, event, resume_id)

    def store(self: AgentStore, *parts: Any) -> Any:
        held.clear()
        known = real_store(self, *parts)
        with self.records.write() as connection:
            real_append(connection, *held.pop())
        return known

    ends = ExitStack()
    ends.enter_context(patch.object(outbox, "append", append))
    ends.enter_context(patch.object(AgentStore, "store_resume", store))
    return ends


def records_before_the_file_is_there() -> Planted:
    real = downloads_keep.keep

    class Later:
        def __init__(self, files: Any) -> None:
            self.files = files
            self.writes: list[Callable[[], object]] = []

        def __getattr__(self, name: str) -> Any:
            return getattr(self.files, name)

        def write(self, folder: Any, path: str, data: bytes) -> StoredFile:
            self.writes.append(lambda: self.files.write(folder, path, data))
            return StoredFile(path, sha256(data).hexdigest(), len(data))

    def keep(task: Any, row: Any, fetched: Any) -> None:
        later = Later(task.files)
        real(replace(task, files=later), row, fetched)
        for write in later.writes:
            write()

    return patch("agent_core.downloads.run.keep", keep)


def forgets_who_was_being_fetched() -> Planted:
    return patch.object(AgentStore, "_put_all_back", staticmethod(lambda *_: None))


def takes_a_duplicate_for_uploaded() -> Planted:
    def settle(entries: Any, verdicts: Sequence[Verdict], now: Any, jitter: float) -> list[Settlement]:
        made = retry.settle_batch(entries, verdicts, now, jitter)
        known = {verdict.event_id for verdict in verdicts if verdict.verdict is VerdictKind.DUPLICATE}
        twice = {entry.position for entry in entries if str(entry.event.event_id) in known}
        return [replace(each, upload_wanted=each.upload_wanted and each.key not in twice) for each in made]

    return patch.object(relay, "settle_batch", settle)


def believes_its_own_upload() -> Planted:
    def upload(self: Uploader, task: UploadTask) -> Uploaded:
        data = self._files.read(Path(task.folder), task.relative_path)
        if sha256(data).hexdigest() == task.payload.file_sha256:
            wanted = UploadRequest(**task.payload.model_dump(include=set(UploadRequest.model_fields)))
            link = self._cloud.upload_link(wanted)
            if not link.already_stored:
                self._cloud.put(link, data)
        return Uploaded.DONE

    return patch.object(Uploader, "upload", upload)


def counts_no_tries() -> Planted:
    real = outbox._keep

    def keep(connection: Any, settlement: Settlement) -> None:
        real(connection, settlement)
        connection.execute("update outbox set attempts = 0 where position = ?", (settlement.key,))

    return patch.object(outbox, "_keep", keep)


def makes_an_id_at_each_sending() -> Planted:
    real = CloudGateway.send

    def send(self: CloudGateway, events: Sequence[Any]) -> Sequence[Verdict]:
        new = {str(uuid4()): event for event in events}
        sent = [event.model_copy(update={"event_id": UUID(name)}) for name, event in new.items()]
        return [
            verdict.model_copy(update={"event_id": str(new[verdict.event_id].event_id)})
            for verdict in real(self, sent)
            if verdict.event_id in new
        ]

    return patch.object(CloudGateway, "send", send)


def lets_two_agents_on_one_folder() -> Planted:
    return patch.object(process_lock, "lock", lambda _: None)


class KeepsTheKeyFirst(OfficeCloud):
    """Defect 3: the cloud dies between keeping an event's key and its effect."""

    def crash_during(self, method: str, path: str, token: str, body: bytes) -> None:
        computer = self.computers.get(token)
        if path != INGEST or computer is None:
            return
        for raw in json.loads(body)["events"]:
            with contextlib.suppress(ValueError):
                event = parse_event(raw)
                self.offices[computer.organisation_id].received.setdefault(event.event_id, digest(event))


class TakesASecondReport(OfficeCloud):
    """The cloud counts what it is sent a second time."""

    def _record(self, office: Any, computer: Any, event: Any) -> Verdict:
        verdict = super()._record(office, computer, event)
        if verdict.verdict is VerdictKind.DUPLICATE:
            office.effects.append(event.event_id)
        return verdict


@contextlib.contextmanager
def _nothing() -> Iterator[None]:
    yield


PLANTED: Mapping[str, Callable[[], Planted]] = {
    plant.__name__: plant
    for plant in (
        deletes_before_the_verdict,
        forgets_at_a_timeout,
        one_that_waits_blocks_all,
        parks_what_could_work_later,
        sends_what_is_parked,
        settles_more_than_was_sent,
        sends_the_newest_first,
        matches_answers_by_position,
        waits_by_the_wall_clock,
        keeps_a_wait_that_a_wrong_clock_made,
        does_not_hear_too_many,
        waits_without_end,
        sends_to_any_office,
        speaks_as_whoever_it_is_now,
        records_a_resume_and_its_event_apart,
        records_before_the_file_is_there,
        forgets_who_was_being_fetched,
        takes_a_duplicate_for_uploaded,
        believes_its_own_upload,
        counts_no_tries,
        makes_an_id_at_each_sending,
        lets_two_agents_on_one_folder,
    )
}
CLOUDS: Mapping[str, type[OfficeCloud]] = {
    cloud.__name__: cloud for cloud in (KeepsTheKeyFirst, TakesASecondReport)
}
NAMES = (*PLANTED, *CLOUDS)


def plant(name: str) -> tuple[Planted, type[OfficeCloud]]:
    """Return the mistake, and the cloud that it is made in."""
    if name in CLOUDS:
        return _nothing(), CLOUDS[name]
    return PLANTED[name](), OfficeCloud
