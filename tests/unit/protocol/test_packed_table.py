"""Joining what is too small to be sent alone. Tables of a promised length are tested with the whole ZIP."""

from protocol.packed_table import PIECE, in_pieces


def test_the_first_part_goes_at_once_and_small_ones_together() -> None:
    parts = [b"a", *[b"b" * 1000] * 200, b"c" * PIECE, b"d"]
    pieces = list(in_pieces(iter(parts)))
    assert b"".join(pieces) == b"".join(parts)
    assert pieces[0] == b"a"
    assert len(pieces) == 4
    assert all(len(piece) >= PIECE for piece in pieces[1:-1])


def test_what_was_joined_before_a_fault_is_not_sent() -> None:
    assert list(in_pieces(iter([]))) == []
