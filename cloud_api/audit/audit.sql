-- name: page
-- Names are looked up now; of somebody who was deleted there is none to see.
select
  a.id as entry_id, a.created_at as at, coalesce(a.signed_in_user_id, a.user_id) as user_id,
  coalesce(nullif(u.full_name, ''), u.email, '') as user_name,
  a.device_id is null or a.signed_in_user_id is not null as is_named, a.device_id,
  coalesce(d.device_name, '') as device_name, coalesce(host(a.address), '') as address, a.action, a.subject_type,
  a.subject_id, coalesce(sd.device_name, nullif(su.full_name, ''), su.email, '') as subject_name, a.candidate_id,
  coalesce(s.name, '') as candidate_name,
  a.candidate_id is not null and s.candidate_id is null as candidate_is_deleted, a.details,
  coalesce(a.trace_id, '') as trace_id
from app.audit_log a
left join app.users u on u.id = coalesce(a.signed_in_user_id, a.user_id)
left join app.devices d on d.id = a.device_id
left join app.candidate_state s on s.candidate_id = a.candidate_id
left join app.devices sd on sd.id = case when a.subject_type = 'device' then a.subject_id::uuid end
left join app.users su on su.id = case when a.subject_type = 'member' then a.subject_id::uuid end
where (
    %(user_id)s::uuid is null
    or a.signed_in_user_id = %(user_id)s::uuid
    or (a.user_id = %(user_id)s::uuid and a.signed_in_user_id is null)
  )
  and (%(action)s::text = '' or a.action = %(action)s::text)
  and (%(since)s::timestamptz is null or a.created_at >= %(since)s::timestamptz)
  and (%(until)s::timestamptz is null or a.created_at < %(until)s::timestamptz)
  and (
    %(candidate_id)s::uuid is null
    or a.candidate_id = %(candidate_id)s::uuid
    or (a.subject_type = 'export' and a.subject_id in (
      select e.id::text from app.exports e where %(candidate_id)s::uuid = any (e.candidate_ids)
    ))
  )
  and (%(after_at)s::timestamptz is null
    or (a.created_at, a.id) < (%(after_at)s::timestamptz, %(after_id)s::bigint))
order by a.created_at desc, a.id desc
limit %(limit)s::integer

-- name: may_read
select coalesce((select app.caller_role()) = 'admin', false)

-- name: people
select u.id as user_id, coalesce(nullif(u.full_name, ''), u.email) as name
from app.users u
order by lower(coalesce(nullif(u.full_name, ''), u.email)), u.id

-- name: actions
-- Each kind of entry is found by one step through the index, however many entries there are.
with recursive kinds as (
  (select a.action from app.audit_log a
   where a.organisation_id = %(organisation_id)s::uuid
   order by a.action limit 1)
  union all
  select (
    select a.action from app.audit_log a
    where a.organisation_id = %(organisation_id)s::uuid and a.action > k.action
    order by a.action limit 1
  )
  from kinds k
  where k.action is not null
)
select k.action from kinds k where k.action is not null
