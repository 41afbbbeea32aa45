"""Supabase Auth as the provider of accounts, through its own client library."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from pydantic import ValidationError
from supabase import AuthApiError, AuthError, SupabaseAuthClient

from cloud_api.auth.provider import Tokens
from cloud_api.errors import CloudError, NotSignedIn, TooManyRequests, Unavailable
from protocol.reasons import Reason

_TIMEOUT_SECONDS = 10.0


class SupabaseAccounts:
    """`AccountProvider` of a Supabase project. Needs the publishable key only; no session is kept here."""

    def __init__(self, supabase_url: str, publishable_key: str, client: httpx.Client | None = None) -> None:
        """Talk to this project.

        Args:
            supabase_url: ``https://<project>.supabase.co``.
            publishable_key: ``sb_publishable_…``; it may be public.
            client: the connection to use; one of its own by default.
        """
        self._url = f"{supabase_url}/auth/v1"
        self._key = publishable_key
        self._http = client or httpx.Client(timeout=_TIMEOUT_SECONDS)

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def sign_in(self, email: str, password: str) -> Tokens:
        """See `AccountProvider.sign_in`."""
        with _refusing(Reason.AUTH_WRONG_CREDENTIALS):
            session = self._auth().sign_in_with_password({"email": email, "password": password}).session
        if session is None:
            raise NotSignedIn(Reason.AUTH_WRONG_CREDENTIALS)
        return Tokens(session.access_token, session.refresh_token, session.expires_in)

    def refresh(self, refresh_token: str) -> Tokens:
        """See `AccountProvider.refresh`."""
        with _refusing(Reason.AUTH_REQUIRED):
            session = self._auth().refresh_session(refresh_token).session
        if session is None:
            raise NotSignedIn(Reason.AUTH_REQUIRED)
        return Tokens(session.access_token, session.refresh_token, session.expires_in)

    def sign_out(self, access_token: str, refresh_token: str) -> None:  # noqa: ARG002 - the port's signature
        """See `AccountProvider.sign_out`; a session that is over already counts as signed out."""
        try:
            with _refusing(Reason.AUTH_REQUIRED):
                self._auth().admin.sign_out(access_token, "local")
        except NotSignedIn:
            return

    def _auth(self) -> SupabaseAuthClient:
        """Return a client for one call: it keeps the session it gets, which must not be the next caller's."""
        return SupabaseAuthClient(
            url=self._url,
            headers={"apikey": self._key},
            auto_refresh_token=False,
            persist_session=False,
            http_client=self._http,
        )


@contextmanager
def _refusing(refused: Reason) -> Iterator[None]:
    """Turn the library's errors into ours; a refusal by the provider gets the reason ``refused``."""
    try:
        yield
    except AuthApiError as error:
        raise _of_status(error.status, refused) from error
    except (AuthError, ValidationError) as error:
        raise Unavailable(Reason.AUTH_PROVIDER_DOWN, type(error).__name__) from error


def _of_status(status: int, refused: Reason) -> CloudError:
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return TooManyRequests(Reason.REQUEST_TOO_MANY)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Unavailable(Reason.AUTH_PROVIDER_DOWN, str(status))
    return NotSignedIn(refused)
