-- A computer that is paired again is a new device, and still has reports of the jobs that it made before: a device may
-- report on the jobs of the person whose it is. Which jobs it is given to run stays a matter of the job's device.

drop policy download_jobs_read on app.download_jobs;
create policy download_jobs_read on app.download_jobs for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and case (select app.caller_role())
      when 'device' then user_id = (select auth.uid())
      when 'recruiter' then user_id = (select auth.uid())
      else true
    end
  );
drop policy download_jobs_report on app.download_jobs;
create policy download_jobs_report on app.download_jobs for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and (select app.caller_device_id()) is not null
  )
  with check (
    organisation_id = (select app.caller_organisation_id())
    and user_id = (select auth.uid())
    and (select app.caller_device_id()) is not null
  );
drop policy download_job_logs_append on app.download_job_logs;
create policy download_job_logs_append on app.download_job_logs for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is not null
    and job_id in (select j.id from app.download_jobs j where j.user_id = (select auth.uid()))
  );
