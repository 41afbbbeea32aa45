"""People whose every trace can be found again, and what is to be true of them after they are gone."""

from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from cloud_api.auth.principal import Device, Person, Principal
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger.candidate_rows import read_events
from cloud_api.ledger.state import recompute
from protocol.candidates import CandidateStatus
from protocol.events import Event, NoteAdded, NoteAddedEvent
from tests.support.office import World, downloaded, note, status, undo, verified

NUMBER = "70707070707070"
CANARIES = (
    NUMBER,
    "Quentin Xanadu",
    "quentin@xanadu.example.com",
    "5550777333",
    "XPASSPORT9",
    "MV Xanadu Star",
    "xanadu-note",
    "xanadu-prompt",
    "xanadu-override",
    "Xanadu_CV",
)
"""What names the person, in one place or another."""


def story(world: World, device: Device, recruiter: Person, admin: Person) -> UUID:
    """Have a person downloaded twice, decided on, overridden, undone; return their id."""
    base = downloaded(NUMBER, name=CANARIES[1], mobile_no="00 91 5550777333", expires_on=date(2031, 1, 1))
    facts = base.payload.facts.model_copy(
        update={
            "email": CANARIES[2],
            "country": "Xanadu",
            "present_rank": "Xanadu Mate",
            "availability": "xanadu-note soon",
            "date_of_birth": date(1980, 2, 3),
        }
    )
    documents = (facts.documents[0].model_copy(update={"number": CANARIES[4]}),)
    facts = facts.model_copy(update={"documents": documents})
    texts = base.payload.text.model_copy(update={"text": " ".join(CANARIES)})
    first = base.payload.model_copy(update={"facts": facts, "text": texts, "filename": "Xanadu_CV.pdf"})
    second = first.model_copy(
        update={
            "content_sha256": downloaded(NUMBER, "newer").payload.content_sha256,
            "filename": "Xanadu_CV2.pdf",
        }
    )
    _do(world, device, base.model_copy(update={"payload": first}))
    checked = verified(NUMBER)
    prompt = {"ai_search_prompt": "xanadu-prompt", "ai_match_reason": CANARIES[1]}
    _do(world, recruiter, checked.model_copy(update={"payload": checked.payload.model_copy(update=prompt)}))
    _do(world, recruiter, status(NUMBER, CandidateStatus.CONTACTED, 1))
    _do(world, device, downloaded(NUMBER).model_copy(update={"payload": second}))
    _do(world, recruiter, _call_back("xanadu-note: call Quentin Xanadu"))
    taken_back = note(NUMBER, "xanadu-note that was wrong")
    _do(world, recruiter, taken_back)
    _do(world, recruiter, undo(taken_back))
    _do(world, admin, status(NUMBER, CandidateStatus.NEW, 5, "xanadu-override"))
    candidate_id = world.value("select id from app.candidates where candidate_external_id = %s", NUMBER)
    assert isinstance(candidate_id, UUID)
    return candidate_id


def scatter(world: World, device: Device, candidate_id: UUID) -> list[str]:
    """Have the person named wherever else the schema can name somebody; return their objects' keys."""
    office = str(device.organisation_id)
    keys = [f"resumes/{office}/Master/{NUMBER}/Xanadu_CV-{n}.pdf" for n in (1, 2)]
    with psycopg.connect(world.admin_url) as connection:
        resumes = connection.execute(
            "select id from app.resumes where candidate_id = %s order by created_at, id", [candidate_id]
        ).fetchall()
        for key, (resume_id,) in zip(keys, resumes, strict=True):
            connection.execute(
                "update app.resumes set resume_storage_path = %s, resume_upload_status = 'uploaded',"
                " resume_checksum_sha256 = file_sha256, resume_uploaded_at = now() where id = %s",
                [key, resume_id],
            )
        mine = {"office": office, "user": device.user_id, "device": device.device_id}
        mine["resume"] = resumes[0][0]
        for statement in _SCATTERED:
            connection.execute(statement.encode(), mine)
    return keys


_SCATTERED = (
    "insert into app.download_jobs (id, organisation_id, user_id, device_id, rank, ship_type, created_at)"
    " values (gen_random_uuid(), %(office)s, %(user)s, %(device)s, 'Master', 'Tanker', now())",
    "insert into app.download_job_logs"
    " (organisation_id, job_id, seq, level, line, candidate_external_id, outcome, created_at)"
    f" select organisation_id, id, 1, 'info', '{NUMBER} stored', '{NUMBER}', 'stored', now()"
    " from app.download_jobs",
    "insert into app.analysis_feedback (organisation_id, user_id, filename, query, llm_reason, user_notes)"
    " values (%(office)s, %(user)s, 'Xanadu_CV.pdf', 'Quentin Xanadu', 'xanadu-note', 'xanadu-note')",
    "insert into app.saved_views (organisation_id, user_id, name, filters)"
    """ values (%(office)s, %(user)s, 'mine', '{"q": "Quentin Xanadu", "rank": "Master"}')""",
    "insert into app.read_files"
    " (organisation_id, device_id, file_path, last_modified, file_length, resume_id, text_version)"
    " values (%(office)s, %(device)s, 'Master/Xanadu_CV.pdf', now(), 1, %(resume)s, 1)",
    "insert into app.saved_views (organisation_id, user_id, name, filters)"
    " values (%(office)s, %(user)s, 'for Quentin Xanadu', '{}')",
    "insert into app.resume_uploads"
    " (organisation_id, resume_id, file_sha256, file_length, storage_path, device_id)"
    " select organisation_id, id, file_sha256, 1, resume_storage_path, %(device)s"
    " from app.resumes where id = %(resume)s",
    # As when a resume was decided on that had its copy in the office already.
    "update app.candidate_events e set resume_storage_path = r.resume_storage_path,"
    " resume_checksum_sha256 = r.file_sha256 from app.resumes r"
    " where r.id = e.resume_id and e.event_type = 'initial_verification'",
    "insert into app.exports (organisation_id, user_id, candidate_ids)"
    " select %(office)s, %(user)s, array[candidate_id] from app.resumes where id = %(resume)s",
    "insert into app.agent_commands (organisation_id, device_id, kind, resume_id, asked_by_user_id)"
    " values (%(office)s, %(device)s, 'upload_resume', %(resume)s, %(user)s)",
    "insert into app.legal_holds"
    " (organisation_id, candidate_id, reason, placed_by_user_id, lifted_by_user_id, lifted_at)"
    " select %(office)s, candidate_id, 'xanadu-note', %(user)s, %(user)s, now()"
    " from app.resumes where id = %(resume)s",
)


def found_in(admin_url: str) -> dict[str, list[str]]:
    """Search every row of every table of the database, also the accounts', and return where canaries are."""
    found: dict[str, list[str]] = {}
    with psycopg.connect(admin_url) as connection:
        tables = connection.execute(
            "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where c.relkind in ('r', 'p', 'm') and n.nspname not in"
            " ('pg_catalog', 'information_schema', 'supabase_migrations') and n.nspname not like 'pg_%'"
            " order by 1, 2"
        ).fetchall()
        for schema, table in tables:
            query = sql.SQL("select t::text from {} t").format(sql.Identifier(schema, table))
            rows = " ".join(str(row[0]) for row in connection.execute(query)).lower()
            here = [canary for canary in CANARIES if canary.lower() in rows]
            if here:
                found[f"{schema}.{table}"] = here
    return found


def kept_and_recomputed(world: World, candidate_id: UUID) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the state that is kept, and the same as it follows from the events."""
    kept = world.rows(
        "select status, notes, call_back_on, call_back_user_id, verified_at, version, last_event_id,"
        " latest_decision_id, latest_resume_id, downloaded_at, touched_by_user_id, touched_by_device_id,"
        " name, present_rank, rank_applied_for, search_ship_type, email, country, mobile_no, availability,"
        " date_of_birth, expiry_dates, review_state from app.candidate_state where candidate_id = %s",
        candidate_id,
    )[0]
    with psycopg.connect(world.admin_url) as connection:
        state = recompute(read_events(Transaction(connection), candidate_id))
    again = (
        state.status and state.status.value, state.notes, state.call_back_on, state.call_back_user_id,
        state.verified_at, state.version, state.last_event_id, state.latest_decision_id,
        state.latest_resume_id, state.downloaded_at, state.touched_by_user_id, state.touched_by_device_id,
        state.contact.name,
        state.contact.present_rank, state.contact.rank_applied_for, state.contact.search_ship_type,
        state.contact.email, state.contact.country, state.contact.mobile_no, state.contact.availability,
        state.contact.date_of_birth, list(state.contact.expiry_dates), state.review_state,
    )  # fmt: skip
    return kept, again


def _do(world: World, who: Principal, event: Event) -> None:
    verdict = world.record(who, event)
    assert verdict.reason is None, verdict


def _call_back(text: str) -> NoteAddedEvent:
    event = note(NUMBER, text)
    return event.model_copy(
        update={"payload": NoteAdded(**event.payload.model_dump() | {"call_back_on": date(2027, 1, 1)})}
    )
