"""Rows: by ruled lines, by white, and by the order in which a file draws."""

from collections.abc import Sequence

from agent_core.facts.bands import Band, bands, lines
from agent_core.facts.sheets import Across, Down, Sheet, Word
from tests.support.resume_pdf import sheet_of, words_of


def texts(found: Sequence[Band]) -> list[str]:
    return [" ".join(word.text for word in sorted(band.words)) for band in found]


def line(text: str, left: float, top: float, order: int) -> Word:
    return Word(text, left, top - 11.7, left + 5 * len(text), top, order)


def test_lines_that_keep_a_distance_are_rows() -> None:
    assert texts(bands(sheet_of(["a b", "c d"]))) == ["a b", "c d"]


def test_lines_of_cells_that_are_drawn_in_turns_are_one_row() -> None:
    words = [line("m", 20, 700, 0), line("n", 20, 688, 1), line("x", 200, 700, 2), line("y", 200, 688, 3)]
    assert texts(bands(Sheet(1, 600, 800, words))) == ["m n x y"]


def test_lines_that_touch_but_are_drawn_one_after_the_other_are_rows() -> None:
    assert texts(bands(sheet_of(["a b", "c d"], height=11.7))) == ["a b", "c d"]


def test_a_number_at_the_middle_of_its_row_belongs_to_it() -> None:
    words = [line("7", 20, 694, 0), line("x", 200, 700, 1), line("y", 200, 688, 2)]
    assert texts(bands(Sheet(1, 600, 800, words))) == ["7 x y"]


def test_the_second_line_of_the_last_cell_alone_belongs_to_the_row() -> None:
    words = [line("m", 20, 700, 0), line("x", 200, 700, 1), line("y", 200, 688, 2)]
    assert texts(bands(Sheet(1, 600, 800, words))) == ["m x y"]


def test_ruled_lines_part_rows_that_touch_and_hold_lines_together() -> None:
    words = words_of(["a", "b", "c"], height=11.7)
    across = [Across(y, 10, 590) for y in (701, 676.6, 664.9)]
    found = bands(Sheet(1, 600, 800, words, across, [Down(10, 660, 701), Down(590, 660, 701)]))
    assert texts(found) == ["a b", "c"]
    assert [(band.ruled_above, band.ruled_below) for band in found] == [(True, True), (True, True)]


def test_a_row_that_the_page_breaks_has_no_line_below() -> None:
    (row,) = bands(Sheet(1, 600, 800, words_of(["a b"]), [Across(701, 10, 590)]))
    assert (row.ruled_above, row.ruled_below) == (True, False)


def test_a_file_that_draws_column_after_column_still_has_rows() -> None:
    words = [line(f"{column}{row:02}", 20 + 100 * column, 700 - 20 * row, 20 * column + row)
             for column in range(3) for row in range(12)]  # fmt: skip
    assert len(bands(Sheet(1, 600, 800, words))) == 12


def test_lines_are_read_from_the_left() -> None:
    assert [[word.text for word in row] for row in lines(reversed(words_of(["a b", "c d"])))] == [
        ["a", "b"],
        ["c", "d"],
    ]
