"""What every answer carries."""

from pathlib import Path

from agent_core.local_api.headers import PAGE_POLICY
from tests.support.agent_rig import running_rig


def test_every_answer_is_unframed_unsniffed_and_not_kept(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as rig:
        for path in ("/health", "/nowhere", "/app/config.json"):
            headers = rig.call("GET", path).headers
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Cache-Control"] == "no-store"
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert not [name for name, _ in headers if name.startswith("Access-Control")]


def test_a_page_runs_only_its_own_scripts() -> None:
    rules = dict(rule.split(" ", 1) for rule in PAGE_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe-inline" not in rules["script-src"]
    assert "http" not in PAGE_POLICY
