-- Deleting people: out of every list at once, undone for some weeks, then erased for good except for a row without
-- anything personal, so that counts, keys and the order of what happened stay right. A legal hold stops all of it.

alter table app.candidates
  add column deleted_at timestamptz,
  add column deleted_because text check (deleted_because in ('rule', 'request')),
  -- When the person is erased, unless they are brought back before.
  add column erase_at timestamptz,
  add column erased_at timestamptz,
  add check ((deleted_at is null) = (deleted_because is null)),
  add check ((deleted_at is null) = (erase_at is null)),
  add check (erased_at is null or deleted_at is not null),
  drop constraint candidates_candidate_external_id_check,
  add constraint candidates_candidate_external_id_check
    check (candidate_external_id ~ '^[0-9]{1,20}$' or (erased_at is not null and candidate_external_id = 'erased-' || id));
create index candidates_erase_at_idx on app.candidates (organisation_id, erase_at)
  where deleted_at is not null and erased_at is null;

-- The same beside what is read most, so that hiding somebody needs no join.
alter table app.candidate_state add column deleted_at timestamptz, add column erased_at timestamptz;
alter table app.resumes add column deleted_at timestamptz;

drop index app.candidate_state_touched_idx, app.candidate_state_rank_idx, app.candidate_state_status_idx,
  app.candidate_state_counts_idx, app.candidate_state_review_idx;
create index candidate_state_touched_idx on app.candidate_state
  (organisation_id, touched_at desc, candidate_id desc) where verified_at is not null and deleted_at is null;
create index candidate_state_rank_idx on app.candidate_state
  (organisation_id, rank_applied_for, touched_at desc, candidate_id desc)
  where verified_at is not null and deleted_at is null;
create index candidate_state_status_idx on app.candidate_state
  (organisation_id, status, touched_at desc, candidate_id desc) where verified_at is not null and deleted_at is null;
create index candidate_state_counts_idx on app.candidate_state
  (organisation_id, rank_applied_for, status) where verified_at is not null and deleted_at is null;
create index candidate_state_review_idx on app.candidate_state
  (organisation_id, downloaded_at, candidate_id) where review_state = 'to_review' and deleted_at is null;
create index candidate_state_idle_idx on app.candidate_state (organisation_id, touched_at) where deleted_at is null;
create index candidate_state_deleted_idx on app.candidate_state
  (organisation_id, deleted_at desc, candidate_id desc) where deleted_at is not null;

-- Whoever is deleted is there for nobody, whatever is asked.
alter policy candidates_read on app.candidates
  using (organisation_id = (select app.caller_organisation_id()) and deleted_at is null);
alter policy candidates_change on app.candidates
  using (organisation_id = (select app.caller_organisation_id()) and deleted_at is null)
  with check (organisation_id = (select app.caller_organisation_id()) and deleted_at is null);
alter policy candidate_state_read on app.candidate_state
  using (organisation_id = (select app.caller_organisation_id()) and deleted_at is null);
alter policy candidate_state_change on app.candidate_state
  using (organisation_id = (select app.caller_organisation_id()) and deleted_at is null)
  with check (organisation_id = (select app.caller_organisation_id()) and deleted_at is null);
alter policy resumes_read on app.resumes
  using (organisation_id = (select app.caller_organisation_id()) and deleted_at is null);
alter policy resumes_change on app.resumes
  using (organisation_id = (select app.caller_organisation_id()) and deleted_at is null)
  with check (organisation_id = (select app.caller_organisation_id()) and deleted_at is null);

-- Nobody begins deleted, and no request deletes or erases: that is for the functions below.
alter policy candidates_make on app.candidates
  with check (organisation_id = (select app.caller_organisation_id()) and deleted_at is null);
alter policy candidate_state_make on app.candidate_state
  with check (organisation_id = (select app.caller_organisation_id()) and deleted_at is null);

create or replace function app.find_candidate_ids(p_query text) returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select s.candidate_id
  from app.candidate_state s
  where s.organisation_id = app.caller_organisation_id()
    and app.caller_role() <> 'device'
    and s.deleted_at is null
    and s.search_text like
      '%' || replace(replace(replace(lower(p_query), '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;

-- A state changes by an event only; an erasure takes texts out of the events too, and no request may say that it is one.
drop trigger check_candidate_state on app.candidate_state;
create trigger check_candidate_state before insert on app.candidate_state
  for each row execute function app.check_candidate_state();
create trigger check_candidate_state_change before update on app.candidate_state
  for each row when (new.erased_at is not distinct from old.erased_at)
  execute function app.check_candidate_state();

-- Legal hold -----------------------------------------------------------------------------------------------

create table app.legal_holds (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null,
  candidate_id uuid not null,
  reason text not null check (reason = trim(reason) and length(reason) between 1 and 400),
  placed_by_user_id uuid not null,
  placed_at timestamptz not null default now(),
  lifted_by_user_id uuid,
  lifted_at timestamptz,
  foreign key (organisation_id, candidate_id) references app.candidates (organisation_id, id) on delete restrict,
  foreign key (organisation_id, placed_by_user_id)
    references app.memberships (organisation_id, user_id) on delete restrict,
  foreign key (organisation_id, lifted_by_user_id)
    references app.memberships (organisation_id, user_id) on delete restrict,
  check ((lifted_at is null) = (lifted_by_user_id is null))
);
create unique index legal_holds_standing_idx on app.legal_holds (organisation_id, candidate_id) where lifted_at is null;
create index legal_holds_candidate_idx on app.legal_holds (organisation_id, candidate_id);
create index legal_holds_placed_by_idx on app.legal_holds (organisation_id, placed_by_user_id);
create index legal_holds_lifted_by_idx on app.legal_holds (organisation_id, lifted_by_user_id);
alter table app.legal_holds enable row level security;
alter table app.legal_holds force row level security;
grant select, insert (organisation_id, candidate_id, reason, placed_by_user_id),
  update (lifted_by_user_id, lifted_at) on app.legal_holds to authenticated;

create policy legal_holds_read on app.legal_holds for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()) and (select app.caller_role()) = 'admin');
create policy legal_holds_place on app.legal_holds for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_role()) = 'admin'
    and placed_by_user_id = (select auth.uid())
  );
create policy legal_holds_lift on app.legal_holds for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_role()) = 'admin'
    and lifted_at is null
  )
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_role()) = 'admin'
    and lifted_by_user_id = (select auth.uid())
  );

create function app.is_held(p_organisation_id uuid, p_candidate_id uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select from app.legal_holds h
    where h.organisation_id = p_organisation_id and h.candidate_id = p_candidate_id and h.lifted_at is null
  )
$$;

-- A hold is placed under the lock of the person's row, as is a deletion: one of the two comes first. Somebody who is
-- being deleted is brought back by it; who is erased cannot be held.
create function app.check_legal_hold() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_person app.candidates;
begin
  select c.* into v_person from app.candidates c
  where c.organisation_id = new.organisation_id and c.id = new.candidate_id
  for no key update;
  if v_person.erased_at is not null then
    raise exception 'candidate.erased' using errcode = 'NJ001';
  end if;
  if v_person.deleted_at is not null then
    perform app.bring_back(new.organisation_id, new.candidate_id);
  end if;
  return new;
end
$$;
create trigger check_legal_hold before insert on app.legal_holds
  for each row execute function app.check_legal_hold();

-- Nothing of a person under legal hold is deleted, whoever asks.
create function app.refuse_what_is_held() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_table_name = 'candidates' then
    if tg_op = 'UPDATE' and (
      new.deleted_at is null
      or (old.deleted_at is not null and old.erased_at is not distinct from new.erased_at)
    ) then
      return new;
    end if;
    if app.is_held(old.organisation_id, old.id) then
      raise exception 'candidate.held' using errcode = 'NJ001';
    end if;
  elsif app.is_held(old.organisation_id, old.candidate_id) then
    raise exception 'candidate.held' using errcode = 'NJ001';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
create trigger refuse_what_is_held before update or delete on app.candidates
  for each row execute function app.refuse_what_is_held();
create trigger refuse_what_is_held before delete on app.resumes
  for each row execute function app.refuse_what_is_held();
create trigger refuse_what_is_held before delete on app.candidate_events
  for each row execute function app.refuse_what_is_held();
create trigger refuse_what_is_held before delete on app.candidate_state
  for each row execute function app.refuse_what_is_held();

-- Objects that are to go -----------------------------------------------------------------------------------

create table app.object_removals (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references app.organisations (id) on delete restrict,
  storage_path text not null check (starts_with(storage_path, 'resumes/' || organisation_id::text || '/')),
  asked_at timestamptz not null default now(),
  -- When it is tried next.
  due_at timestamptz not null default now(),
  tries integer not null default 0 check (tries >= 0),
  unique (organisation_id, storage_path)
);
create index object_removals_due_idx on app.object_removals (due_at, id);
alter table app.object_removals enable row level security;
alter table app.object_removals force row level security;
-- For the functions only. A count is all that anybody is told.
create policy object_removals_nobody on app.object_removals for select to authenticated using (false);

-- An old record of an erased person must not bring them back. Their number is kept for a year as a digest that is
-- salted for the office.
create table app.erasure_salts (
  organisation_id uuid primary key references app.organisations (id) on delete restrict,
  salt uuid not null default gen_random_uuid()
);
create table app.erased_numbers (
  organisation_id uuid not null references app.organisations (id) on delete restrict,
  number_sha256 bytea not null check (length(number_sha256) = 32),
  erased_at timestamptz not null default now(),
  primary key (organisation_id, number_sha256)
);
alter table app.erasure_salts enable row level security;
alter table app.erasure_salts force row level security;
alter table app.erased_numbers enable row level security;
alter table app.erased_numbers force row level security;
create policy erasure_salts_nobody on app.erasure_salts for select to authenticated using (false);
create policy erased_numbers_nobody on app.erased_numbers for select to authenticated using (false);

create function app.number_digest(p_organisation_id uuid, p_number text) returns bytea
language sql stable security definer set search_path = ''
as $$
  select sha256(convert_to(s.salt::text || ':' || p_number, 'UTF8'))
  from app.erasure_salts s
  where s.organisation_id = p_organisation_id
$$;

-- When the caller's office erased the person of this number; null when it did not.
create function app.erased_when(p_candidate_external_id text) returns timestamptz
language sql stable security definer set search_path = ''
as $$
  select n.erased_at
  from app.erased_numbers n
  where n.organisation_id = app.caller_organisation_id()
    and n.number_sha256 = app.number_digest(app.caller_organisation_id(), p_candidate_external_id)
$$;

-- A resume by what a computer calls it, also of somebody who was deleted: for the audit log.
create function app.resume_of(p_candidate_external_id text, p_content_sha256 text)
returns table (resume_id uuid, candidate_id uuid)
language sql stable security definer set search_path = ''
as $$
  select r.id, r.candidate_id
  from app.candidates c
  join app.resumes r on r.organisation_id = c.organisation_id and r.candidate_id = c.id
  where c.organisation_id = app.caller_organisation_id()
    and c.candidate_external_id = p_candidate_external_id and r.content_sha256 = p_content_sha256
$$;

-- Deleting, bringing back, erasing -------------------------------------------------------------------------

-- Hides people, those under legal hold excepted, and says who it was. For the functions of this file.
create function app.hide_people(
  p_organisation_id uuid, p_candidate_ids uuid[], p_because text, p_erase_at timestamptz
) returns setof uuid
language sql volatile security definer set search_path = ''
as $$
  with locked as (
    select c.id from app.candidates c
    where c.organisation_id = p_organisation_id and c.id = any (p_candidate_ids) and c.deleted_at is null
      and not app.is_held(c.organisation_id, c.id)
    order by c.id
    for no key update
  ), hidden as (
    update app.candidates c
    set deleted_at = now(), deleted_because = p_because, erase_at = p_erase_at
    from locked where c.id = locked.id
    returning c.id
  ), states as (
    update app.candidate_state s set deleted_at = now() from hidden where s.candidate_id = hidden.id
  ), files as (
    update app.resumes r set deleted_at = now()
    from hidden where r.organisation_id = p_organisation_id and r.candidate_id = hidden.id
  )
  select id from hidden
$$;

-- Undoes a deletion that is not an erasure yet.
create function app.bring_back(p_organisation_id uuid, p_candidate_id uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
begin
  update app.candidates c set deleted_at = null, deleted_because = null, erase_at = null
  where c.organisation_id = p_organisation_id and c.id = p_candidate_id
    and c.deleted_at is not null and c.erased_at is null;
  if not found then
    return false;
  end if;
  update app.candidate_state s set deleted_at = null where s.candidate_id = p_candidate_id;
  update app.resumes r set deleted_at = null
  where r.organisation_id = p_organisation_id and r.candidate_id = p_candidate_id;
  return true;
end
$$;

-- Takes everything personal of somebody out of this database, and queues their objects. What stays: which ids, in
-- which order, which rank and status, who of the office did it, and when.
create function app.erase_person(p_organisation_id uuid, p_candidate_id uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_person app.candidates;
  v_filenames text[];
begin
  select c.* into v_person from app.candidates c
  where c.organisation_id = p_organisation_id and c.id = p_candidate_id and c.erased_at is null
  for no key update;
  if not found then
    return false;
  end if;
  select coalesce(array_agg(r.filename), '{}') into v_filenames from app.resumes r
  where r.organisation_id = p_organisation_id and r.candidate_id = p_candidate_id;

  insert into app.erasure_salts (organisation_id) values (p_organisation_id) on conflict do nothing;
  insert into app.erased_numbers (organisation_id, number_sha256)
  values (p_organisation_id, app.number_digest(p_organisation_id, v_person.candidate_external_id))
  on conflict (organisation_id, number_sha256) do update set erased_at = now();

  insert into app.object_removals (organisation_id, storage_path)
  select r.organisation_id, r.resume_storage_path from app.resumes r
  where r.organisation_id = p_organisation_id and r.candidate_id = p_candidate_id
    and r.resume_storage_path is not null
  union
  select e.organisation_id, e.resume_storage_path from app.candidate_events e
  where e.organisation_id = p_organisation_id and e.candidate_id = p_candidate_id
    and e.resume_storage_path is not null
  union
  select u.organisation_id, u.storage_path from app.resume_uploads u
  join app.resumes r on r.organisation_id = u.organisation_id and r.id = u.resume_id
  where r.organisation_id = p_organisation_id and r.candidate_id = p_candidate_id
  on conflict (organisation_id, storage_path) do update set asked_at = now(), due_at = now();

  delete from app.resume_uploads u
  using app.resumes r
  where r.organisation_id = u.organisation_id and r.id = u.resume_id
    and r.organisation_id = p_organisation_id and r.candidate_id = p_candidate_id;

  update app.candidates c
  set candidate_external_id = 'erased-' || c.id, latest_filename = '', name = '', present_rank = '', email = '',
    country = '', mobile_no = '', updated_at = now(), erased_at = now(),
    deleted_at = coalesce(c.deleted_at, now()), deleted_because = coalesce(c.deleted_because, 'request'),
    erase_at = coalesce(c.erase_at, now())
  where c.id = p_candidate_id;

  update app.resumes r
  set content_sha256 = encode(sha256(convert_to('content ' || r.id, 'UTF8')), 'hex'),
    file_sha256 = encode(sha256(convert_to('file ' || r.id, 'UTF8')), 'hex'), file_length = 1,
    filename = 'erased', facts = jsonb_build_object('facts_version', r.facts_version, 'source', 'page'), text = '',
    resume_storage_path = null, resume_source = 'local_only', resume_checksum_sha256 = null,
    resume_uploaded_at = null, resume_upload_status = 'failed', deleted_at = coalesce(r.deleted_at, now())
  where r.organisation_id = p_organisation_id and r.candidate_id = p_candidate_id;

  update app.candidate_events e
  set notes = case when e.notes = '' then '' else 'erased' end, ai_search_prompt = '', ai_match_reason = '',
    filename = '', override_reason = case when e.override_reason = '' then '' else 'erased' end,
    resume_storage_path = null, resume_checksum_sha256 = null, call_back_on = null
  where e.organisation_id = p_organisation_id and e.candidate_id = p_candidate_id;

  update app.candidate_state s
  set candidate_external_id = 'erased-' || s.candidate_id, name = '', present_rank = '', email = '', country = '',
    mobile_no = '', availability = '', date_of_birth = null, expiry_dates = '{}',
    notes = case when s.notes = '' then '' else 'erased' end, call_back_on = null, call_back_user_id = null,
    erased_at = now(), deleted_at = coalesce(s.deleted_at, now())
  where s.candidate_id = p_candidate_id;

  update app.legal_holds h set reason = 'erased'
  where h.organisation_id = p_organisation_id and h.candidate_id = p_candidate_id;

  -- Which computers have a copy must be known when their indices do not say it any more.
  insert into app.audit_log (organisation_id, device_id, action, subject_type, subject_id)
  select distinct f.organisation_id, f.device_id, 'resume.kept-on-computer', 'candidate', p_candidate_id::text
  from app.read_files f
  join app.resumes r on r.organisation_id = f.organisation_id and r.id = f.resume_id
  where f.organisation_id = p_organisation_id and r.candidate_id = p_candidate_id;
  perform app.erase_person_elsewhere(v_person, v_filenames);
  return true;
end
$$;

-- What names the person where it is not theirs: logs of downloads, feedback on a file, names that somebody searched for.
create function app.erase_person_elsewhere(p_person app.candidates, p_filenames text[]) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_digits text := regexp_replace(p_person.mobile_no, '[^0-9]', '', 'g');
begin
  update app.download_job_logs l set candidate_external_id = null, line = 'erased'
  where l.organisation_id = p_person.organisation_id and l.candidate_external_id = p_person.candidate_external_id;

  -- A path has its person's name in it. Whether a computer has a copy is in the audit log.
  delete from app.read_files f
  where f.organisation_id = p_person.organisation_id
    and (
      f.resume_id in (
        select r.id from app.resumes r
        where r.organisation_id = p_person.organisation_id and r.candidate_id = p_person.id
      )
      or regexp_replace(f.file_path, '^.*/', '') = any (p_filenames)
    );

  update app.analysis_feedback f
  set filename = '', query = '', llm_reason = '', user_notes = ''
  where f.organisation_id = p_person.organisation_id and f.filename = any (p_filenames);

  update app.saved_views v set filters = jsonb_set(v.filters, '{q}', '""')
  where v.organisation_id = p_person.organisation_id and v.filters ->> 'q' <> ''
    and (
      (p_person.name <> '' and position(lower(p_person.name) in lower(v.filters ->> 'q')) > 0)
      or (p_person.email <> '' and position(lower(p_person.email) in lower(v.filters ->> 'q')) > 0)
      or position(p_person.candidate_external_id in v.filters ->> 'q') > 0
      or (length(v_digits) > 5
        and position(v_digits in regexp_replace(v.filters ->> 'q', '[^0-9]', '', 'g')) > 0)
    );

  update app.saved_views v set name = 'View ' || left(v.id::text, 8)
  where v.organisation_id = p_person.organisation_id
    and (
      (p_person.name <> '' and position(lower(p_person.name) in lower(v.name)) > 0)
      or position(p_person.candidate_external_id in v.name) > 0
    );
end
$$;

-- An admin erases one person, now and for good.
create function app.erase_candidate(p_candidate_id uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
begin
  if (select app.caller_role()) is distinct from 'admin' then
    raise exception 'auth.forbidden' using errcode = '42501';
  end if;
  return app.erase_person(app.caller_organisation_id(), p_candidate_id);
end
$$;

-- An admin brings back who was deleted and is not erased yet; says who it was.
create function app.restore_candidates(p_candidate_ids uuid[]) returns setof uuid
language plpgsql volatile security definer set search_path = ''
as $$
begin
  if (select app.caller_role()) is distinct from 'admin' then
    raise exception 'auth.forbidden' using errcode = '42501';
  end if;
  return query
    select p.id from unnest(p_candidate_ids) as p (id)
    where app.bring_back(app.caller_organisation_id(), p.id);
end
$$;

-- A resume of somebody who was deleted for want of activity was fetched again: they are back.
create function app.restore_downloaded(p_candidate_external_id text) returns uuid
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_candidate_id uuid;
begin
  select c.id into v_candidate_id from app.candidates c
  where c.organisation_id = app.caller_organisation_id() and c.candidate_external_id = p_candidate_external_id
  for no key update;
  if v_candidate_id is not null and app.bring_back(app.caller_organisation_id(), v_candidate_id) then
    return v_candidate_id;
  end if;
  return null;
end
$$;

-- Who was deleted and can still be brought back, for admins.
create function app.deleted_people(p_before timestamptz, p_before_id uuid, p_limit integer)
returns table (
  candidate_id uuid, name text, rank_applied_for text, status text, touched_at timestamptz, deleted_at timestamptz,
  erase_at timestamptz
)
language sql stable security definer set search_path = ''
as $$
  select s.candidate_id, s.name, s.rank_applied_for, s.status, s.touched_at, s.deleted_at, c.erase_at
  from app.candidate_state s
  join app.candidates c on c.id = s.candidate_id
  where app.caller_role() = 'admin' and s.organisation_id = app.caller_organisation_id()
    and s.deleted_at is not null and s.erased_at is null
    and (p_before is null or (s.deleted_at, s.candidate_id) < (p_before, p_before_id))
  order by s.deleted_at desc, s.candidate_id desc
  limit least(p_limit, 500)
$$;

-- How many of the office's people are not in its lists any more, by rank: with these, the counts of what the office
-- did stay what they were.
create function app.deleted_counts() returns table (
  rank_applied_for text, active bigint, archived bigint, waiting bigint, erased bigint
)
language sql stable security definer set search_path = ''
as $$
  select s.rank_applied_for,
    count(*) filter (where s.status not in ('Mail Sent (handoff complete)', 'Not Interested')),
    count(*) filter (where s.status in ('Mail Sent (handoff complete)', 'Not Interested')),
    count(*) filter (where s.erased_at is null),
    count(*) filter (where s.erased_at is not null)
  from app.candidate_state s
  where s.organisation_id = app.caller_organisation_id() and app.caller_role() <> 'device' and s.deleted_at is not null
  group by s.rank_applied_for
$$;

revoke execute on function app.is_held(uuid, uuid), app.check_legal_hold(), app.refuse_what_is_held(),
  app.number_digest(uuid, text), app.erased_when(text), app.resume_of(text, text),
  app.hide_people(uuid, uuid[], text, timestamptz),
  app.bring_back(uuid, uuid), app.erase_person(uuid, uuid),
  app.erase_person_elsewhere(app.candidates, text[]), app.erase_candidate(uuid), app.restore_candidates(uuid[]),
  app.restore_downloaded(text), app.deleted_people(timestamptz, uuid, integer), app.deleted_counts() from public;
grant execute on function app.erased_when(text), app.resume_of(text, text), app.erase_candidate(uuid), app.restore_candidates(uuid[]),
  app.restore_downloaded(text), app.deleted_people(timestamptz, uuid, integer), app.deleted_counts()
  to authenticated;
