"""Attacks on the lists: what a release says, and what stolen keys may not say at all."""

from collections.abc import Callable
from typing import Any

from securesystemslib.signer import CryptoSigner

from tests.support.attacks.world import ALL, FILES, LIST, SIGNED, World, attack, stranger
from tests.support.tuf_repository import to_json
from update_manifest.errors import UpdateReason

# What a release says


def _published(world: World, change: Callable[[dict[str, Any]], object], *, sign: bool = True) -> None:
    release = world.newest
    change(release)
    if sign:
        world.repository.sign_release(release)
    world.repository.publish()
    world.look()


@attack(UpdateReason.WRONG_PLATFORM, *ALL)
def _wrong_platform(world: World) -> None:
    _published(world, lambda release: release.update(platform="windows-x86_64"))


@attack(UpdateReason.WRONG_CHANNEL, *ALL)
def _wrong_channel(world: World) -> None:
    _published(world, lambda release: release.update(channel="beta"))


@attack(UpdateReason.WRONG_APP, *ALL)
def _wrong_app(world: World) -> None:
    _published(world, lambda release: release.update(app_id="somebody-elses"))


@attack(UpdateReason.RELEASE_SIGNATURE, *ALL)
def _relabelled_version(world: World) -> None:
    _published(world, lambda release: release.update(version="9.9.9"), sign=False)


@attack(UpdateReason.RELEASE_SIGNATURE, *ALL)
def _policy_changed_after_signing(world: World) -> None:
    _published(world, lambda release: release.update(critical=True), sign=False)


@attack(UpdateReason.RELEASE_SIGNATURE, *ALL)
def _unknown_member_added_after_signing(world: World) -> None:
    _published(world, lambda release: release.update(runs="anything"), sign=False)


@attack(UpdateReason.RELEASE_SIGNATURE, *ALL)
def _hash_right_but_signature_wrong(world: World) -> None:
    world.repository.sign_release(world.newest, [stranger(), stranger()])
    _published(world, lambda _release: None, sign=False)


@attack(UpdateReason.RELEASE_SIGNATURE, *ALL)
def _signature_member_of_another(world: World) -> None:
    _published(world, lambda release: release.update(signature=release["signatures"][1]["sig"]), sign=False)


@attack(UpdateReason.RELEASE_SIGNATURE, *ALL)
def _signature_that_is_no_text(world: World) -> None:
    def spoil(release: dict[str, Any]) -> None:
        release["signature"] = "!"
        release["signatures"] = [{**one, "sig": "!"} for one in release["signatures"]]

    _published(world, spoil, sign=False)


@attack(UpdateReason.RELEASE_UNSIGNED, *ALL)
def _release_without_signatures(world: World) -> None:
    _published(world, lambda release: release.update(signature="", signatures=[]), sign=False)


@attack(UpdateReason.BELOW_THRESHOLD, *ALL)
def _release_below_threshold(world: World) -> None:
    world.repository.sign_release(world.newest, world.repository.signers["targets"][:1])
    _published(world, lambda _release: None, sign=False)


@attack(UpdateReason.BELOW_THRESHOLD, *ALL)
def _release_signed_twice_by_one(world: World) -> None:
    world.repository.sign_release(world.newest, world.repository.signers["targets"][:1] * 2)
    _published(world, lambda _release: None, sign=False)


@attack(UpdateReason.KEY_REVOKED, *ALL, "root.json", "root_history/2.root.json")
def _release_signed_by_a_revoked_key(world: World) -> None:
    old = world.repository.rotate("targets")
    world.repository.sign_release(world.newest, old[:2])
    _published(world, lambda _release: None, sign=False)


@attack(UpdateReason.RELEASE_SIGNATURE, *ALL, "root.json", "root_history/2.root.json")
def _algorithm_confusion(world: World) -> None:
    weak = [CryptoSigner.generate_rsa(), CryptoSigner.generate_rsa()]
    world.repository.trust("targets", weak, 2)
    world.repository.publish_root()
    _published(world, lambda _release: None)


@attack(UpdateReason.HASH_MISSING, *ALL)
def _missing_hash(world: World) -> None:
    _published(world, lambda release: release.pop("sha256"))


@attack(UpdateReason.HASH_MISSING, *ALL)
def _missing_hash_of_a_file(world: World) -> None:
    entry = {"path": "njordhr", "length": 1, "mode": 0o644}
    _published(world, lambda release: release.update(files=[entry]))


@attack(UpdateReason.HASH_MISSING, *SIGNED, "confirmed.json", *FILES[1:])
def _missing_hash_of_a_list(world: World) -> None:
    target = world.repository.targets.targets[LIST]
    target.hashes = {"sha512": "0" * 128}
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.LIST_INVALID, *ALL)
def _path_traversal_in_a_file(world: World) -> None:
    entry = {"path": "../../.bashrc", "sha256": "0" * 64, "length": 1, "mode": 0o644}
    _published(world, lambda release: release.update(files=[entry]))


@attack(UpdateReason.LIST_INVALID, *ALL)
def _path_traversal_in_an_address(world: World) -> None:
    _published(world, lambda release: release.update(url="../../elsewhere"))


@attack(UpdateReason.LIST_INVALID, *ALL)
def _set_user_id_mode(world: World) -> None:
    entry = {"path": "njordhr", "sha256": "0" * 64, "length": 1, "mode": 0o4755}
    _published(world, lambda release: release.update(files=[entry]))


@attack(UpdateReason.LIST_INVALID, *ALL)
def _newer_version_with_an_older_build(world: World) -> None:
    _published(world, lambda release: release.update(build=1))


@attack(UpdateReason.LIST_INVALID, *ALL)
def _same_version_twice(world: World) -> None:
    _published(world, lambda release: release.update(version="1.0.0"))


@attack(UpdateReason.LIST_INVALID, *ALL)
def _fraction_in_what_is_signed(world: World) -> None:
    _published(world, lambda release: release.update(weights=[{"a": [1.5]}]), sign=False)


def _listed(world: World, content: bytes) -> None:
    world.repository.put("targets", LIST, content)
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.LIST_INVALID, *ALL)
def _name_twice(world: World) -> None:
    _listed(world, b'{"schema":1,"releases":[],"releases":[]}')


@attack(UpdateReason.LIST_INVALID, *ALL)
def _list_that_is_no_list(world: World) -> None:
    _listed(world, b"[]")


@attack(UpdateReason.LIST_INVALID, *ALL)
def _list_of_a_later_schema(world: World) -> None:
    _listed(world, to_json({"schema": 2, "releases": []}))


@attack(UpdateReason.LIST_INVALID, *ALL)
def _percent_that_is_no_number(world: World) -> None:
    content = b'{"schema":1,"builds":{"1":{"percent":NaN,"salt":"12345678"}}}'
    world.repository.put("exposure", f"exposure/{LIST}", content)
    world.repository.publish_metadata()
    world.look()


# Stolen keys of roles that may only turn or stop


@attack(UpdateReason.ROLE_EXCEEDED, *SIGNED, "confirmed.json")
def _stolen_halt_key_offers_code(world: World) -> None:
    world.repository.put("halt", LIST, to_json(world.repository.list_of()))
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.ROLE_EXCEEDED, *SIGNED, "confirmed.json", *FILES)
def _stolen_exposure_key_offers_a_list(world: World) -> None:
    world.repository.put("exposure", "beta/linux-x86_64.json", to_json(world.repository.list_of()))
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.ROLE_EXCEEDED, *SIGNED, "confirmed.json")
def _stolen_halt_key_delegates(world: World) -> None:
    world.repository.targets_of("halt").delegations = world.repository.targets.delegations
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.LIST_MISSING, *SIGNED, "confirmed.json")
def _halt_is_not_delegated(world: World) -> None:
    delegations = world.repository.targets.delegations
    assert delegations is not None
    assert delegations.roles is not None
    del delegations.roles["halt"]
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.LIST_MISSING, *SIGNED, "confirmed.json")
def _halt_is_delegated_for_less(world: World) -> None:
    delegations = world.repository.targets.delegations
    assert delegations is not None
    assert delegations.roles is not None
    delegations.roles["halt"].paths = ["halt/beta.json"]
    world.repository.publish_metadata()
    world.look()


@attack(UpdateReason.LIST_MISSING, *SIGNED, "confirmed.json", *FILES)
def _list_only_in_another_role(world: World) -> None:
    del world.repository.targets.targets[LIST]
    world.repository.publish_metadata()
    world.look()
