"""The demo's invented people."""

from cloud_api.auth.local_accounts import MINIMUM_PASSWORD
from cloud_api.auth.principal import Role
from demo import accounts


def test_every_role_and_a_second_office_can_be_tried() -> None:
    own = [member for member in accounts.MEMBERS if member.office == accounts.OFFICE]
    assert {member.role for member in own} == set(Role)
    assert {member.office for member in accounts.MEMBERS} == {accounts.OFFICE, accounts.OTHER_OFFICE}


def test_people_are_invented_and_their_passwords_long_enough() -> None:
    for member in accounts.MEMBERS:
        assert member.email.endswith(".example.com")
        assert len(member.password) >= MINIMUM_PASSWORD


def test_the_hint_is_what_the_sign_in_screen_shows() -> None:
    assert set(accounts.RECRUITER.hint()) == {"email", "password", "role", "full_name"}
