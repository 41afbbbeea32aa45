"""A bundle for Linux whose programs are scripts that note how they were called."""

from pathlib import Path

import pytest

from desktop.packaging.installers.contents import Contents
from tests.support.windows_program import make_contents

SCRIPT = b"""#!/bin/sh
echo "$(basename "$0") $*" >> "$CALLS"
if [ "$1" = --installed ]; then exit "${CODE:-0}"; fi
"""


@pytest.fixture
def contents(tmp_path: Path) -> Contents:
    return make_contents(tmp_path, SCRIPT, windows=False)
