-- What Supabase brings and a plain Postgres does not: the roles, schema `auth`, and (schema `local_auth`) the
-- accounts of one machine. Run before the migrations, as a superuser; running it again changes nothing.

do $$
begin
  if not exists (select from pg_roles where rolname = 'anon') then
    create role anon nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then
    create role authenticated nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'service_role') then
    create role service_role nologin noinherit bypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'njordhr_api') then
    create role njordhr_api login noinherit;
  end if;
end
$$;

create schema if not exists auth;
grant usage on schema auth to anon, authenticated, service_role;

create table if not exists auth.users (
  id uuid primary key default gen_random_uuid(),
  email text unique,
  created_at timestamptz not null default now()
);

create or replace function auth.jwt() returns jsonb
language sql stable set search_path = ''
as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;

create or replace function auth.uid() returns uuid
language sql stable set search_path = ''
as $$ select nullif(auth.jwt() ->> 'sub', '')::uuid $$;

-- Passwords and refresh tokens of the local provider. No role reads these tables; the API calls the functions.
create schema if not exists local_auth;
revoke all on schema local_auth from public;

create table if not exists local_auth.accounts (
  user_id uuid primary key references auth.users (id) on delete cascade,
  email text not null unique check (email = lower(email)),
  password_hash text not null
);

create table if not exists local_auth.refresh_tokens (
  token_hash bytea primary key check (length(token_hash) = 32),
  -- All tokens that one sign-in led to.
  family_id uuid not null,
  user_id uuid not null references local_auth.accounts (user_id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index if not exists refresh_tokens_family_idx on local_auth.refresh_tokens (family_id);
create index if not exists refresh_tokens_user_idx on local_auth.refresh_tokens (user_id);

create or replace function local_auth.account_by_email(p_email text)
returns table (user_id uuid, email text, password_hash text)
language sql stable security definer set search_path = ''
as $$
  select a.user_id, a.email, a.password_hash from local_auth.accounts a where a.email = lower(p_email)
$$;

create or replace function local_auth.start_family(
  p_user_id uuid, p_token_hash bytea, p_expires_at timestamptz
) returns void
language sql volatile security definer set search_path = ''
as $$
  insert into local_auth.refresh_tokens (token_hash, family_id, user_id, expires_at)
  values (p_token_hash, gen_random_uuid(), p_user_id, p_expires_at)
$$;

-- Uses a token up and puts a new one in its place. Outcome `rotated`, `unknown`, `expired`, or `reused`: a token
-- that comes a second time was copied by somebody, so its whole family ends.
create or replace function local_auth.rotate(p_token_hash bytea, p_new_hash bytea, p_expires_at timestamptz)
returns table (outcome text, user_id uuid, email text)
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_token local_auth.refresh_tokens;
  v_email text;
begin
  select t.* into v_token from local_auth.refresh_tokens t where t.token_hash = p_token_hash for update;
  if not found then
    return query select 'unknown'::text, null::uuid, null::text;
    return;
  end if;
  if v_token.used_at is not null or v_token.revoked_at is not null then
    update local_auth.refresh_tokens t set revoked_at = now()
    where t.family_id = v_token.family_id and t.revoked_at is null;
    return query select 'reused'::text, null::uuid, null::text;
    return;
  end if;
  if v_token.expires_at <= now() then
    return query select 'expired'::text, null::uuid, null::text;
    return;
  end if;
  update local_auth.refresh_tokens t set used_at = now() where t.token_hash = p_token_hash;
  insert into local_auth.refresh_tokens (token_hash, family_id, user_id, expires_at)
  values (p_new_hash, v_token.family_id, v_token.user_id, p_expires_at);
  select a.email into v_email from local_auth.accounts a where a.user_id = v_token.user_id;
  return query select 'rotated'::text, v_token.user_id, v_email;
end
$$;

create or replace function local_auth.end_family(p_token_hash bytea) returns void
language sql volatile security definer set search_path = ''
as $$
  update local_auth.refresh_tokens t set revoked_at = now()
  where t.revoked_at is null
    and t.family_id = (select f.family_id from local_auth.refresh_tokens f where f.token_hash = p_token_hash)
$$;

-- Opens the account of an invited address, or gives one that never joined an office this password. Null: nobody invited
-- it (any more), or it is a member of an office.
create or replace function local_auth.open_account(p_invitation_hash bytea, p_password_hash text) returns uuid
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_email text;
  v_user_id uuid;
begin
  select i.email into v_email from app.invitations i
  where i.token_hash = p_invitation_hash and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
  for update;
  if not found then
    return null;
  end if;
  insert into auth.users (email) values (v_email)
  on conflict (email) do update set email = excluded.email returning id into v_user_id;
  if exists (select from app.memberships m where m.user_id = v_user_id) then
    return null;
  end if;
  insert into local_auth.accounts (user_id, email, password_hash) values (v_user_id, v_email, p_password_hash)
  on conflict (user_id) do update set password_hash = excluded.password_hash;
  return v_user_id;
end
$$;

revoke execute on all functions in schema local_auth from public;
grant usage on schema local_auth to njordhr_api;
grant execute on all functions in schema local_auth to njordhr_api;
