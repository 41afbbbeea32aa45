"""Every column of schema `app` that can hold words, dates or digests: whose they are, and what erasing does.

A new column that is in neither list fails `tests/integration/cloud/test_personal_data.py`.
"""

from collections.abc import Mapping

ERASED: Mapping[str, str] = {
    "analysis_feedback": "filename query llm_reason user_notes",
    "candidate_events": "notes ai_search_prompt ai_match_reason filename resume_storage_path"
    " resume_checksum_sha256 override_reason call_back_on",
    "candidate_state": "candidate_external_id notes name present_rank email country mobile_no availability"
    " date_of_birth expiry_dates search_text call_back_on",
    "candidates": "candidate_external_id latest_filename name present_rank email country mobile_no",
    "download_job_logs": "line candidate_external_id",
    "legal_holds": "reason",
    "read_files": "file_path file_sha256",
    "resume_uploads": "file_sha256 storage_path",
    "resumes": "content_sha256 file_sha256 filename facts text resume_storage_path resume_checksum_sha256",
    "saved_views": "name filters",
}
"""Table -> the columns that can tell of a candidate. Erasing one leaves nothing of them there."""

NOT_OF_CANDIDATES: Mapping[str, Mapping[str, str]] = {
    "agent_commands": {
        "kind state reason": "the product's own words",
        "sealed_sha256": "of a sealed text",
    },
    "agent_settings": {"download_folder": "a folder of a colleague's computer"},
    "analysis_feedback": {"llm_decision user_decision": "a verdict of a few fixed words"},
    "audit_log": {
        "action subject_type subject_id details trace_id": "ids, counts and the product's own words",
        "address": "of a colleague",
    },
    "candidate_counts": {"rank_applied_for status": "counts of many"},
    "candidate_events": {
        "event_type status previous_status resume_source resume_upload_status": "the product's own words",
        "rank_applied_for search_ship_type": "what was searched for: counts by it stay right",
    },
    "candidate_state": {
        "review_state status": "counts by it stay right",
        "rank_applied_for search_ship_type": "what was searched for: counts by it stay right",
    },
    "candidates": {
        "rank_applied_for": "what was searched for: counts by it stay right",
        "deleted_because": "the product's own words",
    },
    "device_portals": {
        "state reason phone_ends folder_reason sealing_key": "of a computer and its colleague"
    },
    "devices": {"device_name platform agent_version token_hash status": "of a computer"},
    "download_job_logs": {"level outcome reason": "the product's own words"},
    "download_jobs": {"rank ship_type status message reason": "what was searched for, and how it went"},
    "erased_numbers": {"number_sha256": "a salted digest that keeps old records out; forgotten after a year"},
    "exports": {
        "candidate_ids resume_ids": "ids of this database, which lead to the stub",
        "file_lengths": "numbers",
    },
    "invitations": {"email role token_hash": "of a colleague"},
    "memberships": {"role": "of a colleague"},
    "object_removals": {"storage_path": "until the object is gone: the list of what is to be removed"},
    "organisations": {"name": "of the office"},
    "pairing_codes": {"code_hash": "of a computer"},
    "received_events": {
        "digest": "of a whole event: that it comes again is still seen",
        "event_type": "the product's own words",
        "trace_id": "of a request",
    },
    "resume_uploads": {"reason": "the product's own words"},
    "resumes": {
        "rank_applied_for search_ship_type": "what was searched for: counts by it stay right",
        "review_state resume_source resume_upload_status": "the product's own words",
    },
    "retention_rules": {"statuses ranks": "of the office"},
    "sealed_codes": {"sealed": "a one-time code of a colleague, sealed for a computer"},
    "status_transitions": {"from_status to_status": "the product's own words"},
    "tries": {"key_hash": "of a colleague or an address"},
    "update_outcomes": {
        "from_version to_version result reason channel platform": "of a computer, in the product's own words"
    },
    "users": {"email full_name": "of a colleague"},
}
"""Table -> columns -> why erasing a candidate leaves them as they are."""
