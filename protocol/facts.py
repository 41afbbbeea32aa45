"""What is read from a resume: its text and its facts, each with the version of the reader that made it.

Facts are what the resume says, not what is true: dates that cannot be read stay ``None``, and phone
numbers and ids keep their leading zeros because they are text.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema, model_validator

from protocol.convert import facts_to_current
from protocol.wire import ShortText, Wire

FACTS_VERSION = 2
"""2 says where in the PDF each fact stands (`Evidence`)."""

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


Points = Annotated[float, Field(ge=-100_000, le=100_000, allow_inf_nan=False)]
Box = Annotated[
    tuple[Points, Points, Points, Points],
    WithJsonSchema({"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}),
]
"""Left, bottom, right and top."""


class Evidence(Wire):
    """Where in the resume's PDF a fact stands. A fact that stands in several places has several.

    Attributes:
        path: names the fact from `ResumeFacts` on: ``name``, ``documents.0``, ``documents.0.expires_on``,
            ``sea_service.3``; a number counts from 0.
        page: counts from 1.
        box: left, bottom, right and top in PDF points of 1/72 inch, from the page's lower left corner as
            the page is shown, with y growing upwards.
    """

    path: Annotated[str, Field(pattern=r"^[a-z_]+(\.[0-9]{1,3}(\.[a-z_]+)?)?$", max_length=60)]
    page: int = Field(ge=1, le=10_000)
    box: Box


class ResumeFacts(Wire):
    """The facts of one resume. An empty string means that the resume does not say.

    Facts of an older version are lifted while they are read; `evidence` is then empty.
    """

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
    evidence: tuple[Evidence, ...] = Field(default=(), max_length=2500)

    @model_validator(mode="before")
    @classmethod
    def _lift(cls, raw: Any) -> Any:
        return facts_to_current(raw, FACTS_VERSION) if isinstance(raw, dict) else raw


class ResumeText(Wire):
    """The plain text of a resume, for search."""

    text_version: int = TEXT_VERSION
    text: str = Field(default="", max_length=200_000)
