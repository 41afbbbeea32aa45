"""Print each ratio with its peer: ``python -m benchmarks [name …]``."""

import importlib
import sys

NAMES = (
    "downloads",
    "outbox",
    "facts",
    "window",
    "tenancy",
    "streams",
    "ingest",
    "dashboard",
    "exports",
    "update_trust",
    "updates",
)


def main(names: list[str]) -> int:
    """Run the benchmarks of these names, or all; 1 when one missed what it promises."""
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    kept = [importlib.import_module(f"benchmarks.{name}").main() for name in names or NAMES]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
