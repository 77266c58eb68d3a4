"""A policy question over a province's communes: what a higher threshold would change, and for whom.

The figures are made up; the pack, its regions and its thresholds are the law's.
"""

from __future__ import annotations

import random

import polars as pl

import ntm_rules as ntm

DAY = "2025-06-30"
SHARES = range(80, 101, 5)


def communes(count: int = 2_000, seed: int = 7) -> pl.DataFrame:
    """Communes of seven regions that meet everything but, some of them, one of two shares."""
    dice = random.Random(seed)
    regions = ["tdmnpb", "dbsh", "btb", "dhntb", "tn", "dnb", "dbscl"]
    pack = ntm.load_pack("vn/commune", on=DAY)
    findings = {column.name: ["met"] * count for column in ntm.pack_columns(pack) if column.kind == "finding"}
    return pl.DataFrame(
        {
            "id": [f"x{n:04}" for n in range(count)],
            "region": [dice.choice(regions) for _ in range(count)],
            **findings,
            "resident_satisfaction_share": [round(dice.gauss(95, 4), 1) for _ in range(count)],
            "farmland_irrigated_share": [round(dice.gauss(90, 6), 1) for _ in range(count)],
        }
    ).with_columns(pl.selectors.float().clip(0, 100))


def main() -> None:
    frame = communes()
    today = ntm.evaluate_frame("vn/commune", frame, output="summary", as_of=DAY, trust="uncertain").frame
    print(today.group_by("verdict").len().sort("verdict"))
    scenarios = {f"P2 ≥ {share} %": {"P2": f"{share} %"} for share in SHARES}
    scenarios |= {f"3.1 ≥ {share} %": {"3.1": f"{share} %"} for share in SHARES}
    changed = ntm.what_if("vn/commune", frame, scenarios, as_of=DAY, trust="uncertain")
    print(changed.group_by("scenario", "before", "after").len().sort("scenario", "before", "after"))
    worst = changed.filter(pl.col("after") == "NOT_MET").head(1)
    for unit, region, scenario, before, after in worst.rows():
        print(f"{unit} ({region}), {scenario}: {before} → {after}")


if __name__ == "__main__":
    main()
