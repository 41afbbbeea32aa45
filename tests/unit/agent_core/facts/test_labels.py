"""Labels by their letters, whatever stands around them."""

import pytest

from agent_core.facts import labels


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Name", "name"),
        ("NAME :", "name"),
        ("City, State,\nCountry", "place"),
        ("Rank Applied For", "rank_applied_for"),
        ("E-mail", "email"),
        ("Vessel Name", None),
        ("User Name", None),
        ("", None),
        (":", None),
    ],
)
def test_person_labels(text: str, fact: str | None) -> None:
    assert labels.person_label(text) == fact


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Passport No", "Passport"),
        ("Seaman's Book", "CDC"),
        ("CDC / Seaman Book", "CDC"),
        ("US Visa C1/D", "US Visa C1/D"),
        ("Master", None),
        ("I have lost my passport once and had to wait for four months in Mumbai for a new one", None),
    ],
)
def test_document_kinds(text: str, kind: str | None) -> None:
    assert labels.document_kind(text) == kind


def test_the_earlier_name_of_a_column_wins() -> None:
    assert labels.column(["no", "number"], ("number", "no")) == 1
    assert labels.column(["a"], ("number",)) is None


def test_labels_of_documents() -> None:
    assert labels.is_document_label("Date of Issue")
    assert labels.is_document_label("Passport No")
    assert not labels.is_document_label("Z123")
