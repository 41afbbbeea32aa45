"""Attacks on the metadata: somebody else signed it, or too few, or it is older or of another time."""

import hashlib
from datetime import timedelta

from tests.support.attacks.world import ALL, FILES, LIST, ONLINE, SIGNED, World, attack, served, stranger
from update_manifest.errors import UpdateReason

# Metadata that somebody else signed, or too few


@attack(UpdateReason.SIGNATURE_INVALID)
def _arbitrary_software(world: World) -> None:
    world.repository.timestamp.version += 1
    world.repository.serve("timestamp", [stranger()])
    world.look()


@attack(UpdateReason.SIGNATURE_INVALID, *ONLINE)
def _arbitrary_software_with_the_online_key(world: World) -> None:
    world.repository.add_release("6.6.6")
    world.repository.signers["targets"] = [stranger(), stranger()]
    world.repository.publish()
    world.look()


@attack(UpdateReason.SIGNATURE_INVALID)
def _fast_forward_without_a_key(world: World) -> None:
    world.repository.timestamp.version = 2**31
    world.repository.serve("timestamp", [stranger()])
    world.look()


@attack(UpdateReason.SIGNATURE_INVALID)
def _signature_of_other_bytes(world: World) -> None:
    name, next_version = "metadata/timestamp.json", world.repository.timestamp.version + 1
    world.repository.publish_timestamp()
    said = f'"version":{next_version}'.encode()
    assert said in world.repository.files[name]
    world.repository.files[name] = world.repository.files[name].replace(said, said + b"0")
    world.look()


@attack(UpdateReason.BELOW_THRESHOLD, *ONLINE)
def _below_threshold(world: World) -> None:
    world.repository.signers["targets"] = world.repository.signers["targets"][:1]
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.BELOW_THRESHOLD, *ONLINE)
def _one_key_signs_twice(world: World) -> None:
    repository = world.repository
    first = repository.signers["targets"][0]
    repository.targets.version += 1
    repository.serve("targets", [first])
    name = f"metadata/{repository.targets.version}.targets.json"
    entry = repository.files[name].split(b'"signatures":[', 1)[1].split(b"]", 1)[0]
    other = entry.replace(
        first.public_key.keyid.encode(), repository.signers["targets"][1].public_key.keyid.encode()
    )
    repository.files[name] = repository.files[name].replace(entry, entry + b"," + other)
    content = repository.files[name]
    repository.snapshot.meta["targets.json"].length = len(content)
    repository.snapshot.meta["targets.json"].hashes = {"sha256": hashlib.sha256(content).hexdigest()}
    repository.publish_snapshot()
    world.look()


@attack(UpdateReason.KEY_REVOKED, *ALL, "root.json", "root_history/2.root.json")
def _revoked_key(world: World) -> None:
    old = world.repository.rotate("targets")
    world.look()
    world.repository.signers["targets"] = old
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.KEY_TWICE, "root.json", "root_history/2.root.json")
def _one_key_under_two_ids(world: World) -> None:
    signer = world.repository.signers["targets"][0]
    key = type(signer.public_key).from_dict("0" * 64, signer.public_key.to_dict())
    world.repository.root.add_key(key, "targets")
    world.repository.publish(root=True)
    world.look()


# The root


@attack(UpdateReason.ROOT_BROKEN)
def _root_signed_by_the_new_keys_only(world: World) -> None:
    new = [stranger(), stranger(), stranger()]
    world.repository.trust("root", new, 2)
    world.repository.publish_root()
    world.look()


@attack(UpdateReason.ROOT_BROKEN)
def _root_signed_by_the_old_keys_only(world: World) -> None:
    old = world.repository.signers["root"]
    world.repository.trust("root", [stranger(), stranger()], 2)
    world.repository.publish_root(old)
    world.look()


@attack(UpdateReason.ROOT_BROKEN)
def _root_that_skips_a_version(world: World) -> None:
    world.repository.root.version = 2
    world.repository.publish_root()
    world.repository.files["metadata/2.root.json"] = world.repository.files.pop("metadata/3.root.json")
    world.look()


@attack(UpdateReason.ROOT_BROKEN)
def _root_below_threshold(world: World) -> None:
    world.repository.publish_root(world.repository.signers["root"][:1])
    world.look()


@attack(UpdateReason.ROOT_BROKEN)
def _root_that_is_no_root(world: World) -> None:
    world.repository.files["metadata/2.root.json"] = world.repository.files["metadata/timestamp.json"]
    world.look()


# Time


@attack(UpdateReason.FROZEN)
def _freeze(world: World) -> None:
    world.now += timedelta(days=3)
    world.look()


@attack(UpdateReason.FROZEN, "timestamp.json")
def _freeze_of_the_snapshot(world: World) -> None:
    world.now = world.repository.now = world.now + timedelta(days=8)
    world.repository.publish_timestamp()
    world.look()


@attack(UpdateReason.EXPIRED, *ONLINE)
def _expired_targets(world: World) -> None:
    world.now = world.repository.now = world.now + timedelta(days=91)
    world.repository.publish_snapshot()
    world.look()


@attack(UpdateReason.EXPIRED, *ALL)
def _expired_halt(world: World) -> None:
    world.now = world.repository.now = world.now + timedelta(days=91)
    world.repository.publish_metadata(("targets", "exposure"))
    world.look()


@attack(UpdateReason.EXPIRED)
def _expired_root(world: World) -> None:
    world.now = world.repository.now = world.now + timedelta(days=366)
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.CLOCK_BEHIND)
def _clock_set_back(world: World) -> None:
    world.now -= timedelta(days=30)
    world.look()


@attack(UpdateReason.FROZEN)
def _clock_set_back_a_little(world: World) -> None:
    world.now -= timedelta(hours=20)
    world.repository.now = world.now - timedelta(days=1, hours=12)
    world.repository.publish_timestamp()
    world.look()


# Older, newer and other parts


@attack(UpdateReason.ROLLBACK)
def _rollback(world: World) -> None:
    old = world.repository.files["metadata/timestamp.json"]
    world.repository.publish()
    world.look()
    world.before = world.on_disk()
    world.repository.files["metadata/timestamp.json"] = old
    world.look()


@attack(UpdateReason.ROLLBACK)
def _rollback_of_the_snapshot_with_the_online_key(world: World) -> None:
    world.repository.snapshot.version -= 1
    world.repository.serve("snapshot")
    world.repository.publish_timestamp()
    world.look()


@attack(UpdateReason.ROLLBACK, "timestamp.json")
def _rollback_of_the_releases_with_the_online_key(world: World) -> None:
    world.repository.snapshot.meta["targets.json"].version -= 1
    world.repository.publish_snapshot()
    world.look()


@attack(UpdateReason.METADATA_INVALID, "timestamp.json")
def _halt_dropped_with_the_online_key(world: World) -> None:
    del world.repository.snapshot.meta["halt.json"]
    world.repository.publish_snapshot()
    world.look()


@attack(UpdateReason.MIXED, *ONLINE)
def _mix_and_match(world: World) -> None:
    version = world.repository.targets.version
    old = world.repository.files[f"metadata/{version}.targets.json"]
    world.repository.publish()
    world.repository.files[f"metadata/{version + 1}.targets.json"] = old
    world.look()


@attack(UpdateReason.MIXED, *ONLINE)
def _other_content_of_the_same_version(world: World) -> None:
    repository = world.repository
    repository.targets.unrecognized_fields["note"] = "published"
    repository.publish()
    repository.targets.unrecognized_fields["note"] = "withdrawn"
    repository.files[f"metadata/{repository.targets.version}.targets.json"] = repository.sign("targets")
    world.look()


@attack(UpdateReason.MIXED, "timestamp.json")
def _mix_and_match_of_the_snapshot(world: World) -> None:
    version = world.repository.snapshot.version
    old = world.repository.files[f"metadata/{version}.snapshot.json"]
    world.repository.publish()
    world.repository.files[f"metadata/{version + 1}.snapshot.json"] = old
    world.look()


@attack(UpdateReason.MIXED, *ONLINE)
def _mix_and_match_without_hashes(world: World) -> None:
    repository = world.repository
    old = repository.files[f"metadata/{repository.targets.version}.targets.json"]
    repository.publish()
    repository.files[f"metadata/{repository.targets.version}.targets.json"] = old
    repository.snapshot.meta["targets.json"].hashes = None
    repository.snapshot.meta["targets.json"].length = None
    repository.publish_snapshot()
    world.look()


@attack(UpdateReason.HASH_WRONG, *SIGNED, "confirmed.json", *FILES[1:])
def _older_list_under_a_newer_name(world: World) -> None:
    repository = world.repository
    old = repository.files[served(repository.targets.targets[LIST])]
    repository.list_of()["disabled"] = ["1.1.0"]
    repository.publish()
    new = served(repository.targets.targets[LIST])
    repository.files[new] = old.ljust(len(repository.files[new]))
    world.look()


@attack(UpdateReason.METADATA_INVALID)
def _metadata_that_is_no_metadata(world: World) -> None:
    world.repository.files["metadata/timestamp.json"] = b"[" * 9000
    world.look()
