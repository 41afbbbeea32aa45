"""A publishing that ends in the middle: clients find the old repository whole, or the new one."""

from pathlib import Path

import pytest

from signing.release.key_uri import KeyUri
from signing.release.signers import open_signer
from tests.support.release_desk import PASSPHRASE, ReleaseDesk
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.release import change, placing, publishing


class PowerCutError(Exception):
    """The machine stopped."""


def cut_after(desk: ReleaseDesk, draft: str, writes: int, *online: str) -> bool:
    """Publish, and stop after so many files; tell whether it got to its end before."""
    done = 0

    def put(path: Path, content: bytes | Path) -> None:
        nonlocal done
        if done == writes:
            path.with_name(f".{path.name}.new").write_bytes(b"half a fi")
            raise PowerCutError
        placing.put(path, content)
        done += 1

    signers = [
        open_signer(KeyUri.parse(desk.key(name)), lambda _: PASSPHRASE) for name in online or ("online",)
    ]
    made = change.load(desk.folder / draft)
    try:
        publishing.publish(desk.repository, made, signers, desk.now, put=put)
    except PowerCutError:
        return False
    return True


def newest(desk: ReleaseDesk, client: str) -> str:
    return desk.read(client).releases.releases[0].version


def test_a_release_is_there_whole_or_not_at_all(desk: ReleaseDesk) -> None:
    desk.assemble("1.1.0", 110)
    desk.sign("1.1.0", "anna", "ben", "anna")
    writes, found = 0, set()
    while not cut_after(desk, "1.1.0", writes):
        assert newest(desk, f"new {writes}") == newest(desk, "the same") == "1.0.0"
        writes += 1
    found.add(newest(desk, "the same"))
    assert writes >= 4
    assert found == {"1.1.0"}
    desk.type("verify --repository {repository}")


def rotation(desk: ReleaseDesk, options: str, *by: str) -> None:
    desk.type(
        "root rotate --repository {repository} --into {draft} " + options, draft=desk.folder / "rotated"
    )
    desk.sign("rotated", *by)


def test_keys_change_without_a_gap_when_those_who_stay_sign(desk: ReleaseDesk) -> None:
    desk.make_keys("dora", "online2")
    rotation(
        desk,
        f"--remove targets cleo --add targets {desk.public('dora')} "
        f"--remove online online --add online {desk.public('online2')}",
        "anna-root",
        "ben-root",
        "anna",
        "ben",
    )
    writes = 0
    while not cut_after(desk, "rotated", writes, "online", "online2"):
        assert newest(desk, f"new {writes}") == newest(desk, "the same") == "1.0.0"
        writes += 1
    assert newest(desk, "the same") == "1.0.0"
    desk.type("verify --repository {repository}")


def test_when_old_keys_cannot_sign_clients_wait_and_the_same_command_finishes(desk: ReleaseDesk) -> None:
    desk.make_keys("dora", "emil")
    rotation(
        desk,
        f"--remove targets cleo --remove targets ben --add targets {desk.public('dora')} "
        f"--add targets {desk.public('emil')}",
        "anna-root",
        "ben-root",
        "dora",
        "emil",
    )
    refused, writes = [], 0
    while not cut_after(desk, "rotated", writes):
        try:
            assert newest(desk, f"client {writes}") == "1.0.0"
        except UpdateError as error:
            refused.append(error.reason)
        writes += 1
    assert len(refused) == 1, "only between the last two files"
    assert refused[0] in {
        UpdateReason.SIGNATURE_INVALID,
        UpdateReason.BELOW_THRESHOLD,
        UpdateReason.KEY_REVOKED,
    }
    assert newest(desk, "after") == "1.0.0"


def test_two_do_not_publish_at_once(desk: ReleaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    second: list[int] = []

    def put(path: Path, content: bytes | Path) -> None:
        if not second:
            second.append(
                desk.try_to("timestamp --repository {repository} --online-key {key}", key=desk.key("online"))
            )
        placing.put(path, content)

    monkeypatch.setattr("update_manifest.release.publishing.put", put)
    online = open_signer(KeyUri.parse(desk.key("online")), lambda _: PASSPHRASE)
    publishing.confirm(desk.repository, [online], desk.now)
    assert second == [1]
    assert "somebody else publishes" in desk.said
