from uuid import uuid4

import pytest

from cloud_api.accounts.sign_in import me
from cloud_api.auth.policy import actions_of
from cloud_api.auth.principal import Device, Person, Role
from cloud_api.errors import Forbidden
from protocol.reasons import Reason


@pytest.mark.parametrize("role", list(Role))
def test_who_one_is_comes_with_what_the_role_includes(role: Role) -> None:
    person = Person(uuid4(), uuid4(), "North", "anna@example.com", "Anna Berg", role)
    found = me(person)
    assert (found.user_id, found.organisation_name, found.role.value) == (person.user_id, "North", role.value)
    assert found.actions == actions_of(role)


def test_a_computer_is_nobody_who_signs_in() -> None:
    with pytest.raises(Forbidden) as refused:
        me(Device(uuid4(), uuid4(), uuid4()))
    assert refused.value.reason is Reason.AUTH_FORBIDDEN
