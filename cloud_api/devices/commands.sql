-- name: ask
-- Asks a computer of the caller's own that is connected; nothing when the id is taken.
insert into app.agent_commands (id, organisation_id, device_id, kind, asked_by_user_id, expires_at, sealed_sha256)
select %(command_id)s::uuid, d.organisation_id, d.id, %(kind)s::text, d.user_id, now() + %(waits)s::interval,
  %(sealed_sha256)s::text
from app.devices d
where d.id = %(device_id)s::uuid and d.user_id = (select auth.uid()) and d.status = 'active'
on conflict do nothing

-- name: hand_in_code
insert into app.sealed_codes (command_id, organisation_id, device_id, sealed)
select c.id, c.organisation_id, c.device_id, %(sealed)s::text
from app.agent_commands c
where c.id = %(command_id)s::uuid

-- name: own_device
select d.status from app.devices d where d.id = %(device_id)s::uuid and d.user_id = (select auth.uid())

-- name: command
select
  c.id as command_id, c.device_id, c.kind, c.state, c.reason, c.claimed_at is not null as is_claimed,
  c.created_at, c.expires_at, c.sealed_sha256
from app.agent_commands c
where c.id = %(command_id)s::uuid and c.asked_by_user_id = (select auth.uid())

-- name: claim
-- What waits for a computer. A download that was handed out once is its to answer, however old it is; a code goes
-- out once, and is deleted by it.
with claimed as (
  update app.agent_commands c
  set claimed_at = coalesce(c.claimed_at, now())
  where c.device_id = %(device_id)s::uuid and c.state = 'waiting' and c.kind <> 'upload_resume'
    and (c.expires_at > now() or (c.kind = 'start_download' and c.claimed_at is not null))
    and not (
      c.kind = 'start_download'
      and exists (select from app.download_jobs j where j.id = c.job_id and j.status = 'cancelled')
    )
    and (
      c.kind <> 'portal_code'
      or exists (select from app.sealed_codes s where s.command_id = c.id and s.expires_at > now())
    )
  returning c.id, c.kind, c.job_id, c.created_at
), read as (
  delete from app.sealed_codes s using claimed
  where s.command_id = claimed.id
  returning s.command_id, s.sealed
)
select
  claimed.id as command_id, claimed.kind, claimed.job_id, read.sealed as sealed_code, j.rank, j.ship_type,
  j.force_redownload
from claimed
left join read on read.command_id = claimed.id
left join app.download_jobs j on j.id = claimed.job_id
order by claimed.created_at, claimed.id

-- name: tell_of_uploads
-- Once each: the heartbeat brings them, and brings them again.
update app.agent_commands c
set claimed_at = now()
where c.device_id = %(device_id)s::uuid and c.kind = 'upload_resume' and c.state = 'waiting' and c.claimed_at is null
  and c.expires_at > now()

-- name: answer
update app.agent_commands
set state = %(state)s::text, reason = %(reason)s::text
where id = %(command_id)s::uuid and device_id = %(device_id)s::uuid and state = 'waiting'
returning kind, job_id

-- name: asked_of_device
select c.kind, c.job_id from app.agent_commands c
where c.id = %(command_id)s::uuid and c.device_id = %(device_id)s::uuid

-- name: end_job
update app.download_jobs
set status = 'failed', reason = %(reason)s::text, ended_at = now()
where id = %(job_id)s::uuid and status = 'queued' and reported_at is null

-- name: forget_old
select app.forget_old_commands()
