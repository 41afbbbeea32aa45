"""How updates ended: each computer tells its own, and whoever sees the computer reads it."""

from cloud_api.auth.policy import Action
from tests.tenancy.answers import Insert, Table, by, who

TABLES = (
    Table(
        "update_outcomes",
        select=by(Action.UPDATE_READ, Action.UPDATE_REPORT),
        # Nothing of it is ever changed or deleted.
        inserts=(
            Insert(
                "insert into app.update_outcomes (id, organisation_id, device_id, from_version, to_version,"
                " result, channel, platform, ended_at)"
                " values (%(new_id)s, %(organisation_id)s, %(device_id)s, '1.4.1', '1.4.2', 'committed',"
                " 'stable', 'linux-x86_64', now())",
                who(Action.UPDATE_REPORT),
                own=frozenset({"device_id"}),
            ),
        ),
    ),
)
