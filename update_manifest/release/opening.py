"""Beginning a change: the roles that are to speak anew, as they spoke last, not signed yet."""

import copy
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tuf.api.metadata import Metadata, Targets

from update_manifest.release import duties
from update_manifest.release.change import Change, Head, base_of
from update_manifest.release.duties import EXPOSURE, HALT, TARGETS
from update_manifest.release.repository import Repository, exposure_path, halt_path, list_path, role_of

EMPTY_LIST: dict[str, Any] = {"schema": 1, "releases": [], "disabled": []}
EMPTY_EXPOSURE: dict[str, Any] = {"schema": 1, "builds": {}, "mirrors": []}
EMPTY_HALT: dict[str, Any] = {"schema": 1, "paused": [], "disabled": []}


def opened(
    repository: Repository, what: str, roles: Iterable[str], now: datetime, *, unsigned_programs: bool = False
) -> Change:
    """Return a change of these roles with the files that they sign for.

    Raises:
        NotDoneError: nothing was published yet.
    """
    repository.require()
    head = Head(what=what, base=base_of(repository), unsigned_programs=unsigned_programs)
    change = Change(head, repository.root, delegator=repository.role(TARGETS))
    for role in roles:
        reopen(change, repository, role, now)
    return change


def reopen(change: Change, repository: Repository, role: str, now: datetime) -> None:
    """Let one more role speak anew in a change."""
    if role in change.roles:
        return
    before = repository.role(role).signed
    change.roles[role] = Metadata(
        Targets(
            version=before.version + 1,
            expires=duties.expiry(role, now),
            targets=dict(before.targets),
            delegations=copy.deepcopy(before.delegations),
        )
    )
    change.files |= {path: text for path, text in repository.files().items() if role_of(path) == role}


def make_place(change: Change, repository: Repository, channel: str, platform: str, now: datetime) -> None:
    """Let a channel and platform exist: its list, and the two files without which no client reads it."""
    wanted = (
        (TARGETS, list_path(channel, platform), EMPTY_LIST),
        (EXPOSURE, exposure_path(channel, platform), EMPTY_EXPOSURE),
        (HALT, halt_path(channel), EMPTY_HALT),
    )
    for role, path, content in wanted:
        if path in change.files or (repository.is_there() and repository.file(path) is not None):
            continue
        reopen(change, repository, role, now)
        change.put(path, content)
