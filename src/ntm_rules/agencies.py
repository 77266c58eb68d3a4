"""Who issues laws and who is in charge, in the language of the reader: packs tell it as laws do, in Vietnamese."""

from __future__ import annotations

import re

from .messages import Lang
from .normalization import fold

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
    "Bộ Kế hoạch và Đầu tư": "the Ministry of Planning and Investment",
    "Bộ Công Thương": "the Ministry of Industry and Trade",
    "Bộ Tư pháp": "the Ministry of Justice",
    "Bộ Công an": "the Ministry of Public Security",
    "Bộ Quốc phòng": "the Ministry of National Defence",
    "Bộ Tài nguyên và Môi trường": "the Ministry of Natural Resources and Environment",
    "Bộ Thông tin và Truyền thông": "the Ministry of Information and Communications",
    "Bộ Khoa học và Công nghệ": "the Ministry of Science and Technology",
    "Bộ Văn hóa, Thể thao và Du lịch": "the Ministry of Culture, Sports and Tourism",
    "Ủy ban Mặt trận Tổ quốc Việt Nam": "the Vietnam Fatherland Front",
    "Hội Nông dân Việt Nam": "the Vietnam Farmers' Union",
    "Hội Liên hiệp Phụ nữ Việt Nam": "the Vietnam Women's Union",
    "Trung ương": "the central authorities",
    "UBND cấp tỉnh": "the provincial People's Committee",
    "UBND cấp huyện": "the district People's Committee",
    "UBND cấp xã": "the commune People's Committee",
    "Cơ quan được Chính phủ giao kiểm soát thủ tục hành chính": (
        "the agency the Government charges with control of administrative procedures"
    ),
    "Hội đồng đánh giá, phân hạng sản phẩm OCOP": "the council that assesses and ranks OCOP products",
    "Công an tỉnh": "the provincial police",
    "Công an xã": "the commune police",
}
_KNOWN = {fold(name): said for name, said in _IN_ENGLISH.items()}
# Texts: ``re`` compiles each when first asked, and importing the library asks for none.
_LOCAL = r"(?P<who>UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân) (?P<kind>tỉnh|thành phố|TP\.?) (?P<name>.+)"
# Ministries have commas in their names: a list goes on only where another body begins.
_NEXT = r"[,;] (?=Bộ |Sở |UBND |Ủy ban |Hội |Công an |Cơ quan )"


def issuer_in(issuer: str, lang: Lang) -> str:
    """The issuer in a language; one whose English name is not known as it is.

    >>> issuer_in("Thủ tướng Chính phủ", "en"), issuer_in("UBND tỉnh Hà Tĩnh", "en")
    ('the Prime Minister', "the People's Committee of Hà Tĩnh province")
    >>> issuer_in("Bộ Văn hóa, Thể thao và Du lịch, Bộ Y tế", "en")
    'the Ministry of Culture, Sports and Tourism, the Ministry of Health'
    """
    if lang == "vi":
        return issuer
    if (local := re.fullmatch(_LOCAL, issuer, re.IGNORECASE)) is not None:
        who = "Committee" if local["who"].casefold() in ("ubnd", "ủy ban nhân dân") else "Council"
        kind = "province" if local["kind"].casefold() == "tỉnh" else "city"
        return f"the People's {who} of {local['name']} {kind}"
    if (known := _KNOWN.get(fold(issuer))) is not None:
        return known
    several = re.split(_NEXT, issuer)
    return ", ".join(agency_in(one, lang) for one in several) if len(several) > 1 else issuer


def agency_in(agency: str, lang: Lang, *, begins: bool = False) -> str:
    """Who is in charge, in the language; a department is called as its ministry is, one that is not known as it is.

    Where it ``begins`` a line, its article is a capital.

    >>> agency_in("Sở Tư pháp", "en"), agency_in("Sở Y tế", "vi"), agency_in("Tổ công tác", "en")
    ('the Department of Justice', 'Sở Y tế', 'Tổ công tác')
    """
    said = issuer_in(agency, lang)
    if lang == "en" and agency.startswith("Sở "):
        ministry = issuer_in("Bộ " + agency.removeprefix("Sở "), lang)
        said = ministry.replace("Ministry", "Department", 1) if ministry.startswith("the Ministry") else agency
    return f"T{said[1:]}" if begins and said.startswith("the ") else said


def is_ministry(agency: str) -> bool:
    """Whether it is one of the ministries, in either language: these guide, and conclude on no unit.

    >>> is_ministry("Bộ Tài chính"), is_ministry("the Ministry of Finance"), is_ministry("Sở Tài chính")
    (True, True, False)
    """
    return agency.startswith(("Bộ ", "the Ministry of "))
