"""The login to the job portal, with the one-time code's countdown."""

from datetime import datetime

from apiflask import APIBlueprint

from agent_core.errors import RequestError
from agent_core.local_api.schemas import (
    OtpRequest,
    PortalAccount,
    PortalChoice,
    PortalChoices,
    SessionStart,
    SessionView,
)
from agent_core.local_api.services import Services
from agent_core.ports import SessionSnapshot, SessionState
from protocol.vocabulary import portal_ranks, portal_ship_types, rank_label, ship_type_label


def blueprint(services: Services) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("portal", __name__)
    _add_account(routes, services)
    _add_login(routes, services)
    return routes


def _add_account(routes: APIBlueprint, services: Services) -> None:
    @routes.get("/portal/choices")
    @routes.output(PortalChoices)
    def get_choices() -> PortalChoices:
        """List the ranks and ship types, the portal's label beside ours."""
        return PortalChoices(
            ranks=[PortalChoice(portal_label=name, label=rank_label(name)) for name in portal_ranks()],
            ship_types=[
                PortalChoice(portal_label=name, label=ship_type_label(name)) for name in portal_ship_types()
            ],
        )

    @routes.get("/portal/account")
    @routes.output(PortalAccount)
    def get_account() -> PortalAccount:
        """Return the remembered account, without its password."""
        portal = services.settings.current.portal
        return PortalAccount(
            username=portal.username,
            phone=portal.phone,
            password_is_kept=services.logins.has_password(portal.username),
            otp_hint_url=str((services.demo or {}).get("phone_url", "")),
        )


def _add_login(routes: APIBlueprint, services: Services) -> None:
    @routes.get("/session")
    @routes.output(SessionView)
    def get_session() -> SessionView:
        """Tell where the portal session stands."""
        return _view(services, services.portal.session())

    @routes.post("/session/start")
    @routes.input(SessionStart)
    @routes.output(SessionView)
    def start_session(json_data: SessionStart) -> SessionView:
        """Log in up to the one-time code, if the browser of this computer can."""
        unfit = services.browser.check_before_connecting().reason
        if unfit is not None:
            raise RequestError(unfit)
        credentials = services.logins.credentials(
            json_data.username.strip(), json_data.password, json_data.phone.strip()
        )
        return _view(services, services.portal.connect(credentials, json_data.remember))

    @routes.post("/session/resend-otp")
    @routes.output(SessionView)
    def resend_otp() -> SessionView:
        """Have a new code sent; nothing needs to be typed again."""
        return _view(services, services.portal.resend_otp())

    @routes.post("/session/verify-otp")
    @routes.input(OtpRequest)
    @routes.output(SessionView)
    def verify_otp(json_data: OtpRequest) -> SessionView:
        """Hand in the code, with or without the spaces that people type."""
        otp = json_data.otp.replace(" ", "").replace("-", "").strip()
        return _view(services, services.portal.verify_otp(otp))

    @routes.post("/session/disconnect")
    @routes.output(SessionView)
    def disconnect() -> SessionView:
        """Leave the portal; a running download waits for the next login."""
        return _view(services, services.portal.disconnect())


def _view(services: Services, snapshot: SessionSnapshot) -> SessionView:
    return session_view(snapshot, services.steady())


def session_view(snapshot: SessionSnapshot, now: datetime) -> SessionView:
    """Return the session with the whole seconds that its code is still good for."""
    left = None
    if snapshot.state is SessionState.AWAITING_OTP and snapshot.otp_expires_at is not None:
        left = max(0, int((snapshot.otp_expires_at - now).total_seconds()))
    return SessionView(
        state=snapshot.state,
        otp_expires_at=snapshot.otp_expires_at,
        otp_seconds_left=left,
        reason=snapshot.reason,
    )
