"""Reading a zstd frame that may be hostile: no more memory and no more output than was asked for."""

from collections.abc import Iterator
from typing import Protocol

from backports import zstd

from update_manifest.errors import UpdateError, UpdateReason

SHORTEST_PREFIX = 8
"""`zstd` takes no shorter one."""
OUTPUT_BYTES = 1 << 20
_INPUT_BYTES = 1 << 17


class Source(Protocol):
    """Where the compressed bytes come from."""

    def read(self, size: int, /) -> bytes:
        """Return at most this many bytes; none at the end."""
        ...


class Frame:
    """The content of one frame, in the order of asking."""

    def __init__(self, source: Source, *, window_log: int, prefix: bytes = b"") -> None:
        """Begin to read a frame.

        Args:
            source: the compressed bytes.
            window_log: a frame that wants more than 2 to this power bytes of memory is refused.
            prefix: what the frame was compressed against.
        """
        self._source = source
        base = zstd.ZstdDict(prefix, is_raw=True).as_prefix if len(prefix) >= SHORTEST_PREFIX else None
        limit: dict[int, int] = {zstd.DecompressionParameter.window_log_max: window_log}
        self._decompressor = zstd.ZstdDecompressor(base, options=limit)

    def read(self, count: int) -> bytes:
        """Return exactly this many bytes.

        Raises:
            UpdateError: `ARCHIVE_DAMAGED`: they are no zstd frame, or end before; `TOO_LARGE`: the window.
        """
        return b"".join(self.blocks(count))

    def blocks(self, count: int) -> Iterator[bytes]:
        """Yield exactly this many bytes, in parts.

        Raises:
            UpdateError: as `read`.
        """
        while count:
            block = self._some(min(count, OUTPUT_BYTES))
            if not block:
                raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "ends too early"})
            count -= len(block)
            yield block

    def expect_end(self) -> None:
        """Check that nothing follows, neither in the frame nor after it.

        Raises:
            UpdateError: `ARCHIVE_DAMAGED`: something does.
        """
        if self._some(1) or self._decompressor.unused_data or self._source.read(1):
            raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "goes on after its end"})

    def _some(self, at_most: int) -> bytes:
        """Return some bytes; none only when the frame is complete."""
        while not self._decompressor.eof:
            given = self._source.read(_INPUT_BYTES) if self._decompressor.needs_input else b""
            if self._decompressor.needs_input and not given:
                raise UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "cut off"})
            try:
                block = self._decompressor.decompress(given, at_most)
            except zstd.ZstdError as error:
                raise _refusal(error) from error
            if block:
                return block
        return b""


def _refusal(error: zstd.ZstdError) -> UpdateError:
    if "too much memory" in str(error):
        return UpdateError(UpdateReason.TOO_LARGE, {"why": "memory"})
    return UpdateError(UpdateReason.ARCHIVE_DAMAGED, {"why": "not zstd"})
