"""The signed lists as text, and when to believe them.

A list comes as a TUF target, so its bytes are known to be what was published. Each release in it is signed
once more, by the release managers themselves, over what it says; so a release stays what it is in whatever
list it is found, and whoever may only publish lists cannot change one.
"""

import base64
import itertools
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from signing.keys import PublicKey, signers
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import APP_ID, Exposure, Halt, Release, ReleaseList

PREFIX = b"njordhr-release-manifest-v1\0"
SIGNATURES = frozenset({"signature", "signatures"})
_HASHES = frozenset({"sha256", "tree_sha256"})

_List = TypeVar("_List", bound=BaseModel)


@dataclass(frozen=True)
class Trust:
    """Who may sign releases.

    Attributes:
        keys: by key id.
        threshold: how many of them must have signed.
        withdrawn: ids of keys that could once, and cannot any more.
    """

    keys: Mapping[str, PublicKey]
    threshold: int
    withdrawn: frozenset[str] = frozenset()


def canonical(value: object) -> bytes:
    """Return the one form of a JSON value: sorted names, no spaces, UTF-8, no number but integers.

    Raises:
        ValueError: it has no such form.
    """
    _refuse_fractions(value)
    return _form(value)


def signed_bytes(release: Mapping[str, object]) -> bytes:
    """Return what a release manager signs: the release without its signatures, after the prefix.

    Args:
        release: as JSON, with or without its signatures.

    Raises:
        ValueError: it has no canonical form.
    """
    _refuse_fractions(release)
    return _signed(release)


def with_signatures(
    release: Mapping[str, object], signatures: Iterable[tuple[str, bytes]]
) -> dict[str, object]:
    """Return a release, as JSON, with these signatures (key id, bytes) in place of those it has."""
    entries = [
        {"keyid": keyid, "sig": base64.b64encode(signature).decode()} for keyid, signature in signatures
    ]
    bare = {name: value for name, value in release.items() if name not in SIGNATURES}
    return {**bare, "signature": entries[0]["sig"] if entries else "", "signatures": entries}


def read_releases(data: bytes, trust: Trust, channel: str, platform: str) -> ReleaseList:
    """Read a list of releases; one that is not believed spoils the list.

    Raises:
        UpdateError: it is not understood, not for us, or not signed as it must be.
    """
    raw = _parse(data, parse_float=_refuse_text)
    believed = _read(ReleaseList, data)
    for release, text in zip(believed.releases, raw["releases"], strict=True):
        require_ours(release, channel, platform)
        require_signed(text, trust)
    _require_order(believed.releases)
    return believed


def read_exposure(data: bytes) -> Exposure:
    """Read who is offered what.

    Raises:
        UpdateError: it is not understood.
    """
    _parse(data)
    return _read(Exposure, data)


def read_halt(data: bytes) -> Halt:
    """Read what is stopped.

    Raises:
        UpdateError: it is not understood.
    """
    _parse(data)
    return _read(Halt, data)


def require_ours(release: Release, channel: str, platform: str) -> None:
    """Refuse a release of another program, kind of computer or channel.

    Raises:
        UpdateError: it is one.
    """
    if release.app_id != APP_ID:
        raise UpdateError(UpdateReason.WRONG_APP, {"version": release.version})
    if release.platform != platform:
        raise UpdateError(UpdateReason.WRONG_PLATFORM, {"version": release.version})
    if release.channel != channel:
        raise UpdateError(UpdateReason.WRONG_CHANNEL, {"version": release.version})


def require_signed(release: Mapping[str, Any], trust: Trust) -> None:
    """Refuse a release that not enough release managers signed.

    Args:
        release: as it came; it was read as a `Release` before.
        trust: who may sign, now.

    Raises:
        UpdateError: it has no signature, too few, a withdrawn or a wrong one.
    """
    facts = {"version": release["version"], "needed": trust.threshold}
    signatures = [(one["keyid"], _unbase64(one["sig"])) for one in release.get("signatures", ())]
    if not signatures:
        raise UpdateError(UpdateReason.RELEASE_UNSIGNED, facts)
    if release.get("signature") != release["signatures"][0]["sig"]:
        raise UpdateError(UpdateReason.RELEASE_SIGNATURE, facts)
    have = len(signers(_signed(release), signatures, trust.keys))
    if have >= max(trust.threshold, 1):
        return
    if trust.withdrawn.intersection(keyid for keyid, _ in signatures):
        raise UpdateError(UpdateReason.KEY_REVOKED, facts)
    raise UpdateError(
        UpdateReason.BELOW_THRESHOLD if have else UpdateReason.RELEASE_SIGNATURE, {**facts, "signed": have}
    )


def version_key(version: str) -> tuple[int, ...]:
    """Return what orders versions."""
    return tuple(int(part) for part in version.split("."))


def _require_order(releases: Sequence[Release]) -> None:
    """Refuse a list in which a later version is not a later build: numbers would not say what is newer."""
    pairs = [(version_key(one.version), one.build) for one in releases]
    for (version, build), (older, older_build) in itertools.pairwise(pairs):
        if version <= older or build <= older_build:
            raise UpdateError(UpdateReason.LIST_INVALID, {"field": "releases"})


def _parse(data: bytes, parse_float: Callable[[str], object] = float) -> Any:
    """Read text as strictly as two readers must to see the same: each name once, no numbers that are none."""
    try:
        return json.loads(
            data, object_pairs_hook=_each_once, parse_constant=_refuse_text, parse_float=parse_float
        )
    except (ValueError, RecursionError) as error:
        raise UpdateError(UpdateReason.LIST_INVALID, {"field": "text"}) from error


def _read(model: type[_List], data: bytes) -> _List:
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        field = str(first["loc"][-1]) if first["loc"] else "text"
        is_hash = field in _HASHES and first["type"] == "missing"
        reason = UpdateReason.HASH_MISSING if is_hash else UpdateReason.LIST_INVALID
        raise UpdateError(reason, {"field": field}) from error


def _signed(release: Mapping[str, object]) -> bytes:
    return PREFIX + _form({name: value for name, value in release.items() if name not in SIGNATURES})


def _form(value: object) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:  # binascii's, or that of letters beyond ASCII
        return b""  # which no key made


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that is there twice: two readers could take two values."""
    entries = dict(pairs)
    if len(entries) != len(pairs):
        raise ValueError("a name is there twice")
    return entries


def _refuse_text(number: str) -> None:
    raise ValueError(f"{number} has no canonical form")


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        raise ValueError("fractions have no canonical form")  # noqa: TRY004 - one error for whoever reads
    if isinstance(value, Mapping):
        for part in value.values():
            _refuse_fractions(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_fractions(part)
