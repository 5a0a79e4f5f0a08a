"""`make leaks`: ten thousand pieces, others at every run, in as many processes as there are processors."""

import argparse
import os
import random
import subprocess
import sys

TESTS = ["tests/site/test_leaks.py", "-k", "no_piece_leaks"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make leaks", description=__doc__)
    parser.add_argument("--pieces", type=int, default=10_000, help="how many (10,000)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="to repeat a run")
    given = parser.parse_args()
    processes = os.cpu_count() or 1
    what = f"{given.pieces} pieces from seed {given.seed}; each dot is a hundred of them"
    print(what, file=sys.stderr, flush=True)
    running = []
    for number in range(processes):
        share = {"LEAKS": str(given.pieces // processes), "LEAKS_SEED": str(given.seed + 1000 * number)}
        command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist"]
        running.append(subprocess.Popen([*command, *TESTS], env=dict(os.environ) | share))
    return max(process.wait() for process in running)


if __name__ == "__main__":
    raise SystemExit(main())
