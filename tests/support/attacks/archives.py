"""Attacks in the archive itself: its hash is signed, and yet it holds what the list of files does not."""

import tarfile

from tests.support.attacks.world import ALL, World, attack
from tests.support.bundles import hostile_tar, listed, member
from update_manifest.archives import unpack
from update_manifest.errors import UpdateReason

CONTENTS = {"njordhr": b"program"}
MAX_BYTES = 1 << 20


def _installed(world: World, archive: bytes) -> None:
    """Publish an archive with the list of honest files, let the client take it, and unpack it."""
    world.repository.add_release("1.2.0", archive=archive, files=listed(CONTENTS))
    world.repository.publish()
    release = world.look().releases.releases[0]
    to = world.folder / "unpacked"
    try:
        unpack(world.fetch(), release.files, to, max_bytes=MAX_BYTES)
    finally:
        assert not (world.folder / "njordhr").exists()
        assert not (to / "njordhr").is_symlink()


@attack(UpdateReason.PATH_UNSAFE, *ALL)
def _path_traversal_in_an_archive(world: World) -> None:
    _installed(world, hostile_tar((member("../njordhr"), CONTENTS["njordhr"])))


@attack(UpdateReason.NOT_A_PLAIN_FILE, *ALL)
def _link_in_an_archive(world: World) -> None:
    _installed(world, hostile_tar((member("njordhr", tarfile.SYMTYPE, "/etc/passwd"), b"")))


@attack(UpdateReason.CONTENT_WRONG, *ALL)
def _zip_bomb(world: World) -> None:
    _installed(world, hostile_tar((member("njordhr"), bytes(50_000_000))))


@attack(UpdateReason.CONTENT_WRONG, *ALL)
def _exchanged_file_in_an_archive(world: World) -> None:
    _installed(world, hostile_tar((member("njordhr"), b"another")))
