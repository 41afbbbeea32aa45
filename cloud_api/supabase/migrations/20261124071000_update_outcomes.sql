-- How updates of the office's computers ended, for whoever runs them: one row an event `update_ended`.
create table app.update_outcomes (
  id uuid not null,
  organisation_id uuid not null,
  device_id uuid not null,
  from_version text not null check (from_version ~ '^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$'),
  to_version text not null check (to_version ~ '^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$'),
  result text not null check (result in ('committed', 'rolled_back', 'failed')),
  -- A reason's code; a computer may know one that this server does not know yet.
  reason text check (reason ~ '^[a-z]+\.[a-z0-9-]+$' and length(reason) <= 60),
  channel text not null check (channel ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  platform text not null check (platform ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  ended_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  primary key (organisation_id, id),
  foreign key (organisation_id, device_id) references app.devices (organisation_id, id) on delete restrict
);
create index update_outcomes_device_idx on app.update_outcomes (organisation_id, device_id);
create index update_outcomes_ended_idx on app.update_outcomes (organisation_id, ended_at, id);

alter table app.update_outcomes enable row level security;
alter table app.update_outcomes force row level security;

grant select, insert (
  id, organisation_id, device_id, from_version, to_version, result, reason, channel, platform, ended_at
) on app.update_outcomes to authenticated;

-- Whoever sees a computer sees how its updates ended.
create policy update_outcomes_read on app.update_outcomes for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id in (select d.id from app.devices d)
  );
create policy update_outcomes_tell on app.update_outcomes for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );

alter table app.received_events drop constraint received_events_event_type_check;
alter table app.received_events add constraint received_events_event_type_check check (event_type in (
  'initial_verification', 'resume_updated', 'status_change', 'note_added', 'resume_downloaded', 'review_passed',
  'undo', 'resume_opened', 'job_changed', 'job_line', 'update_ended'
));
