"""Facts from PDFs alone, on generated resumes with their truth; `benchmarks/facts.py` prints 500 of them."""

from collections.abc import Sequence

import pytest

from agent_core.facts.evidence import locate
from agent_core.facts.pdf_file import opened
from agent_core.facts.read_pdf import read_pdf
from agent_core.facts.words import squeezed
from protocol.facts import Evidence, FactsSource, ResumeFacts
from tests.support.corpus.by_hand import page_by_hand
from tests.support.corpus.otherwise import paper
from tests.support.corpus.pages import page
from tests.support.corpus.people import Person, person
from tests.support.corpus.printing import printer
from tests.support.corpus.score import Score

WHOLE_ROWS = 0.98
OTHER_FACTS = 0.99
PAGES = [person(seed) for seed in range(2000, 2040)]
BY_HAND = [person(seed) for seed in range(2040, 2050)]
OTHERWISE = [person(seed) for seed in range(2050, 2065)]


@pytest.fixture(scope="module")
def printed() -> list[tuple[Person, bytes]]:
    pages = [page(one) for one in PAGES] + [page_by_hand(one) for one in BY_HAND]
    with printer() as browser:
        return list(zip([*PAGES, *BY_HAND], browser.print(pages), strict=True))


def score(resumes: Sequence[tuple[Person, bytes]]) -> Score:
    found = Score()
    for one, pdf in resumes:
        found.add(one.truth, read_pdf(pdf).facts)
    return found


def test_what_a_browser_printed_is_read(printed: list[tuple[Person, bytes]]) -> None:
    found = score(printed)
    assert found.rows > 300
    assert found.whole >= WHOLE_ROWS, found.misses[:5]
    assert found.other >= OTHER_FACTS, found.misses[:5]


def test_what_another_program_made_is_read() -> None:
    found = score([(one, paper(one)) for one in OTHERWISE])
    assert found.whole >= WHOLE_ROWS, found.misses[:5]
    assert found.other >= OTHER_FACTS, found.misses[:5]


def test_the_places_of_facts_hold_what_they_say(printed: list[tuple[Person, bytes]]) -> None:
    wanted, right = 0, 0
    for one, pdf in printed:
        truth = one.truth.model_copy(update={"source": FactsSource.PAGE})
        texts = texts_at(pdf, locate(truth, pdf).evidence)
        for path, value in said(truth):
            wanted += 1
            right += squeezed(value) in squeezed(texts.get(path, ""))
    assert wanted > 1000
    assert right >= OTHER_FACTS * wanted, (right, wanted)


def said(facts: ResumeFacts) -> list[tuple[str, str]]:
    """What must stand at the place of each fact."""
    person = [
        (fact, getattr(facts, fact)) for fact in ("name", "present_rank", "email", "mobile_no", "country")
    ]
    rows = [(f"documents.{n}", paper.number) for n, paper in enumerate(facts.documents)]
    rows += [(f"certificates.{n}", paper.number) for n, paper in enumerate(facts.certificates)]
    rows += [(f"sea_service.{n}", voyage.tonnage) for n, voyage in enumerate(facts.sea_service)]
    return [(path, value) for path, value in person + rows if value]


def texts_at(pdf: bytes, evidence: Sequence[Evidence]) -> dict[str, str]:
    """Return the words in the place of each fact, in the order in which they are drawn."""
    with opened(pdf) as file:
        sheets = {sheet.number: sheet for sheet in file.sheets()}
    texts: dict[str, str] = {}
    for place in evidence:
        left, bottom, right, top = place.box
        words = [
            word.text
            for word in sheets[place.page].words
            if left - 1 <= word.x <= right + 1 and bottom - 1 <= word.y <= top + 1
        ]
        texts[place.path] = texts.get(place.path, "") + " ".join(words)
    return texts
