"""The cases of the public TUF conformance suite, retold, put to `tools/tuf-client`: no failures expected.

The suite is no package that could be installed; its cases are told again here in our words, over a
repository of our own. They are grouped as its files are. Only its recorded repositories are not here.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from securesystemslib.signer import CryptoSigner

from tests.support.conformance import AnyRepository, Client
from tests.support.tuf_server import serve

PAST = datetime.now(UTC).replace(microsecond=0) - timedelta(days=5)


@pytest.fixture
def repository() -> AnyRepository:
    """A repository with nothing in it."""
    return AnyRepository()


@pytest.fixture
def client(repository: AnyRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client that knows its first root."""
    with serve(repository.files) as server:
        made = Client(tmp_path, server, monkeypatch)
        assert made.init(repository.served("root")) == 0
        yield made


# Basics


@pytest.mark.parametrize("is_program", [False, True], ids=["in process", "as a program"])
def test_a_first_look(client: Client, is_program: bool) -> None:
    client.is_program = is_program
    assert client.refresh() == 0
    assert client.asked() == ["2.root", "timestamp", "1.snapshot", "1.targets"]
    assert client.trusted() == {"root": 1, "timestamp": 1, "snapshot": 1, "targets": 1}


def test_a_download_looks_first(client: Client) -> None:
    assert client.download("not there") == 1
    assert client.asked() == ["2.root", "timestamp", "1.snapshot", "1.targets"]
    assert client.trusted() == {"root": 1, "timestamp": 1, "snapshot": 1, "targets": 1}


@pytest.mark.parametrize("spoiled", ["version", "signature"])
def test_a_first_root_that_is_none(client: Client, repository: AnyRepository, spoiled: str) -> None:
    root = json.loads(repository.served("root"))
    if spoiled == "version":
        del root["signed"]["version"]
    else:
        root["signatures"][0]["sig"] = "30" * 64
    client.init(json.dumps(root).encode())
    assert client.refresh() == 1
    assert client.asked() == []


UNSIGNED = {
    "root": ["root"],
    "timestamp": ["root"],
    "snapshot": ["root", "timestamp"],
    "targets": ["root", "timestamp", "snapshot"],
}


@pytest.mark.parametrize("role", UNSIGNED)
def test_a_role_that_is_not_signed(client: Client, repository: AnyRepository, role: str) -> None:
    repository.signers[role].clear()
    if role == "root":
        repository.publish("root")
    else:
        repository.publish("targets", "snapshot", "timestamp")
    assert client.refresh() == 1
    assert sorted(client.trusted()) == sorted(UNSIGNED[role])


def test_a_timestamp_that_changes_without_a_version(client: Client, repository: AnyRepository) -> None:
    assert client.refresh() == 0
    client.asked()
    before = client.kept("timestamp")
    repository.signed["timestamp"].snapshot_meta.version = 100
    repository.serve("timestamp")
    assert client.refresh() == 0
    assert client.asked()[-1] == "timestamp"
    assert client.kept("timestamp") == before


def test_hashes_of_metadata(client: Client, repository: AnyRepository) -> None:
    repository.has_hashes = True
    repository.publish("targets", "snapshot", "timestamp")
    assert client.refresh() == 0
    repository.publish("targets", "snapshot")
    repository.signed["snapshot"].meta["targets.json"].hashes["sha256"] = "4" * 64
    repository.serve("snapshot")
    repository.publish("timestamp")
    assert client.refresh() == 1
    assert client.version("snapshot") == 3
    assert client.version("targets") == 2


def test_targets_that_no_snapshot_names(client: Client, repository: AnyRepository) -> None:
    assert client.refresh() == 0
    repository.publish("targets")
    assert client.refresh() == 0
    assert client.asked()[-1] == "timestamp"
    assert client.version("targets") == 1


def test_targets_of_another_version_than_named(client: Client, repository: AnyRepository) -> None:
    assert client.refresh() == 0
    old = repository.served("targets")
    repository.publish("targets", "snapshot", "timestamp")
    repository.files[repository.path("targets")] = old
    assert client.refresh() == 1
    assert client.version("targets") == 1


def test_members_that_nobody_knows(client: Client, repository: AnyRepository) -> None:
    assert client.refresh() == 0
    root = repository.signed["root"]
    root.unrecognized_fields["more"] = "text"
    root.keys[root.roles["root"].keyids[0]].unrecognized_fields["more"] = {"a": 1}
    root.roles["root"].unrecognized_fields["more"] = [1, None]
    repository.publish("root")
    assert client.refresh() == 0
    assert client.version("root") == 2


# Expiry


@pytest.mark.parametrize("role", ["root", "timestamp", "snapshot", "targets"])
def test_a_role_that_is_over(client: Client, repository: AnyRepository, role: str) -> None:
    assert client.refresh() == 0
    repository.signed[role].expires = PAST
    repository.publish("root", "targets", "snapshot", "timestamp")
    assert client.refresh() == 1
    kept = {"root": 2, "timestamp": 1, "snapshot": 1, "targets": 1}
    if role in {"snapshot", "targets"}:
        kept["timestamp"] = 2
    if role == "targets":
        kept["snapshot"] = 2
    assert client.trusted() == kept


def test_what_is_over_still_guards_and_gives_way_to_the_new(
    client: Client, repository: AnyRepository
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    repository.signed["timestamp"].expires = now + timedelta(days=7)
    repository.publish("timestamp")
    assert client.refresh() == 0
    repository.signed["timestamp"].expires = now + timedelta(days=21)
    repository.publish("targets", "snapshot", "timestamp")
    assert client.refresh(days=18) == 0
    assert client.trusted() == {"root": 1, "timestamp": 3, "snapshot": 2, "targets": 2}


def test_what_is_over_still_guards_against_a_rollback(client: Client, repository: AnyRepository) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    repository.signed["timestamp"].expires = now + timedelta(days=7)
    repository.publish("targets", "snapshot", "timestamp")
    assert client.refresh() == 0
    repository.signed["timestamp"].expires = now + timedelta(days=21)
    repository.signed["timestamp"].version = 1
    repository.serve("timestamp")
    assert client.refresh(days=18) == 1
    assert client.version("timestamp") == 2


def _delegated(repository: AnyRepository, until: datetime) -> None:
    repository.delegate("targets", "delegated", ["given/*"], until=until)
    repository.add_file("delegated", "given/first", b"first")
    repository.add_file("delegated", "given/second", b"second")
    repository.publish("delegated", "targets", "snapshot", "timestamp")


def test_a_delegated_role_that_is_over_when_it_is_first_seen(
    client: Client, repository: AnyRepository
) -> None:
    _delegated(repository, PAST)
    assert client.refresh() == 0
    assert client.download("given/first") == 1
    assert client.files() == set()
    assert client.trusted() == {"root": 1, "timestamp": 2, "snapshot": 2, "targets": 2}


def test_a_delegated_role_that_is_over_later(client: Client, repository: AnyRepository) -> None:
    _delegated(repository, datetime.now(UTC).replace(microsecond=0) + timedelta(days=7))
    assert client.download("given/first") == 0
    assert client.download("given/second", days=18) == 1
    assert client.files() == {b"first"}


def test_a_delegated_role_that_was_renewed(client: Client, repository: AnyRepository) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    _delegated(repository, now + timedelta(days=7))
    assert client.download("given/first") == 0
    repository.signed["delegated"].expires = now + timedelta(days=21)
    repository.publish("delegated", "snapshot", "timestamp")
    assert client.download("given/second", days=18) == 0
    assert client.files() == {b"first", b"second"}


# Files


@pytest.mark.parametrize("path", ["file.txt", "path/to/a/file.txt", "a file ä.txt"])
def test_a_file_is_fetched(client: Client, repository: AnyRepository, path: str) -> None:
    repository.add_file("targets", path, b"content")
    repository.publish("targets", "snapshot", "timestamp")
    assert client.refresh() == 0
    assert client.files() == set()
    assert client.download(path) == 0
    assert client.files() == {b"content"}


def test_a_file_is_exchanged(client: Client, repository: AnyRepository) -> None:
    repository.add_file("targets", "one", b"content of one")
    repository.add_file("targets", "two", b"content of two")
    repository.publish("targets", "snapshot", "timestamp")
    assert client.download("one") == 0
    for name in ("one", "two"):
        repository.spoil(name, b"something evil")
    client.download("one")
    assert client.download("two") == 1
    assert client.files() == {b"content of one"}


def test_a_file_that_is_there_is_not_fetched_again(client: Client, repository: AnyRepository) -> None:
    repository.add_file("targets", "one", b"content")
    repository.publish("targets", "snapshot", "timestamp")
    assert client.download("one") == 0
    repository.spoil("one", b"something else")
    assert client.download("one") == 0
    assert client.files() == {b"content"}


def test_several_files_at_once(client: Client, repository: AnyRepository) -> None:
    for name in ("one", "two"):
        repository.add_file("targets", name, name.encode())
    repository.publish("targets", "snapshot", "timestamp")
    assert client.download("one", "two") == 0
    assert client.files() == {b"one", b"two"}


def test_files_that_change_many_times(client: Client, repository: AnyRepository) -> None:
    for number in range(5):
        content = f"content {number}".encode()
        repository.add_file("targets", "file", content)
        repository.add_file("targets", f"new {number}", b"new")
        repository.publish("targets", "snapshot", "timestamp")
        if number % 2 == 0:
            assert client.download("file", f"new {number}") == 0
            assert client.files() == {content, b"new"}
            repository.spoil("file", b"evil")
            client.download("file")
            assert client.files() == {content, b"new"}


# Keys


def _three_of_snapshot(client: Client, repository: AnyRepository) -> None:
    signers = [CryptoSigner.generate_ed25519() for _ in range(4)]
    repository.set_keys("snapshot", signers, signers, 3)
    repository.publish("root", "snapshot", "timestamp")
    assert client.refresh() == 0


def test_keys_that_the_root_has_and_the_snapshot_has_not(client: Client, repository: AnyRepository) -> None:
    _three_of_snapshot(client, repository)
    repository.signed["root"].roles["snapshot"].threshold = 5
    repository.publish("root")
    assert client.refresh() == 1
    repository.signed["root"].add_key(CryptoSigner.generate_ed25519().public_key, "snapshot")
    repository.publish("root", "snapshot", "timestamp")
    assert client.refresh() == 1
    assert client.version("root") == 4
    assert client.version("snapshot") == 2


def test_a_hash_algorithm_of_key_ids_that_is_none(client: Client, repository: AnyRepository) -> None:
    root = repository.signed["root"]
    root.keys[root.roles["snapshot"].keyids[0]].unrecognized_fields["keyid_hash_algorithms"] = ["md5"]
    repository.publish("root", "snapshot", "timestamp")
    assert client.refresh() == 0
    assert client.version("root") == 2


def test_a_threshold_that_is_not_reached(client: Client, repository: AnyRepository) -> None:
    assert client.refresh() == 0
    for _ in range(4):
        repository.add_key("snapshot")
    repository.signed["root"].roles["snapshot"].threshold = 6
    repository.publish("root", "snapshot", "timestamp")
    assert client.refresh() == 1
    assert client.version("snapshot") == 1


@pytest.mark.parametrize("has_names", [False, True], ids=["one name", "names of its own"])
def test_one_key_many_times(client: Client, repository: AnyRepository, has_names: bool) -> None:
    assert client.refresh() == 0
    signer, root = CryptoSigner.generate_ed25519(), repository.signed["root"]
    repository.signers["snapshot"].append(signer)
    for number in range(9):
        keyid = f"{number:064d}" if has_names else signer.public_key.keyid
        root.add_key(type(signer.public_key).from_dict(keyid, signer.public_key.to_dict()), "snapshot")
    root.roles["snapshot"].threshold = 6
    repository.publish("root", "snapshot", "timestamp")
    assert client.refresh() == 1
    assert client.version("snapshot") == 1


KINDS: dict[str, Callable[[], CryptoSigner]] = {
    "ed25519": CryptoSigner.generate_ed25519,
    "ecdsa": CryptoSigner.generate_ecdsa,
    "rsa pss": lambda: CryptoSigner.generate_rsa(scheme="rsassa-pss-sha256"),
    "rsa pkcs": lambda: CryptoSigner.generate_rsa(scheme="rsa-pkcs1v15-sha256"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_keys(client: Client, repository: AnyRepository, kind: str) -> None:
    signer = KINDS[kind]()
    repository.set_keys("snapshot", [signer], [signer], 1)
    repository.publish("root", "snapshot", "timestamp")
    assert client.refresh() == 0
    assert client.version("snapshot") == 2


# Names of roles


@pytest.mark.parametrize("role", ["?", "#", "/delegatedrole", "../delegatedrole"])
def test_a_role_of_an_unusual_name(client: Client, repository: AnyRepository, role: str) -> None:
    repository.delegate("targets", role, ["*"])
    repository.publish(role, "targets", "snapshot", "timestamp")
    # The server takes paths as they are quoted, and so does this repository.
    repository.files[f"metadata/1.{role}.json"] = repository.served(role)
    assert client.download("not there") == 1
    assert f"1.{role}" in client.asked()
    assert client.trusted()[quote(role, safe="")] == 1
    assert len(client.trusted()) == 5
