"""What every route of the cloud answers to everybody about everybody's things.

The guard's action says who may use a route and how far (`cloud_api/auth/policy.py`): whoever is not in the
action's row is refused with 403, nobody with 401, and whoever asks for a thing that the row does not reach
(another's, where it says `own`; another organisation's, always) is told that there is none. A route without
a row makes `test_routes.py` fail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cloud_api.auth.policy import Scope

DONE = frozenset({200, 201, 204})
NONE = frozenset({404})
REJECTED = frozenset({200})
"""A batch of events is answered with a verdict each; none of them may be `accepted`."""


@dataclass(frozen=True)
class Route:
    """One route.

    Attributes:
        body: sent as JSON; ``"$job_id"`` is the thing's id, ``"$new"`` a fresh one.
        query: the query string.
        done: the statuses of an answer to whoever may.
        none: the statuses of an answer about what is not theirs.
        scope: how far it reaches, where that is not what the policy table's row says, and why.
        fresh: it uses its thing up, so each caller gets one of its own.
        public: anyone may call it; what proves who asks has its own tests.
    """

    body: Any = None
    query: Mapping[str, str] = field(default_factory=dict)
    done: frozenset[int] = DONE
    none: frozenset[int] = NONE
    scope: tuple[Scope, str] | None = None
    fresh: bool = False
    public: bool = False


_DECISION = {"items": [{"event_id": "$new", "resume_id": "$resume_id"}]}
_UPLOAD = {
    "candidate_external_id": "$number",
    "content_sha256": "$content_sha256",
    "file_sha256": "$file_sha256",
    "file_length": 100,
}
_OFFICE = (
    Scope.OFFICE,
    "whose it is makes no difference: the policy table's `own` is who undoes, asks, sends",
)
_ASKED_FOR = (Scope.OWN, "an export is its maker's to take; others make their own")

ROUTES: Mapping[str, Route] = {
    # Signing in
    "POST /api/auth/sign-in": Route(public=True),
    "POST /api/auth/refresh": Route(public=True),
    "POST /api/auth/sign-out": Route({"refresh_token": "nobody's"}),
    "GET /api/me": Route(),
    "GET /api/health": Route(public=True),
    "GET /health/live": Route(public=True),
    "GET /health/ready": Route(public=True),
    # Joining, and the people of an office
    "POST /api/auth/invitation": Route(public=True),
    "POST /api/auth/join": Route(public=True),
    "GET /api/members": Route(),
    "POST /api/members/{user_id}/role": Route({"role": "manager"}),
    "POST /api/members/{user_id}/deactivate": Route(fresh=True),
    "POST /api/members/{user_id}/reactivate": Route(),
    "GET /api/invitations": Route(),
    "POST /api/invitations": Route({"email": "new@example.com", "role": "recruiter"}),
    "POST /api/invitations/{invitation_id}/renew": Route(),
    "POST /api/invitations/{invitation_id}/revoke": Route(fresh=True),
    # Computers
    "GET /api/devices": Route(),
    # Who sees a computer and may not disconnect it is told so.
    "POST /api/devices/{device_id}/revoke": Route(fresh=True, none=frozenset({403, 404})),
    "POST /api/device/pairing-codes": Route(),
    "POST /api/device/register": Route(public=True),
    "POST /api/device/heartbeat": Route({"agent_version": "1", "platform": "linux"}),
    "POST /api/devices/{device_id}/commands": Route({"command_id": "$new", "kind": "connect_portal"}),
    "GET /api/commands/{command_id}": Route(),
    "GET /api/device/commands": Route(query={"wait": "0"}),
    "POST /api/device/commands/{command_id}/done": Route(fresh=True),
    "POST /api/device/commands/{command_id}/refuse": Route({"reason": "upload.file-gone"}, fresh=True),
    # Jobs
    "GET /api/jobs": Route(),
    "POST /api/jobs/download": Route(
        {"job_id": "$new", "device_id": "$used_device_id", "rank": "Master", "ship_type": "Tug"}
    ),
    "GET /api/jobs/{job_id}": Route(),
    "GET /api/jobs/{job_id}/stream": Route(),
    "POST /api/jobs/{job_id}/commands": Route({"command_id": "$new", "kind": "pause_job"}),
    # Review and candidates
    "GET /api/review": Route(),
    "POST /api/review/verify": Route(_DECISION, none=REJECTED),
    "POST /api/review/pass": Route(_DECISION, none=REJECTED),
    "POST /api/undo": Route({"event_id": "$new", "undoes_event_id": "$event_id"}, none=REJECTED, fresh=True),
    "GET /api/candidates/find": Route(query={"q": "a"}),
    "GET /api/candidates/{candidate_id}": Route(),
    "GET /api/candidates/{candidate_id}/history": Route(),
    # Dashboard
    "GET /api/dashboard/data": Route(),
    "GET /api/dashboard/changes": Route(query={"after": "0"}),
    "GET /api/dashboard/stream": Route(),
    "POST /api/dashboard/status": Route(
        {"event_id": "$new", "candidate_id": "$candidate_id", "status": "Contacted", "version": 2}, fresh=True
    ),
    "POST /api/dashboard/notes": Route(
        {"event_id": "$new", "candidate_id": "$candidate_id", "note": "x", "version": 2}, fresh=True
    ),
    "GET /api/views": Route(),
    "POST /api/views": Route({"name": "All", "filters": {}}),
    "DELETE /api/views/{view_id}": Route(fresh=True),
    # Events
    "POST /api/events/candidate": Route(
        {
            "events": [
                {
                    "event_id": "$new",
                    "type": "note_added",
                    "occurred_at": "2026-11-12T08:00:00Z",
                    "payload": {"candidate_external_id": "$number", "note": "x"},
                }
            ]
        },
        none=REJECTED,
    ),
    # Resumes
    "POST /api/resumes/upload-link": Route(_UPLOAD),
    "POST /api/resumes/uploaded": Route(_UPLOAD),
    "GET /api/resumes/uploads/late": Route(),
    "GET /api/resumes/{resume_id}/link": Route(done=frozenset({409})),  # only the computer has it
    "GET /api/resumes/{resume_id}/cloud-copy": Route(),
    "POST /api/resumes/{resume_id}/cloud-copy": Route(),
    "GET /api/objects/{key}": Route(public=True),
    "PUT /api/objects/{key}": Route(public=True),
    # Exports
    "POST /api/export": Route({"candidate_ids": ["$candidate_id"]}),
    "GET /api/export/{export_id}/people": Route(scope=_ASKED_FOR),
    "GET /api/export/{export_id}/resumes/{resume_id}": Route(scope=_ASKED_FOR, done=frozenset({409})),
    "GET /api/export/{export_id}/zip": Route(scope=_ASKED_FOR),
    # Updates
    "GET /api/operations": Route(),
    "GET /api/updates/outcomes": Route(),
    "GET /api/updates/{path}": Route(public=True),
    # Governance
    "GET /api/audit": Route(),
    "GET /api/audit/choices": Route(),
    "GET /api/audit.csv": Route(),
    "GET /api/retention": Route(),
    "POST /api/retention/preview": Route({"months": 120}),
    "POST /api/retention/rules": Route({"months": 120, "active": False}),
    "PUT /api/retention/rules/{rule_id}": Route({"months": 120, "active": False}),
    "DELETE /api/retention/rules/{rule_id}": Route(fresh=True),
    "GET /api/retention/deleted": Route(),
    "POST /api/retention/restore": Route(
        {"candidate_ids": ["$candidate_id"]},
        done=frozenset({404}),  # they were not deleted
    ),
    "GET /api/candidates/{candidate_id}/keeping": Route(),
    "POST /api/candidates/{candidate_id}/hold": Route({"reason": "a court"}),
    "DELETE /api/candidates/{candidate_id}/hold": Route(),
    "POST /api/candidates/{candidate_id}/erase": Route(fresh=True),
}
