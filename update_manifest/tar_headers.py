"""The header of one file in a tar archive (POSIX ustar) as this product writes it: name, size and mode.

There is exactly one header for a file of a bundle, so a reader that knows the list of files need not
interpret an archive: it compares. What a header that differs tries is looked at only to say so.

Example:
    >>> from update_manifest.releases import BundleFile
    >>> len(header(BundleFile(path="a/b", sha256="0" * 64, length=1, mode=0o644)))
    512
"""

from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import BundleFile

BLOCK = 512
END = bytes(2 * BLOCK)
"""What an archive ends with."""

_NAME_BYTES, _PREFIX_BYTES = 100, 155
_LARGEST = 8**11 - 1
_TYPE_AT, _MAGIC_AT = 156, 257
_PLAIN_TYPES = b"0\0"
_LINK_TYPES = b"12"
_EXTENSION_TYPES = b"xgLKSNVMAI"


def header(file: BundleFile) -> bytes:
    """Return the header of a file; programs that read tar archives understand it.

    Raises:
        UpdateError: the path or the file is too long for one.
    """
    prefix, name = _split(file.path)
    if file.length > _LARGEST:
        raise UpdateError(UpdateReason.TOO_LARGE, {"length": file.length})
    parts = (
        name.ljust(_NAME_BYTES, b"\0"),
        b"%07o\0" % file.mode,
        b"0000000\0" * 2,  # owner and group
        b"%011o\0" % file.length,
        b"00000000000\0",  # the time
        b" " * 8,  # stands for the checksum while it is computed
        b"0".ljust(101, b"\0"),  # a plain file, linked to nothing
        b"ustar\x0000".ljust(72, b"\0"),
        b"0000000\0" * 2,  # device numbers
        prefix.ljust(_PREFIX_BYTES + 12, b"\0"),
    )
    block = b"".join(parts)
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def padding(length: int) -> bytes:
    """Return what follows a content of this many bytes."""
    return bytes(-length % BLOCK)


def refusal(found: bytes) -> UpdateError:
    """Return why a header that is not the awaited one is refused; any bytes are taken."""
    kind = found[_TYPE_AT : _TYPE_AT + 1]
    if len(found) < BLOCK or found[_MAGIC_AT : _MAGIC_AT + 5] != b"ustar":
        return UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "no header"})
    if kind in _LINK_TYPES:
        return UpdateError(UpdateReason.NOT_A_PLAIN_FILE, {"kind": "link"})
    if kind not in _PLAIN_TYPES and kind not in _EXTENSION_TYPES:
        return UpdateError(UpdateReason.NOT_A_PLAIN_FILE, {"kind": "device"})
    name = found[:_NAME_BYTES].split(b"\0")[0]
    prefix = found[345 : 345 + _PREFIX_BYTES].split(b"\0")[0]
    path = b"/".join(part for part in (prefix, name) if part).replace(b"\\", b"/")
    if path.startswith(b"/") or b".." in path.split(b"/") or path[1:2] == b":":
        return UpdateError(UpdateReason.PATH_UNSAFE, {"why": "leads out of the folder"})
    return UpdateError(UpdateReason.CONTENT_WRONG, {"why": "another file than was signed"})


def _split(path: str) -> tuple[bytes, bytes]:
    """Return folder and name, cut where both fit."""
    raw = path.encode()
    if len(raw) <= _NAME_BYTES:
        return b"", raw
    cut = raw.find(b"/", len(raw) - _NAME_BYTES - 1)
    if cut <= 0 or cut > _PREFIX_BYTES:
        raise UpdateError(UpdateReason.PATH_UNSAFE, {"why": "too long"})
    return raw[:cut], raw[cut + 1 :]
