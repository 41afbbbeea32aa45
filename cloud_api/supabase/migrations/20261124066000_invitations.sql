-- How a person becomes a member: an admin invites an address with a role, and whoever presents the token joins, once.

create table app.invitations (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references app.organisations (id) on delete restrict,
  email text not null check (email = lower(email) and email like '%_@_%'),
  role text not null check (role in ('admin', 'manager', 'recruiter')),
  token_hash bytea not null unique check (length(token_hash) = 32),
  invited_by_user_id uuid not null,
  created_at timestamptz not null default now(),
  -- When its present link was made; an earlier link is worth nothing.
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  accepted_at timestamptz,
  accepted_by_user_id uuid,
  foreign key (organisation_id, invited_by_user_id)
    references app.memberships (organisation_id, user_id) on delete restrict,
  foreign key (organisation_id, accepted_by_user_id)
    references app.memberships (organisation_id, user_id) on delete restrict,
  check ((accepted_at is null) = (accepted_by_user_id is null)),
  check (accepted_at is null or revoked_at is null),
  check (expires_at > sent_at)
);
create unique index invitations_open_idx on app.invitations (organisation_id, email)
  where accepted_at is null and revoked_at is null;
create index invitations_inviter_idx on app.invitations (organisation_id, invited_by_user_id);
create index invitations_joiner_idx on app.invitations (organisation_id, accepted_by_user_id);
comment on column app.invitations.token_hash is 'SHA-256 of the token in the link; the token itself is told once and kept nowhere.';

alter table app.invitations enable row level security;
alter table app.invitations force row level security;

grant select (id, organisation_id, email, role, invited_by_user_id, created_at, sent_at, expires_at, revoked_at,
  accepted_at, accepted_by_user_id) on app.invitations to authenticated;
grant insert (organisation_id, email, role, token_hash, invited_by_user_id, expires_at)
  on app.invitations to authenticated;
grant update (token_hash, sent_at, expires_at, revoked_at) on app.invitations to authenticated;

create policy invitations_read on app.invitations for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()) and (select app.caller_role()) = 'admin');
create policy invitations_make on app.invitations for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_role()) = 'admin'
    and invited_by_user_id = (select auth.uid())
  );
-- What was used or taken back stays as it is.
create policy invitations_change on app.invitations for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_role()) = 'admin'
    and accepted_at is null
    and revoked_at is null
  )
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_role()) = 'admin'
    and accepted_at is null
  );

-- What the holder of a token may know, whatever became of it: they are told what.
create function app.invitation_by_token(p_token_hash bytea) returns table (
  organisation_name text, email text, role text, invited_by text, expires_at timestamptz, state text
)
language sql stable security definer set search_path = ''
as $$
  select
    o.name, i.email, i.role, u.full_name, i.expires_at,
    case
      when i.accepted_at is not null then 'used'
      when i.revoked_at is not null then 'revoked'
      when i.expires_at <= now() then 'expired'
      else 'open'
    end
  from app.invitations i
  join app.organisations o on o.id = i.organisation_id
  join app.users u on u.id = i.invited_by_user_id
  where i.token_hash = p_token_hash
$$;

-- Uses an invitation up and makes the member, both or neither. The outcome is `joined`, or why not: `unknown`, `used`,
-- `revoked`, `expired`, `other-address` (the account is not the invited one), `other-office` (it is a member already).
create function app.accept_invitation(p_token_hash bytea, p_user_id uuid, p_full_name text) returns text
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_invitation app.invitations;
begin
  select i.* into v_invitation from app.invitations i where i.token_hash = p_token_hash for update;
  if not found then
    return 'unknown';
  elsif v_invitation.accepted_at is not null then
    return 'used';
  elsif v_invitation.revoked_at is not null then
    return 'revoked';
  elsif v_invitation.expires_at <= now() then
    return 'expired';
  end if;
  if not exists (
    select from auth.users u where u.id = p_user_id and lower(u.email) = v_invitation.email
  ) then
    return 'other-address';
  end if;
  insert into app.users (id, email, full_name) values (p_user_id, v_invitation.email, p_full_name)
  on conflict (id) do nothing;
  insert into app.memberships (user_id, organisation_id, role)
  values (p_user_id, v_invitation.organisation_id, v_invitation.role)
  on conflict (user_id) do nothing;
  if not found then
    return 'other-office';
  end if;
  update app.invitations i set accepted_at = now(), accepted_by_user_id = p_user_id where i.id = v_invitation.id;
  insert into app.audit_log (organisation_id, user_id, action, subject_type, subject_id, details)
  values (
    v_invitation.organisation_id, p_user_id, 'invitation.accepted', 'invitation', v_invitation.id::text,
    jsonb_build_object('role', v_invitation.role)
  );
  return 'joined';
end
$$;

revoke execute on function app.invitation_by_token(bytea) from public;
revoke execute on function app.accept_invitation(bytea, uuid, text) from public;
grant execute on function app.invitation_by_token(bytea) to njordhr_api;
grant execute on function app.accept_invitation(bytea, uuid, text) to njordhr_api;

-- An office that has an admin keeps one, also when two admins demote one another at once: whoever takes an admin away
-- first takes the office's row, and looks whom it leaves only then. The row is written and not only locked, so that a
-- transaction of a stricter isolation, which would still see the other one as an admin, fails instead.
create function app.keep_an_admin() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  update app.organisations o set name = o.name where o.id = old.organisation_id;
  if not exists (
    select from app.memberships m
    where m.organisation_id = old.organisation_id and m.user_id <> old.user_id and m.role = 'admin' and m.active
  ) then
    raise exception 'an office keeps an admin'
      using errcode = 'check_violation', constraint = 'memberships_keep_an_admin', table = 'memberships', schema = 'app';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
revoke execute on function app.keep_an_admin() from public;

create trigger memberships_keep_an_admin before update on app.memberships
  for each row when (
    old.role = 'admin' and old.active
    and not (new.role = 'admin' and new.active and new.organisation_id = old.organisation_id)
  )
  execute function app.keep_an_admin();
create trigger memberships_keep_an_admin_at_delete before delete on app.memberships
  for each row when (old.role = 'admin' and old.active)
  execute function app.keep_an_admin();
