"""Signing in, staying signed in, signing out; and who one is, as the database says it now."""

from cloud_api.accounts.schemas import Me, Refresh, Role, Session, SignIn
from cloud_api.auth.guard import Guard
from cloud_api.auth.policy import actions_of
from cloud_api.auth.principal import Person, Principal
from cloud_api.auth.provider import AccountProvider, Tokens
from cloud_api.errors import Forbidden
from protocol.reasons import Reason


def sign_in(provider: AccountProvider, guard: Guard, request: SignIn) -> Session:
    """Exchange an e-mail address and password for a session.

    Raises:
        NotSignedIn: they do not belong together.
        Forbidden: the account is not an active member of an office.
    """
    return _session(guard, provider.sign_in(request.email, request.password))


def refresh(provider: AccountProvider, guard: Guard, request: Refresh) -> Session:
    """Exchange a refresh token for a new session; it is used up.

    Raises:
        NotSignedIn: the token is unknown, used or too old.
        Forbidden: the account is not an active member of an office.
    """
    return _session(guard, provider.refresh(request.refresh_token))


def me(principal: Principal) -> Me:
    """Return who the person is and what they may do.

    Raises:
        Forbidden: a computer asks.
    """
    if not isinstance(principal, Person):
        raise Forbidden(Reason.AUTH_FORBIDDEN, "person")
    return Me(
        user_id=principal.user_id,
        email=principal.email,
        full_name=principal.full_name,
        organisation_id=principal.organisation_id,
        organisation_name=principal.organisation_name,
        role=Role(principal.role.value),
        actions=actions_of(principal.role),
    )


def _session(guard: Guard, tokens: Tokens) -> Session:
    return Session(
        access_token=tokens.access_token,
        refresh_token=tokens.refresh_token,
        expires_in=tokens.expires_in,
        me=me(guard.principal(tokens.access_token)),
    )
