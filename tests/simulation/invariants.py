"""What must be true after every run, whatever happened in it.

Each check reads what is on the disk, the witness of what was recorded, what the cloud has, and what the
network saw; none asks the code under test what it believes.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from uuid import UUID

from agent_core.downloads.queue import OWN_WISHES
from agent_core.outbox.retry import LONGEST_DELAY, MAX_ATTEMPTS
from protocol.jobs import JobStatus
from protocol.reasons import Reason, Retry
from tests.simulation.computer import FOLDER
from tests.simulation.network import INGEST, Attempt
from tests.simulation.scenario import World

_REASONS = {reason.value: reason for reason in Reason}
_OWN_STOPS = {reason.value for reason in OWN_WISHES}

_PREPARING = 3.0

_MANY_TIMES = 5 * MAX_ATTEMPTS
"""People may try what is parked again, a few times."""

_PATIENCE = LONGEST_DELAY.total_seconds() + 30
"""The longest back-off, and the time of one exchange."""


@dataclass(frozen=True)
class Recorded:
    """An event that was durable at some time."""

    event_id: UUID
    position: int
    body: dict[str, object]
    office: UUID | None

    @property
    def kind(self) -> str:
        return str(self.body["type"])

    @property
    def payload(self) -> dict[str, object]:
        payload = self.body["payload"]
        assert isinstance(payload, dict)
        return payload


def _recorded(row: sqlite3.Row) -> Recorded:
    office = row["organisation_id"]
    return Recorded(
        UUID(row["event_id"]), row["position"], json.loads(row["body"]), UUID(office) if office else None
    )


class Evidence:
    """What the checks look at."""

    def __init__(self, world: World) -> None:
        self.world = world
        with world.computer.disk.looked_at() as rows:
            self.recorded = [_recorded(row) for row in rows("select * from witness order by position")]
            self.outbox = rows("select * from outbox")
            self.uploads = rows("select * from uploads join resumes using (resume_id)")
            self.jobs = rows("select * from jobs")
            self.listings = rows("select * from listings")
            self.resumes = rows("select * from resumes order by position")

    @cached_property
    def left(self) -> set[UUID]:
        return {UUID(row["event_id"]) for row in self.outbox}

    @cached_property
    def retried(self) -> set[UUID]:
        """Events that the cloud answered for by themselves, or left out of an answer: they may come later."""
        return {event for office in self.world.cloud.offices.values() for event in office.rejected}


def violations(world: World) -> Iterator[str]:
    """Name everything that is not as it must be."""
    for name, error in world.timeline.failures:
        yield f"unexpected end of {name}: {type(error).__name__}: {error}"
    evidence = Evidence(world)
    for check in CHECKS:
        for found in check(evidence):
            yield f"{check.__name__}: {found}"


def nothing_recorded_is_lost(evidence: Evidence) -> Iterator[str]:
    arrived = {office_id: set(office.effects) for office_id, office in evidence.world.cloud.offices.items()}
    for event in evidence.recorded:
        if event.office is None:
            yield f"{event.kind} {event.event_id} is nobody's"
        elif event.event_id not in arrived[event.office] and event.event_id not in evidence.left:
            yield f"{event.kind} {event.event_id}"


def nothing_counts_twice(evidence: Evidence) -> Iterator[str]:
    for office in evidence.world.cloud.offices.values():
        for event_id, times in Counter(office.effects).items():
            if times > 1:
                yield f"event {event_id} took effect {times} times"
    outcomes = Counter(
        (event.payload["job_id"], event.payload["candidate_external_id"])
        for event in evidence.recorded
        if event.payload.get("outcome")
    )
    people = Counter((row["job_id"], row["candidate_external_id"]) for row in evidence.listings)
    for person, times in outcomes.items():
        if times > people[person]:
            yield f"{person} has {times} outcomes"
    told = Counter(
        event.payload["content_sha256"] for event in evidence.recorded if event.kind == "resume_downloaded"
    )
    kept = Counter(row["content_sha256"] for row in evidence.resumes)
    if told != kept:
        yield f"{sum(kept.values())} resumes are recorded and {sum(told.values())} told of"


def the_cloud_knows_only_what_was_recorded(evidence: Evidence) -> Iterator[str]:
    known = {event.event_id: event.office for event in evidence.recorded}
    for office_id, office in evidence.world.cloud.offices.items():
        for event_id in office.effects:
            if event_id not in known:
                yield f"{event_id} was never recorded"
            elif known[event_id] != office_id:
                yield f"{event_id} went to another office"


def everything_due_is_sent_in_the_end(evidence: Evidence) -> Iterator[str]:
    for office in evidence.world.unfinished:
        yield f"not done in office {evidence.world.offices.index(office)} after hours of fair weather"
    for row in (*evidence.outbox, *evidence.uploads):
        if not row["parked"]:
            yield f"{row['event_id'] if 'event_id' in row.keys() else row['resume_id']} waits"  # noqa: SIM118 - a row of SQLite


def only_what_cannot_be_sent_is_parked(evidence: Evidence) -> Iterator[str]:
    for row in evidence.outbox:
        reason = _REASONS.get(row["reason"])
        refused = {
            reason
            for office in evidence.world.cloud.offices.values()
            for reason in office.rejected.get(UUID(row["event_id"]), [])
        }
        if reason is None or reason not in refused:
            yield f"{row['event_id']} for {row['reason']}, which the cloud never said"
        elif reason.retry is Retry.LATER and row["attempts"] < MAX_ATTEMPTS:
            yield f"{row['event_id']} for {row['reason']} after {row['attempts']} tries"
    for row in evidence.uploads:
        if not _is_gone(evidence, row["relative_path"], row["file_sha256"]):
            yield f"the upload of {row['relative_path']} for {row['reason']}, and its file is there"


def what_is_refused_is_not_asked_for_ever(evidence: Evidence) -> Iterator[str]:
    for office in evidence.world.cloud.offices.values():
        for event_id, reasons in office.rejected.items():
            if len(reasons) > _MANY_TIMES:
                yield f"{event_id} was refused {len(reasons)} times"


def lines_keep_their_order(evidence: Evidence) -> Iterator[str]:
    order = {event.event_id: event.position for event in evidence.recorded}
    for office in evidence.world.cloud.offices.values():
        for job_id, job in office.jobs.items():
            lines = [line for line in job.lines if line not in evidence.retried]
            if any(order.get(one, 0) > order.get(other, 0) for one, other in pairwise(lines)):
                yield f"job {job_id}"


def every_person_has_one_outcome_and_the_counts_add_up(evidence: Evidence) -> Iterator[str]:
    states: dict[str, Counter[str]] = {}
    for row in evidence.listings:
        states.setdefault(row["job_id"], Counter())[row["state"]] += 1
    lines = Counter(event.payload["job_id"] for event in evidence.recorded if event.payload.get("outcome"))
    for job in evidence.jobs:
        has = states.get(job["job_id"], Counter())
        counted = Counter({name: job[name] for name in ("stored", "skipped", "failed") if job[name]})
        if not JobStatus(job["status"]).is_final:
            yield f"job {job['job_id']} is {job['status']} for {job['reason']}"
        if has != counted or job["listed"] != sum(has.values()):
            yield f"job {job['job_id']} counts {counted} of {job['listed']} and has {has}"
        told = lines[job["job_id"]]
        if told != sum(has.values()):
            yield f"job {job['job_id']} has {sum(has.values())} people and {told} outcomes told"


def nobody_fails_because_the_agent_stopped(evidence: Evidence) -> Iterator[str]:
    """Who was being fetched when it stopped waits again, and is fetched when it goes on."""
    for row in evidence.listings:
        if row["state"] == "failed" and row["reason"] in _OWN_STOPS:
            yield f"{row['candidate_external_id']} of job {row['job_id']}: {row['reason']}"


def the_cloud_has_each_job_as_it_ended(evidence: Evidence) -> Iterator[str]:
    """In the office to which the computer belonged when the job ended."""
    ends = {event.payload["job_id"]: event for event in evidence.recorded if event.kind == "job_changed"}
    for job in evidence.jobs:
        end = ends[job["job_id"]]
        if end.office is None or end.event_id in evidence.left:
            continue  # it could not be sent, and is parked
        known = evidence.world.cloud.offices[end.office].jobs.get(UUID(job["job_id"]))
        if known is None or known.snapshot is None or known.snapshot.status != job["status"]:
            yield f"job {job['job_id']} is {job['status']} on its computer"
        elif known.snapshot.counts.listed != job["listed"]:
            yield f"job {job['job_id']} has {job['listed']} people on its computer"


def every_stored_person_has_a_file_that_is_whole(evidence: Evidence) -> Iterator[str]:
    there = evidence.world.computer.disk.resumes.there
    for path in {row["relative_path"]: None for row in evidence.resumes}:
        if (FOLDER, path) not in there and path not in evidence.world.deleted_files:
            yield f"{path} is recorded and not there"
    stored = Counter(row["candidate_external_id"] for row in evidence.listings if row["state"] == "stored")
    kept = Counter(row["candidate_external_id"] for row in evidence.resumes)
    for number, times in stored.items():
        if kept[number] != times:
            yield f"{number} was stored {times} times and has {kept[number]} resumes"


def uploaded_bytes_are_those_of_the_resume(evidence: Evidence) -> Iterator[str]:
    for office_id, office in evidence.world.cloud.offices.items():
        waiting = {(row["candidate_external_id"], row["content_sha256"]) for row in evidence.uploads}
        untold = {
            (event.payload["candidate_external_id"], event.payload["content_sha256"])
            for event in evidence.recorded
            if event.kind == "resume_downloaded" and event.event_id in evidence.left
        }
        for key, resume in office.resumes.items():
            if resume.uploaded:
                name = f"{office_id}/{key[0]}/"
                held = [data for path, data in evidence.world.cloud.stored.items() if path.startswith(name)]
                if not any(_is_one_of(evidence, key, data) for data in held):
                    yield f"the office holds something else for {key[0]}"
            elif key not in waiting and key not in untold and not _was_replaced(evidence, office_id, key):
                yield f"the bytes of {key[0]} are not in the office, and nobody knows"


def waits_are_neither_too_long_nor_too_short(evidence: Evidence) -> Iterator[str]:
    world = evidence.world
    for before, after in pairwise(each for each in world.network.attempts if each.path == INGEST):
        gap = after.began - before.ended
        quiet = not _is_disturbed(world, before.began, after.began)
        if before.boot != after.boot or not quiet:
            continue
        if before.retry_after and gap < min(before.retry_after, LONGEST_DELAY.total_seconds()) - 1e-6:
            yield f"asked again after {gap:.1f} s, and was asked for {before.retry_after}"
        if _failed(before) and gap < 0.5:
            yield f"asked again after {gap:.3f} s of failure"
    yield from _long_waits(world)


def _long_waits(world: World) -> Iterator[str]:
    """In fair weather a direction that failed is tried again within the longest back-off."""
    fair = [each for each in world.network.attempts if each.path == INGEST and _failed(each)]
    for failed in fair:
        tried = [
            each.began
            for each in world.network.attempts
            if each.path == INGEST and each.boot == failed.boot and each.began > failed.ended
        ]
        if tried and min(tried) - max(failed.ended, world.fair_since) > _PATIENCE:
            yield f"was not tried for {min(tried) - failed.ended:.0f} s"


def the_network_is_left_alone_when_it_fails(evidence: Evidence) -> Iterator[str]:
    """In a row of failures the waits double: an hour of failures is at most some dozen tries."""
    tries: list[Attempt] = []
    for each in evidence.world.network.attempts:
        if each.path != INGEST:
            continue
        tries = [*tries, each] if _failed(each) and (not tries or tries[-1].boot == each.boot) else []
        if len(tries) > 6:
            disturbed = _is_disturbed(evidence.world, tries[0].began, each.began)
            if not disturbed and each.began - tries[0].ended < 0.5 * (2 ** (len(tries) - 2) - 1) * 0.9:
                yield f"{len(tries)} tries in {each.began - tries[0].began:.0f} s"
                return


def _is_disturbed(world: World, began: float, ended: float) -> bool:
    """Tell whether somebody paired or switched then, or while what began then was being prepared."""
    return any(began - _PREPARING <= moment <= ended for moment in world.disturbed)


def _failed(attempt: Attempt) -> bool:
    return attempt.answer != 200 and attempt.reason not in (
        Reason.REQUEST_TOO_LARGE.value,
        Reason.REQUEST_INVALID.value,
    )


def _is_gone(evidence: Evidence, path: str, digest: str) -> bool:
    data = evidence.world.computer.disk.resumes.there.get((FOLDER, path))
    return data is None or sha256(data).hexdigest() != digest


def _was_replaced(evidence: Evidence, office: UUID, key: tuple[str, str]) -> bool:
    """Tell whether the file was replaced by that of a newer resume: there are no such bytes any more."""
    own = [
        row
        for row in evidence.resumes
        if (row["candidate_external_id"], row["content_sha256"]) == key
        and row["organisation_id"] == str(office)
    ]
    return all(
        any(
            other["position"] > row["position"]
            and other["relative_path"] == row["relative_path"]
            and other["file_sha256"] != row["file_sha256"]
            for other in evidence.resumes
        )
        for row in own
    )


def _is_one_of(evidence: Evidence, key: tuple[str, str], data: bytes) -> bool:
    digest = sha256(data).hexdigest()
    return any(
        row["file_sha256"] == digest
        for row in evidence.resumes
        if (row["candidate_external_id"], row["content_sha256"]) == key
    )


CHECKS: Sequence[Callable[[Evidence], Iterator[str]]] = (
    nothing_recorded_is_lost,
    nothing_counts_twice,
    the_cloud_knows_only_what_was_recorded,
    everything_due_is_sent_in_the_end,
    only_what_cannot_be_sent_is_parked,
    what_is_refused_is_not_asked_for_ever,
    lines_keep_their_order,
    every_person_has_one_outcome_and_the_counts_add_up,
    nobody_fails_because_the_agent_stopped,
    the_cloud_has_each_job_as_it_ended,
    every_stored_person_has_a_file_that_is_whole,
    uploaded_bytes_are_those_of_the_resume,
    waits_are_neither_too_long_nor_too_short,
    the_network_is_left_alone_when_it_fails,
)
