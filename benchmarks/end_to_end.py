"""From JSON text to JSON text: a snapshot read, judged, explained and written, beside peers that do a part of it.

zen-engine evaluates the bare comparisons (``pip install zen-engine``; left out, with the reason, where it is not
there), pydantic alone reads the text into a model and writes it again. Every figure is processor time, the best of
several runs in this one process, with the spread between the runs beside it: ``python benchmarks/end_to_end.py``.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import timeit
from collections.abc import Callable
from decimal import Decimal
from statistics import median

from evaluate import PACK, UNIT, comparisons, complete_snapshot, zen_decision
from pydantic import BaseModel

import ntm_rules as ntm

ROUNDS, TIMES = 25, 40
BARE = "from pydantic import BaseModel"
PEER = "from pydantic import create_model; create_model('Peer', number=(int, ...))(number=1)"
ANSWER = (
    "from ntm_rules import Snapshot, evaluate, load_pack; unit = dict(id='x', level='commune', region='btb');"
    " snapshot = Snapshot.model_validate(dict(unit=unit, as_of='2023-08-17'));"
    " evaluate(load_pack('vn/commune@2021-2025'), snapshot, trust='uncertain').to_json()"
)


class Peer(BaseModel):
    """The same snapshot as a bare pydantic model: nothing is understood, only types."""

    unit: dict[str, str]
    as_of: str
    measures: dict[str, list[dict[str, str]]]
    findings: dict[str, dict[str, list[dict[str, str]]]]


def half_of(snapshot: ntm.Snapshot) -> ntm.Snapshot:
    """The same with every second figure and conclusion missing."""
    findings = {pack: dict(list(said.items())[::2]) for pack, said in snapshot.findings.items()}
    measures = dict(list(snapshot.measures.items())[::2])
    return ntm.Snapshot.model_validate(
        {"unit": UNIT, "as_of": snapshot.as_of, "measures": measures, "findings": findings}
    )


def other_shares(text: str, number: int) -> bytes:
    """The same facts with every share that is not whole another one, to one decimal."""
    chance, facts = random.Random(number), json.loads(text)
    for (observed,) in facts["measures"].values():
        share, sign, rest = observed["value"].partition(" %")
        if sign and share != "100":
            observed["value"] = f"{chance.randint(int(float(share) * 10), 1000) / 10} %{rest}"
    return json.dumps(facts, ensure_ascii=False).encode()


def zen_engine(snapshot: ntm.Snapshot) -> Callable[[], object]:
    """zen-engine from text to text: the comparisons of the pack over the values of the snapshot, no explanation."""
    # A value that is not there stops zen-engine: it is asked only about those that are.
    rows = comparisons(complete_snapshot())
    found = [row for row in rows if row[0].startswith("finding_") or row[0] in snapshot.measures]
    decision = zen_decision(found)
    given = {name: float(value) if isinstance(value, Decimal) else value for name, _, value, _ in found}
    text = json.dumps(given)
    return lambda: json.dumps(decision.evaluate(json.loads(text)))


def measured(asked: dict[str, Callable[[], object]], renew: Callable[[], None]) -> dict[str, tuple[float, float]]:
    """The best of the runs in microseconds a call, and how far the middle one is above it.

    All are run in turn, round by round, so that what else the machine does falls on each of them.
    """
    runs: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        renew()
        for name, run in asked.items():
            runs[name].append(timeit.timeit(run, timer=time.process_time, number=TIMES) / TIMES * 1e6)
    return {name: (min(found), median(found) / min(found) - 1) for name, found in runs.items()}


def imported(statement: str) -> float:
    """Milliseconds of processor time that an import takes, the best of five, its bytecode kept as an installer does."""
    code = f"import time; t = time.process_time(); {statement}; print(time.process_time() - t)"
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=kept).stdout)
        for _ in range(5)
    ]
    return min(runs) * 1e3


def main() -> None:
    pack = ntm.load_pack(PACK)
    whole = complete_snapshot()
    for title, snapshot in (("complete", whole), ("half-filled", half_of(whole))):
        text = json.dumps(snapshot.to_dict(), ensure_ascii=False)
        utf8 = text.encode()

        def judged(snapshot: ntm.Snapshot = snapshot) -> ntm.Assessment:
            return ntm.evaluate(pack, snapshot, trust="uncertain")

        def answered(text: str | bytes) -> ntm.Assessment:
            return ntm.evaluate(pack, ntm.Snapshot.model_validate_json(text), trust="uncertain")

        fresh: list[ntm.Assessment] = []

        def renew(fresh: list[ntm.Assessment] = fresh, judged: Callable[[], ntm.Assessment] = judged) -> None:
            fresh.extend(judged() for _ in range(TIMES))

        others = iter([other_shares(text, number) for number in range(ROUNDS * TIMES)])
        asked: dict[str, Callable[[], object]] = {
            "read": lambda text=text: ntm.Snapshot.model_validate_json(text),
            "judge": judged,
            "write": judged().to_json,
            "write UTF-8": judged().to_json_bytes,
            "text to text": lambda text=text: answered(text).to_json(),
            "UTF-8 to UTF-8": lambda utf8=utf8: answered(utf8).to_json_bytes(),
            # What came to the same facts before is not judged and written anew: here every share is another one.
            "other shares, UTF-8": lambda others=others: answered(next(others)).to_json_bytes(),
            # A fresh answer each time: one that was explained keeps what it had to search for.
            "explain": lambda fresh=fresh: fresh.pop().explain(),
            "pydantic, text to text": lambda text=text: Peer.model_validate_json(text).model_dump_json(),
        }
        try:
            asked["zen-engine, text to text"] = zen_engine(snapshot)
        except ImportError as missing:
            print(f"zen-engine is left out: {missing}")
        print(f"{title}: {len(snapshot.measures)} measures, {sum(map(len, snapshot.findings.values()))} findings")
        figures = measured(asked, renew)
        peer = figures.get("zen-engine, text to text", figures["pydantic, text to text"])[0]
        for name, (best, noise) in figures.items():
            print(f"  {name:<26}{best:8.0f} µs  ±{noise:4.0%}   {best / peer:6.2f} × peer")
    pairs = (
        ("import", "import ntm_rules", "import pydantic"),
        # pydantic brings its fields, types and schemas with the first model, and so for every library that has models.
        ("first use", "from ntm_rules import Snapshot, evaluate, load_pack", PEER),
        ("first use, beside a bare import", "from ntm_rules import Snapshot, evaluate, load_pack", BARE),
        ("first answer", ANSWER, PEER),
    )
    for title, *statements in pairs:
        ours, theirs = map(imported, statements)
        print(f"{title}: {ours:.0f} ms, pydantic {theirs:.0f} ms: {ours / theirs:.2f} ×")


if __name__ == "__main__":
    main()
