"""Everything that a route can be asked for by its id, made through the API for each person.

A new kind of thing gets a function here, named in `THINGS`; what it returns can stand in a route's path (by
the parameter's name) and in its body (as ``"$name"``, see `tests/tenancy/routes.py`).
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import uuid4

from tests.support.cloud_app import Cloud, Computer, Member, deliver, verify

Names = dict[str, str]


@dataclass(frozen=True)
class Desk:
    """A person at their computer.

    Attributes:
        mark: stands in everything that they write, and in nothing that another office may be told.
    """

    cloud: Cloud
    person: Member
    computer: Computer
    admin: Member
    mark: str


def person(desk: Desk, _: Names) -> Names:
    """Another member of the office, on whom nothing else depends; they have no password."""
    user_id = str(uuid4())
    email = f"{user_id}@example.com"
    desk.cloud.change("insert into auth.users (id, email) values (%s, %s)", user_id, email)
    desk.cloud.change(
        "insert into app.users (id, email, full_name) values (%s, %s, %s)", user_id, email, desk.mark
    )
    desk.cloud.change(
        "insert into app.memberships (user_id, organisation_id, role)"
        " select %s, organisation_id, 'recruiter' from app.memberships where user_id = %s",
        user_id,
        desk.person.user_id,
    )
    return {"user_id": user_id}


def invitation(desk: Desk, _: Names) -> Names:
    """Somebody whom the admin invited."""
    invited = {"email": f"{uuid4()}@example.com", "role": "recruiter"}
    made = desk.admin.send("/api/invitations", invited)
    return {"invitation_id": made["invitation"]["invitation_id"]}


def computer(desk: Desk, _: Names) -> Names:
    """Another computer of the person, of which nothing else depends."""
    return {
        "device_id": desk.cloud.computer(desk.person, desk.mark).device_id,
        "used_device_id": desk.computer.device_id,
    }


def candidate(desk: Desk, _: Names) -> Names:
    """Somebody on the dashboard, with a resume that only the computer has, and a note that can be undone."""
    number = str(secrets.randbelow(10**12))
    payload = deliver(desk.computer, number, facts={"name": desk.mark}, filename=f"{desk.mark}.pdf")
    row = verify(desk.person, number)
    event_id = str(uuid4())
    note = {"event_id": event_id, "candidate_id": row["candidate_id"], "note": desk.mark}
    desk.person.send("/api/dashboard/notes", {**note, "version": row["version"]})
    panel = desk.person.read(f"/api/candidates/{row['candidate_id']}")
    return {
        "candidate_id": row["candidate_id"],
        "event_id": event_id,
        "resume_id": panel["resumes"][0]["resume_id"],
        "number": number,
        "content_sha256": payload["content_sha256"],
        "file_sha256": payload["file_sha256"],
    }


def command(desk: Desk, names: Names) -> Names:
    """Ask the computer for the resume that only it has."""
    desk.person.send(f"/api/resumes/{names['resume_id']}/cloud-copy")
    query = "select id from app.agent_commands where resume_id = %s order by created_at desc limit 1"
    ((found,),) = desk.cloud.rows(query, names["resume_id"])
    return {"command_id": str(found)}


def job(desk: Desk, _: Names) -> Names:
    """A download that waits for the computer."""
    job_id = str(uuid4())
    wanted = {"job_id": job_id, "device_id": desk.computer.device_id, "rank": desk.mark, "ship_type": "Tug"}
    desk.person.send("/api/jobs/download", wanted)
    return {"job_id": job_id}


def export(desk: Desk, names: Names) -> Names:
    """An export of the candidate."""
    made = desk.person.send("/api/export", {"candidate_ids": [names["candidate_id"]]})
    return {"export_id": made["export_id"]}


def view(desk: Desk, _: Names) -> Names:
    """A saved view."""
    made = desk.person.send("/api/views", {"name": f"{desk.mark} {secrets.token_hex(4)}", "filters": {}})
    return {"view_id": made["view_id"]}


def rule(desk: Desk, _: Names) -> Names:
    """A rule about people whom nothing has happened to for ten years."""
    made = desk.admin.send("/api/retention/rules", {"months": 120, "active": False})
    return {"rule_id": made["rule_id"]}


THINGS: Mapping[Callable[[Desk, Names], Names], frozenset[str]] = {
    person: frozenset({"user_id"}),
    invitation: frozenset({"invitation_id"}),
    computer: frozenset({"device_id", "used_device_id"}),
    candidate: frozenset(
        {"candidate_id", "event_id", "resume_id", "number", "content_sha256", "file_sha256"}
    ),
    command: frozenset({"command_id"}),
    job: frozenset({"job_id"}),
    export: frozenset({"export_id"}),
    view: frozenset({"view_id"}),
    rule: frozenset({"rule_id"}),
}
"""How a thing is made, and the names that it gives; a later one may use those of an earlier one."""


def make_things(desk: Desk, there: Mapping[str, str], text: str) -> Names:
    """Return names of things of this person's, new ones for those that are named in a text.

    Args:
        there: things that are there already; what is made anew may belong to them.
        text: a route and its body.
    """
    names = dict(there)
    for make, given in THINGS.items():
        if not given <= set(names) or any(f"{{{name}}}" in text or f"${name}" in text for name in given):
            names |= make(desk, names)
    return names
