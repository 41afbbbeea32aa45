"""Run many seeds, or replay one: ``python -m tests.simulation --seeds 10000``, ``… --seed 1234 --trace``."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from multiprocessing import Pool

from tests.simulation.planted import NAMES
from tests.simulation.run import Result, first_found, run


def replay_command(seed: int) -> str:
    """Return the command that runs a seed again and shows all of it."""
    return f"python -m tests.simulation --seed {seed} --trace"


def replay(seed: int, with_trace: bool) -> int:
    """Run one seed, and say what happened."""
    result = run(seed, keep_trace=with_trace)
    for line in (*result.lines, *result.found):
        print(line)
    print(f"seed {seed}: trace {result.digest}, {len(result.found)} found")
    return 1 if result.found else 0


def run_many(first: int, count: int, processes: int) -> int:
    """Run many seeds in several processes; tell of each that found something."""
    began, failed, events = time.monotonic(), 0, 0
    for result in _results(first, count, processes):
        events += result.events
        if result.found:
            failed += 1
            print(f"seed {result.seed}: {'; '.join(result.found[:3])}\n  {replay_command(result.seed)}")
    took, busy = time.monotonic() - began, _cpu_seconds()
    print(f"{count} seeds, {events} events in {took:.0f} s; {failed} found something")
    print(f"{busy:.0f} CPU-seconds, {1000 * busy / count:.1f} ms a seed")
    return 1 if failed else 0


def find_planted(within: int) -> int:
    """Tell after how many seeds each planted bug is found."""
    missed = 0
    for name in NAMES:
        result = first_found(name, within)
        missed += result is None
        where = f"seed {result.seed}: {result.found[0]}" if result else f"not found in {within} seeds"
        print(f"{name}: {where}", flush=True)
    print(f"{len(NAMES) - missed} of {len(NAMES)} planted bugs found")
    return 1 if missed else 0


def _results(first: int, count: int, processes: int) -> Iterator[Result]:
    with Pool(processes) as pool:
        yield from pool.imap_unordered(run, range(first, first + count), chunksize=25)
        pool.close()
        pool.join()  # what they used is told when they are gone


def _cpu_seconds() -> float:
    """Return what this process and those that it started and that are over have used."""
    return sum(os.times()[:4])


def main() -> int:
    """Do what the command line says; 1 when something was found, or a planted bug was not."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, help="run this one alone")
    parser.add_argument("--trace", action="store_true", help="show everything that happens in it")
    parser.add_argument("--planted", action="store_true", help="plant bugs, and find them")
    chosen = parser.parse_args()
    if chosen.seed is not None:
        return replay(chosen.seed, chosen.trace)
    if chosen.planted:
        return find_planted(min(chosen.seeds, 1000))
    return run_many(chosen.first, chosen.seeds, chosen.processes)


if __name__ == "__main__":
    sys.exit(main())
