"""The system's Chromium, for tests that look at pages."""

import os
import shutil


def chromium_path() -> str:
    """Return where Chromium or Chrome is."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise AssertionError("no Chromium here; build.py test installs it on Debian")


def chromium_arguments() -> list[str]:
    """Return the flags for a machine without a screen and without a network."""
    flags = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return [*flags, "--no-sandbox"] if os.geteuid() == 0 else flags
