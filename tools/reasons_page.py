"""Renders `docs/REASONS.md` from the registry of reasons."""

from protocol.reasons import Reason, Retry

HEADER = """# Reasons

Every refusal, skip and failure has one of these. The code is stable and is what to read out to support;
the words are what people see. Written by `python3 build.py generate` from `protocol/reasons.py`.
"""
RETRY_WORDS = {
    Retry.NEVER: "no",
    Retry.LATER: "by itself or later",
    Retry.AFTER_USER_ACTS: "after somebody acts",
}


def render() -> str:
    """Return the page as Markdown: one table for each phase, in the registry's order."""
    phases: dict[str, list[Reason]] = {}
    for reason in Reason:
        phases.setdefault(reason.value.split(".")[0], []).append(reason)
    return HEADER + "".join(_phase(phase, reasons) for phase, reasons in phases.items())


def _phase(phase: str, reasons: list[Reason]) -> str:
    rows = "".join(
        f"| `{reason.value}` | {reason.sentence} | {reason.next_step} | {RETRY_WORDS[reason.retry]} |\n"
        for reason in reasons
    )
    return f"\n## {phase}\n\n| Code | What happened | Next step | Try again |\n|---|---|---|---|\n{rows}"
