"""The phone of the demo: it shows the one-time code, which a real portal sends as a text message."""

from flask import Blueprint, Response, jsonify, render_template

from demo.portal.state import Portal


def pages(portal: Portal) -> Blueprint:
    """Make the phone's page for people and its answer for programs."""
    blueprint = Blueprint("phone", __name__)

    @blueprint.get("/phone")
    def phone() -> str:
        otp, left = portal.phone()
        return render_template("phone.html", otp=otp, seconds_left=left, account=portal.options.account)

    @blueprint.get("/phone.json")
    def phone_json() -> Response:
        otp, left = portal.phone()
        return jsonify(otp=otp, seconds_left=left)

    return blueprint
