"""Tries are counted in the database: exactly, by all processes together, until their time is over."""

import hashlib
import sys
import threading
from subprocess import PIPE, Popen
from uuid import uuid4

import pytest

from cloud_api.auth.limits import Door, Tries, TryLimits
from cloud_api.errors import TooManyRequests
from cloud_api.settings import Limit
from protocol.reasons import Reason
from tests.support.office import World
from tests.support.tree import ROOT

HOUR = 3600
CHILD = """
import sys
from cloud_api.auth.limits import Door, TryLimits
from cloud_api.db.pool import Database
from cloud_api.errors import TooManyRequests
from cloud_api.settings import Limit

database = Database(sys.stdin.readline().strip())
database.open()
limits, let_in = TryLimits(database), 0
for _ in range(20):
    try:
        limits.count(Door.ACCOUNT, sys.argv[1], Limit(25, 3600))
        let_in += 1
    except TooManyRequests:
        pass
print(let_in)
database.close()
"""


def let_in(limits: TryLimits, who: str, limit: Limit, tries: int, door: Door = Door.SIGNING_IN) -> int:
    """Return how many of so many tries are let through."""
    counted = 0
    for _ in range(tries):
        try:
            limits.count(door, who, limit)
        except TooManyRequests:
            continue
        counted += 1
    return counted


def test_a_caller_has_their_tries_at_each_door_and_no_more(office_world: World) -> None:
    limits, limit, who = TryLimits(office_world.database), Limit(3, HOUR), str(uuid4())
    assert let_in(limits, who, limit, 5) == 3
    assert let_in(limits, who.upper(), limit, 5) == 0  # an address is the same in any case
    assert let_in(limits, who, limit, 5, Door.PAIRING) == 3
    assert let_in(limits, str(uuid4()), limit, 5) == 3
    with pytest.raises(TooManyRequests) as refused:
        limits.count(Door.SIGNING_IN, who, limit)
    assert refused.value.reason is Reason.REQUEST_TOO_MANY
    assert 0 < refused.value.facts["retry_after_seconds"] <= HOUR


def test_a_window_that_is_over_is_a_new_one(office_world: World) -> None:
    limits, limit, who = TryLimits(office_world.database), Limit(2, HOUR), str(uuid4())
    assert let_in(limits, who, limit, 3) == 2
    office_world.run(
        "update app.tries set ends_at = clock_timestamp() where key_hash = %s",
        hashlib.sha256(f"signing-in\0{who}".encode()).digest(),
    )
    assert let_in(limits, who, limit, 3) == 2


def test_success_forgets_and_failure_does_not(office_world: World) -> None:
    tries = Tries(TryLimits(office_world.database), Door.ACCOUNT, Limit(2, HOUR))
    who = str(uuid4())
    for _ in range(5):
        with tries.attempt(who):
            pass
    for _ in range(2):
        with pytest.raises(ValueError, match="wrong"), tries.attempt(who):
            raise ValueError("wrong")
    with pytest.raises(TooManyRequests), tries.attempt(who):
        pytest.fail("this try is one too many")


def test_many_at_once_get_exactly_as_many_as_one_after_the_other(office_world: World) -> None:
    limits, who = TryLimits(office_world.database), str(uuid4())
    counted: list[int] = []

    def act() -> None:
        counted.append(let_in(limits, who, Limit(17, HOUR), 10))

    threads = [threading.Thread(target=act) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counted) == 17


def test_two_processes_count_as_one(office_world: World) -> None:
    who, url = str(uuid4()), str(office_world.database._pool.conninfo)
    command = [sys.executable, "-c", CHILD, who]
    children = [Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) for _ in range(2)]
    for child in children:
        assert child.stdin is not None
        child.stdin.write(f"{url}\n")
        child.stdin.flush()
    told = [child.communicate()[0] for child in children]
    assert sum(int(text) for text in told) == 25


def test_what_is_over_is_not_kept_and_nobody_is_named(office_world: World) -> None:
    limits = TryLimits(office_world.database)
    for _ in range(8):
        limits.count(Door.ACCOUNT, f"{uuid4()}@example.com", Limit(1, 1))
    office_world.run("update app.tries set ends_at = now() - interval '1 hour'")
    for _ in range(3):
        limits.count(Door.ACCOUNT, "canary@example.com", Limit(100, HOUR))
    assert office_world.value("select count(*) from app.tries where ends_at < now()") == 0
    assert "canary" not in str(office_world.rows("select * from app.tries"))
