-- Whom somebody wants to call back and when, and the lists that somebody gave a name. Both follow the person.

alter table app.candidate_events
  add column call_back_on date,
  add column call_back_done boolean not null default false,
  add check (call_back_on is null or event_type = 'note_added'),
  add check (not call_back_done or (event_type = 'note_added' and call_back_on is null));
grant insert (call_back_on, call_back_done) on app.candidate_events to authenticated;

alter table app.candidate_state
  add column call_back_on date,
  add column call_back_user_id uuid,
  add foreign key (organisation_id, call_back_user_id)
    references app.memberships (organisation_id, user_id) on delete restrict,
  add check ((call_back_on is null) = (call_back_user_id is null));
grant update (call_back_on, call_back_user_id) on app.candidate_state to authenticated;
create index candidate_state_call_back_idx on app.candidate_state
  (organisation_id, call_back_user_id, call_back_on, candidate_id);

-- As before, with the call-back among what changes by an event only, and as its writer's: no state names a day
-- or a person that none of the candidate's notes names together.
create or replace function app.check_candidate_state() returns trigger
language plpgsql set search_path = ''
as $$
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
$$;

create table app.saved_views (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null,
  user_id uuid not null,
  name text not null check (name = trim(name) and length(name) between 1 and 60),
  filters jsonb not null check (jsonb_typeof(filters) = 'object'),
  created_at timestamptz not null default now(),
  foreign key (organisation_id, user_id) references app.memberships (organisation_id, user_id) on delete restrict,
  unique (organisation_id, user_id, name)
);
alter table app.saved_views enable row level security;
alter table app.saved_views force row level security;
grant select, insert (organisation_id, user_id, name, filters), update (filters), delete on app.saved_views
  to authenticated;

create policy saved_views_read on app.saved_views for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and (select app.caller_device_id()) is null
  );
create policy saved_views_make on app.saved_views for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and (select app.caller_device_id()) is null
  );
create policy saved_views_change on app.saved_views for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and (select app.caller_device_id()) is null
  )
  with check (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and (select app.caller_device_id()) is null
  );
create policy saved_views_drop on app.saved_views for delete to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and (select app.caller_device_id()) is null
  );
