"""How many acknowledged highlights are lost when the server is killed in the middle of its work: 50 times, 30 readers.

    python tests/bench/bench_kills.py [--rounds 50] [--clients 30] [--seed 27]

Run by hand; the tests do a tenth of it. It says nothing about power cuts.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("SOURCEWISE_DATA", tempfile.mkdtemp(prefix="sourcewise-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402  # the environment comes first

django.setup()

from tests.ops.installation import Installation  # noqa: E402
from tests.ops.kills import kill_rounds  # noqa: E402


def main() -> None:
    """Kill, count, print; stop with 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--clients", type=int, default=30)
    parser.add_argument("--seed", type=int, default=27)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sourcewise-kills-") as folder:
        here = Installation(Path(folder))
        here.manage("quickstart", "--no-serve", "--empty")
        began = time.perf_counter()
        result = kill_rounds(here, rounds=asked.rounds, clients=asked.clients, chance=random.Random(asked.seed))
    print(
        f"{result.kills} kills in {time.perf_counter() - began:.0f} s, {asked.clients} readers: "
        f"{result.acknowledged} highlights acknowledged, {len(result.lost)} lost, {len(result.refusals)} refused; "
        f"integrity {result.integrity}"
    )
    sys.exit(1 if result.lost or result.integrity != "ok" or result.kills != asked.rounds else 0)


if __name__ == "__main__":
    main()
