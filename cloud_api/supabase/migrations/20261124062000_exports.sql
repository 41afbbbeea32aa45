-- Who exported whom. The list of people is fixed when the export is asked for, so that it can be read in parts,
-- and stays as the answer to "whose data left the office, with whom, and when".
create table app.exports (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null,
  user_id uuid not null,
  candidate_ids uuid[] not null check (cardinality(candidate_ids) between 1 and 20000),
  created_at timestamptz not null default now(),
  foreign key (organisation_id, user_id) references app.memberships (organisation_id, user_id) on delete restrict
);
create index exports_user_idx on app.exports (organisation_id, user_id, created_at desc);

alter table app.exports enable row level security;
alter table app.exports force row level security;

-- Append-only; the time is this database's.
grant select, insert (organisation_id, user_id, candidate_ids) on app.exports to authenticated;

create policy exports_read on app.exports for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and (user_id = (select auth.uid()) or (select app.caller_role()) = 'admin')
  );
create policy exports_make on app.exports for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and user_id = (select auth.uid())
  );

-- What anybody of the office may know of a colleague's computer that has a resume: its name and when it was seen.
create function app.office_device(p_device_id uuid)
returns table (device_name text, last_seen_at timestamptz, status text)
language sql stable security definer set search_path = ''
as $$
  select d.device_name, d.last_seen_at, d.status
  from app.devices d
  where d.id = p_device_id and d.organisation_id = app.caller_organisation_id()
$$;
revoke execute on function app.office_device(uuid) from public;
grant execute on function app.office_device(uuid) to authenticated;
