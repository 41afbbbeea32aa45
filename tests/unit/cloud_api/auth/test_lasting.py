from uuid import uuid4

import pytest

from cloud_api.auth.lasting import TOKEN_SECONDS, LastingAccess
from cloud_api.auth.policy import Action
from cloud_api.auth.principal import Person, Role
from cloud_api.errors import NotSignedIn
from cloud_api.live.watch import Subject
from protocol.reasons import Reason

ANNA = Person(uuid4(), uuid4(), "North", "anna@example.com", "Anna", Role.RECRUITER)


class Door:
    """A guard that counts how it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refusal: Exception | None = None
        self.now = 0.0

    def admit(self, authorization: str | None, action: Action) -> None:
        self.asked.append(f"{authorization} {action}")
        if self.refusal is not None:
            raise self.refusal

    def believe(self, authorization: str | None) -> None:
        self.asked.append(f"{authorization}")
        if self.refusal is not None:
            raise self.refusal

    def access(self) -> LastingAccess:
        guard: object = self
        return LastingAccess(guard, ANNA, "Bearer t", Action.JOB_READ, lambda: self.now)  # type: ignore[arg-type]  # what of a guard it asks


def test_the_database_is_asked_when_access_changed_and_not_before() -> None:
    door = Door()
    access = door.access()
    access.check(frozenset())
    access.check({Subject("job", ANNA.organisation_id, uuid4())})
    assert door.asked == []
    access.check({access.subject})
    assert door.asked == ["Bearer t jobs.read"]


def test_a_token_is_looked_at_again_from_time_to_time() -> None:
    door = Door()
    access = door.access()
    for now in (TOKEN_SECONDS - 1, TOKEN_SECONDS, TOKEN_SECONDS + 1, 2 * TOKEN_SECONDS):
        door.now = now
        access.check(frozenset())
    assert door.asked == ["Bearer t", "Bearer t"]


def test_a_refusal_goes_up() -> None:
    door = Door()
    access = door.access()
    door.refusal = NotSignedIn(Reason.AUTH_TOKEN_EXPIRED)
    door.now = TOKEN_SECONDS
    with pytest.raises(NotSignedIn):
        access.check(frozenset())
    with pytest.raises(NotSignedIn):
        access.check({access.subject})
