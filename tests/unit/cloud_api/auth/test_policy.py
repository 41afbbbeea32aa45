"""The policy table, row by row, against what the design says."""

from uuid import UUID

import pytest

from cloud_api.auth.policy import POLICY, Action, Actor, Scope, actions_of, actor_of, may, render_policy
from cloud_api.auth.principal import Device, Person, Principal, Role
from tests.support.tree import ROOT

ID = UUID(int=1)


def person(role: Role) -> Person:
    return Person(ID, ID, "North", "a@example.com", "Anna", role)


DEVICE = Device(ID, ID, ID)
EVERYBODY: list[Principal] = [*(person(role) for role in Role), DEVICE]

ADMIN_ONLY = {
    Action.STATUS_OVERRIDE,
    Action.MEMBER_READ,
    Action.MEMBER_CHANGE,
    Action.MEMBER_INVITE,
    Action.AUDIT_READ,
    Action.RETENTION_SET,
    Action.CANDIDATE_HOLD,
    Action.CANDIDATE_ERASE,
}
OVERSEERS_ONLY = {Action.UPLOAD_WATCH, Action.OPERATIONS_READ}
DEVICE_ONLY = {
    Action.DEVICE_REPORT,
    Action.JOB_REPORT,
    Action.RESUME_DELIVER,
    Action.RESUME_TELL_OPENING,
    Action.RESUME_UPLOAD,
    Action.UPDATE_REPORT,
}


def test_every_action_has_its_row() -> None:
    assert set(POLICY) == set(Action)


@pytest.mark.parametrize("action", list(Action))
def test_who_may_do_it(action: Action) -> None:
    allowed = {actor_of(principal) for principal in EVERYBODY if may(principal, action)}
    people = {Actor.ADMIN, Actor.MANAGER, Actor.RECRUITER}
    if action in ADMIN_ONLY:
        assert allowed == {Actor.ADMIN}
    elif action in OVERSEERS_ONLY:
        assert allowed == {Actor.ADMIN, Actor.MANAGER}
    elif action in DEVICE_ONLY:
        assert allowed == {Actor.DEVICE}
    elif action is Action.EVENTS_SEND:
        assert allowed == people | {Actor.DEVICE}
    else:
        assert allowed == people


@pytest.mark.parametrize("action", [Action.JOB_READ, Action.DEVICE_LIST])
def test_a_manager_sees_the_offices_jobs_and_computers_and_a_recruiter_their_own(action: Action) -> None:
    assert POLICY[action] == {
        Actor.RECRUITER: Scope.OWN,
        Actor.MANAGER: Scope.OFFICE,
        Actor.ADMIN: Scope.OFFICE,
    }


def test_a_person_is_told_what_their_role_may_do() -> None:
    assert set(actions_of(Role.ADMIN)) - set(actions_of(Role.RECRUITER)) == {
        action.value for action in ADMIN_ONLY | OVERSEERS_ONLY
    }
    assert set(actions_of(Role.MANAGER)) - set(actions_of(Role.RECRUITER)) == {
        action.value for action in OVERSEERS_ONLY
    }
    assert actions_of(Role.RECRUITER) == sorted(actions_of(Role.RECRUITER))


def test_the_table_in_the_documents_is_fresh() -> None:
    assert (ROOT / "docs/POLICY.md").read_text(encoding="utf-8") == render_policy()
