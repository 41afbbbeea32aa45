"""One tree of errors, each with its reason and facts."""

import pytest

from agent_core import errors
from agent_core.errors import AgentError, PortalError, PortalSessionError
from protocol.reasons import Reason


def test_an_error_tells_its_reason_and_detail() -> None:
    error = PortalError(Reason.PORTAL_SLOW, "table")
    assert (str(error), str(AgentError(Reason.PORTAL_SLOW))) == ("portal.too-slow: table", "portal.too-slow")
    assert (error.reason, error.detail) == (Reason.PORTAL_SLOW, "table")


@pytest.mark.parametrize("name", [name for name in vars(errors) if name.endswith("Error")])
def test_every_error_is_of_the_tree(name: str) -> None:
    assert issubclass(getattr(errors, name), AgentError)
    assert issubclass(PortalSessionError, PortalError)
