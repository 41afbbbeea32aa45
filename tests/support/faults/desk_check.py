"""What must be true of a computer's folders after a fault, once it was started again and had nothing left."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from tests.support.faults.desk import DATABASE, RESUMES, Day
from tests.support.faults.people import ListedPortal

OPEN = (
    "select (select count(*) from outbox) + (select count(*) from uploads)"
    " + (select count(*) from jobs where status <> 'success')"
)
"""What is not finished."""

DOES_NOT_ADD_UP = (
    "select count(*) from jobs where listed <> stored + skipped + failed or listed <> ?"
    " or (listed, stored, skipped, failed) is not (select count(*), coalesce(sum(state = 'stored'), 0),"
    " coalesce(sum(state = 'skipped'), 0), coalesce(sum(state = 'failed'), 0)"
    " from listings where listings.job_id = jobs.job_id)"
)


def must_be_whole(folder: Path, day: Day, newest_only: bool = False) -> list[tuple[str, str]]:
    """Fail unless the records add up and every file is whole.

    Returns:
        Each person's number with the digest of each file that was recorded of them.
    """
    with closing(sqlite3.connect(f"{(folder / DATABASE).as_uri()}?mode=ro", uri=True)) as records:
        assert records.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert records.execute(OPEN).fetchone() == (0,), "something is not finished"
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
    assert there == {path: portal.resume(number).pdf for number, (_, path) in newest.items()}
    assert {path: sha256(data).hexdigest() for path, data in there.items()} == {
        path: digest for digest, path in newest.values()
    }
    if newest_only:
        return [(number, digest) for number, (digest, _) in newest.items()]
    return [(number, digest) for number, digest, _ in rows]
