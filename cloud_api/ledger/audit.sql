-- name: write
insert into app.audit_log (organisation_id, user_id, device_id, action, subject_type, subject_id, candidate_id,
  details, signed_in_user_id)
values (%(organisation_id)s::uuid, %(user_id)s::uuid, %(device_id)s::uuid, %(action)s::text,
  %(subject_type)s::text, %(subject_id)s::text, %(candidate_id)s::uuid, %(details)s::jsonb,
  %(signed_in_user_id)s::uuid)
