"""Tables as rows under headings, or as label/value pairs."""

from agent_core.facts.tables import Heading, PairsRow, Record, rows_of

SEA = ("No", "Vessel Name", "Type", "Rank", "From", "To")


def test_rows_under_a_heading_have_named_cells() -> None:
    rows = list(rows_of([SEA, ("1", "MV A", "Tug", "Master", "1-Jan-2020", "")]))
    wanted = {
        "vessel": "MV A",
        "vessel_type": "Tug",
        "rank": "Master",
        "signed_on": "1-Jan-2020",
        "signed_off": "",
    }
    assert rows == [Record(Heading.SEA_SERVICE, wanted)]


def test_a_heading_of_papers_leaves_the_rows_own_numbers_out() -> None:
    heading = ("No", "Document", "Number", "Place of Issue", "Date of Issue", "Date of Expiry")
    (record,) = rows_of([heading, ("1", "Passport", "Z1", "Oslo", "1-Jan-2020", "1-Jan-2030")])
    assert isinstance(record, Record)
    assert (record.values["kind"], record.values["number"]) == ("Passport", "Z1")


def test_a_row_that_stands_alone_ends_a_table() -> None:
    rows = list(rows_of([SEA, ("1", "MV A", "", "", "", ""), ("Remarks",), ("a", "b")]))
    assert [type(row) for row in rows] == [Record, PairsRow, PairsRow]


def test_a_row_with_a_date_is_no_heading() -> None:
    (row,) = rows_of([("Passport No", "Number", "Issue", "1-Jan-2020")])
    assert isinstance(row, PairsRow)


def test_labels_above_their_values() -> None:
    (row,) = rows_of([("Name", "Present Rank"), ("Kari Example", "Master")])
    assert row == Record(Heading.PERSON, {"name": "Kari Example", "present_rank": "Master"})


def test_empty_rows_and_short_rows_are_survived() -> None:
    assert list(rows_of([(), ("",), SEA, ("1",), ("1", "MV A")]))
