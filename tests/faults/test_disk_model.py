"""The disk that loses what was not synced keeps what was, and can lose all the rest."""

from random import Random

from tests.support.faults.trace import ROOT, Cut, Made, Moved, Removed, Step, Synced, Written, after_power_cut

FILE, OTHER = 5, 6
SYNCED: list[Step] = [
    Made(ROOT, "a", FILE, is_folder=False),
    Written(FILE, 0, b"x" * 2000),
    Synced(FILE),
    Synced(ROOT),
]


def outcomes(steps: list[Step]) -> list[dict[str, bytes]]:
    return [after_power_cut(steps, len(steps), Random(seed)).files for seed in range(300)]


def test_what_was_synced_is_always_there() -> None:
    assert all(files == {"a": b"x" * 2000} for files in outcomes(SYNCED))


def test_a_name_or_bytes_that_were_not_synced_can_be_gone_or_there() -> None:
    new: list[Step] = [Made(ROOT, "a", FILE, is_folder=False), Written(FILE, 0, b"x" * 600)]
    left = outcomes(new)
    assert {} in left
    assert {"a": b""} in left
    assert {"a": b"x" * 600} in left
    assert {"a": b"\0" * 512 + b"x" * 88} in left


def test_sectors_of_a_write_go_each_for_itself_and_not_into_what_was_synced() -> None:
    left = {files["a"] for files in outcomes([*SYNCED, Written(FILE, 512, b"y" * 1024)])}
    assert left == {
        b"x" * 512 + one + two + b"x" * 464
        for one in (b"x" * 512, b"y" * 512)
        for two in (b"x" * 512, b"y" * 512)
    }


def test_a_cut_that_was_not_synced_may_not_have_been() -> None:
    assert {len(files["a"]) for files in outcomes([*SYNCED, Cut(FILE, 100)])} == {100, 2000}


def test_names_change_in_order_and_a_move_replaces_in_one_step() -> None:
    steps: list[Step] = [
        *SYNCED,
        Made(ROOT, "b", OTHER, is_folder=False),
        Written(OTHER, 0, b"new"),
        Synced(OTHER),
        Moved(ROOT, "b", "a"),
        Removed(ROOT, "a"),
    ]
    old = b"x" * 2000
    kinds = [{"a": old}, {"a": old, "b": b"new"}, {"a": b"new"}, {}]
    left = outcomes(steps)
    assert all(files in kinds for files in left)
    assert all(kind in left for kind in kinds)
