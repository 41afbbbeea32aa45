-- An export names people of its office only. Its list is an array, which no foreign key guards.
alter policy exports_make on app.exports
  with check (
    organisation_id = (select app.caller_organisation_id())
    and (select app.caller_device_id()) is null
    and user_id = (select auth.uid())
    and not exists (
      select from unnest(exports.candidate_ids) named (candidate_id)
      where not exists (select from app.candidates c where c.id = named.candidate_id)
    )
  );
