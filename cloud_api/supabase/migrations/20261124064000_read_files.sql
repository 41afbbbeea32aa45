-- Which files a computer has read, and what it found in them: the index that replaces `registry.db`
-- (specification 12.3). One row a file; a file that changed on the disk is read anew.
create table app.read_files (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null,
  device_id uuid not null,
  -- Below the download folder, with `/` between the parts: which folder that is stands in agent_settings.
  file_path text not null check (file_path <> '' and not starts_with(file_path, '/')),
  last_modified timestamptz not null,
  file_length bigint not null check (file_length >= 0),
  file_sha256 text check (file_sha256 ~ '^[0-9a-f]{64}$'),
  -- The resume that the file is; null while none of the office's is known to have its content.
  resume_id uuid,
  -- With which version of the reader; a newer reader reads the file again.
  text_version integer not null check (text_version >= 0),
  read_at timestamptz not null default now(),
  foreign key (organisation_id, device_id) references app.devices (organisation_id, id) on delete restrict,
  foreign key (organisation_id, resume_id) references app.resumes (organisation_id, id) on delete restrict,
  unique (organisation_id, device_id, file_path)
);
create index read_files_resume_idx on app.read_files (organisation_id, resume_id);

alter table app.read_files enable row level security;
alter table app.read_files force row level security;

grant select, delete on app.read_files to authenticated;
grant insert (organisation_id, device_id, file_path, last_modified, file_length, file_sha256, resume_id, text_version),
  update (last_modified, file_length, file_sha256, resume_id, text_version, read_at)
  on app.read_files to authenticated;

-- A path has its person's name in it: only the computer itself reads and keeps its index.
create policy read_files_read on app.read_files for select to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );
create policy read_files_make on app.read_files for insert to authenticated
  with check (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );
create policy read_files_change on app.read_files for update to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  )
  with check (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );
create policy read_files_forget on app.read_files for delete to authenticated
  using (
    organisation_id = (select app.caller_organisation_id()) and device_id = (select app.caller_device_id())
  );
