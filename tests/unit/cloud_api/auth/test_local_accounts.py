"""Checking passwords of one machine has a limit of what it costs. The rest is tested on a real database."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher

from cloud_api.auth.local_accounts import HASHES_AT_ONCE, LocalAccounts
from cloud_api.auth.tokens import LocalSigner
from cloud_api.db.pool import Database


def now() -> datetime:
    return datetime.now(UTC)


def test_many_tries_at_once_do_not_take_the_machines_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = LocalAccounts(Database("postgresql://nobody@127.0.0.1:1/none"), LocalSigner(now), now)
    lock, running, most = threading.Lock(), 0, 0
    everybody = threading.Barrier(HASHES_AT_ONCE)

    def verify(_: PasswordHasher, password_hash: str, password: str) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        everybody.wait(30)  # as many as may are inside at the same time, and nobody else gets in
        with lock:
            running -= 1
        return password_hash == password

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    with ThreadPoolExecutor(HASHES_AT_ONCE * 5) as tries:
        found = list(tries.map(lambda number: accounts._matches("1", str(number)), range(HASHES_AT_ONCE * 5)))
    assert found == [number == 1 for number in range(HASHES_AT_ONCE * 5)]
    assert most == HASHES_AT_ONCE
