"""Documents and certificates of a resume, from rows under headings and from label/value pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agent_core.facts import labels
from agent_core.facts.dates import read_date
from agent_core.facts.tables import Record
from agent_core.facts.words import heal, squeezed
from protocol.facts import Certificate, Document

TEXT_LIMIT = 400
"""Characters of a `protocol.wire.ShortText`."""


def clip(text: str) -> str:
    """Return the text as long as the protocol takes it."""
    return text[:TEXT_LIMIT]


def paper(record: Record) -> Document | Certificate | None:
    """Read a row of a table of documents or certificates; nothing when the row says nothing."""
    values = record.values
    kind = _kind_of(record)
    number = values.get("number", "")
    if not kind and record.kind_heading:
        kind, number = labels.document_kind(record.kind_heading) or "", number or values.get("kind", "")
    issued, expires = read_date(values.get("issued_on", "")), read_date(values.get("expires_on", ""))
    if not kind or not (number or issued or expires or values.get("authority") or values.get("place")):
        return None if not kind or _is_filler(kind) else Certificate(name=clip(kind))
    if labels.document_kind(kind) or squeezed(record.kind_heading) in labels.DOCUMENT_KIND:
        place = values.get("place") or values.get("authority", "")
        return Document(
            kind=clip(kind), number=clip(number), place=clip(place), issued_on=issued, expires_on=expires
        )
    authority = heal(values.get("authority") or values.get("place", ""))
    return Certificate(
        name=clip(kind), number=clip(number), authority=clip(authority), issued_on=issued, expires_on=expires
    )


def _kind_of(record: Record) -> str:
    if (
        labels.document_kind(record.kind_heading)
        and squeezed(record.kind_heading) not in labels.DOCUMENT_KIND
    ):
        return ""  # the heading itself is the kind, and the cell below it the number
    return heal(" ".join(filter(None, (record.values.get("kind", ""), record.values.get("grade", "")))))


def _is_filler(text: str) -> bool:
    return not any(char.isalpha() for char in text)


@dataclass
class PairedDocuments:
    """Documents from label/value pairs: a number begins one, and what follows belongs to it."""

    found: list[Document] = field(default_factory=list)

    def take(self, label: str, value: str) -> bool:
        """Take a pair if it is about a document, and tell whether it was."""
        kind = labels.document_kind(label)
        about = _about(label, kind)
        if kind is not None and about == "number":
            if value:
                self.found.append(Document(kind=clip(kind), number=clip(value)))
            return True
        if about is None or about == "number" or not self.found:
            return False
        place = self._last_of(kind)
        if place is None:
            return False
        change = clip(value) if about == "place" else read_date(value)
        self.found[place] = self.found[place].model_copy(update={about: change})
        return True

    def take_row(self, row: Sequence[str]) -> bool:
        """Take a row such as ``Passport | Z123 | Mumbai | date | date`` that has no headings."""
        kind = labels.document_kind(row[0]) if row else None
        rest = [cell for cell in row[1:] if cell]
        words = [cell for cell in rest if read_date(cell) is None]
        dates = [read_date(cell) for cell in rest if read_date(cell) is not None]
        labelled = any(_about(cell, labels.document_kind(cell)) not in (None, "number") for cell in row)
        if kind is None or labelled or not dates or not words:
            return False
        self.found.append(
            Document(
                kind=clip(row[0]),
                number=clip(words[0]),
                place=clip(words[1]) if len(words) > 1 else "",
                issued_on=dates[0] if len(dates) > 1 else None,
                expires_on=dates[-1],
            )
        )
        return True

    def _last_of(self, kind: str | None) -> int | None:
        places = [place for place, known in enumerate(self.found) if kind in (None, known.kind)]
        return places[-1] if places else None


def _about(label: str, kind: str | None) -> str | None:
    """Return which field of a document a label names."""
    words = squeezed(label)
    for ending in _without_kind(words) if kind is not None else (words,):
        if ending in labels.ISSUED:
            return "issued_on"
        if ending in labels.EXPIRES:
            return "expires_on"
        if ending in labels.PLACE and ending != "country":
            return "place"
        if ending in labels.NUMBER or ending == "":
            return "number"
    return "number" if kind is not None else None


def _without_kind(words: str) -> Iterator[str]:
    for kind in ("passport", "seamansbook", "seamenbook", "seamanbook", "cdc", "visa"):
        if kind in words:
            yield words.replace(kind, "")
