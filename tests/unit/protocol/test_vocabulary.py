import pytest

from protocol.vocabulary import (
    RANK_CORRECTIONS,
    SHIP_TYPE_CORRECTIONS,
    portal_ranks,
    portal_ship_types,
    rank_label,
    ship_type_label,
)


def test_the_portals_labels_are_all_there() -> None:
    assert len(portal_ranks()) == len(set(portal_ranks())) == 113
    assert len(portal_ship_types()) == len(set(portal_ship_types())) == 104


def test_every_correction_is_of_a_label_that_exists() -> None:
    assert set(RANK_CORRECTIONS) <= set(portal_ranks())
    assert set(SHIP_TYPE_CORRECTIONS) <= set(portal_ship_types())


@pytest.mark.parametrize(("label", "shown"), [("Insructor", "Instructor"), ("Master", "Master")])
def test_people_are_shown_the_corrected_rank(label: str, shown: str) -> None:
    assert rank_label(label) == shown


def test_no_two_labels_are_shown_alike() -> None:
    assert len({rank_label(label) for label in portal_ranks()}) == len(portal_ranks())
    assert len({ship_type_label(label) for label in portal_ship_types()}) == len(portal_ship_types())
