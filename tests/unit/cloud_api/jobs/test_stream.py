import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

import psycopg
import pytest

from cloud_api.errors import NotSignedIn
from cloud_api.jobs.schemas import JobLogLine, JobView
from cloud_api.jobs.stream import (
    CALM_SECONDS,
    COMMENT_SECONDS,
    LIVELY_SECONDS,
    PAGE,
    Look,
    job_stream,
    message,
)
from protocol.jobs import JobStatus, LogLevel
from protocol.reasons import Reason

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
JOB_ID = UUID("6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1")


def job(status: JobStatus = JobStatus.RUNNING) -> JobView:
    return JobView(
        job_id=JOB_ID,
        rank="Cook",
        ship_type="Tanker",
        status=status,
        created_at=NOW,
        user_email="anna@example.com",
        device_id=JOB_ID,
        device_name="Laptop",
    )


def line(seq: int) -> JobLogLine:
    return JobLogLine(seq=seq, level=LogLevel.INFO, line=f"line {seq}", created_at=NOW)


class Log:
    """A job whose log grows between two looks."""

    def __init__(self, *looks: Look | Exception) -> None:
        self.looks = list(looks)
        self.asked_after: list[int] = []
        self.waits: list[float] = []

    def read(self, after: int) -> Look:
        self.asked_after.append(after)
        following = self.looks.pop(0)
        if isinstance(following, Exception):
            raise following
        return following

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        return False

    def run(self, first: Look, after: int = 0) -> list[bytes]:
        return list(job_stream(first, self.read, self.wait, after))


def kinds(messages: Iterator[bytes] | list[bytes]) -> list[str]:
    return [part.decode().split("event: ")[-1].split("\n")[0] for part in messages]


def test_lines_carry_their_number_and_the_job_none() -> None:
    sent = Log().run(Look(job(JobStatus.SUCCESS), [line(1), line(2)]))
    assert sent[0].startswith(b"id: 1\nevent: line\ndata: {")
    assert sent[1].startswith(b"id: 2\nevent: line\n")
    assert sent[2].startswith(b"event: job\ndata: {")
    assert all(part.endswith(b"\n\n") and part.count(b"\n\n") == 1 for part in sent)


def test_it_goes_on_after_the_last_line_and_ends_with_the_job() -> None:
    log = Log(Look(job(), [line(8)]), Look(job(), []), Look(job(JobStatus.CANCELLED), [line(9)]))
    sent = log.run(Look(job(), [line(6), line(7)]), after=5)
    assert kinds(sent) == ["line", "line", "job", "line", "line", "job"]
    assert log.asked_after == [7, 8, 8]
    assert json.loads(sent[-1].decode().split("data: ")[1])["status"] == "cancelled"


def test_a_full_page_is_followed_at_once_even_when_the_job_is_over() -> None:
    over = job(JobStatus.SUCCESS)
    log = Log(Look(over, [line(PAGE + 1)]))
    sent = log.run(Look(over, [line(seq) for seq in range(1, PAGE + 1)]))
    assert len(sent) == PAGE + 2
    assert log.waits == []


def test_no_silence_is_longer_than_fifteen_seconds() -> None:
    log = Log(*[Look(job(), [])] * 60, Look(job(JobStatus.SUCCESS), []))
    heard_at = [sum(log.waits) for _ in job_stream(Look(job(), []), log.read, log.wait, 0)]
    silences = [later - earlier for earlier, later in pairwise(heard_at)]
    assert len(silences) > 5
    assert max(silences) <= COMMENT_SECONDS


def test_news_are_looked_for_often_and_a_calm_job_less_often() -> None:
    log = Log(
        *[Look(job(), [])] * 30, Look(job(), [line(1)]), Look(job(), []), Look(job(JobStatus.SUCCESS), [])
    )
    log.run(Look(job(), []))
    assert log.waits[0] == log.waits[-1] == LIVELY_SECONDS
    assert log.waits[29] == CALM_SECONDS


@pytest.mark.parametrize("error", [NotSignedIn(Reason.DEVICE_REVOKED), psycopg.OperationalError("gone")])
def test_who_may_not_look_any_more_loses_the_stream(error: Exception) -> None:
    assert kinds(Log(error).run(Look(job(), [line(1)]))) == ["line", "job"]


def test_it_ends_when_the_server_stops() -> None:
    log = Log(Look(job(), []))
    assert kinds(list(job_stream(Look(job(), []), log.read, lambda _: True, 0))) == ["job"]
    assert log.asked_after == []


def test_a_message_is_one_event() -> None:
    assert message("line", '{"a": 1}', 3) == b'id: 3\nevent: line\ndata: {"a": 1}\n\n'
