-- Uploads on their way: a link was given, the bytes were put, the store is looked at. A row goes when the office has
-- the resume; one that stays says since when and why it does not get there.
create table app.resume_uploads (
  organisation_id uuid not null,
  resume_id uuid not null,
  -- Of the bytes that are to arrive: another computer's print of the same resume has others.
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  file_length bigint not null check (file_length > 0),
  storage_path text not null,
  device_id uuid not null,
  first_asked_at timestamptz not null default now(),
  asked_at timestamptz not null default now(),
  -- Since when the computer says that the bytes are there; absent while it does not.
  told_at timestamptz,
  -- When the store is looked at next; absent when there is nothing to look at.
  check_at timestamptz,
  -- Of the look that is under way: who does not hold it any more decides nothing.
  check_claim uuid unique,
  checks integer not null default 0 check (checks >= 0),
  failures integer not null default 0 check (failures >= 0),
  reason text check (reason <> ''),
  failed_at timestamptz,
  primary key (organisation_id, resume_id, file_sha256),
  foreign key (organisation_id, resume_id) references app.resumes (organisation_id, id) on delete cascade,
  foreign key (organisation_id, device_id) references app.devices (organisation_id, id) on delete restrict,
  check (starts_with(storage_path, 'resumes/' || organisation_id::text || '/')),
  check ((failed_at is null) = (failures = 0))
);
create index resume_uploads_device_idx on app.resume_uploads (organisation_id, device_id);
create index resume_uploads_due_idx on app.resume_uploads (check_at) where check_at is not null;

alter table app.resume_uploads enable row level security;
alter table app.resume_uploads force row level security;

-- A computer says what it wants to upload and that it did; what became of it is the checker's alone to say.
grant select on app.resume_uploads to authenticated;
grant insert (organisation_id, resume_id, file_sha256, file_length, storage_path, device_id, told_at, check_at)
  on app.resume_uploads to authenticated;
grant update (file_length, storage_path, device_id, asked_at, told_at, check_at)
  on app.resume_uploads to authenticated;

create policy resume_uploads_read on app.resume_uploads for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_role()) in ('device', 'manager', 'admin')
  );
create policy resume_uploads_ask on app.resume_uploads for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );
-- Whichever computer of the office has these bytes may go on with their upload.
create policy resume_uploads_tell on app.resume_uploads for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and (select app.caller_device_id()) is not null
  )
  with check (
    organisation_id = (select app.caller_organisation_id()) and (select app.caller_device_id()) is not null
  );

-- Takes the upload whose look is due longest, for a while that grows with each look. Of several checkers only one
-- gets it; when that one dies, its while runs out and another takes it.
create function app.claim_upload_check(p_while interval) returns table (
  check_claim uuid, storage_path text, file_sha256 text, file_length bigint, checks integer
)
language sql volatile security definer set search_path = ''
as $$
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
$$;

-- Locks the upload of a look until the transaction ends, so that nothing of it changes while its object is removed.
-- `mine`: decide; `surplus`: the office has the resume elsewhere, or nobody may see it any more; null: not yours now.
create function app.hold_upload_check(p_check_claim uuid) returns text
language plpgsql volatile security definer set search_path = ''
as $$
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
$$;

-- What the look found: `stored`, `surplus`, `missing`, `wrong`, or `later` when the store did not answer. The state of
-- the resume moves here and with the effect.
create function app.settle_upload_check(p_check_claim uuid, p_found text, p_reason text, p_after interval) returns void
language plpgsql volatile security definer set search_path = ''
as $$
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
      resume_checksum_sha256 = v_upload.file_sha256, resume_uploaded_at = now(), resume_source = 'cloud_synced'
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
$$;

-- How many uploads are on their way, of all offices: for the operator.
create function app.upload_figures() returns table (
  asked bigint, being_checked bigint, failing bigint, oldest_seconds double precision
)
language sql stable security definer set search_path = ''
as $$
  select
    count(*) filter (where u.told_at is null and u.failures = 0),
    count(*) filter (where u.told_at is not null),
    count(*) filter (where u.told_at is null and u.failures > 0),
    coalesce(extract(epoch from now() - min(u.first_asked_at)), 0)::double precision
  from app.resume_uploads u
$$;

revoke execute on function app.claim_upload_check(interval), app.hold_upload_check(uuid),
  app.settle_upload_check(uuid, text, text, interval), app.upload_figures() from public;
grant execute on function app.claim_upload_check(interval), app.hold_upload_check(uuid),
  app.settle_upload_check(uuid, text, text, interval), app.upload_figures() to njordhr_api;
