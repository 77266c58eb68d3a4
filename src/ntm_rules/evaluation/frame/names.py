"""Names of columns: plain identifiers without dots, the same in every engine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from ...errors import PackError, Problem
from ...messages import Text
from ...pack.catalogue import Catalogue, installed
from ...pack.condition import MeetsCondition, children_asked, measures_asked
from ...pack.indicator import Criterion, Indicator
from ...pack.measure import Measure, Measures
from ...pack.model import Pack
from ...pack.reference import split_reference
from ...pack.related import judged_together, kinds_asked
from ...quantity.unit import unit_label
from ...territory import Level

UNIT_COLUMNS = ("id", "name", "level", "parent", "province", "region", "group", "as_of", "exempt")
RECOGNITION_COLUMNS = ("recognised_on", "recognised_until", "revoked_on")

Kind = Literal["unit", "measure", "finding", "attribute", "recognition", "children", "verdict", "count", "code"]


class Column(NamedTuple):
    """One column a pack reads (``unit`` to ``children``) or writes (``verdict``, ``count``, ``code``)."""

    name: str
    kind: Kind
    about: Text
    unit: str = ""
    code: str = ""
    pack: str = ""


def slug(text: str) -> str:
    """A code or pack id as part of a column name; letters with marks are spelt as they are typed by Telex.

    >>> slug("17.1"), slug("vn/commune-advanced"), slug("3.đ"), slug("5*")
    ('17_1', 'vn_commune_advanced', '3_dd', '5_star')
    """
    bare = unicodedata.normalize("NFD", text)
    doubled = re.sub("([aeo])(\u0323?)\u0302", r"\1\1\2", bare, flags=re.IGNORECASE)
    typed = doubled.translate(_TYPED)
    return re.sub(r"[^0-9A-Za-z]+", "_", typed).strip("_")


_TYPED = str.maketrans(
    {"đ": "dd", "Đ": "DD", "*": "_star", "\u0306": "w", "\u031b": "w"}
    | dict(zip("\u0301\u0300\u0309\u0303\u0323", "sfrxj", strict=True))
)


def finding_column(pack: Pack, code: str, home: str) -> str:
    """The column of findings on a code; those of a pack that is not the ``home`` one carry its name."""
    return f"finding_{slug(code)}" if pack.id == home else f"finding_{slug(pack.id)}__{slug(code)}"


def recognition_columns(title: str) -> tuple[str, str, str]:
    """Columns of the decision that gave a title: its day, its expiry, the day it was taken back."""
    on, until, revoked = (f"{name}_{slug(title)}" for name in RECOGNITION_COLUMNS)
    return on, until, revoked


def children_columns(level: Level, title: str) -> tuple[str, str, str]:
    """Columns of counts of children: all of a level, those that meet a title, those about which it is unknown."""
    start = f"children_{level.value}"
    return f"{start}_total", f"{start}_meeting_{slug(title)}", f"{start}_unknown_{slug(title)}"


def recognised_with(name: str) -> str:
    """The column of the day on which a title was given, for the column of its end; nothing for another one.

    >>> recognised_with("revoked_on_vn_commune")
    'recognised_on_vn_commune'
    """
    began, *ends = RECOGNITION_COLUMNS
    title = next((name.removeprefix(end) for end in ends if name.startswith(f"{end}_")), "")
    return f"{began}{title}" if title else ""


def counted_with(name: str) -> tuple[str, str, str] | tuple[()]:
    """All three columns of the counts one of them belongs to; none for a total.

    >>> counted_with("children_commune_unknown_vn_commune")[1]
    'children_commune_meeting_vn_commune'
    """
    found = re.fullmatch(r"(children_[a-z_]+?)_(?:meeting|unknown)_(.+)", name)
    if found is None:
        return ()
    start, title = found.groups()
    return f"{start}_total", f"{start}_meeting_{title}", f"{start}_unknown_{title}"


def standing_column(title: str) -> str:
    """The column that says how a child stands with a title."""
    return f"standing_{slug(title)}"


def result_column(kind: str, code: str) -> str:
    """The column of verdicts on a code.

    >>> result_column("indicator", "17.1")
    'i_17_1'
    """
    return f"{kind[0]}_{slug(code)}"


def result_columns(pack: Pack) -> Iterator[tuple[str, Indicator | Criterion]]:
    """Columns of verdicts in the law's order: prerequisites, then each criterion after its indicators."""
    yield from ((f"p_{slug(p.code)}", p) for p in pack.prerequisites)
    for criterion in pack.criteria:
        yield from ((f"i_{slug(i.code)}", i) for i in criterion.indicators)
        yield f"c_{slug(criterion.code)}", criterion
    yield from ((f"g_{slug(g.code)}", g) for g in pack.grades)


def title_of(reference: str, catalogue: Catalogue) -> str:
    """The title a pack awards, whatever the day; a pack that is not installed names itself."""
    editions = catalogue.editions(reference)
    return editions[-1].title_id if editions else split_reference(reference)[0]


def pack_columns(pack: Pack | str, catalogue: Catalogue | None = None) -> tuple[Column, ...]:
    """Every column ``evaluate_frame`` reads for a pack, and every one it writes, with meaning and unit.

    Findings on a pack may also stand in columns that carry its name (``finding_vn_commune__17_1``), as they must where
    several packs are judged together.

    None of the columns read is required but those of the unit that thresholds depend on; what is missing is unknown.

    >>> [column.name for column in pack_columns("vn/commune@2021-2025") if column.code == "17.1"]
    ['finding_17_1', 'i_17_1']

    Raises:
        PackError: two codes, or a measure and an attribute, would share a column.
        CatalogueError: the pack is not installed.
    """
    catalogue = catalogue or installed()
    if isinstance(pack, str):
        pack = catalogue.load(pack)
    unasked = {"region", "group"} - kinds_asked(pack, catalogue)
    asked = (column for column in input_columns(pack, catalogue, pack.id) if column.name not in unasked)
    return checked(pack, (*asked, *_results(pack)))


def checked(pack: Pack, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns, none of which has another's name.

    Raises:
        PackError: some do.
    """
    seen: dict[str, Column] = {}
    for column in columns:
        # Spark and DuckDB do not tell capitals apart.
        other = seen.setdefault(column.name.casefold(), column)
        if other is not column:
            one, two = other.code or other.name, column.code or column.name
            raise PackError(Problem("error.frame_clash", pack=pack.reference, one=one, other=two, column=column.name))
    return columns


def input_columns(root: Pack, catalogue: Catalogue, home: str, holding: bool = False) -> Iterator[Column]:
    """The columns read for a pack; ``holding`` adds those of its own title."""
    yield from (Column(name, "unit", Text(*_UNIT_TEXTS[name])) for name in UNIT_COLUMNS)
    found: dict[str, Column] = {}
    if holding:
        own = (Column(name, "recognition", Text(root.title_id)) for name in recognition_columns(root.title_id))
        found.update((column.name, column) for column in own)
    for pack in judged_together(root, catalogue):
        measures = catalogue.measures_for(pack)
        for name, attribute in pack.attributes.items():
            found.setdefault(name, Column(name, "attribute", attribute.name))
        for _, _, condition in pack.conditions():
            for measure in with_parts(measures_asked(condition), measures):
                about = Column(measure.id, "measure", measure.name, unit_label(measure.unit, "vi"))
                found.setdefault(measure.id, about)
            if isinstance(condition, MeetsCondition):
                title = title_of(condition.meets, catalogue)
                for name in recognition_columns(title):
                    found.setdefault(name, Column(name, "recognition", Text(title)))
            elif children := children_asked(condition):
                title = title_of(children.meeting, catalogue)
                for level in children.level:
                    for name in children_columns(level, title):
                        found.setdefault(
                            name, Column(name, "children", Text(f"{level.vi}: {title}", f"{level.en}: {title}"))
                        )
        for code, text in finding_codes(pack):
            name = finding_column(pack, code, home)
            found.setdefault(f"{name} {code}", Column(name, "finding", text, code=code, pack=pack.id))
    yield from found.values()


def with_parts(asked: Iterable[str], measures: Measures) -> Iterator[Measure]:
    """Measures, each followed by those of which it may be made."""
    for name in asked:
        yield from (measures[one] for one in (name, *measures[name].made_of))


def finding_codes(pack: Pack) -> Iterator[tuple[str, Text]]:
    """The codes a department can conclude on."""
    yield from ((item.code, item.text) for item in pack.coded())
    taken = {indicator.code for indicator in pack.indicators()}
    yield from ((criterion.code, criterion.title) for criterion in pack.criteria if criterion.code not in taken)


def _results(pack: Pack) -> Iterator[Column]:
    for name, item in result_columns(pack):
        yield Column(name, "verdict", item.title if isinstance(item, Criterion) else item.text, code=item.code)
    yield Column("verdict", "verdict", pack.title)
    yield from (Column(name, "count", Text(*_COUNT_TEXTS[name])) for name in _COUNT_TEXTS)
    yield Column("first_failing", "code", Text("Mã đầu tiên không đạt", "First code that is not met"))


_UNIT_TEXTS = {
    "id": ("Mã đơn vị", "Unit id"),
    "name": ("Tên đơn vị", "Unit name"),
    "level": ("Cấp", "Level"),
    "parent": ("Đơn vị cấp trên", "Parent unit"),
    "province": ("Tỉnh", "Province"),
    "region": ("Vùng", "Region"),
    "group": ("Nhóm xã", "Group of communes"),
    "as_of": ("Thời điểm số liệu", "Date of the figures"),
    "exempt": ("Lý do không tham gia", "Why the unit takes no part"),
}


def unit_text(name: str) -> Text | str:
    """What a column about the unit is called in messages; an attribute's keeps its name."""
    vi, en = _UNIT_TEXTS.get(name, ("", ""))
    return Text(vi[:1].lower() + vi[1:], en[:1].lower() + en[1:]) if vi else name


_COUNT_TEXTS = {
    "criteria_met": ("Số tiêu chí đạt", "Criteria met"),
    "criteria_not_met": ("Số tiêu chí chưa đạt", "Criteria not met"),
    "criteria_unknown": ("Số tiêu chí chưa rõ", "Criteria unknown"),
}
COUNTS = tuple(_COUNT_TEXTS)
__all__ = ["Column", "pack_columns"]
