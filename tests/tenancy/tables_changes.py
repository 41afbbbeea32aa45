"""What triggers keep of an office's candidates: the numbers of their changes, and how many they are."""

from cloud_api.auth.policy import Action
from tests.tenancy.answers import Table, by

TABLES = (
    Table("office_marks", select=by(Action.DASHBOARD_READ), rows="office"),
    Table("candidate_changes", select=by(Action.DASHBOARD_READ), rows="candidate_state"),
    # Several rows of an office, each of them all of the office's.
    Table("candidate_counts", select=by(Action.DASHBOARD_READ), rows="office", key="organisation_id"),
)
