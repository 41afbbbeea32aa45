"""What goes in together: numbers in their order, and a refusal where one does not fit."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from cloud_api.auth.principal import Device
from cloud_api.ledger.candidate_rows import SQL
from cloud_api.ledger.decide import Refusal
from cloud_api.ledger.together import append_lines, deliver
from protocol.events import JobLine, JobLineEvent
from protocol.reasons import Reason
from tests.support.office import downloaded

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
DEVICE = Device(uuid4(), uuid4(), uuid4())
ONE, OTHER = uuid4(), uuid4()


class Written:
    """A transaction that remembers what was written; it has these jobs, with so many lines, and no people."""

    def __init__(self, **jobs: int) -> None:
        self.last = {ONE: jobs.get("one"), OTHER: jobs.get("other")}
        self.rows: dict[bytes, list[dict[str, Any]]] = {}
        self.was_erased = False

    def all(self, query: bytes, params: dict[str, Any], row: type[Any]) -> list[Any]:
        if query == SQL["next_seqs"]:
            wanted = zip(params["job_ids"], params["counts"], strict=True)
            counted = [(job_id, self.last[job_id], count) for job_id, count in wanted]
            return [row(job_id, last + count) for job_id, last, count in counted if last is not None]
        assert query == SQL["make_candidates"]
        numbers = dict.fromkeys(each["candidate_external_id"] for each in params["rows"].obj)
        return [row(uuid4(), number, NOW, self.was_erased) for number in numbers]

    def run(self, query: bytes, params: dict[str, Any]) -> int:
        (rows,) = [value.obj for value in params.values() if isinstance(value, Jsonb)]
        self.rows[query] = rows
        return len(rows)


def line(job_id: UUID, text: str) -> JobLineEvent:
    return JobLineEvent(event_id=uuid4(), occurred_at=NOW, payload=JobLine(job_id=job_id, line=text))


def append(written: Written, *events: JobLineEvent) -> list[tuple[UUID, int, str]]:
    append_lines(written, DEVICE, events)  # type: ignore[arg-type]  # what of a transaction it uses
    return [(row["job_id"], row["seq"], row["line"]) for row in written.rows[SQL["add_lines"]]]


def test_lines_of_several_jobs_take_the_next_numbers_of_their_own() -> None:
    told = append(Written(one=7, other=0), line(ONE, "a"), line(OTHER, "b"), line(ONE, "c"))
    assert told == [(ONE, 8, "a"), (OTHER, 1, "b"), (ONE, 9, "c")]


def test_a_job_that_the_office_has_not_refuses_them_all() -> None:
    written = Written(one=7)
    with pytest.raises(Refusal) as refused:
        append(written, line(ONE, "a"), line(OTHER, "b"))
    assert (refused.value.reason, written.rows) == (Reason.INGEST_UNKNOWN_JOB, {})


@pytest.mark.parametrize("why", ["erased", "twice"])
def test_people_who_have_to_be_looked_at_by_themselves_are_not_taken_together(why: str) -> None:
    written = Written()
    written.was_erased = why == "erased"
    events = [downloaded("1"), downloaded("1" if why == "twice" else "2", "other")]
    with pytest.raises(Refusal):
        deliver(written, DEVICE, events)  # type: ignore[arg-type]  # what of a transaction it uses
    assert written.rows == {}
