-- An export is as long as it said: with whom it has, it fixes which resume of each, how long the office's copies are,
-- and how much there is to write about all of them. No text of anybody is in it.

-- Of the cloud copy, as its checker counted it; says nothing while there is none. Older ones are as long as the file
-- that they are a copy of, unless they are a copy of another print.
alter table app.resumes add column resume_stored_length bigint check (resume_stored_length > 0);
update app.resumes set resume_stored_length = file_length
where resume_upload_status = 'uploaded' and resume_checksum_sha256 = file_sha256;

create or replace function app.settle_upload_check(p_check_claim uuid, p_found text, p_reason text, p_after interval)
returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_upload app.resume_uploads;
begin
  select * into v_upload from app.resume_uploads u where u.check_claim = p_check_claim for update;
  if not found then
    return;
  end if;
  if p_found = 'stored' then
    update app.resumes r
    set resume_upload_status = 'uploaded', resume_storage_path = v_upload.storage_path,
      resume_checksum_sha256 = v_upload.file_sha256, resume_stored_length = v_upload.file_length,
      resume_uploaded_at = now(), resume_source = 'cloud_synced'
    where r.organisation_id = v_upload.organisation_id and r.id = v_upload.resume_id
      and r.resume_upload_status <> 'uploaded';
  elsif p_found = 'wrong' then
    update app.resumes r
    set resume_upload_status = 'failed', resume_storage_path = null, resume_checksum_sha256 = null,
      resume_uploaded_at = null, resume_source = 'local_only'
    where r.organisation_id = v_upload.organisation_id and r.id = v_upload.resume_id
      and (r.resume_storage_path is null or r.resume_storage_path = v_upload.storage_path);
  end if;
  if p_found in ('stored', 'surplus') then
    -- With what other prints of the resume left, unless there may be an object of theirs to look at.
    delete from app.resume_uploads u
    where u.organisation_id = v_upload.organisation_id and u.resume_id = v_upload.resume_id
      and (u.check_claim = p_check_claim or u.check_at is null);
  elsif p_found = 'later' then
    update app.resume_uploads u set check_claim = null, check_at = now() + p_after, reason = p_reason
    where u.check_claim = p_check_claim;
  else
    -- A link that nobody used is no failure.
    update app.resume_uploads u
    set check_claim = null, check_at = null, checks = 0, told_at = null, reason = p_reason,
      failures = u.failures + (u.told_at is not null)::integer,
      failed_at = case when u.told_at is not null then now() else u.failed_at end
    where u.check_claim = p_check_claim;
  end if;
end
$$;

-- All absent for an export that was asked for before there were any; its ZIP does not say how long it will be.
-- Only one's own office's resumes are ever read by these ids, whatever they are.
alter table app.exports
  -- Each person's, in the order of the people: the resume, and how long the office's copy is where there was one.
  add column resume_ids uuid[] check (cardinality(resume_ids) = cardinality(candidate_ids)),
  add column file_lengths bigint[] check (cardinality(file_lengths) = cardinality(candidate_ids)),
  -- Sums of what the tables and the paths of the ZIP may take.
  add column text_bytes bigint check (text_bytes >= 0),
  add column path_bytes bigint check (path_bytes >= 0),
  add check (num_nulls(resume_ids, file_lengths, text_bytes, path_bytes) in (0, 4));
grant insert (resume_ids, file_lengths, text_bytes, path_bytes) on app.exports to authenticated;
