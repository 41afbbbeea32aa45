"""The conformance suite's cases of rollbacks, recoveries, delegations and rotations, retold."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from securesystemslib.signer import CryptoSigner

from tests.support.conformance import AnyRepository, Client
from tests.support.tuf_server import serve


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


# Rollbacks, and getting out of a fast-forward


def test_a_snapshot_that_goes_back_unnamed(client: Client, repository: AnyRepository) -> None:
    repository.publish("snapshot", "timestamp")
    assert client.refresh() == 0
    client.asked()
    repository.signed["snapshot"].version = 1
    repository.serve("snapshot")
    assert client.refresh() == 0
    assert client.asked()[-1] == "timestamp"
    assert client.version("snapshot") == 2


def test_a_timestamp_that_goes_back(client: Client, repository: AnyRepository) -> None:
    repository.publish("timestamp")
    assert client.refresh() == 0
    client.asked()
    repository.signed["timestamp"].version = 1
    repository.serve("timestamp")
    assert client.refresh() == 1
    assert client.asked()[-1] == "timestamp"
    assert client.version("timestamp") == 2


@pytest.mark.parametrize("has_hashes", [False, True])
def test_a_snapshot_that_goes_back(client: Client, repository: AnyRepository, has_hashes: bool) -> None:
    repository.has_hashes = has_hashes
    repository.publish("snapshot", "timestamp")
    assert client.refresh() == 0
    client.asked()
    repository.signed["snapshot"].version = 1
    repository.serve("snapshot")
    repository.publish("timestamp")
    assert client.refresh() == 1
    assert client.asked()[-1] == "timestamp"
    assert client.trusted() == {"root": 1, "timestamp": 2, "snapshot": 2, "targets": 1}


@pytest.mark.parametrize("has_hashes", [False, True])
def test_targets_that_go_back(client: Client, repository: AnyRepository, has_hashes: bool) -> None:
    repository.has_hashes = has_hashes
    repository.publish("targets", "targets", "snapshot", "timestamp")
    assert client.refresh() == 0
    repository.signed["targets"].version = 1
    repository.serve("targets")
    repository.publish("snapshot", "timestamp")
    assert client.refresh() == 1
    assert client.version("snapshot") == 2
    assert client.version("targets") == 3


def test_a_snapshot_of_another_version_than_named(client: Client, repository: AnyRepository) -> None:
    repository.signed["snapshot"].version = 2
    repository.files["metadata/1.snapshot.json"] = b""
    repository.serve("snapshot")
    repository.files["metadata/1.snapshot.json"] = repository.files.pop("metadata/2.snapshot.json")
    assert client.refresh() == 1
    assert client.asked()[-1] == "1.snapshot"
    assert client.trusted() == {"root": 1, "timestamp": 1}


@pytest.mark.parametrize(
    ("forward", "rotated"),
    [("targets", ["snapshot"]), ("snapshot", ["snapshot", "timestamp"]), ("timestamp", ["timestamp"])],
    ids=["targets", "snapshot", "timestamp"],
)
def test_a_fast_forward_is_got_out_of(
    client: Client, repository: AnyRepository, forward: str, rotated: list[str]
) -> None:
    repository.signed[forward].version = 99_999
    for role in ("targets", "snapshot", "timestamp"):
        repository.publish(role)
    assert client.refresh() == 0
    assert client.version(forward) == 100_000
    for role in rotated:
        repository.rotate(role)
    repository.signed[forward].version = 1
    repository.publish("root")
    repository.serve(forward)
    for role in ("snapshot", "timestamp"):
        repository.publish(role, bump=role != forward)
    assert client.refresh() == 0
    assert client.version(forward) == 1


# Delegations


class Delegation(NamedTuple):
    """One role that another delegates to."""

    by: str
    to: str
    terminating: bool = False
    paths: tuple[str, ...] = ("*",)


GRAPHS: dict[str, tuple[list[Delegation], list[str]]] = {
    "one": ([Delegation("targets", "A")], ["A"]),
    "two": ([Delegation("targets", "A"), Delegation("targets", "B")], ["A", "B"]),
    "two levels": (
        [Delegation("targets", "A"), Delegation("targets", "B"), Delegation("B", "C")],
        ["A", "B", "C"],
    ),
    "depth first": (
        [
            Delegation("targets", "A"),
            Delegation("targets", "B"),
            Delegation("A", "C"),
            Delegation("A", "D"),
        ],
        ["A", "C", "D", "B"],
    ),
    "depth first over three levels": (
        [
            Delegation("targets", "A"),
            Delegation("targets", "B"),
            Delegation("A", "C"),
            Delegation("C", "D"),
        ],
        ["A", "C", "D", "B"],
    ),
    "terminating": (
        [
            Delegation("targets", "A"),
            Delegation("targets", "B"),
            Delegation("A", "C", terminating=True),
            Delegation("A", "D"),
        ],
        ["A", "C"],
    ),
    "terminating, with descendants": (
        [
            Delegation("targets", "A"),
            Delegation("targets", "B"),
            Delegation("A", "C", terminating=True),
            Delegation("C", "D"),
        ],
        ["A", "C", "D"],
    ),
    "other paths": (
        [
            Delegation("targets", "A", paths=("*.py",)),
            Delegation("targets", "B"),
            Delegation("A", "C"),
        ],
        ["B"],
    ),
    "other paths below": (
        [
            Delegation("targets", "A"),
            Delegation("targets", "B"),
            Delegation("A", "C", paths=("*.py",)),
            Delegation("C", "D"),
        ],
        ["A", "B"],
    ),
    "a circle": (
        [
            Delegation("targets", "A"),
            Delegation("targets", "B"),
            Delegation("B", "C"),
            Delegation("C", "D"),
            Delegation("D", "B"),
        ],
        ["A", "B", "C", "D"],
    ),
    "two ways to one": (
        [
            Delegation("targets", "A"),
            Delegation("targets", "B"),
            Delegation("B", "C"),
            Delegation("A", "C"),
        ],
        ["A", "C", "B"],
    ),
    "two ways to one, one for other paths": (
        [
            Delegation("targets", "A"),
            Delegation("targets", "B"),
            Delegation("B", "C"),
            Delegation("A", "C", paths=("*.py",)),
        ],
        ["A", "B", "C"],
    ),
}


def _publish(repository: AnyRepository, delegations: list[Delegation]) -> None:
    roles: set[str] = set()
    for one in delegations:
        repository.delegate(one.by, one.to, list(one.paths), terminating=one.terminating)
        roles |= {one.by, one.to}
    for role in roles - {"targets"}:
        repository.publish(role)
    repository.publish("targets", "snapshot", "timestamp")


@pytest.mark.parametrize("graph", GRAPHS)
def test_roles_are_asked_in_their_order(client: Client, repository: AnyRepository, graph: str) -> None:
    delegations, order = GRAPHS[graph]
    _publish(repository, delegations)
    assert client.download("missing") == 1
    assert client.asked()[4:] == [f"1.{role}" for role in order]


WANTED = {
    "of targets itself": ("plain", True, []),
    "by an ending": ("README.md", True, ["A"]),
    "by a folder": ("releases/x/x_v1", True, ["B", "C"]),
    "by a folder and an ending": ("releases/y/y_v1.zip", True, ["B", "D"]),
    "not given down the whole chain": ("releases/z/z_v1.zip", False, ["B"]),
}


@pytest.mark.parametrize("wanted", WANTED)
def test_a_file_is_found_where_it_was_given(client: Client, repository: AnyRepository, wanted: str) -> None:
    tree = [
        Delegation("targets", "A", paths=("*.doc", "*.md")),
        Delegation("targets", "B", paths=("releases/*/*",)),
        Delegation("B", "C", paths=("releases/x/*",)),
        Delegation("B", "D", paths=("releases/y/*.zip",)),
    ]
    for one in tree:
        repository.delegate(one.by, one.to, list(one.paths))
    for role, path in (
        ("targets", "plain"),
        ("A", "README.md"),
        ("C", "releases/x/x_v1"),
        ("D", "releases/y/y_v1.zip"),
        ("D", "releases/z/z_v1.zip"),
    ):
        repository.add_file(role, path, path.encode())
    _publish(repository, tree)
    path, is_found, order = WANTED[wanted]
    assert client.download(path) == (0 if is_found else 1)
    assert client.files() == ({path.encode()} if is_found else set())
    assert client.asked()[4:] == [f"1.{role}" for role in order]


# Rotations


class Version(NamedTuple):
    """Keys that a version names, how many must sign, and who does."""

    keys: list[int]
    threshold: int
    by: list[int]


FIVE, NEXT = [0, 1, 2, 3, 4], [5, 6, 7, 8, 9]
ROOTS: dict[str, tuple[list[Version], bool]] = {
    "one for another": ([Version([1], 1, [1]), Version([2], 1, [2, 1]), Version([2], 1, [2])], True),
    "with strangers' signatures": (
        [Version([1], 1, [3, 1, 4]), Version([2], 1, [3, 2, 1, 4]), Version([2], 1, [3, 2, 4])],
        True,
    ),
    "three of five, others each time": (
        [Version(FIVE, 3, [0, 2, 4]), Version(FIVE, 3, [0, 4, 1]), Version(FIVE, 3, [0, 1, 3])],
        True,
    ),
    "one of five": ([Version(FIVE, 3, [0, 2, 4]), Version([0, 1, 3, 4, 5], 3, [0, 4, 1])], True),
    "one of five, in between": (
        [
            Version(FIVE, 3, [0, 2, 4]),
            Version([0, 1, 3, 4, 5], 3, [0, 2, 4, 5]),
            Version([0, 1, 3, 4, 5], 3, [0, 4, 5]),
        ],
        True,
    ),
    "all five, in between": (
        [Version(FIVE, 3, [0, 2, 4]), Version(NEXT, 3, [0, 2, 4, 5, 6, 7]), Version(NEXT, 3, [5, 6, 7])],
        True,
    ),
    "threshold up": ([Version([1, 2, 3], 1, [1]), Version([1, 2, 3], 2, [1, 2])], True),
    "threshold down": (
        [Version([1, 2, 3], 2, [1, 2]), Version([1, 2, 3], 1, [1, 2]), Version([1, 2, 3], 1, [1])],
        True,
    ),
    "threshold up with a new key": ([Version([1], 1, [1]), Version([1, 2], 2, [1, 2])], True),
    "not by the old": ([Version([1], 1, [1]), Version([2], 1, [2, 3, 4])], False),
    "not by the new": ([Version([1], 1, [1]), Version([2], 1, [1, 3, 4])], False),
    "not by three new": ([Version(FIVE, 3, [0, 2, 4]), Version([0, 1, 3, 4, 5], 3, [0, 2, 4])], False),
    "not by three old": ([Version(FIVE, 3, [0, 2, 4]), Version([0, 1, 3, 4, 5], 3, [0, 4, 5])], False),
    "new threshold not reached": ([Version([1, 2, 3], 1, [1]), Version([1, 2, 3], 2, [2])], False),
    "old threshold not reached": ([Version([1, 2, 3], 2, [1, 2]), Version([1, 2, 3], 1, [1])], False),
}


@pytest.mark.parametrize("rotation", ROOTS)
def test_a_chain_of_roots(client: Client, repository: AnyRepository, rotation: str) -> None:
    signers = [CryptoSigner.generate_ed25519() for _ in range(10)]
    versions, is_good = ROOTS[rotation]
    repository.signed["root"].version = 0
    served = []
    for version in versions:
        named, by = ([signers[one] for one in part] for part in (version.keys, version.by))
        repository.set_keys("root", named, by, version.threshold)
        repository.publish("root")
        served.append(repository.served("root"))
    client.init(served[0])
    assert client.refresh() == (0 if is_good else 1)
    assert client.kept("root") == served[-1 if is_good else -2]


OTHERS: dict[str, tuple[Version, bool]] = {
    "one for another": (Version([2], 1, [2]), True),
    "with strangers' signatures": (Version([1], 1, [3, 1, 4]), True),
    "not by the new": (Version([2], 1, [1, 3, 4]), False),
    "three of five, one a stranger": (Version([0, 1, 3, 4, 5], 3, [0, 2, 4]), False),
    "two of five": (Version([0, 1, 3, 4, 5], 3, [0, 4]), False),
    "three of five": (Version(FIVE, 3, [0, 2, 4]), True),
    "three others of five": (Version(FIVE, 3, [0, 4, 1]), True),
    "the third three of five": (Version(FIVE, 3, [0, 1, 3]), True),
    "the middle three of five": (Version(FIVE, 3, [1, 2, 3]), True),
    "the last three of five": (Version(FIVE, 3, [2, 3, 4]), True),
}


@pytest.mark.parametrize("rotation", OTHERS)
def test_keys_of_other_roles(client: Client, repository: AnyRepository, rotation: str) -> None:
    signers = [CryptoSigner.generate_ed25519() for _ in range(6)]
    version, is_good = OTHERS[rotation]
    named, by = ([signers[one] for one in part] for part in (version.keys, version.by))
    for role in ("timestamp", "snapshot", "targets"):
        repository.set_keys(role, named, by, version.threshold)
        repository.publish("root")
        repository.publish("targets", "snapshot", "timestamp")
        assert client.refresh() == (0 if is_good else 1)
        if is_good:
            assert client.kept(role) == repository.served(role)
