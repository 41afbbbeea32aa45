import pytest
from pydantic import ValidationError

from protocol.facts import FACTS_VERSION, Evidence, FactsSource, ResumeFacts

BOX = (36.0, 700.5, 120.0, 712.0)


def test_facts_of_the_first_version_are_lifted_and_have_no_evidence() -> None:
    old = {"facts_version": 1, "source": "page", "name": "Kari Testmann", "sea_service": [{"vessel": "A"}]}
    facts = ResumeFacts.model_validate(old)
    assert (facts.facts_version, facts.evidence) == (FACTS_VERSION, ())
    assert (facts.name, facts.sea_service[0].vessel) == ("Kari Testmann", "A")


def test_evidence_survives_the_wire() -> None:
    places = (
        Evidence(path="name", page=1, box=BOX),
        Evidence(path="documents.0.expires_on", page=2, box=BOX),
    )
    facts = ResumeFacts(source=FactsSource.PDF, evidence=places)
    assert ResumeFacts.model_validate_json(facts.model_dump_json()) == facts


def test_facts_of_a_newer_version_are_read_as_far_as_they_are_known() -> None:
    facts = ResumeFacts.model_validate({"facts_version": 9, "source": "page", "name": "A", "ship_photos": []})
    assert (facts.facts_version, facts.name) == (9, "A")


@pytest.mark.parametrize("version", [0, "two", True])
def test_facts_of_a_version_that_is_none_are_refused(version: object) -> None:
    with pytest.raises(ValidationError):
        ResumeFacts.model_validate({"facts_version": version, "source": "page"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": "<b>"},
        {"path": "documents.0.expires_on.year"},
        {"page": 0},
        {"box": (1.0, 2.0, 3.0)},
        {"box": (1.0, 2.0, 3.0, float("nan"))},
        {"box": (1.0, 2.0, 3.0, float("inf"))},
    ],
)
def test_evidence_that_points_nowhere_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Evidence.model_validate({"path": "name", "page": 1, "box": BOX, **wrong})
