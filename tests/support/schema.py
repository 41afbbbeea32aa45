"""The schema `app` as the database describes it itself."""

from dataclasses import dataclass

from tests.support.office import World


@dataclass(frozen=True)
class Table:
    """A table and how it is protected."""

    name: str
    row_security: bool
    forced: bool
    policies: int


def tables(world: World) -> list[Table]:
    """Return every table of schema `app`."""
    found = world.rows(
        "select c.relname, c.relrowsecurity, c.relforcerowsecurity,"
        " (select count(*)::int from pg_policy p where p.polrelid = c.oid)"
        " from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')"
        " order by 1"
    )
    return [Table(*row) for row in found]


def tenant_tables(world: World) -> list[str]:
    """Return the tables that carry an organisation."""
    found = world.rows(
        "select table_name from information_schema.columns c"
        " join information_schema.tables t using (table_schema, table_name)"
        " where table_schema = 'app' and column_name = 'organisation_id' and table_type = 'BASE TABLE'"
        " order by 1"
    )
    return [row[0] for row in found]


def unindexed_foreign_keys(world: World) -> list[str]:
    """Return the foreign keys whose columns begin no index."""
    found = world.rows(
        "select k.conrelid::regclass || ' ' || k.conname from pg_constraint k"
        " where k.contype = 'f' and k.connamespace = 'app'::regnamespace and not exists ("
        "   select from pg_index i where i.indrelid = k.conrelid and i.indpred is null"
        "   and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey"
        "   and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] <@ k.conkey)"
        " order by 1"
    )
    return [row[0] for row in found]
