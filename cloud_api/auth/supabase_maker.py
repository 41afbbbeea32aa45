"""Accounts of invited people at Supabase Auth: the one place that has the project's secret key.

With it the account is made at once, for the invitation's link is what shows that the address is the person's.
Without it the person signs up with the publishable key, and Supabase asks them to confirm the address first
where the project wants that. Whoever has an account already joins with its password.
"""

from uuid import UUID

import httpx
from pydantic import ValidationError
from supabase import AuthApiError, AuthError, AuthWeakPasswordError, SupabaseAuthClient

from cloud_api.auth.provider import AccountProvider
from cloud_api.auth.tokens import TokenVerifier
from cloud_api.errors import CloudError, Conflict, InvalidRequest, NotSignedIn, TooManyRequests, Unavailable
from protocol.reasons import Reason

_TIMEOUT_SECONDS = 10.0
_THERE = frozenset({"email_exists", "user_already_exists"})


class SupabaseAccountMaker:
    """`AccountMaker` of a Supabase project."""

    def __init__(
        self,
        supabase_url: str,
        publishable_key: str,
        secret_key: str,
        provider: AccountProvider,
        verifier: TokenVerifier,
    ) -> None:
        """Make accounts in this project.

        Args:
            supabase_url: ``https://<project>.supabase.co``.
            publishable_key: ``sb_publishable_…``.
            secret_key: ``sb_secret_…``, or empty.
            provider: of the same project: signs those in who have an account.
            verifier: says whose token that gave.
        """
        self._url = f"{supabase_url}/auth/v1"
        self._publishable_key = publishable_key
        self._secret_key = secret_key
        self._provider = provider
        self._verifier = verifier
        self._http = httpx.Client(timeout=_TIMEOUT_SECONDS)

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def open_account(self, invitation_hash: bytes, email: str, password: str) -> UUID:  # noqa: ARG002 - the port's
        """See `AccountMaker.open_account`."""
        try:
            made = self._make(email, password) if self._secret_key else self._sign_up(email, password)
        except AuthWeakPasswordError as error:
            raise InvalidRequest(Reason.INVITATION_PASSWORD) from error
        except AuthApiError as error:
            if error.code not in _THERE:
                raise _of_status(error.status) from error
            made = None
        except (AuthError, ValidationError) as error:
            raise Unavailable(Reason.AUTH_PROVIDER_DOWN, type(error).__name__) from error
        return made or self._by_password(email, password)

    def _make(self, email: str, password: str) -> UUID:
        headers = {"apikey": self._secret_key, "Authorization": f"Bearer {self._secret_key}"}
        attributes = {"email": email, "password": password, "email_confirm": True}
        return UUID(self._client(headers).admin.create_user(attributes).user.id)  # type: ignore[arg-type]  # a TypedDict of theirs

    def _sign_up(self, email: str, password: str) -> UUID | None:
        """Return the new account, or None when the address has one already and it is this password's."""
        known = self._by_password_or_none(email, password)
        if known is not None:
            return known
        answer = self._client({"apikey": self._publishable_key}).sign_up(
            {"email": email, "password": password}
        )
        if answer.session is not None and answer.user is not None:
            return UUID(answer.user.id)
        if answer.user is not None and answer.user.identities:
            raise Conflict(Reason.INVITATION_CONFIRM)
        return None  # Supabase says nothing of an account that is there

    def _by_password_or_none(self, email: str, password: str) -> UUID | None:
        try:
            return self._verifier.verify(self._provider.sign_in(email, password).access_token)
        except NotSignedIn:
            return None

    def _by_password(self, email: str, password: str) -> UUID:
        found = self._by_password_or_none(email, password)
        if found is None:
            raise Conflict(Reason.INVITATION_ACCOUNT)
        return found

    def _client(self, headers: dict[str, str]) -> SupabaseAuthClient:
        return SupabaseAuthClient(
            url=self._url,
            headers=headers,
            auto_refresh_token=False,
            persist_session=False,
            http_client=self._http,
        )


def _of_status(status: int) -> CloudError:
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return TooManyRequests(Reason.REQUEST_TOO_MANY)
    return Unavailable(Reason.AUTH_PROVIDER_DOWN, str(status))
