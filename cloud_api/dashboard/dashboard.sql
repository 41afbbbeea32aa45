-- Every query here reads the table of current state and never the events.

-- name: page
select
  s.candidate_id, s.candidate_external_id, s.name, s.present_rank, s.rank_applied_for, s.status, s.mobile_no,
  s.email, s.country, s.availability, app.next_expiry(s.expiry_dates, current_date) as next_expiry, s.notes,
  s.call_back_on, s.call_back_user_id = (select auth.uid()) as call_back_is_mine,
  coalesce(nullif(u.full_name, ''), u.email, '') as touched_by, s.touched_at, s.version
from app.candidate_state s
left join app.users u on u.id = s.touched_by_user_id
where s.verified_at is not null
  and (%(rank)s::text = '' or s.rank_applied_for = %(rank)s::text)
  and s.status = any (%(statuses)s::text[])
  and (%(country)s::text = '' or lower(s.country) = lower(%(country)s::text))
  and (%(q)s::text = '' or s.candidate_id in (select app.find_candidate_ids(%(q)s::text)))
  and (%(after_at)s::timestamptz is null
    or (s.touched_at, s.candidate_id) < (%(after_at)s::timestamptz, %(after_id)s::uuid))
order by s.touched_at desc, s.candidate_id desc
limit %(limit)s::integer

-- name: call_backs
-- The caller's own, the most pressing first.
select
  s.candidate_id, s.candidate_external_id, s.name, s.present_rank, s.rank_applied_for, s.status, s.mobile_no,
  s.email, s.country, s.availability, app.next_expiry(s.expiry_dates, current_date) as next_expiry, s.notes,
  s.call_back_on, true as call_back_is_mine,
  coalesce(nullif(u.full_name, ''), u.email, '') as touched_by, s.touched_at, s.version
from app.candidate_state s
left join app.users u on u.id = s.touched_by_user_id
where s.call_back_user_id = (select auth.uid())
  and s.verified_at is not null
  and (%(rank)s::text = '' or s.rank_applied_for = %(rank)s::text)
  and s.status = any (%(statuses)s::text[])
  and (%(country)s::text = '' or lower(s.country) = lower(%(country)s::text))
  and (%(q)s::text = '' or s.candidate_id in (select app.find_candidate_ids(%(q)s::text)))
order by s.call_back_on, s.candidate_id
limit %(limit)s::integer

-- name: totals
-- How many rows the filters let through, how many people wait under Review, and whom the caller is to call.
select
  (select count(*) from app.candidate_state s
   where s.verified_at is not null
     and (%(rank)s::text = '' or s.rank_applied_for = %(rank)s::text)
     and s.status = any (%(statuses)s::text[])
     and (not %(call_backs)s::boolean or s.call_back_user_id = (select auth.uid()))
     and (%(country)s::text = '' or lower(s.country) = lower(%(country)s::text))
     and (%(q)s::text = '' or s.candidate_id in (select app.find_candidate_ids(%(q)s::text)))) as total,
  (select count(*) from app.candidate_state s where s.review_state = 'to_review') as to_review,
  (select count(*) from app.candidate_state s
   where s.call_back_user_id = (select auth.uid()) and s.verified_at is not null) as my_call_backs,
  (select count(*) from app.candidate_state s
   where s.call_back_user_id = (select auth.uid()) and s.verified_at is not null
     and s.call_back_on <= %(today)s::date) as call_backs_due

-- name: rank_counts
select c.rank_applied_for, c.active, c.archived
from app.rank_counts_v c
order by c.rank_applied_for

-- name: row
select
  s.candidate_id, s.candidate_external_id, s.name, s.present_rank, s.rank_applied_for, s.status, s.mobile_no,
  s.email, s.country, s.availability, app.next_expiry(s.expiry_dates, current_date) as next_expiry, s.notes,
  s.call_back_on, s.call_back_user_id = (select auth.uid()) as call_back_is_mine,
  coalesce(nullif(u.full_name, ''), u.email, '') as touched_by, s.touched_at, s.version
from app.candidate_state s
left join app.users u on u.id = s.touched_by_user_id
where s.candidate_id = %(candidate_id)s::uuid
