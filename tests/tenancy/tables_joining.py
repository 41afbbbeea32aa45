"""How people join an office, and how often somebody tried to."""

from cloud_api.auth.policy import Action
from tests.tenancy.answers import NONE, Insert, Table, Update, by, who

TABLES = (
    Table(
        "invitations",
        select=by(Action.MEMBER_READ),
        inserts=(
            Insert(
                "insert into app.invitations"
                " (organisation_id, email, role, token_hash, invited_by_user_id, expires_at)"
                " values (%(organisation_id)s, %(new_id)s || '@example.com', 'recruiter',"
                " decode(%(digest)s, 'hex'), %(user_id)s, now() + interval '1 day')",
                who(Action.MEMBER_INVITE),
                own=frozenset({"user_id"}),
            ),
        ),
        updates=(
            Update("set expires_at = now() + interval '2 days'", by(Action.MEMBER_INVITE)),
            Update("set revoked_at = now()", by(Action.MEMBER_INVITE)),
        ),
        writable="expires_at revoked_at sent_at token_hash",
        hidden="token_hash",
    ),
    # Nobody's: the login role counts through `count_try` before anybody is known.
    Table(
        "tries",
        select=NONE,
        inserts=(
            Insert(
                "insert into app.tries (key_hash, tries, ends_at)"
                " values (decode(%(digest)s, 'hex'), 1, now() + interval '1 hour')",
                frozenset(),
            ),
        ),
        hidden="ends_at key_hash tries",
    ),
)
