"""The portal's seafarers: invented from a seed, the same ones every time."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from demo.portal import invention
from demo.portal.invention import Homeland

WRITTEN_ON = date(2026, 11, 1)
"""The day on which the resumes were written: ages and expiries count from it, so that a day's passing
changes nobody's resume."""
OTHERS = 100
"""Seafarers with any rank and ship type, beside those of the popular pairs."""
SAME_RANK_AS_NOW = 0.7
COURSE_EXPIRES = 0.7
ALSO_IN_LIST = (("matching", 0.2), ("shortlisted", 0.1), ("today", 0.04))
"""In which lists a person stands besides the first one, and how likely."""


class Layout(StrEnum):
    """How a resume's tables are laid out."""

    WIDE = "wide"
    NARROW = "narrow"


class ListName(StrEnum):
    """The lists of the dashboard."""

    APPLIED = "applied"
    MATCHING = "matching"
    SHORTLISTED = "shortlisted"
    TODAY = "today"


class LinkStyle(StrEnum):
    """How the details page offers the resume."""

    NEW_WINDOW = "new-window"
    ALERT = "alert"
    SCRIPT = "script"


@dataclass(frozen=True)
class Paper:
    """A passport, book, visa, certificate or course."""

    kind: str
    number: str
    place: str
    issued_on: date
    expires_on: date | None


@dataclass(frozen=True)
class Voyage:
    """One row of the sea service."""

    vessel: str
    vessel_type: str
    flag: str
    tonnage: str
    engine: str
    power: str
    rank: str
    company: str
    signed_on: date
    signed_off: date


@dataclass(frozen=True)
class Seafarer:
    """An invented person.

    Attributes:
        candidate_id: digits; leading zeros count.
        lists: the dashboard's lists that show the person.
    """

    candidate_id: str
    name: str
    present_rank: str
    rank_applied_for: str
    ship_type: str
    birth: date
    nationality: str
    email: str
    mobile_no: str
    residence: str
    availability: str
    documents: tuple[Paper, ...]
    competencies: tuple[Paper, ...]
    courses: tuple[Paper, ...]
    voyages: tuple[Voyage, ...]
    layout: Layout
    link: LinkStyle
    lists: frozenset[ListName]


def invent(seed: int, ranks: Sequence[str], ship_types: Sequence[str]) -> tuple[Seafarer, ...]:
    """Invent the portal's seafarers.

    Args:
        seed: the same seed gives the same people.
        ranks: the portal's rank labels, for the people outside the popular pairs.
        ship_types: the portal's ship type labels, likewise.
    """
    dice = random.Random(seed)
    pairs = [(rank, ship) for rank, ship, count in invention.POPULAR_PAIRS for _ in range(count)]
    pairs += [(dice.choice(ranks), dice.choice(ship_types)) for _ in range(OTHERS)]
    dice.shuffle(pairs)
    return tuple(_seafarer(dice, number, *pair) for number, pair in enumerate(pairs, start=1))


def changed(person: Seafarer) -> Seafarer:
    """Return the person with a resume that was written anew: another availability and one ship more."""
    last = person.voyages[0]
    newest = replace(
        last,
        vessel="MV Polar Courage",
        signed_on=last.signed_off + timedelta(days=60),
        signed_off=last.signed_off + timedelta(days=200),
    )
    return replace(person, availability="Changed: from 01-Mar-2027", voyages=(newest, *person.voyages))


def _seafarer(dice: random.Random, number: int, rank: str, ship_type: str) -> Seafarer:
    home = dice.choice(invention.HOMELANDS)
    first, last = dice.choice(home.first_names), dice.choice(home.last_names)
    city, state = dice.choice(home.places)
    birth = date(dice.randint(1964, 2003), dice.randint(1, 12), dice.randint(1, 28))
    return Seafarer(
        candidate_id=_candidate_id(number),
        name=f"{first} {last}",
        present_rank=_present_rank(dice, rank),
        rank_applied_for=rank,
        ship_type=ship_type,
        birth=birth,
        nationality=home.nationality,
        email=f"seafarer{number:04d}@example.com",
        mobile_no=f"{home.dial}{dice.randint(10, 99)} 555 01{dice.randint(0, 99):02d}",
        residence=f"{city}, {state}, {home.country}",
        availability=dice.choice(invention.AVAILABILITIES),
        documents=tuple(_documents(dice, home, city)),
        competencies=tuple(_competencies(dice, home)),
        courses=tuple(_courses(dice, home)),
        voyages=tuple(_voyages(dice, rank, ship_type)),
        layout=dice.choice(tuple(Layout)),
        link=dice.choices(tuple(LinkStyle), weights=(7, 2, 1))[0],
        lists=_lists(dice),
    )


def _present_rank(dice: random.Random, applied_for: str) -> str:
    if dice.random() < SAME_RANK_AS_NOW:
        return applied_for
    return dice.choice(("Junior Officer", "3rd Officer", "AB", applied_for))


def _candidate_id(number: int) -> str:
    # A third of the numbers have leading zeros, as old accounts do.
    return f"{number * 37:07d}" if number % 3 == 0 else str(410_000 + number * 37)


def _lists(dice: random.Random) -> frozenset[ListName]:
    chosen = {dice.choice((ListName.APPLIED, ListName.MATCHING))}
    chosen |= {ListName(name) for name, likelihood in ALSO_IN_LIST if dice.random() < likelihood}
    return frozenset(chosen)


def _documents(dice: random.Random, home: Homeland, city: str) -> Iterator[Paper]:
    yield _paper(dice, "Passport", f"{dice.choice('KLMNPZ')}{dice.randint(0, 9_999_999):07d}", city, 10)
    yield _paper(
        dice,
        "CDC / Seaman Book",
        f"{dice.choice(('MUM', 'C', 'SB'))} {dice.randint(0, 999_999):06d}",
        city,
        10,
    )
    for visa in dice.sample(invention.VISAS, dice.randint(0, 2)):
        yield _paper(dice, visa, f"{dice.randint(0, 99_999_999):08d}", home.country, 5)


def _competencies(dice: random.Random, home: Homeland) -> Iterator[Paper]:
    for grade in dice.sample(invention.GRADES, dice.randint(1, 2)):
        yield _paper(dice, grade, f"{dice.randint(0, 99_999):05d}/{dice.randint(10, 26)}", home.authority, 5)


def _courses(dice: random.Random, home: Homeland) -> Iterator[Paper]:
    for course in dice.sample(invention.COURSES, dice.randint(5, 9)):
        paper = _paper(dice, course, f"{dice.randint(0, 999_999):06d}", home.authority, 5)
        yield paper if dice.random() < COURSE_EXPIRES else replace(paper, expires_on=None)


def _paper(dice: random.Random, kind: str, number: str, place: str, years: int) -> Paper:
    issued = WRITTEN_ON - timedelta(days=dice.randint(60, years * 365 - 30))
    return Paper(kind, number, place, issued, issued + timedelta(days=years * 365))


def _voyages(dice: random.Random, rank: str, ship_type: str) -> Iterator[Voyage]:
    ashore = WRITTEN_ON - timedelta(days=dice.randint(20, 200))
    for _ in range(dice.randint(2, 8)):
        aboard = ashore - timedelta(days=dice.randint(90, 270))
        power = dice.randint(2_000, 24_000)
        name = f"{dice.choice(invention.SHIP_FIRST_WORDS)} {dice.choice(invention.SHIP_SECOND_WORDS)}"
        yield Voyage(
            vessel=f"M{dice.choice('VT')} {name}",
            vessel_type=ship_type,
            flag=dice.choice(invention.FLAGS),
            tonnage=f"{dice.randint(4_000, 90_000)} / {dice.randint(90_000, 180_000)}",
            engine=dice.choice(invention.ENGINES),
            power=f"{power} / {round(power * 1.341)}",
            rank=rank,
            company=dice.choice(invention.COMPANIES),
            signed_on=aboard,
            signed_off=ashore,
        )
        ashore = aboard - timedelta(days=dice.randint(30, 120))
