-- name: jobs
-- How the downloads of the last days ended. Whose one sees is decided by row-level security.
select j.status, j.reason, count(*)::integer as jobs, count(distinct j.device_id)::integer as computers,
  max(j.ended_at) as last_at
from app.download_jobs j
where j.ended_at > now() - make_interval(days => %(days)s::integer)
group by j.status, j.reason
order by jobs desc, j.reason

-- name: computers
-- Those that need somebody first: not heard of for long, then by what waits.
select d.id as device_id, d.device_name, u.email as user_email, d.platform, d.agent_version, d.last_seen_at,
  coalesce(d.last_seen_at > now() - %(online)s::interval, false) as is_online,
  d.waiting as records_waiting, d.parked as records_parked, c.commands_waiting, c.oldest_command_at
from app.devices d
join app.users u on u.id = d.user_id
cross join lateral (
  select count(*)::integer as commands_waiting, min(w.created_at) as oldest_command_at
  from app.agent_commands w
  where w.organisation_id = d.organisation_id and w.device_id = d.id and w.state = 'waiting'
) c
where d.status = 'active'
order by d.parked > 0 desc, (c.commands_waiting > 0 or d.waiting > 0) desc, d.last_seen_at nulls first, d.id
limit %(limit)s::integer
