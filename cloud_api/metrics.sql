-- name: jobs
select status, reason, jobs, seconds from app.job_figures(%(days)s)

-- name: sync
select devices, silent, waiting, parked, lag_median, lag_most from app.sync_figures()

-- name: uploads
select asked, being_checked, failing, oldest_seconds from app.upload_figures()
