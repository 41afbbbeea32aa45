"""Facts of whole pages, wide and narrow, and of what is no resume at all."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from agent_core.facts.read_page import MOST_CELLS, read_page
from agent_core.ports import Cells
from protocol.facts import Document, FactsSource, ResumeFacts, SeaService

WIDE: Cells = (
    (("Curriculum Vitae",), ("Name", "Kari  Example", "Present Rank", "2nd Of ficer")),
    (
        ("Rank Applied For", "Chief Officer"),
        ("Date of Birth", "12-Nov-1980"),
        ("City, State, Country", "Pune, Maharashtra, India"),
        ("Mobile No", ":", "+91 0098 7"),
        ("Email Address", "kari@example.com"),
        ("Availability: Immediate",),
    ),
    (
        ("Travel documents",),
        ("Document", "Number", "Place of Issue", "Date of Issue", "Date of Expiry"),
        ("Passport", "007", "Mumbai", "12/11/2020", "2030-11-11"),
        ("Passport", "008", "Oslo", "12/11/2021", "lost"),
        ("CDC", "M1", "Mumbai", "", ""),
        ("US Visa", "V", "", "", "1-Jan-2027"),
    ),
    (
        ("Grade", "Number", "Issuing Authority", "Date of Issue", "Date of Expiry"),
        ("Master (FG)", "C1", "DG Shipping", "12-Nov-2020", "Unlimited"),
    ),
    (("STCW Course", "Number", "Issue", "Expiry"), ("GMDSS", "1", "1-1-2020", "1-1-2025")),
    (
        ("No", "Vessel Name", "Type", "Flag", "GRT/DWT", "Engine", "kW/BHP", "Rank", "Company", "From", "To"),
        ("1", "MV A", "Bulk Carrier", "Panama", "1 / 2", "MAN", "5 / 6", "2nd Officer", "Co",
         "12-Nov-2020", "1-Jan-2021"),
    ),
)  # fmt: skip


def test_a_wide_page() -> None:
    facts = read_page(WIDE)
    assert (facts.source, facts.name, facts.present_rank) == (FactsSource.PAGE, "Kari Example", "2nd Officer")
    assert (facts.rank_applied_for, facts.date_of_birth) == ("Chief Officer", date(1980, 11, 12))
    assert (facts.country, facts.mobile_no, facts.email) == ("India", "+91 0098 7", "kari@example.com")
    assert facts.availability == "Immediate"
    assert [paper.number for paper in facts.documents] == ["007", "008", "M1", "V"]
    assert facts.documents[1] == Document(
        kind="Passport", number="008", place="Oslo", issued_on=date(2021, 11, 12)
    )
    assert [paper.name for paper in facts.certificates] == ["Master (FG)", "GMDSS"]
    assert facts.sea_service == (
        SeaService(
            vessel="MV A",
            vessel_type="Bulk Carrier",
            flag="Panama",
            tonnage="1 / 2",
            engine="MAN",
            power="5 / 6",
            rank="2nd Officer",
            company="Co",
            signed_on=date(2020, 11, 12),
            signed_off=date(2021, 1, 1),
        ),
    )


def narrow(cells: Cells) -> Cells:
    """The same page where every cell wraps: a date breaks after the hyphen, words stand below each other."""
    wrapped = lambda cell: cell.replace("-", "-\n").replace(" ", "\n")  # noqa: E731 - used once, just below
    return tuple(tuple(tuple(map(wrapped, row)) for row in table) for table in cells)


def test_a_narrow_page_says_the_same() -> None:
    assert read_page(narrow(WIDE)) == read_page(WIDE)


def test_of_two_answers_about_the_person_the_first_counts() -> None:
    cells: Cells = ((("Name", "Kari Example"),), (("Next of kin",), ("Name", "Ola Example")))
    assert read_page(cells).name == "Kari Example"


def test_a_page_without_tables_says_nothing() -> None:
    assert read_page(()) == ResumeFacts(source=FactsSource.PAGE)


def test_leading_zeros_and_signs_stay() -> None:
    assert read_page(((("Mobile No", "+0047 098"),),)).mobile_no == "+0047 098"


def test_too_many_rows_are_cut() -> None:
    row = ("1", "MV", "Tug", "F", "1", "E", "1", "Master", "Co", "1-Jan-2020", "1-Jan-2021")
    assert len(read_page(((WIDE[5][0], *([row] * 900)),)).sea_service) == 400


WORDS = st.sampled_from(
    [cell for table in WIDE for row in table for cell in row]
    + ["", ":", "x" * 900, "Passport", "Name:", "\n"]
)


@given(st.lists(st.lists(st.lists(WORDS | st.text(max_size=20), max_size=6), max_size=6), max_size=4))
def test_any_page_is_survived_and_fits_the_protocol(tables: list[list[list[str]]]) -> None:
    cells = tuple(tuple(tuple(row) for row in table) for table in tables)
    facts = read_page(cells)
    assert ResumeFacts.model_validate_json(facts.model_dump_json()) == facts


def test_a_name_of_a_megabyte_is_cut_and_takes_no_longer_than_its_beginning() -> None:
    # An address without an end would otherwise be looked for anew from each of its letters.
    facts = read_page(((("Name", "x" * 1_000_000), ("Email", "y" * 1_000_000)),))
    assert (facts.name, facts.email) == ("x" * 400, "y" * 400)
    assert read_page(((("Email", "kari@example.com, " + "z" * 1_000_000),),)).email == "kari@example.com"


def test_what_a_reader_cannot_see_is_no_part_of_a_fact() -> None:
    facts = read_page(((("Name", "\u202eira\x1bK\x00 \u2066Nord\u2069"), ("Mobile No", "\u200e0042")),))
    assert (facts.name, facts.mobile_no) == ("iraK Nord", "0042")


def test_a_formula_stays_the_text_that_it_is() -> None:
    assert read_page(((("Name", "=HYPERLINK(1)"),),)).name == "=HYPERLINK(1)"


def test_a_page_of_endless_cells_is_read_to_a_limit() -> None:
    name = (("Name", "Kari"),)
    for filling in ((("",) * (MOST_CELLS - 2),), (("",),) * (MOST_CELLS - 2), ((),) * (MOST_CELLS - 2)):
        assert read_page((filling, name)).name == "Kari"
        assert read_page((filling, (("", ""),), name)).name == ""
    assert read_page(((*name, ("",) * 10 * MOST_CELLS),)).name == "Kari"
