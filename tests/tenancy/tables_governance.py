"""How long people are kept, what keeps them, and what is left of them: for admins, and for nobody."""

from cloud_api.auth.policy import Action
from tests.tenancy.answers import NONE, Insert, Table, Update, by, who

TABLES = (
    Table(
        "retention_rules",
        select=by(Action.RETENTION_SET),
        inserts=(
            Insert(
                "insert into app.retention_rules (organisation_id, months, grace_days, created_by_user_id)"
                " values (%(organisation_id)s, 12, 30, %(user_id)s)",
                who(Action.RETENTION_SET),
                own=frozenset({"user_id"}),
            ),
        ),
        updates=(Update("set months = 6", by(Action.RETENTION_SET)),),
        delete=by(Action.RETENTION_SET),
        writable="active grace_days months ranks statuses updated_at",
    ),
    Table(
        "legal_holds",
        select=by(Action.CANDIDATE_HOLD),
        inserts=(
            Insert(
                "insert into app.legal_holds (organisation_id, candidate_id, reason, placed_by_user_id)"
                " values (%(organisation_id)s, %(candidate_id)s, 'a court', %(user_id)s)",
                who(Action.CANDIDATE_HOLD),
                own=frozenset({"user_id"}),
                before=("delete from app.legal_holds",),
            ),
        ),
        updates=(
            Update("set lifted_at = now(), lifted_by_user_id = auth.uid()", by(Action.CANDIDATE_HOLD)),
            # Nobody lifts one in another's name: among all those of an office there are others' placed ones.
            Update("set lifted_at = now(), lifted_by_user_id = placed_by_user_id", NONE),
        ),
        writable="lifted_at lifted_by_user_id",
    ),
    Table(
        "kept_of()",
        select=by(Action.CANDIDATE_HOLD),
        rows="candidates",
        key="id",
        reading="select candidate_id from unnest(%(keys)s::uuid[]) id, app.kept_of(id)",
    ),
    Table(
        "computers_with()",
        # Which of the office's computers have a copy of somebody's resume.
        select=by(Action.CANDIDATE_HOLD),
        rows="candidates",
        key="id",
        reading="select id from unnest(%(keys)s::uuid[]) id"
        " where exists (select from app.computers_with(id))",
    ),
    # Nobody's: written by the functions that erase, read by those that go on with it.
    Table(
        "object_removals",
        select=NONE,
        inserts=(
            Insert(
                "insert into app.object_removals (organisation_id, storage_path)"
                " values (%(organisation_id)s, 'resumes/' || %(organisation_id)s::text || '/' || %(number)s)",
                frozenset(),
            ),
        ),
        hidden="asked_at due_at id organisation_id storage_path tries",
    ),
    Table(
        "erasure_salts",
        select=NONE,
        inserts=(
            Insert(
                "insert into app.erasure_salts (organisation_id) values (%(organisation_id)s)",
                frozenset(),
                before=("delete from app.erasure_salts",),
            ),
        ),
        rows="office",
        hidden="organisation_id salt",
    ),
    Table(
        "erased_numbers",
        select=NONE,
        inserts=(
            Insert(
                "insert into app.erased_numbers (organisation_id, number_sha256)"
                " values (%(organisation_id)s, decode(%(digest)s, 'hex'))",
                frozenset(),
            ),
        ),
        hidden="erased_at number_sha256 organisation_id",
    ),
)
