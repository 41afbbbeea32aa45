"""What a page becomes under the faults that strike it."""

from demo.portal.faults import Fault, FaultKind
from demo.portal.responses import Effects


def test_the_seconds_of_one_kind_add_up() -> None:
    effects = Effects([Fault(kind=FaultKind.SLOW, seconds=1), Fault(kind=FaultKind.SLOW, seconds=2)])
    assert effects.seconds(FaultKind.SLOW) == 3
    assert effects.seconds(FaultKind.TOO_MANY_REQUESTS) == 0


def test_only_the_named_element_is_lacking() -> None:
    effects = Effects([Fault.model_validate({"kind": "missing_element", "element": "rank"})])
    assert effects.lacks("rank")
    assert not effects.lacks("ship")
