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

-- name: is_key_of_another
-- Whether another resume of the same person lies under this key; those of other people have other keys.
select exists (
  select from app.resumes r
  join app.resumes own on own.organisation_id = r.organisation_id and own.candidate_id = r.candidate_id
  where own.id = %(resume_id)s::uuid and r.id <> own.id and r.resume_storage_path = %(storage_path)s::text
)

-- name: mark_lost
update app.resumes
set resume_upload_status = 'pending', resume_storage_path = null, resume_checksum_sha256 = null,
  resume_uploaded_at = null, resume_source = 'local_only'
where id = %(resume_id)s::uuid

-- name: upload_on_its_way
select told_at is not null as is_told
from app.resume_uploads
where resume_id = %(resume_id)s::uuid and file_sha256 = %(file_sha256)s::text

-- name: offer_upload
-- An upload that is being looked at stays as it is.
insert into app.resume_uploads (
  organisation_id, resume_id, file_sha256, file_length, storage_path, device_id, check_at
) values (
  %(organisation_id)s::uuid, %(resume_id)s::uuid, %(file_sha256)s::text, %(file_length)s::bigint,
  %(storage_path)s::text, %(device_id)s::uuid, %(check_at)s::timestamptz
)
on conflict (organisation_id, resume_id, file_sha256) do update
set device_id = excluded.device_id, asked_at = now(),
  check_at = case when resume_uploads.told_at is null then excluded.check_at else resume_uploads.check_at end
returning told_at is not null as is_told

-- name: tell_upload
-- Saying it twice brings no second look.
insert into app.resume_uploads (
  organisation_id, resume_id, file_sha256, file_length, storage_path, device_id, told_at, check_at
) values (
  %(organisation_id)s::uuid, %(resume_id)s::uuid, %(file_sha256)s::text, %(file_length)s::bigint,
  %(storage_path)s::text, %(device_id)s::uuid, now(), now()
)
on conflict (organisation_id, resume_id, file_sha256) do update
set device_id = excluded.device_id, told_at = coalesce(resume_uploads.told_at, now()),
  check_at = case when resume_uploads.told_at is null then now() else resume_uploads.check_at end
returning told_at is not null as is_told

-- name: claim_check
select check_claim, storage_path, file_sha256, file_length, checks from app.claim_upload_check(%(while)s::interval)

-- name: hold_check
select app.hold_upload_check(%(check_claim)s::uuid)

-- name: settle_check
select app.settle_upload_check(%(check_claim)s::uuid, %(found)s::text, %(reason)s::text, %(after)s::interval)

-- name: late_uploads
-- What has not got into the store although it was asked for so long ago, what waits longest first.
select
  u.resume_id, c.candidate_external_id, coalesce(d.device_name, '') as device_name,
  d.last_seen_at as device_last_seen_at, u.first_asked_at, u.asked_at, u.failures, u.failed_at, u.reason,
  u.told_at is not null as being_checked, count(*) over () as total
from app.resume_uploads u
join app.resumes r on r.organisation_id = u.organisation_id and r.id = u.resume_id
join app.candidates c on c.organisation_id = r.organisation_id and c.id = r.candidate_id
left join lateral app.office_device(u.device_id) d on true
where u.first_asked_at <= %(before)s::timestamptz
order by u.first_asked_at, u.resume_id
limit %(limit)s::integer

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
