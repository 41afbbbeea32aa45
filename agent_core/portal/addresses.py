"""How the address of a resume follows from the person's number on this site, learnt while downloads run.

The portal promises a link on each person's page, and that its address can be opened directly. Where the
addresses seen so far differ in nothing but the person's number, the next one is known without the page
that links to it. A site that does not name the person in the address could be one that shows whoever was
looked at last; there nobody else may be looked at meanwhile.
"""

import threading
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from agent_core.portal.candidate_id import decode_candidate_id, raw_candidate_id


@dataclass(frozen=True)
class Pattern:
    """An address with the person's number left out.

    Attributes:
        parameters: names and values in order; a value of nothing is the number.
        is_decoded: the number stands there as digits, whatever the person's own link has.
    """

    place: str
    parameters: tuple[tuple[str, str | None], ...]
    is_decoded: bool

    def fill(self, raw: str) -> str:
        """Return the address of the person whose link carries ``raw``."""
        number = (decode_candidate_id(raw) or raw) if self.is_decoded else raw
        query = urlencode([(name, number if value is None else value) for name, value in self.parameters])
        return f"{self.place}?{query}"

    @property
    def says_nothing_else(self) -> bool:
        """Whether the number alone makes the address, so that one person's tells everybody's."""
        return all(value is None for _, value in self.parameters)


def pattern_of(address: str, raw: str) -> Pattern | None:
    """Return the pattern of a person's address; nothing when it does not name the person."""
    parts = urlsplit(address)
    place = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    given = parse_qsl(parts.query, keep_blank_values=True)
    for number, is_decoded in ((raw, False), (decode_candidate_id(raw), True)):
        parameters = tuple((name, None if value == number else value) for name, value in given)
        if any(value is None for _, value in parameters):
            return Pattern(place, parameters, is_decoded)
    return None


def is_same(address: str, other: str) -> bool:
    """Tell whether two addresses ask for the same, however they are written."""
    return _meaning(address) == _meaning(other)


def _meaning(address: str) -> tuple[str, str, list[tuple[str, str]]]:
    parts = urlsplit(address)
    return parts.netloc.lower(), parts.path, parse_qsl(parts.query, keep_blank_values=True)


class Addresses:
    """What has been learnt of this site's addresses. Any thread."""

    def __init__(self) -> None:
        """Know nothing."""
        self._lock = threading.Lock()
        self._seen: tuple[str, Pattern] | None = None
        self._trusted: Pattern | None = None
        self._may_guess = True
        self._name_the_person: bool | None = None

    @property
    def name_the_person(self) -> bool | None:
        """Whether the addresses name whose resume it is; nothing before one was seen."""
        return self._name_the_person

    @property
    def have_misled(self) -> bool:
        """Whether somebody's resume was not where it was expected."""
        return not self._may_guess

    def guess(self, details_url: str) -> str | None:
        """Return the address of a person's resume, if it is known without their page."""
        raw = raw_candidate_id(details_url)
        pattern = self._trusted
        return pattern.fill(raw) if pattern and raw else None

    def learn(self, details_url: str, address: str) -> None:
        """Take in where a person's resume was."""
        raw = raw_candidate_id(details_url)
        pattern = pattern_of(address, raw) if raw else None
        with self._lock:
            self._name_the_person = pattern is not None
            if raw is None or pattern is None:
                self._seen = self._trusted = None
            elif self._may_guess:
                is_known = self._seen is not None and self._seen[0] != raw and self._seen[1] == pattern
                self._trusted = pattern if is_known or pattern.says_nothing_else else None
                self._seen = raw, pattern

    def misled(self) -> None:
        """Guess no more: a person's resume was not where it was expected."""
        with self._lock:
            self._may_guess, self._trusted = False, None


def names_the_person(details_url: str, address: str) -> bool:
    """Tell whether an address says whose resume it is."""
    raw = raw_candidate_id(details_url)
    return raw is not None and pattern_of(address, raw) is not None


def names_another(details_url: str, address: str, shown: str) -> bool:
    """Tell whether the address that came names somebody else where the one asked for names the person."""
    raw = raw_candidate_id(details_url)
    pattern = pattern_of(address, raw) if raw else None
    if raw is None or pattern is None:
        return False
    names = {name for name, value in pattern.parameters if value is None}
    numbers = (
        decode_candidate_id(value) for name, value in parse_qsl(urlsplit(shown).query) if name in names
    )
    return any(number is not None and number != decode_candidate_id(raw) for number in numbers)
