#!/usr/bin/env python3
"""Prepare everything and start the product, or test it. See `python3 build.py --help`.

Standard library only: this is the first thing that runs on an empty machine. The steps are in `setup_steps/`.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python gets as far as this line
    sys.exit(
        "NjordHR needs Python 3.11 or newer. Start this with a newer one, such as: python3.11 build.py run"
    )

from setup_steps.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
