"""The agent's log: JSON lines in rotating files, with static event names and ids, never people or secrets."""

import contextlib
import logging
import logging.handlers
import traceback
from pathlib import Path

import structlog

from agent_core.errors import AgentError

FILE_NAME = "agent.log"
FILE_BYTES = 2_000_000
FILES_KEPT = 5
"""Besides the one that is written: the whole log never takes more than six files' room."""


def open_log(folder: Path, level: str) -> logging.Handler:
    """Send the agent's log to ``agent.log`` in this folder; return what ``close_log`` takes.

    Args:
        folder: made when it is not there.
        level: ``debug``, ``info``, ``warning`` or ``error``.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / FILE_NAME, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("njordhr.agent")
    logger.addHandler(handler)
    logger.propagate = False
    set_level(level)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=_agents_logger,
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return handler


def _agents_logger(*_names: object) -> logging.Logger:
    return logging.getLogger("njordhr.agent")


def set_level(level: str) -> None:
    """Log from this level on."""
    logging.getLogger("njordhr.agent").setLevel(level.upper())


def close_log(handler: logging.Handler) -> None:
    """Stop logging into the file."""
    logging.getLogger("njordhr.agent").removeHandler(handler)
    handler.close()
    structlog.reset_defaults()


def log_files(folder: Path) -> list[Path]:
    """Return the log's files, newest first."""
    names = [FILE_NAME, *(f"{FILE_NAME}.{number}" for number in range(1, FILES_KEPT + 1))]
    return [file for file in (folder / name for name in names) if file.is_file()]


def log_texts(folder: Path) -> dict[str, str]:
    """Return the log's files by name; one that is renamed while they are read may be left out."""
    texts: dict[str, str] = {}
    for file in log_files(folder):
        with contextlib.suppress(FileNotFoundError):
            texts[file.name] = file.read_text(encoding="utf-8", errors="replace")
    return texts


def log_bytes(folder: Path) -> int:
    """Return how much room the log takes."""
    total = 0
    for file in log_files(folder):
        with contextlib.suppress(FileNotFoundError):  # it was renamed just now
            total += file.stat().st_size
    return total


def fault_of(error: BaseException) -> dict[str, str]:
    """Return what may be logged of an error: its kind and place. Its message can hold people's data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    fault = {"error": type(error).__name__, "at": place}
    if isinstance(error, AgentError):
        fault["reason"] = error.reason.value
    return fault
