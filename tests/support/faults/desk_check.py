"""What must be true of a computer's folders after a fault, once it was started again and had nothing left."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from protocol.events import EventType
from tests.support.faults.desk import DATABASE, RESUMES, Day
from tests.support.faults.people import ListedPortal

OPEN = (
    "select type, parked, reason, detail from outbox"
    " union all select 'upload', parked, reason, detail from uploads"
    " union all select 'job', status, reason, '' from jobs where status <> 'success'"
)
"""What is not finished."""

DOES_NOT_ADD_UP = (
    "select count(*) from jobs where listed <> stored + skipped + failed or listed <> ?"
    " or (listed, stored, skipped, failed) is not (select count(*), coalesce(sum(state = 'stored'), 0),"
    " coalesce(sum(state = 'skipped'), 0), coalesce(sum(state = 'failed'), 0)"
    " from listings where listings.job_id = jobs.job_id)"
)


class Office(Protocol):
    """What the cloud holds."""

    events: dict[str, dict[str, Any]]
    objects: dict[str, bytes]
    confirmed: set[str]


def arrived(events: Mapping[str, dict[str, Any]]) -> Counter[tuple[str, str]]:
    """Count how often each resume of a person is in the cloud."""
    return Counter(
        (event["payload"]["candidate_external_id"], event["payload"]["file_sha256"])
        for event in events.values()
        if event["type"] == EventType.RESUME_DOWNLOADED
    )


def must_have_arrived_once(folder: Path, cloud: Office, day: Day) -> None:
    """Fail unless everybody of the days up to this one is in the cloud once, and on the disk whole."""
    recorded = must_be_whole(folder, day)
    assert arrived(cloud.events) == Counter(recorded), "somebody is not in the cloud exactly once"
    assert {key: sha256(cloud.objects[key]).hexdigest() for key in cloud.confirmed} == {
        key: key for key in cloud.confirmed
    }
    newest = {file for _, file in dict(recorded).items()}
    assert newest <= cloud.confirmed <= {file for _, file in recorded}


def must_be_whole(folder: Path, day: Day) -> list[tuple[str, str]]:
    """Fail unless the records add up and every file is whole.

    Returns:
        Each person's number with the digest of each file that was recorded of them, oldest first.
    """
    with closing(sqlite3.connect(f"{(folder / DATABASE).as_uri()}?mode=ro", uri=True)) as records:
        assert records.execute("pragma integrity_check").fetchall() == [("ok",)]
        unfinished = records.execute(OPEN).fetchall()
        assert not unfinished, f"not finished: {unfinished}"
        assert records.execute(DOES_NOT_ADD_UP, (day.people,)).fetchone() == (0,)
        rows = records.execute(
            "select candidate_external_id, file_sha256, relative_path from resumes order by position"
        ).fetchall()
    portal = ListedPortal(day.people, day.number, long=day.long)
    newest = {number: (digest, path) for number, digest, path in rows}
    assert sorted(newest) == sorted(portal.numbers)
    there = {
        path.relative_to(folder / RESUMES).as_posix(): path.read_bytes()
        for path in (folder / RESUMES).rglob("*")
        if path.is_file()
    }
    wanted = {path: portal.resume(number).pdf for number, (_, path) in newest.items()}
    assert sorted(there) == sorted(wanted), f"there are {sorted(there)}"
    wrong = [(path, len(data)) for path, data in there.items() if data != wanted[path]]
    assert not wrong, f"not what the portal has: {wrong}"
    assert {path: sha256(data).hexdigest() for path, data in there.items()} == {
        path: digest for digest, path in newest.values()
    }
    return [(number, digest) for number, digest, _ in rows]
