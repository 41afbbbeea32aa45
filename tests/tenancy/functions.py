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
    "app.was_member": CALLER,
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
    # Uploads of all offices: looked at by a process of the server, counted for its operator.
    "app.claim_upload_check": LOGIN,
    "app.hold_upload_check": LOGIN,
    "app.settle_upload_check": LOGIN,
    "app.upload_figures": LOGIN,
    # Figures of all offices together, and what this database is: for who runs it.
    "app.applied_migrations": LOGIN,
    "app.job_figures": LOGIN,
    "app.sync_figures": LOGIN,
    # Keeping and deleting: admins of their office, and what tells a computer's old records from new ones.
    "app.caller_address": CALLER,
    "app.caller_trace_id": CALLER,
    "app.computers_with": CALLER,
    "app.deleted_counts": CALLER,
    "app.deleted_people": CALLER,
    "app.erase_candidate": CALLER,
    "app.erased_when": CALLER,
    "app.idle_people": CALLER,
    "app.kept_of": CALLER,
    "app.restore_candidates": CALLER,
    "app.restore_downloaded": CALLER,
    "app.resume_of": CALLER,
    "app.waiting_object_removals": CALLER,
    # What is done by itself, by the saved rules only.
    "app.claim_object_removals": LOGIN,
    "app.erase_expired": LOGIN,
    "app.follow_rules": LOGIN,
    "app.object_removed": LOGIN,
    "app.bring_back": NOBODY,
    "app.erase_person": NOBODY,
    "app.erase_person_elsewhere": NOBODY,
    "app.hide_people": NOBODY,
    "app.is_held": NOBODY,
    "app.number_digest": NOBODY,
    "app.only_one_worker": NOBODY,
    # What tables hold true.
    "app.audit_agent_settings": NOBODY,
    "app.check_legal_hold": NOBODY,
    "app.complete_audit_entry": NOBODY,
    "app.refuse_change_of_audit_log": NOBODY,
    "app.refuse_what_is_held": NOBODY,
    "app.check_agent_command": NOBODY,
    "app.check_candidate_event": NOBODY,
    "app.check_candidate_state": NOBODY,
    "app.check_download_job": NOBODY,
    "app.check_resume": NOBODY,
    "app.keep_an_admin": NOBODY,
    "app.note_candidate_change": NOBODY,
    # What computers wait for, and what is over.
    "app.command_marks": LOGIN,
    "app.forget_old_commands": LOGIN,
    # Accounts of one machine.
    "local_auth.account_by_email": LOGIN,
    "local_auth.end_family": LOGIN,
    "local_auth.open_account": LOGIN,
    "local_auth.rotate": LOGIN,
    "local_auth.start_family": LOGIN,
}
