-- name: log_event
insert into app.candidate_events (
  id, organisation_id, candidate_id, event_type, status, previous_status, notes, rank_applied_for,
  search_ship_type, ai_search_prompt, ai_match_reason, filename, resume_id, resume_storage_path, resume_source,
  resume_checksum_sha256, resume_upload_status, undoes_event_id, override_reason, expected_version,
  call_back_on, call_back_done, resulting_version, created_by_user_id, created_by_device_id, created_at
) values (
  %(id)s, %(organisation_id)s, %(candidate_id)s, %(event_type)s, %(status)s, %(previous_status)s, %(notes)s,
  %(rank_applied_for)s, %(search_ship_type)s, %(ai_search_prompt)s, %(ai_match_reason)s, %(filename)s,
  %(resume_id)s, %(resume_storage_path)s, %(resume_source)s, %(resume_checksum_sha256)s,
  %(resume_upload_status)s, %(undoes_event_id)s, %(override_reason)s, %(expected_version)s,
  %(call_back_on)s, %(call_back_done)s, %(resulting_version)s, %(created_by_user_id)s, %(created_by_device_id)s, %(created_at)s
);

-- name: log_events
insert into app.candidate_events (
  id, organisation_id, candidate_id, event_type, status, previous_status, notes, rank_applied_for,
  search_ship_type, ai_search_prompt, ai_match_reason, filename, resume_id, resume_storage_path, resume_source,
  resume_checksum_sha256, resume_upload_status, undoes_event_id, override_reason, expected_version,
  call_back_on, call_back_done, resulting_version, created_by_user_id, created_by_device_id, created_at
)
select
  id, organisation_id, candidate_id, event_type, status, previous_status, notes, rank_applied_for,
  search_ship_type, ai_search_prompt, ai_match_reason, filename, resume_id, resume_storage_path, resume_source,
  resume_checksum_sha256, resume_upload_status, undoes_event_id, override_reason, expected_version,
  call_back_on, call_back_done, resulting_version, created_by_user_id, created_by_device_id, created_at
from jsonb_to_recordset(%(rows)s) as e (
  id uuid, organisation_id uuid, candidate_id uuid, event_type text, status text, previous_status text, notes text,
  rank_applied_for text, search_ship_type text, ai_search_prompt text, ai_match_reason text, filename text,
  resume_id uuid, resume_storage_path text, resume_source text, resume_checksum_sha256 text,
  resume_upload_status text, undoes_event_id uuid, override_reason text, expected_version integer,
  call_back_on date, call_back_done boolean, resulting_version integer, created_by_user_id uuid,
  created_by_device_id uuid, created_at timestamptz
);

-- name: latest_status
select candidate_id, candidate_external_id, status, notes, version
from app.candidate_latest_state_v
where verified_at is not null
order by candidate_external_id, candidate_id;

-- name: history
select
  e.id, e.organisation_id, e.candidate_id, e.event_type, e.status, e.previous_status, e.notes, e.rank_applied_for,
  e.search_ship_type, e.ai_search_prompt, e.ai_match_reason, e.filename, e.resume_id, e.resume_storage_path,
  e.resume_source, e.resume_checksum_sha256, e.resume_upload_status, e.undoes_event_id, e.override_reason,
  e.expected_version, e.call_back_on, e.call_back_done, e.resulting_version, e.created_by_user_id, e.created_by_device_id, e.created_at,
  e.recorded_at
from app.candidate_events e
where e.candidate_id = %(candidate_id)s
order by e.position desc;

-- name: rank_counts
select rank_applied_for, active, archived from app.rank_counts_v order by rank_applied_for;
