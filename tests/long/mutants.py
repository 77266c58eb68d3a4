"""How much the tests notice: a sample of mutmut's mutants of what decides, fixed by a seed.

    pip install mutmut coverage
    python tests/long/mutants.py src/ntm_rules/pack [--sample 250] [--seed 0] [--seconds 12]

mutmut runs each mutant in a process of its own, which takes days for all and hours for a sample. Here its mutants are
drawn, from every file as many as its share, and tried in forks of one session of pytest that has collected the tests
chosen in ``pyproject.toml`` (``tool.mutmut``): the code of one function is exchanged, everything kept is forgotten, and
the tests that pass the changed statement are run, the cheapest file first, until one fails or the seconds of processor
time they took before are used up. Which tests pass where is learnt first and kept in ``mutants/reach``, by the digests
of the tests and of what is mutated.

A mutant in a default value, of a function called only while modules are read, or that closes over other names than
before cannot be exchanged; it is told as ``by hand``. The last line is the score.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import functools
import gc
import hashlib
import importlib
import json
import os
import random
import resource
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
CHOSEN = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
TESTS: list[str] = CHOSEN["pytest_add_cli_args_test_selection"]
# Tests that read the packs most others read.
WARMING = ("tests/test_evaluate.py", "tests/test_whole_answers.py")
# Tests that compare all that is said: they come first.
WHOLE = ("tests/test_whole_answers.py", "tests/test_whole_packs.py")
QUIET = ["-q", "-p", "no:cacheprovider", "--tb=no", "--disable-warnings"]


class Mutant(NamedTuple):
    """A file with one change, and the first line of the changed statement."""

    file: Path
    text: str
    line: int

    @property
    def change(self) -> str:
        """The lines taken out and put in."""
        both = (self.file.read_text("utf-8").splitlines(), self.text.splitlines())
        lines = list(difflib.unified_diff(*both, lineterm="", n=0))[2:]
        return "\n".join((f"{self.file.relative_to(ROOT)}:{self.line}", *(x for x in lines if x[:2] != "@@")))


def statement(code: str, line: int) -> int:
    """Where the innermost statement around a line begins; of a function's head, its first statement."""
    around = [one for one in ast.walk(ast.parse(code)) if isinstance(one, (ast.stmt, ast.ExceptHandler))]
    found = max((one for one in around if one.lineno <= line <= (one.end_lineno or 0)), key=lambda one: one.lineno)
    if not isinstance(found, ast.FunctionDef):
        return found.lineno
    doc = isinstance(found.body[0], ast.Expr) and isinstance(found.body[0].value, ast.Constant) and len(found.body) > 1
    return found.body[doc].lineno


def drawn(files: list[Path], size: int, seed: int) -> list[Mutant]:
    """As many from each file as its share, in an order by chance: any beginning of it is a sample of its own."""
    from mutmut.mutation.file_mutation import create_mutations, deep_replace

    every = {}
    for file in files:
        module, mutations, *_ = create_mutations(str(file), file.read_text("utf-8"))
        every[file] = (
            module,
            [m for m in mutations if type(m.contained_by_top_level_function).__name__ == "FunctionDef"],
        )
    total = sum(len(mutations) for _, mutations in every.values())
    print(f"{total} mutants in {len(files)} files", flush=True)
    share = {file: len(mutations) * size / total for file, (_, mutations) in every.items()}
    rest = size - sum(map(int, share.values()))
    more = sorted(share, key=lambda file: int(share[file]) - share[file])[:rest]
    chance, found = random.Random(seed), []
    for file, (module, mutations) in every.items():
        for index in sorted(chance.sample(range(len(mutations)), int(share[file]) + (file in more))):
            one = mutations[index]
            code, text = module.code, deep_replace(module, one.original_node, one.mutated_node).code  # type: ignore[union-attr]
            pairs = enumerate(zip(code.splitlines(), text.splitlines(), strict=False), 1)
            line = next((number for number, (old, new) in pairs if old != new), 1)
            found.append(Mutant(file, text, statement(code, line)))
    chance.shuffle(found)
    return found


class Reach:
    """Learns which tests of a file pass which lines, and how long each takes."""

    def __init__(self, coverage: Any) -> None:
        self.coverage, self.took = coverage, dict[str, float]()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.coverage.switch_context(nodeid)
        self.took[nodeid] = time.process_time()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.took[nodeid] = time.process_time() - self.took[nodeid]

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            raise SystemExit(f"{report.nodeid} fails before anything is changed")


def learn(test: str, files: list[Path], kept: Path) -> None:
    """Run one file of tests under coverage."""
    import coverage
    import pytest

    measured = coverage.Coverage(config_file=False, data_file=None, include=[str(file) for file in files])
    measured.start()
    reach = Reach(measured)
    pytest.main([*QUIET, test], plugins=[reach])
    measured.stop()
    found: dict[str, list[str]] = {name: [] for name in reach.took}
    for file in measured.get_data().measured_files():
        for line, names in measured.get_data().contexts_by_lineno(file).items():
            for name in names:
                if name in found:
                    found[name].append(f"{Path(file).relative_to(ROOT)}:{line}")
    kept.write_text(json.dumps({name: [round(reach.took[name], 3), lines] for name, lines in found.items()}), "utf-8")


def codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Every function's code by its name, those within functions apart."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one.co_qualname, one
            if "<locals>" not in one.co_qualname:
                yield from codes(one)


def _rank(tests: list[tuple[float, str]]) -> tuple[bool, float]:
    """Whole answers first, then the cheapest file."""
    return not any(name.startswith(WHOLE) for _, name in tests), sum(took for took, _ in tests)


def _of_packs(kept: Any) -> bool:
    return str(kept.__module__).startswith(("ntm_rules.pack", "ntm_rules.units"))


class Tries:
    """Tries the mutants instead of running the tests that were collected."""

    def __init__(self, mutants: list[Mutant], reach: dict[str, dict[str, Any]], seconds: float) -> None:
        self.mutants, self.reach, self.seconds = mutants, reach, seconds
        # What reads packs is not exchanged: they are read once.
        self.warm = all("pack" not in mutant.file.parts for mutant in mutants)
        self.outcome: list[tuple[str, Mutant]] = []
        self.failed = False

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.failed |= report.failed

    def pytest_runtestloop(self, session: Any) -> bool:
        items = {item.nodeid: item for item in session.items}
        if self.warm:
            for item in (item for name, item in items.items() if name.startswith(WARMING)):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        self.failed = False
        for number, mutant in enumerate(self.mutants, 1):
            told = self.tried(mutant, [items[name] for name in self.order(mutant) if name in items])
            self.outcome.append((told, mutant))
            if told != "killed":
                print(f"\n{told}, number {number}: {mutant.change}", flush=True)
        return True

    def order(self, mutant: Mutant) -> Iterator[str]:
        """The tests that pass the statement, then those that stand beside one: packs read are kept within a file."""
        place, left = f"{mutant.file.relative_to(ROOT)}:{mutant.line}", self.seconds
        direct, beside = [], []
        for tests in self.reach.values():
            if passing := [(took, name) for name, (took, lines) in tests.items() if place in lines]:
                direct.append(sorted(passing))
                known = {name for _, name in passing}
                beside.append(sorted((took, name) for name, (took, _) in tests.items() if name not in known))
        for group in (direct, beside):
            for tests_of_file in sorted(group, key=_rank):
                for took, name in tests_of_file:
                    if took <= left:
                        left -= took
                        yield name

    def tried(self, mutant: Mutant, items: list[Any]) -> str:
        """``killed``, ``survived``, ``by hand``, or that no test passes there."""
        if not items:
            return "passed by no test"
        path = str(mutant.file)
        old, new = (
            dict(codes(compile(text, path, "exec", dont_inherit=True)))
            for text in (mutant.file.read_text("utf-8"), mutant.text)
        )
        changed = {name: new[name] for name in new if name in old and old[name] != new[name]}
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            told = self.run(items, path, changed)
            os.write(writing, told.encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            told = pipe.read()
        os.waitpid(child, 0)
        return told or "killed"  # It took too long, or ended the process.

    def run(self, items: list[Any], path: str, changed: dict[str, CodeType]) -> str:
        limit = int(15 + 1.5 * self.seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        exchanged = False
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename == path and one.__qualname__ in changed:
                try:
                    one.__code__, exchanged = changed[one.__qualname__], True
                except ValueError:  # It closes over other names than before.
                    return "by hand"
            elif isinstance(one, functools._lru_cache_wrapper) and not (self.warm and _of_packs(one)):
                one.cache_clear()
        if not exchanged:
            return "by hand"
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return "killed"
        return "survived"


def main() -> None:
    """Draw, learn, try, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", type=Path, nargs="+", help="files, or folders whose files are meant")
    parser.add_argument("--sample", type=int, default=250)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--learn", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "packs")]
    files = sorted(file.resolve() for one in asked.what for file in (one.glob("*.py") if one.is_dir() else [one]))
    if asked.learn:
        learn(asked.learn[0], files, Path(asked.learn[1]))
        return
    import pytest

    texts = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    folder = ROOT / "mutants" / "reach" / texts
    folder.mkdir(parents=True, exist_ok=True)
    reach = {}
    for test in TESTS:
        kept = folder / f"{Path(test).stem}-{hashlib.sha256(Path(test).read_bytes()).hexdigest()[:12]}.json"
        if not kept.exists():
            command = [sys.executable, __file__, *map(str, files), "--learn", test, str(kept)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        reach[test] = json.loads(kept.read_text("utf-8"))
    for file in files:  # What is loaded when it is first needed must be there to be exchanged.
        importlib.import_module(".".join(file.relative_to(ROOT / "src").with_suffix("").parts))
    tries = Tries(drawn(files, asked.sample, asked.seed), reach, asked.seconds)
    pytest.main([*QUIET, *TESTS], plugins=[tries])
    print(f"\nof {len(tries.outcome)}: {dict(Counter(told for told, _ in tries.outcome))}")


if __name__ == "__main__":
    main()
