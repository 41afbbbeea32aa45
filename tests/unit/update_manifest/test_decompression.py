import io

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from tests.support.bundles import refused
from update_manifest.decompression import Frame
from update_manifest.errors import UpdateError, UpdateReason


def _frame(compressed: bytes, prefix: bytes = b"") -> Frame:
    return Frame(io.BytesIO(compressed), window_log=25, prefix=prefix)


@given(st.binary(max_size=5_000), st.integers(0, 5_000))
def test_it_gives_what_is_asked_for_and_then_the_rest(content: bytes, first: int) -> None:
    first = min(first, len(content))
    frame = _frame(zstd.compress(content))

    assert frame.read(first) + frame.read(len(content) - first) == content
    frame.expect_end()


def test_a_bomb_gives_no_more_than_is_asked_for() -> None:
    frame = _frame(zstd.compress(bytes(20_000_000)))

    assert frame.read(10) == bytes(10)
    with pytest.raises(UpdateError) as error:
        frame.expect_end()
    assert refused(error) is UpdateReason.ARCHIVE_DAMAGED


@pytest.mark.parametrize("compressed", [b"", b"no", b"not zstd at all", zstd.compress(b"1" * 99)[:-3]])
def test_what_is_no_whole_frame_is_refused(compressed: bytes) -> None:
    with pytest.raises(UpdateError) as error:
        _frame(compressed).read(99)
    assert refused(error) is UpdateReason.ARCHIVE_DAMAGED


def test_asking_for_more_than_there_is_is_refused() -> None:
    with pytest.raises(UpdateError) as error:
        _frame(zstd.compress(b"1")).read(2)
    assert refused(error) is UpdateReason.ARCHIVE_DAMAGED
