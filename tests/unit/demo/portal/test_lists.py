"""The lists of the simulated portal."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.portal.lists import candidate_id, cut, filtered, link_id
from demo.portal.people import ListName, invent

PEOPLE = invent(7, ("Master", "AB"), ("Tug", "Dredger"))


def test_a_filter_compares_whole_labels() -> None:
    found = filtered(PEOPLE, "Master", "Oil Tanker")
    assert found
    assert {(person.rank_applied_for, person.ship_type) for person in found} == {("Master", "Oil Tanker")}
    assert filtered(PEOPLE, "", "") == PEOPLE


@given(st.integers(0, 60), st.integers(1, 20))
def test_the_pages_hold_everybody_once(count: int, size: int) -> None:
    people = PEOPLE[:count]
    page = cut(people, 1, size)
    seen = list(page.people)
    while page.has_next:
        page = cut(people, page.number + 1, size)
        seen += page.people
    assert tuple(seen) == people


@pytest.mark.parametrize("number", [-3, 0, 99])
def test_a_page_out_of_range_is_the_nearest_one(number: int) -> None:
    assert cut(PEOPLE[:10], number, 5).number == (1 if number < 1 else 2)


@given(st.text("0123456789", min_size=1, max_size=20))
def test_an_id_is_digits_or_their_base64(digits: str) -> None:
    assert candidate_id(digits) == digits
    assert candidate_id(base64.b64encode(digits.encode()).decode()) == digits


@pytest.mark.parametrize("link", ["", "abc", "////", "!", "²"])
def test_another_id_is_nobody(link: str) -> None:
    assert candidate_id(link) is None


@pytest.mark.parametrize("name", list(ListName))
def test_a_list_links_to_its_people(name: ListName) -> None:
    person = PEOPLE[2]
    assert person.candidate_id.startswith("0")
    assert candidate_id(link_id(person, name)) == person.candidate_id
