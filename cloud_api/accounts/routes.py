"""Routes of signing in, and of joining an office."""

from dataclasses import dataclass

from apiflask import APIBlueprint, EmptySchema
from flask import request

from cloud_api.accounts import join, sign_in
from cloud_api.accounts.schemas import InvitationSeen, InvitationToken, Join, Me, Refresh, Session, SignIn
from cloud_api.auth.guard import Guard, allow, allow_anyone, bearer_token, current_origin, current_principal
from cloud_api.auth.limits import Tries
from cloud_api.auth.policy import Action
from cloud_api.auth.provider import AccountMaker, AccountProvider
from cloud_api.db.pool import Database


@dataclass(frozen=True)
class Accounts:
    """What the routes work with.

    Attributes:
        by_address: limits what can be tried without being signed in.
        by_account: limits wrong passwords of one account.
    """

    database: Database
    guard: Guard
    provider: AccountProvider
    maker: AccountMaker
    by_address: Tries
    by_account: Tries


def blueprint(accounts: Accounts) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("accounts", __name__, url_prefix="/api")
    provider, guard, limited = accounts.provider, accounts.guard, accounts.by_address.by_address
    _joining(routes, accounts)

    @routes.post("/auth/sign-in")
    @allow_anyone("the password says who; tries are limited")
    @limited
    @routes.input(SignIn)
    @routes.output(Session)
    def sign_in_person(json_data: SignIn) -> Session:
        """Sign in with an e-mail address and its password."""
        with accounts.by_account.attempt(json_data.email):
            return sign_in.sign_in(provider, guard, json_data)

    @routes.post("/auth/refresh")
    @allow_anyone("the refresh token says who; tries are limited")
    @limited
    @routes.input(Refresh)
    @routes.output(Session)
    def refresh_session(json_data: Refresh) -> Session:
        """Stay signed in: the refresh token is used up and replaced."""
        return sign_in.refresh(provider, guard, json_data)

    @routes.post("/auth/sign-out")
    @allow(Action.SIGN_OUT)
    @routes.input(Refresh)
    @routes.output(EmptySchema, status_code=204)
    def sign_out(json_data: Refresh) -> str:
        """End this sign-in."""
        provider.sign_out(bearer_token(request.headers.get("Authorization")), json_data.refresh_token)
        return ""

    @routes.get("/me")
    @allow(Action.ME_READ)
    @routes.output(Me)
    def get_me() -> Me:
        """Read who one is and what one may do, as the database says it now."""
        return sign_in.me(current_principal())

    return routes


def _joining(routes: APIBlueprint, accounts: Accounts) -> None:
    limited = accounts.by_address.by_address

    @routes.post("/auth/invitation")
    @allow_anyone("the invitation's token says which; tries are limited")
    @limited
    @routes.input(InvitationToken)
    @routes.output(InvitationSeen)
    def look_at_invitation(json_data: InvitationToken) -> InvitationSeen:
        """Read what an invitation is for, before using it."""
        return join.look(accounts.database, json_data.invitation_token)

    @routes.post("/auth/join")
    @allow_anyone("the invitation's token says who; tries are limited")
    @limited
    @routes.input(Join)
    @routes.output(Session)
    def join_office(json_data: Join) -> Session:
        """Use an invitation up: choose a password, become a member, and be signed in."""
        # Whoever has an account already joins with its password: guesses of it count as those of signing in
        # do, whichever link they come with.
        email = join.look(accounts.database, json_data.invitation_token).email
        with accounts.by_account.attempt(email):
            return join.join(
                accounts.database,
                accounts.maker,
                accounts.provider,
                accounts.guard,
                json_data,
                origin=current_origin(),
            )
