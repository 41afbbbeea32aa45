"""The invented seafarers."""

from collections import Counter

from demo.portal import invention
from demo.portal.people import Layout, LinkStyle, ListName, changed, invent
from protocol.vocabulary import portal_ranks, portal_ship_types

PEOPLE = invent(7, portal_ranks(), portal_ship_types())


def test_a_seed_gives_the_same_people_every_time() -> None:
    assert invent(7, portal_ranks(), portal_ship_types()) == PEOPLE
    assert invent(8, portal_ranks(), portal_ship_types()) != PEOPLE


def test_the_popular_pairs_use_the_portals_labels_and_hold_twelve_or_more() -> None:
    found = Counter((person.rank_applied_for, person.ship_type) for person in PEOPLE)
    for rank, ship_type, count in invention.POPULAR_PAIRS:
        assert rank in portal_ranks()
        assert ship_type in portal_ship_types()
        assert found[rank, ship_type] >= count >= 12


def test_there_is_some_of_everything() -> None:
    assert len(PEOPLE) >= 400
    assert {person.layout for person in PEOPLE} == set(Layout)
    assert {person.link for person in PEOPLE} == set(LinkStyle)
    assert set().union(*(person.lists for person in PEOPLE)) == set(ListName)
    assert any(len(person.lists) > 1 for person in PEOPLE)
    assert any(person.candidate_id.startswith("0") for person in PEOPLE)
    assert {person.mobile_no[0] for person in PEOPLE} == {"+", "0"}


def test_numbers_are_unique_and_mail_goes_nowhere() -> None:
    assert len({person.candidate_id for person in PEOPLE}) == len(PEOPLE)
    assert all(person.email.endswith("@example.com") for person in PEOPLE)


def test_nobody_is_only_in_todays_downloads() -> None:
    assert all(person.lists - {ListName.TODAY} for person in PEOPLE)


def test_voyages_do_not_overlap() -> None:
    for person in PEOPLE:
        for newer, older in zip(person.voyages, person.voyages[1:], strict=False):
            assert older.signed_on < older.signed_off < newer.signed_on < newer.signed_off


def test_a_changed_resume_says_something_else_of_the_same_person() -> None:
    person = PEOPLE[0]
    assert changed(person).voyages[1:] == person.voyages
    assert changed(person).availability != person.availability
    assert changed(person).candidate_id == person.candidate_id
