from datetime import UTC, datetime, timedelta

import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Role, Root

from update_manifest.release import duties, online
from update_manifest.release.errors import NotDoneError

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def root(signer: CryptoSigner) -> Root:
    key = signer.public_key
    role = Role([key.keyid], 1)
    roles = dict.fromkeys(("root", "targets", "snapshot", "timestamp"), role)
    return Root(keys={key.keyid: key}, roles=roles, expires=NOW)


def test_a_timestamp_says_exactly_which_files_belong_together() -> None:
    signer = CryptoSigner.generate_ed25519()
    roles = {name: duties.empty(name, 3, NOW) for name in ("targets", "exposure", "halt")}
    snapshot = online.snapshot(roles, 5, NOW, [signer])
    timestamp = online.timestamp(snapshot, 9, NOW, [signer])
    for name, metadata in roles.items():
        snapshot.signed.meta[f"{name}.json"].verify_length_and_hashes(metadata.to_bytes())
    timestamp.signed.snapshot_meta.verify_length_and_hashes(snapshot.to_bytes())
    assert (snapshot.signed.version, timestamp.signed.version) == (5, 9)
    assert snapshot.signed.expires - NOW == timedelta(days=7)
    assert timestamp.signed.expires - NOW == timedelta(days=2)
    trusted: Metadata[Root] = Metadata(root(signer))
    trusted.verify_delegate("snapshot", snapshot)
    trusted.verify_delegate("timestamp", timestamp)


def test_only_keys_that_a_root_takes_sign_and_one_must_be_of_the_new() -> None:
    old, new, other = (CryptoSigner.generate_ed25519() for _ in range(3))
    assert online.fit([old, new, other], [root(old), root(new)]) == (old, new)
    assert online.fit([new], [root(old), root(new)]) == (new,)
    with pytest.raises(NotDoneError, match="not the one of the root file"):
        online.fit([old], [root(old), root(new)])
