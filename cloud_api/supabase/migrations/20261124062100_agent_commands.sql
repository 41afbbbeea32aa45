-- What somebody of the office wants a computer to do, claimed by its agent when it reports: for now, to upload a
-- resume that only it has.
create table app.agent_commands (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null,
  device_id uuid not null,
  kind text not null default 'upload_resume' check (kind in ('upload_resume')),
  resume_id uuid not null,
  asked_by_user_id uuid not null,
  -- That it was done shows in the resume itself.
  state text not null default 'waiting' check (state in ('waiting', 'refused')),
  reason text check (reason <> ''),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  claimed_at timestamptz,
  foreign key (organisation_id, device_id) references app.devices (organisation_id, id) on delete restrict,
  foreign key (organisation_id, resume_id) references app.resumes (organisation_id, id) on delete restrict,
  foreign key (organisation_id, asked_by_user_id)
    references app.memberships (organisation_id, user_id) on delete restrict,
  check ((state = 'refused') = (reason is not null))
);
create index agent_commands_device_idx on app.agent_commands (organisation_id, device_id, state);
create index agent_commands_resume_idx on app.agent_commands (organisation_id, resume_id, created_at desc);
create index agent_commands_user_idx on app.agent_commands (organisation_id, asked_by_user_id);

alter table app.agent_commands enable row level security;
alter table app.agent_commands force row level security;

grant select, insert (organisation_id, device_id, kind, resume_id, asked_by_user_id)
  on app.agent_commands to authenticated;
grant update (state, reason, claimed_at) on app.agent_commands to authenticated;

create policy agent_commands_read on app.agent_commands for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and ((select app.caller_device_id()) is null or device_id = (select app.caller_device_id()))
  );
-- A person asks in their own name, and only the computer that has the resume.
create policy agent_commands_ask on app.agent_commands for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and asked_by_user_id = (select auth.uid())
    and exists (
      select from app.resumes r
      where r.id = agent_commands.resume_id and r.device_id = agent_commands.device_id
    )
  );
create policy agent_commands_answer on app.agent_commands for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  )
  with check (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );
