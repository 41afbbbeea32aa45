"""Candidates, their resumes and events, the state kept of them, and the jobs that brought them."""

from cloud_api.auth.policy import Action
from tests.tenancy.answers import (
    EVERYBODY,
    PEOPLE,
    Insert,
    Reach,
    Table,
    Update,
    by,
    who,
)

READ_BY_ALL = by(Action.CANDIDATE_READ, Action.RESUME_DELIVER)
"""People look at candidates, and a computer needs them for what it delivers."""

_NEW_CANDIDATE = (
    "insert into app.candidates (id, organisation_id, candidate_external_id)"
    " values (%(new_id)s, %(organisation_id)s, %(number)s)"
)
_EVENT = (
    "insert into app.candidate_events (id, organisation_id, candidate_id, event_type, status,"
    " previous_status, notes, override_reason, resume_id, resulting_version, created_by_user_id,"
    " created_by_device_id, created_at) values (%(new_id)s, %(organisation_id)s, %(candidate_id)s, {}, 1,"
    " %(user_id)s, %(signing_device_id)s, now())"
)
_SIGNED = frozenset({"user_id", "signing_device_id"})
_NOW = "(select s.status from app.candidate_state s where s.candidate_id = %(candidate_id)s)"

TABLES = (
    Table(
        "candidates",
        select=READ_BY_ALL,
        inserts=(Insert(_NEW_CANDIDATE, who(Action.EVENTS_SEND)),),
        updates=(Update("set name = 'x'", by(Action.EVENTS_SEND)),),
        writable="country email latest_filename mobile_no name present_rank rank_applied_for updated_at",
        gives="candidate_id",
    ),
    Table(
        "candidate_state",
        select=by(Action.DASHBOARD_READ, Action.RESUME_DELIVER),
        inserts=(
            Insert(
                "insert into app.candidate_state (candidate_id, organisation_id, candidate_external_id, name)"
                " values (%(candidate_id)s, %(organisation_id)s, %(number)s, 'Seafarer')",
                who(Action.EVENTS_SEND),
                # While a hold stands, not even the superuser deletes anything of the person.
                before=("delete from app.legal_holds", "delete from app.candidate_state"),
            ),
        ),
        updates=(
            Update("set touched_at = now()", by(Action.EVENTS_SEND)),
            # A decision that no event tells of is nobody's to make.
            Update("set notes = 'x'", {}),
        ),
        writable="availability call_back_on call_back_user_id country date_of_birth downloaded_at email"
        " expiry_dates last_event_id latest_decision_id latest_resume_id mobile_no name notes present_rank"
        " rank_applied_for review_state search_ship_type status touched_at touched_by_device_id"
        " touched_by_user_id verified_at version",
    ),
    Table(
        "resumes",
        select=by(Action.REVIEW_READ, Action.RESUME_UPLOAD),
        inserts=(
            Insert(
                "insert into app.resumes (id, organisation_id, candidate_id, content_sha256, file_sha256,"
                " file_length, filename, facts, facts_version, text_version, user_id, device_id,"
                " downloaded_at) values (%(new_id)s, %(organisation_id)s, %(candidate_id)s, %(digest)s,"
                " %(digest)s, 1, 'x.pdf', '{}', 1, 1, %(user_id)s, %(signing_device_id)s, now())",
                who(Action.EVENTS_SEND),
                own=_SIGNED,
            ),
        ),
        updates=(
            Update("set review_state = 'passed'", by(Action.REVIEW_DECIDE)),
            Update("set resume_storage_path = 'resumes/elsewhere/x.pdf'", {}),
            # The cloud marks an upload in the name of whoever asks, so people's requests may as well.
            Update("set resume_upload_status = 'failed'", by(Action.RESUME_UPLOAD, Action.RESUME_ASK)),
        ),
        writable="resume_checksum_sha256 resume_source resume_storage_path resume_upload_status"
        " resume_uploaded_at review_state",
        gives="resume_id",
    ),
    Table(
        "candidate_events",
        # A computer reads its own reports only: what people decided is theirs.
        select=by(Action.CANDIDATE_READ, Action.RESUME_DELIVER, device=Reach.DEVICE),
        inserts=(
            Insert(
                _EVENT.format(
                    f"'initial_verification', coalesce({_NOW}, 'New'), {_NOW}, '', '', %(resume_id)s"
                ),
                who(Action.REVIEW_DECIDE),
                own=_SIGNED,
            ),
            Insert(
                _EVENT.format("'resume_downloaded', 'New', 'New', '', '', %(resume_id)s"),
                who(Action.EVENTS_SEND),
                own=_SIGNED,
            ),
            Insert(
                _EVENT.format("'note_added', 'New', 'New', 'x', '', null"),
                who(Action.NOTE_WRITE),
                own=_SIGNED,
            ),
            Insert(
                _EVENT.format("'status_change', 'Contacted', 'New', '', '', null"),
                who(Action.STATUS_SET),
                own=_SIGNED,
            ),
            Insert(
                _EVENT.format("'status_change', 'Interested', 'New', '', 'asked for', null"),
                who(Action.STATUS_OVERRIDE),
                own=_SIGNED,
            ),
            # An override says why, whoever makes it.
            Insert(
                _EVENT.format("'status_change', 'Interested', 'New', '', ' ', null"),
                frozenset(),
            ),
        ),
        # Everybody's person is on the dashboard then.
        after=(
            "update app.candidate_state s set status = e.status, verified_at = now(), version = 1,"
            " last_event_id = e.id from app.candidate_events e where e.candidate_id = s.candidate_id",
        ),
        gives="event_id",
    ),
    # The same list for everybody, and no secret: which status may follow which.
    Table("status_transitions", select={}, rows="shared", everyone=True),
    Table(
        "candidate_latest_state_v",
        select=by(Action.DASHBOARD_READ, Action.RESUME_DELIVER),
        rows="candidate_state",
        key="candidate_id",
    ),
    Table("rank_counts_v", select=by(Action.DASHBOARD_READ), rows="organisations", key="organisation_id"),
    Table(
        "find_candidate_ids()",
        select=by(Action.CANDIDATE_READ),
        rows="candidate_state",
        key="candidate_id",
        reading="select app.find_candidate_ids('seafarer')",
    ),
    Table(
        "download_jobs",
        # A computer that was paired again still reports on its person's jobs.
        select=by(Action.JOB_READ, Action.JOB_REPORT, device=Reach.PERSON),
        inserts=(
            Insert(
                "insert into app.download_jobs (id, organisation_id, user_id, device_id, rank, ship_type,"
                " created_at) values (%(new_id)s, %(organisation_id)s, %(user_id)s, %(device_id)s, 'Master',"
                " 'Tug', now())",
                who(Action.JOB_CREATE, Action.JOB_REPORT),
                own=frozenset({"user_id", "device_id"}),
            ),
            # That a job has begun is its computer's to say.
            Insert(
                "insert into app.download_jobs (id, organisation_id, user_id, device_id, rank, ship_type,"
                " status, created_at) values (%(new_id)s, %(organisation_id)s, %(user_id)s, %(device_id)s,"
                " 'Master', 'Tug', 'running', now())",
                who(Action.JOB_REPORT),
                own=frozenset({"user_id", "device_id"}),
            ),
        ),
        updates=(
            Update("set message = 'x'", by(Action.JOB_REPORT, device=Reach.PERSON)),
            # One that its computer has not told of is its person's to cancel.
            Update(
                "set status = 'cancelled'", by(Action.JOB_COMMAND, Action.JOB_REPORT, device=Reach.PERSON)
            ),
        ),
        writable="change ended_at failed last_seq listed message reason reported_at skipped started_at status"
        " stored",
        gives="job_id",
    ),
    Table(
        "download_job_logs",
        select=by(Action.JOB_READ, Action.JOB_REPORT, device=Reach.PERSON),
        inserts=(
            Insert(
                "insert into app.download_job_logs (organisation_id, job_id, seq, level, line, created_at)"
                " values (%(organisation_id)s, %(job_id)s, (random() * 1e9)::bigint + 1, 'info', 'x', now())",
                who(Action.JOB_REPORT),
                own=frozenset({"job_id"}),
            ),
        ),
    ),
    # What was received already is asked by whoever sends; it says ids and digests only.
    Table(
        "received_events",
        select=EVERYBODY,
        inserts=(
            Insert(
                "insert into app.received_events (organisation_id, event_id, digest, event_type, user_id)"
                " values (%(organisation_id)s, %(new_id)s, decode(%(digest)s, 'hex'), 'note_added',"
                " %(user_id)s)",
                who(Action.EVENTS_SEND),
                own=frozenset({"user_id"}),
            ),
        ),
    ),
    Table(
        "exports",
        # One's own, and the admin's to oversee: whose data left the office is a matter of the audit log.
        select={**dict.fromkeys(PEOPLE, Reach.PERSON), **by(Action.AUDIT_READ)},
        inserts=(
            Insert(
                "insert into app.exports (organisation_id, user_id, candidate_ids)"
                " values (%(organisation_id)s, %(user_id)s, array[%(candidate_id)s::uuid])",
                who(Action.EXPORT),
                own=frozenset({"user_id"}),
            ),
        ),
    ),
)
