"""What is decided without a server; the rest is in `tests/integration/cloud_store/test_supabase.py`."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from cloud_api.errors import NotFound, Unavailable
from cloud_api.resumes.supabase_store import SupabaseStore
from tests.support.object_store_suite import KEY


def test_a_key_of_another_kind_never_reaches_the_server() -> None:
    store = SupabaseStore("http://127.0.0.1:1", SecretStr("sb_secret_synthetic"), "resumes")
    with pytest.raises(NotFound):
        store.exists("elsewhere/0042.pdf")
    store.close()


def test_the_secret_is_in_no_repr_and_in_no_error() -> None:
    store = SupabaseStore("http://127.0.0.1:1", SecretStr("sb_secret_synthetic"), "resumes")
    with pytest.raises(Unavailable) as refused:
        store.open_link(KEY, "x.pdf", datetime.now(UTC) + timedelta(seconds=60))
    assert "synthetic" not in repr(store) + str(refused.value) + repr(refused.value.facts)
    store.close()
