"""What is read from a resume: its text and its facts, each with the version of the reader that made it.

Facts are what the resume says, not what is true: dates that cannot be read stay ``None``, and phone
numbers and ids keep their leading zeros because they are text.
"""

from datetime import date
from enum import StrEnum

from pydantic import Field

from protocol.wire import ShortText, Wire

FACTS_VERSION = 1
TEXT_VERSION = 1


class FactsSource(StrEnum):
    """Where the facts were read: the page's own cells, or the words of a PDF."""

    PAGE = "page"
    PDF = "pdf"


class Document(Wire):
    """A passport, a seaman's book or a visa."""

    kind: ShortText
    number: ShortText = ""
    place: ShortText = ""
    issued_on: date | None = None
    expires_on: date | None = None


class Certificate(Wire):
    """A certificate of competency or a course."""

    name: ShortText
    number: ShortText = ""
    authority: ShortText = ""
    issued_on: date | None = None
    expires_on: date | None = None


class SeaService(Wire):
    """One row of the sea-service table."""

    vessel: ShortText
    vessel_type: ShortText = ""
    flag: ShortText = ""
    tonnage: ShortText = ""
    engine: ShortText = ""
    power: ShortText = ""
    rank: ShortText = ""
    company: ShortText = ""
    signed_on: date | None = None
    signed_off: date | None = None


class ResumeFacts(Wire):
    """The facts of one resume. An empty string means that the resume does not say."""

    facts_version: int = FACTS_VERSION
    source: FactsSource
    name: ShortText = ""
    present_rank: ShortText = ""
    rank_applied_for: ShortText = ""
    email: ShortText = ""
    mobile_no: ShortText = ""
    country: ShortText = ""
    nationality: ShortText = ""
    date_of_birth: date | None = None
    availability: ShortText = ""
    documents: tuple[Document, ...] = Field(default=(), max_length=200)
    certificates: tuple[Certificate, ...] = Field(default=(), max_length=200)
    sea_service: tuple[SeaService, ...] = Field(default=(), max_length=400)


class ResumeText(Wire):
    """The plain text of a resume, for search."""

    text_version: int = TEXT_VERSION
    text: str = Field(default="", max_length=200_000)
