"""The inventory of a file store: each object with what its bytes really are, one a line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from cloud_api.resumes.keys import BUCKET_PART
from cloud_api.resumes.object_store import ObjectMissing, ObjectStore


@dataclass(frozen=True)
class Item:
    """One object."""

    key: str
    length: int
    sha256: str


def take(objects: ObjectStore) -> Iterator[Item]:
    """Read every object and yield what it is; one that is removed meanwhile is left out."""
    for found in sorted(objects.objects(BUCKET_PART), key=lambda item: item.key):
        try:
            digest = objects.digest(found.key)
        except ObjectMissing:
            continue
        yield Item(found.key, digest.length, digest.sha256)


def write(path: Path, items: Iterable[Item]) -> int:
    """Write an inventory, and return how many objects it has."""
    count = 0
    with path.open("w", encoding="utf-8") as target:
        for item in items:
            target.write(json.dumps(asdict(item)) + "\n")
            count += 1
    return count


def read(path: Path) -> Iterator[Item]:
    """Yield what an inventory says."""
    with path.open(encoding="utf-8") as source:
        for line in source:
            yield Item(**json.loads(line))


def missing(items: Iterable[Item], objects: ObjectStore) -> list[str]:
    """Say which objects of an inventory the store does not hold as they were; newer ones do no harm."""
    told = []
    for item in items:
        try:
            found = objects.digest(item.key)
        except ObjectMissing:
            told.append(f"object {name_of(item)} is gone")
            continue
        if (found.length, found.sha256) != (item.length, item.sha256):
            told.append(f"object {name_of(item)} has other bytes")
    return told


def name_of(item: Item) -> str:
    """Name an object without its key, which holds a person's number and file name."""
    return item.sha256[:16]
