-- A job can go back into its computer's queue, so an older report must be told from a newer one by the job's own
-- counter: a computer's clock can be set back. Reports of agents that do not count yet have 0 and are compared by time.

alter table app.download_jobs add column change bigint not null default 0 check (change >= 0);

grant update (change) on app.download_jobs to authenticated;
