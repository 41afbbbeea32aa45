"""Two offices whose people and computers each have a row of every table, and the claims they come with."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg

from tests.tenancy.answers import Reach, Table, Who

Params = dict[str, Any]
Key = tuple[Any, ...]
NORTH, SOUTH = "North", "South"


@dataclass
class Owner:
    """One computer with its person and office, and the ids of the rows that belong to them."""

    name: str
    office: str
    person: str
    params: Params = field(default_factory=dict)

    def fresh(self, **changes: Any) -> Params:
        """Return the parameters of one more row of this owner's."""
        made = {"new_id": uuid4(), "number": str(secrets.randbelow(10**12)), "digest": secrets.token_hex(32)}
        return {**self.params, **made, **changes}


OWNERS = (
    # name, office, person, role
    ("recruiter", NORTH, "recruiter", "recruiter"),
    ("second", NORTH, "recruiter", "recruiter"),  # the recruiter's other computer
    ("revoked", NORTH, "recruiter", "recruiter"),
    ("colleague", NORTH, "colleague", "recruiter"),
    ("manager", NORTH, "manager", "manager"),
    ("admin", NORTH, "admin", "admin"),
    ("switched_off", NORTH, "switched_off", "recruiter"),
    ("foreign_recruiter", SOUTH, "foreign_recruiter", "recruiter"),
    ("foreign_manager", SOUTH, "foreign_manager", "manager"),
    ("foreign_admin", SOUTH, "foreign_admin", "admin"),
    ("foreign_second", SOUTH, "foreign_recruiter", "recruiter"),
)
OWNER_OF: Mapping[Who, str] = {
    Who.RECRUITER: "recruiter",
    Who.MANAGER: "manager",
    Who.ADMIN: "admin",
    Who.DEVICE: "recruiter",
    Who.SWITCHED_OFF: "switched_off",
    Who.REVOKED: "revoked",
    Who.BORROWED: "colleague",
    Who.FOREIGN_RECRUITER: "foreign_recruiter",
    Who.FOREIGN_MANAGER: "foreign_manager",
    Who.FOREIGN_ADMIN: "foreign_admin",
    Who.FOREIGN_DEVICE: "foreign_recruiter",
}
DEVICES = (Who.DEVICE, Who.REVOKED, Who.FOREIGN_DEVICE)
_ROLE = {Who.ANON: "anon", Who.LOGIN: "njordhr_api", Who.SERVICE: "service_role"}


class Cast:
    """The offices in a database, reached by one connection of the superuser that plays everybody."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection
        self.owners: dict[str, Owner] = {}
        self.labels: dict[str, dict[Key, str | None]] = {}
        self.keys: dict[str, str] = {}
        self.places: dict[str, dict[Key, str]] = {}

    def one(self, statement: str, params: Params | None = None) -> Any:
        """Run a statement as whoever the connection is now, and return its first row, or None."""
        cursor = self.connection.execute(statement.encode(), params)
        return cursor.fetchone() if cursor.description else None

    def all(self, statement: str, params: Params | None = None) -> list[Key]:
        """Run a query as whoever the connection is now."""
        return self.connection.execute(statement.encode(), params).fetchall()

    def owner_of(self, who: Who) -> Owner | None:
        """Return who somebody is, with the computer that they act with or would act with."""
        return self.owners[OWNER_OF[who]] if who in OWNER_OF else None

    def signing_device(self, who: Who) -> UUID | None:
        """Return the computer that signs what somebody does; people sign alone."""
        owner = self.owner_of(who)
        return owner.params["device_id"] if owner and who in DEVICES else None

    @contextmanager
    def undone(self, before: Sequence[str] = (), params: Params | None = None) -> Iterator[None]:
        """Keep nothing of what is done. Errors of the database come through.

        Args:
            before: statements that the superuser runs first.
            params: their parameters.
        """
        with self.connection.transaction(force_rollback=True):
            for statement in before:
                self.connection.execute(statement.encode(), params)
            yield

    def play(self, who: Who) -> None:
        """Be somebody until the transaction ends or `stop_playing` is called."""
        self.connection.execute(
            "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
            [_ROLE.get(who, "authenticated"), self._claims(who)],
        )

    def stop_playing(self) -> None:
        """Be the superuser again, in the same transaction, to see what was done."""
        self.connection.execute("select set_config('role', 'none', true)")

    def _claims(self, who: Who) -> str:
        owner = self.owner_of(who)
        if owner is None:
            return ""
        claims = {"sub": str(owner.params["user_id"]), "role": "authenticated"}
        if who in DEVICES:
            claims["device_id"] = str(owner.params["device_id"])
        if who is Who.BORROWED:
            claims["device_id"] = str(self.owners["recruiter"].params["device_id"])
        return json.dumps(claims)

    def reached(self, table: str, who: Who, reach: Reach) -> set[Key]:
        """Return the keys of the rows of a table that somebody reaches."""
        me = self.owner_of(who)
        return {key for key, label in self.labels[table].items() if _reaches(self.owners, me, label, reach)}


def _reaches(owners: Mapping[str, Owner], me: Owner | None, label: str | None, reach: Reach) -> bool:
    if label is None or reach is Reach.ALL:
        return reach is Reach.ALL
    if me is None or reach is Reach.NOTHING:
        return False
    owner = owners[label]
    if owner.office != me.office:
        return False
    return {
        Reach.DEVICE: owner.name == me.name,
        Reach.PERSON: owner.person == me.person,
        Reach.OTHERS: owner.person != me.person,
        Reach.OFFICE: True,
    }[reach]


def stage(connection: "psycopg.Connection[Any]", tables: Sequence[Table]) -> Cast:
    """Make the offices, and a row of every table for each owner, labelled with whose it is."""
    cast = Cast(connection)
    _make_people(cast)
    for table in tables:
        cast.keys[table.name] = table.key or _primary_key(cast, table.name)
        cast.labels[table.name] = _rows(cast, table)
        for statement in table.after:
            cast.one(statement)
    cast.one(
        "update app.memberships set active = false where user_id = %(user_id)s",
        cast.owners["switched_off"].params,
    )
    cast.one(
        "update app.devices set status = 'revoked' where id = %(device_id)s", cast.owners["revoked"].params
    )
    return cast


def _make_people(cast: Cast) -> None:
    offices = {name: uuid4() for name in (NORTH, SOUTH)}
    for name, organisation_id in offices.items():
        cast.one(
            "insert into app.organisations (id, name) values (%(id)s, %(name)s)",
            {"id": organisation_id, "name": name},
        )
    people: dict[str, UUID] = {}
    for name, office, person, role in OWNERS:
        owner = cast.owners[name] = Owner(name, office, person)
        if person not in people:
            people[person] = _make_person(cast, person, offices[office], role)
        owner.params = {
            "organisation_id": offices[office],
            "user_id": people[person],
            "device_id": uuid4(),
            "secret": secrets.token_bytes(32),
        }
        cast.one(
            "insert into app.devices (id, organisation_id, user_id, device_name, token_hash)"
            " values (%(device_id)s, %(organisation_id)s, %(user_id)s, 'Laptop', %(secret)s)",
            owner.params,
        )
        owner.params["signing_device_id"] = owner.params["device_id"]


def _make_person(cast: Cast, name: str, organisation_id: UUID, role: str) -> UUID:
    person = {"id": uuid4(), "email": f"{name}@example.com", "office": organisation_id, "role": role}
    cast.one("insert into auth.users (id, email) values (%(id)s, %(email)s)", person)
    cast.one("insert into app.users (id, email, full_name) values (%(id)s, %(email)s, 'Somebody')", person)
    cast.one(
        "insert into app.memberships (user_id, organisation_id, role) values (%(id)s, %(office)s, %(role)s)",
        person,
    )
    return UUID(str(person["id"]))


def _rows(cast: Cast, table: Table) -> dict[Key, str | None]:
    """Return key -> owner's name, or None for a row that is everybody's."""
    owners = cast.owners.values()
    if table.rows == "made":
        return {_make_row(cast, table, owner): owner.name for owner in owners}
    if table.rows == "shared":
        return dict.fromkeys(cast.all(f"select {cast.keys[table.name]} from app.{table.name}"))
    by_owner = {"office": "organisation_id", "person": "user_id", "device": "device_id"}
    if table.rows in by_owner:
        # The first of an office or person stands for all of them.
        return {(owner.params[by_owner[table.rows]],): owner.name for owner in reversed(list(owners))}
    return cast.labels[table.rows]


def _make_row(cast: Cast, table: Table, owner: Owner) -> Key:
    params = owner.fresh()
    key: Key = cast.one(f"{table.inserts[0].statement} returning {cast.keys[table.name]}", params)
    if table.gives:
        owner.params[table.gives] = key[-1]
    return key


def _primary_key(cast: Cast, table: str) -> str:
    found = cast.one(
        "select string_agg(quote_ident(a.attname), ', ' order by k.n)"
        " from pg_index i, unnest(i.indkey::int2[]) with ordinality k (number, n), pg_attribute a"
        " where i.indrelid = format('app.%%I', %(table)s::text)::regclass and i.indisprimary"
        " and a.attrelid = i.indrelid and a.attnum = k.number",
        {"table": table},
    )
    assert found[0], f"app.{table} has no primary key: say which columns name a row (`key`)"
    return str(found[0])
