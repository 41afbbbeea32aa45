"""The roles of the repository: who signs what, how many of them, and for how long it is believed.

A key has one duty only: whoever steals the key that turns the roll-out must not be able to sign a release.
`snapshot` and `timestamp` are one duty, `online`, because one machine does both.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from securesystemslib.signer import Key
from tuf.api.metadata import (
    TOP_LEVEL_ROLE_NAMES,
    DelegatedRole,
    Delegations,
    Metadata,
    Role,
    Root,
    Targets,
)

from signing.release.public_keys import name_of
from update_manifest.release.errors import NotDoneError

ROOT, TARGETS, SNAPSHOT, TIMESTAMP = "root", "targets", "snapshot", "timestamp"
EXPOSURE, HALT, ONLINE = "exposure", "halt", "online"
DUTIES = (ROOT, TARGETS, EXPOSURE, HALT, ONLINE)
DELEGATED: Mapping[str, tuple[str, ...]] = {EXPOSURE: ("exposure/*/*",), HALT: ("halt/*",)}
"""Role -> the paths that it may speak of, and nothing else."""
THRESHOLDS = {ROOT: 2, TARGETS: 2, EXPOSURE: 1, HALT: 1, ONLINE: 1}
DAYS = {ROOT: 365, TARGETS: 90, EXPOSURE: 90, HALT: 90, SNAPSHOT: 7, TIMESTAMP: 2}

Keys = Mapping[str, tuple[Key, ...]]
"""Duty -> who has it."""


def expiry(role: str, now: datetime) -> datetime:
    """Return until when something that a role signs now is believed; whole seconds, as TUF writes them."""
    return now.replace(microsecond=0) + timedelta(days=DAYS[role])


def keys_of(root: Root, targets: Targets | None) -> dict[str, tuple[Key, ...]]:
    """Return who has which duty."""
    found = {
        duty: tuple(root.keys[keyid] for keyid in root.roles[role].keyids)
        for duty, role in ((ROOT, ROOT), (TARGETS, TARGETS), (ONLINE, TIMESTAMP))
    }
    delegations = targets.delegations if targets else None
    for role in DELEGATED:
        held = (delegations.roles or {}).get(role) if delegations else None
        found[role] = tuple(delegations.keys[keyid] for keyid in held.keyids) if held and delegations else ()
    return found


def thresholds_of(root: Root) -> dict[str, int]:
    """Return how many of each duty must sign."""
    held = {ROOT: root.roles[ROOT].threshold, TARGETS: root.roles[TARGETS].threshold}
    return {**THRESHOLDS, **held}


def refuse_unfit(keys: Keys, thresholds: Mapping[str, int]) -> None:
    """Refuse a set of keys that is too small, or in which one key has two duties.

    Raises:
        NotDoneError: with each fault on a line.
    """
    faults = [
        f"{duty} needs at least {thresholds[duty]} keys and has {len(keys.get(duty, ()))}"
        for duty in DUTIES
        if len(keys.get(duty, ())) < thresholds[duty]
    ]
    seen: dict[str, str] = {}
    for duty in DUTIES:
        for key in keys.get(duty, ()):
            if key.keyid in seen:
                faults.append(
                    f"the key {name_of(key)} is given for {seen[key.keyid]} and for {duty}; make two"
                )
            seen.setdefault(key.keyid, duty)
    faults += [f"the threshold of {duty} is below 1" for duty in DUTIES if thresholds[duty] < 1]
    if faults:
        raise NotDoneError("\n".join(faults))


def new_root(keys: Keys, thresholds: Mapping[str, int], version: int, now: datetime) -> Metadata[Root]:
    """Return a root file that names these keys, not signed yet."""
    roles = {
        ROOT: _role(keys[ROOT], thresholds[ROOT]),
        TARGETS: _role(keys[TARGETS], thresholds[TARGETS]),
        SNAPSHOT: _role(keys[ONLINE], thresholds[ONLINE]),
        TIMESTAMP: _role(keys[ONLINE], thresholds[ONLINE]),
    }
    assert set(roles) == TOP_LEVEL_ROLE_NAMES  # noqa: S101 - what the specification of TUF demands
    return Metadata(
        Root(
            version=version,
            expires=expiry(ROOT, now),
            keys={key.keyid: key for duty in (ROOT, TARGETS, ONLINE) for key in keys[duty]},
            roles=roles,
            consistent_snapshot=True,
        )
    )


def delegations(keys: Keys) -> Delegations:
    """Return what `targets` leaves to the roll-out and to the one on call."""
    roles = {
        role: DelegatedRole(
            role, [key.keyid for key in keys[role]], THRESHOLDS[role], terminating=True, paths=list(paths)
        )
        for role, paths in DELEGATED.items()
    }
    return Delegations({key.keyid: key for role in DELEGATED for key in keys[role]}, roles)


def empty(role: str, version: int, now: datetime) -> Metadata[Targets]:
    """Return a file of `targets` or of a role below it that speaks of nothing yet."""
    return Metadata(Targets(version=version, expires=expiry(role, now), targets={}))


def _role(keys: Iterable[Key], threshold: int) -> Role:
    return Role([key.keyid for key in keys], threshold)
