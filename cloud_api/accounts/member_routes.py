"""Routes of the people of an office."""

from uuid import UUID

from apiflask import APIBlueprint, EmptySchema

from cloud_api.accounts import members
from cloud_api.accounts.schemas import MemberList, RoleChange
from cloud_api.auth.guard import allow, current_person
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database


def blueprint(database: Database) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("members", __name__, url_prefix="/api")

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

    return routes
