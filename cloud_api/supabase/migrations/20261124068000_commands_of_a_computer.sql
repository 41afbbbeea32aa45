-- What a person asks a computer of theirs to do, from wherever they are: downloads, and the login to the job portal.
--
-- A command is handed out until its computer has answered it. A one-time code lies in a table of its own, sealed so
-- that only the computer can read it; it is deleted when it is handed out, and two minutes after it was made at the
-- latest (app.forget_old_commands).

alter table app.agent_commands
  add column job_id uuid,
  add constraint agent_commands_job_fkey
    foreign key (organisation_id, job_id) references app.download_jobs (organisation_id, id) on delete restrict,
  -- As with jobs, who asks makes the id, and one office's ids say nothing to another.
  drop constraint agent_commands_pkey,
  add constraint agent_commands_pkey primary key (organisation_id, id),
  alter column resume_id drop not null,
  drop constraint agent_commands_kind_check,
  add constraint agent_commands_kind_check check (
    kind in (
      'upload_resume', 'start_download', 'cancel_job', 'pause_job', 'resume_job', 'connect_portal', 'resend_code',
      'portal_code', 'disconnect_portal'
    )
  ),
  drop constraint agent_commands_state_check,
  add constraint agent_commands_state_check
    check (state in ('waiting', 'done', 'refused', 'expired', 'withdrawn')),
  add constraint agent_commands_about_check check (
    (kind = 'upload_resume') = (resume_id is not null)
    and (kind in ('start_download', 'cancel_job', 'pause_job', 'resume_job')) = (job_id is not null)
  ),
  add constraint agent_commands_withdrawn_check check (state <> 'withdrawn' or claimed_at is null);
create index agent_commands_job_idx on app.agent_commands (organisation_id, job_id);
create unique index agent_commands_start_idx on app.agent_commands (organisation_id, job_id)
  where kind = 'start_download';
create index agent_commands_waiting_idx on app.agent_commands (organisation_id, device_id, created_at)
  where state = 'waiting';

create table app.sealed_codes (
  organisation_id uuid not null,
  command_id uuid not null,
  device_id uuid not null,
  sealed text not null check (length(sealed) between 40 and 400),
  expires_at timestamptz not null default now() + interval '2 minutes',
  primary key (organisation_id, command_id),
  foreign key (organisation_id, command_id) references app.agent_commands (organisation_id, id) on delete cascade,
  foreign key (organisation_id, device_id) references app.devices (organisation_id, id) on delete restrict
);
create index sealed_codes_device_idx on app.sealed_codes (organisation_id, device_id);
create index sealed_codes_expires_idx on app.sealed_codes (expires_at);

-- What a computer said last of its session with the job portal: no user name, no whole phone number.
create table app.device_portals (
  device_id uuid primary key,
  organisation_id uuid not null,
  state text not null check (
    state in ('disconnected', 'connecting', 'awaiting_otp', 'verifying', 'connected', 'ended')
  ),
  otp_expires_at timestamptz,
  reason text check (reason <> ''),
  login_is_kept boolean not null default false,
  phone_ends text not null default '' check (length(phone_ends) <= 4),
  folder_reason text check (folder_reason <> ''),
  sealing_key text not null default '' check (length(sealing_key) <= 200),
  reported_at timestamptz not null default now(),
  foreign key (organisation_id, device_id) references app.devices (organisation_id, id) on delete restrict
);
create index device_portals_device_idx on app.device_portals (organisation_id, device_id);

alter table app.sealed_codes enable row level security;
alter table app.sealed_codes force row level security;
alter table app.device_portals enable row level security;
alter table app.device_portals force row level security;

grant insert (id, job_id, expires_at) on app.agent_commands to authenticated;
grant select, delete, insert (command_id, organisation_id, device_id, sealed) on app.sealed_codes to authenticated;
grant select, insert, update (
  state, otp_expires_at, reason, login_is_kept, phone_ends, folder_reason, sealing_key, reported_at
) on app.device_portals to authenticated;

-- A person asks in their own name: a resume of the computer that has it, anything else of a computer of their own.
drop policy agent_commands_ask on app.agent_commands;
create policy agent_commands_ask on app.agent_commands for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and asked_by_user_id = (select auth.uid())
    and state = 'waiting'
    and case
      when agent_commands.kind = 'upload_resume' then exists (
        select from app.resumes r
        where r.id = agent_commands.resume_id and r.device_id = agent_commands.device_id
      )
      else agent_commands.device_id in (
        select d.id from app.devices d where d.user_id = (select auth.uid()) and d.status = 'active'
      ) and (
        agent_commands.job_id is null or exists (
          select from app.download_jobs j
          where j.id = agent_commands.job_id and j.device_id = agent_commands.device_id
            and j.user_id = (select auth.uid())
        )
      )
    end
  );
drop policy agent_commands_answer on app.agent_commands;
create policy agent_commands_answer on app.agent_commands for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  )
  with check (
    organisation_id = (select app.caller_organisation_id())
    and device_id = (select app.caller_device_id())
    and state in ('waiting', 'done', 'refused')
  );
create policy agent_commands_withdraw on app.agent_commands for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and asked_by_user_id = (select auth.uid())
    and kind = 'start_download'
  )
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and asked_by_user_id = (select auth.uid())
    and state = 'withdrawn'
  );

-- Only the computer itself ever reads a code; a person puts it there with a command of their own.
create policy sealed_codes_read on app.sealed_codes for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );
create policy sealed_codes_forget on app.sealed_codes for delete to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );
create policy sealed_codes_hand_in on app.sealed_codes for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and exists (
      select from app.agent_commands c
      where c.organisation_id = sealed_codes.organisation_id and c.id = sealed_codes.command_id
        and c.device_id = sealed_codes.device_id and c.kind = 'portal_code' and c.state = 'waiting'
        and c.asked_by_user_id = (select auth.uid())
    )
  );

create policy device_portals_read on app.device_portals for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id in (select d.id from app.devices d)
  );
create policy device_portals_make on app.device_portals for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );
create policy device_portals_report on app.device_portals for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  )
  with check (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );

-- A download that its computer has not heard of is its person's to cancel.
create policy download_jobs_withdraw on app.download_jobs for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and user_id = (select auth.uid())
    and status = 'queued'
    and reported_at is null
  )
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and user_id = (select auth.uid())
    and status = 'cancelled'
    and reported_at is null
  );

-- What was answered stays as it was answered.
create function app.check_agent_command() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if old.state <> 'waiting' then
    raise exception 'command.over' using errcode = 'NJ001';
  end if;
  return new;
end
$$;
create trigger check_agent_command before update on app.agent_commands
  for each row execute function app.check_agent_command();
revoke execute on function app.check_agent_command() from public;

-- The marks of computers that somebody waits for: one changes when there is something to hand out.
create function app.command_marks(p_offices uuid[], p_ids uuid[]) returns table (
  office_id uuid, subject_id uuid, mark text
)
language sql stable security definer set search_path = ''
as $$
  select w.office_id, w.device_id, count(c.id)::text || ' ' || coalesce(max(c.created_at)::text, '')
  from unnest(p_offices, p_ids) as w (office_id, device_id)
  left join app.agent_commands c
    on c.organisation_id = w.office_id and c.device_id = w.device_id and c.state = 'waiting'
    and c.kind <> 'upload_resume'
  group by w.office_id, w.device_id
$$;

-- Codes that nobody fetched in two minutes, and commands whose computer did not come in time; a download that was
-- not begun ends with them. One that was handed out stays its computer's to answer.
create function app.forget_old_commands() returns void
language sql volatile security definer set search_path = ''
as $$
  delete from app.sealed_codes s where s.expires_at <= now();
  with expired as (
    update app.agent_commands c
    set state = 'expired'
    where c.state = 'waiting' and c.kind <> 'upload_resume' and c.expires_at <= now()
      and (c.claimed_at is null or c.kind <> 'start_download')
    returning c.organisation_id, c.job_id, c.kind
  )
  update app.download_jobs j
  set status = 'failed', reason = 'command.expired', ended_at = now()
  from expired
  where expired.kind = 'start_download' and j.organisation_id = expired.organisation_id and j.id = expired.job_id
    and j.status = 'queued' and j.reported_at is null;
$$;

revoke execute on function app.command_marks(uuid[], uuid[]) from public;
revoke execute on function app.forget_old_commands() from public;
grant execute on function app.command_marks(uuid[], uuid[]) to njordhr_api;
grant execute on function app.forget_old_commands() to njordhr_api;
