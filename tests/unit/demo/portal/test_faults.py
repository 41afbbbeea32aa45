"""What goes wrong on purpose."""

import pytest
from pydantic import ValidationError

from demo.portal.faults import Element, Fault, FaultKind, FaultList, FaultPlan, Page


def test_a_fault_without_limits_strikes_always_on_its_page() -> None:
    plan = FaultPlan([Fault(kind=FaultKind.SLOW, page=Page.RESUME)])
    assert plan.strike(Page.LIST, None) == ()
    assert [len(plan.strike(Page.RESUME, "1")) for _ in range(3)] == [1, 1, 1]


def test_a_fault_strikes_after_so_many_and_so_often() -> None:
    plan = FaultPlan([Fault(kind=FaultKind.END_SESSION, page=Page.RESUME, after=2, times=1)])
    assert [len(plan.strike(Page.RESUME, None)) for _ in range(4)] == [0, 0, 1, 0]


def test_a_fault_of_one_person_leaves_the_others_alone() -> None:
    plan = FaultPlan([Fault(kind=FaultKind.HALF, candidate="0042")])
    assert plan.strike(Page.RESUME, "42") == ()
    assert len(plan.strike(Page.RESUME, "0042")) == 1


def test_other_faults_start_with_their_own_counts() -> None:
    fault = Fault(kind=FaultKind.EMPTY, after=1)
    plan = FaultPlan([fault])
    plan.strike(Page.RESUME, None)
    plan.replace([fault])
    assert plan.strike(Page.RESUME, None) == ()
    assert plan.current() == (fault,)


@pytest.mark.parametrize(
    "nonsense",
    [
        '{"faults": [{"kind": "earthquake"}]}',
        '{"faults": [{"kind": "slow", "seconds": -1}]}',
        '{"fault": []}',
        "no",
    ],
)
def test_nonsense_is_refused(nonsense: str) -> None:
    with pytest.raises(ValidationError):
        FaultList.model_validate_json(nonsense)


def test_an_element_is_named() -> None:
    fault = Fault.model_validate({"kind": "missing_element", "element": "download_link"})
    assert fault.element is Element.DOWNLOAD_LINK
