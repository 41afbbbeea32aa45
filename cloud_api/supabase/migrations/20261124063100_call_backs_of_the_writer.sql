-- A call-back is its writer's: no state names a day or a person that none of the candidate's notes names together.

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
