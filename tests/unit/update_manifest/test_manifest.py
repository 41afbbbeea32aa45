"""The form that is signed; what is refused of it is among the attacks."""

import json

import pytest

from tests.support.tuf_repository import TufRepository
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.manifest import (
    PREFIX,
    Trust,
    canonical,
    require_signed,
    signed_bytes,
    version_key,
    with_signatures,
)


def test_there_is_one_form() -> None:
    assert canonical({"b": [1, None, True], "a": {"z": 'é\n"', "y": 2}}) == (
        '{"a":{"y":2,"z":"é\\n\\""},"b":[1,null,true]}'.encode()
    )
    assert canonical(json.loads(canonical({"n": 10**20}))) == b'{"n":100000000000000000000}'


@pytest.mark.parametrize("value", [1.5, [1.5], {"a": [{"b": 0.1}]}, float("nan"), "\ud800"])
def test_some_have_no_form(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(value)


def test_signatures_are_not_signed() -> None:
    release = {"version": "1.0.0", "signature": "x", "signatures": [{"keyid": "a", "sig": "x"}]}
    assert signed_bytes(release) == PREFIX + b'{"version":"1.0.0"}'
    again = with_signatures(release, [("a", b"\1"), ("b", b"\2")])
    assert signed_bytes(again) == signed_bytes(release)
    assert again["signature"] == "AQ=="
    assert with_signatures(release, [])["signatures"] == []


def test_the_simulator_signs_what_is_signed() -> None:
    repository = TufRepository()
    release = repository.add_release("1.0.0", notes="ümlaut")
    assert [one["keyid"] for one in release["signatures"]] == [
        signer.public_key.keyid for signer in repository.signers["targets"][:2]
    ]


def test_versions_are_numbers() -> None:
    assert version_key("1.10.0") > version_key("1.9.9")


def test_a_signature_of_letters_beyond_ascii_is_none() -> None:
    release = {"version": "1.0.0", "signature": "é", "signatures": [{"keyid": "a", "sig": "é"}]}
    with pytest.raises(UpdateError) as refused:
        require_signed(release, Trust({}, 1))
    assert refused.value.reason is UpdateReason.RELEASE_SIGNATURE
