from datetime import UTC, datetime

import pytest
from securesystemslib.signer import CryptoSigner, Key

from signing.release.public_keys import named
from update_manifest.release import duties
from update_manifest.release.errors import NotDoneError

NOW = datetime(2026, 11, 24, 12, 30, 15, 123456, tzinfo=UTC)


def keys(count: int, name: str) -> tuple[Key, ...]:
    return tuple(
        named(CryptoSigner.generate_ed25519().public_key, f"{name}{number}") for number in range(count)
    )


def office() -> dict[str, tuple[Key, ...]]:
    counts = {"root": 3, "targets": 3, "exposure": 1, "halt": 1, "online": 1}
    return {duty: keys(count, duty) for duty, count in counts.items()}


def test_a_root_names_everybody_and_comes_back() -> None:
    held = office()
    root = duties.new_root(held, duties.THRESHOLDS, 1, NOW)
    targets = duties.empty("targets", 1, NOW)
    targets.signed.delegations = duties.delegations(held)
    assert duties.keys_of(root.signed, targets.signed) == held
    assert duties.thresholds_of(root.signed) == duties.THRESHOLDS
    assert root.signed.expires == datetime(2027, 11, 24, 12, 30, 15, tzinfo=UTC)
    assert root.signed.consistent_snapshot


def test_a_role_speaks_only_of_its_own_files() -> None:
    delegations = duties.delegations(office())
    assert delegations.roles is not None
    halt, exposure = delegations.roles["halt"], delegations.roles["exposure"]
    assert halt.is_delegated_path("halt/stable.json")
    assert not halt.is_delegated_path("stable/linux-x86_64.json")
    assert not halt.is_delegated_path("exposure/stable/linux-x86_64.json")
    assert exposure.is_delegated_path("exposure/stable/linux-x86_64.json")
    assert not exposure.is_delegated_path("stable/linux-x86_64.json")


def test_a_key_has_one_duty() -> None:
    held = office()
    for one, other in (("root", "targets"), ("halt", "exposure"), ("online", "exposure")):
        with pytest.raises(
            NotDoneError, match=f"is given for {one} and for {other}|is given for {other} and for {one}"
        ):
            duties.refuse_unfit({**held, other: (held[one][0], *held[other])}, duties.THRESHOLDS)


def test_too_few_keys_are_refused() -> None:
    held = office()
    duties.refuse_unfit(held, duties.THRESHOLDS)
    with pytest.raises(NotDoneError, match="root needs at least 2 keys and has 1"):
        duties.refuse_unfit({**held, "root": held["root"][:1]}, duties.THRESHOLDS)
    with pytest.raises(NotDoneError, match="halt needs at least 1 keys and has 0"):
        duties.refuse_unfit({**held, "halt": ()}, duties.THRESHOLDS)
    with pytest.raises(NotDoneError, match="below 1"):
        duties.refuse_unfit(held, {**duties.THRESHOLDS, "targets": 0})
