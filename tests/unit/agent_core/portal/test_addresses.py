"""An address is guessed only where the number alone, or what two people have in common, makes it."""

import pytest

from agent_core.portal.addresses import (
    Addresses,
    Pattern,
    is_same,
    names_another,
    names_the_person,
    pattern_of,
)

SITE = "http://portal.example.com/company"


def details(raw: str) -> str:
    return f"{SITE}/view_cand_details.php?cand_id={raw}"


def resume(query: str) -> str:
    return f"{SITE}/download.php?{query}"


def learnt(*pairs: tuple[str, str]) -> Addresses:
    addresses = Addresses()
    for raw, query in pairs:
        addresses.learn(details(raw), resume(query))
    return addresses


def test_nothing_is_known_at_first() -> None:
    addresses = Addresses()
    assert addresses.name_the_person is None
    assert addresses.guess(details("7")) is None


def test_an_address_of_the_number_alone_tells_everybodys() -> None:
    addresses = learnt(("0042", "cand_id=0042"))
    assert addresses.name_the_person
    assert addresses.guess(details("MDA0Mg==")) == resume("cand_id=MDA0Mg%3D%3D")


def test_something_beside_the_number_must_be_the_same_for_two() -> None:
    assert learnt(("7", "id=7&kind=cv")).guess(details("8")) is None
    assert learnt(("7", "id=7&kind=cv"), ("7", "id=7&kind=cv")).guess(details("8")) is None
    assert learnt(("7", "id=7&kind=cv"), ("9", "id=9&kind=cv")).guess(details("8")) == resume("id=8&kind=cv")


def test_what_differs_from_person_to_person_is_never_guessed() -> None:
    addresses = learnt(("7", "id=7&file=a"), ("9", "id=9&file=b"))
    assert addresses.name_the_person
    assert addresses.guess(details("8")) is None


def test_digits_are_decoded_where_the_site_wants_digits() -> None:
    addresses = learnt(("MDA0Mg", "c=0042"))
    assert addresses.guess(details("Nw==")) == resume("c=7")


def test_an_address_that_does_not_name_the_person_ends_guessing() -> None:
    addresses = learnt(("7", "cand_id=7"), ("9", "session=x"))
    assert addresses.name_the_person is False
    assert addresses.guess(details("8")) is None


def test_what_misled_is_remembered() -> None:
    addresses = learnt(("7", "cand_id=7"))
    before = addresses.have_misled
    addresses.misled()
    assert (before, addresses.have_misled) == (False, True)


def test_a_wrong_guess_is_the_last() -> None:
    addresses = learnt(("7", "cand_id=7"))
    addresses.misled()
    assert addresses.guess(details("8")) is None
    addresses.learn(details("9"), resume("cand_id=9"))
    assert addresses.guess(details("8")) is None
    assert addresses.name_the_person


@pytest.mark.parametrize("query", ["", "cand_id=77", "x=7x", "7"])
def test_a_part_of_a_value_is_not_the_person(query: str) -> None:
    assert not names_the_person(details("7"), resume(query))


def test_a_link_without_a_number_names_nobody() -> None:
    assert not names_the_person(f"{SITE}/view_cand_details.php", resume("cand_id=7"))
    assert learnt(("", "cand_id=7")).name_the_person is False


def test_a_pattern_keeps_the_order_and_the_place() -> None:
    pattern = pattern_of(resume("a=1&id=7&z="), "7")
    assert pattern == Pattern(f"{SITE}/download.php", (("a", "1"), ("id", None), ("z", "")), is_decoded=False)
    assert pattern.fill("8") == resume("a=1&id=8&z=")


def test_the_same_address_may_be_written_in_two_ways() -> None:
    assert is_same(resume("id=MDA%3D&b=1"), resume("id=MDA=&b=1").replace("portal.", "PORTAL."))
    assert not is_same(resume("id=7"), resume("id=8"))


@pytest.mark.parametrize(
    ("shown", "another"),
    [
        (resume("c=MTAwMQ"), False),
        (resume("c=1001"), False),
        (resume("c=sent"), False),
        (f"{SITE}/resume/7", False),
        (resume("c=MTAwMg=="), True),
        (f"{SITE}/elsewhere.php?c=1002", True),
    ],
)
def test_an_address_that_came_may_name_somebody_else(shown: str, another: bool) -> None:
    assert names_another(details("MTAwMQ=="), resume("c=MTAwMQ=="), shown) is another
