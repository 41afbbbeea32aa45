"""What a test run consists of."""

import pytest

from setup_steps.failure import StepError
from setup_steps.suites import Plan, plan


def test_without_parts_everything_runs() -> None:
    folders = ("journeys", "integration", "faults", "simulation", "tenancy", "architecture", "unit")
    everything = tuple(f"tests/{folder}" for folder in folders)
    assert plan([]) == Plan(lint=True, web=True, paths=everything)


def test_parts_are_names_or_paths() -> None:
    assert plan(["lint"]) == Plan(lint=True, web=False, paths=())
    assert plan(["web", "unit"]) == Plan(lint=False, web=True, paths=("tests/unit",))
    assert plan(["tests/unit/demo"]) == Plan(lint=False, web=False, paths=("tests/unit/demo",))


def test_another_word_is_refused_with_what_there_is() -> None:
    with pytest.raises(StepError, match="journeys"):
        plan(["unti"])
