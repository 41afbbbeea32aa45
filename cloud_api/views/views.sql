-- Row-level security shows everybody their own views and nobody else's.

-- name: views
select v.id as view_id, v.name, v.filters
from app.saved_views v
order by lower(v.name), v.id

-- name: keep
insert into app.saved_views (organisation_id, user_id, name, filters)
select %(organisation_id)s::uuid, %(user_id)s::uuid, %(name)s::text, %(filters)s::jsonb
where (select count(*) from app.saved_views v where v.name <> %(name)s::text) < %(most)s::integer
on conflict (organisation_id, user_id, name) do update set filters = excluded.filters
returning id as view_id, name, filters

-- name: drop
delete from app.saved_views where id = %(view_id)s::uuid
