-- name: lock_in_order
select count(pg_advisory_xact_lock(k)) from unnest(%(keys)s::bigint[]) as k;

-- name: receive
insert into app.received_events (organisation_id, event_id, digest, event_type, user_id)
values (%(organisation_id)s, %(event_id)s, %(digest)s, %(event_type)s, %(user_id)s)
on conflict (organisation_id, event_id) do nothing;

-- name: receive_all
insert into app.received_events (organisation_id, event_id, digest, event_type, user_id)
select %(organisation_id)s, e.event_id, e.digest, %(event_type)s, %(user_id)s
from unnest(%(event_ids)s::uuid[], %(digests)s::bytea[]) as e (event_id, digest)
on conflict (organisation_id, event_id) do nothing;

-- name: received_digest
select digest from app.received_events
where organisation_id = %(organisation_id)s and event_id = %(event_id)s;

-- name: make_candidate
insert into app.candidates (organisation_id, candidate_external_id)
values (%(organisation_id)s, %(candidate_external_id)s)
on conflict (organisation_id, candidate_external_id) do nothing
returning app.erased_when(%(candidate_external_id)s) as erased_at;

-- name: make_candidates
-- Those who are new to the office, whole; and whether the office erased them once.
insert into app.candidates (
  organisation_id, candidate_external_id, latest_filename, rank_applied_for, name, present_rank, email, country,
  mobile_no
)
select %(organisation_id)s, p.candidate_external_id, p.latest_filename, p.rank_applied_for, p.name, p.present_rank,
  p.email, p.country, p.mobile_no
from jsonb_to_recordset(%(rows)s) as p (
  candidate_external_id text, latest_filename text, rank_applied_for text, name text, present_rank text, email text,
  country text, mobile_no text
)
on conflict (organisation_id, candidate_external_id) do nothing
returning id as candidate_id, candidate_external_id, now() as now,
  app.erased_when(candidate_external_id) is not null as was_erased;

-- name: make_states
insert into app.candidate_state (
  organisation_id, candidate_id, candidate_external_id, latest_resume_id, review_state, downloaded_at,
  touched_by_user_id, touched_by_device_id, touched_at, name, present_rank, rank_applied_for, search_ship_type,
  email, country, mobile_no, availability, date_of_birth, expiry_dates
)
select %(organisation_id)s, d.*
from jsonb_to_recordset(%(rows)s) as d (
  candidate_id uuid, candidate_external_id text, latest_resume_id uuid, review_state text, downloaded_at timestamptz,
  touched_by_user_id uuid, touched_by_device_id uuid, touched_at timestamptz, name text, present_rank text,
  rank_applied_for text, search_ship_type text, email text, country text, mobile_no text, availability text,
  date_of_birth date, expiry_dates date[]
);

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

-- name: lock_all
select c.candidate_external_id, s.candidate_id
from app.candidates c
join app.candidate_state s on s.candidate_id = c.id
where c.organisation_id = %(organisation_id)s and c.candidate_external_id = any (%(numbers)s::text[])
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
where s.candidate_id = any (%(candidate_ids)s::uuid[]);

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

-- name: save_deliveries
with delivered as (
  select d.*
  from jsonb_to_recordset(%(rows)s) as d (
    candidate_id uuid, latest_resume_id uuid, latest_filename text, review_state text, downloaded_at timestamptz,
    touched_by_user_id uuid, touched_by_device_id uuid, touched_at timestamptz, name text, present_rank text,
    rank_applied_for text, search_ship_type text, email text, country text, mobile_no text, availability text,
    date_of_birth date, expiry_dates date[]
  )
), known as (
  update app.candidates c set
    latest_filename = d.latest_filename, rank_applied_for = d.rank_applied_for, name = d.name,
    present_rank = d.present_rank, email = d.email, country = d.country, mobile_no = d.mobile_no,
    updated_at = now()
  from delivered d
  where c.id = d.candidate_id
)
update app.candidate_state s set
  latest_resume_id = d.latest_resume_id, review_state = d.review_state, downloaded_at = d.downloaded_at,
  touched_by_user_id = d.touched_by_user_id, touched_by_device_id = d.touched_by_device_id,
  touched_at = d.touched_at, name = d.name, present_rank = d.present_rank,
  rank_applied_for = d.rank_applied_for, search_ship_type = d.search_ship_type, email = d.email,
  country = d.country, mobile_no = d.mobile_no, availability = d.availability, date_of_birth = d.date_of_birth,
  expiry_dates = d.expiry_dates
from delivered d
where s.candidate_id = d.candidate_id;

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

-- name: add_resumes
insert into app.resumes (
  organisation_id, candidate_id, content_sha256, file_sha256, file_length, filename, rank_applied_for,
  search_ship_type, facts, facts_version, text, text_version, user_id, device_id, job_id, downloaded_at
)
select %(organisation_id)s, r.candidate_id, r.content_sha256, r.file_sha256, r.file_length, r.filename,
  r.rank_applied_for, r.search_ship_type, r.facts, r.facts_version, r.text, r.text_version, %(user_id)s,
  %(device_id)s, r.job_id, r.downloaded_at
from jsonb_to_recordset(%(rows)s) as r (
  candidate_id uuid, content_sha256 text, file_sha256 text, file_length bigint, filename text,
  rank_applied_for text, search_ship_type text, facts jsonb, facts_version integer, text text,
  text_version integer, job_id uuid, downloaded_at timestamptz
)
returning candidate_id, id as resume_id;

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

-- name: next_seqs
update app.download_jobs j set last_seq = j.last_seq + w.lines
from unnest(%(job_ids)s::uuid[], %(counts)s::bigint[]) as w (job_id, lines)
where j.id = w.job_id
returning j.id as job_id, j.last_seq;

-- name: add_lines
-- What a computer wrote of somebody before they were erased says nothing of them, however late it comes.
insert into app.download_job_logs (
  organisation_id, job_id, seq, level, line, candidate_external_id, outcome, reason, created_at
)
select %(organisation_id)s, l.job_id, l.seq, l.level, case when e.is_erased then 'erased' else l.line end,
  case when e.is_erased then null else l.candidate_external_id end, l.outcome, l.reason, l.created_at
from jsonb_to_recordset(%(lines)s) as l (
  job_id uuid, seq bigint, level text, line text, candidate_external_id text, outcome text, reason text,
  created_at timestamptz
)
cross join lateral (
  -- Whom the office has is not erased, or is there anew; looking for them costs less than a digest.
  select case
    when l.candidate_external_id is not null and not exists (
      select from app.candidates c
      where c.organisation_id = %(organisation_id)s and c.candidate_external_id = l.candidate_external_id
    ) then l.created_at <= app.erased_when(l.candidate_external_id)
  end as is_erased
  offset 0
) e;

-- name: add_line
insert into app.download_job_logs (
  organisation_id, job_id, seq, level, line, candidate_external_id, outcome, reason, created_at
)
select %(organisation_id)s, %(job_id)s, %(seq)s, %(level)s,
  case when e.is_erased then 'erased' else %(line)s::text end,
  case when e.is_erased then null else %(candidate_external_id)s::text end, %(outcome)s, %(reason)s, %(created_at)s
from (
  select %(created_at)s::timestamptz <= app.erased_when(%(candidate_external_id)s::text) as is_erased offset 0
) e;

-- name: resume_of
-- Also of somebody who was deleted meanwhile: their file was still there to be opened.
select
  r.resume_id, r.candidate_id, app.erased_when(%(candidate_external_id)s) as erased_at,
  app.was_member(%(opened_by_user_id)s::uuid, %(opened_at)s::timestamptz) as names_a_member
from (select) as one
left join lateral app.resume_of(%(candidate_external_id)s, %(content_sha256)s) r on true;

-- name: note_update
insert into app.update_outcomes (
  id, organisation_id, device_id, from_version, to_version, result, reason, channel, platform, ended_at
) values (
  %(event_id)s::uuid, %(organisation_id)s::uuid, %(device_id)s::uuid, %(from_version)s::text, %(to_version)s::text,
  %(result)s::text, %(reason)s::text, %(channel)s::text, %(platform)s::text, least(%(ended_at)s::timestamptz, now())
);
