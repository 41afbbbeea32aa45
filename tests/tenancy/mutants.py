"""Weakenings of the schema, generated from what it has: each must be noticed by the matrix or by a rule."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import psycopg

from tests.tenancy.cast import Cast
from tests.tenancy.declared import undeclared, undeclared_columns
from tests.tenancy.expressions import conjuncts, of_whom, unwrapped
from tests.tenancy.introspection import Connection
from tests.tenancy.probe import differences
from tests.tenancy.rules import RULES, broken
from tests.tenancy.tables import TABLES


@dataclass(frozen=True)
class Mutant:
    """One weakening.

    Attributes:
        table: whose cells are asked.
        first: the rule that is asked first, because it should notice.
        whole: whether its statements must fit; else one that makes no sense is no mutant.
    """

    name: str
    statements: str
    table: str = ""
    first: str = ""
    whole: bool = True


@dataclass(frozen=True)
class _Policy:
    table: str
    name: str
    command: str
    using: str | None
    check: str | None

    def altered(self, what: str, clause: str, first: str = "", *, whole: bool = True) -> Mutant:
        statement = f"alter policy {self.name} on app.{self.table} {clause}"
        return Mutant(f"{self.name}: {what}", statement, self.table, first, whole)


def mutants(connection: Connection) -> Iterator[Mutant]:
    """Yield every weakening of the schema as it is."""
    found = connection.execute(
        "select tablename, policyname, cmd, qual, with_check from pg_policies where schemaname = 'app'"
        " order by 1, 2"
    ).fetchall()
    declared = {table.name for table in TABLES}
    for row in found:
        if row[0] in declared:
            yield from _of_policy(_Policy(*row))
    yield from _of_tables(connection)
    yield from _of_views(connection)
    yield from _of_functions(connection)
    yield from _of_constraints(connection)
    yield from _of_triggers(connection)
    yield from _of_bodies(connection)
    yield from _of_everything()


def _of_policy(policy: _Policy) -> Iterator[Mutant]:
    drop = f"drop policy {policy.name} on app.{policy.table}"
    yield Mutant(f"{policy.name}: dropped", drop, policy.table)
    yield policy.altered("to public", "to public", "policies are for `authenticated`, for one verb each")
    for word, text in (("using", policy.using), ("with check", policy.check)):
        if text is None:
            continue
        if text != "true":
            yield policy.altered(f"{word} (true)", f"{word} (true)", "every policy asks who asks")
        if unwrapped(text) != text:
            bare = f"{word} ({unwrapped(text)})"
            yield policy.altered(f"bare calls in {word}", bare, "calls in policies are made once a statement")
        yield from _looser(policy, word, text)
        yield from _confused(policy, word, text)
    if policy.command == "UPDATE" and policy.check:
        anew = f"{drop}; create policy {policy.name} on app.{policy.table} for update to authenticated"
        statements = f"{anew} using ({policy.using})"
        yield Mutant(f"{policy.name}: no check", statements, policy.table, "what is written has a check")


def _looser(policy: _Policy, word: str, text: str) -> Iterator[Mutant]:
    """Yield a condition without one of the things that it asks of whoever asks."""
    parts = conjuncts(text)
    for part in of_whom(text):
        rest = " and ".join(f"({other})" for other in parts if other != part)
        if rest:
            yield policy.altered(f"{word} without {' '.join(part.split())}", f"{word} ({rest})")


def _confused(policy: _Policy, word: str, text: str) -> Iterator[Mutant]:
    """Yield a condition whose inner query says a column of its own where it should say the row's."""
    for alias in sorted(set(re.findall(r"FROM app\.\w+ (\w+)", text))):
        for number, said in enumerate(re.finditer(rf"\b{policy.table}\.(\w+)", text), start=1):
            inner = f"{text[: said.start()]}{alias}.{said[1]}{text[said.end() :]}"
            name = f"{word} says {alias}.{said[1]} for the {number}. column"
            yield policy.altered(name, f"{word} ({inner})", whole=False)


_TABLE_MUTANTS = {
    "row-level security is on and forced": (
        "alter table {} disable row level security",
        "alter table {} no force row level security",
    ),
    "nobody who asks owns anything": ("alter table {} owner to njordhr_api",),
    "only `authenticated` has rights to tables": (
        "grant select on {} to anon",
        "grant select on {} to public",
        "grant insert on {} to service_role",
        "grant truncate on {} to authenticated",
    ),
    "every policy asks who asks": ("create policy more on {} for select to authenticated using (true)",),
}


def _of_tables(connection: Connection) -> Iterator[Mutant]:
    for name in _names(connection, "relkind in ('r', 'p')"):
        for first, statements in _TABLE_MUTANTS.items():
            for text in statements:
                statement = text.format(f"app.{name}")
                yield Mutant(statement, statement, name, first)
    for table in TABLES:
        if not table.reading and table.rows == "made":
            for verb in ("update", "delete"):
                if not (verb == "delete" and table.delete):
                    statement = f"grant {verb} on app.{table.name} to authenticated"
                    yield Mutant(statement, statement + _OPEN.format(verb, table.name), table.name)
        for column in table.hidden.split():
            statement = f"grant select ({column}) on app.{table.name} to authenticated"
            yield Mutant(statement, statement, table.name)


ALIKE: Mapping[str, str] = {
    "sealed_codes_hand_in: with check says c.organisation_id for the 1. column": (
        "the foreign key to agent_commands carries the office, and the row is found by its id"
    ),
}
"""What changes nothing, and why: these survive."""

_OPEN = "; create policy more on app.{1} for {0} to authenticated using (true)"


def _of_views(connection: Connection) -> Iterator[Mutant]:
    for name in _names(connection, "relkind = 'v'"):
        statement = f"alter view app.{name} reset (security_invoker)"
        yield Mutant(statement, statement, name)


def _of_functions(connection: Connection) -> Iterator[Mutant]:
    found = connection.execute(
        "select oid::regprocedure::text from pg_proc"
        " where pronamespace::regnamespace::text in ('app', 'local_auth') order by 1"
    ).fetchall()
    for (name,) in found:
        bare = f"grant execute on function {name} to public"
        yield Mutant(bare, bare, first="no function is everybody's")
        path = f"alter function {name} reset search_path"
        yield Mutant(path, path, first="functions have an empty search path")


def _of_constraints(connection: Connection) -> Iterator[Mutant]:
    keys = connection.execute(
        "select conrelid::regclass::text, conname from pg_constraint where contype = 'f'"
        " and connamespace = 'app'::regnamespace and cardinality(conkey) > 1 order by 1, 2"
    ).fetchall()
    for table, name in keys:
        statement = f'alter table {table} drop constraint "{name}"'
        yield Mutant(statement, statement, table.removeprefix("app."), "every id points somewhere")
    statement = "alter table app.resumes drop constraint resumes_lie_with_their_office"
    yield Mutant(statement, statement, "resumes")


def _of_triggers(connection: Connection) -> Iterator[Mutant]:
    found = connection.execute(
        "select t.tgrelid::regclass::text, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where c.relnamespace = 'app'::regnamespace and not t.tgisinternal order by 1, 2"
    ).fetchall()
    for table, name in found:
        statement = f"alter table {table} disable trigger {name}"
        yield Mutant(statement, statement, table.removeprefix("app."))


_FIND = "find_candidate_ids()"
_WEAKER_BODIES = (
    # function, what its body loses, and the table whose cells tell
    ("caller_organisation_id()", "and m.active", "", "candidates"),
    ("caller_organisation_id()", "d.status = 'active'", "true", "candidates"),
    ("caller_organisation_id()", "d.user_id = m.user_id", "true", "candidates"),
    ("caller_role()", "'device'", "'admin'", "download_jobs"),
    ("caller_colleague_ids()", "m.organisation_id = app.caller_organisation_id()", "true", "users"),
    ("caller_colleague_ids()", "or m.user_id = auth.uid()", "or true", "users"),
    ("find_candidate_ids(text)", "s.organisation_id = app.caller_organisation_id()", "true", _FIND),
    ("find_candidate_ids(text)", "app.caller_role() <> 'device'", "true", _FIND),
    ("office_device(uuid)", "d.organisation_id = app.caller_organisation_id()", "true", "office_device()"),
    ("check_candidate_event()", "is distinct from 'admin'", "= 'nobody'", "candidate_events"),
    ("check_candidate_event()", "trim(new.override_reason) = ''", "false", "candidate_events"),
    ("check_candidate_state()", "new.notes <> old.notes", "false", "candidate_state"),
    ("check_resume()", "new.review_state <> old.review_state", "false", "resumes"),
)


def _of_bodies(connection: Connection) -> Iterator[Mutant]:
    for function, old, new, table in _WEAKER_BODIES:
        row = connection.execute(
            "select pg_get_functiondef(%s::regprocedure)", [f"app.{function}"]
        ).fetchone()
        assert row is not None
        assert old in row[0], f"app.{function} does not say {old} any more: mend _WEAKER_BODIES"
        yield Mutant(f"{function}: {new or 'nothing'} for {old}", row[0].replace(old, new), table)


def _of_everything() -> Iterator[Mutant]:
    for statement in (
        "grant service_role to njordhr_api",
        "grant pg_read_all_data to authenticated",
        "alter role njordhr_api bypassrls",
        "alter role njordhr_api inherit",
        "alter role authenticated bypassrls",
        "grant usage on schema app to anon",
        "grant usage on schema app to service_role",
        "grant create on schema app to authenticated",
        "alter default privileges in schema app grant select on tables to authenticated",
        "create table app.more (id int); grant select on app.more to authenticated",
        "create view app.more as select * from app.candidates; grant select on app.more to authenticated",
        "create materialized view app.more as select * from app.candidates;"
        " grant select on app.more to authenticated",
        "create function app.more() returns setof app.candidates language sql security definer"
        " set search_path = '' as 'select * from app.candidates';"
        " revoke all on function app.more() from public;"
        " grant execute on function app.more() to authenticated",
        "create sequence app.more; grant usage on sequence app.more to authenticated",
        "grant select on all tables in schema app to authenticated",
        "grant update on all tables in schema app to authenticated",
    ):
        yield Mutant(statement, statement, "devices")


def _names(connection: Connection, condition: str) -> list[str]:
    query = (
        f"select relname from pg_class where relnamespace = 'app'::regnamespace and {condition} order by 1"
    )
    return [row[0] for row in connection.execute(query.encode())]


class Watchman:
    """Tells what notices a mutant, beyond what is noticed of the schema as it is."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._tables = {table.name: table for table in TABLES}
        self._known = set(self._by_rules(RULES)) | set(undeclared(cast.connection))

    def notices(self, mutant: Mutant) -> str:
        """Return what notices a mutant first; nothing when it survives."""
        with self._cast.connection.transaction(force_rollback=True):
            try:
                self._cast.connection.execute(mutant.statements.encode())
            except psycopg.ProgrammingError:
                if mutant.whole:
                    raise
                return "Postgres itself"
            return next(self._noticed(mutant), "")

    def _noticed(self, mutant: Mutant) -> Iterator[str]:
        connection, table = self._cast.connection, self._tables.get(mutant.table)
        likely = [name for name in RULES if mutant.first and name.startswith(mutant.first)]
        yield from self._new(self._by_rules(likely))
        if table is not None:
            yield from undeclared_columns(connection, table)
        yield from self._new(undeclared(connection))
        yield from self._new(self._by_rules(RULES))
        if table is not None:
            yield from differences(self._cast, table)

    def _new(self, found: Iterator[str]) -> Iterator[str]:
        return (what for what in found if what not in self._known)

    def _by_rules(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from (f"{name}: {who}" for who in broken(self._cast.connection, name))
