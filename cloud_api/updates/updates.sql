-- name: outcomes
-- Newest first; whose computers one sees is decided by row-level security.
select o.id as outcome_id, o.device_id, d.device_name, u.email as user_email, o.from_version, o.to_version, o.result,
  o.reason, o.channel, o.platform, o.ended_at
from app.update_outcomes o
join app.devices d on d.id = o.device_id
join app.users u on u.id = d.user_id
where (%(device_id)s::uuid is null or o.device_id = %(device_id)s::uuid)
  and (%(after_at)s::timestamptz is null
    or (o.ended_at, o.id) < (%(after_at)s::timestamptz, %(after_id)s::uuid))
order by o.ended_at desc, o.id desc
limit %(limit)s::integer
