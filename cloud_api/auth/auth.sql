-- name: member
-- As the person themself: nothing comes back when the membership is not active.
select u.id as user_id, m.organisation_id, o.name as organisation_name, u.email, u.full_name, m.role
from app.memberships m
join app.users u on u.id = m.user_id
join app.organisations o on o.id = m.organisation_id
where m.user_id = %(user_id)s;

-- name: device_by_token
select device_id, organisation_id, user_id, status, member_active from app.device_by_token(%(token_hash)s);

-- name: account_by_email
select user_id, email, password_hash from local_auth.account_by_email(%(email)s);

-- name: start_family
select local_auth.start_family(%(user_id)s, %(token_hash)s, %(expires_at)s);

-- name: rotate
select outcome, user_id, email from local_auth.rotate(%(token_hash)s, %(new_hash)s, %(expires_at)s);

-- name: end_family
select local_auth.end_family(%(token_hash)s);

-- name: count_try
select app.count_try(%(key_hash)s::bytea, %(most)s::integer, %(seconds)s::integer);

-- name: forget_tries
select app.forget_tries(%(key_hash)s::bytea);

-- name: open_account
select local_auth.open_account(%(invitation_hash)s::bytea, %(password_hash)s::text);
