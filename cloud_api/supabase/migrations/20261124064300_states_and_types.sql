-- What the protocol says of jobs and of what is received, held true by the database as well.

alter table app.received_events add constraint received_events_event_type_check check (event_type in (
  'initial_verification', 'resume_updated', 'status_change', 'note_added', 'resume_downloaded', 'review_passed',
  'undo', 'resume_opened', 'job_changed', 'job_line'
));

-- A running job may wait again; one that is over never becomes anything else.
create function app.check_download_job() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if old.status in ('success', 'failed', 'cancelled') then
    raise exception 'job.is-over' using errcode = 'NJ001';
  end if;
  return new;
end
$$;
create trigger check_download_job before update on app.download_jobs
  for each row when (old.status is distinct from new.status) execute function app.check_download_job();
revoke execute on function app.check_download_job() from public;
