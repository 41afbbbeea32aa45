"""Facts from a PDF alone."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from agent_core.errors import ResumeError
from agent_core.facts.read_pdf import read_pdf
from protocol.facts import FactsSource, ResumeFacts
from protocol.reasons import Reason
from tests.support.resume_pdf import EXPIRES, pdf, resume


def test_a_resume_is_read_with_the_place_of_each_fact() -> None:
    reading = read_pdf(resume())
    facts = reading.facts
    assert (facts.source, facts.name, facts.present_rank) == (FactsSource.PDF, "Kari Testmann", "2nd Officer")
    assert (facts.date_of_birth, facts.mobile_no) == (date(1980, 11, 12), "+47 0098 7")
    assert [document.kind for document in facts.documents] == ["Passport", "US Visa", "Schengen Visa"]
    assert [voyage.vessel for voyage in facts.sea_service] == ["MV Alpha", "MT Beta"]
    places = {place.path: place for place in facts.evidence}
    assert {
        "name",
        "date_of_birth",
        "documents.2",
        "documents.0.expires_on",
        "sea_service.1",
    } <= places.keys()
    assert facts.documents[0].expires_on == EXPIRES
    left, bottom, right, top = places["documents.0.expires_on"].box
    assert 460 < left < right < 540
    assert bottom < 582 < top
    assert places["documents.0"].box[0] < 31
    assert "N0012345" in reading.text.text


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_shown_on_its_side_says_the_same(rotation: int) -> None:
    def told(facts: ResumeFacts) -> ResumeFacts:
        return facts.model_copy(update={"evidence": ()})

    turned, upright = read_pdf(resume(page_rotation=rotation)).facts, read_pdf(resume()).facts
    assert told(turned) == told(upright)
    assert all(-1 < place.box[1] < place.box[3] < 801 for place in turned.evidence)


def test_a_picture_of_a_resume_has_no_text() -> None:
    with pytest.raises(ResumeError) as caught:
        read_pdf(pdf(lambda canvas: canvas.rect(10, 10, 300, 300, fill=1)))
    assert caught.value.reason is Reason.RESUME_NO_TEXT


def test_text_from_right_to_left_and_what_is_no_resume_are_survived() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(30, 700, "A letter about nothing at all, with no label and no table in it.")
        canvas.drawString(30, 680, "\u202eabc \u0000 12-Nov-2026")

    facts = read_pdf(pdf(draw)).facts
    assert (facts.name, facts.documents, facts.sea_service, facts.evidence) == ("", (), (), ())


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 2000))
def test_a_damaged_file_is_read_or_refused(junk: bytes, place: int) -> None:
    whole = resume()
    at = place % len(whole)
    with suppress(ResumeError):
        facts = read_pdf(whole[:at] + junk + whole[at + len(junk) :]).facts
        assert ResumeFacts.model_validate_json(facts.model_dump_json()) == facts
