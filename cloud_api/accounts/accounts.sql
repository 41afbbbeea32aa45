-- name: members
select
  u.id as user_id, u.email, u.full_name, m.role, m.active, m.created_at as joined_at,
  count(d.id) filter (where d.status = 'active')::integer as computers, max(d.last_seen_at) as last_seen_at
from app.memberships m
join app.users u on u.id = m.user_id
left join app.devices d on d.organisation_id = m.organisation_id and d.user_id = m.user_id
group by u.id, u.email, u.full_name, m.role, m.active, m.created_at
order by m.active desc, lower(u.full_name), u.email

-- name: member_to_change
-- Not `for update`: the audit rows of a colleague who acts at the same time refer to this row.
select m.role, m.active from app.memberships m where m.user_id = %(user_id)s::uuid for no key update

-- name: admins
select count(*) from app.memberships m where m.role = 'admin' and m.active

-- name: set_role
update app.memberships set role = %(role)s::text where user_id = %(user_id)s::uuid

-- name: set_active
update app.memberships set active = %(active)s::boolean where user_id = %(user_id)s::uuid

-- name: member_of_address
select m.user_id from app.memberships m join app.users u on u.id = m.user_id where u.email = %(email)s::text

-- name: invitations
-- Those that may still be used, or could be if they were renewed; newest first.
select
  i.id as invitation_id, i.email, i.role, u.full_name as invited_by, i.sent_at, i.expires_at,
  i.expires_at <= now() as expired
from app.invitations i
join app.users u on u.id = i.invited_by_user_id
where i.accepted_at is null and i.revoked_at is null
order by i.created_at desc, i.id desc

-- name: invitation
select
  i.id as invitation_id, i.email, i.role, u.full_name as invited_by, i.sent_at, i.expires_at,
  i.expires_at <= now() as expired
from app.invitations i
join app.users u on u.id = i.invited_by_user_id
where i.id = %(invitation_id)s::uuid

-- name: open_invitation
select i.id from app.invitations i
where i.email = %(email)s::text and i.accepted_at is null and i.revoked_at is null

-- name: invite
insert into app.invitations (organisation_id, email, role, token_hash, invited_by_user_id, expires_at)
values (
  %(organisation_id)s::uuid, %(email)s::text, %(role)s::text, %(token_hash)s::bytea, %(by)s::uuid,
  now() + %(lifetime)s::interval
)
on conflict (organisation_id, email) where accepted_at is null and revoked_at is null do nothing
returning id

-- name: renew_invitation
update app.invitations i
set token_hash = %(token_hash)s::bytea, sent_at = now(), expires_at = now() + %(lifetime)s::interval
where i.id = %(invitation_id)s::uuid and i.accepted_at is null and i.revoked_at is null

-- name: revoke_invitation
update app.invitations i set revoked_at = now()
where i.id = %(invitation_id)s::uuid and i.accepted_at is null and i.revoked_at is null

-- name: revoke_links_of
-- Those whose link this person was told: they invited, or they renewed.
update app.invitations i set revoked_at = now()
where i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
  and (
    i.invited_by_user_id = %(user_id)s::uuid
    or exists (
      select from app.audit_log a
      where a.organisation_id = i.organisation_id and a.user_id = %(user_id)s::uuid
        and a.action = 'invitation.renewed' and a.subject_id = i.id::text
    )
  )
returning i.id

-- name: invitation_state
select case when i.accepted_at is not null then 'used' when i.revoked_at is not null then 'revoked' else 'open' end
  as state
from app.invitations i where i.id = %(invitation_id)s::uuid

-- name: invitation_by_token
select i.organisation_name, i.email, i.role, i.invited_by, i.expires_at, i.state
from app.invitation_by_token(%(token_hash)s::bytea) i

-- name: accept_invitation
select app.accept_invitation(%(token_hash)s::bytea, %(user_id)s::uuid, %(full_name)s::text)
