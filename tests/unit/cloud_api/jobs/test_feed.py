import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from cloud_api.errors import NotFound
from cloud_api.jobs.feed import KEPT_LINES, PAGE, JobFeed, JobFeeds, Look, News, message, written
from cloud_api.jobs.schemas import JobLogLine, JobView
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


class Log:
    """The job's log in the database; it counts how often it is read."""

    def __init__(self) -> None:
        self.last = 0
        self.status = JobStatus.RUNNING
        self.asked_after: list[int] = []

    def read(self, after: int) -> Look:
        self.asked_after.append(after)
        wanted = range(after + 1, min(self.last, after + PAGE) + 1)
        lines = [
            JobLogLine(seq=seq, level=LogLevel.INFO, line=f"line {seq}", created_at=NOW) for seq in wanted
        ]
        return Look(job(self.status), lines)


def seqs(news: News) -> list[int]:
    return [line.seq for line in news.lines]


def test_what_is_new_is_read_once_for_all_who_follow() -> None:
    log, feed = Log(), JobFeed()
    log.last = 3
    for _ in range(50):
        assert seqs(feed.after(1, "a", log.read)) == [2, 3]
    log.last, log.status = 5, JobStatus.SUCCESS
    told = [feed.after(seq, "b", log.read) for seq in (3, 1, 5)]
    assert [seqs(news) for news in told] == [[4, 5], [2, 3, 4, 5], []]
    assert all(news.is_final and b'"success"' in news.job for news in told)
    assert log.asked_after == [1, 3], "one reading a mark, whoever asks"


def test_who_is_further_behind_reads_by_themself() -> None:
    log, feed = Log(), JobFeed()
    log.last = 10
    feed.after(8, "a", log.read)
    assert seqs(feed.after(2, "a", log.read)) == [3, 4, 5, 6, 7, 8, 9, 10]
    assert log.asked_after == [8, 2]


def test_only_so_many_lines_are_kept_and_none_is_skipped() -> None:
    log, feed = Log(), JobFeed()
    log.last = 1
    feed.after(0, "a", log.read)
    log.last = KEPT_LINES + 701
    told = seqs(feed.after(log.last - KEPT_LINES, "b", log.read))
    assert told == list(range(log.last - KEPT_LINES + 1, log.last + 1))
    late = feed.after(1, "b", log.read)
    assert (seqs(late)[0], late.more) == (2, True)


def test_who_may_not_look_spoils_nothing_for_the_others() -> None:
    log, feed = Log(), JobFeed()
    log.last = 2

    def refused(after: int) -> Look:
        raise NotFound(Reason.REQUEST_NOT_FOUND, str(after))

    with pytest.raises(NotFound):
        feed.after(0, "a", refused)
    assert seqs(feed.after(0, "a", log.read)) == [1, 2]


def test_a_feed_lives_while_somebody_follows() -> None:
    feeds = JobFeeds()
    one, other = feeds.follow(JOB_ID, JOB_ID), feeds.follow(JOB_ID, JOB_ID)
    assert one is other
    assert one.followers == 2
    feeds.leave(JOB_ID, JOB_ID)
    assert feeds.follow(JOB_ID, JOB_ID) is one
    feeds.leave(JOB_ID, JOB_ID)
    feeds.leave(JOB_ID, JOB_ID)
    assert feeds.follow(JOB_ID, JOB_ID) is not one


def test_lines_carry_their_number_and_the_job_none() -> None:
    log = Log()
    log.last = 2
    news = written(log.read(0))
    assert news.lines[0].data.startswith(b"id: 1\nevent: line\ndata: {")
    assert news.job.startswith(b"event: job\ndata: {")
    assert json.loads(news.job.decode().split("data: ")[1])["status"] == "running"


def test_a_message_is_one_event() -> None:
    assert message("line", '{"a": 1}', 3) == b'id: 3\nevent: line\ndata: {"a": 1}\n\n'
