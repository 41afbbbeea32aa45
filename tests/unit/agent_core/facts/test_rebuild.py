"""Tables from places: headings, rows, what a page breaks, and labels with values."""

from collections.abc import Sequence

from agent_core.facts.rebuild import rebuild
from agent_core.facts.sheets import Sheet
from tests.support.resume_pdf import sheet_of

HEADING = "Vessel Name     Type        Flag       Rank      From         To"
FIRST = "MV Alpha        Tug         Malta      Master    01-Jan-2020  02-Feb-2020"
SECOND = "MV Beta         Barge       Panama     Master    01-Jan-2019  02-Feb-2019"


def tables(*sheets: Sheet) -> list[list[list[str]]]:
    return [[list(row.cells) for row in table] for table in rebuild(sheets) if table]


def row(text: str) -> list[str]:
    return [cell.strip() for cell in text.split("  ") if cell.strip()]


def test_rows_under_a_heading() -> None:
    assert tables(sheet_of([HEADING, FIRST, SECOND])) == [[row(HEADING), row(FIRST), row(SECOND)]]


def test_what_stands_below_a_table_is_none_of_it() -> None:
    found = tables(sheet_of([HEADING, FIRST, "", "", "Private and confidential"]))
    assert found == [[row(HEADING), row(FIRST)], [["Private and confidential"]]]


def test_a_table_goes_on_on_the_next_page_with_its_heading_or_without() -> None:
    whole = [[row(HEADING), row(FIRST), row(SECOND)]]
    assert tables(sheet_of([HEADING, FIRST]), sheet_of([SECOND], number=2)) == whole
    assert tables(sheet_of([HEADING, FIRST]), sheet_of(["Sea service", HEADING, SECOND], number=2)) == whole


def test_a_row_that_the_page_breaks_is_one_row_with_two_places() -> None:
    broken = FIRST.replace("02-Feb-2020", "02-Feb-")
    rest = " " * FIRST.index("02-Feb") + "2020"
    ((_, whole, last),) = (
        list(table)
        for table in rebuild([sheet_of([HEADING, broken]), sheet_of([rest, SECOND], number=2)])
        if table
    )
    assert whole.cells[-1].replace(" ", "") == "02-Feb-2020"
    assert [place.page for place in whole.places()] == [1, 2]
    assert [place.page for place in whole.places(0)] == [1]
    assert last.cells[0] == "MV Beta"


def pairs(rows: Sequence[str]) -> list[list[str]]:
    return tables(sheet_of(rows))[0]


def test_a_label_without_a_value_keeps_its_empty_cell() -> None:
    assert pairs(["Name                    Present Rank    Master"]) == [
        ["Name", "", "Present Rank", "Master"]
    ]


def test_a_place_that_looks_like_a_visa_is_no_label() -> None:
    assert pairs(["City, State, Country    Iloilo, Western Visayas, Philippines"]) == [
        ["City, State, Country", "Iloilo, Western Visayas, Philippines"]
    ]


def test_lines_of_labels_are_rows_although_they_touch() -> None:
    lines = sheet_of(["Name: Kari", "Nationality: Norwegian"], height=11.7)
    assert tables(lines) == [[["Name: Kari"], ["Nationality: Norwegian"]]]
