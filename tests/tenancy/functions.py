"""Who may call the functions of schemas `app` and `local_auth`; trigger functions are nobody's to call."""

from collections.abc import Mapping

CALLER = frozenset({"authenticated"})
LOGIN = frozenset({"njordhr_api"})
NOBODY: frozenset[str] = frozenset()

FUNCTIONS: Mapping[str, frozenset[str]] = {
    # Who asks: what policies are made of.
    "app.caller_claimed_device_id": CALLER,
    "app.caller_colleague_ids": CALLER,
    "app.caller_device_id": CALLER,
    "app.caller_is_active": CALLER,
    "app.caller_organisation_id": CALLER,
    "app.caller_role": CALLER,
    # For callers, with their rights or less (`tests.tenancy.tables` has what they return).
    "app.find_candidate_ids": CALLER,
    "app.next_expiry": CALLER,
    "app.office_device": CALLER,
    # Look-ups before anybody is known.
    "app.device_by_token": LOGIN,
    "app.register_device": LOGIN,
    "app.invitation_by_token": LOGIN,
    "app.accept_invitation": LOGIN,
    "app.count_try": LOGIN,
    "app.forget_tries": LOGIN,
    # Whether something that is waited for has changed: marks, and nothing of what it is.
    "app.access_marks": LOGIN,
    "app.candidate_marks": LOGIN,
    "app.job_marks": LOGIN,
    # What tables hold true.
    "app.check_candidate_event": NOBODY,
    "app.check_candidate_state": NOBODY,
    "app.check_resume": NOBODY,
    "app.keep_an_admin": NOBODY,
    "app.note_candidate_change": NOBODY,
    # Accounts of one machine.
    "local_auth.account_by_email": LOGIN,
    "local_auth.end_family": LOGIN,
    "local_auth.open_account": LOGIN,
    "local_auth.rotate": LOGIN,
    "local_auth.start_family": LOGIN,
}
