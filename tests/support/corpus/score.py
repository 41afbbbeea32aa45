"""How much of the truth a reader found, and how much it made up."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from protocol.facts import ResumeFacts

PERSON = (
    "name", "present_rank", "rank_applied_for", "email", "mobile_no", "country", "nationality",
    "date_of_birth",
    "availability",
)  # fmt: skip


@dataclass
class Score:
    """Counts over many resumes.

    Attributes:
        rows: of sea service in the truth.
        whole_rows: that were read with every field right.
        facts: all others in the truth: each of the person, each field of a document or certificate.
        right: of them.
        wrong: facts and rows that say something that the resume does not say.
        misses: what was missed, as ``(fact, true, read)``.
    """

    rows: int = 0
    whole_rows: int = 0
    facts: int = 0
    right: int = 0
    wrong: int = 0
    misses: list[tuple[str, Any, Any]] = field(default_factory=list)

    @property
    def whole(self) -> float:
        """Share of the sea-service rows that are whole."""
        return self.whole_rows / self.rows

    @property
    def other(self) -> float:
        """Share of the other facts that are right."""
        return self.right / self.facts

    @property
    def made_up(self) -> float:
        """Share of all that is wrong and looks right."""
        return self.wrong / (self.rows + self.facts)

    def add(self, truth: ResumeFacts, read: ResumeFacts) -> None:
        """Count one resume."""
        for fact in PERSON:
            self._compare(fact, getattr(truth, fact), getattr(read, fact))
        for kind in ("documents", "certificates"):
            for true, found in _matched(getattr(truth, kind), getattr(read, kind)):
                self._compare_row(kind, true, found)
        self._compare_voyages(truth, read)

    def _compare(self, fact: str, true: Any, found: Any) -> None:
        if true:
            self.facts += 1
            self.right += true == found
        if true != found:
            self.wrong += bool(found)
            self.misses.append((fact, true, found))

    def _compare_row(self, kind: str, true: BaseModel | None, found: BaseModel | None) -> None:
        if true is None:
            self.wrong += 1
            self.misses.append((kind, None, found))
            return
        for fact, value in true:
            self._compare(f"{kind}.{fact}", value, getattr(found, fact, None))

    def _compare_voyages(self, truth: ResumeFacts, read: ResumeFacts) -> None:
        true, found = Counter(truth.sea_service), Counter(read.sea_service)
        self.rows += true.total()
        self.whole_rows += (true & found).total()
        self.wrong += (found - true).total()
        self.misses += [("missed row", row, None) for row in (true - found).elements()]
        self.misses += [("made-up row", None, row) for row in (found - true).elements()]


def _matched(true: Iterable[Any], found: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Pair papers by number, then by name."""
    left = list(found)
    for paper in true:
        same = [other for other in left if other.number == paper.number] or [
            other for other in left if _name(other) == _name(paper)
        ]
        if same:
            left.remove(same[0])
        yield paper, same[0] if same else None
    yield from ((None, other) for other in left)


def _name(paper: Any) -> str:
    return str(getattr(paper, "kind", "") or getattr(paper, "name", ""))
