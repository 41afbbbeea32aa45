"""Without any one of the checks, an attack gets through or is refused for another reason.

The checks of our own source are taken out one by one; those of python-tuf that we lean on are replaced by
ones that let everything pass.
"""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tuf.api import _payload
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet

from tests.support.attacks.every import ATTACKS, Attack
from tests.support.attacks.manners import MANNERS
from tests.support.attacks.world import World
from tests.support.source_mutants import Mutant, mutants_of
from update_manifest.errors import UpdateError

MODULES = ("client", "durable_updater", "fetch", "manifest", "web")
MUTANTS = [mutant for module in MODULES for mutant in mutants_of(f"update_manifest.{module}")]
_NAMED = re.compile(r"UpdateReason\.([A-Z_]+)")


@pytest.fixture
def worlds(tmp_path: Path) -> Iterator[Path]:
    """Folders for worlds, each new."""
    return (tmp_path / str(number) for number in itertools.count())


def _holds(attack: Attack, folder: Path) -> bool:
    folder.mkdir()
    try:
        attack.run(World(folder))
    except UpdateError as error:
        return error.reason is attack.reason
    except Exception:  # noqa: BLE001 - a mutant may fall over anywhere, and is found by that
        return False
    return False


def _keeps(name: str, folder: Path) -> bool:
    folder.mkdir()
    try:
        MANNERS[name](folder)
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 - as above
        return False
    return True


def _what_notices(worlds: Iterator[Path], first: frozenset[str] = frozenset()) -> str | None:
    """Return the first attack or manner that is not as it must be; attacks of these reasons go first."""
    attacks = sorted(ATTACKS.values(), key=lambda attack: attack.reason.name not in first)
    likely = sum(attack.reason.name in first for attack in attacks)
    for attack in attacks[:likely]:
        if not _holds(attack, next(worlds)):
            return attack.name
    for name in MANNERS:
        if not _keeps(name, next(worlds)):
            return name
    return next((one.name for one in attacks[likely:] if not _holds(one, next(worlds))), None)


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_check_of_ours_that_is_gone_is_missed(mutant: Mutant, worlds: Iterator[Path]) -> None:
    with mutant.active():
        assert _what_notices(worlds, frozenset(_NAMED.findall(mutant.refusal))) is not None


THEIRS: dict[str, tuple[type, object, str]] = {
    "verify_delegate": (_payload._DelegatorMixin, None, "SIGNATURE_INVALID"),
    "is_expired": (_payload.Signed, False, "EXPIRED"),
    "verify_length_and_hashes": (_payload.MetaFile, None, "MIXED"),
    "_check_final_timestamp": (TrustedMetadataSet, None, "FROZEN"),
    "_check_final_snapshot": (TrustedMetadataSet, None, "FROZEN"),
}


@pytest.mark.parametrize("check", THEIRS)
def test_a_check_of_python_tuf_that_is_gone_is_missed(
    check: str, worlds: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, instead, reason = THEIRS[check]
    monkeypatch.setattr(owner, check, lambda *_arguments: instead)
    assert _what_notices(worlds, frozenset({reason})) is not None


@pytest.mark.parametrize("name", MANNERS)
def test_a_manner_is_kept(name: str, tmp_path: Path) -> None:
    MANNERS[name](tmp_path)
