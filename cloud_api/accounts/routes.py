"""Routes of signing in."""

from collections.abc import Callable
from typing import Any

from apiflask import APIBlueprint, EmptySchema
from flask import request

from cloud_api.accounts import sign_in
from cloud_api.accounts.schemas import Me, Refresh, Session, SignIn
from cloud_api.auth.guard import Guard, allow, allow_anyone, bearer_token, current_principal
from cloud_api.auth.policy import Action
from cloud_api.auth.provider import AccountProvider


def blueprint(provider: AccountProvider, guard: Guard, limited: Callable[[Any], Any]) -> APIBlueprint:
    """Make the routes; ``limited`` wraps what can be tried without being signed in."""
    routes = APIBlueprint("accounts", __name__, url_prefix="/api")

    @routes.post("/auth/sign-in")
    @allow_anyone("the password says who; tries are limited")
    @limited
    @routes.input(SignIn)
    @routes.output(Session)
    def sign_in_person(json_data: SignIn) -> Session:
        """Sign in with an e-mail address and its password."""
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
