-- How a computer joins, and the look-ups that happen before anyone is known.

create table app.pairing_codes (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null unique check (length(code_hash) = 32),
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now(),
  foreign key (organisation_id, user_id) references app.memberships (organisation_id, user_id) on delete restrict
);
create index pairing_codes_user_idx on app.pairing_codes (organisation_id, user_id);

create table app.agent_settings (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null,
  device_id uuid not null unique,
  download_folder text not null default '',
  updated_at timestamptz not null default now(),
  foreign key (organisation_id, device_id) references app.devices (organisation_id, id) on delete restrict
);
create index agent_settings_device_idx on app.agent_settings (organisation_id, device_id);

alter table app.pairing_codes enable row level security;
alter table app.pairing_codes force row level security;
alter table app.agent_settings enable row level security;
alter table app.agent_settings force row level security;

grant insert (organisation_id, user_id, code_hash, expires_at) on app.pairing_codes to authenticated;
grant select (id, organisation_id, user_id, expires_at, used_at, created_at) on app.pairing_codes to authenticated;
grant select, insert (organisation_id, device_id, download_folder), update (download_folder, updated_at)
  on app.agent_settings to authenticated;

create policy pairing_codes_read on app.pairing_codes for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and (select app.caller_device_id()) is null
  );
create policy pairing_codes_make on app.pairing_codes for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and (select app.caller_device_id()) is null
  );

create policy agent_settings_read on app.agent_settings for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (
      device_id = (select app.caller_device_id())
      or (select app.caller_role()) = 'admin'
      or ((select app.caller_device_id()) is null and device_id in (select d.id from app.devices d))
    )
  );
create policy agent_settings_make on app.agent_settings for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );
create policy agent_settings_change on app.agent_settings for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  )
  with check (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );

-- Uses a pairing code up and makes the device, both or neither. No row: the code is wrong, used or too old, or
-- the person who made it is not a member any more.
create function app.register_device(
  p_code_hash bytea, p_token_hash bytea, p_device_name text, p_platform text, p_agent_version text
) returns table (
  device_id uuid, organisation_id uuid, organisation_name text, user_id uuid, user_email text
)
language sql volatile security definer set search_path = ''
as $$
  with used as (
    update app.pairing_codes c
    set used_at = now()
    from app.memberships m
    where c.code_hash = p_code_hash
      and c.used_at is null
      and c.expires_at > now()
      and m.user_id = c.user_id
      and m.organisation_id = c.organisation_id
      and m.active
    returning c.organisation_id, c.user_id
  ), made as (
    insert into app.devices (organisation_id, user_id, device_name, platform, agent_version, token_hash)
    select u.organisation_id, u.user_id, p_device_name, p_platform, p_agent_version, p_token_hash
    from used u
    returning id, organisation_id, user_id
  )
  select made.id, o.id, o.name, u.id, u.email
  from made
  join app.organisations o on o.id = made.organisation_id
  join app.users u on u.id = made.user_id
$$;

-- Whose token this is, revoked ones included: the caller is told so.
create function app.device_by_token(p_token_hash bytea) returns table (
  device_id uuid, organisation_id uuid, user_id uuid, status text, member_active boolean
)
language sql stable security definer set search_path = ''
as $$
  select d.id, d.organisation_id, d.user_id, d.status, m.active
  from app.devices d
  join app.memberships m on m.user_id = d.user_id and m.organisation_id = d.organisation_id
  where d.token_hash = p_token_hash
$$;

revoke execute on function app.register_device(bytea, bytea, text, text, text) from public;
revoke execute on function app.device_by_token(bytea) from public;
grant execute on function app.register_device(bytea, bytea, text, text, text) to njordhr_api;
grant execute on function app.device_by_token(bytea) to njordhr_api;
