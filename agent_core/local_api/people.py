"""Signing in to the office through the agent: the tokens stay with it."""

from typing import Any

import structlog
from apiflask import APIBlueprint, EmptySchema
from flask import jsonify

from agent_core.errors import CloudError
from agent_core.local_api.openapi import plain_answer
from agent_core.local_api.schemas import JoinRequest, SignInRequest
from agent_core.local_api.services import Services


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("people", __name__)

    @routes.post("/api/auth/sign-in")
    @routes.input(SignInRequest)
    @routes.doc(responses=plain_answer("The cloud's `Me`", "application/json"))
    def sign_in(json_data: SignInRequest) -> Any:
        """Sign in; the answer says who that is and holds no token."""
        return jsonify(services.people.sign_in(json_data.email, json_data.password))

    @routes.post("/api/auth/join")
    @routes.input(JoinRequest)
    @routes.doc(responses=plain_answer("The cloud's `Me`", "application/json"))
    def join(json_data: JoinRequest) -> Any:
        """Join an office by invitation; the answer says who that is and holds no token."""
        return jsonify(
            services.people.join(json_data.invitation_token, json_data.full_name, json_data.password)
        )

    @routes.post("/api/auth/sign-out")
    @routes.output(EmptySchema, status_code=204)
    def sign_out() -> str:
        """Forget the person on this computer, and tell the cloud if it can be reached."""
        try:
            services.people.sign_out()
        except CloudError as error:
            # Signed out here all the same; what the cloud still holds runs out by itself.
            structlog.get_logger().info("sign_out_not_told", reason=error.reason.value)
        return ""

    return routes
