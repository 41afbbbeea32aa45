"""The tree of refusals."""

import pytest

from cloud_api.errors import CloudError, Conflict, DatabaseUnavailable, Forbidden, NotFound, NotSignedIn
from protocol.reasons import Reason


def test_an_error_says_its_reason_and_keeps_facts_out_of_its_text() -> None:
    error = Conflict(Reason.CANDIDATE_CHANGED, "version", {"touched_by": "Anna"})

    assert str(error) == "candidate.changed-meanwhile: version"
    assert error.facts == {"touched_by": "Anna"}
    assert str(NotFound(Reason.REQUEST_NOT_FOUND)) == "request.not-found"


@pytest.mark.parametrize(
    ("kind", "status"), [(NotSignedIn, 401), (Forbidden, 403), (NotFound, 404), (Conflict, 409)]
)
def test_each_kind_has_its_status(kind: type[CloudError], status: int) -> None:
    assert kind(Reason.AUTH_REQUIRED).status == status


def test_a_database_that_is_away_has_one_reason() -> None:
    error = DatabaseUnavailable("PoolTimeout")

    assert (error.status, error.reason) == (503, Reason.SERVER_DATABASE_DOWN)
