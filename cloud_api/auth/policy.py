"""Who may do what: one table of data.

The guard, `Me.actions`, the tests and ``docs/POLICY.md`` are fed from it. An action that is not listed for an
actor is refused. The scope is the database's to enforce (row-level security); it stands here so that people
and tests can read it.
"""

import sys
from collections.abc import Mapping
from enum import StrEnum

from cloud_api.auth.principal import Person, Principal, Role


class Actor(StrEnum):
    """The roles of people, and a computer."""

    ADMIN = "admin"
    MANAGER = "manager"
    RECRUITER = "recruiter"
    DEVICE = "device"


class Scope(StrEnum):
    """Whose things an action reaches."""

    OWN = "own"
    OFFICE = "office"


class Action(StrEnum):
    """What can be done. The values are the names that the web UI gets in `Me.actions`."""

    ME_READ = "me.read"
    SIGN_OUT = "session.end"
    DEVICE_PAIR = "devices.pair"
    DEVICE_LIST = "devices.list"
    DEVICE_REVOKE = "devices.revoke"
    DEVICE_REPORT = "devices.report"
    DEVICE_COMMAND = "devices.command"
    JOB_CREATE = "jobs.create"
    JOB_READ = "jobs.read"
    JOB_REPORT = "jobs.report"
    JOB_COMMAND = "jobs.command"
    EVENTS_SEND = "events.send"
    EVENT_UNDO = "events.undo"
    RESUME_DELIVER = "resumes.deliver"
    RESUME_UPLOAD = "resumes.upload"
    UPLOAD_WATCH = "resumes.watch-uploads"
    RESUME_TELL_OPENING = "resumes.tell-opening"
    RESUME_OPEN = "resumes.open"
    RESUME_ASK = "resumes.ask-for-upload"
    REVIEW_READ = "review.read"
    REVIEW_DECIDE = "review.decide"
    CANDIDATE_READ = "candidates.read"
    STATUS_SET = "candidates.set-status"
    STATUS_OVERRIDE = "candidates.override-status"
    NOTE_WRITE = "candidates.write-note"
    DASHBOARD_READ = "dashboard.read"
    EXPORT = "candidates.export"
    VIEW_KEEP = "views.keep"
    MEMBER_READ = "members.read"
    MEMBER_CHANGE = "members.change"
    MEMBER_INVITE = "members.invite"
    AUDIT_READ = "audit.read"
    RETENTION_SET = "retention.set"
    CANDIDATE_HOLD = "candidates.hold"
    CANDIDATE_ERASE = "candidates.erase"
    OPERATIONS_READ = "operations.read"
    UPDATE_REPORT = "updates.report"
    UPDATE_READ = "updates.read"


def _people(recruiter: Scope, manager: Scope, admin: Scope) -> Mapping[Actor, Scope]:
    return {Actor.RECRUITER: recruiter, Actor.MANAGER: manager, Actor.ADMIN: admin}


_OFFICE = _people(Scope.OFFICE, Scope.OFFICE, Scope.OFFICE)
_OWN = _people(Scope.OWN, Scope.OWN, Scope.OWN)
_OVERSEEN = _people(Scope.OWN, Scope.OFFICE, Scope.OFFICE)
_ADMIN: Mapping[Actor, Scope] = {Actor.ADMIN: Scope.OFFICE}
_DEVICE: Mapping[Actor, Scope] = {Actor.DEVICE: Scope.OWN}

POLICY: Mapping[Action, Mapping[Actor, Scope]] = {
    Action.ME_READ: _OWN,
    Action.SIGN_OUT: _OWN,
    Action.DEVICE_PAIR: _OWN,
    Action.DEVICE_LIST: _OVERSEEN,
    Action.DEVICE_REVOKE: _people(Scope.OWN, Scope.OWN, Scope.OFFICE),
    Action.DEVICE_REPORT: _DEVICE,
    Action.DEVICE_COMMAND: _OWN,
    Action.JOB_CREATE: _OWN,
    Action.JOB_READ: _OVERSEEN,
    Action.JOB_REPORT: _DEVICE,
    Action.JOB_COMMAND: _OWN,
    Action.EVENTS_SEND: {**_OFFICE, Actor.DEVICE: Scope.OFFICE},
    Action.EVENT_UNDO: _OWN,
    Action.RESUME_DELIVER: {Actor.DEVICE: Scope.OFFICE},
    Action.RESUME_UPLOAD: {Actor.DEVICE: Scope.OFFICE},
    Action.UPLOAD_WATCH: {Actor.MANAGER: Scope.OFFICE, Actor.ADMIN: Scope.OFFICE},
    Action.RESUME_TELL_OPENING: {Actor.DEVICE: Scope.OFFICE},
    Action.RESUME_OPEN: _OFFICE,
    Action.RESUME_ASK: _OFFICE,
    Action.REVIEW_READ: _OFFICE,
    Action.REVIEW_DECIDE: _OFFICE,
    Action.CANDIDATE_READ: _OFFICE,
    Action.STATUS_SET: _OFFICE,
    Action.STATUS_OVERRIDE: _ADMIN,
    Action.NOTE_WRITE: _OFFICE,
    Action.DASHBOARD_READ: _OFFICE,
    Action.EXPORT: _OFFICE,
    Action.VIEW_KEEP: _OWN,
    Action.MEMBER_READ: _ADMIN,
    Action.MEMBER_CHANGE: _ADMIN,
    Action.MEMBER_INVITE: _ADMIN,
    Action.AUDIT_READ: _ADMIN,
    Action.RETENTION_SET: _ADMIN,
    Action.CANDIDATE_HOLD: _ADMIN,
    Action.CANDIDATE_ERASE: _ADMIN,
    Action.OPERATIONS_READ: {Actor.MANAGER: Scope.OFFICE, Actor.ADMIN: Scope.OFFICE},
    Action.UPDATE_REPORT: _DEVICE,
    Action.UPDATE_READ: _OVERSEEN,
}
"""Action -> who may do it, and how far it reaches."""


def actor_of(principal: Principal) -> Actor:
    """Return the column of the table that a principal stands in."""
    return Actor(principal.role.value) if isinstance(principal, Person) else Actor.DEVICE


def may(principal: Principal, action: Action) -> bool:
    """Tell whether the table lets this principal do this."""
    return actor_of(principal) in POLICY.get(action, {})


def actions_of(role: Role) -> list[str]:
    """Return the names of everything that a role may do, sorted."""
    return sorted(action.value for action, actors in POLICY.items() if Actor(role.value) in actors)


def render_policy() -> str:
    """Return the table as ``docs/POLICY.md`` shows it."""
    actors = list(Actor)
    lines = [
        "# Who may do what",
        "",
        "Made from `cloud_api/auth/policy.py` by `python -m cloud_api.auth.policy > docs/POLICY.md`; a test",
        "proves it fresh. *own*: only what belongs to the person or computer; *office*: everything of their",
        "office; an empty cell: refused. The database enforces the same rows by row-level security.",
        "",
        f"| Action | {' | '.join(actor.value for actor in actors)} |",
        f"|---|{'---|' * len(actors)}",
    ]
    for action, allowed in POLICY.items():
        cells = " | ".join(allowed[actor].value if actor in allowed else " " for actor in actors)
        lines.append(f"| `{action.value}` | {cells} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render_policy())
