"""Who issues laws, in the language of the report: packs tell it as the law does, in Vietnamese."""

from __future__ import annotations

import re

from ..messages import Lang
from ..normalization import fold

_IN_ENGLISH = {
    "Chính phủ": "the Government",
    "Thủ tướng Chính phủ": "the Prime Minister",
    "Quốc hội": "the National Assembly",
    "Ủy ban Thường vụ Quốc hội": "the Standing Committee of the National Assembly",
    "Bộ Tài chính": "the Ministry of Finance",
    "Bộ Nông nghiệp và Phát triển nông thôn": "the Ministry of Agriculture and Rural Development",
    "Bộ Nông nghiệp và Môi trường": "the Ministry of Agriculture and Environment",
    "Bộ Giao thông vận tải": "the Ministry of Transport",
    "Bộ Giáo dục và Đào tạo": "the Ministry of Education and Training",
    "Bộ Y tế": "the Ministry of Health",
    "Bộ Xây dựng": "the Ministry of Construction",
    "Bộ Nội vụ": "the Ministry of Home Affairs",
    "Bộ Lao động - Thương binh và Xã hội": "the Ministry of Labour, War Invalids and Social Affairs",
}
_KNOWN = {fold(name): said for name, said in _IN_ENGLISH.items()}
_LOCAL = re.compile(
    r"(?P<who>UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân) (?P<kind>tỉnh|thành phố|TP\.?) (?P<name>.+)", re.I
)


def issuer_in(issuer: str, lang: Lang) -> str:
    """The issuer in a language; one whose English name is not known as it is.

    >>> issuer_in("Thủ tướng Chính phủ", "en"), issuer_in("UBND tỉnh Hà Tĩnh", "en")
    ('the Prime Minister', "the People's Committee of Hà Tĩnh province")
    """
    if lang == "vi":
        return issuer
    if (local := _LOCAL.fullmatch(issuer)) is not None:
        who = "Committee" if local["who"].casefold() in ("ubnd", "ủy ban nhân dân") else "Council"
        kind = "province" if local["kind"].casefold() == "tỉnh" else "city"
        return f"the People's {who} of {local['name']} {kind}"
    return _KNOWN.get(fold(issuer), issuer)
