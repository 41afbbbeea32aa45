-- name: add_pairing_code
insert into app.pairing_codes (organisation_id, user_id, code_hash, expires_at)
values (%(organisation_id)s::uuid, %(user_id)s::uuid, %(code_hash)s::bytea, now() + %(lifetime)s::interval)
returning expires_at

-- name: register_device
select r.device_id, r.organisation_id, r.organisation_name, r.user_id, r.user_email
from app.register_device(
  %(code_hash)s::bytea, %(token_hash)s::bytea, %(device_name)s::text, %(platform)s::text, %(agent_version)s::text,
  %(device_id)s::uuid
) r

-- name: devices
select
  d.id as device_id, d.device_name, d.platform, d.agent_version, u.email as user_email, d.status,
  d.last_seen_at, d.waiting, d.parked, d.user_id = (select auth.uid()) as is_own,
  d.status = 'active' and coalesce(d.last_seen_at > now() - %(online)s::interval, false) as is_online,
  p.state as portal_state, p.reason as portal_reason, p.login_is_kept, p.phone_ends, p.folder_reason, p.sealing_key,
  case when p.state = 'awaiting_otp' and p.otp_expires_at is not null
    then greatest(0, floor(extract(epoch from p.otp_expires_at - now())))::integer
  end as otp_seconds_left
from app.devices d
join app.users u on u.id = d.user_id
left join app.device_portals p on p.device_id = d.id
order by d.created_at desc, d.id desc

-- name: device_to_revoke
select d.user_id = (select auth.uid()) or (select app.caller_role()) = 'admin' as may_revoke
from app.devices d
where d.id = %(device_id)s::uuid

-- name: revoke_device
update app.devices set status = 'revoked' where id = %(device_id)s::uuid and status = 'active'

-- name: report
update app.devices
set agent_version = %(agent_version)s::text, platform = %(platform)s::text,
  waiting = %(waiting)s::integer, parked = %(parked)s::integer, last_seen_at = now()
where id = %(device_id)s::uuid

-- name: keep_folder
insert into app.agent_settings (organisation_id, device_id, download_folder)
values (%(organisation_id)s::uuid, %(device_id)s::uuid, %(download_folder)s::text)
on conflict (device_id) do update
set download_folder = excluded.download_folder, updated_at = now()
where app.agent_settings.download_folder <> excluded.download_folder

-- name: keep_portal
insert into app.device_portals (
  organisation_id, device_id, state, otp_expires_at, reason, login_is_kept, phone_ends, folder_reason, sealing_key
) values (
  %(organisation_id)s::uuid, %(device_id)s::uuid, %(state)s::text,
  now() + %(otp_seconds_left)s::integer * interval '1 second', %(reason)s::text, %(login_is_kept)s::boolean,
  %(phone_ends)s::text, %(folder_reason)s::text, %(sealing_key)s::text
)
on conflict (device_id) do update
set state = excluded.state, otp_expires_at = excluded.otp_expires_at, reason = excluded.reason,
  login_is_kept = excluded.login_is_kept, phone_ends = excluded.phone_ends, folder_reason = excluded.folder_reason,
  sealing_key = excluded.sealing_key, reported_at = now()

-- name: waiting_jobs
-- Jobs that somebody made in the cloud and that this computer has not reported on yet, oldest first.
select j.id as job_id, j.rank, j.ship_type, j.force_redownload
from app.download_jobs j
where j.device_id = %(device_id)s::uuid and j.status = 'queued' and j.reported_at is null
order by j.created_at, j.id
limit 50

-- name: audit_revocation
insert into app.audit_log (organisation_id, user_id, device_id, action, subject_type, subject_id)
values (%(organisation_id)s::uuid, %(user_id)s::uuid, null, 'device.revoked', 'device', %(device_id)s::text)

-- name: claim_uploads
-- Resumes that somebody wants this computer to upload and that the office does not have yet, oldest wish first.
with claimed as (
  update app.agent_commands c
  set claimed_at = coalesce(c.claimed_at, now())
  where c.device_id = %(device_id)s::uuid and c.kind = 'upload_resume' and c.state = 'waiting'
    and c.expires_at > now()
    and exists (select from app.resumes r where r.id = c.resume_id and r.resume_upload_status <> 'uploaded')
  returning c.id, c.resume_id, c.created_at
)
select claimed.id as command_id, p.candidate_external_id, r.content_sha256
from claimed
join app.resumes r on r.id = claimed.resume_id
join app.candidates p on p.id = r.candidate_id
order by claimed.created_at, claimed.id
limit 20
