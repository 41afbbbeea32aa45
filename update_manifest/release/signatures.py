"""Adding one person's signature to a change, and telling whose are missing.

A list of releases holds the signatures of its releases, and `targets` signs the hash of that list. So
releases are signed first; `targets` is signed by whoever comes when the releases are complete. Of two release
managers the first therefore comes twice.
"""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from securesystemslib.signer import Key, Signer
from tuf.api.metadata import Metadata, Role, Root, Targets

from signing.keys import KeyRefusedError, PublicKey, signers
from signing.release.public_keys import name_of
from update_manifest.manifest import signed_bytes
from update_manifest.release.change import Change
from update_manifest.release.duties import DELEGATED, ROOT, TARGETS
from update_manifest.release.errors import NotDoneError


@dataclass(frozen=True)
class Missing:
    """A part of a change that is not signed by enough.

    Attributes:
        part: what it is, in words.
        have: names of whose valid signatures it has.
        need: how many of them it needs.
        may: names of who could still sign.
    """

    part: str
    have: tuple[str, ...]
    need: int
    may: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in a line."""
        names = ", ".join(self.have) or "nobody"
        return f"{self.part}: {len(self.have)} of {self.need} ({names}); may sign: {', '.join(self.may)}"


def add(change: Change, signer: Signer) -> tuple[str, ...]:
    """Sign everything of a change that waits for this key; return what that was, in words.

    Raises:
        NotDoneError: nothing waits for it.
    """
    keyid = signer.public_key.keyid
    done = list(_sign_root(change, signer))
    if keyid in change.believed().signed.roles[TARGETS].keyids and TARGETS in change.roles:
        done += _sign_releases(change, signer)
        if not missing_releases(change):
            done += _sign(change.roles[TARGETS], signer, "the list of lists (targets)")
    for role in DELEGATED:
        if role in change.roles and keyid in _delegated(change, role).keyids:
            done += _sign(change.roles[role], signer, f"the files of {role}")
    if not done:
        raise NotDoneError(_nothing(change, keyid))
    return tuple(done)


def missing(change: Change) -> tuple[Missing, ...]:
    """Return everything that is not signed by enough, in the order in which it can be signed."""
    faults = [*_missing_root(change), *missing_releases(change)]
    root = change.believed().signed
    if TARGETS in change.roles:
        keys = _keys(root.keys, root.roles[TARGETS])
        faults += _missing("targets", change.roles[TARGETS], keys, root.roles[TARGETS])
    for role in DELEGATED:
        if role in change.roles:
            held = _delegated(change, role)
            faults += _missing(role, change.roles[role], _delegated_keys(change, held), held)
    return tuple(faults)


def missing_releases(change: Change) -> tuple[Missing, ...]:
    """Return the releases of a change that are not signed by enough."""
    root = change.believed().signed
    keys, threshold = _keys(root.keys, root.roles[TARGETS]), root.roles[TARGETS].threshold
    faults = []
    for release in releases_of(change):
        have = _signed_by(release, keys)
        if len(have) < threshold:
            part = f"release {release['version']} for {release['platform']} ({release['channel']})"
            may = tuple(name_of(key) for keyid, key in keys.items() if keyid not in have)
            faults.append(Missing(part, tuple(name_of(keys[keyid]) for keyid in have), threshold, may))
    return tuple(faults)


def releases_of(change: Change) -> tuple[dict[str, Any], ...]:
    """Return all releases of the lists that a change brings."""
    return tuple(release for content in change.lists().values() for release in content["releases"])


def keep_those_of(release: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Return a release with the signatures of these keys only."""
    kept = [one for one in release.get("signatures", ()) if one["keyid"] in set(keys)]
    return {**release, "signatures": kept, "signature": kept[0]["sig"] if kept else ""}


def satisfies(root: Root, role: str, metadata: Metadata[Any]) -> bool:
    """Tell whether a file of a top-level role is signed by enough for a root."""
    keys = _keys(root.keys, root.roles[role])
    return len(_valid(metadata, keys)) >= root.roles[role].threshold


def _sign_root(change: Change, signer: Signer) -> Iterable[str]:
    if change.root is None:
        return ()
    roots = [change.root, *([change.trusted] if change.trusted else [])]
    if not any(signer.public_key.keyid in root.signed.roles[ROOT].keyids for root in roots):
        return ()
    return _sign(change.root, signer, f"root file {change.root.signed.version}")


def _sign_releases(change: Change, signer: Signer) -> list[str]:
    """Sign each release that is short of signatures; one that is complete stays as its list was signed."""
    root, done = change.believed().signed, []
    keys, threshold = _keys(root.keys, root.roles[TARGETS]), root.roles[TARGETS].threshold
    for path, content in change.lists().items():
        releases = []
        for release in content["releases"]:
            have = _signed_by(release, keys)
            if len(have) >= threshold or signer.public_key.keyid in have:
                releases.append(release)
                continue
            made = base64.b64encode(bytes.fromhex(signer.sign(signed_bytes(release)).signature)).decode()
            own = [*release.get("signatures", ()), {"keyid": signer.public_key.keyid, "sig": made}]
            releases.append({**release, "signature": own[0]["sig"], "signatures": own})
            done.append(f"release {release['version']} for {release['platform']} ({release['channel']})")
        change.put(path, {**content, "releases": releases})
    return done


def _sign(metadata: Metadata[Any], signer: Signer, what: str) -> list[str]:
    key = signer.public_key
    if key.keyid in _valid(metadata, {key.keyid: key}):
        return []
    metadata.sign(signer, append=True)
    return [what]


def _missing_root(change: Change) -> list[Missing]:
    """The new root is signed by enough of the new, and by enough of the old, who pass it on."""
    if change.root is None:
        return []
    faults = []
    roots = [("by the keys that it names", change.root)]
    if change.trusted:
        roots.append(("by the keys that counted before it", change.trusted))
    for which, root in roots:
        role = root.signed.roles[ROOT]
        part = f"root file {change.root.signed.version}, {which}"
        faults += _missing(part, change.root, _keys(root.signed.keys, role), role)
    return faults


def _missing(part: str, metadata: Metadata[Any], keys: Mapping[str, Key], role: Role) -> list[Missing]:
    have = _valid(metadata, keys)
    if len(have) >= role.threshold:
        return []
    may = tuple(name_of(key) for keyid, key in keys.items() if keyid not in have)
    return [Missing(part, tuple(name_of(keys[keyid]) for keyid in have), role.threshold, may)]


def _valid(metadata: Metadata[Any], keys: Mapping[str, Key]) -> tuple[str, ...]:
    """Return the ids of the keys whose signature of this file holds."""
    data = metadata.signed_bytes
    given = {
        keyid: bytes.fromhex(signature.signature)
        for keyid, signature in metadata.signatures.items()
        if keyid in keys
    }
    return _holding(data, given, keys)


def _signed_by(release: Mapping[str, Any], keys: Mapping[str, Key]) -> tuple[str, ...]:
    given = {one["keyid"]: base64.b64decode(one["sig"]) for one in release.get("signatures", ())}
    return _holding(signed_bytes(dict(release)), given, keys)


def _holding(data: bytes, given: Mapping[str, bytes], keys: Mapping[str, Key]) -> tuple[str, ...]:
    return tuple(
        keyid
        for keyid, signature in given.items()
        if keyid in keys and signers(data, [(keyid, signature)], {keyid: _public(keys[keyid])})
    )


def _public(key: Key) -> PublicKey:
    try:
        return PublicKey.of(key.keytype, key.scheme, key.keyval["public"], key.keyid)
    except KeyRefusedError:
        raise NotDoneError(f"the key {name_of(key)} is of a kind that clients do not take") from None


def _keys(keys: Mapping[str, Key], role: Role) -> dict[str, Key]:
    return {keyid: keys[keyid] for keyid in role.keyids}


def _delegated(change: Change, role: str) -> Role:
    targets: Targets = change.targets().signed
    return targets.get_delegated_role(role)


def _delegated_keys(change: Change, role: Role) -> dict[str, Key]:
    targets: Targets = change.targets().signed
    return {keyid: targets.get_key(keyid) for keyid in role.keyids}


def _nothing(change: Change, keyid: str) -> str:
    """Say why a key has nothing to sign."""
    waiting = "\n".join(f"  {one}" for one in missing(change))
    if not waiting:
        return "everything is signed; next: publish"
    return f"nothing waits for this key ({keyid[:8]}); what is missing:\n{waiting}"
