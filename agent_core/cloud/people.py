"""The person who is signed in on this computer: tokens that never reach the page.

The access token is in memory, the refresh token in the keyring. A refresh token is good for one use, so only
one thread refreshes at a time and the others take what it got.
"""

import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from agent_core.cloud.http import CloudHttp
from agent_core.errors import CloudError
from agent_core.ports import Clock, Secrets
from protocol.reasons import Reason, Retry

REFRESH_TOKEN = "person-refresh-token"  # noqa: S105 - the name of the keyring's entry
USER_ID = "person-user-id"
"""The keyring's entry of who they are, so that this is known before the cloud can be asked."""

EARLY = timedelta(seconds=30)


class SignIn(BaseModel):
    """What the cloud is asked for a sign-in."""

    email: str
    password: str = Field(repr=False)


class Join(BaseModel):
    """What the cloud is asked for when somebody joins an office by invitation."""

    invitation_token: str = Field(repr=False)
    full_name: str = Field(repr=False)
    password: str = Field(repr=False)


class Refresh(BaseModel):
    """What the cloud is asked for new tokens."""

    refresh_token: str = Field(repr=False)


class Tokens(BaseModel):
    """The cloud's answer to either; ``me`` is handed to the page as it is."""

    access_token: str = Field(repr=False)
    refresh_token: str = Field(repr=False)
    expires_in: float
    me: dict[str, Any]


class People:
    """Signs in and out, and has a token that is good now; any thread."""

    def __init__(self, http: CloudHttp, secrets: Secrets, clock: Clock) -> None:
        """Keep the refresh token in these secrets."""
        self._http = http
        self._secrets = secrets
        self._clock = clock
        self._lock = threading.Lock()
        self._access: tuple[str, datetime] | None = None
        self._user_id: UUID | None = None
        self._user_id_is_read = False

    def sign_in(self, email: str, password: str) -> dict[str, Any]:
        """Sign in; return who that is, as the cloud describes them.

        Raises:
            CloudError: refused, or the cloud cannot be reached.
        """
        with self._lock:
            tokens = self._ask("/api/auth/sign-in", SignIn(email=email, password=password))
            return tokens.me

    def join(self, invitation_token: str, full_name: str, password: str) -> dict[str, Any]:
        """Join an office by invitation and be signed in; return who that is, as the cloud describes them.

        Raises:
            CloudError: refused, or the cloud cannot be reached.
        """
        body = Join(invitation_token=invitation_token, full_name=full_name, password=password)
        with self._lock:
            return self._ask("/api/auth/join", body).me

    def sign_out(self) -> None:
        """Forget the person here, and have the cloud forget the sign-in if it can be reached."""
        with self._lock:
            refresh, access = self._secrets.get(REFRESH_TOKEN), self._access
            self._forget()
        if refresh is not None and access is not None:
            self._http.send(
                "POST", "/api/auth/sign-out", body=Refresh(refresh_token=refresh), token=access[0]
            )

    def access_token(self, not_this: str = "") -> str:
        """Return a token that is good now, refreshed when it is about to end.

        Args:
            not_this: a token that the cloud has just refused.

        Raises:
            CloudError: `auth.required` when nobody is signed in any more, or the cloud cannot be reached.
        """
        with self._lock:
            if self._access is not None:
                token, until = self._access
                if token != not_this and self._clock() < until:
                    return token
            return self._refresh()

    def user_id(self) -> UUID | None:
        """Return who is signed in; also after a restart without a connection."""
        with self._lock:
            if not self._user_id_is_read:
                self._user_id = _id_in({"user_id": self._secrets.get(USER_ID)})
                self._user_id_is_read = True
            return self._user_id

    def _refresh(self) -> str:
        refresh = self._secrets.get(REFRESH_TOKEN)
        if refresh is None:
            raise CloudError(Reason.AUTH_REQUIRED)
        try:
            return self._ask("/api/auth/refresh", Refresh(refresh_token=refresh)).access_token
        except CloudError as error:
            if error.reason.retry is Retry.LATER:
                raise  # the sign-in may be good still; the cloud is not there to say
            self._forget()
            raise CloudError(Reason.AUTH_REQUIRED, error.reason.value) from error

    def _ask(self, path: str, body: BaseModel) -> Tokens:
        tokens = self._http.call("POST", path, Tokens, body=body)
        self._secrets.put(REFRESH_TOKEN, tokens.refresh_token)
        self._access = (tokens.access_token, self._clock() + timedelta(seconds=tokens.expires_in) - EARLY)
        self._keep(_id_in(tokens.me))
        return tokens

    def _keep(self, user_id: UUID | None) -> None:
        if user_id == self._user_id and self._user_id_is_read:
            return
        if user_id is None:
            self._secrets.drop(USER_ID)
        else:
            self._secrets.put(USER_ID, str(user_id))
        self._user_id, self._user_id_is_read = user_id, True

    def _forget(self) -> None:
        self._access = None
        self._secrets.drop(REFRESH_TOKEN)
        self._keep(None)


def _id_in(me: dict[str, Any]) -> UUID | None:
    try:
        return UUID(str(me.get("user_id")))
    except ValueError:
        return None  # of an older cloud, or nobody's
