-- Schema `app` as the migrations leave it: made by `python -m tools.generate`, and a test proves that it is
-- their sum. To be read, and never applied to a database of somebody's: that is what the migrations are for.
set check_function_bodies = off;
create schema if not exists extensions;
create extension if not exists pg_trgm with schema extensions;
create schema app;


-- Functions -------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION app.accept_invitation(p_token_hash bytea, p_user_id uuid, p_full_name text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.access_marks(p_offices uuid[], p_ids uuid[])
 RETURNS TABLE(office_id uuid, subject_id uuid, mark text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.applied_migrations()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select m.version from supabase_migrations.schema_migrations m
$function$;

CREATE OR REPLACE FUNCTION app.audit_agent_settings()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if new.download_folder <> '' and (tg_op = 'INSERT' or new.download_folder <> old.download_folder) then
    insert into app.audit_log (organisation_id, user_id, device_id, action, subject_type, subject_id)
    values (new.organisation_id, auth.uid(), app.caller_device_id(), 'device.folder-changed', 'device',
      new.device_id::text);
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.bring_back(p_organisation_id uuid, p_candidate_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.caller_address()
 RETURNS inet
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'address', '')::inet
$function$;

CREATE OR REPLACE FUNCTION app.caller_claimed_device_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'device_id', '')::uuid
$function$;

CREATE OR REPLACE FUNCTION app.caller_colleague_ids()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select m.user_id
  from app.memberships m
  where m.organisation_id = app.caller_organisation_id()
    and (app.caller_claimed_device_id() is null or m.user_id = auth.uid())
$function$;

CREATE OR REPLACE FUNCTION app.caller_device_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select app.caller_claimed_device_id() where app.caller_organisation_id() is not null
$function$;

CREATE OR REPLACE FUNCTION app.caller_is_active()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select app.caller_organisation_id() is not null
$function$;

CREATE OR REPLACE FUNCTION app.caller_organisation_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.caller_role()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select case when app.caller_claimed_device_id() is null then m.role else 'device' end
  from app.memberships m
  where m.user_id = auth.uid() and m.organisation_id = app.caller_organisation_id()
$function$;

CREATE OR REPLACE FUNCTION app.caller_trace_id()
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'trace_id', '')
$function$;

CREATE OR REPLACE FUNCTION app.candidate_marks(p_offices uuid[], p_ids uuid[])
 RETURNS TABLE(office_id uuid, subject_id uuid, mark text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select w.office_id, w.id, coalesce(m.seq, 0)::text
  from unnest(p_offices, p_ids) as w (office_id, id)
  left join app.office_marks m on m.organisation_id = w.office_id
$function$;

CREATE OR REPLACE FUNCTION app.check_agent_command()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if old.state <> 'waiting' then
    raise exception 'command.over' using errcode = 'NJ001';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.check_candidate_event()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.check_candidate_state()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if tg_op = 'INSERT' then
    if new.status is not null or new.version <> 0 or new.call_back_on is not null then
      raise exception 'a state begins empty' using errcode = 'NJ001';
    end if;
    return new;
  end if;
  if new.status is distinct from old.status or new.notes <> old.notes or new.version <> old.version
    or new.call_back_on is distinct from old.call_back_on
    or new.call_back_user_id is distinct from old.call_back_user_id then
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
  if new.call_back_on is not null
    and (new.call_back_on is distinct from old.call_back_on
      or new.call_back_user_id is distinct from old.call_back_user_id)
    and not exists (
      select from app.candidate_events e
      where e.organisation_id = new.organisation_id
        and e.candidate_id = new.candidate_id
        and e.call_back_on = new.call_back_on
        and e.created_by_user_id = new.call_back_user_id
    ) then
    raise exception 'a call-back is its writer''s' using errcode = 'NJ001';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.check_download_job()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if old.status in ('success', 'failed', 'cancelled') then
    raise exception 'job.is-over' using errcode = 'NJ001';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.check_legal_hold()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.check_resume()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if new.review_state <> old.review_state and app.caller_claimed_device_id() is not null then
    raise exception 'auth.forbidden' using errcode = 'NJ001';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.claim_object_removals(p_limit integer)
 RETURNS TABLE(removal_id uuid, storage_path text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.claim_upload_check(p_while interval)
 RETURNS TABLE(check_claim uuid, storage_path text, file_sha256 text, file_length bigint, checks integer)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  update app.resume_uploads u
  set check_claim = gen_random_uuid(), checks = u.checks + 1, check_at = now() + p_while * (u.checks + 1)
  where (u.organisation_id, u.resume_id, u.file_sha256) = (
    select due.organisation_id, due.resume_id, due.file_sha256
    from app.resume_uploads due
    where due.check_at <= now()
    order by due.check_at
    limit 1
    for update skip locked
  )
  returning u.check_claim, u.storage_path, u.file_sha256, u.file_length, u.checks
$function$;

CREATE OR REPLACE FUNCTION app.command_marks(p_offices uuid[], p_ids uuid[])
 RETURNS TABLE(office_id uuid, subject_id uuid, mark text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select w.office_id, w.device_id, count(c.id)::text || ' ' || coalesce(max(c.created_at)::text, '')
  from unnest(p_offices, p_ids) as w (office_id, device_id)
  left join app.agent_commands c
    on c.organisation_id = w.office_id and c.device_id = w.device_id and c.state = 'waiting'
    and (c.kind <> 'upload_resume' or c.claimed_at is null)
  group by w.office_id, w.device_id
$function$;

CREATE OR REPLACE FUNCTION app.complete_audit_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  new.details := new.details - 'candidate_external_id' #- '{filter,q}';
  if new.candidate_id is null and new.subject_type = 'candidate' then
    new.candidate_id := new.subject_id::uuid;
  elsif new.candidate_id is null and new.subject_type = 'resume' then
    select r.candidate_id into new.candidate_id
    from app.resumes r
    where r.organisation_id = new.organisation_id and r.id = new.subject_id::uuid;
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.computers_with(p_candidate_id uuid)
 RETURNS TABLE(device_id uuid, device_name text, owner_name text, status text, last_seen_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.count_try(p_key_hash bytea, p_most integer, p_seconds integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_now constant timestamptz := clock_timestamp();
  v_wait integer;
begin
  insert into app.tries as t (key_hash, tries, ends_at)
  values (p_key_hash, 1, v_now + make_interval(secs => p_seconds))
  on conflict (key_hash) do update set
    tries = case when t.ends_at <= v_now then 1 else least(t.tries, 1000000) + 1 end,
    ends_at = case when t.ends_at <= v_now then excluded.ends_at else t.ends_at end
  returning case when t.tries <= p_most then 0 else greatest(1, ceil(extract(epoch from t.ends_at - v_now))) end
  into v_wait;
  -- A few of those that are over, so that the table never grows beyond the busiest hour.
  delete from app.tries t where t.key_hash in (
    select o.key_hash from app.tries o
    where o.ends_at < v_now - interval '1 minute'
    order by o.ends_at
    limit 5
    for update skip locked
  );
  return v_wait;
end
$function$;

CREATE OR REPLACE FUNCTION app.deleted_counts()
 RETURNS TABLE(rank_applied_for text, active bigint, archived bigint, waiting bigint, erased bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select s.rank_applied_for,
    count(*) filter (where s.status not in ('Mail Sent (handoff complete)', 'Not Interested')),
    count(*) filter (where s.status in ('Mail Sent (handoff complete)', 'Not Interested')),
    count(*) filter (where s.erased_at is null),
    count(*) filter (where s.erased_at is not null)
  from app.candidate_state s
  where s.organisation_id = app.caller_organisation_id() and app.caller_role() <> 'device' and s.deleted_at is not null
  group by s.rank_applied_for
$function$;

CREATE OR REPLACE FUNCTION app.deleted_people(p_before timestamp with time zone, p_before_id uuid, p_limit integer)
 RETURNS TABLE(candidate_id uuid, name text, rank_applied_for text, status text, touched_at timestamp with time zone, deleted_at timestamp with time zone, erase_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select s.candidate_id, s.name, s.rank_applied_for, s.status, s.touched_at, s.deleted_at, c.erase_at
  from app.candidate_state s
  join app.candidates c on c.id = s.candidate_id
  where app.caller_role() = 'admin' and s.organisation_id = app.caller_organisation_id()
    and s.deleted_at is not null and s.erased_at is null
    and (p_before is null or (s.deleted_at, s.candidate_id) < (p_before, p_before_id))
  order by s.deleted_at desc, s.candidate_id desc
  limit least(p_limit, 500)
$function$;

CREATE OR REPLACE FUNCTION app.device_by_token(p_token_hash bytea)
 RETURNS TABLE(device_id uuid, organisation_id uuid, user_id uuid, status text, member_active boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select d.id, d.organisation_id, d.user_id, d.status, m.active
  from app.devices d
  join app.memberships m on m.user_id = d.user_id and m.organisation_id = d.organisation_id
  where d.token_hash = p_token_hash
$function$;

CREATE OR REPLACE FUNCTION app.erase_candidate(p_candidate_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if (select app.caller_role()) is distinct from 'admin' then
    raise exception 'auth.forbidden' using errcode = '42501';
  end if;
  return app.erase_person(app.caller_organisation_id(), p_candidate_id);
end
$function$;

CREATE OR REPLACE FUNCTION app.erase_expired(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.erase_person(p_organisation_id uuid, p_candidate_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.erased_when(p_candidate_external_id text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select n.erased_at
  from app.erased_numbers n
  where n.organisation_id = app.caller_organisation_id()
    and n.number_sha256 = app.number_digest(app.caller_organisation_id(), p_candidate_external_id)
$function$;

CREATE OR REPLACE FUNCTION app.find_candidate_ids(p_query text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select s.candidate_id
  from app.candidate_state s
  where s.organisation_id = app.caller_organisation_id()
    and app.caller_role() <> 'device'
    and s.deleted_at is null
    and s.search_text like
      '%' || replace(replace(replace(lower(p_query), '\', '\\'), '%', '\%'), '_', '\_') || '%'
$function$;

CREATE OR REPLACE FUNCTION app.follow_rules(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.forget_old_commands()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  delete from app.sealed_codes s where s.expires_at <= now();
  update app.agent_commands c
  set state = 'expired'
  where c.state = 'waiting' and (
    (c.kind = 'upload_resume' and c.expires_at <= now())
    or (
      c.kind = 'start_download' and c.claimed_at is not null
      and exists (
        select from app.download_jobs j
        where j.organisation_id = c.organisation_id and j.id = c.job_id and j.status = 'cancelled'
      )
    )
  );
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
$function$;

CREATE OR REPLACE FUNCTION app.forget_tries(p_key_hash bytea)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  delete from app.tries t where t.key_hash = p_key_hash
$function$;

CREATE OR REPLACE FUNCTION app.hide_people(p_organisation_id uuid, p_candidate_ids uuid[], p_because text, p_erase_at timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.hold_upload_check(p_check_claim uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_upload app.resume_uploads;
  v_resume app.resumes;
begin
  select * into v_upload from app.resume_uploads u where u.check_claim = p_check_claim for update;
  if not found then
    return null;
  end if;
  select * into v_resume from app.resumes r
  where r.organisation_id = v_upload.organisation_id and r.id = v_upload.resume_id
  for update;
  if (to_jsonb(v_resume) ->> 'deleted_at') is not null
    or (v_resume.resume_upload_status = 'uploaded' and v_resume.resume_storage_path <> v_upload.storage_path)
  then
    return 'surplus';
  end if;
  return 'mine';
end
$function$;

CREATE OR REPLACE FUNCTION app.idle_people(p_organisation_id uuid, p_months integer, p_statuses text[], p_ranks text[])
 RETURNS TABLE(candidate_id uuid, rank_applied_for text, status text, name text, touched_at timestamp with time zone)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select s.candidate_id, s.rank_applied_for, s.status, s.name, s.touched_at
  from app.candidate_state s
  where s.organisation_id = p_organisation_id
    and s.deleted_at is null
    and s.touched_at < now() - make_interval(months => p_months)
    and (cardinality(p_statuses) = 0 or coalesce(s.status, 'unverified') = any (p_statuses))
    and (cardinality(p_ranks) = 0 or s.rank_applied_for = any (p_ranks))
$function$;

CREATE OR REPLACE FUNCTION app.invitation_by_token(p_token_hash bytea)
 RETURNS TABLE(organisation_name text, email text, role text, invited_by text, expires_at timestamp with time zone, state text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.is_held(p_organisation_id uuid, p_candidate_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select exists (
    select from app.legal_holds h
    where h.organisation_id = p_organisation_id and h.candidate_id = p_candidate_id and h.lifted_at is null
  )
$function$;

CREATE OR REPLACE FUNCTION app.job_figures(p_days integer)
 RETURNS TABLE(status text, reason text, jobs bigint, seconds double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select j.status, coalesce(j.reason, ''), count(*),
    coalesce(sum(extract(epoch from j.ended_at - j.started_at)), 0)::double precision
  from app.download_jobs j
  where j.ended_at > now() - make_interval(days => p_days)
  group by 1, 2
$function$;

CREATE OR REPLACE FUNCTION app.job_marks(p_offices uuid[], p_ids uuid[])
 RETURNS TABLE(office_id uuid, subject_id uuid, mark text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select j.organisation_id, j.id, j.xmin::text
  from unnest(p_offices, p_ids) as w (office_id, id)
  join app.download_jobs j on j.organisation_id = w.office_id and j.id = w.id
$function$;

CREATE OR REPLACE FUNCTION app.keep_an_admin()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.kept_of(p_candidate_id uuid)
 RETURNS TABLE(candidate_id uuid, deleted_at timestamp with time zone, erase_at timestamp with time zone, resumes bigint, cloud_copies bigint, exports bigint, hold_id uuid, hold_reason text, hold_placed_at timestamp with time zone, hold_placed_by text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.next_expiry(p_dates date[], p_day date)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO ''
AS $function$
  select min(d) from unnest(p_dates) d where d >= p_day
$function$;

CREATE OR REPLACE FUNCTION app.note_candidate_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.number_digest(p_organisation_id uuid, p_number text)
 RETURNS bytea
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select sha256(convert_to(s.salt::text || ':' || p_number, 'UTF8'))
  from app.erasure_salts s
  where s.organisation_id = p_organisation_id
$function$;

CREATE OR REPLACE FUNCTION app.object_removed(p_removal_id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  delete from app.object_removals o where o.id = p_removal_id and o.asked_at < now() - interval '15 minutes'
$function$;

CREATE OR REPLACE FUNCTION app.office_device(p_device_id uuid)
 RETURNS TABLE(device_name text, last_seen_at timestamp with time zone, status text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select d.device_name, d.last_seen_at, d.status
  from app.devices d
  where d.id = p_device_id and d.organisation_id = app.caller_organisation_id()
$function$;

CREATE OR REPLACE FUNCTION app.only_one_worker()
 RETURNS boolean
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select pg_try_advisory_xact_lock(67, hashtext('njordhr.retention'))
$function$;

CREATE OR REPLACE FUNCTION app.refuse_change_of_audit_log()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  raise exception 'the audit log is only added to' using errcode = '42501';
end
$function$;

CREATE OR REPLACE FUNCTION app.refuse_what_is_held()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.register_device(p_code_hash bytea, p_token_hash bytea, p_device_name text, p_platform text, p_agent_version text)
 RETURNS TABLE(device_id uuid, organisation_id uuid, organisation_name text, user_id uuid, user_email text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.register_device(p_code_hash bytea, p_token_hash bytea, p_device_name text, p_platform text, p_agent_version text, p_device_id uuid)
 RETURNS TABLE(device_id uuid, organisation_id uuid, organisation_name text, user_id uuid, user_email text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
#variable_conflict use_column
declare
  v_organisation_id uuid;
  v_user_id uuid;
  v_device_id uuid;
begin
  update app.pairing_codes c
  set used_at = now()
  from app.memberships m
  where c.code_hash = p_code_hash
    and c.used_at is null
    and c.expires_at > now()
    and m.user_id = c.user_id
    and m.organisation_id = c.organisation_id
    and m.active
  returning c.organisation_id, c.user_id into v_organisation_id, v_user_id;
  if not found then
    return;
  end if;
  update app.devices d
  set token_hash = p_token_hash, device_name = p_device_name, platform = p_platform, agent_version = p_agent_version
  where d.id = p_device_id
    and d.organisation_id = v_organisation_id
    and d.user_id = v_user_id
    and d.status = 'active'
  returning d.id into v_device_id;
  if not found then
    insert into app.devices as d (organisation_id, user_id, device_name, platform, agent_version, token_hash)
    values (v_organisation_id, v_user_id, p_device_name, p_platform, p_agent_version, p_token_hash)
    returning d.id into v_device_id;
  end if;
  insert into app.audit_log (organisation_id, user_id, action, subject_type, subject_id)
  values (v_organisation_id, v_user_id, 'device.paired', 'device', v_device_id::text);
  return query
    select v_device_id, o.id, o.name, u.id, u.email
    from app.organisations o, app.users u
    where o.id = v_organisation_id and u.id = v_user_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.restore_candidates(p_candidate_ids uuid[])
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if (select app.caller_role()) is distinct from 'admin' then
    raise exception 'auth.forbidden' using errcode = '42501';
  end if;
  return query
    select p.id from unnest(p_candidate_ids) as p (id)
    where app.bring_back(app.caller_organisation_id(), p.id);
end
$function$;

CREATE OR REPLACE FUNCTION app.restore_downloaded(p_candidate_external_id text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.resume_of(p_candidate_external_id text, p_content_sha256 text)
 RETURNS TABLE(resume_id uuid, candidate_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select r.id, r.candidate_id
  from app.candidates c
  join app.resumes r on r.organisation_id = c.organisation_id and r.candidate_id = c.id
  where c.organisation_id = app.caller_organisation_id()
    and c.candidate_external_id = p_candidate_external_id and r.content_sha256 = p_content_sha256
$function$;

CREATE OR REPLACE FUNCTION app.settle_upload_check(p_check_claim uuid, p_found text, p_reason text, p_after interval)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_upload app.resume_uploads;
begin
  select * into v_upload from app.resume_uploads u where u.check_claim = p_check_claim for update;
  if not found then
    return;
  end if;
  if p_found = 'stored' then
    update app.resumes r
    set resume_upload_status = 'uploaded', resume_storage_path = v_upload.storage_path,
      resume_checksum_sha256 = v_upload.file_sha256, resume_stored_length = v_upload.file_length,
      resume_uploaded_at = now(), resume_source = 'cloud_synced'
    where r.organisation_id = v_upload.organisation_id and r.id = v_upload.resume_id
      and r.resume_upload_status <> 'uploaded';
  elsif p_found = 'wrong' then
    update app.resumes r
    set resume_upload_status = 'failed', resume_storage_path = null, resume_checksum_sha256 = null,
      resume_uploaded_at = null, resume_source = 'local_only'
    where r.organisation_id = v_upload.organisation_id and r.id = v_upload.resume_id
      and (r.resume_storage_path is null or r.resume_storage_path = v_upload.storage_path);
  end if;
  if p_found in ('stored', 'surplus') then
    -- With what other prints of the resume left, unless there may be an object of theirs to look at.
    delete from app.resume_uploads u
    where u.organisation_id = v_upload.organisation_id and u.resume_id = v_upload.resume_id
      and (u.check_claim = p_check_claim or u.check_at is null);
  elsif p_found = 'later' then
    update app.resume_uploads u set check_claim = null, check_at = now() + p_after, reason = p_reason
    where u.check_claim = p_check_claim;
  else
    -- A link that nobody used is no failure.
    update app.resume_uploads u
    set check_claim = null, check_at = null, checks = 0, told_at = null, reason = p_reason,
      failures = u.failures + (u.told_at is not null)::integer,
      failed_at = case when u.told_at is not null then now() else u.failed_at end
    where u.check_claim = p_check_claim;
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.sync_figures()
 RETURNS TABLE(devices bigint, silent bigint, waiting bigint, parked bigint, lag_median double precision, lag_most double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select d.devices, d.silent, d.waiting, d.parked, e.lag_median, e.lag_most
  from (
    select count(*) as devices,
      count(*) filter (where d.last_seen_at is null or d.last_seen_at < now() - interval '15 minutes') as silent,
      coalesce(sum(d.waiting), 0) as waiting, coalesce(sum(d.parked), 0) as parked
    from app.devices d
    where d.status = 'active'
  ) d
  cross join (
    select
      coalesce(percentile_cont(0.5) within group (order by n.late), 0)::double precision as lag_median,
      coalesce(max(n.late), 0)::double precision as lag_most
    from (
      select greatest(extract(epoch from e.recorded_at - e.created_at), 0)::double precision as late
      from (select * from app.candidate_events c order by c.position desc limit 1000) e
      where e.recorded_at > now() - interval '1 hour'
    ) n
  ) e
$function$;

CREATE OR REPLACE FUNCTION app.upload_figures()
 RETURNS TABLE(asked bigint, being_checked bigint, failing bigint, oldest_seconds double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select
    count(*) filter (where u.told_at is null and u.failures = 0),
    count(*) filter (where u.told_at is not null),
    count(*) filter (where u.told_at is null and u.failures > 0),
    coalesce(extract(epoch from now() - min(u.first_asked_at)), 0)::double precision
  from app.resume_uploads u
$function$;

CREATE OR REPLACE FUNCTION app.waiting_object_removals()
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select count(*) from app.object_removals o
  where o.organisation_id = app.caller_organisation_id() and app.caller_role() = 'admin'
$function$;

CREATE OR REPLACE FUNCTION app.was_member(p_user_id uuid, p_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;


-- Tables ----------------------------------------------------------------------------------------------------

create table app.agent_commands (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  device_id uuid not null,
  kind text default 'upload_resume'::text not null,
  resume_id uuid,
  asked_by_user_id uuid not null,
  state text default 'waiting'::text not null,
  reason text,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone default (now() + '7 days'::interval) not null,
  claimed_at timestamp with time zone,
  job_id uuid,
  sealed_sha256 text,
  constraint agent_commands_pkey PRIMARY KEY (organisation_id, id),
  constraint agent_commands_about_check CHECK ((((kind = 'upload_resume'::text) = (resume_id IS NOT NULL)) AND ((kind = ANY (ARRAY['start_download'::text, 'cancel_job'::text, 'pause_job'::text, 'resume_job'::text])) = (job_id IS NOT NULL)))),
  constraint agent_commands_check CHECK (((state = 'refused'::text) = (reason IS NOT NULL))),
  constraint agent_commands_kind_check CHECK ((kind = ANY (ARRAY['upload_resume'::text, 'start_download'::text, 'cancel_job'::text, 'pause_job'::text, 'resume_job'::text, 'connect_portal'::text, 'resend_code'::text, 'portal_code'::text, 'disconnect_portal'::text]))),
  constraint agent_commands_reason_check CHECK ((reason <> ''::text)),
  constraint agent_commands_sealed_sha256_check CHECK ((sealed_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint agent_commands_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text, 'expired'::text, 'withdrawn'::text]))),
  constraint agent_commands_withdrawn_check CHECK (((state <> 'withdrawn'::text) OR (claimed_at IS NULL)))
);

CREATE INDEX agent_commands_device_idx ON app.agent_commands USING btree (organisation_id, device_id, state);

CREATE INDEX agent_commands_job_idx ON app.agent_commands USING btree (organisation_id, job_id);

CREATE INDEX agent_commands_resume_idx ON app.agent_commands USING btree (organisation_id, resume_id, created_at DESC);

CREATE UNIQUE INDEX agent_commands_start_idx ON app.agent_commands USING btree (organisation_id, job_id) WHERE (kind = 'start_download'::text);

CREATE INDEX agent_commands_user_idx ON app.agent_commands USING btree (organisation_id, asked_by_user_id);

CREATE INDEX agent_commands_waiting_idx ON app.agent_commands USING btree (organisation_id, device_id, created_at) WHERE (state = 'waiting'::text);

create table app.agent_settings (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  device_id uuid not null,
  download_folder text default ''::text not null,
  updated_at timestamp with time zone default now() not null,
  constraint agent_settings_pkey PRIMARY KEY (id),
  constraint agent_settings_device_id_key UNIQUE (device_id)
);

CREATE INDEX agent_settings_device_idx ON app.agent_settings USING btree (organisation_id, device_id);

create table app.analysis_feedback (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  user_id uuid not null,
  filename text default ''::text not null,
  query text default ''::text not null,
  llm_decision text default ''::text not null,
  llm_reason text default ''::text not null,
  llm_confidence numeric,
  user_decision text default ''::text not null,
  user_notes text default ''::text not null,
  created_at timestamp with time zone default now() not null,
  constraint analysis_feedback_pkey PRIMARY KEY (id)
);

CREATE INDEX analysis_feedback_user_idx ON app.analysis_feedback USING btree (organisation_id, user_id, created_at DESC);

create table app.audit_log (
  id bigint generated always as identity not null,
  organisation_id uuid not null,
  user_id uuid,
  device_id uuid,
  action text not null,
  subject_type text default ''::text not null,
  subject_id text default ''::text not null,
  details jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default now() not null,
  candidate_id uuid,
  address inet default app.caller_address(),
  trace_id text default app.caller_trace_id(),
  signed_in_user_id uuid,
  constraint audit_log_pkey PRIMARY KEY (id),
  constraint audit_log_action_check CHECK ((action <> ''::text))
);

CREATE INDEX audit_log_action_idx ON app.audit_log USING btree (organisation_id, action, created_at DESC, id DESC);

CREATE INDEX audit_log_candidate_idx ON app.audit_log USING btree (organisation_id, candidate_id, created_at DESC, id DESC);

CREATE INDEX audit_log_device_idx ON app.audit_log USING btree (organisation_id, device_id);

CREATE INDEX audit_log_signed_in_idx ON app.audit_log USING btree (organisation_id, signed_in_user_id, created_at DESC, id DESC);

CREATE INDEX audit_log_time_idx ON app.audit_log USING btree (organisation_id, created_at DESC, id DESC);

CREATE INDEX audit_log_user_idx ON app.audit_log USING btree (organisation_id, user_id, created_at DESC, id DESC);

create table app.candidate_changes (
  candidate_id uuid not null,
  organisation_id uuid not null,
  seq bigint not null,
  constraint candidate_changes_pkey PRIMARY KEY (candidate_id),
  constraint candidate_changes_seq_check CHECK ((seq >= 0))
);

CREATE INDEX candidate_changes_candidate_idx ON app.candidate_changes USING btree (organisation_id, candidate_id);

CREATE INDEX candidate_changes_seq_idx ON app.candidate_changes USING btree (organisation_id, seq, candidate_id);

create table app.candidate_counts (
  organisation_id uuid not null,
  rank_applied_for text not null,
  status text not null,
  people bigint not null,
  constraint candidate_counts_pkey PRIMARY KEY (organisation_id, rank_applied_for, status)
);

create table app.candidate_events (
  id uuid not null,
  organisation_id uuid not null,
  candidate_id uuid not null,
  "position" bigint generated always as identity not null,
  event_type text not null,
  status text,
  previous_status text,
  notes text default ''::text not null,
  rank_applied_for text default ''::text not null,
  search_ship_type text default ''::text not null,
  ai_search_prompt text default ''::text not null,
  ai_match_reason text default ''::text not null,
  filename text default ''::text not null,
  resume_id uuid,
  resume_storage_path text,
  resume_source text,
  resume_checksum_sha256 text,
  resume_uploaded_at timestamp with time zone,
  resume_upload_status text,
  undoes_event_id uuid,
  override_reason text default ''::text not null,
  expected_version integer,
  resulting_version integer not null,
  created_by_user_id uuid not null,
  created_by_device_id uuid,
  created_at timestamp with time zone not null,
  recorded_at timestamp with time zone default now() not null,
  call_back_on date,
  call_back_done boolean default false not null,
  constraint candidate_events_pkey PRIMARY KEY (organisation_id, id),
  constraint candidate_events_organisation_id_undoes_event_id_key UNIQUE (organisation_id, undoes_event_id),
  constraint candidate_events_position_key UNIQUE ("position"),
  constraint candidate_events_check CHECK (((event_type = 'undo'::text) = (undoes_event_id IS NOT NULL))),
  constraint candidate_events_check1 CHECK (((event_type <> 'note_added'::text) OR (notes <> ''::text))),
  constraint candidate_events_check2 CHECK (((event_type <> ALL (ARRAY['initial_verification'::text, 'review_passed'::text, 'resume_downloaded'::text, 'resume_updated'::text])) OR (resume_id IS NOT NULL))),
  constraint candidate_events_check3 CHECK (((call_back_on IS NULL) OR (event_type = 'note_added'::text))),
  constraint candidate_events_check4 CHECK (((NOT call_back_done) OR ((event_type = 'note_added'::text) AND (call_back_on IS NULL)))),
  constraint candidate_events_event_type_check CHECK ((event_type = ANY (ARRAY['initial_verification'::text, 'resume_updated'::text, 'status_change'::text, 'note_added'::text, 'resume_downloaded'::text, 'review_passed'::text, 'undo'::text]))),
  constraint candidate_events_expected_version_check CHECK ((expected_version >= 0)),
  constraint candidate_events_previous_status_check CHECK ((previous_status = ANY (ARRAY['New'::text, 'Contacted'::text, 'Interested'::text, 'Mail Sent (handoff complete)'::text, 'Not Interested'::text]))),
  constraint candidate_events_resulting_version_check CHECK ((resulting_version >= 0)),
  constraint candidate_events_resume_checksum_sha256_check CHECK ((resume_checksum_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint candidate_events_resume_source_check CHECK ((resume_source = ANY (ARRAY['local_only'::text, 'cloud_synced'::text, 'cloud_only'::text]))),
  constraint candidate_events_resume_upload_status_check CHECK ((resume_upload_status = ANY (ARRAY['pending'::text, 'uploaded'::text, 'failed'::text]))),
  constraint candidate_events_status_check CHECK ((status = ANY (ARRAY['New'::text, 'Contacted'::text, 'Interested'::text, 'Mail Sent (handoff complete)'::text, 'Not Interested'::text])))
);

CREATE INDEX candidate_events_candidate_idx ON app.candidate_events USING btree (organisation_id, candidate_id, "position" DESC);

CREATE INDEX candidate_events_device_idx ON app.candidate_events USING btree (organisation_id, created_by_device_id);

CREATE INDEX candidate_events_resume_idx ON app.candidate_events USING btree (organisation_id, resume_id);

CREATE INDEX candidate_events_user_idx ON app.candidate_events USING btree (organisation_id, created_by_user_id);

create table app.candidate_state (
  candidate_id uuid not null,
  organisation_id uuid not null,
  candidate_external_id text not null,
  latest_resume_id uuid,
  review_state text default 'to_review'::text not null,
  downloaded_at timestamp with time zone,
  status text,
  notes text default ''::text not null,
  verified_at timestamp with time zone,
  touched_by_user_id uuid,
  touched_by_device_id uuid,
  touched_at timestamp with time zone default now() not null,
  version integer default 0 not null,
  last_event_id uuid,
  latest_decision_id uuid,
  name text default ''::text not null,
  present_rank text default ''::text not null,
  rank_applied_for text default ''::text not null,
  search_ship_type text default ''::text not null,
  email text default ''::text not null,
  country text default ''::text not null,
  mobile_no text default ''::text not null,
  availability text default ''::text not null,
  date_of_birth date,
  expiry_dates date[] default '{}'::date[] not null,
  search_text text generated always as (lower(((((((name || ' '::text) || candidate_external_id) || ' '::text) || regexp_replace(mobile_no, '[^0-9]'::text, ''::text, 'g'::text)) || ' '::text) || email))) stored not null,
  call_back_on date,
  call_back_user_id uuid,
  deleted_at timestamp with time zone,
  erased_at timestamp with time zone,
  constraint candidate_state_pkey PRIMARY KEY (candidate_id),
  constraint candidate_state_check CHECK (((status IS NULL) = (verified_at IS NULL))),
  constraint candidate_state_check1 CHECK (((call_back_on IS NULL) = (call_back_user_id IS NULL))),
  constraint candidate_state_review_state_check CHECK ((review_state = ANY (ARRAY['to_review'::text, 'verified'::text, 'passed'::text]))),
  constraint candidate_state_status_check CHECK ((status = ANY (ARRAY['New'::text, 'Contacted'::text, 'Interested'::text, 'Mail Sent (handoff complete)'::text, 'Not Interested'::text])))
);

CREATE INDEX candidate_state_call_back_idx ON app.candidate_state USING btree (organisation_id, call_back_user_id, call_back_on, candidate_id);

CREATE INDEX candidate_state_candidate_idx ON app.candidate_state USING btree (organisation_id, candidate_id);

CREATE INDEX candidate_state_counts_idx ON app.candidate_state USING btree (organisation_id, rank_applied_for, status) WHERE ((verified_at IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX candidate_state_decision_idx ON app.candidate_state USING btree (organisation_id, latest_decision_id);

CREATE INDEX candidate_state_deleted_idx ON app.candidate_state USING btree (organisation_id, deleted_at DESC, candidate_id DESC) WHERE (deleted_at IS NOT NULL);

CREATE INDEX candidate_state_device_idx ON app.candidate_state USING btree (organisation_id, touched_by_device_id);

CREATE INDEX candidate_state_event_idx ON app.candidate_state USING btree (organisation_id, last_event_id);

CREATE INDEX candidate_state_idle_idx ON app.candidate_state USING btree (organisation_id, touched_at) WHERE (deleted_at IS NULL);

CREATE INDEX candidate_state_rank_idx ON app.candidate_state USING btree (organisation_id, rank_applied_for, touched_at DESC, candidate_id DESC) WHERE ((verified_at IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX candidate_state_resume_idx ON app.candidate_state USING btree (organisation_id, latest_resume_id);

CREATE INDEX candidate_state_review_idx ON app.candidate_state USING btree (organisation_id, downloaded_at, candidate_id) WHERE ((review_state = 'to_review'::text) AND (deleted_at IS NULL));

CREATE INDEX candidate_state_search_idx ON app.candidate_state USING gin (search_text extensions.gin_trgm_ops);

CREATE INDEX candidate_state_status_idx ON app.candidate_state USING btree (organisation_id, status, touched_at DESC, candidate_id DESC) WHERE ((verified_at IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX candidate_state_touched_idx ON app.candidate_state USING btree (organisation_id, touched_at DESC, candidate_id DESC) WHERE ((verified_at IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX candidate_state_user_idx ON app.candidate_state USING btree (organisation_id, touched_by_user_id);

create table app.candidates (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  candidate_external_id text not null,
  latest_filename text default ''::text not null,
  rank_applied_for text default ''::text not null,
  name text default ''::text not null,
  present_rank text default ''::text not null,
  email text default ''::text not null,
  country text default ''::text not null,
  mobile_no text default ''::text not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  deleted_because text,
  erase_at timestamp with time zone,
  erased_at timestamp with time zone,
  constraint candidates_pkey PRIMARY KEY (id),
  constraint candidates_organisation_id_candidate_external_id_key UNIQUE (organisation_id, candidate_external_id),
  constraint candidates_organisation_id_id_key UNIQUE (organisation_id, id),
  constraint candidates_candidate_external_id_check CHECK (((candidate_external_id ~ '^[0-9]{1,20}$'::text) OR ((erased_at IS NOT NULL) AND (candidate_external_id = ('erased-'::text || id))))),
  constraint candidates_check CHECK (((deleted_at IS NULL) = (deleted_because IS NULL))),
  constraint candidates_check1 CHECK (((deleted_at IS NULL) = (erase_at IS NULL))),
  constraint candidates_check2 CHECK (((erased_at IS NULL) OR (deleted_at IS NOT NULL))),
  constraint candidates_deleted_because_check CHECK ((deleted_because = ANY (ARRAY['rule'::text, 'request'::text])))
);

CREATE INDEX candidates_erase_at_idx ON app.candidates USING btree (organisation_id, erase_at) WHERE ((deleted_at IS NOT NULL) AND (erased_at IS NULL));

create table app.device_portals (
  device_id uuid not null,
  organisation_id uuid not null,
  state text not null,
  otp_expires_at timestamp with time zone,
  reason text,
  login_is_kept boolean default false not null,
  phone_ends text default ''::text not null,
  folder_reason text,
  sealing_key text default ''::text not null,
  reported_at timestamp with time zone default now() not null,
  constraint device_portals_pkey PRIMARY KEY (device_id),
  constraint device_portals_folder_reason_check CHECK ((folder_reason <> ''::text)),
  constraint device_portals_phone_ends_check CHECK ((length(phone_ends) <= 4)),
  constraint device_portals_reason_check CHECK ((reason <> ''::text)),
  constraint device_portals_sealing_key_check CHECK ((length(sealing_key) <= 200)),
  constraint device_portals_state_check CHECK ((state = ANY (ARRAY['disconnected'::text, 'connecting'::text, 'awaiting_otp'::text, 'verifying'::text, 'connected'::text, 'ended'::text])))
);

CREATE INDEX device_portals_device_idx ON app.device_portals USING btree (organisation_id, device_id);

create table app.devices (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  user_id uuid not null,
  device_name text not null,
  platform text default ''::text not null,
  agent_version text default ''::text not null,
  token_hash bytea not null,
  status text default 'active'::text not null,
  waiting integer default 0 not null,
  parked integer default 0 not null,
  last_seen_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint devices_pkey PRIMARY KEY (id),
  constraint devices_organisation_id_id_key UNIQUE (organisation_id, id),
  constraint devices_token_hash_key UNIQUE (token_hash),
  constraint devices_device_name_check CHECK ((device_name <> ''::text)),
  constraint devices_parked_check CHECK ((parked >= 0)),
  constraint devices_status_check CHECK ((status = ANY (ARRAY['active'::text, 'revoked'::text]))),
  constraint devices_token_hash_check CHECK ((length(token_hash) = 32)),
  constraint devices_waiting_check CHECK ((waiting >= 0))
);

CREATE INDEX devices_user_idx ON app.devices USING btree (organisation_id, user_id);

comment on column app.devices.token_hash is 'SHA-256 of the device token; the token itself is told once and kept nowhere.';

create table app.download_job_logs (
  id bigint generated always as identity not null,
  organisation_id uuid not null,
  job_id uuid not null,
  seq bigint not null,
  level text not null,
  line text not null,
  candidate_external_id text,
  outcome text,
  reason text,
  created_at timestamp with time zone not null,
  recorded_at timestamp with time zone default now() not null,
  constraint download_job_logs_pkey PRIMARY KEY (id),
  constraint download_job_logs_organisation_id_job_id_seq_key UNIQUE (organisation_id, job_id, seq),
  constraint download_job_logs_level_check CHECK ((level = ANY (ARRAY['info'::text, 'warning'::text, 'error'::text]))),
  constraint download_job_logs_line_check CHECK ((line <> ''::text)),
  constraint download_job_logs_outcome_check CHECK ((outcome = ANY (ARRAY['stored'::text, 'skipped'::text, 'failed'::text]))),
  constraint download_job_logs_seq_check CHECK ((seq > 0))
);

create table app.download_jobs (
  id uuid not null,
  organisation_id uuid not null,
  user_id uuid not null,
  device_id uuid not null,
  rank text not null,
  ship_type text not null,
  force_redownload boolean default false not null,
  status text default 'queued'::text not null,
  message text default ''::text not null,
  reason text,
  listed integer default 0 not null,
  stored integer default 0 not null,
  skipped integer default 0 not null,
  failed integer default 0 not null,
  last_seq bigint default 0 not null,
  reported_at timestamp with time zone,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  change bigint default 0 not null,
  constraint download_jobs_pkey PRIMARY KEY (organisation_id, id),
  constraint download_jobs_change_check CHECK ((change >= 0)),
  constraint download_jobs_failed_check CHECK ((failed >= 0)),
  constraint download_jobs_listed_check CHECK ((listed >= 0)),
  constraint download_jobs_rank_check CHECK ((rank <> ''::text)),
  constraint download_jobs_ship_type_check CHECK ((ship_type <> ''::text)),
  constraint download_jobs_skipped_check CHECK ((skipped >= 0)),
  constraint download_jobs_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'success'::text, 'failed'::text, 'cancelled'::text]))),
  constraint download_jobs_stored_check CHECK ((stored >= 0))
);

CREATE INDEX download_jobs_created_idx ON app.download_jobs USING btree (organisation_id, created_at DESC, id DESC);

CREATE INDEX download_jobs_device_idx ON app.download_jobs USING btree (organisation_id, device_id, status);

CREATE INDEX download_jobs_ended_idx ON app.download_jobs USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX download_jobs_user_idx ON app.download_jobs USING btree (organisation_id, user_id, created_at DESC, id DESC);

create table app.erased_numbers (
  organisation_id uuid not null,
  number_sha256 bytea not null,
  erased_at timestamp with time zone default now() not null,
  constraint erased_numbers_pkey PRIMARY KEY (organisation_id, number_sha256),
  constraint erased_numbers_number_sha256_check CHECK ((length(number_sha256) = 32))
);

create table app.erasure_salts (
  organisation_id uuid not null,
  salt uuid default gen_random_uuid() not null,
  constraint erasure_salts_pkey PRIMARY KEY (organisation_id)
);

create table app.exports (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  user_id uuid not null,
  candidate_ids uuid[] not null,
  created_at timestamp with time zone default now() not null,
  resume_ids uuid[],
  file_lengths bigint[],
  text_bytes bigint,
  path_bytes bigint,
  constraint exports_pkey PRIMARY KEY (id),
  constraint exports_candidate_ids_check CHECK (((cardinality(candidate_ids) >= 1) AND (cardinality(candidate_ids) <= 20000))),
  constraint exports_check CHECK ((cardinality(resume_ids) = cardinality(candidate_ids))),
  constraint exports_check1 CHECK ((cardinality(file_lengths) = cardinality(candidate_ids))),
  constraint exports_check2 CHECK ((num_nulls(resume_ids, file_lengths, text_bytes, path_bytes) = ANY (ARRAY[0, 4]))),
  constraint exports_path_bytes_check CHECK ((path_bytes >= 0)),
  constraint exports_text_bytes_check CHECK ((text_bytes >= 0))
);

CREATE INDEX exports_user_idx ON app.exports USING btree (organisation_id, user_id, created_at DESC);

create table app.invitations (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  email text not null,
  role text not null,
  token_hash bytea not null,
  invited_by_user_id uuid not null,
  created_at timestamp with time zone default now() not null,
  sent_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  accepted_at timestamp with time zone,
  accepted_by_user_id uuid,
  constraint invitations_pkey PRIMARY KEY (id),
  constraint invitations_token_hash_key UNIQUE (token_hash),
  constraint invitations_check CHECK (((accepted_at IS NULL) = (accepted_by_user_id IS NULL))),
  constraint invitations_check1 CHECK (((accepted_at IS NULL) OR (revoked_at IS NULL))),
  constraint invitations_check2 CHECK ((expires_at > sent_at)),
  constraint invitations_email_check CHECK (((email = lower(email)) AND (email ~~ '%_@_%'::text))),
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'manager'::text, 'recruiter'::text]))),
  constraint invitations_token_hash_check CHECK ((length(token_hash) = 32))
);

CREATE INDEX invitations_inviter_idx ON app.invitations USING btree (organisation_id, invited_by_user_id);

CREATE INDEX invitations_joiner_idx ON app.invitations USING btree (organisation_id, accepted_by_user_id);

CREATE UNIQUE INDEX invitations_open_idx ON app.invitations USING btree (organisation_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

comment on column app.invitations.token_hash is 'SHA-256 of the token in the link; the token itself is told once and kept nowhere.';

create table app.legal_holds (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  candidate_id uuid not null,
  reason text not null,
  placed_by_user_id uuid not null,
  placed_at timestamp with time zone default now() not null,
  lifted_by_user_id uuid,
  lifted_at timestamp with time zone,
  constraint legal_holds_pkey PRIMARY KEY (id),
  constraint legal_holds_check CHECK (((lifted_at IS NULL) = (lifted_by_user_id IS NULL))),
  constraint legal_holds_reason_check CHECK (((reason = TRIM(BOTH FROM reason)) AND ((length(reason) >= 1) AND (length(reason) <= 400))))
);

CREATE INDEX legal_holds_candidate_idx ON app.legal_holds USING btree (organisation_id, candidate_id);

CREATE INDEX legal_holds_lifted_by_idx ON app.legal_holds USING btree (organisation_id, lifted_by_user_id);

CREATE INDEX legal_holds_placed_by_idx ON app.legal_holds USING btree (organisation_id, placed_by_user_id);

CREATE UNIQUE INDEX legal_holds_standing_idx ON app.legal_holds USING btree (organisation_id, candidate_id) WHERE (lifted_at IS NULL);

create table app.memberships (
  user_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  active boolean default true not null,
  created_at timestamp with time zone default now() not null,
  constraint memberships_pkey PRIMARY KEY (user_id),
  constraint memberships_organisation_id_user_id_key UNIQUE (organisation_id, user_id),
  constraint memberships_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'manager'::text, 'recruiter'::text])))
);

create table app.object_removals (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  storage_path text not null,
  asked_at timestamp with time zone default now() not null,
  due_at timestamp with time zone default now() not null,
  tries integer default 0 not null,
  constraint object_removals_pkey PRIMARY KEY (id),
  constraint object_removals_organisation_id_storage_path_key UNIQUE (organisation_id, storage_path),
  constraint object_removals_check CHECK (starts_with(storage_path, (('resumes/'::text || (organisation_id)::text) || '/'::text))),
  constraint object_removals_tries_check CHECK ((tries >= 0))
);

CREATE INDEX object_removals_due_idx ON app.object_removals USING btree (due_at, id);

create table app.office_marks (
  organisation_id uuid not null,
  seq bigint default 0 not null,
  constraint office_marks_pkey PRIMARY KEY (organisation_id),
  constraint office_marks_seq_check CHECK ((seq >= 0))
);

create table app.organisations (
  id uuid default gen_random_uuid() not null,
  name text not null,
  created_at timestamp with time zone default now() not null,
  constraint organisations_pkey PRIMARY KEY (id),
  constraint organisations_name_check CHECK ((name <> ''::text))
);

create table app.pairing_codes (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint pairing_codes_pkey PRIMARY KEY (id),
  constraint pairing_codes_code_hash_key UNIQUE (code_hash),
  constraint pairing_codes_code_hash_check CHECK ((length(code_hash) = 32))
);

CREATE INDEX pairing_codes_user_idx ON app.pairing_codes USING btree (organisation_id, user_id);

create table app.read_files (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  device_id uuid not null,
  file_path text not null,
  last_modified timestamp with time zone not null,
  file_length bigint not null,
  file_sha256 text,
  resume_id uuid,
  text_version integer not null,
  read_at timestamp with time zone default now() not null,
  constraint read_files_pkey PRIMARY KEY (id),
  constraint read_files_organisation_id_device_id_file_path_key UNIQUE (organisation_id, device_id, file_path),
  constraint read_files_file_length_check CHECK ((file_length >= 0)),
  constraint read_files_file_path_check CHECK (((file_path <> ''::text) AND (NOT starts_with(file_path, '/'::text)))),
  constraint read_files_file_sha256_check CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint read_files_text_version_check CHECK ((text_version >= 0))
);

CREATE INDEX read_files_resume_idx ON app.read_files USING btree (organisation_id, resume_id);

create table app.received_events (
  organisation_id uuid not null,
  event_id uuid not null,
  digest bytea not null,
  event_type text not null,
  user_id uuid not null,
  received_at timestamp with time zone default now() not null,
  trace_id text default app.caller_trace_id(),
  constraint received_events_pkey PRIMARY KEY (organisation_id, event_id),
  constraint received_events_digest_check CHECK ((length(digest) = 32)),
  constraint received_events_event_type_check CHECK ((event_type = ANY (ARRAY['initial_verification'::text, 'resume_updated'::text, 'status_change'::text, 'note_added'::text, 'resume_downloaded'::text, 'review_passed'::text, 'undo'::text, 'resume_opened'::text, 'job_changed'::text, 'job_line'::text, 'update_ended'::text])))
);

CREATE INDEX received_events_user_idx ON app.received_events USING btree (organisation_id, user_id);

create table app.resume_uploads (
  organisation_id uuid not null,
  resume_id uuid not null,
  file_sha256 text not null,
  file_length bigint not null,
  storage_path text not null,
  device_id uuid not null,
  first_asked_at timestamp with time zone default now() not null,
  asked_at timestamp with time zone default now() not null,
  told_at timestamp with time zone,
  check_at timestamp with time zone,
  check_claim uuid,
  checks integer default 0 not null,
  failures integer default 0 not null,
  reason text,
  failed_at timestamp with time zone,
  constraint resume_uploads_pkey PRIMARY KEY (organisation_id, resume_id, file_sha256),
  constraint resume_uploads_check_claim_key UNIQUE (check_claim),
  constraint resume_uploads_check CHECK (starts_with(storage_path, (('resumes/'::text || (organisation_id)::text) || '/'::text))),
  constraint resume_uploads_check1 CHECK (((failed_at IS NULL) = (failures = 0))),
  constraint resume_uploads_checks_check CHECK ((checks >= 0)),
  constraint resume_uploads_failures_check CHECK ((failures >= 0)),
  constraint resume_uploads_file_length_check CHECK ((file_length > 0)),
  constraint resume_uploads_file_sha256_check CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint resume_uploads_reason_check CHECK ((reason <> ''::text))
);

CREATE INDEX resume_uploads_device_idx ON app.resume_uploads USING btree (organisation_id, device_id);

CREATE INDEX resume_uploads_due_idx ON app.resume_uploads USING btree (check_at) WHERE (check_at IS NOT NULL);

create table app.resumes (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  candidate_id uuid not null,
  content_sha256 text not null,
  file_sha256 text not null,
  file_length bigint not null,
  filename text not null,
  rank_applied_for text default ''::text not null,
  search_ship_type text default ''::text not null,
  facts jsonb not null,
  facts_version integer not null,
  text text default ''::text not null,
  text_version integer not null,
  review_state text default 'to_review'::text not null,
  resume_storage_path text,
  resume_source text default 'local_only'::text not null,
  resume_checksum_sha256 text,
  resume_uploaded_at timestamp with time zone,
  resume_upload_status text default 'pending'::text not null,
  user_id uuid not null,
  device_id uuid,
  job_id uuid,
  downloaded_at timestamp with time zone not null,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  resume_stored_length bigint,
  constraint resumes_pkey PRIMARY KEY (id),
  constraint resumes_organisation_id_candidate_id_content_sha256_key UNIQUE (organisation_id, candidate_id, content_sha256),
  constraint resumes_organisation_id_id_key UNIQUE (organisation_id, id),
  constraint resumes_check CHECK (((resume_upload_status <> 'uploaded'::text) OR ((resume_storage_path IS NOT NULL) AND (resume_checksum_sha256 IS NOT NULL) AND (resume_uploaded_at IS NOT NULL)))),
  constraint resumes_content_sha256_check CHECK ((content_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint resumes_file_length_check CHECK ((file_length > 0)),
  constraint resumes_file_sha256_check CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint resumes_filename_check CHECK ((filename <> ''::text)),
  constraint resumes_lie_with_their_office CHECK (starts_with(resume_storage_path, (('resumes/'::text || (organisation_id)::text) || '/'::text))),
  constraint resumes_resume_checksum_sha256_check CHECK ((resume_checksum_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint resumes_resume_source_check CHECK ((resume_source = ANY (ARRAY['local_only'::text, 'cloud_synced'::text, 'cloud_only'::text]))),
  constraint resumes_resume_stored_length_check CHECK ((resume_stored_length > 0)),
  constraint resumes_resume_upload_status_check CHECK ((resume_upload_status = ANY (ARRAY['pending'::text, 'uploaded'::text, 'failed'::text]))),
  constraint resumes_review_state_check CHECK ((review_state = ANY (ARRAY['to_review'::text, 'verified'::text, 'passed'::text])))
);

CREATE INDEX resumes_device_idx ON app.resumes USING btree (organisation_id, device_id);

CREATE INDEX resumes_storage_path_idx ON app.resumes USING btree (resume_storage_path) WHERE (resume_storage_path IS NOT NULL);

CREATE INDEX resumes_user_idx ON app.resumes USING btree (organisation_id, user_id);

create table app.retention_rules (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  months integer not null,
  grace_days integer not null,
  statuses text[] default '{}'::text[] not null,
  ranks text[] default '{}'::text[] not null,
  active boolean default true not null,
  created_by_user_id uuid not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  last_run_at timestamp with time zone,
  constraint retention_rules_pkey PRIMARY KEY (id),
  constraint retention_rules_grace_days_check CHECK (((grace_days >= 1) AND (grace_days <= 365))),
  constraint retention_rules_months_check CHECK (((months >= 1) AND (months <= 240))),
  constraint retention_rules_ranks_check CHECK ((cardinality(ranks) <= 200)),
  constraint retention_rules_statuses_check CHECK ((statuses <@ ARRAY['unverified'::text, 'New'::text, 'Contacted'::text, 'Interested'::text, 'Mail Sent (handoff complete)'::text, 'Not Interested'::text]))
);

CREATE INDEX retention_rules_office_idx ON app.retention_rules USING btree (organisation_id);

CREATE INDEX retention_rules_user_idx ON app.retention_rules USING btree (organisation_id, created_by_user_id);

create table app.saved_views (
  id uuid default gen_random_uuid() not null,
  organisation_id uuid not null,
  user_id uuid not null,
  name text not null,
  filters jsonb not null,
  created_at timestamp with time zone default now() not null,
  constraint saved_views_pkey PRIMARY KEY (id),
  constraint saved_views_organisation_id_user_id_name_key UNIQUE (organisation_id, user_id, name),
  constraint saved_views_filters_check CHECK ((jsonb_typeof(filters) = 'object'::text)),
  constraint saved_views_name_check CHECK (((name = TRIM(BOTH FROM name)) AND ((length(name) >= 1) AND (length(name) <= 60))))
);

create table app.sealed_codes (
  organisation_id uuid not null,
  command_id uuid not null,
  device_id uuid not null,
  sealed text not null,
  expires_at timestamp with time zone default (now() + '00:02:00'::interval) not null,
  constraint sealed_codes_pkey PRIMARY KEY (organisation_id, command_id),
  constraint sealed_codes_sealed_check CHECK (((length(sealed) >= 40) AND (length(sealed) <= 400)))
);

CREATE INDEX sealed_codes_device_idx ON app.sealed_codes USING btree (organisation_id, device_id);

CREATE INDEX sealed_codes_expires_idx ON app.sealed_codes USING btree (expires_at);

create table app.status_transitions (
  from_status text not null,
  to_status text not null,
  constraint status_transitions_pkey PRIMARY KEY (from_status, to_status)
);

create unlogged table app.tries (
  key_hash bytea not null,
  tries integer not null,
  ends_at timestamp with time zone not null,
  constraint tries_pkey PRIMARY KEY (key_hash),
  constraint tries_key_hash_check CHECK ((length(key_hash) = 32)),
  constraint tries_tries_check CHECK ((tries > 0))
);

CREATE INDEX tries_end_idx ON app.tries USING btree (ends_at);

create table app.update_outcomes (
  id uuid not null,
  organisation_id uuid not null,
  device_id uuid not null,
  from_version text not null,
  to_version text not null,
  result text not null,
  reason text,
  channel text not null,
  platform text not null,
  ended_at timestamp with time zone not null,
  recorded_at timestamp with time zone default now() not null,
  constraint update_outcomes_pkey PRIMARY KEY (organisation_id, id),
  constraint update_outcomes_channel_check CHECK ((channel ~ '^[a-z0-9][a-z0-9_-]{0,39}$'::text)),
  constraint update_outcomes_from_version_check CHECK ((from_version ~ '^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$'::text)),
  constraint update_outcomes_platform_check CHECK ((platform ~ '^[a-z0-9][a-z0-9_-]{0,39}$'::text)),
  constraint update_outcomes_reason_check CHECK (((reason ~ '^[a-z]+\.[a-z0-9-]+$'::text) AND (length(reason) <= 60))),
  constraint update_outcomes_result_check CHECK ((result = ANY (ARRAY['committed'::text, 'rolled_back'::text, 'failed'::text]))),
  constraint update_outcomes_to_version_check CHECK ((to_version ~ '^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$'::text))
);

CREATE INDEX update_outcomes_device_idx ON app.update_outcomes USING btree (organisation_id, device_id);

CREATE INDEX update_outcomes_ended_idx ON app.update_outcomes USING btree (organisation_id, ended_at, id);

create table app.users (
  id uuid not null,
  email text not null,
  full_name text default ''::text not null,
  created_at timestamp with time zone default now() not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_key UNIQUE (email),
  constraint users_email_check CHECK ((email = lower(email)))
);


-- Foreign keys ----------------------------------------------------------------------------------------------

alter table app.agent_commands add constraint agent_commands_job_fkey FOREIGN KEY (organisation_id, job_id) REFERENCES app.download_jobs(organisation_id, id) ON DELETE RESTRICT;

alter table app.agent_commands add constraint agent_commands_organisation_id_asked_by_user_id_fkey FOREIGN KEY (organisation_id, asked_by_user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.agent_commands add constraint agent_commands_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.agent_commands add constraint agent_commands_organisation_id_resume_id_fkey FOREIGN KEY (organisation_id, resume_id) REFERENCES app.resumes(organisation_id, id) ON DELETE RESTRICT;

alter table app.agent_settings add constraint agent_settings_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.analysis_feedback add constraint analysis_feedback_organisation_id_user_id_fkey FOREIGN KEY (organisation_id, user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.audit_log add constraint audit_log_organisation_id_candidate_id_fkey FOREIGN KEY (organisation_id, candidate_id) REFERENCES app.candidates(organisation_id, id) ON DELETE RESTRICT;

alter table app.audit_log add constraint audit_log_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.audit_log add constraint audit_log_organisation_id_signed_in_user_id_fkey FOREIGN KEY (organisation_id, signed_in_user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.audit_log add constraint audit_log_organisation_id_user_id_fkey FOREIGN KEY (organisation_id, user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.candidate_changes add constraint candidate_changes_organisation_id_candidate_id_fkey FOREIGN KEY (organisation_id, candidate_id) REFERENCES app.candidates(organisation_id, id) ON DELETE CASCADE;

alter table app.candidate_counts add constraint candidate_counts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES app.organisations(id) ON DELETE CASCADE;

alter table app.candidate_events add constraint candidate_events_organisation_id_candidate_id_fkey FOREIGN KEY (organisation_id, candidate_id) REFERENCES app.candidates(organisation_id, id) ON DELETE RESTRICT;

alter table app.candidate_events add constraint candidate_events_organisation_id_created_by_device_id_fkey FOREIGN KEY (organisation_id, created_by_device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.candidate_events add constraint candidate_events_organisation_id_created_by_user_id_fkey FOREIGN KEY (organisation_id, created_by_user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.candidate_events add constraint candidate_events_organisation_id_resume_id_fkey FOREIGN KEY (organisation_id, resume_id) REFERENCES app.resumes(organisation_id, id) ON DELETE RESTRICT;

alter table app.candidate_events add constraint candidate_events_organisation_id_undoes_event_id_fkey FOREIGN KEY (organisation_id, undoes_event_id) REFERENCES app.candidate_events(organisation_id, id) ON DELETE RESTRICT;

alter table app.candidate_state add constraint candidate_state_organisation_id_call_back_user_id_fkey FOREIGN KEY (organisation_id, call_back_user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.candidate_state add constraint candidate_state_organisation_id_candidate_id_fkey FOREIGN KEY (organisation_id, candidate_id) REFERENCES app.candidates(organisation_id, id) ON DELETE RESTRICT;

alter table app.candidate_state add constraint candidate_state_organisation_id_last_event_id_fkey FOREIGN KEY (organisation_id, last_event_id) REFERENCES app.candidate_events(organisation_id, id) ON DELETE RESTRICT;

alter table app.candidate_state add constraint candidate_state_organisation_id_latest_decision_id_fkey FOREIGN KEY (organisation_id, latest_decision_id) REFERENCES app.candidate_events(organisation_id, id) ON DELETE RESTRICT;

alter table app.candidate_state add constraint candidate_state_organisation_id_latest_resume_id_fkey FOREIGN KEY (organisation_id, latest_resume_id) REFERENCES app.resumes(organisation_id, id) ON DELETE RESTRICT;

alter table app.candidate_state add constraint candidate_state_organisation_id_touched_by_device_id_fkey FOREIGN KEY (organisation_id, touched_by_device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.candidate_state add constraint candidate_state_organisation_id_touched_by_user_id_fkey FOREIGN KEY (organisation_id, touched_by_user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.candidates add constraint candidates_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES app.organisations(id) ON DELETE RESTRICT;

alter table app.device_portals add constraint device_portals_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.devices add constraint devices_organisation_id_user_id_fkey FOREIGN KEY (organisation_id, user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.download_job_logs add constraint download_job_logs_organisation_id_job_id_fkey FOREIGN KEY (organisation_id, job_id) REFERENCES app.download_jobs(organisation_id, id) ON DELETE RESTRICT;

alter table app.download_jobs add constraint download_jobs_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.download_jobs add constraint download_jobs_organisation_id_user_id_fkey FOREIGN KEY (organisation_id, user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.erased_numbers add constraint erased_numbers_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES app.organisations(id) ON DELETE RESTRICT;

alter table app.erasure_salts add constraint erasure_salts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES app.organisations(id) ON DELETE RESTRICT;

alter table app.exports add constraint exports_organisation_id_user_id_fkey FOREIGN KEY (organisation_id, user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.invitations add constraint invitations_organisation_id_accepted_by_user_id_fkey FOREIGN KEY (organisation_id, accepted_by_user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.invitations add constraint invitations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES app.organisations(id) ON DELETE RESTRICT;

alter table app.invitations add constraint invitations_organisation_id_invited_by_user_id_fkey FOREIGN KEY (organisation_id, invited_by_user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.legal_holds add constraint legal_holds_organisation_id_candidate_id_fkey FOREIGN KEY (organisation_id, candidate_id) REFERENCES app.candidates(organisation_id, id) ON DELETE RESTRICT;

alter table app.legal_holds add constraint legal_holds_organisation_id_lifted_by_user_id_fkey FOREIGN KEY (organisation_id, lifted_by_user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.legal_holds add constraint legal_holds_organisation_id_placed_by_user_id_fkey FOREIGN KEY (organisation_id, placed_by_user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.memberships add constraint memberships_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES app.organisations(id) ON DELETE RESTRICT;

alter table app.memberships add constraint memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES app.users(id) ON DELETE RESTRICT;

alter table app.object_removals add constraint object_removals_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES app.organisations(id) ON DELETE RESTRICT;

alter table app.office_marks add constraint office_marks_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES app.organisations(id) ON DELETE CASCADE;

alter table app.pairing_codes add constraint pairing_codes_organisation_id_user_id_fkey FOREIGN KEY (organisation_id, user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.read_files add constraint read_files_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.read_files add constraint read_files_organisation_id_resume_id_fkey FOREIGN KEY (organisation_id, resume_id) REFERENCES app.resumes(organisation_id, id) ON DELETE RESTRICT;

alter table app.received_events add constraint received_events_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES app.organisations(id) ON DELETE RESTRICT;

alter table app.received_events add constraint received_events_organisation_id_user_id_fkey FOREIGN KEY (organisation_id, user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.resume_uploads add constraint resume_uploads_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.resume_uploads add constraint resume_uploads_organisation_id_resume_id_fkey FOREIGN KEY (organisation_id, resume_id) REFERENCES app.resumes(organisation_id, id) ON DELETE CASCADE;

alter table app.resumes add constraint resumes_organisation_id_candidate_id_fkey FOREIGN KEY (organisation_id, candidate_id) REFERENCES app.candidates(organisation_id, id) ON DELETE RESTRICT;

alter table app.resumes add constraint resumes_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.resumes add constraint resumes_organisation_id_user_id_fkey FOREIGN KEY (organisation_id, user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.retention_rules add constraint retention_rules_organisation_id_created_by_user_id_fkey FOREIGN KEY (organisation_id, created_by_user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.retention_rules add constraint retention_rules_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES app.organisations(id) ON DELETE RESTRICT;

alter table app.saved_views add constraint saved_views_organisation_id_user_id_fkey FOREIGN KEY (organisation_id, user_id) REFERENCES app.memberships(organisation_id, user_id) ON DELETE RESTRICT;

alter table app.sealed_codes add constraint sealed_codes_organisation_id_command_id_fkey FOREIGN KEY (organisation_id, command_id) REFERENCES app.agent_commands(organisation_id, id) ON DELETE CASCADE;

alter table app.sealed_codes add constraint sealed_codes_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.update_outcomes add constraint update_outcomes_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES app.devices(organisation_id, id) ON DELETE RESTRICT;

alter table app.users add constraint users_id_fkey FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE RESTRICT;


-- Functions of tables ---------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION app.erase_person_elsewhere(p_person app.candidates, p_filenames text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;


-- Views -----------------------------------------------------------------------------------------------------

create view app.candidate_latest_state_v with (security_invoker=true) as
 SELECT candidate_id,
    organisation_id,
    candidate_external_id,
    name,
    present_rank,
    rank_applied_for,
    search_ship_type,
    email,
    country,
    mobile_no,
    availability,
    date_of_birth,
    app.next_expiry(expiry_dates, CURRENT_DATE) AS next_expiry,
    status,
    notes,
    verified_at,
    review_state,
    latest_resume_id,
    downloaded_at,
    touched_by_user_id,
    touched_by_device_id,
    touched_at,
    version,
    last_event_id
   FROM app.candidate_state s;

create view app.rank_counts_v with (security_invoker=true) as
 SELECT organisation_id,
    rank_applied_for,
    (COALESCE(sum(people) FILTER (WHERE (status <> ALL (ARRAY['Mail Sent (handoff complete)'::text, 'Not Interested'::text]))), (0)::numeric))::bigint AS active,
    (COALESCE(sum(people) FILTER (WHERE (status = ANY (ARRAY['Mail Sent (handoff complete)'::text, 'Not Interested'::text]))), (0)::numeric))::bigint AS archived
   FROM app.candidate_counts c
  GROUP BY organisation_id, rank_applied_for
 HAVING (sum(people) > (0)::numeric);


-- What is there from the start ------------------------------------------------------------------------------

insert into "app"."status_transitions" select * from json_populate_record(null::"app"."status_transitions", '{"from_status":"Contacted","to_status":"Interested"}');

insert into "app"."status_transitions" select * from json_populate_record(null::"app"."status_transitions", '{"from_status":"Contacted","to_status":"Not Interested"}');

insert into "app"."status_transitions" select * from json_populate_record(null::"app"."status_transitions", '{"from_status":"Interested","to_status":"Mail Sent (handoff complete)"}');

insert into "app"."status_transitions" select * from json_populate_record(null::"app"."status_transitions", '{"from_status":"New","to_status":"Contacted"}');


-- Triggers --------------------------------------------------------------------------------------------------

CREATE TRIGGER check_agent_command BEFORE UPDATE ON app.agent_commands FOR EACH ROW EXECUTE FUNCTION app.check_agent_command();

CREATE TRIGGER audit_agent_settings AFTER INSERT OR UPDATE ON app.agent_settings FOR EACH ROW EXECUTE FUNCTION app.audit_agent_settings();

CREATE TRIGGER audit_log_is_not_emptied BEFORE TRUNCATE ON app.audit_log FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change_of_audit_log(); alter table app.audit_log enable always trigger audit_log_is_not_emptied;

CREATE TRIGGER audit_log_stays BEFORE DELETE OR UPDATE ON app.audit_log FOR EACH ROW EXECUTE FUNCTION app.refuse_change_of_audit_log(); alter table app.audit_log enable always trigger audit_log_stays;

CREATE TRIGGER complete_audit_entry BEFORE INSERT ON app.audit_log FOR EACH ROW EXECUTE FUNCTION app.complete_audit_entry();

CREATE TRIGGER check_candidate_event BEFORE INSERT ON app.candidate_events FOR EACH ROW EXECUTE FUNCTION app.check_candidate_event();

CREATE TRIGGER refuse_what_is_held BEFORE DELETE ON app.candidate_events FOR EACH ROW EXECUTE FUNCTION app.refuse_what_is_held();

CREATE TRIGGER check_candidate_state BEFORE INSERT ON app.candidate_state FOR EACH ROW EXECUTE FUNCTION app.check_candidate_state();

CREATE TRIGGER check_candidate_state_change BEFORE UPDATE ON app.candidate_state FOR EACH ROW WHEN ((NOT (new.erased_at IS DISTINCT FROM old.erased_at))) EXECUTE FUNCTION app.check_candidate_state();

CREATE CONSTRAINT TRIGGER note_candidate_change AFTER INSERT OR DELETE OR UPDATE ON app.candidate_state DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.note_candidate_change();

CREATE TRIGGER refuse_what_is_held BEFORE DELETE ON app.candidate_state FOR EACH ROW EXECUTE FUNCTION app.refuse_what_is_held();

CREATE TRIGGER refuse_what_is_held BEFORE DELETE OR UPDATE ON app.candidates FOR EACH ROW EXECUTE FUNCTION app.refuse_what_is_held();

CREATE TRIGGER check_download_job BEFORE UPDATE ON app.download_jobs FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION app.check_download_job();

CREATE TRIGGER check_legal_hold BEFORE INSERT ON app.legal_holds FOR EACH ROW EXECUTE FUNCTION app.check_legal_hold();

CREATE TRIGGER memberships_keep_an_admin BEFORE UPDATE ON app.memberships FOR EACH ROW WHEN (((old.role = 'admin'::text) AND old.active AND (NOT ((new.role = 'admin'::text) AND new.active AND (new.organisation_id = old.organisation_id))))) EXECUTE FUNCTION app.keep_an_admin();

CREATE TRIGGER memberships_keep_an_admin_at_delete BEFORE DELETE ON app.memberships FOR EACH ROW WHEN (((old.role = 'admin'::text) AND old.active)) EXECUTE FUNCTION app.keep_an_admin();

CREATE TRIGGER check_resume BEFORE UPDATE ON app.resumes FOR EACH ROW EXECUTE FUNCTION app.check_resume();

CREATE TRIGGER refuse_what_is_held BEFORE DELETE ON app.resumes FOR EACH ROW EXECUTE FUNCTION app.refuse_what_is_held();


-- Access ----------------------------------------------------------------------------------------------------

grant usage on schema app to authenticated;

grant usage on schema app to njordhr_api;

alter table app.agent_commands enable row level security, force row level security;

create policy agent_commands_answer on app.agent_commands for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id)) AND (state = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text]))));

create policy agent_commands_ask on app.agent_commands for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND (asked_by_user_id = ( SELECT auth.uid() AS uid)) AND (state = 'waiting'::text) AND
CASE
    WHEN (kind = 'upload_resume'::text) THEN (EXISTS ( SELECT
       FROM app.resumes r
      WHERE ((r.id = agent_commands.resume_id) AND (r.device_id = agent_commands.device_id))))
    ELSE ((device_id IN ( SELECT d.id
       FROM app.devices d
      WHERE ((d.user_id = ( SELECT auth.uid() AS uid)) AND (d.status = 'active'::text)))) AND ((job_id IS NULL) OR (EXISTS ( SELECT
       FROM app.download_jobs j
      WHERE ((j.id = agent_commands.job_id) AND (j.device_id = agent_commands.device_id) AND (j.user_id = ( SELECT auth.uid() AS uid)))))))
END));

create policy agent_commands_read on app.agent_commands for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND ((( SELECT app.caller_device_id() AS caller_device_id) IS NULL) OR (device_id = ( SELECT app.caller_device_id() AS caller_device_id)))));

create policy agent_commands_withdraw on app.agent_commands for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND (asked_by_user_id = ( SELECT auth.uid() AS uid)) AND (kind = 'start_download'::text)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND (asked_by_user_id = ( SELECT auth.uid() AS uid)) AND (state = 'withdrawn'::text)));

grant select on app.agent_commands to authenticated;

grant insert (id, organisation_id, device_id, kind, resume_id, asked_by_user_id, expires_at, job_id, sealed_sha256) on app.agent_commands to authenticated;

grant update (state, reason, claimed_at) on app.agent_commands to authenticated;

alter table app.agent_settings enable row level security, force row level security;

create policy agent_settings_change on app.agent_settings for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

create policy agent_settings_make on app.agent_settings for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

create policy agent_settings_read on app.agent_settings for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND ((device_id = ( SELECT app.caller_device_id() AS caller_device_id)) OR (( SELECT app.caller_role() AS caller_role) = 'admin'::text) OR ((( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND (device_id IN ( SELECT d.id
   FROM app.devices d))))));

grant select on app.agent_settings to authenticated;

grant insert (organisation_id, device_id, download_folder) on app.agent_settings to authenticated;

grant update (download_folder, updated_at) on app.agent_settings to authenticated;

alter table app.analysis_feedback enable row level security, force row level security;

create policy analysis_feedback_append on app.analysis_feedback for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)));

create policy analysis_feedback_read on app.analysis_feedback for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND ((user_id = ( SELECT auth.uid() AS uid)) OR (( SELECT app.caller_role() AS caller_role) = ANY (ARRAY['manager'::text, 'admin'::text])))));

grant insert, select on app.analysis_feedback to authenticated;

alter table app.audit_log enable row level security, force row level security;

create policy audit_log_append on app.audit_log for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (NOT (device_id IS DISTINCT FROM ( SELECT app.caller_device_id() AS caller_device_id))) AND ((signed_in_user_id IS NULL) OR (( SELECT app.caller_device_id() AS caller_device_id) IS NOT NULL))));

create policy audit_log_read on app.audit_log for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text)));

grant select on app.audit_log to authenticated;

grant insert (organisation_id, user_id, device_id, action, subject_type, subject_id, details, candidate_id, signed_in_user_id) on app.audit_log to authenticated;

alter table app.candidate_changes enable row level security, force row level security;

create policy candidate_changes_read on app.candidate_changes for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)));

grant select on app.candidate_changes to authenticated;

alter table app.candidate_counts enable row level security, force row level security;

create policy candidate_counts_read on app.candidate_counts for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)));

grant select on app.candidate_counts to authenticated;

alter table app.candidate_events enable row level security, force row level security;

create policy candidate_events_append on app.candidate_events for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (created_by_user_id = ( SELECT auth.uid() AS uid)) AND (NOT (created_by_device_id IS DISTINCT FROM ( SELECT app.caller_device_id() AS caller_device_id))) AND ((( SELECT app.caller_device_id() AS caller_device_id) IS NULL) OR (event_type = ANY (ARRAY['resume_downloaded'::text, 'resume_updated'::text])))));

create policy candidate_events_read on app.candidate_events for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND ((( SELECT app.caller_device_id() AS caller_device_id) IS NULL) OR (created_by_device_id = ( SELECT app.caller_device_id() AS caller_device_id)))));

grant select on app.candidate_events to authenticated;

grant insert (id, organisation_id, candidate_id, event_type, status, previous_status, notes, rank_applied_for, search_ship_type, ai_search_prompt, ai_match_reason, filename, resume_id, resume_storage_path, resume_source, resume_checksum_sha256, resume_uploaded_at, resume_upload_status, undoes_event_id, override_reason, expected_version, resulting_version, created_by_user_id, created_by_device_id, created_at, call_back_on, call_back_done) on app.candidate_events to authenticated;

alter table app.candidate_state enable row level security, force row level security;

create policy candidate_state_change on app.candidate_state for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)));

create policy candidate_state_make on app.candidate_state for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)));

create policy candidate_state_read on app.candidate_state for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)));

grant insert, select on app.candidate_state to authenticated;

grant update (latest_resume_id, review_state, downloaded_at, status, notes, verified_at, touched_by_user_id, touched_by_device_id, touched_at, version, last_event_id, latest_decision_id, name, present_rank, rank_applied_for, search_ship_type, email, country, mobile_no, availability, date_of_birth, expiry_dates, call_back_on, call_back_user_id) on app.candidate_state to authenticated;

alter table app.candidates enable row level security, force row level security;

create policy candidates_change on app.candidates for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)));

create policy candidates_make on app.candidates for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)));

create policy candidates_read on app.candidates for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)));

grant insert, select on app.candidates to authenticated;

grant update (latest_filename, rank_applied_for, name, present_rank, email, country, mobile_no, updated_at) on app.candidates to authenticated;

alter table app.device_portals enable row level security, force row level security;

create policy device_portals_make on app.device_portals for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

create policy device_portals_read on app.device_portals for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id IN ( SELECT d.id
   FROM app.devices d))));

create policy device_portals_report on app.device_portals for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

grant insert, select on app.device_portals to authenticated;

grant update (state, otp_expires_at, reason, login_is_kept, phone_ends, folder_reason, sealing_key, reported_at) on app.device_portals to authenticated;

alter table app.devices enable row level security, force row level security;

create policy devices_read on app.devices for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND
CASE ( SELECT app.caller_role() AS caller_role)
    WHEN 'device'::text THEN (id = ( SELECT app.caller_device_id() AS caller_device_id))
    WHEN 'recruiter'::text THEN (user_id = ( SELECT auth.uid() AS uid))
    ELSE true
END));

create policy devices_report on app.devices for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (id = ( SELECT app.caller_device_id() AS caller_device_id))))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (id = ( SELECT app.caller_device_id() AS caller_device_id)) AND (status = 'active'::text)));

create policy devices_revoke on app.devices for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND ((user_id = ( SELECT auth.uid() AS uid)) OR (( SELECT app.caller_role() AS caller_role) = 'admin'::text))))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND (status = 'revoked'::text)));

grant select (id, organisation_id, user_id, device_name, platform, agent_version, status, waiting, parked, last_seen_at, created_at) on app.devices to authenticated;

grant update (platform, agent_version, status, waiting, parked, last_seen_at) on app.devices to authenticated;

alter table app.download_job_logs enable row level security, force row level security;

create policy download_job_logs_append on app.download_job_logs for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NOT NULL) AND (job_id IN ( SELECT j.id
   FROM app.download_jobs j
  WHERE (j.user_id = ( SELECT auth.uid() AS uid))))));

create policy download_job_logs_read on app.download_job_logs for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (job_id IN ( SELECT j.id
   FROM app.download_jobs j))));

grant insert, select on app.download_job_logs to authenticated;

alter table app.download_jobs enable row level security, force row level security;

create policy download_jobs_make on app.download_jobs for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND
CASE
    WHEN (( SELECT app.caller_device_id() AS caller_device_id) IS NOT NULL) THEN (device_id = ( SELECT app.caller_device_id() AS caller_device_id))
    ELSE ((status = 'queued'::text) AND (device_id IN ( SELECT d.id
       FROM app.devices d
      WHERE ((d.user_id = ( SELECT auth.uid() AS uid)) AND (d.status = 'active'::text)))))
END));

create policy download_jobs_read on app.download_jobs for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND
CASE ( SELECT app.caller_role() AS caller_role)
    WHEN 'device'::text THEN (user_id = ( SELECT auth.uid() AS uid))
    WHEN 'recruiter'::text THEN (user_id = ( SELECT auth.uid() AS uid))
    ELSE true
END));

create policy download_jobs_report on app.download_jobs for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NOT NULL)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NOT NULL)));

create policy download_jobs_withdraw on app.download_jobs for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND (user_id = ( SELECT auth.uid() AS uid)) AND (status = 'queued'::text) AND (reported_at IS NULL)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND (user_id = ( SELECT auth.uid() AS uid)) AND (status = 'cancelled'::text) AND (reported_at IS NULL)));

grant insert, select on app.download_jobs to authenticated;

grant update (status, message, reason, listed, stored, skipped, failed, last_seq, reported_at, started_at, ended_at, change) on app.download_jobs to authenticated;

alter table app.erased_numbers enable row level security, force row level security;

create policy erased_numbers_nobody on app.erased_numbers for select to authenticated
  using (false);

alter table app.erasure_salts enable row level security, force row level security;

create policy erasure_salts_nobody on app.erasure_salts for select to authenticated
  using (false);

alter table app.exports enable row level security, force row level security;

create policy exports_make on app.exports for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND (user_id = ( SELECT auth.uid() AS uid)) AND (NOT (EXISTS ( SELECT
   FROM unnest(exports.candidate_ids) named(candidate_id)
  WHERE (NOT (EXISTS ( SELECT
           FROM app.candidates c
          WHERE (c.id = named.candidate_id)))))))));

create policy exports_read on app.exports for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND ((user_id = ( SELECT auth.uid() AS uid)) OR (( SELECT app.caller_role() AS caller_role) = 'admin'::text))));

grant select on app.exports to authenticated;

grant insert (organisation_id, user_id, candidate_ids, resume_ids, file_lengths, text_bytes, path_bytes) on app.exports to authenticated;

alter table app.invitations enable row level security, force row level security;

create policy invitations_change on app.invitations for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text) AND (accepted_at IS NULL) AND (revoked_at IS NULL)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text) AND (accepted_at IS NULL)));

create policy invitations_make on app.invitations for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text) AND (invited_by_user_id = ( SELECT auth.uid() AS uid))));

create policy invitations_read on app.invitations for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text)));

grant insert (organisation_id, email, role, token_hash, invited_by_user_id, expires_at) on app.invitations to authenticated;

grant select (id, organisation_id, email, role, invited_by_user_id, created_at, sent_at, expires_at, revoked_at, accepted_at, accepted_by_user_id) on app.invitations to authenticated;

grant update (token_hash, sent_at, expires_at, revoked_at) on app.invitations to authenticated;

alter table app.legal_holds enable row level security, force row level security;

create policy legal_holds_lift on app.legal_holds for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text) AND (lifted_at IS NULL)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text) AND (lifted_by_user_id = ( SELECT auth.uid() AS uid))));

create policy legal_holds_place on app.legal_holds for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text) AND (placed_by_user_id = ( SELECT auth.uid() AS uid))));

create policy legal_holds_read on app.legal_holds for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text)));

grant select on app.legal_holds to authenticated;

grant insert (organisation_id, candidate_id, reason, placed_by_user_id) on app.legal_holds to authenticated;

grant update (lifted_by_user_id, lifted_at) on app.legal_holds to authenticated;

alter table app.memberships enable row level security, force row level security;

create policy memberships_change on app.memberships for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text) AND (user_id <> ( SELECT auth.uid() AS uid))))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text) AND (user_id <> ( SELECT auth.uid() AS uid))));

create policy memberships_read on app.memberships for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND ((user_id = ( SELECT auth.uid() AS uid)) OR (( SELECT app.caller_role() AS caller_role) = 'admin'::text))));

grant select on app.memberships to authenticated;

grant update (role, active) on app.memberships to authenticated;

alter table app.object_removals enable row level security, force row level security;

create policy object_removals_nobody on app.object_removals for select to authenticated
  using (false);

alter table app.office_marks enable row level security, force row level security;

create policy office_marks_read on app.office_marks for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)));

grant select on app.office_marks to authenticated;

alter table app.organisations enable row level security, force row level security;

create policy organisations_read on app.organisations for select to authenticated
  using ((id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)));

grant select on app.organisations to authenticated;

alter table app.pairing_codes enable row level security, force row level security;

create policy pairing_codes_make on app.pairing_codes for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)));

create policy pairing_codes_read on app.pairing_codes for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)));

grant insert (organisation_id, user_id, code_hash, expires_at) on app.pairing_codes to authenticated;

grant select (id, organisation_id, user_id, expires_at, used_at, created_at) on app.pairing_codes to authenticated;

alter table app.read_files enable row level security, force row level security;

create policy read_files_change on app.read_files for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

create policy read_files_forget on app.read_files for delete to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

create policy read_files_make on app.read_files for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

create policy read_files_read on app.read_files for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

grant delete, select on app.read_files to authenticated;

grant insert (organisation_id, device_id, file_path, last_modified, file_length, file_sha256, resume_id, text_version) on app.read_files to authenticated;

grant update (last_modified, file_length, file_sha256, resume_id, text_version, read_at) on app.read_files to authenticated;

alter table app.received_events enable row level security, force row level security;

create policy received_events_append on app.received_events for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid))));

create policy received_events_read on app.received_events for select to authenticated
  using ((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)));

grant insert, select on app.received_events to authenticated;

alter table app.resume_uploads enable row level security, force row level security;

create policy resume_uploads_ask on app.resume_uploads for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

create policy resume_uploads_read on app.resume_uploads for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = ANY (ARRAY['device'::text, 'manager'::text, 'admin'::text]))));

create policy resume_uploads_tell on app.resume_uploads for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NOT NULL)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NOT NULL)));

grant select on app.resume_uploads to authenticated;

grant insert (organisation_id, resume_id, file_sha256, file_length, storage_path, device_id, told_at, check_at) on app.resume_uploads to authenticated;

grant update (file_length, storage_path, device_id, asked_at, told_at, check_at) on app.resume_uploads to authenticated;

alter table app.resumes enable row level security, force row level security;

create policy resumes_change on app.resumes for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)));

create policy resumes_make on app.resumes for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (NOT (device_id IS DISTINCT FROM ( SELECT app.caller_device_id() AS caller_device_id))) AND (review_state = 'to_review'::text) AND (resume_upload_status = 'pending'::text)));

create policy resumes_read on app.resumes for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (deleted_at IS NULL)));

grant insert, select on app.resumes to authenticated;

grant update (review_state, resume_storage_path, resume_source, resume_checksum_sha256, resume_uploaded_at, resume_upload_status) on app.resumes to authenticated;

alter table app.retention_rules enable row level security, force row level security;

create policy retention_rules_change on app.retention_rules for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text)));

create policy retention_rules_drop on app.retention_rules for delete to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text)));

create policy retention_rules_make on app.retention_rules for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text) AND (created_by_user_id = ( SELECT auth.uid() AS uid))));

create policy retention_rules_read on app.retention_rules for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_role() AS caller_role) = 'admin'::text)));

grant delete, select on app.retention_rules to authenticated;

grant insert (organisation_id, months, grace_days, statuses, ranks, active, created_by_user_id) on app.retention_rules to authenticated;

grant update (months, grace_days, statuses, ranks, active, updated_at) on app.retention_rules to authenticated;

alter table app.saved_views enable row level security, force row level security;

create policy saved_views_change on app.saved_views for update to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)))
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)));

create policy saved_views_drop on app.saved_views for delete to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)));

create policy saved_views_make on app.saved_views for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)));

create policy saved_views_read on app.saved_views for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (user_id = ( SELECT auth.uid() AS uid)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL)));

grant delete, select on app.saved_views to authenticated;

grant insert (organisation_id, user_id, name, filters) on app.saved_views to authenticated;

grant update (filters) on app.saved_views to authenticated;

alter table app.sealed_codes enable row level security, force row level security;

create policy sealed_codes_forget on app.sealed_codes for delete to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

create policy sealed_codes_hand_in on app.sealed_codes for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (( SELECT app.caller_device_id() AS caller_device_id) IS NULL) AND (EXISTS ( SELECT
   FROM app.agent_commands c
  WHERE ((c.organisation_id = sealed_codes.organisation_id) AND (c.id = sealed_codes.command_id) AND (c.device_id = sealed_codes.device_id) AND (c.kind = 'portal_code'::text) AND (c.state = 'waiting'::text) AND (c.asked_by_user_id = ( SELECT auth.uid() AS uid)))))));

create policy sealed_codes_read on app.sealed_codes for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

grant delete, select on app.sealed_codes to authenticated;

grant insert (organisation_id, command_id, device_id, sealed) on app.sealed_codes to authenticated;

alter table app.status_transitions enable row level security, force row level security;

create policy status_transitions_read on app.status_transitions for select to authenticated
  using (true);

grant select on app.status_transitions to authenticated;

alter table app.tries enable row level security, force row level security;

create policy tries_are_nobodys on app.tries for select to authenticated
  using (false);

alter table app.update_outcomes enable row level security, force row level security;

create policy update_outcomes_read on app.update_outcomes for select to authenticated
  using (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id IN ( SELECT d.id
   FROM app.devices d))));

create policy update_outcomes_tell on app.update_outcomes for insert to authenticated
  with check (((organisation_id = ( SELECT app.caller_organisation_id() AS caller_organisation_id)) AND (device_id = ( SELECT app.caller_device_id() AS caller_device_id))));

grant select on app.update_outcomes to authenticated;

grant insert (id, organisation_id, device_id, from_version, to_version, result, reason, channel, platform, ended_at) on app.update_outcomes to authenticated;

alter table app.users enable row level security, force row level security;

create policy users_read on app.users for select to authenticated
  using ((id IN ( SELECT app.caller_colleague_ids() AS caller_colleague_ids)));

grant select on app.users to authenticated;

grant select on app.candidate_latest_state_v to authenticated;

grant select on app.rank_counts_v to authenticated;

revoke execute on function app.accept_invitation(bytea,uuid,text) from public; grant execute on function app.accept_invitation(bytea,uuid,text) to njordhr_api;

revoke execute on function app.access_marks(uuid[],uuid[]) from public; grant execute on function app.access_marks(uuid[],uuid[]) to njordhr_api;

revoke execute on function app.applied_migrations() from public; grant execute on function app.applied_migrations() to njordhr_api;

revoke execute on function app.audit_agent_settings() from public; grant execute on function app.audit_agent_settings() to public;

revoke execute on function app.bring_back(uuid,uuid) from public; grant execute on function app.bring_back(uuid,uuid) to public;

revoke execute on function app.caller_address() from public; grant execute on function app.caller_address() to authenticated;

revoke execute on function app.caller_claimed_device_id() from public; grant execute on function app.caller_claimed_device_id() to authenticated;

revoke execute on function app.caller_colleague_ids() from public; grant execute on function app.caller_colleague_ids() to authenticated;

revoke execute on function app.caller_device_id() from public; grant execute on function app.caller_device_id() to authenticated;

revoke execute on function app.caller_is_active() from public; grant execute on function app.caller_is_active() to authenticated;

revoke execute on function app.caller_organisation_id() from public; grant execute on function app.caller_organisation_id() to authenticated;

revoke execute on function app.caller_role() from public; grant execute on function app.caller_role() to authenticated;

revoke execute on function app.caller_trace_id() from public; grant execute on function app.caller_trace_id() to authenticated;

revoke execute on function app.candidate_marks(uuid[],uuid[]) from public; grant execute on function app.candidate_marks(uuid[],uuid[]) to njordhr_api;

revoke execute on function app.check_agent_command() from public; grant execute on function app.check_agent_command() to public;

revoke execute on function app.check_candidate_event() from public; grant execute on function app.check_candidate_event() to public;

revoke execute on function app.check_candidate_state() from public; grant execute on function app.check_candidate_state() to public;

revoke execute on function app.check_download_job() from public; grant execute on function app.check_download_job() to public;

revoke execute on function app.check_legal_hold() from public; grant execute on function app.check_legal_hold() to public;

revoke execute on function app.check_resume() from public; grant execute on function app.check_resume() to public;

revoke execute on function app.claim_object_removals(integer) from public; grant execute on function app.claim_object_removals(integer) to njordhr_api;

revoke execute on function app.claim_upload_check(interval) from public; grant execute on function app.claim_upload_check(interval) to njordhr_api;

revoke execute on function app.command_marks(uuid[],uuid[]) from public; grant execute on function app.command_marks(uuid[],uuid[]) to njordhr_api;

revoke execute on function app.complete_audit_entry() from public; grant execute on function app.complete_audit_entry() to public;

revoke execute on function app.computers_with(uuid) from public; grant execute on function app.computers_with(uuid) to authenticated;

revoke execute on function app.count_try(bytea,integer,integer) from public; grant execute on function app.count_try(bytea,integer,integer) to njordhr_api;

revoke execute on function app.deleted_counts() from public; grant execute on function app.deleted_counts() to authenticated;

revoke execute on function app.deleted_people(timestamp with time zone,uuid,integer) from public; grant execute on function app.deleted_people(timestamp with time zone,uuid,integer) to authenticated;

revoke execute on function app.device_by_token(bytea) from public; grant execute on function app.device_by_token(bytea) to njordhr_api;

revoke execute on function app.erase_candidate(uuid) from public; grant execute on function app.erase_candidate(uuid) to authenticated;

revoke execute on function app.erase_expired(integer) from public; grant execute on function app.erase_expired(integer) to njordhr_api;

revoke execute on function app.erase_person(uuid,uuid) from public; grant execute on function app.erase_person(uuid,uuid) to public;

revoke execute on function app.erase_person_elsewhere(app.candidates,text[]) from public; grant execute on function app.erase_person_elsewhere(app.candidates,text[]) to public;

revoke execute on function app.erased_when(text) from public; grant execute on function app.erased_when(text) to authenticated;

revoke execute on function app.find_candidate_ids(text) from public; grant execute on function app.find_candidate_ids(text) to authenticated;

revoke execute on function app.follow_rules(integer) from public; grant execute on function app.follow_rules(integer) to njordhr_api;

revoke execute on function app.forget_old_commands() from public; grant execute on function app.forget_old_commands() to njordhr_api;

revoke execute on function app.forget_tries(bytea) from public; grant execute on function app.forget_tries(bytea) to njordhr_api;

revoke execute on function app.hide_people(uuid,uuid[],text,timestamp with time zone) from public; grant execute on function app.hide_people(uuid,uuid[],text,timestamp with time zone) to public;

revoke execute on function app.hold_upload_check(uuid) from public; grant execute on function app.hold_upload_check(uuid) to njordhr_api;

revoke execute on function app.idle_people(uuid,integer,text[],text[]) from public; grant execute on function app.idle_people(uuid,integer,text[],text[]) to authenticated;

revoke execute on function app.invitation_by_token(bytea) from public; grant execute on function app.invitation_by_token(bytea) to njordhr_api;

revoke execute on function app.is_held(uuid,uuid) from public; grant execute on function app.is_held(uuid,uuid) to public;

revoke execute on function app.job_figures(integer) from public; grant execute on function app.job_figures(integer) to njordhr_api;

revoke execute on function app.job_marks(uuid[],uuid[]) from public; grant execute on function app.job_marks(uuid[],uuid[]) to njordhr_api;

revoke execute on function app.keep_an_admin() from public; grant execute on function app.keep_an_admin() to public;

revoke execute on function app.kept_of(uuid) from public; grant execute on function app.kept_of(uuid) to authenticated;

revoke execute on function app.next_expiry(date[],date) from public; grant execute on function app.next_expiry(date[],date) to authenticated;

revoke execute on function app.note_candidate_change() from public; grant execute on function app.note_candidate_change() to public;

revoke execute on function app.number_digest(uuid,text) from public; grant execute on function app.number_digest(uuid,text) to public;

revoke execute on function app.object_removed(uuid) from public; grant execute on function app.object_removed(uuid) to njordhr_api;

revoke execute on function app.office_device(uuid) from public; grant execute on function app.office_device(uuid) to authenticated;

revoke execute on function app.only_one_worker() from public; grant execute on function app.only_one_worker() to public;

revoke execute on function app.refuse_change_of_audit_log() from public; grant execute on function app.refuse_change_of_audit_log() to public;

revoke execute on function app.refuse_what_is_held() from public; grant execute on function app.refuse_what_is_held() to public;

revoke execute on function app.register_device(bytea,bytea,text,text,text) from public; grant execute on function app.register_device(bytea,bytea,text,text,text) to njordhr_api;

revoke execute on function app.register_device(bytea,bytea,text,text,text,uuid) from public; grant execute on function app.register_device(bytea,bytea,text,text,text,uuid) to njordhr_api;

revoke execute on function app.restore_candidates(uuid[]) from public; grant execute on function app.restore_candidates(uuid[]) to authenticated;

revoke execute on function app.restore_downloaded(text) from public; grant execute on function app.restore_downloaded(text) to authenticated;

revoke execute on function app.resume_of(text,text) from public; grant execute on function app.resume_of(text,text) to authenticated;

revoke execute on function app.settle_upload_check(uuid,text,text,interval) from public; grant execute on function app.settle_upload_check(uuid,text,text,interval) to njordhr_api;

revoke execute on function app.sync_figures() from public; grant execute on function app.sync_figures() to njordhr_api;

revoke execute on function app.upload_figures() from public; grant execute on function app.upload_figures() to njordhr_api;

revoke execute on function app.waiting_object_removals() from public; grant execute on function app.waiting_object_removals() to authenticated;

revoke execute on function app.was_member(uuid,timestamp with time zone) from public; grant execute on function app.was_member(uuid,timestamp with time zone) to authenticated;
