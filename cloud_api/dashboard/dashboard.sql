-- Every query here reads the table of current state, or counts kept beside it, and never the events.

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
-- How many rows the filters let through, how many people wait under Review, and whom the caller is to call. What
-- is counted by rank and status is kept; only what else people filter by has to be counted. Those under Review are
-- counted up to one more than is told, so that the answer does not grow with an office that lets them wait.
select
  case when %(country)s::text = '' and %(q)s::text = '' and not %(call_backs)s::boolean
    then (select coalesce(sum(c.people), 0)::bigint from app.candidate_counts c
      where (%(rank)s::text = '' or c.rank_applied_for = %(rank)s::text)
        and c.status = any (%(statuses)s::text[]))
    else (select count(*) from app.candidate_state s
      where s.verified_at is not null
        and (%(rank)s::text = '' or s.rank_applied_for = %(rank)s::text)
        and s.status = any (%(statuses)s::text[])
        and (not %(call_backs)s::boolean or s.call_back_user_id = (select auth.uid()))
        and (%(country)s::text = '' or lower(s.country) = lower(%(country)s::text))
        and (%(q)s::text = '' or s.candidate_id in (select app.find_candidate_ids(%(q)s::text))))
    end as total,
  (select count(*) from (select from app.candidate_state s where s.review_state = 'to_review'
    limit %(most_to_review)s::integer) r) as to_review,
  (select count(*) from app.candidate_state s
   where s.call_back_user_id = (select auth.uid()) and s.verified_at is not null) as my_call_backs,
  (select count(*) from app.candidate_state s
   where s.call_back_user_id = (select auth.uid()) and s.verified_at is not null
     and s.call_back_on <= %(today)s::date) as call_backs_due

-- name: rank_counts
select c.rank_applied_for, c.active, c.archived
from app.rank_counts_v c
order by c.rank_applied_for

-- name: newest_change
-- Read before the rows: what has this number or a lower one is committed, and is in all that is read after it.
select m.seq from app.office_marks m

-- name: changed
-- Whoever was changed after a number, also who was deleted. People on whom nobody has decided anything were never
-- on a list.
select c.candidate_id
from app.candidate_changes c
left join app.candidate_state s on s.candidate_id = c.candidate_id
where c.organisation_id = (select app.caller_organisation_id())
  and c.seq > %(after)s::bigint
  and (s.candidate_id is null or s.version > 0)
order by c.seq, c.candidate_id
limit %(limit)s::integer

-- name: changed_rows
-- Those of them whom the filters let through, as they are now.
select
  s.candidate_id, s.candidate_external_id, s.name, s.present_rank, s.rank_applied_for, s.status, s.mobile_no,
  s.email, s.country, s.availability, app.next_expiry(s.expiry_dates, current_date) as next_expiry, s.notes,
  s.call_back_on, s.call_back_user_id = (select auth.uid()) as call_back_is_mine,
  coalesce(nullif(u.full_name, ''), u.email, '') as touched_by, s.touched_at, s.version
from app.candidate_state s
left join app.users u on u.id = s.touched_by_user_id
where s.candidate_id = any (%(candidate_ids)s::uuid[])
  and s.verified_at is not null
  and (%(rank)s::text = '' or s.rank_applied_for = %(rank)s::text)
  and s.status = any (%(statuses)s::text[])
  and (not %(call_backs)s::boolean or s.call_back_user_id = (select auth.uid()))
  and (%(country)s::text = '' or lower(s.country) = lower(%(country)s::text))
  and (%(q)s::text = '' or strpos(s.search_text, lower(%(q)s::text)) > 0)
order by s.touched_at desc, s.candidate_id desc

-- name: row
select
  s.candidate_id, s.candidate_external_id, s.name, s.present_rank, s.rank_applied_for, s.status, s.mobile_no,
  s.email, s.country, s.availability, app.next_expiry(s.expiry_dates, current_date) as next_expiry, s.notes,
  s.call_back_on, s.call_back_user_id = (select auth.uid()) as call_back_is_mine,
  coalesce(nullif(u.full_name, ''), u.email, '') as touched_by, s.touched_at, s.version
from app.candidate_state s
left join app.users u on u.id = s.touched_by_user_id
where s.candidate_id = %(candidate_id)s::uuid
