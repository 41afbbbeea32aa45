"""Do what the command line says: ``python -m tools.tuf_client --metadata-dir D init ROOT``."""

import sys

from tools.tuf_client.commands import main

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
