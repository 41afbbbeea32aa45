"""The portal's lists: who stands in one, filtered and cut into pages, and how a person is linked."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.portal.people import ListName, Seafarer

TITLES: Mapping[ListName, str] = {
    ListName.APPLIED: "Candidates Applied To Your Jobs",
    ListName.MATCHING: "Matching Candidates",
    ListName.SHORTLISTED: "Shortlisted By You",
    ListName.TODAY: "Your Today Downloads",
}
BASE64_LISTS = frozenset({ListName.MATCHING, ListName.TODAY})
"""The lists whose links carry the base64 of a person's number instead of the number."""


@dataclass(frozen=True)
class ListPage:
    """One page of a filtered list. ``number`` counts from 1; ``pages`` is at least 1."""

    people: tuple[Seafarer, ...]
    number: int
    pages: int
    total: int

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.number < self.pages


def filtered(people: Sequence[Seafarer], rank: str, ship_type: str) -> tuple[Seafarer, ...]:
    """Return the people with this rank and ship type; an empty label filters nothing."""
    return tuple(
        person
        for person in people
        if rank in ("", person.rank_applied_for) and ship_type in ("", person.ship_type)
    )


def cut(people: Sequence[Seafarer], number: int, size: int) -> ListPage:
    """Return page ``number`` of ``size`` people; a number out of range gives the nearest page."""
    pages = max(1, -(-len(people) // size))
    number = min(max(number, 1), pages)
    start = (number - 1) * size
    return ListPage(tuple(people[start : start + size]), number, pages, len(people))


def link_id(person: Seafarer, list_name: ListName) -> str:
    """Return the id with which a list links to the person: digits, or their base64."""
    if list_name in BASE64_LISTS:
        return base64.b64encode(person.candidate_id.encode()).decode()
    return person.candidate_id


def candidate_id(link: str) -> str | None:
    """Return the digits that a link's id stands for, or ``None``."""
    if link.isascii() and link.isdigit():
        return link
    try:
        digits = base64.b64decode(link, validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return digits if digits.isdigit() else None
