-- What the database itself holds true of events and states, and who may see and write them.

-- Every event fits the state that it meets. The row of candidate_state is locked first, so that two changes of
-- one person stand in a row.
create function app.check_candidate_event() returns trigger
language plpgsql set search_path = ''
as $$
declare
  v_before text;
  v_undone app.candidate_events;
begin
  select s.status into v_before
  from app.candidate_state s
  where s.candidate_id = new.candidate_id
  for update;
  if not found then
    raise exception 'ingest.unknown-candidate' using errcode = 'NJ001';
  end if;
  if new.previous_status is distinct from v_before then
    raise exception 'candidate.changed-meanwhile' using errcode = 'NJ001';
  end if;

  if new.event_type = 'initial_verification' then
    if new.status is distinct from coalesce(v_before, 'New') then
      raise exception 'verifying never resets a status' using errcode = 'NJ001';
    end if;
  elsif new.event_type = 'status_change' then
    if v_before is null then
      raise exception 'candidate.not-verified' using errcode = 'NJ001';
    end if;
    if not exists (
      select from app.status_transitions t where t.from_status = v_before and t.to_status = new.status
    ) then
      if (select app.caller_role()) is distinct from 'admin' then
        raise exception 'status.transition-not-allowed' using errcode = 'NJ001';
      end if;
      if trim(new.override_reason) = '' then
        raise exception 'status.override-needs-reason' using errcode = 'NJ001';
      end if;
    end if;
  elsif new.event_type = 'undo' then
    select e.* into v_undone from app.candidate_events e where e.id = new.undoes_event_id;
    if not found or v_undone.candidate_id <> new.candidate_id
      or v_undone.event_type not in ('initial_verification', 'review_passed', 'status_change', 'note_added') then
      raise exception 'undo.not-possible' using errcode = 'NJ001';
    end if;
    if v_undone.created_by_user_id <> new.created_by_user_id then
      raise exception 'undo.not-yours' using errcode = 'NJ001';
    end if;
    if v_undone.recorded_at < now() - interval '10 minutes' then
      raise exception 'undo.too-late' using errcode = 'NJ001';
    end if;
    if v_undone.status is distinct from v_before or new.status is distinct from v_undone.previous_status then
      raise exception 'undo.not-latest' using errcode = 'NJ001';
    end if;
  elsif new.status is distinct from v_before then
    raise exception 'this event does not change a status' using errcode = 'NJ001';
  end if;
  return new;
end
$$;
create trigger check_candidate_event before insert on app.candidate_events
  for each row execute function app.check_candidate_event();

-- A state changes only by an event that says so.
create function app.check_candidate_state() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status is not null or new.version <> 0 then
      raise exception 'a state begins empty' using errcode = 'NJ001';
    end if;
    return new;
  end if;
  if new.status is distinct from old.status or new.notes <> old.notes or new.version <> old.version then
    if new.last_event_id is not distinct from old.last_event_id or new.version <> old.version + 1
      or not exists (
        select from app.candidate_events e
        where e.id = new.last_event_id
          and e.candidate_id = new.candidate_id
          and e.status is not distinct from new.status
          and e.resulting_version = new.version
      ) then
      raise exception 'a state changes by an event only' using errcode = 'NJ001';
    end if;
  end if;
  return new;
end
$$;
create trigger check_candidate_state before insert or update on app.candidate_state
  for each row execute function app.check_candidate_state();

-- The search for anyone. As a definer, because under row-level security `like` would not use the trigram index.
create function app.find_candidate_ids(p_query text) returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select s.candidate_id
  from app.candidate_state s
  where s.organisation_id = app.caller_organisation_id()
    and app.caller_role() <> 'device'
    and s.search_text like
      '%' || replace(replace(replace(lower(p_query), '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;

-- The earliest of the dates that is not before a day.
create function app.next_expiry(p_dates date[], p_day date) returns date
language sql immutable parallel safe set search_path = ''
as $$
  select min(d) from unnest(p_dates) d where d >= p_day
$$;

revoke execute on function app.check_candidate_event(), app.check_candidate_state(),
  app.find_candidate_ids(text), app.next_expiry(date[], date) from public;
grant execute on function app.find_candidate_ids(text), app.next_expiry(date[], date) to authenticated;

alter table app.candidates enable row level security;
alter table app.candidates force row level security;
alter table app.resumes enable row level security;
alter table app.resumes force row level security;
alter table app.status_transitions enable row level security;
alter table app.status_transitions force row level security;
alter table app.candidate_events enable row level security;
alter table app.candidate_events force row level security;
alter table app.candidate_state enable row level security;
alter table app.candidate_state force row level security;

grant select, insert on app.candidates to authenticated;
grant update (latest_filename, rank_applied_for, name, present_rank, email, country, mobile_no, updated_at)
  on app.candidates to authenticated;
grant select, insert on app.resumes to authenticated;
grant update (review_state, resume_storage_path, resume_source, resume_checksum_sha256, resume_uploaded_at,
  resume_upload_status) on app.resumes to authenticated;
grant select on app.status_transitions to authenticated;
-- Append-only: no update, no delete; and the time of recording is this database's.
grant select, insert (id, organisation_id, candidate_id, event_type, status, previous_status, notes,
  rank_applied_for, search_ship_type, ai_search_prompt, ai_match_reason, filename, resume_id, resume_storage_path,
  resume_source, resume_checksum_sha256, resume_uploaded_at, resume_upload_status, undoes_event_id,
  override_reason, expected_version, resulting_version, created_by_user_id, created_by_device_id, created_at)
  on app.candidate_events to authenticated;
grant select, insert on app.candidate_state to authenticated;
grant update (latest_resume_id, review_state, downloaded_at, status, notes, verified_at, touched_by_user_id,
  touched_by_device_id, touched_at, version, last_event_id, latest_decision_id, name, present_rank,
  rank_applied_for, search_ship_type, email, country, mobile_no, availability, date_of_birth, expiry_dates)
  on app.candidate_state to authenticated;

create policy candidates_read on app.candidates for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()));
create policy candidates_make on app.candidates for insert to authenticated
  with check (organisation_id = (select app.caller_organisation_id()));
create policy candidates_change on app.candidates for update to authenticated
  using (organisation_id = (select app.caller_organisation_id()))
  with check (organisation_id = (select app.caller_organisation_id()));

create policy resumes_read on app.resumes for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()));
create policy resumes_make on app.resumes for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and device_id is not distinct from (select app.caller_device_id())
    and review_state = 'to_review'
    and resume_upload_status = 'pending'
  );
create policy resumes_change on app.resumes for update to authenticated
  using (organisation_id = (select app.caller_organisation_id()))
  with check (organisation_id = (select app.caller_organisation_id()));

create policy status_transitions_read on app.status_transitions for select to authenticated using (true);

create policy candidate_events_read on app.candidate_events for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and ((select app.caller_device_id()) is null or created_by_device_id = (select app.caller_device_id()))
  );
-- Everybody signs with their own name; a device records downloads and no decisions.
create policy candidate_events_append on app.candidate_events for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and created_by_user_id = (select auth.uid())
    and created_by_device_id is not distinct from (select app.caller_device_id())
    and ((select app.caller_device_id()) is null or event_type in ('resume_downloaded', 'resume_updated'))
  );

create policy candidate_state_read on app.candidate_state for select to authenticated
  using (organisation_id = (select app.caller_organisation_id()));
create policy candidate_state_make on app.candidate_state for insert to authenticated
  with check (organisation_id = (select app.caller_organisation_id()));
create policy candidate_state_change on app.candidate_state for update to authenticated
  using (organisation_id = (select app.caller_organisation_id()))
  with check (organisation_id = (select app.caller_organisation_id()));
