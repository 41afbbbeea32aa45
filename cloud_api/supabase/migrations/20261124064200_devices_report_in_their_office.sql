-- A computer that reports is asked for its office as well, as every policy of a table with offices does.
alter policy devices_report on app.devices
  using (
    organisation_id = (select app.caller_organisation_id()) and id = (select app.caller_device_id())
  )
  with check (
    organisation_id = (select app.caller_organisation_id())
    and id = (select app.caller_device_id())
    and status = 'active'
  );
