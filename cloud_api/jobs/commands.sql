-- name: start
insert into app.agent_commands (organisation_id, device_id, kind, job_id, asked_by_user_id, expires_at)
select j.organisation_id, j.device_id, 'start_download', j.id, j.user_id, now() + %(waits)s::interval
from app.download_jobs j
where j.id = %(job_id)s::uuid

-- name: known
select c.kind, c.job_id from app.agent_commands c
where c.id = %(command_id)s::uuid and c.asked_by_user_id = (select auth.uid())

-- name: job
select j.status, j.device_id, d.status as device_status, j.user_id = (select auth.uid()) as is_own
from app.download_jobs j
join app.devices d on d.id = j.device_id
where j.id = %(job_id)s::uuid

-- name: withdraw
-- Taken back before its computer had it; whoever claims it in this moment waits for this row, and then finds it over.
update app.agent_commands
set state = 'withdrawn'
where job_id = %(job_id)s::uuid and kind = 'start_download' and state = 'waiting' and claimed_at is null
  and asked_by_user_id = (select auth.uid())

-- name: cancel_unheard
update app.download_jobs
set status = 'cancelled', reason = %(reason)s::text, ended_at = now()
where id = %(job_id)s::uuid and status = 'queued' and reported_at is null

-- name: ask
insert into app.agent_commands (id, organisation_id, device_id, kind, job_id, asked_by_user_id, expires_at)
select %(command_id)s::uuid, j.organisation_id, j.device_id, %(kind)s::text, j.id, j.user_id, now() + %(waits)s::interval
from app.download_jobs j
where j.id = %(job_id)s::uuid and j.user_id = (select auth.uid())
on conflict do nothing
