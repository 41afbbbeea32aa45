-- The marks of what is waited for (see `watch`): who asks is nobody, and is told nothing else.

-- name: job
select office_id, subject_id, mark from app.job_marks(%(offices)s::uuid[], %(ids)s::uuid[])

-- name: office
select office_id, subject_id, mark from app.candidate_marks(%(offices)s::uuid[], %(ids)s::uuid[])

-- name: access
select office_id, subject_id, mark from app.access_marks(%(offices)s::uuid[], %(ids)s::uuid[])

-- name: commands
select office_id, subject_id, mark from app.command_marks(%(offices)s::uuid[], %(ids)s::uuid[])
