from agent_core.facts.bands import Band, bands
from agent_core.facts.columns import edges, place, under
from agent_core.facts.sheets import Down, Sheet, Word
from tests.support.resume_pdf import sheet_of, words_of


def rows(*texts: str) -> list[Band]:
    return bands(sheet_of(texts))


def test_white_through_all_rows_parts_columns_and_a_space_does_not() -> None:
    found = edges(rows("Ship name    Flag", "MV A         Panama", "MV Long B    Malta"))
    assert len(found) == 1


def test_white_in_one_row_alone_parts_nothing() -> None:
    assert edges(rows("one    two", "one of them two")) == ()


def test_ruled_sides_part_columns_that_have_no_white() -> None:
    words = [Word("ab", 20, 690, 99, 700, 0), Word("cd", 101, 690, 150, 700, 1)]
    down = [Down(x, 680, 710) for x in (10, 100, 300)]
    (row,) = bands(Sheet(1, 600, 800, words, (), down))
    assert edges([row]) == (100,)
    assert [place(word, edges([row])) for word in row.words] == [0, 1]


def test_the_sides_of_neighbouring_cells_are_one_edge() -> None:
    down = [Down(x, 680, 710) for x in (10, 99, 101, 300)]
    (row,) = bands(Sheet(1, 600, 800, words_of(["ab                 cd"]), (), down))
    assert len(edges([row])) == 1


def test_white_beside_a_heading_in_the_middle_parts_no_column() -> None:
    heading, *below = rows(
        "            Name                Number             Place  ",
        "Pass                      N1             Oslo        ",
        "Seaman                    S22            Bergen      ",
    )
    assert len(edges([heading, *below])) > 2
    between = under(heading, below)
    assert len(between) == 2
    assert [place(word, between) for word in sorted(below[1].words, key=lambda word: word.left)] == [0, 1, 2]
