"""Each store says in one sentence what it still needs to be told."""

import pytest
from pydantic import ValidationError

from cloud_api.store_settings import StoreSettings

S3: dict[str, object] = {
    "object_store": "s3",
    "s3_endpoint": "https://s3.example.com",
    "s3_bucket": "njordhr-resumes",
    "s3_access_key": "SYNTHETIC",
    "s3_secret_key": "synthetic secret",
}
SUPABASE: dict[str, object] = {
    "object_store": "supabase",
    "supabase_url": "https://project.supabase.co",
    "supabase_storage_key": "sb_secret_synthetic",
}


@pytest.mark.parametrize("good", [S3, SUPABASE], ids=["s3", "supabase"])
def test_a_store_that_is_told_everything_is_taken_and_keeps_its_secrets(good: dict[str, object]) -> None:
    assert "synthetic" not in repr(StoreSettings.model_validate(good))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"object_link_key": "k" * 32}, "object_store folder needs object_store_folder"),
        ({"object_store_folder": "/srv"}, "object_store folder needs object_link_key"),
        ({"object_store_folder": "/srv", "object_link_key": "short"}, "object_link_key needs at least 32"),
        ({"object_store": "s3"}, "needs s3_endpoint and s3_bucket and s3_access_key and s3_secret_key"),
        (S3 | {"s3_secret_key": ""}, "object_store s3 needs s3_secret_key"),
        (SUPABASE | {"supabase_storage_key": ""}, "object_store supabase needs supabase_storage_key"),
        (SUPABASE | {"supabase_bucket": ""}, "supabase_bucket"),
        (S3 | {"s3_endpoint": "s3.example.com"}, r"http\(s\)://host"),
        (S3 | {"s3_endpoint": "https://me@s3.example.com"}, r"http\(s\)://host"),
        (S3 | {"s3_bucket": "No Bucket"}, "s3_bucket"),
        (S3 | {"s3_region": "eu north"}, "s3_region"),
        ({"object_store": "ftp"}, "object_store"),
    ],
)
def test_what_is_missing_or_wrong_is_named(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said) as refused:
        StoreSettings.model_validate(given)
    assert "synthetic secret" not in str(refused.value.errors(include_input=False))


def test_an_endpoint_may_lie_below_a_path() -> None:
    endpoint = "https://project.storage.supabase.co/storage/v1/s3/"
    assert StoreSettings.model_validate(S3 | {"s3_endpoint": endpoint}).s3_endpoint == endpoint[:-1]
