"""Routes of keeping and deleting."""

from uuid import UUID

from apiflask import APIBlueprint, EmptySchema

from cloud_api.auth.guard import allow, current_principal
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.retention import people, rules
from cloud_api.retention.schemas import (
    DeletedPage,
    DeletedQuery,
    Erased,
    HoldRequest,
    Keeping,
    Preview,
    Restored,
    RestoreRequest,
    Retention,
    Rule,
    RuleRequest,
)
from cloud_api.retention.worker import Objects, clean_up_some

SOME = 20
"""How many files a request removes itself; the worker does the rest."""


def blueprint(database: Database, objects: Objects) -> APIBlueprint:
    """Make the routes."""
    routes = APIBlueprint("retention", __name__, url_prefix="/api")
    _rules(routes, database)
    _deleted(routes, database)
    _person(routes, database, objects)
    return routes


def _rules(routes: APIBlueprint, database: Database) -> None:
    @routes.get("/retention")
    @allow(Action.RETENTION_SET)
    @routes.output(Retention)
    def read_retention() -> Retention:
        """Read the office's rules, and whom they have deleted so far."""
        return rules.retention(database, current_principal())

    @routes.post("/retention/preview")
    @allow(Action.RETENTION_SET)
    @routes.input(RuleRequest)
    @routes.output(Preview)
    def preview_rule(json_data: RuleRequest) -> Preview:
        """Say whom a rule would delete if it were followed now; nothing is changed."""
        return rules.preview(database, current_principal(), json_data)

    @routes.post("/retention/rules")
    @allow(Action.RETENTION_SET)
    @routes.input(RuleRequest)
    @routes.output(Rule, status_code=201)
    def make_rule(json_data: RuleRequest) -> Rule:
        """Save a rule; it is followed within a day."""
        return rules.make(database, current_principal(), json_data)

    @routes.put("/retention/rules/<uuid:rule_id>")
    @allow(Action.RETENTION_SET)
    @routes.input(RuleRequest)
    @routes.output(Rule)
    def change_rule(rule_id: UUID, json_data: RuleRequest) -> Rule:
        """Change a rule."""
        return rules.change(database, current_principal(), rule_id, json_data)

    @routes.delete("/retention/rules/<uuid:rule_id>")
    @allow(Action.RETENTION_SET)
    @routes.output(EmptySchema, status_code=204)
    def drop_rule(rule_id: UUID) -> str:
        """Forget a rule; whom it has deleted stays deleted."""
        rules.drop(database, current_principal(), rule_id)
        return ""


def _deleted(routes: APIBlueprint, database: Database) -> None:
    @routes.get("/retention/deleted")
    @allow(Action.RETENTION_SET)
    @routes.input(DeletedQuery, location="query")
    @routes.output(DeletedPage)
    def list_deleted(query_data: DeletedQuery) -> DeletedPage:
        """List who was deleted and can be brought back, deleted last first."""
        return people.deleted(database, current_principal(), query_data)

    @routes.post("/retention/restore")
    @allow(Action.RETENTION_SET)
    @routes.input(RestoreRequest)
    @routes.output(Restored)
    def restore(json_data: RestoreRequest) -> Restored:
        """Bring back who was deleted."""
        return people.restore(database, current_principal(), json_data)


def _person(routes: APIBlueprint, database: Database, objects: Objects) -> None:
    @routes.get("/candidates/<uuid:candidate_id>/keeping")
    @allow(Action.CANDIDATE_HOLD)
    @routes.output(Keeping)
    def read_keeping(candidate_id: UUID) -> Keeping:
        """Read what the office has of a person, and which computers have copies."""
        return people.keeping(database, current_principal(), candidate_id)

    @routes.post("/candidates/<uuid:candidate_id>/hold")
    @allow(Action.CANDIDATE_HOLD)
    @routes.input(HoldRequest)
    @routes.output(Keeping)
    def place_hold(candidate_id: UUID, json_data: HoldRequest) -> Keeping:
        """Let nothing of a person be deleted until the hold is lifted."""
        return people.place_hold(database, current_principal(), candidate_id, json_data)

    @routes.delete("/candidates/<uuid:candidate_id>/hold")
    @allow(Action.CANDIDATE_HOLD)
    @routes.output(Keeping)
    def lift_hold(candidate_id: UUID) -> Keeping:
        """Let the rules apply to a person again."""
        return people.lift_hold(database, current_principal(), candidate_id)

    @routes.post("/candidates/<uuid:candidate_id>/erase")
    @allow(Action.CANDIDATE_ERASE)
    @routes.output(Erased)
    def erase(candidate_id: UUID) -> Erased:
        """Erase a person for good; their files in the office's store go at once, or as soon as it answers."""
        erased = people.erase(database, current_principal(), candidate_id)
        clean_up_some(database, objects, SOME)
        return erased
