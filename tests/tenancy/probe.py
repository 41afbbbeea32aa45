"""Ask the database each cell of the matrix, and say which answers differ from the expected ones."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import errors as pg

from tests.tenancy.answers import ACTOR_OF, WITHOUT_RIGHTS, Insert, Reach, Reaches, Table, Update, Who
from tests.tenancy.cast import Cast, Key, Owner
from tests.tenancy.tables import TABLES

_REFUSALS = (
    pg.InsufficientPrivilege,  # a missing grant, or a policy
    pg.ObjectNotInPrerequisiteState,  # a view that cannot be written to
    pg.FeatureNotSupported,
)
_OUR_RULE = "NJ001"
_REFERENCES = frozenset(
    {"organisation_id", "user_id", "device_id", "signing_device_id", *(table.gives for table in TABLES)}
)
OURS, THEIRS = "colleague", "foreign_recruiter"


def differences(cast: Cast, table: Table) -> Iterator[str]:
    """Yield each cell of a table whose answer is another than the expected one, in words."""
    for who in Who:
        yield from _select(cast, table, who)
        if table.reading:
            continue
        yield from _inserts(cast, table, who)
        for update in table.updates or (Update("", {}),):
            yield from _update(cast, table, who, update)
        yield from _delete(cast, table, who)


def _said(who: Who, verb: str, table: Table, found: object, expected: object) -> Iterator[str]:
    if found != expected:
        yield f"{who} {verb} {table.name}: {found}, expected {expected}"


def _expected(cast: Cast, table: Table, who: Who, reaches: Reaches) -> set[Key]:
    actor = ACTOR_OF.get(who)
    reach = Reach.NOTHING if actor is None else reaches.get(actor, Reach.NOTHING)
    return cast.reached(table.name, who, reach)


def _words(cast: Cast, table: Table, keys: set[Key]) -> list[str]:
    labels = cast.labels[table.name]
    return sorted(f"{labels[key] or 'everybody'}'s" if key in labels else "an unknown row" for key in keys)


def _select(cast: Cast, table: Table, who: Who) -> Iterator[str]:
    reading = table.reading or f"select {cast.keys[table.name]} from app.{table.name}"
    found: set[Key] | str
    with cast.undone():
        cast.play(who)
        try:
            found = set(cast.all(reading, {"keys": [key[0] for key in cast.labels[table.name]]}))
        except _REFUSALS:
            found = "refused"
    if who in WITHOUT_RIGHTS:
        yield from _said(who, "select", table, found, "refused")
        return
    expected = _expected(cast, table, who, table.select)
    if table.everyone:
        expected = cast.reached(table.name, who, Reach.ALL)
    rows = set() if isinstance(found, str) else found
    yield from _said(who, "select", table, _words(cast, table, rows), _words(cast, table, expected))


def _changed(cast: Cast, table: Table, who: Who, statement: str, before: tuple[str, ...]) -> set[Key] | str:
    """Return which rows a statement without a condition changed or deleted, or that it was refused."""
    stored = table.rows in _STORED
    with cast.undone(before):
        old = _places(cast, table, anew=bool(before)) if stored else {}
        cast.play(who)
        try:
            done = cast.connection.execute(statement.encode()).rowcount
        except _REFUSALS:
            return "refused"
        except psycopg.DatabaseError as error:
            kept_out = error.sqlstate == _OUR_RULE or isinstance(error, pg.CheckViolation)
            return set() if kept_out else f"{type(error).__name__}: {error}"
        if done == 0:
            return set()
        cast.stop_playing()
        new = _where(cast, table) if stored else {}
    changed = {key for key, place in old.items() if new.get(key) != place}
    return changed if len(changed) == done else f"{done} rows changed, {len(changed)} of them known"


def _places(cast: Cast, table: Table, *, anew: bool) -> dict[Key, str]:
    """Return where the rows of a table lie, before anybody changes them."""
    if anew:
        return _where(cast, table)
    if table.name not in cast.places:
        cast.places[table.name] = _where(cast, table)
    return cast.places[table.name]


def _where(cast: Cast, table: Table) -> dict[Key, str]:
    query = f"select ctid::text, {cast.keys[table.name]} from app.{table.name}"
    return {row[1:]: row[0] for row in cast.all(query)}


_STORED = {"made", "office", "person", "device", "shared"}


def _write(cast: Cast, table: Table, who: Who, statement: str, update: Update) -> Iterator[str]:
    """Yield what a statement without a condition does otherwise than it should."""
    verb, reaches = f"{statement.split(maxsplit=1)[0]} ({update.statement})", update.reaches
    found = _changed(cast, table, who, statement, update.before)
    if who in WITHOUT_RIGHTS:
        yield from _said(who, verb, table, found, "refused")
        return
    expected = _expected(cast, table, who, reaches)
    if found == "refused":
        found = set()
    told = found if isinstance(found, str) else _words(cast, table, found)
    yield from _said(who, verb, table, told, _words(cast, table, expected))


def _update(cast: Cast, table: Table, who: Who, update: Update) -> Iterator[str]:
    name = cast.keys[table.name].split(",")[0]
    statement = f"update app.{table.name} {update.statement or f'set {name} = default'}"
    yield from _write(cast, table, who, statement, update)


def _delete(cast: Cast, table: Table, who: Who) -> Iterator[str]:
    yield from _write(cast, table, who, f"delete from app.{table.name}", Update("all", table.delete))


def _inserts(cast: Cast, table: Table, who: Who) -> Iterator[str]:
    if not table.inserts:
        nothing = Insert(f"insert into app.{table.name} default values", frozenset())
        yield from _insert(cast, table, who, nothing)
    for insert in table.inserts:
        yield from _insert(cast, table, who, insert)


def _insert(cast: Cast, table: Table, who: Who, insert: Insert) -> Iterator[str]:
    """Add one's own row, another's of the office and a foreign one, and rows with one id of another's."""
    me = cast.owner_of(who)
    actor = ACTOR_OF.get(who)
    may = actor in insert.may
    for params, told, allowed in _tries(cast, who, me or cast.owners["recruiter"], insert):
        found = _tried(cast, who, insert, params)
        if not may and found == "impossible":
            found = "refused" if who not in WITHOUT_RIGHTS else found
        expected = "done" if may and allowed else "refused"
        if expected == "refused" and told.startswith("foreign") and found == "impossible":
            found = "refused"  # by a foreign key that holds within one office
        yield from _said(who, f"insert ({told})", table, found, expected)


def _tries(cast: Cast, who: Who, me: Owner, insert: Insert) -> Iterator[tuple[dict[str, Any], str, bool]]:
    """Yield parameters, what they are in words, and whether somebody who may insert may insert these."""
    signing = cast.signing_device(who)
    ours, theirs = _colleague_and_stranger(cast, me)
    yield me.fresh(signing_device_id=signing), "own", True
    yield theirs.fresh(signing_device_id=signing and theirs.params["device_id"]), "foreign", False
    yield ours.fresh(signing_device_id=signing and ours.params["device_id"]), "another's", not insert.own
    for name in sorted(_REFERENCES & set(re.findall(r"%\((\w+)\)s", insert.statement))):
        mine = me.fresh(signing_device_id=signing)
        yield mine | {name: theirs.params[name]}, f"foreign {name}", False
        if name != "organisation_id":
            yield mine | {name: ours.params[name]}, f"another's {name}", name not in insert.own
        second = cast.owners.get(_SECOND.get(me.name, ""))
        if second and name in insert.tied:
            yield mine | {name: second.params[name]}, f"{name} of the other computer", False


_SECOND = {"recruiter": "second", "foreign_recruiter": "foreign_second"}


def _colleague_and_stranger(cast: Cast, me: Owner) -> tuple[Owner, Owner]:
    ours, theirs = cast.owners[OURS], cast.owners[THEIRS]
    if me.office == ours.office:
        return ours, theirs
    other = "foreign_manager" if me.person != "foreign_manager" else "foreign_admin"
    return cast.owners[other], ours


def _tried(cast: Cast, who: Who, insert: Insert, params: dict[str, Any]) -> str:
    with cast.undone(insert.before, params):
        cast.play(who)
        try:
            cast.connection.execute(insert.statement.encode(), params)
        except _REFUSALS:
            return "refused"
        except pg.ForeignKeyViolation:
            return "impossible"
        except psycopg.DatabaseError as error:
            return "refused" if error.sqlstate == _OUR_RULE else f"{type(error).__name__}: {error}"
    return "done"
