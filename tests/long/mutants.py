"""How much the quick tests notice: a sample of mutmut's mutants of what decides, fixed by a seed.

    pip install mutmut
    python tests/long/mutants.py [--sample 250] [--seed 0]

All of them (``mutmut run``) take days. mutmut writes the mutants, learns which of the tests chosen in
``pyproject.toml`` reach which function, and runs each mutant against those; here only the names are drawn, from every
file as many as its share of the whole and at least one. The last lines are the score and each survivor with its change.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

MUTMUT = (sys.executable, "-m", "mutmut")


def written() -> dict[Path, dict[str, int | None]]:
    """Every mutant by the file it changes, with what became of it."""
    found = {path: json.loads(path.read_text("utf-8")) for path in sorted(Path("mutants/src").rglob("*.py.meta"))}
    return {path: data["exit_code_by_key"] for path, data in found.items() if data["exit_code_by_key"]}


def drawn(mutants: dict[Path, dict[str, int | None]], size: int, seed: int) -> list[str]:
    """As many from each file as its share, at least one, the same for the same seed."""
    chance, total = random.Random(seed), sum(map(len, mutants.values()))
    return [
        name for names in mutants.values() for name in chance.sample(sorted(names), max(1, len(names) * size // total))
    ]


def main() -> None:
    """Draw, run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=250)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    # A name nothing matches: the mutants are written, the tests are run once, and none is tried.
    subprocess.run([*MUTMUT, "run", "none of them"], check=False, stderr=subprocess.DEVNULL)
    names = drawn(written(), asked.sample, asked.seed)
    subprocess.run([*MUTMUT, "run", *names], check=True)
    from mutmut.stats import status_by_exit_code

    outcome = {name: status_by_exit_code[code] for codes in written().values() for name, code in codes.items()}
    for name in names:
        if outcome[name] != "killed":
            print(outcome[name], flush=True)
            subprocess.run([*MUTMUT, "show", name], check=True)
    print(f"of {len(names)}: {dict(Counter(outcome[name] for name in names))}")


if __name__ == "__main__":
    main()
