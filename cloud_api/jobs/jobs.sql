-- name: create_job
-- Makes the job for a computer of the caller's own that is connected; nothing when the id is taken.
insert into app.download_jobs
  (id, organisation_id, user_id, device_id, rank, ship_type, force_redownload, created_at)
select
  %(job_id)s::uuid, d.organisation_id, d.user_id, d.id,
  %(rank)s::text, %(ship_type)s::text, %(force_redownload)s::boolean, now()
from app.devices d
where d.id = %(device_id)s::uuid and d.user_id = (select auth.uid()) and d.status = 'active'
on conflict do nothing
returning id

-- name: own_device
select d.status from app.devices d where d.id = %(device_id)s::uuid and d.user_id = (select auth.uid())

-- name: job
select
  j.id as job_id, j.rank, j.ship_type, j.force_redownload, j.status, j.message, j.reason,
  j.listed, j.stored, j.skipped, j.failed, j.created_at, j.started_at, j.ended_at, j.change,
  u.email as user_email, d.id as device_id, d.device_name, j.reported_at is not null as is_heard_of,
  case when j.reported_at is null and j.status = 'queued' then c.expires_at end as waits_until
from app.download_jobs j
join app.users u on u.id = j.user_id
join app.devices d on d.id = j.device_id
left join app.agent_commands c
  on c.organisation_id = j.organisation_id and c.job_id = j.id and c.kind = 'start_download'
where j.id = %(job_id)s::uuid

-- name: jobs_page
select
  j.id as job_id, j.rank, j.ship_type, j.force_redownload, j.status, j.message, j.reason,
  j.listed, j.stored, j.skipped, j.failed, j.created_at, j.started_at, j.ended_at, j.change,
  u.email as user_email, d.id as device_id, d.device_name, j.reported_at is not null as is_heard_of,
  case when j.reported_at is null and j.status = 'queued' then c.expires_at end as waits_until
from app.download_jobs j
join app.users u on u.id = j.user_id
join app.devices d on d.id = j.device_id
left join app.agent_commands c
  on c.organisation_id = j.organisation_id and c.job_id = j.id and c.kind = 'start_download'
where %(after_at)s::timestamptz is null
  or (j.created_at, j.id) < (%(after_at)s::timestamptz, %(after_id)s::uuid)
order by j.created_at desc, j.id desc
limit %(limit)s::integer

-- name: log_after
select l.seq, l.level, l.line, l.candidate_external_id, l.outcome, l.reason, l.created_at
from app.download_job_logs l
where l.job_id = %(job_id)s::uuid and l.seq > %(after_seq)s::bigint
order by l.seq
limit %(limit)s::integer
