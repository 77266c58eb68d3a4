"""OCOP products of Hà Tĩnh, first round of 2023: how many have which rank, and until when their certificates hold.

The counts are the press's and stand, each with its source, in ``ocop_ha_tinh_2023.yaml``. No list of the products was
found: each product here, its points and its days are made up so that the counts come out.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import ntm_rules as ntm
from ntm_rules.snapshot.recognition import Recognition

DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("ocop_ha_tinh_2023.yaml").read_text(encoding="utf-8"))
PROVINCE = ntm.Unit(id="hatinh", level="province", name="Hà Tĩnh")
BELOW = "chưa được công nhận"
RANKS = {"5*": "5 sao", "4*": "4 sao", "3*": "3 sao", "2*": f"2 sao ({BELOW})", "1*": f"1 sao ({BELOW})"}


def products(as_of: date) -> list[ntm.Snapshot]:
    """The products of the round, made up to the reported counts: newly ranked, ranked again, and expired ones."""
    made_up = DATA["made_up"]
    count = {name: figure["count"] for name, figure in DATA["reported"].items()}
    new, old = made_up["certificates"], made_up["first_certificates"]
    found: list[ntm.Snapshot] = []
    for number in range(count["ranked"]):
        passed = number < count["three_stars"]
        found.append(product(f"moi-{number + 1:02}", as_of, [new] if passed else [], passed=passed))
    for number in range(count["expired"]):
        again = number < count["again"]
        found.append(product(f"cu-{number + 1:02}", as_of, [old, new] if again else [old], passed=again or None))
    return found


def product(name: str, as_of: date, certificates: list[date], *, passed: bool | None) -> ntm.Snapshot:
    """A product; one whose points of this round nobody gave (``passed=None``) has its earlier certificate only."""
    points: list[str] = [] if passed is None else DATA["made_up"]["points"]["passing" if passed else "failing"]
    return ntm.Snapshot(
        unit=ntm.Unit(id=name, level="product", parent=PROVINCE.id, name=f"Sản phẩm {name} (giả định)"),
        as_of=as_of,
        measures=dict(zip(("ocop_points_a", "ocop_points_b", "ocop_points_c"), points, strict=False)),
        findings={} if passed is None else {"vn/ocop": {"2": "met" if passed else "not_met"}},
        recognitions=tuple(Recognition(pack="vn/ocop", decision="giả định", on=day) for day in certificates),
    )


def ranked(as_of: date) -> Counter[str]:
    """Number of products by the rank their points come to."""
    found = [ntm.evaluate("vn/ocop", one).grade for one in products(as_of)]
    return Counter(RANKS[grade.code] if grade else "chưa có điểm đợt này" for grade in found)


def holding(as_of: date) -> Counter[date | None]:
    """Number of products by the last day their certificate holds; ``None`` where none holds on this day."""
    tree = ntm.evaluate_tree([PROVINCE], products(as_of), ["vn/ocop"], as_of=as_of)
    units = (tree.unit(one.unit.id) for one in products(as_of))
    return Counter(held.until if (held := unit.holdings.get("vn/ocop")) else None for unit in units)


def main() -> None:
    print("Số liệu báo chí đưa (từng sản phẩm, số điểm, ngày cấp bên dưới là giả định):")
    for figure in DATA["reported"].values():
        print(f"  {figure['count']:>4}  {figure['what']} [{', '.join(figure['sources'])}]")
    for figure in DATA["not_found"]:
        print(f"  {figure['count']:>4}  {figure['what']}.")
    for name, source in DATA["sources"].items():
        print(f"  [{name}] {source['url']}")
    as_of = DATA["made_up"]["as_of"]
    print(f"\nXếp hạng theo điểm, ngày {as_of:%d/%m/%Y}:")
    for rank, number in ranked(as_of).most_common():
        print(f"  {number:>4}  {rank}")
    for day in (as_of, date(2026, 9, 14), date(2026, 9, 15)):
        print(f"\nGiấy chứng nhận còn giá trị, ngày {day:%d/%m/%Y}:")
        for until, number in holding(day).items():
            print(f"  {number:>4}  " + (f"còn đến hết ngày {until:%d/%m/%Y}" if until else "không còn, hoặc chưa có"))


if __name__ == "__main__":
    main()
