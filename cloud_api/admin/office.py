"""The first organisation and its first admin; everybody after them is invited."""

from uuid import UUID

import psycopg

from cloud_api.auth.local_accounts import Member, create_member
from cloud_api.auth.principal import Role
from cloud_api.services import build_services
from cloud_api.settings import AuthProvider, CloudSettings


def create_local(admin_url: str, organisation: str, email: str, full_name: str, password: str) -> Member:
    """Make an office and its admin with an account of this deployment's own.

    Raises:
        ValueError: the password is too short, or the person belongs to another office.
    """
    return create_member(admin_url, organisation, email, full_name, Role.ADMIN, password)


def create_with_supabase(
    settings: CloudSettings, admin_url: str, organisation: str, *, email: str, full_name: str, password: str
) -> Member:
    """Make an office, and its admin's account in the project that the settings name.

    Raises:
        ValueError: the settings name no project, or the person belongs to another office.
        CloudError: the project refuses the account.
    """
    if settings.auth_provider is not AuthProvider.SUPABASE:
        raise ValueError("NJORDHR_CLOUD_AUTH_PROVIDER is not supabase")
    services = build_services(settings, connect=False)
    try:
        user_id = services.account_maker.open_account(b"", email.strip().lower(), password)
    finally:
        services.close()
    return enrol(admin_url, organisation, user_id, email, full_name)


def enrol(admin_url: str, organisation: str, user_id: UUID, email: str, full_name: str) -> Member:
    """Make an account that is there the admin of an office, which is made if it is not there.

    Raises:
        ValueError: the person belongs to another office.
    """
    person = {"id": user_id, "email": email.strip().lower(), "name": full_name, "office": organisation}
    with psycopg.connect(admin_url) as connection:
        connection.execute("lock table app.organisations in share row exclusive mode")
        row = connection.execute(_ENROL, person).fetchone()
    if row is None:
        raise ValueError("this person belongs to another office")
    return Member(row[0], user_id)


_ENROL = b"""
with made as (
  insert into app.organisations (name)
  select %(office)s where not exists (select from app.organisations where name = %(office)s)
  returning id
), office as (
  select id from made union all select id from app.organisations where name = %(office)s limit 1
), person as (
  insert into app.users (id, email, full_name) values (%(id)s, %(email)s, %(name)s)
  on conflict (id) do update set full_name = excluded.full_name
  returning id
)
insert into app.memberships as m (user_id, organisation_id, role)
select person.id, office.id, 'admin' from person cross join office
on conflict (user_id) do update set role = 'admin', active = true
where m.organisation_id = excluded.organisation_id
returning organisation_id
"""
