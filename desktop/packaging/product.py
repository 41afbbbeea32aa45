"""What the installers say of the product, in one place."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder: packaging is done from the sources."""

NAME = "NjordHR"
PACKAGE = "njordhr"
PUBLISHER = "NjordHR"
MAC_ID = "com.njordhr.desktop"
SUMMARY = "Downloads resumes and follows each person to the handoff"
DESCRIPTION = (
    "NjordHR downloads the resumes of ships' crews from the job portal into a folder of this computer, "
    "and follows each person on a dashboard that the office shares."
)
COPYRIGHT = "Copyright the NjordHR authors"
