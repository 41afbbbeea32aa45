"""The port of whoever knows people's passwords: Supabase Auth, or the accounts of one machine."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Tokens:
    """What a sign-in gives; ``expires_in`` is of the access token, in seconds."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int


class AccountProvider(Protocol):
    """Signs people in and out. Any thread."""

    def sign_in(self, email: str, password: str) -> Tokens:
        """Exchange an e-mail address and its password for tokens.

        Raises:
            NotSignedIn: `auth.wrong-credentials`, the same whichever of the two is wrong.
            TooManyRequests: the provider wants fewer tries.
            Unavailable: `auth.provider-unavailable`.
        """
        ...

    def refresh(self, refresh_token: str) -> Tokens:
        """Exchange a refresh token for new tokens; it is used up.

        Raises:
            NotSignedIn: `auth.required`: it is unknown, used up, ended or too old.
            Unavailable: `auth.provider-unavailable`.
        """
        ...

    def sign_out(self, access_token: str, refresh_token: str) -> None:
        """End this sign-in: its refresh tokens are worth nothing afterwards.

        Raises:
            Unavailable: `auth.provider-unavailable`.
        """
        ...


class AccountMaker(Protocol):
    """Makes the accounts of people who were invited. Any thread."""

    def open_account(self, invitation_hash: bytes, email: str, password: str) -> UUID:
        """Make the account of an invited address, or find it by its password; return its id.

        Args:
            invitation_hash: of the token that the person holds.
            email: the invited address, in lower case.
            password: that they chose, or that of the account which they have already.

        Raises:
            InvalidRequest: `invitation.password-weak`.
            Conflict: `invitation.account-exists`, `invitation.other-office`, `invitation.confirm-address`.
            Unavailable: `auth.provider-unavailable`.
        """
        ...
