"""``python -m update_manifest.release``."""

import sys

from update_manifest.release.command import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
