from pathlib import Path

import pytest

from cloud_api.auth.local_accounts import LocalAccounts
from cloud_api.auth.supabase_accounts import SupabaseAccounts
from cloud_api.errors import DatabaseUnavailable
from cloud_api.services import build_services, utc_now
from tests.unit.cloud_api.conftest import settings_with


def test_nothing_is_connected_that_was_not_asked_for(tmp_path: Path) -> None:
    services = build_services(settings_with(tmp_path), connect=False)
    with pytest.raises(DatabaseUnavailable), services.database.anonymous():
        pytest.fail("there is no database")
    services.close()


def test_closing_ends_streams_and_may_be_repeated(tmp_path: Path) -> None:
    services = build_services(settings_with(tmp_path), connect=False)
    services.close()
    services.close()
    assert services.stopping.is_set()


def test_the_settings_say_who_knows_passwords(tmp_path: Path) -> None:
    local = build_services(settings_with(tmp_path), connect=False)
    hosted = build_services(
        settings_with(
            tmp_path,
            auth_provider="supabase",
            supabase_url="https://project.example.com",
            supabase_publishable_key="sb_publishable_synthetic",
        ),
        connect=False,
    )
    assert isinstance(local.accounts, LocalAccounts)
    assert isinstance(hosted.accounts, SupabaseAccounts)
    local.close()
    hosted.close()


def test_now_is_aware() -> None:
    assert utc_now().utcoffset() is not None
