from pathlib import Path

from cloud_api.resumes.folder_store import FolderStore
from cloud_api.resumes.s3_store import S3Store
from cloud_api.resumes.stores import build_store
from cloud_api.resumes.supabase_store import SupabaseStore
from cloud_api.services import utc_now
from cloud_api.store_settings import StoreSettings


def test_the_settings_name_the_adapter(tmp_path: Path) -> None:
    folder = StoreSettings.model_validate({"object_store_folder": tmp_path, "object_link_key": "k" * 32})
    s3 = StoreSettings.model_validate(
        {
            "object_store": "s3",
            "s3_endpoint": "https://s3.example.com",
            "s3_bucket": "resumes",
            "s3_access_key": "SYNTHETIC",
            "s3_secret_key": "synthetic",
        }
    )
    supabase = StoreSettings.model_validate(
        {
            "object_store": "supabase",
            "supabase_url": "https://project.supabase.co",
            "supabase_storage_key": "sb_secret_synthetic",
        }
    )
    for settings, kind in ((folder, FolderStore), (s3, S3Store), (supabase, SupabaseStore)):
        store = build_store(settings, "https://cloud.example.com", utc_now)
        assert isinstance(store, kind)
        store.close()
