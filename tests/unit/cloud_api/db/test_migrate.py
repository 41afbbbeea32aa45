"""Which migrations are still to be applied."""

from pathlib import Path

import pytest

from cloud_api.db.migrate import Migration, MigrationError, load_migrations, plan

ONE, TWO, THREE = (Migration(f"2026112406000{n}", f"step_{n}", f"select {n}") for n in (1, 2, 3))


def test_what_is_new_is_applied_in_order() -> None:
    assert plan([ONE, TWO, THREE], [], {}) == [ONE, TWO, THREE]
    assert plan([ONE, TWO, THREE], [ONE.version], {ONE.version: ONE.sha256}) == [TWO, THREE]
    assert plan([ONE], [ONE.version], {}) == []


@pytest.mark.parametrize(
    ("files", "applied", "checksums", "why"),
    [
        ([ONE], [ONE.version, TWO.version], {}, "no file"),
        ([ONE], [ONE.version], {ONE.version: TWO.sha256}, "was changed"),
        ([ONE, TWO], [TWO.version], {}, "is older"),
    ],
)
def test_history_is_never_rewritten(
    files: list[Migration], applied: list[str], checksums: dict[str, str], why: str
) -> None:
    with pytest.raises(MigrationError, match=why):
        plan(files, applied, checksums)


def test_files_are_read_in_the_order_of_their_versions(tmp_path: Path) -> None:
    for name in ("20261124060001_b_c.sql", "20251124060000_a.sql", "README.md"):
        (tmp_path / name).write_text("select 1", encoding="utf-8")

    assert [(found.version, found.name) for found in load_migrations(tmp_path)] == [
        ("20251124060000", "a"),
        ("20261124060001", "b_c"),
    ]


def test_the_products_migrations_are_named_as_the_supabase_cli_wants() -> None:
    found = load_migrations()

    assert found
    assert all(len(each.version) == 14 and each.version.isdigit() and each.name for each in found)
