"""Upload fuzz at full size: 2,000 spoiled files and every bomb, each read or refused in time.

    .venv/bin/python tests/bench/bench_fuzz.py [--files 2000] [--first 0]

Prints what came of them by kind of file, the slowest, and how much memory the parent grew by.
"""

import argparse
import resource
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from annotator.domain.errors import RuleError
from annotator.importers import read_article
from tests.importers.hostile import bombs, spoiled

LONGEST = 20


def outcome(name: str, content: bytes) -> tuple[str, float]:
    """What came of a file, and the seconds it took. Anything but a refusal is let through: it ends the run."""
    before = time.monotonic()
    try:
        read_article(name, content)
        code = "read"
    except RuleError as refused:
        code = refused.code
    return code, time.monotonic() - before


def memory() -> int:
    """The most this process has used so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """All files, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    found: Counter[tuple[str, str]] = Counter()
    times: list[tuple[float, str]] = []
    outcome("a.txt", b"It is late.")
    before = memory()
    for seed in range(asked.first, asked.first + asked.files):
        name, content = spoiled(seed)
        code, seconds = outcome(name, content)
        found[name.rpartition(".")[2], code] += 1
        times.append((seconds, f"seed {seed}"))
    for what, name, content, _code in bombs():
        code, seconds = outcome(name, content)
        found["bomb", code] += 1
        times.append((seconds, what))
    for (kind, code), count in sorted(found.items()):
        print(f"{kind:5} {code:12} {count:5}")
    slowest, which = max(times)
    print(f"files {len(times)}, other than read or refused 0, over {LONGEST} s {sum(s > LONGEST for s, _ in times)}")
    print(f"median {statistics.median(s for s, _ in times):.2f} s, slowest {slowest:.2f} s ({which})")
    print(f"the parent grew by {(memory() - before) / 1024:.1f} MB")


if __name__ == "__main__":
    main()
