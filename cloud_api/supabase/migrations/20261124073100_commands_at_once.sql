-- A wish for a resume wakes its computer's long question too, once: whether it is there in time or not, the heartbeat
-- brings the wish until it is answered.
create or replace function app.command_marks(p_offices uuid[], p_ids uuid[]) returns table (
  office_id uuid, subject_id uuid, mark text
)
language sql stable security definer set search_path = ''
as $$
  select w.office_id, w.device_id, count(c.id)::text || ' ' || coalesce(max(c.created_at)::text, '')
  from unnest(p_offices, p_ids) as w (office_id, device_id)
  left join app.agent_commands c
    on c.organisation_id = w.office_id and c.device_id = w.device_id and c.state = 'waiting'
    and (c.kind <> 'upload_resume' or c.claimed_at is null)
  group by w.office_id, w.device_id
$$;

-- As before, and: the start of a download that was cancelled is over, also when it was handed out and its answer never
-- came; nobody hands it out again. So is a wish for a resume that nobody came for in time.
create or replace function app.forget_old_commands() returns void
language sql volatile security definer set search_path = ''
as $$
  delete from app.sealed_codes s where s.expires_at <= now();
  update app.agent_commands c
  set state = 'expired'
  where c.state = 'waiting' and (
    (c.kind = 'upload_resume' and c.expires_at <= now())
    or (
      c.kind = 'start_download' and c.claimed_at is not null
      and exists (
        select from app.download_jobs j
        where j.organisation_id = c.organisation_id and j.id = c.job_id and j.status = 'cancelled'
      )
    )
  );
  with expired as (
    update app.agent_commands c
    set state = 'expired'
    where c.state = 'waiting' and c.kind <> 'upload_resume' and c.expires_at <= now()
      and (c.claimed_at is null or c.kind <> 'start_download')
    returning c.organisation_id, c.job_id, c.kind
  )
  update app.download_jobs j
  set status = 'failed', reason = 'command.expired', ended_at = now()
  from expired
  where expired.kind = 'start_download' and j.organisation_id = expired.organisation_id and j.id = expired.job_id
    and j.status = 'queued' and j.reported_at is null;
$$;

-- What a code's command was asked with, after the code itself is gone: the same id with another code is refused. The
-- digest is of a sealed text that is never the same twice, and tells nothing of the code.
alter table app.agent_commands
  add column sealed_sha256 text check (sealed_sha256 ~ '^[0-9a-f]{64}$');
grant insert (sealed_sha256) on app.agent_commands to authenticated;
