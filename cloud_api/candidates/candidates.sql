-- name: review_page
-- The newest resume of each person that nobody has looked at, oldest first.
select
  s.candidate_id, r.id as resume_id, s.candidate_external_id, s.name, s.present_rank, r.rank_applied_for,
  r.search_ship_type, s.availability, s.country, r.facts, s.verified_at is not null as already_known,
  r.resume_upload_status as upload_status, s.downloaded_at,
  coalesce(nullif(u.full_name, ''), u.email, '') as downloaded_by, r.device_id, r.content_sha256
from app.candidate_state s
join app.resumes r on r.id = s.latest_resume_id
left join app.users u on u.id = r.user_id
where s.review_state = 'to_review'
  and (%(rank)s::text = '' or s.rank_applied_for = %(rank)s::text)
  and (%(after_at)s::timestamptz is null
    or (s.downloaded_at, s.candidate_id) > (%(after_at)s::timestamptz, %(after_id)s::uuid))
order by s.downloaded_at, s.candidate_id
limit %(limit)s::integer

-- name: review_total
select count(*) as total
from app.candidate_state s
where s.review_state = 'to_review' and (%(rank)s::text = '' or s.rank_applied_for = %(rank)s::text)

-- name: resumes_by_id
select r.id as resume_id, r.content_sha256, c.candidate_external_id
from app.resumes r
join app.candidates c on c.id = r.candidate_id
where r.id = any (%(resume_ids)s::uuid[])

-- name: panel
select
  s.candidate_id, s.candidate_external_id, s.name, s.present_rank, s.rank_applied_for, s.email, s.country,
  s.mobile_no, s.date_of_birth, s.availability, s.status, s.review_state, s.notes,
  s.call_back_on, coalesce(nullif(u.full_name, ''), u.email, '') as call_back_by, s.version
from app.candidate_state s
left join app.users u on u.id = s.call_back_user_id
where s.candidate_id = %(candidate_id)s::uuid

-- name: resumes
select
  r.id as resume_id, r.filename, r.content_sha256, r.file_sha256, r.rank_applied_for, r.search_ship_type,
  r.resume_upload_status as upload_status, r.downloaded_at, r.device_id, r.facts
from app.resumes r
where r.candidate_id = %(candidate_id)s::uuid
order by r.downloaded_at desc, r.id desc

-- name: history
select
  e.id as event_id, e.event_type, e.status, e.notes, e.call_back_on, e.filename,
  coalesce(nullif(u.full_name, ''), u.email, '') as by_name, coalesce(d.device_name, '') as by_device,
  e.created_at, undo.id as undone_by_event_id, e.created_by_user_id = (select auth.uid()) as own,
  e.recorded_at > now() - interval '10 minutes' as recent
from app.candidate_events e
left join app.candidate_events undo on undo.undoes_event_id = e.id
left join app.users u on u.id = e.created_by_user_id
left join app.devices d on d.id = e.created_by_device_id
where e.candidate_id = %(candidate_id)s::uuid
order by e.position desc

-- name: find
select
  s.candidate_id, s.candidate_external_id, s.name, s.present_rank, s.status, s.review_state
from app.candidate_state s
where s.candidate_id in (select app.find_candidate_ids(%(q)s::text))
order by
  s.candidate_external_id = %(q)s::text desc,
  starts_with(lower(s.name), lower(%(q)s::text)) desc,
  s.verified_at is not null desc,
  s.touched_at desc,
  s.candidate_id
limit 20
