"""How much of a resume is read from its PDF alone, on 500 generated resumes with their truth, and how fast.

Beside it, in the same run and on the same files, a plain reader: `get_text` and regular expressions line by
line. The resumes are of both layouts, printed by a real Chromium; then the same measure on layouts by another
hand and on PDFs of another producer (reportlab), which the reader was not made for.
"""

import re
import statistics
import time
from collections.abc import Callable, Sequence

import pypdfium2

from agent_core.facts.dates import read_date
from agent_core.facts.evidence import locate
from agent_core.facts.read_pdf import read_pdf
from protocol.facts import Certificate, Document, FactsSource, ResumeFacts, SeaService
from tests.support.corpus.by_hand import page_by_hand
from tests.support.corpus.otherwise import paper
from tests.support.corpus.pages import page
from tests.support.corpus.people import Person, person
from tests.support.corpus.printing import printer
from tests.support.corpus.score import Score

RESUMES = 500
OTHERS = 100
FIRST_SEED = 1
WHOLE_ROWS = 0.98
OTHER_FACTS = 0.99
CPU_SECONDS = 0.15

Read = Callable[[bytes], ResumeFacts]
_DATE = r"\d{1,2}[-./ ][A-Za-z]{3}[-./ ]\d{4}|\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{4}-\d{2}-\d{2}"
_VOYAGE = re.compile(rf"(?:\d+ )?((?:M\.V\.|MV|MT) .+?) (\d[\d/ ]*) (.*?)({_DATE}) ({_DATE})?")
_PAPER = re.compile(rf"(.+?) ((?:[A-Z]+[ /]?)?\d[\w/-]*) (.*?) ?({_DATE})? ?({_DATE})")
_LABELS = {
    "name": "Name of Candidate|Full Name|Name",
    "present_rank": "Present Rank|Current Rank",
    "rank_applied_for": "Rank Applied For|Applied For",
    "email": "Email Address|E-mail|Email Id",
    "mobile_no": "Mobile No|Mobile Number|Contact No",
    "nationality": "Nationality",
    "availability": "Availability|Available From",
    "date_of_birth": "Date of Birth|DOB",
    "country": "City, State, Country|City/State/Country",
}


def main() -> bool:
    """Print the shares and the costs; tell whether all are as promised."""
    people = [person(seed) for seed in range(FIRST_SEED, FIRST_SEED + RESUMES)]
    others = [person(seed) for seed in range(FIRST_SEED + RESUMES, FIRST_SEED + RESUMES + OTHERS)]
    pages = [page(one) for one in people]
    with printer() as browser:
        pdfs = browser.print(pages)
        by_hand = browser.print([page_by_hand(one) for one in others])
    print(f"Facts from the PDF alone, {RESUMES} resumes printed by Chromium")
    for layout in ("wide", "narrow"):
        chosen = [number for number, one in enumerate(pages) if one.layout == layout]
        _measure(f"  {layout}, {len(chosen)}", [people[n] for n in chosen], [pdfs[n] for n in chosen], _read)
    kept = _measure("  both", people, pdfs, _read)
    _measure("  peer: get_text and lines", people, pdfs, _read_lines)
    kept = _measure(f"  by another hand, {OTHERS}", others, by_hand, _read) and kept
    kept = _measure(f"  by reportlab, {OTHERS}", others, [paper(one) for one in others], _read) and kept
    _places(people, pdfs)
    print(f"  promised: rows >= {WHOLE_ROWS}, other facts >= {OTHER_FACTS}, <= {CPU_SECONDS} CPU-seconds")
    return kept


def _measure(name: str, people: Sequence[Person], pdfs: Sequence[bytes], read: Read) -> bool:
    score, seconds = Score(), []
    for one, pdf in zip(people, pdfs, strict=True):
        begin = time.process_time()
        facts = read(pdf)
        seconds.append(time.process_time() - begin)
        score.add(one.truth, facts)
    cpu, most = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    print(
        f"{name}: rows whole {score.whole:.4f} of {score.rows}, "
        f"other facts {score.other:.4f} of {score.facts}, wrong but confident {score.made_up:.4f}, "
        f"CPU-seconds {cpu:.3f} (19 of 20 within {most:.3f})"
    )
    return score.whole >= WHOLE_ROWS and score.other >= OTHER_FACTS and most <= CPU_SECONDS


def _places(people: Sequence[Person], pdfs: Sequence[bytes]) -> None:
    """Print what it costs to find the places of facts that were read from the page."""
    seconds, found, wanted = [], 0, 0
    for one, pdf in zip(people, pdfs, strict=True):
        truth = one.truth.model_copy(update={"source": FactsSource.PAGE})
        begin = time.process_time()
        located = locate(truth, pdf)
        seconds.append(time.process_time() - begin)
        rows = {f"sea_service.{number}" for number in range(len(truth.sea_service))}
        wanted += len(rows)
        found += len(rows & {place.path for place in located.evidence})
    print(
        f"  places of the page's facts in its PDF: {found / wanted:.4f} of the rows found, "
        f"CPU-milliseconds {1000 * statistics.median(seconds):.1f} (worst {1000 * max(seconds):.1f})"
    )


def _read(pdf: bytes) -> ResumeFacts:
    return read_pdf(pdf).facts


def _read_lines(pdf: bytes) -> ResumeFacts:
    """Read as is often done: the text in the file's order, one line after the other."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    lines = text.replace("\ufffe", "-").splitlines()
    person = {fact: _labelled(lines, names) for fact, names in _LABELS.items()}
    born, country = read_date(person.pop("date_of_birth")), person.pop("country")
    voyages = [_voyage(match) for line in lines if (match := _VOYAGE.match(line))]
    papers = [match for line in lines if not _VOYAGE.match(line) and (match := _PAPER.fullmatch(line))]
    is_document = re.compile("Passport|Visa|CDC|Seaman")
    return ResumeFacts(
        source=FactsSource.PDF,
        **{fact: value[:400] for fact, value in person.items()},
        date_of_birth=born,
        country=country.rpartition(",")[2].strip(),
        documents=tuple(_document(match) for match in papers if is_document.match(match[1])),
        certificates=tuple(_certificate(match) for match in papers if not is_document.match(match[1])),
        sea_service=tuple(voyages),
    )


def _labelled(lines: Sequence[str], names: str) -> str:
    label = re.compile(rf"(?:{names}) ?:? (.+)")
    return next((match[1].strip() for line in lines if (match := label.match(line))), "")


def _voyage(match: re.Match[str]) -> SeaService:
    return SeaService(
        vessel=match[1][:400],
        tonnage=match[2].strip(),
        company=match[3].strip()[:400],
        signed_on=read_date(match[4]),
        signed_off=read_date(match[5] or ""),
    )


def _document(match: re.Match[str]) -> Document:
    first, last = read_date(match[4] or ""), read_date(match[5])
    return Document(
        kind=match[1][:400], number=match[2], place=match[3][:400], issued_on=first, expires_on=last
    )


def _certificate(match: re.Match[str]) -> Certificate:
    first, last = read_date(match[4] or ""), read_date(match[5])
    name, number, authority = match[1][:400], match[2], match[3][:400]
    return Certificate(name=name, number=number, authority=authority, issued_on=first, expires_on=last)
