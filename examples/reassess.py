"""A commune recognised under the set of 2016-2020, looked at again under the one in force."""

from __future__ import annotations

import ntm_rules as ntm
from ntm_rules.evaluation.reassess import reassess

SNAPSHOT = ntm.Snapshot(
    unit=ntm.Unit(id="x", name="Xã X", level="commune", province="hatinh", region="btb"),
    as_of="2023-08-17",
    measures={"clean_water_centralised_share": "12 %", "health_insurance_share": "93 %"},
    findings={"hatinh/commune": {"1": "met", "19": "met"}},
    recognitions=[{"pack": "vn/commune@2016-2020", "decision": "12/QĐ-UBND", "on": "2018-12-31"}],
)


def main() -> None:
    again = reassess(SNAPSHOT, "hatinh/commune")
    print(again.text("vi"))
    for item in again.failing:
        print(f"  {item.code}. {item.text.text('vi')}: {getattr(item, 'shortfall', '')}")


if __name__ == "__main__":
    main()
