"""Run by the Python of an environment with tufup: ``FOLDER OLD NEW``; prints lengths of what it makes."""

import json
import resource
import sys
from pathlib import Path


def main(folder: Path, old: Path, new: Path) -> None:
    """Publish two bundles as tufup does, and print lengths and memory as JSON."""
    from tufup.repo import Repository  # type: ignore[import-not-found]  # noqa: PLC0415 - only that environment has it

    repository = Repository(
        app_name="njordhr",
        app_version_attr=None,
        repo_dir=folder / "repository",
        keys_dir=folder / "keys",
        expiration_days={"root": 365, "targets": 90, "snapshot": 7, "timestamp": 2},
        encrypted_keys=[],
    )
    repository.initialize()
    for bundle, version in ((old, "1.0"), (new, "2.0")):
        repository.add_bundle(new_bundle_dir=bundle, new_version=version)
        repository.publish_changes(private_key_dirs=[folder / "keys"])
    targets = folder / "repository" / "targets"
    kinds = {"whole": "njordhr-2.0.tar.gz", "patch": "njordhr-2.0.patch"}
    lengths = {kind: (targets / name).stat().st_size for kind, name in kinds.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({**lengths, "making_mb": peak}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
