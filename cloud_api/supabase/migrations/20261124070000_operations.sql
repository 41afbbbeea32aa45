-- What an operator needs to know of all offices together: counts and durations, and nobody's rows.

-- Which migrations the database has, for the process that must not serve before its own are there.
create function app.applied_migrations() returns setof text
language sql stable security definer set search_path = ''
as $$
  select m.version from supabase_migrations.schema_migrations m
$$;

-- One trace id from the click to the row: an event is received in the request that has this id.
alter table app.received_events
  add column trace_id text;
alter table app.received_events
  alter column trace_id set default app.caller_trace_id();

create index download_jobs_ended_idx on app.download_jobs (ended_at) where ended_at is not null;

-- How the jobs of the last days ended, by outcome and reason.
create function app.job_figures(p_days integer) returns table (
  status text, reason text, jobs bigint, seconds double precision
)
language sql stable security definer set search_path = ''
as $$
  select j.status, coalesce(j.reason, ''), count(*),
    coalesce(sum(extract(epoch from j.ended_at - j.started_at)), 0)::double precision
  from app.download_jobs j
  where j.ended_at > now() - make_interval(days => p_days)
  group by 1, 2
$$;

-- How far the office is behind its computers: what they say waits, which are silent, and how late the newest
-- events arrived.
create function app.sync_figures() returns table (
  devices bigint, silent bigint, waiting bigint, parked bigint, lag_median double precision,
  lag_most double precision
)
language sql stable security definer set search_path = ''
as $$
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
$$;

revoke execute on function app.applied_migrations(), app.job_figures(integer), app.sync_figures() from public;
grant execute on function app.applied_migrations(), app.job_figures(integer), app.sync_figures() to njordhr_api;
