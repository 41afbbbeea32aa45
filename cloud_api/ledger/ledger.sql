-- name: lock_in_order
select count(pg_advisory_xact_lock(k)) from unnest(%(keys)s::bigint[]) as k;

-- name: receive
insert into app.received_events (organisation_id, event_id, digest, event_type, user_id)
values (%(organisation_id)s, %(event_id)s, %(digest)s, %(event_type)s, %(user_id)s)
on conflict (organisation_id, event_id) do nothing;

-- name: received_digest
select digest from app.received_events
where organisation_id = %(organisation_id)s and event_id = %(event_id)s;

-- name: make_candidate
insert into app.candidates (organisation_id, candidate_external_id)
values (%(organisation_id)s, %(candidate_external_id)s)
on conflict (organisation_id, candidate_external_id) do nothing
returning app.erased_when(%(candidate_external_id)s) as erased_at;

-- name: restore_downloaded
select app.restore_downloaded(%(candidate_external_id)s);

-- name: make_state
insert into app.candidate_state (candidate_id, organisation_id, candidate_external_id)
select c.id, c.organisation_id, c.candidate_external_id
from app.candidates c
where c.organisation_id = %(organisation_id)s and c.candidate_external_id = %(candidate_external_id)s
on conflict (candidate_id) do nothing;

-- name: lock_by_external_id
-- Locked by itself: what is read in the statement that waits for a lock may be older than the lock.
select s.candidate_id
from app.candidates c
join app.candidate_state s on s.candidate_id = c.id
where c.organisation_id = %(organisation_id)s and c.candidate_external_id = %(candidate_external_id)s
for update of s;

-- name: lock_by_id
select s.candidate_id from app.candidate_state s where s.candidate_id = %(candidate_id)s for update;

-- name: state
select
  s.candidate_id, s.status, s.notes, s.call_back_on, s.call_back_user_id, s.verified_at, s.version,
  s.last_event_id, s.latest_decision_id,
  s.latest_resume_id, s.downloaded_at, s.touched_by_user_id, s.touched_by_device_id, s.touched_at, s.name,
  s.present_rank, s.rank_applied_for, s.search_ship_type, s.email, s.country, s.mobile_no, s.availability,
  s.date_of_birth, s.expiry_dates, now() as now,
  (
    select coalesce(jsonb_object_agg(r.id, r.review_state), '{}')
    from app.resumes r
    where r.organisation_id = s.organisation_id and r.candidate_id = s.candidate_id
  ) as reviews
from app.candidate_state s
where s.candidate_id = %(candidate_id)s;

-- name: save_state
update app.candidate_state set
  status = %(status)s, notes = %(notes)s, call_back_on = %(call_back_on)s,
  call_back_user_id = %(call_back_user_id)s, verified_at = %(verified_at)s, version = %(version)s,
  last_event_id = %(last_event_id)s, latest_decision_id = %(latest_decision_id)s,
  latest_resume_id = %(latest_resume_id)s, review_state = %(review_state)s, downloaded_at = %(downloaded_at)s,
  touched_by_user_id = %(touched_by_user_id)s, touched_by_device_id = %(touched_by_device_id)s,
  touched_at = %(touched_at)s, name = %(name)s, present_rank = %(present_rank)s,
  rank_applied_for = %(rank_applied_for)s, search_ship_type = %(search_ship_type)s, email = %(email)s,
  country = %(country)s, mobile_no = %(mobile_no)s, availability = %(availability)s,
  date_of_birth = %(date_of_birth)s, expiry_dates = %(expiry_dates)s::date[]
where candidate_id = %(candidate_id)s;

-- name: save_candidate
update app.candidates set
  latest_filename = coalesce(%(latest_filename)s, latest_filename), rank_applied_for = %(rank_applied_for)s,
  name = %(name)s, present_rank = %(present_rank)s, email = %(email)s, country = %(country)s,
  mobile_no = %(mobile_no)s, updated_at = now()
where id = %(candidate_id)s;

-- name: save_review
update app.resumes set review_state = %(review_state)s where id = %(resume_id)s;

-- name: resume_by_content
select id, filename, rank_applied_for, search_ship_type, resume_storage_path, resume_source,
  resume_checksum_sha256, resume_upload_status
from app.resumes
where candidate_id = %(candidate_id)s and content_sha256 = %(content_sha256)s;

-- name: resume_by_external_id
select r.id, r.filename, r.rank_applied_for, r.search_ship_type, r.resume_storage_path, r.resume_source,
  r.resume_checksum_sha256, r.resume_upload_status
from app.candidates c
join app.resumes r on r.organisation_id = c.organisation_id and r.candidate_id = c.id
where c.organisation_id = %(organisation_id)s and c.candidate_external_id = %(candidate_external_id)s
  and r.content_sha256 = %(content_sha256)s;

-- name: add_resume
-- With its entry of the audit log: one way to the database for both.
with made as (
  insert into app.resumes (
    organisation_id, candidate_id, content_sha256, file_sha256, file_length, filename, rank_applied_for,
    search_ship_type, facts, facts_version, text, text_version, user_id, device_id, job_id, downloaded_at
  ) values (
    %(organisation_id)s, %(candidate_id)s, %(content_sha256)s, %(file_sha256)s, %(file_length)s, %(filename)s,
    %(rank_applied_for)s, %(search_ship_type)s, %(facts)s, %(facts_version)s, %(text)s, %(text_version)s,
    %(user_id)s, %(device_id)s, %(job_id)s, %(downloaded_at)s
  )
  returning id, organisation_id, candidate_id, user_id, device_id
), noted as (
  insert into app.audit_log (organisation_id, user_id, device_id, action, subject_type, subject_id, candidate_id)
  select organisation_id, user_id, device_id, 'resume.downloaded', 'resume', id::text, candidate_id
  from made
)
select id from made;

-- name: undo_target
select e.id as event_id, e.candidate_id, e.event_type, e.created_by_user_id as user_id, e.recorded_at,
  exists (select from app.candidate_events u where u.undoes_event_id = e.id) as is_undone
from app.candidate_events e
where e.id = %(event_id)s;

-- name: happened
-- Every event of a candidate in order, with what its resume says.
select e.id as event_id, e.event_type, e.created_by_user_id as user_id, e.created_at as at, e.recorded_at,
  e.created_by_device_id as device_id, e.status, e.notes as note, e.call_back_on, e.call_back_done, e.resume_id,
  e.undoes_event_id,
  case when e.event_type in ('resume_downloaded', 'resume_updated') then r.facts end as facts,
  e.rank_applied_for, e.search_ship_type
from app.candidate_events e
left join app.resumes r on r.organisation_id = e.organisation_id and r.id = e.resume_id
where e.candidate_id = %(candidate_id)s
order by e.position;

-- name: lock_job
select id as job_id, device_id, rank, ship_type, force_redownload, status, message, reason, listed, stored,
  skipped, failed, created_at, started_at, ended_at, reported_at, change
from app.download_jobs
where id = %(job_id)s
for update;

-- name: add_job
insert into app.download_jobs (
  id, organisation_id, user_id, device_id, rank, ship_type, force_redownload, status, message, reason, listed,
  stored, skipped, failed, reported_at, created_at, started_at, ended_at, change
) values (
  %(job_id)s, %(organisation_id)s, %(user_id)s, %(device_id)s, %(rank)s, %(ship_type)s, %(force_redownload)s,
  %(status)s, %(message)s, %(reason)s, %(listed)s, %(stored)s, %(skipped)s, %(failed)s, %(reported_at)s,
  %(created_at)s, %(started_at)s, %(ended_at)s, %(change)s
)
on conflict (organisation_id, id) do nothing;

-- name: save_job
update app.download_jobs set
  status = %(status)s, message = %(message)s, reason = %(reason)s, listed = %(listed)s, stored = %(stored)s,
  skipped = %(skipped)s, failed = %(failed)s, reported_at = %(reported_at)s, started_at = %(started_at)s,
  ended_at = %(ended_at)s, change = %(change)s
where id = %(job_id)s;

-- name: next_seq
-- The row stays locked until the transaction ends: nobody else's line gets between the number and the line.
update app.download_jobs set last_seq = last_seq + 1
where id = %(job_id)s
returning last_seq;

-- name: add_line
insert into app.download_job_logs (
  organisation_id, job_id, seq, level, line, candidate_external_id, outcome, reason, created_at
) values (
  %(organisation_id)s, %(job_id)s, %(seq)s, %(level)s, %(line)s, %(candidate_external_id)s, %(outcome)s,
  %(reason)s, %(created_at)s
);

-- name: resume_of
-- Also of somebody who was deleted meanwhile: their file was still there to be opened.
select r.resume_id, r.candidate_id, app.erased_when(%(candidate_external_id)s) as erased_at
from (select) as one
left join lateral app.resume_of(%(candidate_external_id)s, %(content_sha256)s) r on true;
