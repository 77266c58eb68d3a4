"""Column headings of snapshot tables: what each may be called, and what it then holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_uppercase
from typing import Literal, NamedTuple

from ..errors import Problem, SnapshotError, nearest
from ..normalization import fold, tidy
from ..quantity.conversion import factor
from ..quantity.unit import unit_named
from .vocabulary import Vocabulary

UNIT_FIELDS = ("name", "level", "region", "group", "parent", "province", "exempt")
DETAILS = ("by", "on", "evidence", "remark")
COUNTS = ("numerator", "denominator")
"""Columns of the two counts of which a share is made."""
RECOGNITION_DETAILS = ("on", "until", "revoked")
CHILD_DETAILS = ("total", "meeting", "unknown", "exempt", "meeting_names", "not_meeting_names", "unknown_names")
# The columns by which a table is known to have one fact a row rather than one unit a row.
LONG_FIELDS = (
    "measure",
    "value",
    *COUNTS,
    "unit_of_measure",
    "pack",
    "code",
    "finding",
    *DETAILS,
    "decision",
    "until",
    "revoked",
)

_COLUMN_MARK = re.compile(r"\(?(?P<mark>[A-Z]|\d{1,2})\)?(?:\s*=.*)?")
_NAMES: dict[str, tuple[str, ...]] = {
    "unit": ("unit", "unit_id", "unit id", "id", "mã đơn vị", "mã xã", "mã huyện", "mã đvhc", "mã đơn vị hành chính"),
    "name": ("name", "unit_name", "unit name", "tên", "tên đơn vị", "tên xã", "tên huyện"),
    "level": ("level", "cấp", "cấp đơn vị", "loại đơn vị"),
    "region": ("region", "vùng", "vùng kinh tế"),
    "group": ("group", "nhóm xã", "thuộc nhóm xã", "xã thuộc nhóm"),
    "parent": ("parent", "đơn vị cấp trên", "trực thuộc", "thuộc huyện", "mã huyện trực thuộc"),
    "province": ("province", "tỉnh", "tỉnh/thành phố"),
    "exempt": ("exempt", "lý do không tham gia", "không tham gia chương trình"),
    "as_of": ("as_of", "as of", "date", "ngày số liệu", "số liệu tính đến ngày", "tính đến ngày", "thời điểm số liệu"),
    "measure": ("measure", "số liệu", "mã số liệu", "tên số liệu"),
    "value": ("value", "giá trị", "giá trị số liệu", "kết quả thực hiện"),
    "numerator": ("numerator", "tử số"),
    "denominator": ("denominator", "mẫu số"),
    "unit_of_measure": ("unit_of_measure", "unit of measure", "đơn vị tính", "đvt"),
    "pack": ("pack", "bộ tiêu chí"),
    "code": ("code", "chỉ tiêu", "mã chỉ tiêu", "tiêu chí", "mã tiêu chí"),
    "finding": ("finding", "kết luận", "kết luận thẩm định", "đánh giá", "đạt/chưa đạt"),
    "by": ("by", "cơ quan", "cơ quan kết luận", "cơ quan báo cáo", "người báo cáo", "đơn vị báo cáo"),
    "on": ("on", "ngày kết luận", "ngày báo cáo", "ngày quyết định"),
    "evidence": ("evidence", "minh chứng", "tài liệu minh chứng", "hồ sơ minh chứng"),
    "remark": ("remark", "note", "ghi chú", "nhận xét"),
    "decision": ("decision", "quyết định", "quyết định công nhận", "số quyết định"),
    "until": ("until", "có giá trị đến", "hiệu lực đến"),
    "revoked": ("revoked", "ngày thu hồi"),
    "": ("stt", "tt", "số tt", "số thứ tự", "no", "no."),
}
_FIELD = {fold(name): field for field, names in _NAMES.items() for name in names}
COUNT_WORDS = {fold(name): field for field in COUNTS for name in _NAMES[field]}
UNIT_IN_HEADING = re.compile(r"(.+?)\s*(?:\[([^\[\]]*)\]|\(([^()]*)\))")
_PREFIXES = {
    "finding": "finding",
    "kết luận": "finding",
    "recognition": "recognition",
    "công nhận": "recognition",
    "children": "children",
    "trực thuộc": "children",
    "attribute": "attribute",
    "thuộc tính": "attribute",
}

Kind = Literal["field", "measure", "finding", "recognition", "children", "attribute", "skip"]


class Heading(NamedTuple):
    """What a column holds: a ``field`` of the row, or a ``detail`` of one fact named by ``target``."""

    kind: Kind
    target: tuple[str, ...] = ()
    detail: str = ""
    unit: str = ""


SKIP = Heading("skip")


def is_known(text: str) -> bool:
    """Whether a heading is one of the fixed names, whatever the catalogue."""
    return bool(_FIELD.get(fold(text)))


def names_unit(text: str) -> bool:
    """Whether this is the heading of the column of unit ids, by which the heading row is found."""
    return _FIELD.get(fold(text)) == "unit"


def numbers_columns(cells: Sequence[str]) -> bool:
    """Whether the cells of a row only number the columns, as official tables do: A, B, 1, 2, (3) = (2)/(1).

    Three plain numbers may as well be a unit's.
    """
    marks = [_COLUMN_MARK.fullmatch(cell) for cell in cells]
    said = [mark["mark"] for mark in marks if mark]
    letters = [mark for mark in said if mark.isalpha()]
    wanted = [*ascii_uppercase[: len(letters)], *map(str, range(1, len(said) - len(letters) + 1))]
    plain = all(mark and mark[0].isdigit() for mark in marks)
    return len(said) == len(marks) > (3 if plain else 1) and said == wanted


def read_heading(text: str, known: Vocabulary, width: int = 1) -> Heading:
    """What a heading says.

    ``#`` and running-number columns are skipped; ``income_per_capita [triệu đồng/người/năm]`` and
    ``finding:vn/commune:1.1`` name facts, ``income_per_capita.by`` a detail of one. ``width`` says how many columns
    the heading spans.

    Raises:
        SnapshotError: none of these, with the nearest valid names.
        QuantityError: a unit that is unknown, or of another dimension than the measure.
    """
    text = tidy(text)
    word = fold(text)
    if word.startswith("#") or _FIELD.get(word) == "":
        return SKIP
    if word in _FIELD:
        if width > 1 and _FIELD[word] in LONG_FIELDS:
            # "Tiêu chí" over the columns 1 to 19 is no column of codes.
            raise SnapshotError(Problem("error.group_heading", column=text[:80], width=width))
        return Heading("field", (_FIELD[word],))
    prefix, colon, rest = text.strip().partition(":")
    word, _, detail = prefix.partition(".")
    kind = _PREFIXES.get(fold(word))
    if colon and kind:
        return _addressed(kind, tuple(part.strip() for part in rest.split(":")), fold(detail), text, known)
    return _measured(text.strip(), known, width)


def _addressed(kind: str, target: tuple[str, ...], detail: str, text: str, known: Vocabulary) -> Heading:
    match kind, target:
        case "attribute", (name,) if not detail:
            return Heading("attribute", (known.attribute(name),))
        case "finding", (pack, code) if detail in ("", *DETAILS):
            return Heading("finding", (known.pack_reference(pack), known.code(pack, code)), detail)
        case "recognition", (pack,) if detail in ("", *RECOGNITION_DETAILS):
            return Heading("recognition", (pack,), detail)
        case "children", (level,) if detail in ("", "total", "exempt"):
            return Heading("children", (level, ""), detail or "total")
        case "children", (level, pack) if detail in CHILD_DETAILS and detail not in ("total", "exempt"):
            return Heading("children", (level, pack), detail)
        case _:
            raise SnapshotError(Problem("error.heading_form", text=text[:80]))


def _measured(text: str, known: Vocabulary, width: int) -> Heading:
    measure = known.find_measure(text)
    unit = ""
    if measure is None and (bracketed := UNIT_IN_HEADING.fullmatch(text)):
        measure = known.find_measure(bracketed[1])
        if measure is not None:
            written = bracketed[2] if bracketed[2] is not None else bracketed[3]
            unit = measured_in(written, measure.unit)
    if measure is not None:
        return Heading("measure", (measure.id,), "", unit)
    name, dot, detail = text.rpartition(".")
    detail = COUNT_WORDS.get(fold(detail), detail)
    if dot and detail in (*DETAILS, *COUNTS) and (measure := known.find_measure(name)) is not None:
        return Heading("measure", (measure.id,), detail)
    if known.ignores:
        return SKIP
    if width > 1:
        raise SnapshotError(Problem("error.group_heading", column=text[:80], width=width))
    near = nearest(fold(text), (*_FIELD, *known.measure_names()))
    raise SnapshotError(Problem("error.unknown_column", column=text[:80], near=near))


def measured_in(written: str, unit: str) -> str:
    """The unit a heading or column states for a measure.

    Raises:
        QuantityError: unknown, or of another dimension than the measure's.
    """
    named = unit_named(written)
    if named != unit:
        factor(named, unit)
    return named
