-- name: resume_by_content
select
  r.id as resume_id, r.organisation_id, r.filename, r.rank_applied_for, c.candidate_external_id,
  r.resume_upload_status as upload_status, r.resume_storage_path as storage_path,
  r.resume_checksum_sha256 as stored_sha256
from app.resumes r
join app.candidates c on c.id = r.candidate_id
where c.candidate_external_id = %(candidate_external_id)s::text
  and r.content_sha256 = %(content_sha256)s::text

-- name: resume_by_id
select
  r.id as resume_id, r.organisation_id, r.filename, r.rank_applied_for, c.candidate_external_id,
  r.resume_upload_status as upload_status, r.resume_storage_path as storage_path,
  r.resume_checksum_sha256 as stored_sha256
from app.resumes r
join app.candidates c on c.id = r.candidate_id
where r.id = %(resume_id)s::uuid

-- name: mark_uploaded
-- Only after the store's bytes were hashed: place, checksum and state change together.
update app.resumes
set resume_upload_status = 'uploaded', resume_storage_path = %(storage_path)s::text,
  resume_checksum_sha256 = %(sha256)s::text, resume_uploaded_at = now(), resume_source = 'cloud_synced'
where id = %(resume_id)s::uuid

-- name: mark_not_uploaded
update app.resumes
set resume_upload_status = %(upload_status)s::text, resume_storage_path = null, resume_checksum_sha256 = null,
  resume_uploaded_at = null, resume_source = 'local_only'
where id = %(resume_id)s::uuid

-- name: cloud_copy
-- Where a resume is, and the newest wish that its computer upload it.
select
  r.organisation_id, r.device_id, r.resume_upload_status as upload_status, r.resume_storage_path as storage_path,
  coalesce(d.device_name, '') as device_name, d.last_seen_at as device_last_seen_at,
  coalesce(d.status, '') as device_status, wish.state as wish_state, wish.reason as wish_reason,
  wish.created_at as asked_at, wish.expires_at, wish.expires_at <= now() as is_expired,
  coalesce(nullif(u.full_name, ''), u.email, '') as asked_by
from app.resumes r
left join lateral app.office_device(r.device_id) d on true
left join lateral (
  select c.state, c.reason, c.created_at, c.expires_at, c.asked_by_user_id
  from app.agent_commands c
  where c.organisation_id = r.organisation_id and c.resume_id = r.id and c.kind = 'upload_resume'
  order by c.created_at desc, c.id
  limit 1
) wish on true
left join app.users u on u.id = wish.asked_by_user_id
where r.id = %(resume_id)s::uuid

-- name: ask_for_upload
insert into app.agent_commands (organisation_id, device_id, kind, resume_id, asked_by_user_id)
values (%(organisation_id)s::uuid, %(device_id)s::uuid, 'upload_resume', %(resume_id)s::uuid, %(user_id)s::uuid)
