-- Download jobs and their log, what was received already, feedback, the audit log, and the views.

create table app.download_jobs (
  id uuid primary key,
  organisation_id uuid not null,
  user_id uuid not null,
  device_id uuid not null,
  rank text not null check (rank <> ''),
  ship_type text not null check (ship_type <> ''),
  force_redownload boolean not null default false,
  status text not null default 'queued' check (status in ('queued', 'running', 'success', 'failed', 'cancelled')),
  message text not null default '',
  reason text,
  listed integer not null default 0 check (listed >= 0),
  stored integer not null default 0 check (stored >= 0),
  skipped integer not null default 0 check (skipped >= 0),
  failed integer not null default 0 check (failed >= 0),
  -- The number of the log's newest line; a new line takes the next one under this row's lock.
  last_seq bigint not null default 0,
  -- When the state above was true, as the computer's clock had it: an older report never replaces a newer one.
  reported_at timestamptz,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  foreign key (organisation_id, user_id) references app.memberships (organisation_id, user_id) on delete restrict,
  foreign key (organisation_id, device_id) references app.devices (organisation_id, id) on delete restrict,
  unique (organisation_id, id)
);
create index download_jobs_user_idx on app.download_jobs (organisation_id, user_id, created_at desc, id desc);
create index download_jobs_device_idx on app.download_jobs (organisation_id, device_id, status);
create index download_jobs_created_idx on app.download_jobs (organisation_id, created_at desc, id desc);

create table app.download_job_logs (
  id bigint generated always as identity primary key,
  organisation_id uuid not null,
  job_id uuid not null,
  seq bigint not null check (seq > 0),
  level text not null check (level in ('info', 'warning', 'error')),
  line text not null check (line <> ''),
  candidate_external_id text,
  outcome text check (outcome in ('stored', 'skipped', 'failed')),
  reason text,
  created_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  foreign key (organisation_id, job_id) references app.download_jobs (organisation_id, id) on delete restrict,
  unique (job_id, seq)
);
create index download_job_logs_job_idx on app.download_job_logs (organisation_id, job_id, seq);

-- Every event that took effect, with the digest of what it said: the same again is a duplicate, another under
-- the same id is refused. Written in the transaction of the effect.
create table app.received_events (
  organisation_id uuid not null references app.organisations (id) on delete restrict,
  event_id uuid not null,
  digest bytea not null check (length(digest) = 32),
  event_type text not null,
  user_id uuid not null,
  received_at timestamptz not null default now(),
  primary key (organisation_id, event_id),
  foreign key (organisation_id, user_id) references app.memberships (organisation_id, user_id) on delete restrict
);
create index received_events_user_idx on app.received_events (organisation_id, user_id);

create table app.analysis_feedback (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null,
  user_id uuid not null,
  filename text not null default '',
  query text not null default '',
  llm_decision text not null default '',
  llm_reason text not null default '',
  llm_confidence numeric,
  user_decision text not null default '',
  user_notes text not null default '',
  created_at timestamptz not null default now(),
  foreign key (organisation_id, user_id) references app.memberships (organisation_id, user_id) on delete restrict
);
create index analysis_feedback_user_idx on app.analysis_feedback (organisation_id, user_id, created_at desc);

create table app.audit_log (
  id bigint generated always as identity primary key,
  organisation_id uuid not null,
  user_id uuid not null,
  device_id uuid,
  action text not null check (action <> ''),
  subject_type text not null default '',
  subject_id text not null default '',
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  foreign key (organisation_id, user_id) references app.memberships (organisation_id, user_id) on delete restrict,
  foreign key (organisation_id, device_id) references app.devices (organisation_id, id) on delete restrict
);
create index audit_log_time_idx on app.audit_log (organisation_id, created_at desc, id desc);
create index audit_log_user_idx on app.audit_log (organisation_id, user_id);
create index audit_log_device_idx on app.audit_log (organisation_id, device_id);

alter table app.download_jobs enable row level security;
alter table app.download_jobs force row level security;
alter table app.download_job_logs enable row level security;
alter table app.download_job_logs force row level security;
alter table app.received_events enable row level security;
alter table app.received_events force row level security;
alter table app.analysis_feedback enable row level security;
alter table app.analysis_feedback force row level security;
alter table app.audit_log enable row level security;
alter table app.audit_log force row level security;

grant select, insert on app.download_jobs to authenticated;
grant update (status, message, reason, listed, stored, skipped, failed, last_seq, reported_at, started_at, ended_at)
  on app.download_jobs to authenticated;
grant select, insert on app.download_job_logs to authenticated;
grant select, insert on app.received_events to authenticated;
grant select, insert on app.analysis_feedback to authenticated;
grant select, insert on app.audit_log to authenticated;

create policy download_jobs_read on app.download_jobs for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and case (select app.caller_role())
      when 'device' then device_id = (select app.caller_device_id())
      when 'recruiter' then user_id = (select auth.uid())
      else true
    end
  );
-- A job is for a computer of one's own that is still connected.
create policy download_jobs_make on app.download_jobs for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and case
      when (select app.caller_device_id()) is not null then device_id = (select app.caller_device_id())
      else status = 'queued' and device_id in (
        select d.id from app.devices d where d.user_id = (select auth.uid()) and d.status = 'active'
      )
    end
  );
create policy download_jobs_report on app.download_jobs for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  )
  with check (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );

create policy download_job_logs_read on app.download_job_logs for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and job_id in (select j.id from app.download_jobs j)
  );
create policy download_job_logs_append on app.download_job_logs for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and job_id in (select j.id from app.download_jobs j where j.device_id = (select app.caller_device_id()))
  );

create policy received_events_read on app.received_events for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()));
create policy received_events_append on app.received_events for insert to authenticated
  with check (organisation_id = (select app.caller_organisation_id()) and user_id = (select auth.uid()));

create policy analysis_feedback_read on app.analysis_feedback for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and (user_id = (select auth.uid()) or (select app.caller_role()) in ('manager', 'admin'))
  );
create policy analysis_feedback_append on app.analysis_feedback for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and (select app.caller_device_id()) is null
  );

create policy audit_log_read on app.audit_log for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()) and (select app.caller_role()) = 'admin');
create policy audit_log_append on app.audit_log for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and device_id is not distinct from (select app.caller_device_id())
  );

create view app.candidate_latest_state_v with (security_invoker = true) as
select
  s.candidate_id, s.organisation_id, s.candidate_external_id, s.name, s.present_rank, s.rank_applied_for,
  s.search_ship_type, s.email, s.country, s.mobile_no, s.availability, s.date_of_birth,
  app.next_expiry(s.expiry_dates, current_date) as next_expiry,
  s.status, s.notes, s.verified_at, s.review_state, s.latest_resume_id, s.downloaded_at,
  s.touched_by_user_id, s.touched_by_device_id, s.touched_at, s.version, s.last_event_id
from app.candidate_state s;

create view app.rank_counts_v with (security_invoker = true) as
select
  s.organisation_id,
  s.rank_applied_for,
  count(*) filter (where s.status not in ('Mail Sent (handoff complete)', 'Not Interested')) as active,
  count(*) filter (where s.status in ('Mail Sent (handoff complete)', 'Not Interested')) as archived
from app.candidate_state s
where s.verified_at is not null
group by s.organisation_id, s.rank_applied_for;

grant select on app.candidate_latest_state_v, app.rank_counts_v to authenticated;
