from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest

from cloud_api.errors import NotSignedIn
from cloud_api.jobs.feed import PAGE, JobFeed, Look, written
from cloud_api.jobs.schemas import JobLogLine, JobView
from cloud_api.jobs.stream import COMMENT_SECONDS, Follower, job_stream
from cloud_api.live.watch import Subject
from protocol.jobs import JobStatus, LogLevel
from protocol.reasons import Reason

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
ID = UUID("6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1")
JOB = Subject("job", ID, ID)


def job(status: JobStatus = JobStatus.RUNNING) -> JobView:
    return JobView(
        job_id=ID,
        rank="Cook",
        ship_type="Tanker",
        status=status,
        created_at=NOW,
        user_email="anna@example.com",
        device_id=ID,
        device_name="Laptop",
    )


class Told:
    """A job, its log, and one who follows it: each wait makes the next thing happen."""

    def __init__(self, *happens: Callable[["Told"], frozenset[Subject]]) -> None:
        self.happens = list(happens)
        self.last, self.status = 0, JobStatus.RUNNING
        self.stops = False
        self.refusal: Exception | None = None
        self.asked: list[str] = []

    def wait(self, seconds: float) -> frozenset[Subject]:
        assert seconds <= COMMENT_SECONDS
        return self.happens.pop(0)(self)

    def mark(self, subject: Subject) -> str:
        assert subject == JOB
        return f"{self.last} {self.status}"

    def read(self, after: int) -> Look:
        self.asked.append(f"read {after}")
        wanted = range(after + 1, min(self.last, after + PAGE) + 1)
        return Look(
            job(self.status),
            [JobLogLine(seq=seq, level=LogLevel.INFO, line=f"line {seq}", created_at=NOW) for seq in wanted],
        )

    def check(self, changed: frozenset[Subject]) -> None:
        self.asked.append("check")
        if self.refusal is not None:
            raise self.refusal

    def run(self, after: int = 0) -> list[str]:
        follower = Follower(
            watcher=self,  # type: ignore[arg-type]  # what of a watcher a stream uses
            job=JOB,
            feed=JobFeed(),
            read=self.read,
            check=self.check,
            is_over=lambda: self.stops,
        )
        return [kind(part) for part in job_stream(written(self.read(after)), follower, after)]


def kind(part: bytes) -> str:
    text = part.decode()
    if text.startswith(":"):
        return "comment"
    seq = text.split("\n")[0].removeprefix("id: ") if text.startswith("id") else ""
    return (text.split("event: ")[1].split("\n")[0] + " " + seq).strip()


def lines(count: int) -> Callable[[Told], frozenset[Subject]]:
    def happen(told: Told) -> frozenset[Subject]:
        told.last += count
        return frozenset({JOB})

    return happen


def ends(told: Told) -> frozenset[Subject]:
    told.last, told.status = told.last + 1, JobStatus.SUCCESS
    return frozenset({JOB})


def nothing(_told: Told) -> frozenset[Subject]:
    return frozenset()


def test_it_goes_on_after_the_last_line_and_ends_with_the_job() -> None:
    told = Told(lines(2), ends)
    told.last = 7
    assert told.run(after=5) == ["line 6", "line 7", "job", "line 8", "line 9", "line 10", "job"]
    assert told.asked == ["read 5", "check", "read 7", "check", "read 9"]


def test_nobody_asks_the_database_while_nothing_happens() -> None:
    told = Told(nothing, nothing, nothing, ends)
    assert told.run() == ["job", "comment", "comment", "comment", "line 1", "job"]
    assert told.asked.count("check") == 4
    assert [what for what in told.asked if what.startswith("read")] == ["read 0", "read 0", "read 0"]


def test_a_full_page_is_followed_at_once_even_when_the_job_is_over() -> None:
    told = Told()
    told.last, told.status = PAGE + 1, JobStatus.SUCCESS
    sent = told.run()
    assert sent[0] == "line 1"
    assert sent[-2:] == [f"line {PAGE + 1}", "job"]
    assert len(sent) == PAGE + 2


def test_who_may_not_follow_any_more_is_told_nothing_that_came_after() -> None:
    for error in (NotSignedIn(Reason.DEVICE_REVOKED), psycopg.OperationalError("gone")):

        def revoked(told: Told, error: Exception = error) -> frozenset[Subject]:
            told.last, told.refusal = told.last + 1, error
            return frozenset({JOB})

        told = Told(lines(1), revoked)
        assert told.run() == ["job", "line 1"]
        assert told.asked[-1] == "check"


def test_it_ends_when_the_server_stops() -> None:
    def stops(told: Told) -> frozenset[Subject]:
        told.stops = True
        return frozenset()

    assert Told(stops).run() == ["job"]


@pytest.mark.parametrize("count", [1, 3])
def test_each_line_is_told_once(count: int) -> None:
    told = Told(lines(count), lines(count), ends)
    numbers = [part.split()[1] for part in told.run() if part.startswith("line")]
    assert numbers == [str(seq) for seq in range(1, 2 * count + 2)]
