"""The accounts of one machine: hashed passwords in Postgres, for the demo, for tests, and without Supabase.

Same port and token shape as Supabase Auth. Tables of schema ``local_auth`` are read by no role; the functions
of ``plain_postgres.sql`` are all that the API can call.
"""

import argparse
import getpass
import os
import secrets
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cloud_api.auth.guard import token_hash
from cloud_api.auth.principal import Role
from cloud_api.auth.provider import Tokens
from cloud_api.auth.tokens import ACCESS_TOKEN_SECONDS, Clock, LocalSigner
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.errors import Conflict, NotSignedIn
from protocol.reasons import Reason

REFRESH_TOKEN_DAYS = 30
MINIMUM_PASSWORD = 12
HASHES_AT_ONCE = 4
"""Each takes 64 MiB while it is computed; sixty tries at the same time would take the machine's memory."""

_QUERIES = NamedQueries("cloud_api.auth", "auth.sql")
_MEMBER_LOCK = 5172_2027


@dataclass(frozen=True)
class _AccountRow:
    user_id: UUID
    email: str
    password_hash: str


@dataclass(frozen=True)
class _RotatedRow:
    outcome: str
    user_id: UUID | None
    email: str | None


class LocalAccounts:
    """`AccountProvider` of one machine."""

    def __init__(self, database: Database, signer: LocalSigner, clock: Clock) -> None:
        """Keep accounts in this database and sign with this key."""
        self._database = database
        self._signer = signer
        self._clock = clock
        self._hasher = PasswordHasher()
        self._hashing = threading.BoundedSemaphore(HASHES_AT_ONCE)
        # Checked when nobody has the address, so that the time taken tells nothing.
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def sign_in(self, email: str, password: str) -> Tokens:
        """See `AccountProvider.sign_in`."""
        with self._database.anonymous() as tx:
            account = tx.maybe(_QUERIES["account_by_email"], {"email": email.strip()}, _AccountRow)
        right = self._matches(self._nobody if account is None else account.password_hash, password)
        if account is None or not right:
            raise NotSignedIn(Reason.AUTH_WRONG_CREDENTIALS)
        refresh_token = _new_refresh_token()
        with self._database.anonymous() as tx:
            params = {"user_id": account.user_id, "token_hash": token_hash(refresh_token)}
            tx.value(_QUERIES["start_family"], params | {"expires_at": self._refresh_expiry()})
        return self._tokens(account.user_id, account.email, refresh_token)

    def refresh(self, refresh_token: str) -> Tokens:
        """See `AccountProvider.refresh`. A token that comes twice ends the whole sign-in."""
        new_token = _new_refresh_token()
        params: dict[str, Any] = {
            "token_hash": token_hash(refresh_token),
            "new_hash": token_hash(new_token),
            "expires_at": self._refresh_expiry(),
        }
        with self._database.anonymous() as tx:
            row = tx.one(_QUERIES["rotate"], params, _RotatedRow)
        if row.outcome != "rotated" or row.user_id is None or row.email is None:
            raise NotSignedIn(Reason.AUTH_REQUIRED, f"refresh token {row.outcome}")
        return self._tokens(row.user_id, row.email, new_token)

    def sign_out(self, access_token: str, refresh_token: str) -> None:  # noqa: ARG002 - the port's signature
        """See `AccountProvider.sign_out`."""
        with self._database.anonymous() as tx:
            tx.value(_QUERIES["end_family"], {"token_hash": token_hash(refresh_token)})

    def open_account(self, invitation_hash: bytes, email: str, password: str) -> UUID:  # noqa: ARG002 - the port's
        """See `AccountMaker.open_account`; the database knows whom the invitation is for."""
        with self._hashing:
            hashed = self._hasher.hash(password)
        params = {"invitation_hash": invitation_hash, "password_hash": hashed}
        with self._database.anonymous() as tx:
            user_id: UUID | None = tx.value(_QUERIES["open_account"], params)
        if user_id is None:
            raise Conflict(Reason.INVITATION_OTHER_OFFICE)
        return user_id

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            with self._hashing:
                return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    def _refresh_expiry(self) -> Any:
        return self._clock() + timedelta(days=REFRESH_TOKEN_DAYS)

    def _tokens(self, user_id: UUID, email: str, refresh_token: str) -> Tokens:
        return Tokens(self._signer.sign(user_id, email), refresh_token, ACCESS_TOKEN_SECONDS)


@dataclass(frozen=True)
class Member:
    """Whom `create_member` made or found."""

    organisation_id: UUID
    user_id: UUID


def create_member(  # noqa: PLR0917 - the order is fixed for its callers
    admin_url: str, organisation_name: str, email: str, full_name: str, role: Role | str, password: str
) -> Member:
    """Make an office, a person and their account, or bring what is there to these values.

    Args:
        admin_url: of a role that owns the schemas.
        organisation_name: the office is found by it, or made.
        email: any case; kept in lower case.
        full_name: as colleagues read it.
        role: in the office.
        password: replaces an earlier one.

    Raises:
        ValueError: the role is unknown, or the password shorter than `MINIMUM_PASSWORD`.
    """
    if len(password) < MINIMUM_PASSWORD:
        raise ValueError(f"the password needs at least {MINIMUM_PASSWORD} characters")
    params = {
        "organisation": organisation_name,
        "email": email.strip().lower(),
        "full_name": full_name,
        "role": Role(role).value,
        "password_hash": PasswordHasher().hash(password),
    }
    with psycopg.connect(admin_url) as connection:
        connection.execute("select pg_advisory_xact_lock(%s)", [_MEMBER_LOCK])
        organisation_id = _upsert_organisation(connection, organisation_name)
        row = connection.execute(_UPSERT_MEMBER, params | {"organisation_id": organisation_id}).fetchone()
    if row is None:
        raise ValueError("this person belongs to another office")
    return Member(organisation_id, row[0])


_UPSERT_MEMBER = b"""
with account as (
  insert into auth.users (email) values (%(email)s)
  on conflict (email) do update set email = excluded.email returning id
), person as (
  insert into app.users (id, email, full_name) select id, %(email)s, %(full_name)s from account
  on conflict (id) do update set full_name = excluded.full_name returning id
), member as (
  insert into app.memberships (user_id, organisation_id, role)
  select id, %(organisation_id)s, %(role)s from person
  on conflict (user_id) do update set role = excluded.role, active = true
  where app.memberships.organisation_id = excluded.organisation_id returning user_id
)
insert into local_auth.accounts (user_id, email, password_hash)
select user_id, %(email)s, %(password_hash)s from member
on conflict (user_id) do update set password_hash = excluded.password_hash
returning user_id
"""


def _upsert_organisation(connection: "psycopg.Connection[Any]", name: str) -> UUID:
    found = connection.execute("select id from app.organisations where name = %s", [name]).fetchone()
    found = (
        found
        or connection.execute(
            "insert into app.organisations (name) values (%s) returning id", [name]
        ).fetchone()
    )
    if found is None:
        raise psycopg.DataError("the organisation was not made")
    organisation_id: UUID = found[0]
    return organisation_id


def _new_refresh_token() -> str:
    return f"njr_{secrets.token_urlsafe(32)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a member from the command line; the password is asked for, or is in NJORDHR_MEMBER_PASSWORD."""
    parser = argparse.ArgumentParser(prog="python -m cloud_api.auth.local_accounts")
    url = os.environ.get("NJORDHR_CLOUD_ADMIN_URL")
    parser.add_argument("--database-url", default=url, required=url is None, help="of the schemas' owner")
    parser.add_argument("--organisation", required=True)
    parser.add_argument("--email", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])
    options = parser.parse_args(arguments)
    password = os.environ.get("NJORDHR_MEMBER_PASSWORD") or getpass.getpass("Password: ")
    try:
        member = create_member(
            options.database_url, options.organisation, options.email, options.name, options.role, password
        )
    except (ValueError, psycopg.Error) as error:
        sys.stderr.write(f"not made: {error}\n")
        return 1
    sys.stdout.write(f"member {member.user_id} of office {member.organisation_id}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
