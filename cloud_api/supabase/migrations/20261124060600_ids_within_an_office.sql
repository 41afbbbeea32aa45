-- An id that callers make counts within their office only. Whether another office has the same one is nothing
-- that a refusal may tell, nobody can take an id away from another office, and no row points out of its own.

alter table app.candidate_state
  drop constraint candidate_state_last_event_id_fkey,
  drop constraint candidate_state_latest_decision_id_fkey;
drop index app.candidate_state_event_idx;
drop index app.candidate_state_decision_idx;

alter table app.candidate_events
  drop constraint candidate_events_undoes_event_id_fkey,
  drop constraint candidate_events_undoes_event_id_key,
  drop constraint candidate_events_pkey,
  add primary key (organisation_id, id),
  add unique (organisation_id, undoes_event_id),
  add foreign key (organisation_id, undoes_event_id)
    references app.candidate_events (organisation_id, id) on delete restrict;

alter table app.candidate_state
  add foreign key (organisation_id, last_event_id)
    references app.candidate_events (organisation_id, id) on delete restrict,
  add foreign key (organisation_id, latest_decision_id)
    references app.candidate_events (organisation_id, id) on delete restrict;
create index candidate_state_event_idx on app.candidate_state (organisation_id, last_event_id);
create index candidate_state_decision_idx on app.candidate_state (organisation_id, latest_decision_id);

alter table app.download_job_logs
  drop constraint download_job_logs_organisation_id_job_id_fkey,
  drop constraint download_job_logs_job_id_seq_key;
drop index app.download_job_logs_job_idx;
alter table app.download_jobs
  drop constraint download_jobs_pkey,
  drop constraint download_jobs_organisation_id_id_key,
  add primary key (organisation_id, id);
alter table app.download_job_logs
  add unique (organisation_id, job_id, seq),
  add foreign key (organisation_id, job_id)
    references app.download_jobs (organisation_id, id) on delete restrict;

-- The API signs a link to whatever place stands here, so it can only be one of the office's own.
alter table app.resumes add constraint resumes_lie_with_their_office
  check (starts_with(resume_storage_path, 'resumes/' || organisation_id::text || '/'));
