"""The file store of a deployment. The store's credential is read here and held by the adapter alone.

Whoever asks an adapter for a link has read the object's row under row-level security before: the adapters
themselves know nothing of offices.
"""

from collections.abc import Callable
from datetime import datetime

from cloud_api.resumes.folder_store import FolderStore
from cloud_api.resumes.links import LinkSigner
from cloud_api.resumes.object_store import ObjectStore
from cloud_api.resumes.s3_store import S3Store
from cloud_api.resumes.supabase_store import SupabaseStore
from cloud_api.store_settings import ObjectStoreKind, StoreSettings


def build_store(settings: StoreSettings, public_url: str, clock: Callable[[], datetime]) -> ObjectStore:
    """Make the adapter that the settings name; it connects at its first use."""
    if settings.object_store is ObjectStoreKind.S3:
        return S3Store(
            settings.s3_endpoint,
            settings.s3_bucket,
            settings.s3_region,
            settings.s3_access_key,
            settings.s3_secret_key,
            checksums=settings.s3_checksums,
            clock=clock,
        )
    if settings.object_store is ObjectStoreKind.SUPABASE:
        return SupabaseStore(
            settings.supabase_url, settings.supabase_storage_key, settings.supabase_bucket, clock=clock
        )
    if settings.object_store_folder is None:
        raise ValueError("object_store folder needs object_store_folder")
    signer = LinkSigner(
        settings.object_link_key.get_secret_value().encode(),
        settings.object_link_key_before.get_secret_value().encode(),
    )
    return FolderStore(settings.object_store_folder, signer, public_url)
