"""Rules that hold for everything in schema `app`, whatever it is for; each returns who breaks it, in words.

Hosted linters judge exposed schemas; `app` is not one, so these are ours. `ALLOWED` names what breaks a rule
and may, with the reason. `test_rules.py` plants a violation of each.
"""

from collections.abc import Callable, Mapping

from tests.tenancy.expressions import bare_calls, conjuncts, of_whom
from tests.tenancy.introspection import Connection

Rule = Callable[[Connection], list[str]]

_OURS = "('app', 'local_auth')"
_OUR_TABLES = "c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')"
_TENANTS = (
    "select attrelid from pg_attribute where attname = 'organisation_id' and attnum > 0 and not attisdropped"
)


def _query(text: str) -> Rule:
    return lambda connection: [str(row[0]) for row in connection.execute(text.encode())]


def _policies(judge: Callable[[str, str, str | None, str | None], str]) -> Rule:
    """Make a rule of what is wrong with (table, command, using, check); nothing when all is well."""

    def rule(connection: Connection) -> list[str]:
        found = connection.execute(
            "select tablename || '.' || policyname, tablename, cmd, qual, with_check from pg_policies"
            " where schemaname = 'app' order by 1"
        )
        return [name for name, table, command, using, check in found if judge(table, command, using, check)]

    return rule


def _asks_nobody(table: str, command: str, using: str | None, check: str | None) -> str:
    wrong = [text for text in (using, check) if text and text != "false" and "SELECT app.caller_" not in text]
    return " ".join(wrong)


def _asks_another(connection: Connection) -> list[str]:
    """Find what an update's `using` asks of the caller and its check does not, or the other way round."""
    found = connection.execute(
        "select tablename || '.' || policyname, qual, with_check from pg_policies"
        " where schemaname = 'app' and cmd = 'UPDATE' and qual is not null and with_check is not null"
        " order by 1"
    )
    return [
        " ".join(f"{name}: {part}".split())
        for name, using, check in found
        for part in sorted({*of_whom(using)} ^ {*of_whom(check)})
    ]


def _out_of_the_office(connection: Connection) -> list[str]:
    """Find policies of a tenant's table that forget the office, in `using` or in the check."""
    query = f"select t.a::regclass::text from ({_TENANTS}) t (a)"
    tenants = {row[0] for row in connection.execute(query.encode())}

    def judge(table: str, command: str, using: str | None, check: str | None) -> str:
        told = [text for text in (using, check) if text and text != "false"]
        wrong = [text for text in told if not any(part.startswith(_OFFICE) for part in conjuncts(text))]
        return " ".join(wrong) if f"app.{table}" in tenants else ""

    return _policies(judge)(connection)


_OFFICE = "organisation_id = ( SELECT app.caller_organisation_id()"

RULES: Mapping[str, Rule] = {
    "row-level security is on and forced": _query(
        f"select c.relname from pg_class c where {_OUR_TABLES}"
        " and not (c.relrowsecurity and c.relforcerowsecurity)"
    ),
    "every table has a policy": _query(
        f"select c.relname from pg_class c where {_OUR_TABLES}"
        " and not exists (select from pg_policy p where p.polrelid = c.oid)"
    ),
    "policies are for `authenticated`, for one verb each, and permissive": _query(
        "select tablename || '.' || policyname from pg_policies where schemaname = 'app'"
        " and (roles::text[] <> '{authenticated}' or cmd = 'ALL' or permissive <> 'PERMISSIVE')"
    ),
    "what is written has a check": _query(
        "select tablename || '.' || policyname from pg_policies where schemaname = 'app'"
        " and (with_check is not null) <> (cmd in ('INSERT', 'UPDATE'))"
    ),
    "calls in policies are made once a statement": _policies(
        lambda table, command, using, check: "x" * (bare_calls(using or "") + bare_calls(check or ""))
    ),
    "every policy asks who asks": _policies(_asks_nobody),
    "every policy of a tenant's table asks for the office": _out_of_the_office,
    "an update's check asks what its `using` asks": _asks_another,
    "views run with their caller's rights": _query(
        "select c.relname from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind = 'v'"
        " and not coalesce(c.reloptions @> '{security_invoker=true}', false)"
    ),
    "no materialised or foreign table is readable": _query(
        "select c.relname from pg_class c where c.relnamespace = 'app'::regnamespace"
        " and c.relkind in ('m', 'f')"
        " and has_any_column_privilege('authenticated', c.oid, 'select')"
    ),
    "functions have an empty search path": _query(
        "select p.oid::regprocedure from pg_proc p where p.pronamespace::regnamespace::text"
        f' in {_OURS} and not coalesce(p.proconfig @> \'{{"search_path=\\"\\""}}\', false)'
    ),
    "no function is everybody's": _query(
        f"select p.oid::regprocedure from pg_proc p where p.pronamespace::regnamespace::text in {_OURS}"
        " and (has_function_privilege('public', p.oid, 'execute')"
        " or has_function_privilege('anon', p.oid, 'execute'))"
    ),
    "only `authenticated` has rights to tables, and no more than the four verbs": _query(
        "select distinct c.relname || ' ' || coalesce(r.rolname, 'public') || ' ' || g.privilege_type"
        " from pg_class c cross join aclexplode(c.relacl) g left join pg_roles r on r.oid = g.grantee"
        " where c.relnamespace = 'app'::regnamespace and g.grantee <> c.relowner and not"
        " (r.rolname is not distinct from 'authenticated'"
        "  and g.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') and not g.is_grantable"
        "  and c.relkind <> 'S')"
    ),
    "only `authenticated` has rights to columns": _query(
        "select distinct c.relname || '.' || a.attname || ' ' || coalesce(r.rolname, 'public')"
        " from pg_class c join pg_attribute a on a.attrelid = c.oid cross join aclexplode(a.attacl) g"
        " left join pg_roles r on r.oid = g.grantee where c.relnamespace = 'app'::regnamespace"
        " and (r.rolname is distinct from 'authenticated' or g.privilege_type = 'REFERENCES')"
    ),
    "only the API comes into the schemas": _query(
        "select n.nspname || ' ' || r.role from pg_namespace n"
        " cross join unnest(array['public', 'anon', 'service_role', 'authenticated', 'njordhr_api']) r (role)"
        f" where n.nspname in {_OURS} and (has_schema_privilege(r.role, n.oid, 'create')"
        " or (r.role in ('public', 'anon', 'service_role') and has_schema_privilege(r.role, n.oid, 'usage')))"
    ),
    "what is made later is granted to nobody": _query(
        "select d.defaclnamespace::regnamespace || ' ' || d.defaclobjtype::text from pg_default_acl d"
        " where d.defaclnamespace in (0, 'app'::regnamespace)"
    ),
    "nobody who asks owns anything": _query(
        "select c.relname from pg_class c where c.relnamespace = 'app'::regnamespace"
        " and c.relowner::regrole::text in ('anon', 'authenticated', 'service_role', 'njordhr_api')"
        " union all select p.proname from pg_proc p where p.pronamespace::regnamespace::text in"
        f" {_OURS} and p.proowner::regrole::text in"
        " ('anon', 'authenticated', 'service_role', 'njordhr_api')"
    ),
    "the login role becomes `authenticated` and nobody else, and has no rights of its own": _query(
        "select r.rolname from pg_roles r where r.rolname <> 'njordhr_api' and"
        " (pg_has_role('njordhr_api', r.oid, 'member') <> (r.rolname = 'authenticated')"
        "  or pg_has_role('njordhr_api', r.oid, 'usage'))"
        " union all select rolname from pg_roles where (rolsuper or rolcreaterole or rolcreatedb"
        "  or rolreplication or rolbypassrls or rolinherit and rolname = 'njordhr_api')"
        "  and rolname in ('njordhr_api', 'authenticated', 'anon')"
        " union all select r.rolname from pg_roles r where r.rolname in ('authenticated', 'anon')"
        "  and exists (select from pg_auth_members m where m.member = r.oid)"
    ),
    "every foreign key begins an index": _query(
        "select k.conrelid::regclass || ' ' || k.conname from pg_constraint k"
        " where k.contype = 'f' and k.connamespace::regnamespace::text"
        f" in {_OURS} and not exists (select from pg_index i where i.indrelid = k.conrelid"
        "  and i.indpred is null and i.indisvalid"
        "  and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey"
        "  and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] <@ k.conkey)"
    ),
    "foreign keys stay within the office": _query(
        "select k.conrelid::regclass || ' ' || k.conname from pg_constraint k"
        f" where k.contype = 'f' and k.connamespace = 'app'::regnamespace and k.conrelid in ({_TENANTS})"
        f" and k.confrelid in ({_TENANTS}) and not exists ("
        "  select from unnest(k.conkey, k.confkey) p (mine, theirs)"
        "  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = p.mine"
        "  join pg_attribute b on b.attrelid = k.confrelid and b.attnum = p.theirs"
        "  where a.attname = 'organisation_id' and b.attname = 'organisation_id')"
    ),
    "every id points somewhere": _query(
        "select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        f" where {_OUR_TABLES} and a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::regtype"
        " and a.attname like '%\\_id' and not exists (select from pg_constraint k where k.contype = 'f'"
        "  and k.conrelid = c.oid and a.attnum = any (k.conkey))"
    ),
    "no constraint waits to be checked": _query(
        "select k.conrelid::regclass || ' ' || k.conname from pg_constraint k"
        " where k.connamespace = 'app'::regnamespace and not k.convalidated"
    ),
    "what a trigger guards, it guards": _query(
        "select p.proname from pg_proc p where p.pronamespace = 'app'::regnamespace"
        " and p.prorettype = 'trigger'::regtype and not exists (select from pg_trigger t"
        "  where t.tgfoid = p.oid)"
        " union all select t.tgrelid::regclass || ' ' || t.tgname from pg_trigger t"
        " join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'app'::regnamespace"
        " and t.tgenabled not in ('O', 'A')"
    ),
}

ALLOWED: Mapping[str, Mapping[str, str]] = {
    "every policy asks who asks": {
        "status_transitions.status_transitions_read": "the same list for everybody, and no secret",
    },
    "an update's check asks what its `using` asks": {
        "devices.devices_revoke: (user_id = ( SELECT auth.uid() AS uid)) OR"
        " (( SELECT app.caller_role() AS caller_role) = 'admin'::text)": "whose it is cannot be changed",
        "legal_holds.legal_holds_lift: lifted_by_user_id = ( SELECT auth.uid() AS uid)": "who lifts it signs",
    },
    "every id points somewhere": {
        "received_events.event_id": "kept for events that make no row of `candidate_events`, too",
        "resumes.job_id": "a job's report may come after the resume that it brought",
    },
}


def broken(connection: Connection, name: str) -> list[str]:
    """Return who breaks a rule without being allowed to."""
    return [who for who in RULES[name](connection) if who not in ALLOWED.get(name, {})]
