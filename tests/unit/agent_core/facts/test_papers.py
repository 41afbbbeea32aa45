"""Documents and certificates, from tables and from pairs."""

from datetime import date

from agent_core.facts.papers import PairedDocuments, paper
from agent_core.facts.tables import Heading, Record
from protocol.facts import Certificate, Document


def record(kind_heading: str, **values: str) -> Record:
    return Record(Heading.PAPERS, values, kind_heading=kind_heading)


def test_a_document_has_all_its_fields() -> None:
    read = paper(
        record("Document", kind="CDC", number="007", place="Oslo", issued_on="1-Jan-2020", expires_on="?")
    )
    assert read == Document(kind="CDC", number="007", place="Oslo", issued_on=date(2020, 1, 1))


def test_a_passport_under_any_heading_is_a_document() -> None:
    assert isinstance(paper(record("Name of paper", kind="Indian Passport", number="1")), Document)


def test_a_certificate_has_its_grade_and_authority() -> None:
    read = paper(record("Certificate", kind="CoC", grade="Master", number="1", authority="DG Shipping"))
    assert read == Certificate(name="CoC Master", number="1", authority="DG Shipping")


def test_the_heading_may_be_the_kind() -> None:
    read = paper(record("Passport No", kind="Z1", expires_on="1-Jan-2030"))
    assert read == Document(kind="Passport", number="Z1", expires_on=date(2030, 1, 1))


def test_a_row_that_says_nothing_is_nothing() -> None:
    assert paper(record("Document", kind="", number="")) is None
    assert paper(record("Course", kind="-")) is None


def test_a_long_cell_is_cut_to_what_the_protocol_takes() -> None:
    read = paper(record("Course", kind="x" * 5000, number="y" * 5000))
    assert isinstance(read, Certificate)
    assert (len(read.name), len(read.number)) == (400, 400)


def test_pairs_make_documents() -> None:
    pairs = PairedDocuments()
    taken = [
        pairs.take(label, value)
        for label, value in (
            ("Passport No", "Z1"),
            ("Place of Issue", "Oslo"),
            ("CDC No", "M2"),
            ("Date of Expiry", "1-Jan-2030"),
            ("Passport Date of Issue", "1-Jan-2020"),
            ("Height", "180"),
        )
    ]
    assert taken == [True] * 5 + [False]
    assert pairs.found == [
        Document(kind="Passport", number="Z1", place="Oslo", issued_on=date(2020, 1, 1)),
        Document(kind="CDC", number="M2", expires_on=date(2030, 1, 1)),
    ]


def test_a_row_without_headings_is_a_document() -> None:
    pairs = PairedDocuments()
    assert pairs.take_row(("Passport", "Z1", "Oslo", "1-Jan-2020", "1-Jan-2030"))
    assert pairs.found == [
        Document(
            kind="Passport",
            number="Z1",
            place="Oslo",
            issued_on=date(2020, 1, 1),
            expires_on=date(2030, 1, 1),
        )
    ]
    assert not pairs.take_row(("Passport No", "Z1"))
