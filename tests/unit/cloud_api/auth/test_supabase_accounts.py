"""Supabase Auth as the provider, against a small local server that answers as GoTrue does."""

from collections.abc import Iterator

import pytest

from cloud_api.auth.supabase_accounts import SupabaseAccounts
from cloud_api.errors import CloudError, NotSignedIn, TooManyRequests, Unavailable
from protocol.reasons import Reason
from tests.support.gotrue import PUBLISHABLE, GoTrue, gotrue_server

EMAIL, PASSWORD = "anna@example.com", "correct horse"


@pytest.fixture
def gotrue() -> Iterator[GoTrue]:
    with gotrue_server() as server:
        server.add_user(EMAIL, PASSWORD)
        yield server


@pytest.fixture
def accounts(gotrue: GoTrue) -> Iterator[SupabaseAccounts]:
    made = SupabaseAccounts(gotrue.url, PUBLISHABLE)
    yield made
    made.close()


def test_signing_in_gives_tokens_with_the_publishable_key_only(
    gotrue: GoTrue, accounts: SupabaseAccounts
) -> None:
    tokens = accounts.sign_in(EMAIL, PASSWORD)

    assert tokens.access_token.count(".") == 2
    assert (gotrue.refresh_tokens[tokens.refresh_token], tokens.expires_in) == (EMAIL, 3600)
    assert gotrue.api_keys == {"/auth/v1/token": {PUBLISHABLE}}


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.com"])
def test_what_is_wrong_has_one_reason_whichever_it_is(accounts: SupabaseAccounts, email: str) -> None:
    with pytest.raises(NotSignedIn) as refused:
        accounts.sign_in(email, "wrong")
    assert refused.value.reason is Reason.AUTH_WRONG_CREDENTIALS


def test_a_refresh_token_is_used_up(accounts: SupabaseAccounts) -> None:
    first = accounts.sign_in(EMAIL, PASSWORD).refresh_token
    assert accounts.refresh(first).refresh_token != first
    with pytest.raises(NotSignedIn) as refused:
        accounts.refresh(first)
    assert refused.value.reason is Reason.AUTH_REQUIRED


def test_signing_out_ends_the_callers_session(gotrue: GoTrue, accounts: SupabaseAccounts) -> None:
    accounts.sign_out("the-access-token", "refresh-1")

    assert gotrue.signed_out == ["Bearer the-access-token"]


def test_a_session_that_is_over_counts_as_signed_out(gotrue: GoTrue, accounts: SupabaseAccounts) -> None:
    gotrue.fault = (403, b'{"code": "session_not_found", "message": "gone"}')

    accounts.sign_out("old", "refresh-1")


@pytest.mark.parametrize(
    ("fault", "kind", "reason"),
    [
        (
            (429, b'{"code": "over_request_rate_limit", "message": "slow"}'),
            TooManyRequests,
            Reason.REQUEST_TOO_MANY,
        ),
        ((500, b'{"code": "unexpected_failure", "message": "x"}'), Unavailable, Reason.AUTH_PROVIDER_DOWN),
        ((503, b"down"), Unavailable, Reason.AUTH_PROVIDER_DOWN),
        ((200, b"<html>captive portal</html>"), Unavailable, Reason.AUTH_PROVIDER_DOWN),
    ],
)
def test_a_provider_that_fails_is_not_a_wrong_password(
    gotrue: GoTrue,
    accounts: SupabaseAccounts,
    fault: tuple[int, bytes],
    kind: type[CloudError],
    reason: Reason,
) -> None:
    gotrue.fault = fault
    with pytest.raises(kind) as signing_in:
        accounts.sign_in(EMAIL, "x")
    with pytest.raises(kind) as refreshing:
        accounts.refresh("refresh-1")
    assert signing_in.value.reason is refreshing.value.reason is reason


def test_a_provider_that_is_away_is_named() -> None:
    accounts = SupabaseAccounts("http://127.0.0.1:1", PUBLISHABLE)
    with pytest.raises(Unavailable):
        accounts.sign_in(EMAIL, "x")
    accounts.close()
