"""Who is visited when: one until addresses name people, then many; by hand alone; and early ends."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal.fetching import Fetching, Ways
from agent_core.portal.gate import Gate
from agent_core.portal.straight import ByHandError, Site
from agent_core.ports import FetchedResume, Listing, go_on
from protocol.reasons import Reason

SITE = "http://portal.example.com"


class Tab:
    """Stands for `agent_core.portal.tab.Tab`."""

    def __init__(self) -> None:
        self.is_open = True
        self.left = threading.Event()

    def abandon(self) -> None:
        self.left.set()

    def close(self) -> None:
        self.is_open = False


class Portal:
    """Visits people; counts how many at once, and in which order."""

    def __init__(self) -> None:
        self.site = Site([])
        self.gate = Gate(1000)
        self.tabs: list[Tab] = []
        self.lock = threading.Lock()
        self.now = self.most = 0
        self.by_hand: list[str] = []
        self.needs_hand: set[str] = set()
        self.errors: dict[str, PortalError] = {}
        self.meeting: threading.Barrier | None = None
        self.names = True

    def fetching(self, at_once: int) -> Fetching:
        ways: Any = Ways(self.open_tab, self.straight, self.hand)  # type: ignore[arg-type]  # our own tab
        return Fetching(ways, self.site, self.gate, at_once)

    def open_tab(self) -> Tab:
        self.tabs.append(Tab())
        return self.tabs[-1]

    def straight(self, tab: Tab, listing: Listing) -> FetchedResume:
        self.gate.ask()
        number = listing.candidate_external_id
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            if self.meeting is not None and self.site.addresses.name_the_person:
                self.meeting.wait(30)
            return self.outcome(tab, number)
        finally:
            with self.lock:
                self.now -= 1

    def outcome(self, tab: Tab, number: str) -> FetchedResume:
        if number == "hangs":
            assert tab.left.wait(30)
            raise PortalError(Reason.PORTAL_CHANGED)
        if number in self.needs_hand:
            raise ByHandError
        if number in self.errors:
            raise self.errors[number]
        self.learn(number)
        return FetchedResume(number.encode(), number, ())

    def hand(self, listing: Listing) -> FetchedResume:
        self.gate.ask()
        assert self.now == 0, "somebody else is being visited"
        number = listing.candidate_external_id
        self.by_hand.append(number)
        self.learn(number)
        return FetchedResume(number.encode(), number, ())

    def learn(self, number: str) -> None:
        query = f"id={number}" if self.names else "latest"
        self.site.addresses.learn(f"{SITE}/x.php?cand_id={number}", f"{SITE}/download.php?{query}")


def people(*numbers: str) -> list[Listing]:
    return [Listing(number, f"{SITE}/x.php?cand_id={number}") for number in numbers]


def test_everybody_comes_once_with_what_happened() -> None:
    portal = Portal()
    portal.errors["3"] = PortalError(Reason.RESUME_NO_LINK)
    fetched = list(portal.fetching(4).run(people(*"12345"), go_on))
    assert sorted(each.listing.candidate_external_id for each in fetched) == list("12345")
    for each in fetched:
        number = each.listing.candidate_external_id
        assert (each.error is not None, each.resume is not None) == (number == "3", number != "3")
    assert all(not tab.is_open for tab in portal.tabs)


def test_as_many_as_allowed_are_visited_at_once_and_no_more() -> None:
    portal = Portal()
    portal.meeting = threading.Barrier(3)  # nobody goes on before three are there
    assert len(list(portal.fetching(3).run(people(*"1234567"), go_on))) == 7
    assert portal.most == 3
    assert len(portal.tabs) == 3


def test_one_at_a_time_until_it_is_known_that_addresses_name_people() -> None:
    portal = Portal()
    portal.names = False
    fetched = list(portal.fetching(8).run(people(*"1234"), go_on))
    assert len(fetched) == 4
    assert portal.most == 1
    assert portal.by_hand == ["2", "3", "4"]


def test_who_must_be_clicked_is_visited_while_nobody_else_is() -> None:
    portal = Portal()
    portal.needs_hand = {"1", "3", "4"}
    fetched = list(portal.fetching(4).run(people(*"123456"), go_on))
    assert all(each.resume is not None for each in fetched)
    assert sorted(portal.by_hand) == ["1", "3", "4"]


def test_nobody_is_taken_before_they_can_be_visited() -> None:
    portal = Portal()
    taken: list[str] = []

    def source() -> Iterator[Listing]:
        for listing in people(*"123456"):
            taken.append(listing.candidate_external_id)
            yield listing

    fetched = portal.fetching(2).run(source(), go_on)
    next(fetched)
    assert len(taken) <= 1 + 2
    fetched.close()  # type: ignore[attr-defined]  # a generator


def test_a_block_turns_the_others_away() -> None:
    portal = Portal()
    portal.errors["2"] = PortalError(Reason.PORTAL_BLOCKED)
    reasons = [each.error and each.error.reason for each in portal.fetching(1).run(people(*"1234"), go_on)]
    assert reasons == [None, *[Reason.PORTAL_BLOCKED] * 3]


def test_whoever_waits_for_the_portal_ends_with_the_reason_to_stop() -> None:
    portal = Portal()
    portal.gate.hold(10_000)
    fetched = list(portal.fetching(3).run(people("1"), lambda: Reason.JOB_PAUSED))
    assert [each.error and each.error.reason for each in fetched] == [Reason.JOB_PAUSED]


def test_leaving_early_ends_the_visits_that_hang() -> None:
    portal = Portal()
    fetched = portal.fetching(2).run(people("1", "hangs", "2"), go_on)
    next(fetched)
    next(fetched)
    fetched.close()  # type: ignore[attr-defined]  # a generator
    assert all(not tab.is_open for tab in portal.tabs)


def test_a_signal_from_stop_ends_everything() -> None:
    portal = Portal()

    def closing() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(portal.fetching(2).run(people("hangs", "2"), closing))
    assert all(not tab.is_open for tab in portal.tabs)


def test_a_browser_that_is_gone_is_told_for_each() -> None:
    portal = Portal()
    portal.errors = {number: PortalSessionError(Reason.BROWSER_GONE) for number in "12"}
    fetched = list(portal.fetching(2).run(people("1", "2"), go_on))
    assert all(isinstance(each.error, PortalSessionError) for each in fetched)
