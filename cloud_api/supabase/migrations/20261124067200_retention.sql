-- How long an office keeps people: its rules, and the functions of the worker that follows them once a day. A worker
-- holds a lock of the transaction for each step, so that of many containers one works, also behind a pooler.

create table app.retention_rules (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references app.organisations (id) on delete restrict,
  -- Whoever nothing happened to for so long is deleted, and erased after the days of grace.
  months integer not null check (months between 1 and 240),
  grace_days integer not null check (grace_days between 1 and 365),
  -- Of these statuses and ranks only; empty is all. `unverified` is who is not on the dashboard.
  statuses text[] not null default '{}' check (statuses <@ array['unverified', 'New', 'Contacted', 'Interested',
    'Mail Sent (handoff complete)', 'Not Interested']),
  ranks text[] not null default '{}' check (cardinality(ranks) <= 200),
  active boolean not null default true,
  created_by_user_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_run_at timestamptz,
  foreign key (organisation_id, created_by_user_id)
    references app.memberships (organisation_id, user_id) on delete restrict
);
create index retention_rules_office_idx on app.retention_rules (organisation_id);
create index retention_rules_user_idx on app.retention_rules (organisation_id, created_by_user_id);
alter table app.retention_rules enable row level security;
alter table app.retention_rules force row level security;
grant select, insert (organisation_id, months, grace_days, statuses, ranks, active, created_by_user_id),
  update (months, grace_days, statuses, ranks, active, updated_at), delete on app.retention_rules to authenticated;

create policy retention_rules_read on app.retention_rules for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()) and (select app.caller_role()) = 'admin');
create policy retention_rules_make on app.retention_rules for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_role()) = 'admin'
    and created_by_user_id = (select auth.uid())
  );
create policy retention_rules_change on app.retention_rules for update to authenticated
  using (organisation_id = (select app.caller_organisation_id()) and (select app.caller_role()) = 'admin')
  with check (organisation_id = (select app.caller_organisation_id()) and (select app.caller_role()) = 'admin');
create policy retention_rules_drop on app.retention_rules for delete to authenticated
  using (organisation_id = (select app.caller_organisation_id()) and (select app.caller_role()) = 'admin');

-- Whom a rule is about now, those under legal hold too. The same for the dry run, as the caller, and for the worker.
create function app.idle_people(p_organisation_id uuid, p_months integer, p_statuses text[], p_ranks text[])
returns table (candidate_id uuid, rank_applied_for text, status text, name text, touched_at timestamptz)
language sql stable set search_path = ''
as $$
  select s.candidate_id, s.rank_applied_for, s.status, s.name, s.touched_at
  from app.candidate_state s
  where s.organisation_id = p_organisation_id
    and s.deleted_at is null
    and s.touched_at < now() - make_interval(months => p_months)
    and (cardinality(p_statuses) = 0 or coalesce(s.status, 'unverified') = any (p_statuses))
    and (cardinality(p_ranks) = 0 or s.rank_applied_for = any (p_ranks))
$$;

-- The worker's steps ---------------------------------------------------------------------------------------

create function app.only_one_worker() returns boolean
language sql volatile set search_path = ''
as $$
  select pg_try_advisory_xact_lock(67, hashtext('njordhr.retention'))
$$;

-- Deletes some of the people of one rule that is due. How many; a rule that finds nobody more is done for today.
-- Null: no rule is due, or another worker is at it.
create function app.follow_rules(p_limit integer) returns integer
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_rule app.retention_rules;
  v_ids uuid[];
begin
  if not app.only_one_worker() then
    return null;
  end if;
  select r.* into v_rule from app.retention_rules r
  where r.active and (r.last_run_at is null or r.last_run_at < now() - interval '1 day')
  order by r.last_run_at nulls first, r.id
  limit 1
  for update;
  if not found then
    return null;
  end if;
  select coalesce(array_agg(i.candidate_id), '{}') into v_ids
  from (
    select p.candidate_id
    from app.idle_people(v_rule.organisation_id, v_rule.months, v_rule.statuses, v_rule.ranks) p
    where not app.is_held(v_rule.organisation_id, p.candidate_id)
    limit p_limit
  ) i;
  insert into app.audit_log (organisation_id, action, subject_type, subject_id, details)
  select v_rule.organisation_id, 'candidate.deleted', 'candidate', hidden.id::text,
    jsonb_build_object('rule_id', v_rule.id, 'months', v_rule.months)
  from app.hide_people(v_rule.organisation_id, v_ids, 'rule', now() + make_interval(days => v_rule.grace_days))
    as hidden (id);
  if cardinality(v_ids) < p_limit then
    update app.retention_rules r set last_run_at = now() where r.id = v_rule.id;
  end if;
  return cardinality(v_ids);
end
$$;

-- Erases some of those whose days of grace are over. How many; null: another worker is at it.
create function app.erase_expired(p_limit integer) returns integer
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_person record;
  v_count integer := 0;
begin
  if not app.only_one_worker() then
    return null;
  end if;
  for v_person in
    select c.organisation_id, c.id from app.candidates c
    where c.deleted_at is not null and c.erased_at is null and c.erase_at <= now()
      and not app.is_held(c.organisation_id, c.id)
    order by c.erase_at, c.id
    limit p_limit
  loop
    if app.erase_person(v_person.organisation_id, v_person.id) then
      insert into app.audit_log (organisation_id, action, subject_type, subject_id, details)
      values (v_person.organisation_id, 'candidate.erased', 'candidate', v_person.id::text,
        jsonb_build_object('because', 'rule'));
      v_count := v_count + 1;
    end if;
  end loop;
  delete from app.erased_numbers n where n.erased_at < now() - interval '1 year';
  return v_count;
end
$$;

-- Objects to remove now. Each is set to a later time at once: a worker that dies with them is followed by another,
-- and removing twice does no harm. What a resume still points to is not among them.
create function app.claim_object_removals(p_limit integer) returns table (removal_id uuid, storage_path text)
language sql volatile security definer set search_path = ''
as $$
  with due as (
    select o.id from app.object_removals o
    where o.due_at <= now()
      and not exists (select from app.resumes r where r.resume_storage_path = o.storage_path)
    order by o.due_at, o.id
    limit p_limit
    for update skip locked
  )
  update app.object_removals o
  set due_at = now() + make_interval(mins => least(5 * (o.tries + 1), 360)), tries = o.tries + 1
  from due where o.id = due.id
  returning o.id, o.storage_path
$$;

-- An object is gone. It is looked at once more when no link for uploading can be left that was given out before.
create function app.object_removed(p_removal_id uuid) returns void
language sql volatile security definer set search_path = ''
as $$
  delete from app.object_removals o where o.id = p_removal_id and o.asked_at < now() - interval '15 minutes'
$$;

-- How much of the caller's office is still to be removed from its file store.
create function app.waiting_object_removals() returns bigint
language sql stable security definer set search_path = ''
as $$
  select count(*) from app.object_removals o
  where o.organisation_id = app.caller_organisation_id() and app.caller_role() = 'admin'
$$;

-- What the office keeps of somebody, for admins, also of somebody who was deleted. No row: there is nobody, or they
-- are erased.
create function app.kept_of(p_candidate_id uuid) returns table (
  candidate_id uuid, deleted_at timestamptz, erase_at timestamptz, resumes bigint, cloud_copies bigint,
  exports bigint, hold_id uuid, hold_reason text, hold_placed_at timestamptz, hold_placed_by text
)
language sql stable security definer set search_path = ''
as $$
  select c.id, c.deleted_at, c.erase_at,
    (select count(*) from app.resumes r
     where r.organisation_id = c.organisation_id and r.candidate_id = c.id),
    (select count(*) from app.resumes r
     where r.organisation_id = c.organisation_id and r.candidate_id = c.id
       and r.resume_storage_path is not null),
    (select count(*) from app.exports e
     where e.organisation_id = c.organisation_id and c.id = any (e.candidate_ids)),
    h.id, h.reason, h.placed_at, coalesce(nullif(u.full_name, ''), u.email)
  from app.candidates c
  left join app.legal_holds h
    on h.organisation_id = c.organisation_id and h.candidate_id = c.id and h.lifted_at is null
  left join app.users u on u.id = h.placed_by_user_id
  where app.caller_role() = 'admin' and c.organisation_id = app.caller_organisation_id()
    and c.id = p_candidate_id and c.erased_at is null
$$;

-- The computers that have had a resume of somebody: who downloaded it there, or opened it there. For admins, also of
-- somebody who was deleted.
create function app.computers_with(p_candidate_id uuid) returns table (
  device_id uuid, device_name text, owner_name text, status text, last_seen_at timestamptz
)
language sql stable security definer set search_path = ''
as $$
  select d.id, d.device_name, coalesce(nullif(u.full_name, ''), u.email, ''), d.status, d.last_seen_at
  from app.devices d
  join app.users u on u.id = d.user_id
  where app.caller_role() = 'admin' and d.organisation_id = app.caller_organisation_id()
    and (
      exists (
        select from app.resumes r
        where r.organisation_id = d.organisation_id and r.candidate_id = p_candidate_id and r.device_id = d.id
      )
      or exists (
        select from app.audit_log a
        where a.organisation_id = d.organisation_id and a.candidate_id = p_candidate_id and a.device_id = d.id
      )
      or exists (
        select from app.read_files f
        join app.resumes r on r.organisation_id = f.organisation_id and r.id = f.resume_id
        where f.organisation_id = d.organisation_id and f.device_id = d.id and r.candidate_id = p_candidate_id
      )
    )
  order by lower(d.device_name), d.id
$$;

revoke execute on function app.idle_people(uuid, integer, text[], text[]), app.only_one_worker(),
  app.follow_rules(integer), app.erase_expired(integer), app.claim_object_removals(integer),
  app.object_removed(uuid), app.waiting_object_removals(), app.kept_of(uuid),
  app.computers_with(uuid) from public;
grant execute on function app.idle_people(uuid, integer, text[], text[]), app.waiting_object_removals(),
  app.kept_of(uuid), app.computers_with(uuid) to authenticated;
grant execute on function app.follow_rules(integer), app.erase_expired(integer),
  app.claim_object_removals(integer), app.object_removed(uuid) to njordhr_api;
