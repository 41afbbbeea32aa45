"""The demo's folder: everything that the demo keeps, and wiping it."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

MARK = {"what": "data of the NjordHR demo", "format": 1}


class NotADemoFolderError(Exception):
    """The folder holds something that the demo did not put there."""


@dataclass(frozen=True)
class DemoFolder:
    """The paths below the demo's folder."""

    root: Path

    @property
    def mark(self) -> Path:
        """The file that says that this is a demo's folder."""
        return self.root / "njordhr-demo.json"

    @property
    def agent(self) -> Path:
        """The agent's records."""
        return self.root / "agent"

    @property
    def agent_json(self) -> Path:
        """The agent's settings."""
        return self.root / "agent.json"

    @property
    def postgres(self) -> Path:
        """The office's database."""
        return self.root / "postgres"

    @property
    def objects(self) -> Path:
        """The office's copies of resumes."""
        return self.root / "objects"

    @property
    def resumes(self) -> Path:
        """Where resumes are downloaded to until somebody chooses another folder."""
        return self.root / "Resumes"

    @property
    def window(self) -> Path:
        """What the window's page remembers."""
        return self.root / "window"

    @property
    def portal_port(self) -> Path:
        """The port that the simulated portal had last."""
        return self.root / "portal.port"

    @property
    def logs(self) -> Path:
        """What the parts say."""
        return self.root / "logs"

    def is_ours(self) -> bool:
        """Tell whether the demo made this folder."""
        try:
            return bool(json.loads(self.mark.read_text(encoding="utf-8")).get("what") == MARK["what"])
        except (OSError, ValueError, AttributeError):
            return False

    def claim(self) -> None:
        """Make the folder the demo's.

        Raises:
            NotADemoFolderError: there is something else in it, or it is a file.
        """
        if self.is_ours():
            return
        if self.root.exists() and (not self.root.is_dir() or any(self.root.iterdir())):
            raise NotADemoFolderError(self.root)
        self.root.mkdir(parents=True, exist_ok=True)
        self.mark.write_text(json.dumps(MARK) + "\n", encoding="utf-8")

    def wipe(self) -> None:
        """Delete everything in the folder but the mark and the lock; the database is removed by its owner.

        Raises:
            NotADemoFolderError: it is not the demo's.
        """
        if not self.is_ours():
            raise NotADemoFolderError(self.root)
        for path in self.root.iterdir():
            if path.name in (self.mark.name, "agent.lock"):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
