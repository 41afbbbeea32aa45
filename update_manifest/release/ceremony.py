"""The first root file, and every later one: who may sign what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from securesystemslib.signer import Key

from signing.release.public_keys import name_of
from update_manifest.release import duties
from update_manifest.release.change import Change, Head
from update_manifest.release.duties import DELEGATED, DUTIES, TARGETS, Keys
from update_manifest.release.errors import NotDoneError
from update_manifest.release.opening import make_place, opened, reopen
from update_manifest.release.repository import Repository
from update_manifest.release.signatures import keep_those_of

PREFIX = 8
"""So much of a key's id says which one is meant."""


def first(
    repository: Repository,
    keys: Keys,
    thresholds: Mapping[str, int],
    places: Iterable[tuple[str, str]],
    now: datetime,
) -> Change:
    """Return the beginning of a repository.

    Args:
        repository: the folder that it is to be published into.
        keys: who has which duty.
        thresholds: how many of each must sign.
        places: channel and platform of each list.
        now: from when the times of expiry count.

    Raises:
        NotDoneError: there is one already, or the keys do not do.
    """
    if repository.is_there():
        raise NotDoneError(f"{repository.folder} is a repository already; to change its keys: root rotate")
    duties.refuse_unfit(keys, thresholds)
    change = Change(Head(what="the first root file, with lists that are empty yet", base={}), None)
    change.root = duties.new_root(keys, thresholds, 1, now)
    change.roles = {role: duties.empty(role, 1, now) for role in (TARGETS, *DELEGATED)}
    change.roles[TARGETS].signed.delegations = duties.delegations(keys)
    for channel, platform in places:
        make_place(change, repository, channel, platform, now)
    return change


def rotated(
    repository: Repository,
    add: Keys,
    remove: Mapping[str, Sequence[str]],
    thresholds: Mapping[str, int],
    now: datetime,
) -> Change:
    """Return a change of who may sign what; of a key of `targets` every release that is offered is looked at.

    Args:
        repository: the published one.
        add: new keys by duty.
        remove: by duty, the names or ids of keys that do not count any more.
        thresholds: duty -> new number; those not named stay.
        now: from when the times of expiry count.

    Raises:
        NotDoneError: a key to remove is not there, or what is left does not do.
    """
    repository.require()
    root = repository.root.signed
    before = duties.keys_of(root, repository.role(TARGETS).signed)
    numbers = {**duties.thresholds_of(root), **thresholds}
    keys = {
        duty: _without(duty, before[duty], remove.get(duty, ())) + tuple(add.get(duty, ())) for duty in DUTIES
    }
    duties.refuse_unfit(keys, numbers)
    changed = {duty for duty in DUTIES if keys[duty] != before[duty] or duty in thresholds}
    change = opened(repository, _words(add, remove), (), now)
    if not changed:
        raise NotDoneError("that would change nothing; to make the root file last longer: renew --root")
    if changed - set(DELEGATED):
        change.root = duties.new_root(keys, numbers, root.version + 1, now)
    for role in sorted(changed & set(DELEGATED)):
        reopen(change, repository, TARGETS, now)
        change.roles[TARGETS].signed.delegations = duties.delegations(keys)
        reopen(change, repository, role, now)
    if TARGETS in changed:
        reopen(change, repository, TARGETS, now)
        _drop_signatures(change, {key.keyid for key in keys[TARGETS]})
    return change


def renewed(repository: Repository, now: datetime, *, root: bool) -> Change:
    """Return the same once more, believed for longer: the lists and feeds, or the root file.

    Raises:
        NotDoneError: nothing was published yet.
    """
    if not root:
        return opened(repository, "the same lists, believed for longer", (TARGETS, *DELEGATED), now)
    change = opened(repository, "the same root file, believed for longer", (), now)
    before = repository.root.signed
    keys = duties.keys_of(before, repository.role(TARGETS).signed)
    change.root = duties.new_root(keys, duties.thresholds_of(before), before.version + 1, now)
    return change


def _without(duty: str, keys: Sequence[Key], gone: Iterable[str]) -> tuple[Key, ...]:
    left = list(keys)
    for name in gone:
        found = [
            key
            for key in left
            if name_of(key) == name or (len(name) >= PREFIX and key.keyid.startswith(name))
        ]
        if len(found) != 1:
            known = ", ".join(name_of(key) for key in left)
            raise NotDoneError(f"{duty} has not exactly one key {name}; it has: {known}")
        left.remove(found[0])
    return tuple(left)


def _drop_signatures(change: Change, keys: set[str]) -> None:
    """Take the signatures of keys that do not count off every release, so that others sign it anew."""
    for path, content in change.lists().items():
        change.put(path, {**content, "releases": [keep_those_of(one, keys) for one in content["releases"]]})


def _words(add: Keys, remove: Mapping[str, Sequence[str]]) -> str:
    parts = [f"add {name_of(key)} to {duty}" for duty, keys in add.items() for key in keys]
    parts += [f"remove {name} from {duty}" for duty, names in remove.items() for name in names]
    return "; ".join(parts) or "other thresholds"
