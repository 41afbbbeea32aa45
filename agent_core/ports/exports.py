"""Exports, as the use case needs the office and the disk."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol
from uuid import UUID

from protocol.exports import Export, ExportPage, ExportRequest


class OfficeExports(Protocol):
    """The office's exports, as the signed-in person may read them; any thread.

    Raises:
        CloudError: each method, with the cloud's own reason or with `cloud.unreachable`.
    """

    def ask(self, request: ExportRequest) -> Export:
        """Have the office fix whom an export has; it is in its audit log when this returns."""
        ...

    def page(self, export_id: UUID, after: int) -> ExportPage:
        """Read a part of an export."""
        ...

    def resume(self, export_id: UUID, resume_id: UUID) -> bytes:
        """Read the office's copy of a resume of an export."""
        ...


class ExportFiles(Protocol):
    """Where exports are saved. Any thread."""

    def save(self, path: Path, pieces: Iterable[bytes]) -> int:
        """Save the pieces as one file, whole or not at all; return its length.

        Raises:
            FilesError: it cannot be saved there; what was there before is as it was.
            Exception: what the pieces raise.
        """
        ...
