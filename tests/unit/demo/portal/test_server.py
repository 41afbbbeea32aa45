"""Running the simulated portal."""

import threading

import httpx
import pytest

from demo.portal.server import RunningPortal
from demo.portal.state import SiteOptions


def test_it_serves_until_it_is_stopped_and_leaves_no_thread() -> None:
    before = threading.active_count()
    with RunningPortal(SiteOptions()) as running:
        assert httpx.get(running.login_url, trust_env=False).status_code == 200
        with pytest.raises(OSError, match="in use"):
            RunningPortal(SiteOptions(), running.port)
    running.stop()
    assert threading.active_count() == before
    with pytest.raises(httpx.ConnectError):
        httpx.get(running.url, trust_env=False)
