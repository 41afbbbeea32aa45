"""End the browsers that a killed agent left behind."""

from pathlib import Path

import structlog

from agent_core.portal.processes import end_browser, read_record

log = structlog.get_logger()


def reap(profile_root: Path) -> int:
    """End recorded browsers whose agent is gone, remove their profiles, and return how many there were.

    A browser of an agent that still runs, and every process that is not recorded, is left alone.
    """
    ended = 0
    for record_file in sorted(profile_root.glob("browser-*.json")):
        record = read_record(record_file)
        if record is None or not record.is_orphaned:
            continue
        end_browser(record, record_file)
        ended += 1
        log.info("browser_reaped", owner_pid=record.owner_pid)
    return ended
