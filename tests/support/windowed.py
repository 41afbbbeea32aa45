"""Show a page in the product's window, with the door open for a test: ``python -m tests.support.windowed``.

Ends like the window does. The test drives it from outside through Qt's remote debugging.
"""

import sys
from pathlib import Path

from desktop.window import show


def main(url: str, storage: str) -> None:
    show(url, Path(storage), lambda: False, "", remote_debugging=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
