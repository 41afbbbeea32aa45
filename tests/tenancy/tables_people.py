"""Offices, their people and computers."""

from cloud_api.auth.policy import Action, Actor
from tests.tenancy.answers import (
    EVERYBODY,
    OFFICE_OF_PEOPLE,
    OWN_OF_PEOPLE,
    Insert,
    Reach,
    Table,
    Update,
    by,
    who,
)

TABLES = (
    # The name of one's office stands above every screen.
    Table("organisations", select=EVERYBODY, rows="office"),
    # Names of colleagues stand beside what they did; a computer knows its own person.
    Table("users", select={**OFFICE_OF_PEOPLE, Actor.DEVICE: Reach.PERSON}, rows="person"),
    Table(
        "memberships",
        select={**by(Action.ME_READ, device=Reach.PERSON), **by(Action.MEMBER_READ)},
        # Not one's own, so that an office always keeps the admin who acts.
        updates=(
            Update("set role = 'manager'", dict.fromkeys(by(Action.MEMBER_CHANGE), Reach.OTHERS)),
            Update("set active = true", dict.fromkeys(by(Action.MEMBER_CHANGE), Reach.OTHERS)),
        ),
        writable="active role",
        rows="person",
    ),
    Table(
        "devices",
        select=by(Action.DEVICE_LIST, Action.DEVICE_REPORT),
        # Pairing makes them, through `register_device`.
        updates=(
            Update("set waiting = 3", by(Action.DEVICE_REPORT)),
            Update("set status = 'revoked'", by(Action.DEVICE_REVOKE)),
            Update("set status = 'active'", by(Action.DEVICE_REPORT)),
        ),
        writable="agent_version last_seen_at parked platform status waiting",
        hidden="token_hash",
        rows="device",
    ),
    Table(
        "office_device()",
        # The name of the computer that has a resume: for whoever may ask for its upload, and for itself.
        select={**by(Action.RESUME_ASK), Actor.DEVICE: Reach.OFFICE},
        rows="devices",
        key="id",
        reading="select id from unnest(%(keys)s::uuid[]) id where exists (select from app.office_device(id))",
    ),
    Table(
        "pairing_codes",
        select=by(Action.DEVICE_PAIR),
        inserts=(
            Insert(
                "insert into app.pairing_codes (organisation_id, user_id, code_hash, expires_at) values"
                " (%(organisation_id)s, %(user_id)s, decode(%(digest)s, 'hex'), now() + interval '1 minute')",
                who(Action.DEVICE_PAIR),
                own=frozenset({"user_id"}),
            ),
        ),
        hidden="code_hash",
    ),
    Table(
        "agent_settings",
        select=by(Action.DEVICE_LIST, Action.DEVICE_REPORT),
        inserts=(
            Insert(
                "insert into app.agent_settings (organisation_id, device_id)"
                " values (%(organisation_id)s, %(device_id)s)",
                who(Action.DEVICE_REPORT),
                own=frozenset({"device_id"}),
                before=("delete from app.agent_settings",),
            ),
        ),
        updates=(Update("set download_folder = '/elsewhere'", by(Action.DEVICE_REPORT)),),
        writable="download_folder updated_at",
    ),
    Table(
        "read_files",
        # A path has its person's name in it, so not even the rest of the office reads it.
        select=by(Action.DEVICE_REPORT),
        inserts=(
            Insert(
                "insert into app.read_files (organisation_id, device_id, file_path, last_modified,"
                " file_length, resume_id, text_version) values (%(organisation_id)s, %(device_id)s,"
                " %(number)s, now(), 1, %(resume_id)s, 1)",
                who(Action.DEVICE_REPORT),
                own=frozenset({"device_id"}),
            ),
        ),
        updates=(Update("set text_version = 2", by(Action.DEVICE_REPORT)),),
        delete=by(Action.DEVICE_REPORT),
        writable="file_length file_sha256 last_modified read_at resume_id text_version",
    ),
    Table(
        "agent_commands",
        select=by(Action.RESUME_ASK, Action.DEVICE_REPORT),
        inserts=(
            Insert(
                "insert into app.agent_commands (id, organisation_id, device_id, resume_id, asked_by_user_id)"
                " values (%(new_id)s, %(organisation_id)s, %(device_id)s, %(resume_id)s, %(user_id)s)",
                who(Action.RESUME_ASK),
                # And only the computer that has the resume: either one alone of somebody else's is refused.
                own=frozenset({"user_id", "device_id", "resume_id"}),
                tied=frozenset({"resume_id"}),
            ),
            Insert(
                "insert into app.agent_commands (id, organisation_id, device_id, kind, asked_by_user_id)"
                " values (%(new_id)s, %(organisation_id)s, %(device_id)s, 'connect_portal', %(user_id)s)",
                who(Action.DEVICE_COMMAND),
                own=frozenset({"user_id", "device_id"}),
            ),
            Insert(
                "insert into app.agent_commands (id, organisation_id, device_id, kind, job_id,"
                " asked_by_user_id) values (%(new_id)s, %(organisation_id)s, %(device_id)s, 'cancel_job',"
                " %(job_id)s, %(user_id)s)",
                who(Action.JOB_COMMAND),
                # And only the computer that the download is for.
                own=frozenset({"user_id", "device_id", "job_id"}),
                tied=frozenset({"job_id"}),
            ),
        ),
        updates=(
            Update("set state = 'refused', reason = 'x'", by(Action.DEVICE_REPORT)),
            # A download that its computer has not heard of is its person's to take back.
            Update(
                "set state = 'withdrawn'",
                by(Action.JOB_COMMAND),
                before=(
                    "update app.agent_commands c set kind = 'start_download', resume_id = null, job_id ="
                    " (select j.id from app.download_jobs j where j.device_id = c.device_id limit 1)",
                ),
            ),
        ),
        writable="claimed_at reason state",
        gives="command_id",
    ),
    # A one-time code, sealed for its computer: nobody else ever reads it.
    Table(
        "sealed_codes",
        select=by(Action.DEVICE_REPORT),
        inserts=(
            Insert(
                "insert into app.sealed_codes (organisation_id, command_id, device_id, sealed)"
                " values (%(organisation_id)s, %(command_id)s, %(device_id)s, repeat('x', 60))",
                who(Action.DEVICE_COMMAND),
                own=frozenset({"command_id", "device_id"}),
                before=(
                    "delete from app.sealed_codes",
                    "update app.agent_commands set kind = 'portal_code', resume_id = null",
                ),
            ),
        ),
        delete=by(Action.DEVICE_REPORT),
    ),
    Table(
        "device_portals",
        select=by(Action.DEVICE_LIST, Action.DEVICE_REPORT),
        inserts=(
            Insert(
                "insert into app.device_portals (organisation_id, device_id, state)"
                " values (%(organisation_id)s, %(device_id)s, 'disconnected')",
                who(Action.DEVICE_REPORT),
                own=frozenset({"device_id"}),
                before=("delete from app.device_portals",),
            ),
        ),
        updates=(Update("set state = 'ended'", by(Action.DEVICE_REPORT)),),
        writable="folder_reason login_is_kept otp_expires_at phone_ends reason reported_at sealing_key state",
    ),
    Table(
        "saved_views",
        select=by(Action.VIEW_KEEP),
        inserts=(
            Insert(
                "insert into app.saved_views (organisation_id, user_id, name, filters)"
                " values (%(organisation_id)s, %(user_id)s, %(number)s, '{}')",
                who(Action.VIEW_KEEP),
                own=frozenset({"user_id"}),
            ),
        ),
        updates=(Update("""set filters = '{"rank": "x"}'""", by(Action.VIEW_KEEP)),),
        delete=by(Action.VIEW_KEEP),
        writable="filters",
    ),
    # What a person thought of a search's answer: read by who oversees the office.
    Table(
        "analysis_feedback",
        select={**OWN_OF_PEOPLE, Actor.MANAGER: Reach.OFFICE, Actor.ADMIN: Reach.OFFICE},
        inserts=(
            Insert(
                "insert into app.analysis_feedback (organisation_id, user_id, query)"
                " values (%(organisation_id)s, %(user_id)s, 'LNG')",
                frozenset(OWN_OF_PEOPLE),
                own=frozenset({"user_id"}),
            ),
        ),
    ),
    Table(
        "audit_log",
        select=by(Action.AUDIT_READ),
        # Everybody signs what they do, and nobody else's deeds; nothing of it is ever changed or deleted.
        inserts=(
            Insert(
                "insert into app.audit_log (organisation_id, user_id, device_id, action)"
                " values (%(organisation_id)s, %(user_id)s, %(signing_device_id)s, 'resume.opened')",
                frozenset(Actor),
                own=frozenset({"user_id", "signing_device_id"}),
            ),
            Insert(
                "insert into app.audit_log (organisation_id, user_id, device_id, action, signed_in_user_id)"
                " values (%(organisation_id)s, %(user_id)s, %(signing_device_id)s, 'resume.opened',"
                " %(user_id)s)",
                # A person's own token says who they are; a computer's does not.
                who(Action.RESUME_TELL_OPENING),
                own=frozenset({"user_id", "signing_device_id"}),
            ),
        ),
    ),
)
