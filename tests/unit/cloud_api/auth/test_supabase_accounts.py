"""Supabase Auth as the provider, against a small local server that answers as GoTrue does."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from cloud_api.auth.supabase_accounts import SupabaseAccounts
from cloud_api.errors import CloudError, NotSignedIn, TooManyRequests, Unavailable
from protocol.reasons import Reason

USER = {
    "id": "6b0e7b38-5a6d-4f1c-9d0e-0b6a2f6f7a10",
    "aud": "authenticated",
    "role": "authenticated",
    "email": "anna@example.com",
    "app_metadata": {},
    "user_metadata": {},
    "created_at": "2026-11-12T08:00:00Z",
}


class GoTrue(ThreadingHTTPServer):
    """One account, refresh tokens that are used up, and faults on demand."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.valid = {"refresh-1"}
        self.fault: tuple[int, bytes] | None = None
        self.signed_out: list[str] = []
        self.keys: set[str | None] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: GoTrue

    def do_POST(self) -> None:
        self.server.keys.add(self.headers["apikey"])
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        asked = json.loads(body) if body and body != b"null" else {}
        address = urlsplit(self.path)
        if self.server.fault is not None:
            self._answer(*self.server.fault)
        elif address.path == "/auth/v1/logout":
            self.server.signed_out.append(self.headers["Authorization"] or "")
            self._answer(204, b"")
        elif parse_qs(address.query)["grant_type"] == ["password"]:
            right = asked["email"] == "anna@example.com" and asked["password"] == "correct horse"
            self._session() if right else self._refuse("invalid_credentials")
        elif asked["refresh_token"] in self.server.valid:
            self.server.valid.discard(asked["refresh_token"])
            self._session()
        else:
            self._refuse("refresh_token_already_used")

    def _session(self) -> None:
        session = {
            "access_token": "access",
            "token_type": "bearer",
            "expires_in": 900,
            "refresh_token": "refresh-2",
            "user": USER,
        }
        self._answer(200, json.dumps(session).encode())

    def _refuse(self, code: str) -> None:
        self._answer(400, json.dumps({"code": code, "message": "refused"}).encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Supabase-Api-Version", "2024-01-01")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        return


@pytest.fixture
def gotrue() -> Iterator[GoTrue]:
    with GoTrue() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def accounts(gotrue: GoTrue) -> Iterator[SupabaseAccounts]:
    made = SupabaseAccounts(gotrue.url, "sb_publishable_test")
    yield made
    made.close()


def test_signing_in_gives_tokens_with_the_publishable_key_only(
    gotrue: GoTrue, accounts: SupabaseAccounts
) -> None:
    tokens = accounts.sign_in("anna@example.com", "correct horse")

    assert (tokens.access_token, tokens.refresh_token, tokens.expires_in) == ("access", "refresh-2", 900)
    assert gotrue.keys == {"sb_publishable_test"}


@pytest.mark.parametrize("email", ["anna@example.com", "nobody@example.com"])
def test_what_is_wrong_has_one_reason_whichever_it_is(accounts: SupabaseAccounts, email: str) -> None:
    with pytest.raises(NotSignedIn) as refused:
        accounts.sign_in(email, "wrong")
    assert refused.value.reason is Reason.AUTH_WRONG_CREDENTIALS


def test_a_refresh_token_is_used_up(accounts: SupabaseAccounts) -> None:
    assert accounts.refresh("refresh-1").refresh_token == "refresh-2"
    with pytest.raises(NotSignedIn) as refused:
        accounts.refresh("refresh-1")
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
        accounts.sign_in("anna@example.com", "x")
    with pytest.raises(kind) as refreshing:
        accounts.refresh("refresh-1")
    assert signing_in.value.reason is refreshing.value.reason is reason


def test_a_provider_that_is_away_is_named() -> None:
    accounts = SupabaseAccounts("http://127.0.0.1:1", "sb_publishable_test")
    with pytest.raises(Unavailable):
        accounts.sign_in("anna@example.com", "x")
    accounts.close()
