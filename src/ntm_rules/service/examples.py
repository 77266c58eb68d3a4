"""Examples of the service's own description (OpenAPI), in Vietnamese and English."""

from __future__ import annotations

from typing import Any

ABOUT = """Đánh giá, và giải thích, một đơn vị hành chính có đạt bộ tiêu chí theo quy định hay không.
Dịch vụ không lưu gì.

Decide, and explain, whether a Vietnamese administrative unit meets the criteria set for it by law.
Nothing is kept."""

_UNIT = {"id": "ky-phu", "name": "Xã Kỳ Phú", "level": "commune", "province": "hatinh", "region": "btb"}
_VI = {
    "unit": {**_UNIT, "level": "xã"},
    "as_of": "17/08/2023",
    "measures": {"clean_water_centralised_share": "12,8 %"},
    "findings": {"hatinh/commune": {"1.1": "đạt", "18.2": {"finding": "chưa đạt", "by": "Sở NN&PTNT"}}},
}
_EN = {
    "unit": _UNIT,
    "as_of": "2023-08-17",
    "measures": {"clean_water_centralised_share": {"value": 12.8, "unit": "%"}},
    "findings": {"hatinh/commune": {"1.1": "met", "18.2": {"finding": "not met", "by": "Sở NN&PTNT"}}},
}
_SUMMARY = {"vi": "Viết theo kiểu Việt Nam", "en": "As English writes it"}


def _both(vi: dict[str, object], en: dict[str, object]) -> dict[str, Any]:
    return {lang: {"summary": _SUMMARY[lang], "value": value} for lang, value in (("vi", vi), ("en", en))}


ONE = _both({"pack": "hatinh/commune", "snapshot": _VI}, {"pack": "hatinh/commune", "snapshot": _EN})
MANY = _both({"pack": "hatinh/commune", "snapshots": [_VI]}, {"pack": "hatinh/commune", "snapshots": [_EN]})
TREE = _both(
    {"packs": ["hatinh/commune"], "snapshots": [_VI], "as_of": "17/08/2023"},
    {"packs": ["hatinh/commune"], "snapshots": [_EN], "as_of": "2023-08-17"},
)
REFUSED = {
    "detail": [
        {
            "type": "error.not_a_number",
            "loc": ["snapshot", "measures", "clean_water_centralised_share", 0],
            "vi": "“tốt” không phải là một số",
            "en": "“tốt” is not a number",
        }
    ]
}
LINES = '{"index": 0, "assessment": {…}}\n{"index": 1, "refusal": [{"type": "error.not_a_number", …}]}\n'
