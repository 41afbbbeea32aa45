-- name: resume_by_content
select
  r.id as resume_id, r.organisation_id, r.filename, r.rank_applied_for, c.candidate_external_id,
  r.resume_upload_status as upload_status, r.resume_storage_path as storage_path
from app.resumes r
join app.candidates c on c.id = r.candidate_id
where c.candidate_external_id = %(candidate_external_id)s::text
  and r.content_sha256 = %(content_sha256)s::text

-- name: resume_by_id
select
  r.id as resume_id, r.organisation_id, r.filename, r.rank_applied_for, c.candidate_external_id,
  r.resume_upload_status as upload_status, r.resume_storage_path as storage_path
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

-- name: audit_opening
insert into app.audit_log (organisation_id, user_id, device_id, action, subject_type, subject_id, details)
values (%(organisation_id)s::uuid, %(user_id)s::uuid, null, 'resume.link', 'resume', %(resume_id)s::text,
  jsonb_build_object('candidate_external_id', %(candidate_external_id)s::text))
