"""What a draft or a repository says, in lines that people read before they sign or after they published."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from signing.release.public_keys import name_of
from update_manifest.release import duties
from update_manifest.release.change import Change
from update_manifest.release.duties import DUTIES, EXPOSURE, HALT, ROOT, SNAPSHOT, TARGETS, TIMESTAMP
from update_manifest.release.repository import Repository, halt_path, is_list
from update_manifest.release.signatures import missing

SOON = {ROOT: timedelta(days=60), SNAPSHOT: timedelta(days=2), TIMESTAMP: timedelta(hours=12)}
SOON_ELSE = timedelta(days=21)


def draft_lines(change: Change) -> Iterator[str]:
    """Return what signing a draft would say."""
    yield f"This draft: {change.head.what}"
    root = change.believed()
    which = "proposed" if change.root else "that counts now"
    # Of what is signed, without the signatures: it stays what the minutes of the ceremony say.
    fingerprint = hashlib.sha256(root.signed_bytes).hexdigest()
    yield f"root file {root.signed.version}, {which}; its fingerprint is {fingerprint[:16]}"
    if change.root:
        targets = change.roles.get(TARGETS) or change.delegator
        keys = duties.keys_of(change.root.signed, targets.signed if targets else None)
        yield from _keys(keys, duties.thresholds_of(change.root.signed))
    for path, content in sorted(change.lists().items()):
        yield from _list_lines(path, content)
    for role in (EXPOSURE, HALT):
        for path, text in sorted(change.files.items()):
            if path.startswith(f"{role}/") and role in change.roles:
                yield f"{path}: {json.dumps(json.loads(text), sort_keys=True)}"
    for one in missing(change):
        yield f"waits for signatures: {one}"


def repository_lines(repository: Repository, now: datetime) -> Iterator[str]:
    """Return who may sign what, until when it is believed, and who is offered which release."""
    root = repository.root.signed
    yield from _keys(duties.keys_of(root, repository.role(TARGETS).signed), duties.thresholds_of(root))
    yield from end_dates(repository, now)
    files = repository.files()
    for path, content in sorted(repository.lists().items()):
        feed = json.loads(files.get(f"{EXPOSURE}/{path}", b'{"builds": {}}'))
        halted = json.loads(files.get(halt_path(path.split("/")[0]), b"{}"))
        yield from _list_lines(path, content, feed, halted)


def end_dates(repository: Repository, now: datetime, *, soon_only: bool = False) -> Iterator[str]:
    """Return until when each role is believed, and what to do when that is soon."""
    ends: dict[str, datetime] = {
        ROOT: repository.root.signed.expires,
        **{role: metadata.signed.expires for role, metadata in repository.roles().items()},
        SNAPSHOT: repository.snapshot.signed.expires,
        TIMESTAMP: repository.timestamp.signed.expires,
    }
    for role, end in ends.items():
        soon = end - now < SOON.get(role, SOON_ELSE)
        if soon or not soon_only:
            remedy = {ROOT: "renew --root", SNAPSHOT: "timestamp", TIMESTAMP: "timestamp"}.get(role, "renew")
            yield f"{role} is believed until {end:%Y-%m-%d %H:%M} UTC" + (f"; now: {remedy}" if soon else "")


def _keys(keys: duties.Keys, thresholds: Mapping[str, int]) -> Iterator[str]:
    for duty in DUTIES:
        if keys.get(duty):
            names = ", ".join(f"{name_of(key)} ({key.keyid[:8]}, {key.scheme})" for key in keys[duty])
            yield f"{duty}: {thresholds[duty]} of {names}"


def _list_lines(
    path: str,
    content: Mapping[str, Any],
    feed: Mapping[str, Any] | None = None,
    halted: Mapping[str, Any] | None = None,
) -> Iterator[str]:
    assert is_list(path)  # noqa: S101 - whoever calls takes them from there
    disabled = set(content.get("disabled", ()))
    safe = f", safe from {content['min_safe']}" if content.get("min_safe") else ""
    yield f"{path}: {len(content['releases'])} releases{safe}"
    for one in content["releases"]:
        words = [f"build {one['build']}", f"{one['length']:,} bytes", f"{len(one.get('deltas', ()))} deltas"]
        words += ["critical"] if one.get("critical") else []
        words += ["disabled"] if one["version"] in disabled else []
        words += _offered(one, feed, halted or {}) if feed is not None else []
        words.append(f"archive {one['sha256'][:16]}")
        yield f"  {one['version']}: {', '.join(words)}"


def _offered(one: Mapping[str, Any], feed: Mapping[str, Any], halted: Mapping[str, Any]) -> list[str]:
    stage = feed["builds"].get(str(one["build"]))
    words = [f"{stage['percent']:g} %" if stage else "offered to nobody yet"]
    words += ["paused"] if stage and stage.get("pause") else []
    words += [
        f"{kind} by the one on call"
        for kind in ("paused", "disabled")
        if one["version"] in halted.get(kind, ())
    ]
    return words
