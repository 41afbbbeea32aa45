-- Candidates, their resumes, what happened to them (append-only) and how they stand now.

create table app.candidates (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references app.organisations (id) on delete restrict,
  -- Digits kept as text: leading zeros count. Unique within an office and never across offices.
  candidate_external_id text not null check (candidate_external_id ~ '^[0-9]{1,20}$'),
  latest_filename text not null default '',
  rank_applied_for text not null default '',
  name text not null default '',
  present_rank text not null default '',
  email text not null default '',
  country text not null default '',
  mobile_no text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organisation_id, candidate_external_id),
  unique (organisation_id, id)
);

create table app.resumes (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null,
  candidate_id uuid not null,
  -- Of the normalised content: decides whether two resumes say the same. file_sha256 is of the bytes.
  content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  file_length bigint not null check (file_length > 0),
  filename text not null check (filename <> ''),
  rank_applied_for text not null default '',
  search_ship_type text not null default '',
  facts jsonb not null,
  facts_version integer not null,
  text text not null default '',
  text_version integer not null,
  review_state text not null default 'to_review' check (review_state in ('to_review', 'verified', 'passed')),
  resume_storage_path text,
  resume_source text not null default 'local_only'
    check (resume_source in ('local_only', 'cloud_synced', 'cloud_only')),
  resume_checksum_sha256 text check (resume_checksum_sha256 ~ '^[0-9a-f]{64}$'),
  resume_uploaded_at timestamptz,
  resume_upload_status text not null default 'pending'
    check (resume_upload_status in ('pending', 'uploaded', 'failed')),
  user_id uuid not null,
  device_id uuid,
  job_id uuid,
  downloaded_at timestamptz not null,
  created_at timestamptz not null default now(),
  foreign key (organisation_id, candidate_id) references app.candidates (organisation_id, id) on delete restrict,
  foreign key (organisation_id, user_id) references app.memberships (organisation_id, user_id) on delete restrict,
  foreign key (organisation_id, device_id) references app.devices (organisation_id, id) on delete restrict,
  unique (organisation_id, candidate_id, content_sha256),
  unique (organisation_id, id),
  -- An uploaded resume has a place and a checksum; a missing checksum is never a correct one.
  check (resume_upload_status <> 'uploaded'
    or (resume_storage_path is not null and resume_checksum_sha256 is not null and resume_uploaded_at is not null))
);
create index resumes_user_idx on app.resumes (organisation_id, user_id);
create index resumes_device_idx on app.resumes (organisation_id, device_id);
create index resumes_storage_path_idx on app.resumes (resume_storage_path) where resume_storage_path is not null;

create table app.status_transitions (
  from_status text not null,
  to_status text not null,
  primary key (from_status, to_status)
);
insert into app.status_transitions (from_status, to_status) values
  ('New', 'Contacted'),
  ('Contacted', 'Interested'),
  ('Contacted', 'Not Interested'),
  ('Interested', 'Mail Sent (handoff complete)');

create table app.candidate_events (
  -- Made once by whoever recorded the event: the idempotency key for good.
  id uuid primary key,
  organisation_id uuid not null,
  candidate_id uuid not null,
  -- The order of a candidate's events: taken under the lock of their row in candidate_state.
  position bigint generated always as identity unique,
  event_type text not null check (event_type in ('initial_verification', 'resume_updated', 'status_change',
    'note_added', 'resume_downloaded', 'review_passed', 'undo')),
  -- The status after the event and before it; null while the person is not on the dashboard.
  status text check (status in ('New', 'Contacted', 'Interested', 'Mail Sent (handoff complete)', 'Not Interested')),
  previous_status text check (previous_status in
    ('New', 'Contacted', 'Interested', 'Mail Sent (handoff complete)', 'Not Interested')),
  notes text not null default '',
  rank_applied_for text not null default '',
  search_ship_type text not null default '',
  ai_search_prompt text not null default '',
  ai_match_reason text not null default '',
  filename text not null default '',
  resume_id uuid,
  -- As they were when the event was recorded; how they are now is in resumes.
  resume_storage_path text,
  resume_source text check (resume_source in ('local_only', 'cloud_synced', 'cloud_only')),
  resume_checksum_sha256 text check (resume_checksum_sha256 ~ '^[0-9a-f]{64}$'),
  resume_uploaded_at timestamptz,
  resume_upload_status text check (resume_upload_status in ('pending', 'uploaded', 'failed')),
  undoes_event_id uuid unique references app.candidate_events (id) on delete restrict,
  override_reason text not null default '',
  expected_version integer check (expected_version >= 0),
  resulting_version integer not null check (resulting_version >= 0),
  created_by_user_id uuid not null,
  created_by_device_id uuid,
  -- When it happened, as its recorder's clock had it; recorded_at is this database's clock.
  created_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  foreign key (organisation_id, candidate_id) references app.candidates (organisation_id, id) on delete restrict,
  foreign key (organisation_id, resume_id) references app.resumes (organisation_id, id) on delete restrict,
  foreign key (organisation_id, created_by_user_id)
    references app.memberships (organisation_id, user_id) on delete restrict,
  foreign key (organisation_id, created_by_device_id)
    references app.devices (organisation_id, id) on delete restrict,
  check ((event_type = 'undo') = (undoes_event_id is not null)),
  check (event_type <> 'note_added' or notes <> ''),
  check (event_type not in ('initial_verification', 'review_passed', 'resume_downloaded', 'resume_updated')
    or resume_id is not null)
);
create index candidate_events_candidate_idx on app.candidate_events (organisation_id, candidate_id, position desc);
create index candidate_events_resume_idx on app.candidate_events (organisation_id, resume_id);
create index candidate_events_user_idx on app.candidate_events (organisation_id, created_by_user_id);
create index candidate_events_device_idx on app.candidate_events (organisation_id, created_by_device_id);

create table app.candidate_state (
  candidate_id uuid primary key,
  organisation_id uuid not null,
  candidate_external_id text not null,
  -- The newest resume, and whether somebody has looked at it.
  latest_resume_id uuid,
  review_state text not null default 'to_review' check (review_state in ('to_review', 'verified', 'passed')),
  downloaded_at timestamptz,
  status text check (status in ('New', 'Contacted', 'Interested', 'Mail Sent (handoff complete)', 'Not Interested')),
  notes text not null default '',
  verified_at timestamptz,
  touched_by_user_id uuid,
  touched_by_device_id uuid,
  touched_at timestamptz not null default now(),
  -- Counts the decisions of people: what a change of status or a note says it was made on.
  version integer not null default 0,
  last_event_id uuid references app.candidate_events (id) on delete restrict,
  -- The newest decision that still holds: the one that an undo may take back.
  latest_decision_id uuid references app.candidate_events (id) on delete restrict,
  name text not null default '',
  present_rank text not null default '',
  rank_applied_for text not null default '',
  search_ship_type text not null default '',
  email text not null default '',
  country text not null default '',
  mobile_no text not null default '',
  availability text not null default '',
  date_of_birth date,
  expiry_dates date[] not null default '{}',
  search_text text not null generated always as
    (lower(name || ' ' || candidate_external_id || ' ' || regexp_replace(mobile_no, '[^0-9]', '', 'g') || ' ' || email))
    stored,
  foreign key (organisation_id, candidate_id) references app.candidates (organisation_id, id) on delete restrict,
  foreign key (organisation_id, latest_resume_id) references app.resumes (organisation_id, id) on delete restrict,
  foreign key (organisation_id, touched_by_user_id)
    references app.memberships (organisation_id, user_id) on delete restrict,
  foreign key (organisation_id, touched_by_device_id)
    references app.devices (organisation_id, id) on delete restrict,
  check ((status is null) = (verified_at is null))
);
create index candidate_state_candidate_idx on app.candidate_state (organisation_id, candidate_id);
create index candidate_state_resume_idx on app.candidate_state (organisation_id, latest_resume_id);
create index candidate_state_user_idx on app.candidate_state (organisation_id, touched_by_user_id);
create index candidate_state_device_idx on app.candidate_state (organisation_id, touched_by_device_id);
create index candidate_state_event_idx on app.candidate_state (last_event_id);
create index candidate_state_decision_idx on app.candidate_state (latest_decision_id);
-- The dashboard's pages: newest touch first, as a whole, by rank, by status.
create index candidate_state_touched_idx on app.candidate_state
  (organisation_id, touched_at desc, candidate_id desc) where verified_at is not null;
create index candidate_state_rank_idx on app.candidate_state
  (organisation_id, rank_applied_for, touched_at desc, candidate_id desc) where verified_at is not null;
create index candidate_state_status_idx on app.candidate_state
  (organisation_id, status, touched_at desc, candidate_id desc) where verified_at is not null;
create index candidate_state_counts_idx on app.candidate_state
  (organisation_id, rank_applied_for, status) where verified_at is not null;
create index candidate_state_review_idx on app.candidate_state
  (organisation_id, downloaded_at, candidate_id) where review_state = 'to_review';
create index candidate_state_search_idx on app.candidate_state
  using gin (search_text extensions.gin_trgm_ops);
