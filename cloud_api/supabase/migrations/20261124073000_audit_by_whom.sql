-- Whom a computer names as the one who was signed in on it. Its own signature stays beside it (user_id is whose
-- computer it is, device_id which one), so that what is proven and what is said are not mixed up.
alter table app.audit_log
  add column signed_in_user_id uuid,
  add foreign key (organisation_id, signed_in_user_id)
    references app.memberships (organisation_id, user_id) on delete restrict;
create index audit_log_signed_in_idx
  on app.audit_log (organisation_id, signed_in_user_id, created_at desc, id desc);
grant insert (signed_in_user_id) on app.audit_log to authenticated;

-- Only a computer names somebody else than the one whose token signs.
drop policy audit_log_append on app.audit_log;
create policy audit_log_append on app.audit_log for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and device_id is not distinct from (select app.caller_device_id())
    and (signed_in_user_id is null or (select app.caller_device_id()) is not null)
  );

-- Whether somebody was an active member of the caller's office at that moment: is one, or was switched off later
-- (a computer may send late what happened before).
create function app.was_member(p_user_id uuid, p_at timestamptz) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select from app.memberships m
    where m.organisation_id = (select app.caller_organisation_id()) and m.user_id = p_user_id
      and (
        m.active
        or p_at < (
          select max(a.created_at) from app.audit_log a
          where a.organisation_id = m.organisation_id and a.action = 'member.deactivated'
            and a.subject_type = 'member' and a.subject_id = m.user_id::text
        )
      )
  )
$$;
revoke execute on function app.was_member(uuid, timestamptz) from public;
grant execute on function app.was_member(uuid, timestamptz) to authenticated;
