"""The power goes, and the disk keeps what was synced and any part of the rest: nothing acknowledged is lost.

The agent works on a file system of our own, which writes down all that happens. Each point of it can then be
cut as often as wanted (`tests.support.faults.trace`). The same harness finds the losses of two other ways to
keep a queue, or it would prove nothing.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from agent_core.clock import system_clock
from agent_core.errors import AgentError, StoreError
from agent_core.settings import SettingsFile
from agent_core.store.begin_anew import begin_anew
from agent_core.store.database import AgentStore
from agent_core.store.soundness import must_be_sound
from protocol.reasons import Reason
from tests.support.agent import open_store, running_job, stored_person
from tests.support.faults.desk import DATABASE, RESUMES, Day, prepare, work
from tests.support.faults.desk_check import arrived, must_have_arrived_once
from tests.support.faults.own_disk import DISK, recording, teller, why_not
from tests.support.faults.told_cloud import EVENT, ToldCloud
from tests.support.faults.trace import Left, Step, after_power_cut, points

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(bool(why_not()), reason=f"THE POWER CUTS ARE NOT TESTED: {why_not()}"),
]

POINTS_A_DAY = 160
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SMALL_JOURNAL = ("pragma wal_autocheckpoint = 40",)
"""Moves the journal into the file several times a day, as a long day does."""

Say = Callable[[str], None]


def record(folder: Path, happens: Callable[[Path, Say], None]) -> tuple[list[Step], int]:
    """Return what happened on the disk, and how much of it was before the work began."""
    with recording(folder) as unmount:
        mount = folder / DISK
        prepare(mount)
        for known in (mount, *mount.iterdir()):
            if known.is_dir():
                sync(known)
        say = teller(mount)
        say("begin")
        happens(mount, say)
        steps = unmount()
    texts = [getattr(step, "text", "") for step in steps]
    return steps, len(texts) - texts[::-1].index("begin")


def sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def cuts(steps: Sequence[Step], start: int, most: int) -> list[tuple[int, Left]]:
    """Cut the power at so many points, spread evenly, each with chances of its own."""
    there = [point for point in points(steps) if point > start]
    chosen = there if len(there) <= most else [there[i * len(there) // most] for i in range(most)]
    return [(point, after_power_cut(steps, point, Random(point))) for point in chosen]


def losses(folder: Path, left: Left) -> list[str]:
    """Return what was promised before the cut and is not kept after it."""
    try:
        must_be_sound(folder / DATABASE)
    except AgentError as error:
        return [error.detail]
    if not (folder / DATABASE).exists():
        return [line for line in left.said if line.startswith(("queued", "stored"))]
    with closing(sqlite3.connect(folder / DATABASE)) as records:
        jobs = {f"queued {row[0]}" for row in records.execute("select job_id from jobs")}
        paths = dict(records.execute("select file_sha256, relative_path from resumes").fetchall())
        waiting = [json.loads(row[0]) for row in records.execute("select body from outbox")]
    events = [line for line in left.said if line.startswith(EVENT)]
    told = arrived(ToldCloud(told=events).events)
    told |= arrived({event["event_id"]: event for event in waiting})
    lost = [line for line in left.said if line.startswith("queued") and line not in jobs]
    for line in left.said:
        if line.startswith("stored"):
            _, number, digest = line.split()
            file = folder / RESUMES / paths.get(digest, "lost")
            if not file.is_file() or (number, digest) not in told:
                lost.append(line)
    newest = {line.split()[1]: line.split()[2] for line in left.said if line.startswith("stored")}
    lost += [number for number, digest in newest.items() if not is_kept(folder, paths.get(digest), digest)]
    return lost


def is_kept(folder: Path, path: str | None, digest: str) -> bool:
    """Tell whether the file is the one that was recorded, or whole and newer by one that was not yet."""
    file = folder / RESUMES / (path or "lost")
    if not file.is_file():
        return False
    data = file.read_bytes()
    return sha256(data).hexdigest() == digest or (data.startswith(b"%PDF") and data.endswith(b"%%EOF"))


@pytest.mark.parametrize("number", [1, 2])
def test_nothing_that_was_acknowledged_is_lost(number: int, memory_folder: Path) -> None:
    day = Day(number=number, people=3, long="0003")
    objects: dict[str, bytes] = {}

    def happens(mount: Path, say: Say) -> None:
        cloud = ToldCloud(say)
        cloud.objects = objects
        for each in range(1, number + 1):
            say("begin")
            work(mount, cloud, Day(number=each, people=3, long="0003"), say, SMALL_JOURNAL)

    steps, start = record(memory_folder, happens)
    ends = cuts(steps, start, POINTS_A_DAY)
    assert len(ends) == POINTS_A_DAY
    folder = memory_folder / DISK
    for point, left in ends:
        left.put_into(folder)
        assert losses(folder, left) == [], f"cut after step {point}"
        cloud = ToldCloud(told=left.said, objects=objects)
        work(folder, cloud, day)
        must_have_arrived_once(folder, cloud, day)


def test_records_that_are_not_synced_at_each_commit_lose_something(memory_folder: Path) -> None:
    def happens(mount: Path, say: Say) -> None:
        work(mount, ToldCloud(say), Day(), say, ("pragma synchronous = normal",))

    lost = 0
    for _, left in cuts(*record(memory_folder, happens), POINTS_A_DAY):
        left.put_into(memory_folder / DISK)
        lost += bool(losses(memory_folder / DISK, left))
    assert lost > 0, "the harness did not find what is lost"


def test_a_queue_in_a_json_file_loses_something(memory_folder: Path) -> None:
    def happens(mount: Path, say: Say) -> None:
        queue: list[str] = []
        for number in range(60):
            queue.append(f"item {number}")
            (mount / "queue.new").write_text(json.dumps(queue), encoding="utf-8")
            (mount / "queue.new").replace(mount / "queue.json")
            say(f"item {number}")

    lost = 0
    for _, left in cuts(*record(memory_folder, happens), POINTS_A_DAY):
        try:
            queue = json.loads(left.files.get("queue.json", b"[]"))
        except ValueError:
            queue = []
        lost += not {line for line in left.said if line.startswith("item")} <= set(queue)
    assert lost > 0, "the harness did not find what is lost"


def test_settings_are_the_old_or_the_new_ones(memory_folder: Path) -> None:
    def happens(mount: Path, say: Say) -> None:
        settings = SettingsFile(mount / "data/agent.json")
        for number in range(1, 9):
            settings.change({"portal": {"username": f"office {number}"}})
            say(f"{number}")

    folder = memory_folder / DISK
    for _, left in cuts(*record(memory_folder, happens), POINTS_A_DAY):
        left.put_into(folder)
        said = max((int(line) for line in left.said if line.isdigit()), default=0)
        name = SettingsFile(folder / "data/agent.json").current.portal.username
        assert name in (f"office {said}" if said else "", f"office {said + 1}")


def test_beginning_anew_is_done_or_can_be_done_again(memory_folder: Path) -> None:
    people = 5
    with open_store(memory_folder) as store:
        job_id = running_job(store)
        for number in range(people):
            stored_person(store, job_id, f"{number:04}", f"resume {number}")
    damaged = bytearray((memory_folder / "agent.sqlite3").read_bytes())
    damaged[:4096] = bytes(4096)

    def happens(mount: Path, say: Say) -> None:
        (mount / DATABASE).write_bytes(damaged)
        for known in (mount / DATABASE, mount / "data"):
            sync(known)
        say("begin")
        begin_anew(mount / "data", NOW)
        say("begun")

    folder = memory_folder / DISK
    ways = set()
    for _, left in cuts(*record(memory_folder, happens), POINTS_A_DAY):
        left.put_into(folder)
        why_not = trouble_of(folder / DATABASE)
        if why_not is not None:
            assert "begun" not in left.said
            begin_anew(folder / "data", NOW)
        ways.add(why_not)
        kept = [path.read_bytes() for path in (folder / "data").glob("damaged-*/agent.sqlite3")]
        assert damaged in kept
        with closing(sqlite3.connect(folder / DATABASE)) as records:
            [waiting] = records.execute(
                "select count(*) from outbox where type = 'resume_downloaded'"
            ).fetchone()
        assert waiting == people
    assert ways == {None, Reason.AGENT_STORE_DAMAGED}


def trouble_of(file: Path) -> Reason | None:
    try:
        AgentStore(file, system_clock).close()
    except StoreError as error:
        return error.reason
    return None
