"""Where the facts of a page stand in its PDF."""

from datetime import date

from reportlab.pdfgen.canvas import Canvas

from agent_core.facts.evidence import evidence_at, locate
from agent_core.facts.read_pdf import read_pdf
from agent_core.facts.sheets import Box
from protocol.facts import FactsSource, ResumeFacts, SeaService
from tests.support.resume_pdf import pdf, resume, write_table


def paths(facts: ResumeFacts) -> list[str]:
    return [place.path for place in facts.evidence]


def test_the_places_are_those_that_the_pdf_itself_gives() -> None:
    read = read_pdf(resume()).facts
    located = locate(read.model_copy(update={"source": FactsSource.PAGE, "evidence": ()}), resume())
    assert {(place.path, place.page) for place in located.evidence} == {
        (place.path, place.page) for place in read.evidence
    }
    for place in located.evidence:
        near = [other.box for other in read.evidence if other.path == place.path]
        assert any(all(abs(a - b) < 1 for a, b in zip(place.box, box, strict=True)) for box in near), place


def test_what_the_pdf_does_not_say_has_no_place() -> None:
    facts = ResumeFacts(
        source=FactsSource.PAGE,
        name="Somebody Else",
        date_of_birth=date(1999, 1, 1),
        sea_service=(SeaService(vessel="MV Nowhere"),),
    )
    assert locate(facts, resume()).evidence == ()


def test_a_short_value_is_only_looked_for_behind_its_label() -> None:
    def draw(canvas: Canvas) -> None:
        write_table(canvas, [("AB is written here first",), ("Present Rank", "AB")], top=700, step=150)

    (place,) = locate(ResumeFacts(source=FactsSource.PAGE, present_rank="AB"), pdf(draw)).evidence
    assert place.box[0] > 170
    assert place.box[3] < 700


def test_equal_voyages_have_their_own_places() -> None:
    voyage = SeaService(vessel="MV Same", company="Co", signed_on=date(2020, 1, 1))

    def draw(canvas: Canvas) -> None:
        write_table(canvas, [("MV Same", "Co", "01-Jan-2020")] * 2, top=700, step=150)

    first, second = locate(
        ResumeFacts(source=FactsSource.PAGE, sea_service=(voyage, voyage)), pdf(draw)
    ).evidence
    assert (first.path, second.path) == ("sea_service.0", "sea_service.1")
    assert first.box[1] > second.box[3]


def test_the_end_of_one_date_and_the_begin_of_the_next_are_no_date() -> None:
    voyage = SeaService(
        vessel="MV A", company="Co", signed_on=date(2016, 12, 3), signed_off=date(2021, 3, 12)
    )

    def draw(canvas: Canvas) -> None:
        write_table(canvas, [("MV A", "Co", "2016-12-03", "2021-03-12")], top=700, step=120)

    (row,) = locate(ResumeFacts(source=FactsSource.PAGE, sea_service=(voyage,)), pdf(draw)).evidence
    assert row.box[2] > 390


def test_letters_that_change_their_number_when_folded_move_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        write_table(canvas, [("Street: Stra\u00dfe",), ("Name", "Kari Testmann")], top=700, step=150)

    (place,) = locate(ResumeFacts(source=FactsSource.PAGE, name="Kari Testmann"), pdf(draw)).evidence
    assert 179 < place.box[0] < 181


def test_bytes_that_are_no_pdf_give_no_places() -> None:
    facts = ResumeFacts(source=FactsSource.PAGE, name="Kari Testmann")
    assert locate(facts, b"%PDF-1.7 broken") == facts


def test_a_place_that_no_page_has_is_left_out() -> None:
    assert list(evidence_at("name", 1, Box(0, 0, 1e9, 1))) == []
    assert list(evidence_at("name", 1, Box(0, 0, float("nan"), 1))) == []
    (place,) = evidence_at("name", 1, Box(0.04, 0, 10.06, 1))
    assert place.box == (0.0, 0, 10.1, 1)
