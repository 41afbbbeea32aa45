"""Routes of inviting somebody to the office."""

from uuid import UUID

from apiflask import APIBlueprint, EmptySchema

from cloud_api.accounts import invitations
from cloud_api.accounts.schemas import InvitationList, InvitationMade, Invite
from cloud_api.auth.guard import allow, current_person
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database


def blueprint(database: Database, page_url: str) -> APIBlueprint:
    """Make the routes; ``page_url`` is where an invitation's link leads to, or empty."""
    routes = APIBlueprint("invitations", __name__, url_prefix="/api")

    @routes.get("/invitations")
    @allow(Action.MEMBER_READ)
    @routes.output(InvitationList)
    def list_invitations() -> InvitationList:
        """List the invitations that nobody has used or taken back, newest first."""
        return invitations.invitations(database, current_person())

    @routes.post("/invitations")
    @allow(Action.MEMBER_INVITE)
    @routes.input(Invite)
    @routes.output(InvitationMade, status_code=201)
    def invite(json_data: Invite) -> InvitationMade:
        """Invite an address with a role; the link is told this once."""
        return with_link(invitations.invite(database, current_person(), json_data), page_url)

    @routes.post("/invitations/<uuid:invitation_id>/renew")
    @allow(Action.MEMBER_INVITE)
    @routes.output(InvitationMade)
    def renew_invitation(invitation_id: UUID) -> InvitationMade:
        """Make a new link, good for a week; the earlier one stops working."""
        return with_link(invitations.renew(database, current_person(), invitation_id), page_url)

    @routes.post("/invitations/<uuid:invitation_id>/revoke")
    @allow(Action.MEMBER_INVITE)
    @routes.output(EmptySchema, status_code=204)
    def revoke_invitation(invitation_id: UUID) -> str:
        """Take an invitation back: its link stops working."""
        invitations.revoke(database, current_person(), invitation_id)
        return ""

    return routes


def with_link(made: InvitationMade, page_url: str) -> InvitationMade:
    """Return an invitation with its link; the token stands in the fragment, which no server sees."""
    link = f"{page_url}#invitation={made.invitation_token}" if page_url else ""
    return made.model_copy(update={"link": link})
