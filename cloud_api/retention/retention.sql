-- name: rules
select
  r.id as rule_id, r.months, r.grace_days, r.statuses, r.ranks, r.active,
  coalesce(nullif(u.full_name, ''), u.email, '') as created_by, r.created_at, r.updated_at, r.last_run_at
from app.retention_rules r
left join app.users u on u.id = r.created_by_user_id
where %(rule_id)s::uuid is null or r.id = %(rule_id)s::uuid
order by r.created_at, r.id

-- name: make_rule
insert into app.retention_rules
  (organisation_id, months, grace_days, statuses, ranks, active, created_by_user_id)
select %(organisation_id)s::uuid, %(months)s::integer, %(grace_days)s::integer, %(statuses)s::text[],
  %(ranks)s::text[], %(active)s::boolean, %(user_id)s::uuid
where (select count(*) from app.retention_rules) < %(most)s::integer
returning id

-- name: change_rule
update app.retention_rules
set months = %(months)s::integer, grace_days = %(grace_days)s::integer, statuses = %(statuses)s::text[],
  ranks = %(ranks)s::text[], active = %(active)s::boolean, updated_at = now()
where id = %(rule_id)s::uuid

-- name: drop_rule
delete from app.retention_rules where id = %(rule_id)s::uuid

-- name: deleted_counts
select d.rank_applied_for, d.active, d.archived, d.waiting, d.erased
from app.deleted_counts() d
order by d.rank_applied_for

-- name: objects_waiting
select app.waiting_object_removals()

-- name: preview
-- What the rule would do now, by rank and status.
select
  i.rank_applied_for, coalesce(i.status, 'unverified') as status, h.id is not null as is_held,
  count(*) as people
from app.idle_people(%(organisation_id)s::uuid, %(months)s::integer, %(statuses)s::text[], %(ranks)s::text[]) i
left join app.legal_holds h on h.candidate_id = i.candidate_id and h.lifted_at is null
group by 1, 2, 3

-- name: preview_first
select
  i.candidate_id, i.name, i.rank_applied_for, coalesce(i.status, 'unverified') as status, i.touched_at
from app.idle_people(%(organisation_id)s::uuid, %(months)s::integer, %(statuses)s::text[], %(ranks)s::text[]) i
where not exists (
  select from app.legal_holds h where h.candidate_id = i.candidate_id and h.lifted_at is null
)
order by i.touched_at, i.candidate_id
limit 50

-- name: deleted_people
select
  p.candidate_id, p.name, p.rank_applied_for, coalesce(p.status, 'unverified') as status, p.touched_at,
  p.deleted_at, p.erase_at
from app.deleted_people(%(after_at)s::timestamptz, %(after_id)s::uuid, %(limit)s::integer) p

-- name: restore
select r.id as candidate_id from app.restore_candidates(%(candidate_ids)s::uuid[]) as r (id)

-- name: kept
select
  k.candidate_id, k.deleted_at, k.erase_at, k.resumes, k.cloud_copies, k.exports, k.hold_reason,
  k.hold_placed_at, k.hold_placed_by
from app.kept_of(%(candidate_id)s::uuid) k

-- name: computers
select c.device_id, c.device_name, c.owner_name, c.status, c.last_seen_at
from app.computers_with(%(candidate_id)s::uuid) c

-- name: place_hold
insert into app.legal_holds (organisation_id, candidate_id, reason, placed_by_user_id)
values (%(organisation_id)s::uuid, %(candidate_id)s::uuid, %(reason)s::text, %(user_id)s::uuid)
on conflict (organisation_id, candidate_id) where lifted_at is null do nothing

-- name: lift_hold
update app.legal_holds
set lifted_at = now(), lifted_by_user_id = %(user_id)s::uuid
where candidate_id = %(candidate_id)s::uuid and lifted_at is null

-- name: erase
select app.erase_candidate(%(candidate_id)s::uuid)

-- name: follow_rules
select app.follow_rules(%(limit)s::integer)

-- name: erase_expired
select app.erase_expired(%(limit)s::integer)

-- name: claim_removals
select c.removal_id, c.storage_path from app.claim_object_removals(%(limit)s::integer) c

-- name: removed
select app.object_removed(%(removal_id)s::uuid)
