-- What others change, told without a gap: each transaction that changes candidates takes a number of its office
-- at its end, and keeps it locked until it is committed. Whoever sees a number sees all that is below it.
-- The counts of the dashboard are kept in the same breath. Written by triggers only, so that no writer can forget.

create table app.office_marks (
  organisation_id uuid primary key references app.organisations (id) on delete cascade,
  -- The number of the newest transaction that changed candidates.
  seq bigint not null default 0 check (seq >= 0)
) with (fillfactor = 50);

create table app.candidate_changes (
  candidate_id uuid primary key,
  organisation_id uuid not null,
  -- The number of the newest transaction that changed this candidate.
  seq bigint not null check (seq >= 0),
  foreign key (organisation_id, candidate_id) references app.candidates (organisation_id, id) on delete cascade
);
create index candidate_changes_candidate_idx on app.candidate_changes (organisation_id, candidate_id);
create index candidate_changes_seq_idx on app.candidate_changes (organisation_id, seq, candidate_id);

create table app.candidate_counts (
  organisation_id uuid not null references app.organisations (id) on delete cascade,
  rank_applied_for text not null,
  status text not null,
  people bigint not null,
  primary key (organisation_id, rank_applied_for, status)
) with (fillfactor = 50);

alter table app.office_marks enable row level security;
alter table app.office_marks force row level security;
alter table app.candidate_changes enable row level security;
alter table app.candidate_changes force row level security;
alter table app.candidate_counts enable row level security;
alter table app.candidate_counts force row level security;
grant select on app.office_marks, app.candidate_changes, app.candidate_counts to authenticated;

create policy office_marks_read on app.office_marks for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()) and (select app.caller_device_id()) is null);
create policy candidate_changes_read on app.candidate_changes for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()) and (select app.caller_device_id()) is null);
create policy candidate_counts_read on app.candidate_counts for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()) and (select app.caller_device_id()) is null);

-- Deferred to the end of the transaction: the office's row is the last lock that anybody takes, is held for the
-- length of a commit, and puts the writers of the counts in a row, so that they never wait in a circle.
create function app.note_candidate_change() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_office uuid := case tg_op when 'DELETE' then old.organisation_id else new.organisation_id end;
  v_seq bigint;
  -- Where somebody is counted; a person who was deleted is counted nowhere.
  v_was text := case when tg_op <> 'INSERT' and old.deleted_at is null then old.status end;
  v_is text := case when tg_op <> 'DELETE' and new.deleted_at is null then new.status end;
begin
  -- One number a transaction: the row that this one wrote bears its id until somebody else's replaces it.
  update app.office_marks m set seq = m.seq + 1
  where m.organisation_id = v_office and m.xmin <> pg_current_xact_id()::xid
  returning m.seq into v_seq;
  if v_seq is null then
    select m.seq into v_seq from app.office_marks m where m.organisation_id = v_office;
  end if;
  if v_seq is null then
    insert into app.office_marks as m (organisation_id, seq) values (v_office, 1)
    on conflict (organisation_id) do update set seq = m.seq + 1
    returning m.seq into v_seq;
  end if;
  if tg_op <> 'DELETE' then
    insert into app.candidate_changes (candidate_id, organisation_id, seq)
    values (new.candidate_id, v_office, v_seq)
    on conflict (candidate_id) do update set seq = excluded.seq
    where app.candidate_changes.seq <> excluded.seq;
  end if;
  if tg_op = 'UPDATE' and v_was is not distinct from v_is and old.rank_applied_for = new.rank_applied_for then
    return null;
  end if;
  if v_was is not null then
    update app.candidate_counts c set people = c.people - 1
    where c.organisation_id = v_office and c.rank_applied_for = old.rank_applied_for and c.status = v_was;
  end if;
  if v_is is not null then
    insert into app.candidate_counts (organisation_id, rank_applied_for, status, people)
    values (v_office, new.rank_applied_for, v_is, 1)
    on conflict (organisation_id, rank_applied_for, status)
      do update set people = app.candidate_counts.people + 1;
  end if;
  return null;
end
$$;
revoke execute on function app.note_candidate_change() from public;

create constraint trigger note_candidate_change after insert or update or delete on app.candidate_state
  deferrable initially deferred
  for each row execute function app.note_candidate_change();

-- What there is already.
insert into app.office_marks (organisation_id, seq)
select s.organisation_id, 1 from app.candidate_state s group by s.organisation_id;
insert into app.candidate_changes (candidate_id, organisation_id, seq)
select s.candidate_id, s.organisation_id, 1 from app.candidate_state s;
insert into app.candidate_counts (organisation_id, rank_applied_for, status, people)
select s.organisation_id, s.rank_applied_for, s.status, count(*)
from app.candidate_state s
where s.status is not null and s.deleted_at is null
group by s.organisation_id, s.rank_applied_for, s.status;

create or replace view app.rank_counts_v with (security_invoker = true) as
select
  c.organisation_id,
  c.rank_applied_for,
  coalesce(sum(c.people) filter (
    where c.status not in ('Mail Sent (handoff complete)', 'Not Interested')), 0)::bigint as active,
  coalesce(sum(c.people) filter (
    where c.status in ('Mail Sent (handoff complete)', 'Not Interested')), 0)::bigint as archived
from app.candidate_counts c
group by c.organisation_id, c.rank_applied_for
having sum(c.people) > 0;

-- The marks of what is waited for: texts that change with every commit that matters. For the API's process, which
-- is nobody here; they tell of an id that it knows whether it changed, and nothing else.
create function app.job_marks(p_offices uuid[], p_ids uuid[])
returns table (office_id uuid, subject_id uuid, mark text)
language sql stable security definer set search_path = ''
as $$
  select j.organisation_id, j.id, j.xmin::text
  from unnest(p_offices, p_ids) as w (office_id, id)
  join app.download_jobs j on j.organisation_id = w.office_id and j.id = w.id
$$;

create function app.candidate_marks(p_offices uuid[], p_ids uuid[])
returns table (office_id uuid, subject_id uuid, mark text)
language sql stable security definer set search_path = ''
as $$
  select w.office_id, w.id, coalesce(m.seq, 0)::text
  from unnest(p_offices, p_ids) as w (office_id, id)
  left join app.office_marks m on m.organisation_id = w.office_id
$$;

-- Changes when somebody of the office joins, leaves, gets another role, or a computer is connected or revoked.
create function app.access_marks(p_offices uuid[], p_ids uuid[])
returns table (office_id uuid, subject_id uuid, mark text)
language sql stable security definer set search_path = ''
as $$
  select
    w.office_id, w.id,
    coalesce((
      select md5(string_agg(m.user_id::text || m.role || m.active::text, ' ' order by m.user_id))
      from app.memberships m
      where m.organisation_id = w.office_id
    ), '') || ' ' || (
      select count(*)::text || ' ' || count(*) filter (where d.status = 'revoked')::text
      from app.devices d
      where d.organisation_id = w.office_id
    )
  from unnest(p_offices, p_ids) as w (office_id, id)
$$;

revoke execute on function app.job_marks(uuid[], uuid[]), app.candidate_marks(uuid[], uuid[]),
  app.access_marks(uuid[], uuid[]) from public;
grant execute on function app.job_marks(uuid[], uuid[]), app.candidate_marks(uuid[], uuid[]),
  app.access_marks(uuid[], uuid[]) to njordhr_api;
