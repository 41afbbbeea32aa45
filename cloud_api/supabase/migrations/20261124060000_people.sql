-- Organisations, their people, and who the caller of a request is.
--
-- A request runs as role `authenticated` with `request.jwt.claims` set to {"sub", "role", "device_id"?}. The
-- token says only who; organisation, role and whether the membership and the device are active is looked up
-- here at each request, once a statement because policies wrap the calls in (select …).

create schema if not exists extensions;
create extension if not exists pg_trgm with schema extensions;
create schema if not exists app;

-- The API's login. It owns nothing, inherits nothing, and may become `authenticated` only. Its password is set
-- outside of the migrations.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'njordhr_api') then
    create role njordhr_api login noinherit;
  end if;
end
$$;
grant authenticated to njordhr_api;
alter role njordhr_api set statement_timeout = '15s';
alter role njordhr_api set idle_in_transaction_session_timeout = '60s';
alter role njordhr_api set timezone = 'UTC';
grant usage on schema app to authenticated, njordhr_api;

create table app.organisations (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name <> ''),
  created_at timestamptz not null default now()
);

create table app.users (
  id uuid primary key references auth.users (id) on delete restrict,
  email text not null unique check (email = lower(email)),
  full_name text not null default '',
  created_at timestamptz not null default now()
);

create table app.memberships (
  -- One organisation a person for now.
  user_id uuid primary key references app.users (id) on delete restrict,
  organisation_id uuid not null references app.organisations (id) on delete restrict,
  role text not null check (role in ('admin', 'manager', 'recruiter')),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  unique (organisation_id, user_id)
);

create table app.devices (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null,
  user_id uuid not null,
  device_name text not null check (device_name <> ''),
  platform text not null default '',
  agent_version text not null default '',
  token_hash bytea not null unique check (length(token_hash) = 32),
  status text not null default 'active' check (status in ('active', 'revoked')),
  waiting integer not null default 0 check (waiting >= 0),
  parked integer not null default 0 check (parked >= 0),
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  foreign key (organisation_id, user_id) references app.memberships (organisation_id, user_id) on delete restrict,
  unique (organisation_id, id)
);
create index devices_user_idx on app.devices (organisation_id, user_id);
comment on column app.devices.token_hash is 'SHA-256 of the device token; the token itself is told once and kept nowhere.';

-- Who asks -------------------------------------------------------------------------------------------------

create function app.caller_claimed_device_id() returns uuid
language sql stable set search_path = ''
as $$
  select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'device_id', '')::uuid
$$;

create function app.caller_organisation_id() returns uuid
language sql stable security definer set search_path = ''
as $$
  select m.organisation_id
  from app.memberships m
  where m.user_id = auth.uid()
    and m.active
    and (
      app.caller_claimed_device_id() is null
      or exists (
        select from app.devices d
        where d.id = app.caller_claimed_device_id()
          and d.user_id = m.user_id
          and d.organisation_id = m.organisation_id
          and d.status = 'active'
      )
    )
$$;

create function app.caller_device_id() returns uuid
language sql stable security definer set search_path = ''
as $$
  select app.caller_claimed_device_id() where app.caller_organisation_id() is not null
$$;

create function app.caller_role() returns text
language sql stable security definer set search_path = ''
as $$
  select case when app.caller_claimed_device_id() is null then m.role else 'device' end
  from app.memberships m
  where m.user_id = auth.uid() and m.organisation_id = app.caller_organisation_id()
$$;

create function app.caller_is_active() returns boolean
language sql stable security definer set search_path = ''
as $$
  select app.caller_organisation_id() is not null
$$;

create function app.caller_colleague_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select m.user_id
  from app.memberships m
  where m.organisation_id = app.caller_organisation_id()
    and (app.caller_claimed_device_id() is null or m.user_id = auth.uid())
$$;

revoke execute on all functions in schema app from public;
grant execute on all functions in schema app to authenticated;

-- Access ---------------------------------------------------------------------------------------------------

alter table app.organisations enable row level security;
alter table app.organisations force row level security;
alter table app.users enable row level security;
alter table app.users force row level security;
alter table app.memberships enable row level security;
alter table app.memberships force row level security;
alter table app.devices enable row level security;
alter table app.devices force row level security;

grant select on app.organisations, app.users, app.memberships to authenticated;
grant update (role, active) on app.memberships to authenticated;
grant select (id, organisation_id, user_id, device_name, platform, agent_version, status, waiting, parked,
  last_seen_at, created_at) on app.devices to authenticated;
grant update (platform, agent_version, status, waiting, parked, last_seen_at) on app.devices to authenticated;

create policy organisations_read on app.organisations for select to authenticated
  using (id = (select app.caller_organisation_id()));

-- Names of colleagues stand beside what they did; a device sees its own user.
create policy users_read on app.users for select to authenticated
  using (id in (select app.caller_colleague_ids()));

create policy memberships_read on app.memberships for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (user_id = (select auth.uid()) or (select app.caller_role()) = 'admin')
  );
-- Not their own, so that an office always keeps the admin who acts.
create policy memberships_change on app.memberships for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_role()) = 'admin'
    and user_id <> (select auth.uid())
  )
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_role()) = 'admin'
    and user_id <> (select auth.uid())
  );

create policy devices_read on app.devices for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and case (select app.caller_role())
      when 'device' then id = (select app.caller_device_id())
      when 'recruiter' then user_id = (select auth.uid())
      else true
    end
  );
create policy devices_report on app.devices for update to authenticated
  using (id = (select app.caller_device_id()))
  with check (
    id = (select app.caller_device_id())
    and organisation_id = (select app.caller_organisation_id())
    and status = 'active'
  );
-- People may only revoke: their own computers, and an admin any of the office.
create policy devices_revoke on app.devices for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and (user_id = (select auth.uid()) or (select app.caller_role()) = 'admin')
  )
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and status = 'revoked'
  );
