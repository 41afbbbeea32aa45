"""Accounts of invited people at a server that answers as GoTrue does: with the secret key, and without."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest

from cloud_api.auth.supabase_accounts import SupabaseAccounts
from cloud_api.auth.supabase_maker import SupabaseAccountMaker
from cloud_api.auth.tokens import JwksKeys, TokenVerifier
from cloud_api.errors import CloudError, Conflict, InvalidRequest, TooManyRequests, Unavailable
from protocol.reasons import Reason
from tests.support.gotrue import JWKS, PUBLISHABLE, SECRET, GoTrue, gotrue_server

EMAIL, PASSWORD = "nina@example.com", "three ships in fog"
Make = Callable[[str], SupabaseAccountMaker]


@pytest.fixture
def gotrue() -> Iterator[GoTrue]:
    with gotrue_server() as server:
        yield server


@pytest.fixture
def make(gotrue: GoTrue) -> Iterator[Make]:
    keys = JwksKeys(gotrue.url + JWKS, lambda: 0.0, httpx.Client(trust_env=False))
    verifier = TokenVerifier(keys, gotrue.issuer, lambda: datetime.now(UTC))
    accounts = SupabaseAccounts(gotrue.url, PUBLISHABLE)
    made: list[SupabaseAccountMaker] = []

    def maker(secret_key: str) -> SupabaseAccountMaker:
        made.append(SupabaseAccountMaker(gotrue.url, PUBLISHABLE, secret_key, accounts, verifier))
        return made[-1]

    yield maker
    for one in made:
        one.close()
    accounts.close()
    keys.close()


def test_with_the_secret_key_the_account_is_made_at_once_and_the_key_goes_nowhere_else(
    gotrue: GoTrue, make: Make
) -> None:
    assert str(make(SECRET).open_account(b"", EMAIL, PASSWORD)) == gotrue.users[EMAIL]
    assert gotrue.passwords[EMAIL] == PASSWORD
    assert gotrue.api_keys == {"/auth/v1/admin/users": {SECRET}}


def test_without_it_the_person_signs_up(gotrue: GoTrue, make: Make) -> None:
    assert str(make("").open_account(b"", EMAIL, PASSWORD)) == gotrue.users[EMAIL]
    assert set().union(*gotrue.api_keys.values()) <= {PUBLISHABLE, ""}


def test_where_addresses_are_confirmed_the_person_confirms_and_comes_again(
    gotrue: GoTrue, make: Make
) -> None:
    gotrue.confirms = True
    for _ in range(2):
        with pytest.raises(Conflict) as first:
            make("").open_account(b"", EMAIL, PASSWORD)
        assert first.value.reason is Reason.INVITATION_CONFIRM
    gotrue.unconfirmed.clear()
    assert str(make("").open_account(b"", EMAIL, PASSWORD)) == gotrue.users[EMAIL]


@pytest.mark.parametrize("confirms", [False, True])
@pytest.mark.parametrize("secret_key", [SECRET, ""])
def test_whoever_has_an_account_joins_with_its_password(
    gotrue: GoTrue, make: Make, secret_key: str, confirms: bool
) -> None:
    gotrue.confirms = confirms
    user_id = gotrue.add_user(EMAIL, PASSWORD)
    maker = make(secret_key)
    assert str(maker.open_account(b"", EMAIL, PASSWORD)) == user_id
    with pytest.raises(Conflict) as refused:
        maker.open_account(b"", EMAIL, "somebody else's guess")
    assert refused.value.reason is Reason.INVITATION_ACCOUNT
    assert gotrue.passwords[EMAIL] == PASSWORD


@pytest.mark.parametrize("secret_key", [SECRET, ""])
def test_a_password_that_the_project_finds_weak_is_refused(
    gotrue: GoTrue, make: Make, secret_key: str
) -> None:
    with pytest.raises(InvalidRequest) as refused:
        make(secret_key).open_account(b"", EMAIL, "weak-one-here")
    assert refused.value.reason is Reason.INVITATION_PASSWORD
    assert gotrue.users == {}


@pytest.mark.parametrize("secret_key", [SECRET, ""])
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ((429, b'{"code": "over_request_rate_limit", "message": "slow"}'), TooManyRequests),
        ((500, b'{"code": "unexpected_failure", "message": "x"}'), Unavailable),
        ((200, b"<html>captive portal</html>"), Unavailable),
    ],
)
def test_a_project_that_fails_is_no_refusal(
    gotrue: GoTrue, make: Make, secret_key: str, fault: tuple[int, bytes], kind: type[CloudError]
) -> None:
    gotrue.fault = fault
    with pytest.raises(kind):
        make(secret_key).open_account(b"", EMAIL, PASSWORD)


def test_a_secret_key_that_is_not_taken_is_our_trouble_and_not_the_persons(
    gotrue: GoTrue, make: Make
) -> None:
    with pytest.raises(Unavailable) as refused:
        make("sb_secret_of_another_project").open_account(b"", EMAIL, PASSWORD)
    assert refused.value.reason is Reason.AUTH_PROVIDER_DOWN
