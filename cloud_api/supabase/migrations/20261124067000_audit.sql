-- The audit log: who did what to whom, when and from where. It names ids only, so that it can stay when a person
-- is erased, and it is only ever added to.

-- Where a request comes from and which trace it belongs to, as the API says it beside who asks.
create function app.caller_address() returns inet
language sql stable set search_path = ''
as $$
  select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'address', '')::inet
$$;
create function app.caller_trace_id() returns text
language sql stable set search_path = ''
as $$
  select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'trace_id', '')
$$;
revoke execute on function app.caller_address(), app.caller_trace_id() from public;
grant execute on function app.caller_address(), app.caller_trace_id() to authenticated;

alter table app.audit_log
  -- Nobody did what a rule of the office does by itself.
  alter column user_id drop not null,
  -- Whom it is about, where it is about one person.
  add column candidate_id uuid,
  add column address inet,
  add column trace_id text,
  add foreign key (organisation_id, candidate_id) references app.candidates (organisation_id, id) on delete restrict;

-- What older versions wrote: the portal's number of a person, and words that somebody searched for.
update app.audit_log a
set candidate_id = r.candidate_id
from app.resumes r
where a.subject_type = 'resume' and r.organisation_id = a.organisation_id and r.id::text = a.subject_id;
update app.audit_log
set details = details - 'candidate_external_id' #- '{filter,q}'
where details ? 'candidate_external_id' or details #> '{filter,q}' is not null;

alter table app.audit_log
  alter column address set default app.caller_address(),
  alter column trace_id set default app.caller_trace_id();

drop index app.audit_log_user_idx;
create index audit_log_user_idx on app.audit_log (organisation_id, user_id, created_at desc, id desc);
create index audit_log_action_idx on app.audit_log (organisation_id, action, created_at desc, id desc);
create index audit_log_candidate_idx on app.audit_log (organisation_id, candidate_id, created_at desc, id desc);

-- Says whom an entry is about, and keeps out what names a person.
create function app.complete_audit_entry() returns trigger
language plpgsql set search_path = ''
as $$
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
$$;
create trigger complete_audit_entry before insert on app.audit_log
  for each row execute function app.complete_audit_entry();

-- No role changes an entry: none is granted to, and the owner and what acts as the owner are stopped here.
create function app.refuse_change_of_audit_log() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception 'the audit log is only added to' using errcode = '42501';
end
$$;
create trigger audit_log_stays before update or delete on app.audit_log
  for each row execute function app.refuse_change_of_audit_log();
create trigger audit_log_is_not_emptied before truncate on app.audit_log
  for each statement execute function app.refuse_change_of_audit_log();
alter table app.audit_log enable always trigger audit_log_stays;
alter table app.audit_log enable always trigger audit_log_is_not_emptied;
revoke execute on function app.complete_audit_entry(), app.refuse_change_of_audit_log() from public;

-- The number, the time and the address of an entry are the database's to say.
revoke insert on app.audit_log from authenticated;
grant insert (organisation_id, user_id, device_id, action, subject_type, subject_id, candidate_id, details)
  on app.audit_log to authenticated;

-- Another folder for resumes on a computer; which one is not told, because a path has its person's name in it.
create function app.audit_agent_settings() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if new.download_folder <> '' and (tg_op = 'INSERT' or new.download_folder <> old.download_folder) then
    insert into app.audit_log (organisation_id, user_id, device_id, action, subject_type, subject_id)
    values (new.organisation_id, auth.uid(), app.caller_device_id(), 'device.folder-changed', 'device',
      new.device_id::text);
  end if;
  return null;
end
$$;
create trigger audit_agent_settings after insert or update on app.agent_settings
  for each row execute function app.audit_agent_settings();
revoke execute on function app.audit_agent_settings() from public;
