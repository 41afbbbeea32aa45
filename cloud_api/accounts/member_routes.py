"""Routes of the people of an office and of inviting somebody."""

from uuid import UUID

from apiflask import APIBlueprint, EmptySchema

from cloud_api.accounts import invitations, members
from cloud_api.accounts.schemas import (
    InvitationList,
    InvitationMade,
    Invite,
    MemberList,
    RoleChange,
)
from cloud_api.auth.guard import allow, current_person
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database


def blueprint(database: Database, page_url: str) -> APIBlueprint:
    """Make the routes; ``page_url`` is where an invitation's link leads to, or empty."""
    routes = APIBlueprint("members", __name__, url_prefix="/api")

    def with_link(made: InvitationMade) -> InvitationMade:
        link = f"{page_url}#invitation={made.invitation_token}" if page_url else ""
        return made.model_copy(update={"link": link})

    @routes.get("/members")
    @allow(Action.MEMBER_READ)
    @routes.output(MemberList)
    def list_members() -> MemberList:
        """List the people of the office."""
        return members.members(database, current_person())

    @routes.post("/members/<uuid:user_id>/role")
    @allow(Action.MEMBER_CHANGE)
    @routes.input(RoleChange)
    @routes.output(EmptySchema, status_code=204)
    def change_role(user_id: UUID, json_data: RoleChange) -> str:
        """Give a colleague another role; it holds at their next request."""
        members.set_role(database, current_person(), user_id, json_data.role)
        return ""

    @routes.post("/members/<uuid:user_id>/deactivate")
    @allow(Action.MEMBER_CHANGE)
    @routes.output(EmptySchema, status_code=204)
    def deactivate_member(user_id: UUID) -> str:
        """Switch a colleague off, with their computers; it holds at their next request."""
        members.set_active(database, current_person(), user_id, active=False)
        return ""

    @routes.post("/members/<uuid:user_id>/reactivate")
    @allow(Action.MEMBER_CHANGE)
    @routes.output(EmptySchema, status_code=204)
    def reactivate_member(user_id: UUID) -> str:
        """Switch a colleague on again, with their role and their computers."""
        members.set_active(database, current_person(), user_id, active=True)
        return ""

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
        return with_link(invitations.invite(database, current_person(), json_data))

    @routes.post("/invitations/<uuid:invitation_id>/renew")
    @allow(Action.MEMBER_INVITE)
    @routes.output(InvitationMade)
    def renew_invitation(invitation_id: UUID) -> InvitationMade:
        """Make a new link, good for a week; the earlier one stops working."""
        return with_link(invitations.renew(database, current_person(), invitation_id))

    @routes.post("/invitations/<uuid:invitation_id>/revoke")
    @allow(Action.MEMBER_INVITE)
    @routes.output(EmptySchema, status_code=204)
    def revoke_invitation(invitation_id: UUID) -> str:
        """Take an invitation back: its link stops working."""
        invitations.revoke(database, current_person(), invitation_id)
        return ""

    return routes
