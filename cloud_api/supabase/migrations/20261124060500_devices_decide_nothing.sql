-- A computer delivers resumes and uploads them; whether somebody has looked at one is for people to say.
create function app.check_resume() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if new.review_state <> old.review_state and app.caller_claimed_device_id() is not null then
    raise exception 'auth.forbidden' using errcode = 'NJ001';
  end if;
  return new;
end
$$;
create trigger check_resume before update on app.resumes
  for each row execute function app.check_resume();
revoke execute on function app.check_resume() from public;
