-- name: applied_migrations
select array(select app.applied_migrations())
