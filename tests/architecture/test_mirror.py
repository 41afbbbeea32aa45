"""Tests mirror the tree: every module with logic has a test file where a stranger would look for it."""

import ast

import pytest

from tests.support.tree import ROOT, product_modules, python_files

INTEGRATION_ONLY: dict[str, str] = {
    "tools/tuf_client/commands.py": "tests/integration/updates/test_conformance.py",
    "update_manifest/refusals.py": "tests/integration/updates/test_attacks.py",
    "agent_core/joining.py": "tests/integration/agent/test_flow.py",
    "agent_core/portal/browser.py": "tests/integration/portal/test_browser.py",
    "agent_core/portal/pages/candidate_list.py": "tests/integration/portal/test_contract.py",
    "agent_core/portal/pages/dashboard.py": "tests/integration/portal/test_contract.py",
    "agent_core/portal/pages/login_page.py": "tests/integration/portal/test_session.py",
    "agent_core/portal/pages/resume_page.py": "tests/integration/portal/test_contract.py",
    "agent_core/portal/script.py": "tests/integration/portal/test_contract.py",
    "agent_core/portal/processes.py": "tests/integration/portal/test_reaper.py",
    "agent_core/portal/reaper.py": "tests/integration/portal/test_reaper.py",
    "agent_core/portal/straight.py": "tests/integration/portal/test_parallel.py",
    "agent_core/portal/tab.py": "tests/integration/portal/test_tab.py",
    "agent_core/portal/session.py": "tests/integration/portal/test_session.py",
    "agent_core/portal/visits.py": "tests/integration/portal/test_faults.py",
    "cloud_api/auth/local_accounts.py": "tests/integration/cloud/test_accounts.py",
    "cloud_api/db/candidate_event_repo.py": "tests/integration/cloud/test_ledger.py",
    "cloud_api/db/pool.py": "tests/integration/cloud/test_pool.py",
    "cloud_api/ingest/routes.py": "tests/integration/cloud/test_ingest.py",
    "cloud_api/ledger/candidate_rows.py": "tests/integration/cloud/test_ledger.py",
    "cloud_api/ledger/openings.py": "tests/integration/agent/test_exports.py",
    "cloud_api/ledger/candidates.py": "tests/integration/cloud/test_ledger.py",
    "demo/__main__.py": "tests/integration/demo/test_demo_program.py",
    "demo/interactive.py": "tests/integration/demo/test_demo_program.py",
    "demo/running.py": "tests/integration/demo/test_demo_program.py",
    "demo/stack.py": "tests/integration/demo/test_demo_program.py",
    "demo/unattended/command.py": "tests/integration/demo/test_demo_program.py",
    "demo/unattended/run.py": "tests/integration/demo/test_demo_program.py",
    "demo/unattended/steps.py": "tests/integration/demo/test_demo_program.py",
    "demo/portal/__main__.py": "tests/unit/demo/test_child.py",
    "demo/postgres.py": "tests/integration/demo/test_postgres.py",
    "demo/postgres_keeper.py": "tests/integration/demo/test_postgres.py",
    "cloud_api/accounts/routes.py": "tests/integration/cloud_http/test_accounts.py",
    "cloud_api/accounts/invitation_routes.py": "tests/integration/cloud_http/test_invitations.py",
    "cloud_api/accounts/invitations.py": "tests/integration/cloud_http/test_invitations.py",
    "cloud_api/accounts/join.py": "tests/integration/cloud_http/test_invitations.py",
    "cloud_api/accounts/member_routes.py": "tests/integration/cloud_http/test_members.py",
    "cloud_api/accounts/members.py": "tests/integration/cloud_http/test_members.py",
    "cloud_api/audit/read.py": "tests/integration/cloud_http/test_audit.py",
    "cloud_api/audit/routes.py": "tests/integration/cloud_http/test_audit.py",
    "cloud_api/ledger/audit.py": "tests/integration/cloud/test_audit_log.py",
    "cloud_api/operations/read.py": "tests/integration/cloud_http/test_operations.py",
    "cloud_api/operations/routes.py": "tests/integration/cloud_http/test_operations.py",
    "cloud_api/retention/people.py": "tests/integration/cloud_http/test_retention.py",
    "cloud_api/retention/routes.py": "tests/integration/cloud_http/test_retention.py",
    "cloud_api/retention/worker.py": "tests/integration/cloud/test_follow_rules.py",
    "cloud_api/candidates/review.py": "tests/integration/cloud_http/test_candidates.py",
    "cloud_api/candidates/routes.py": "tests/integration/cloud_http/test_candidates.py",
    "cloud_api/dashboard/routes.py": "tests/integration/cloud_http/test_dashboard.py",
    "cloud_api/devices/command.py": "tests/integration/cloud_http/test_commands.py",
    "cloud_api/devices/command_routes.py": "tests/integration/cloud_http/test_commands.py",
    "cloud_api/devices/schemas.py": "tests/integration/cloud_http/test_commands.py",
    "cloud_api/devices/sweep.py": "tests/integration/cloud_http/test_commands.py",
    "cloud_api/jobs/command.py": "tests/integration/cloud_http/test_commands.py",
    "cloud_api/devices/pair.py": "tests/integration/cloud_http/test_devices.py",
    "cloud_api/devices/report.py": "tests/integration/cloud_http/test_devices.py",
    "cloud_api/devices/routes.py": "tests/integration/cloud_http/test_devices.py",
    "cloud_api/exports/make.py": "tests/integration/cloud_http/test_exports.py",
    "cloud_api/exports/read.py": "tests/integration/cloud_http/test_exports.py",
    "cloud_api/exports/routes.py": "tests/integration/cloud_http/test_exports.py",
    "cloud_api/exports/zip_stream.py": "tests/integration/cloud_http/test_exports.py",
    "cloud_api/health/check.py": "tests/integration/cloud_http/test_dashboard.py",
    "cloud_api/health/routes.py": "tests/integration/cloud_http/test_dashboard.py",
    "cloud_api/health/ready.py": "tests/integration/cloud_http/test_health.py",
    "cloud_api/admin/backup.py": "tests/integration/cloud_admin/test_backup.py",
    "cloud_api/admin/command.py": "tests/integration/cloud_admin/test_command.py",
    "cloud_api/admin/drill.py": "tests/integration/cloud_admin/test_backup.py",
    "cloud_api/admin/inventory.py": "tests/integration/cloud_admin/test_backup.py",
    "cloud_api/admin/office.py": "tests/integration/cloud_admin/test_command.py",
    "cloud_api/admin/postgres_programs.py": "tests/integration/cloud_admin/test_backup.py",
    "cloud_api/admin/recompute.py": "tests/integration/cloud_admin/test_command.py",
    "cloud_api/admin/roles.py": "tests/integration/cloud_admin/test_rotate.py",
    "cloud_api/admin/tables.py": "tests/integration/cloud_admin/test_backup.py",
    "cloud_api/metrics.py": "tests/integration/cloud_http/test_metrics.py",
    "cloud_api/jobs/routes.py": "tests/integration/cloud_http/test_jobs.py",
    "cloud_api/jobs/run.py": "tests/integration/cloud_http/test_jobs.py",
    "cloud_api/resumes/cloud_copy.py": "tests/integration/cloud_http/test_cloud_copy.py",
    "cloud_api/resumes/open.py": "tests/integration/cloud_http/test_resumes.py",
    "cloud_api/resumes/records.py": "tests/integration/cloud_http/test_resumes.py",
    "cloud_api/resumes/routes.py": "tests/integration/cloud_http/test_resumes.py",
    "cloud_api/resumes/upload.py": "tests/integration/cloud_http/test_resumes.py",
    "cloud_api/ledger/updates.py": "tests/integration/cloud_http/test_updates.py",
    "cloud_api/updates/read.py": "tests/integration/cloud_http/test_updates.py",
    "cloud_api/updates/routes.py": "tests/integration/cloud_http/test_updates.py",
    "cloud_api/views/keep.py": "tests/integration/cloud_http/test_views.py",
    "cloud_api/views/routes.py": "tests/integration/cloud_http/test_views.py",
    "desktop/engine_check.py": "tests/journeys/test_updates_on_a_frozen_app.py",
    "desktop/packaging/__main__.py": "tests/journeys/test_updates_on_a_frozen_app.py",
    "desktop/packaging/bundle.py": "tests/journeys/test_updates_on_a_frozen_app.py",
    "desktop/packaging/freezing.py": "tests/journeys/test_updates_on_a_frozen_app.py",
    "desktop/window.py": "tests/integration/desktop/test_window.py",
    "desktop/qt_engine.py": "tests/integration/desktop/test_window.py",
    "desktop/toolkit.py": "tests/integration/desktop/test_window.py",
    "desktop/qt_view.py": "tests/integration/desktop/test_window.py",
    "desktop/updater/board.py": "tests/unit/desktop/updater/test_updater.py",
    "desktop/updater/here.py": "tests/unit/desktop/updater/test_updater.py",
    "desktop/updater/joined.py": "tests/unit/desktop/test_updating.py",
    "desktop/updater/source.py": "tests/unit/desktop/updater/test_updater.py",
    "desktop/updater/taking.py": "tests/unit/desktop/updater/test_updater.py",
    "desktop/installed.py": "tests/integration/desktop/test_life.py",
    "desktop/launcher/process_tree.py": "tests/integration/launcher/test_launcher.py",
    "desktop/launcher/programs.py": "tests/integration/launcher/test_launcher.py",
    "desktop/launcher/run.py": "tests/integration/launcher/test_launcher.py",
    "desktop/launcher/steps.py": "tests/integration/launcher/test_launcher.py",
    "desktop/launcher/watch.py": "tests/integration/launcher/test_launcher.py",
    "desktop/__main__.py": "tests/integration/desktop/test_life.py",
    "tools/schema_text.py": "tests/tenancy/test_schema_text.py",
    "update_manifest/release/artifacts.py": "tests/integration/releasing/test_refused.py",
    "update_manifest/release/as_client.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/assembling.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/ceremony.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/command.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/describe.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/key_commands.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/look_commands.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/opening.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/options.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/publishing.py": "tests/integration/releasing/test_crash.py",
    "update_manifest/release/release_commands.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/repository.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/step_commands.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/steps.py": "tests/integration/releasing/test_releasing.py",
    "update_manifest/release/writes.py": "tests/integration/releasing/test_crash.py",
    "signing/release/tokens.py": "tests/integration/releasing/test_hardware_key.py",
}
"""Module -> the integration test that covers it, for adapters which nothing but the real thing can test."""


def _mirror(module: str) -> str:
    folder, _, name = module.rpartition("/")
    return f"tests/unit/{folder}/test_{name}"


def _has_logic(module: str) -> bool:
    """Tell whether a module has code that can go wrong: functions or methods with more than a docstring."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return any(not _is_declaration(function) for function in functions)


def _is_declaration(function: ast.FunctionDef) -> bool:
    return all(
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        for statement in function.body
    )


@pytest.mark.parametrize("module", product_modules(), ids=str)
def test_a_module_has_its_test(module: str) -> None:
    if not _has_logic(module):
        return
    expected = INTEGRATION_ONLY.get(module, _mirror(module))
    assert (ROOT / expected).is_file(), f"{module} needs {expected}"


def test_every_unit_test_mirrors_a_module() -> None:
    tests = [path for path in python_files() if path.startswith("tests/unit/") and "/test_" in path]
    strays = []
    for test in tests:
        folder, _, name = test.removeprefix("tests/unit/").rpartition("/")
        module = f"{folder}/{name.removeprefix('test_')}".lstrip("/")
        if not (ROOT / module).is_file() and not (ROOT / module.removesuffix(".py")).is_dir():
            strays.append(test)
    assert not strays


def test_the_list_of_exceptions_is_true() -> None:
    for module, test in INTEGRATION_ONLY.items():
        assert (ROOT / module).is_file(), module
        assert (ROOT / test).is_file(), test
