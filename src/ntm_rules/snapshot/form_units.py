"""The form of many units: one sheet, one row a unit, a column for every value and finding the pack asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter

from ..messages import Lang, say
from ..pack.requirement import Requirements
from ..quantity.unit import unit_label
from ..tabular.excel_out import BOLD, CENTRED, SECTION, Written, choices, hide_columns, print_setup, put
from ..territory import KINDS, Named
from .form_sheet import DAY_FORMAT, UNIT_LINES, lines_of, listed, shown_for, told, written
from .headers import DETAILS, RECOGNITION_DETAILS
from .model import Snapshot
from .observation import Finding, FindingValue, Observation
from .outline import children_asked, outline, titles_asked
from .table_columns import ROW_MARK
from .unit import Unit

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_HEADINGS = ("code", "text", "required", "unit_of_measure")
_FIRST = 2 + len(_HEADINGS)
_BLANK_ROWS = 100


class _Column(NamedTuple):
    """A column: what the reader goes by, and what the officer sees above it."""

    name: str
    code: str = ""
    text: str = ""
    required: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()


def write_rows(asks: Requirements, subjects: Sequence[Unit | Snapshot], as_of: date | None) -> Workbook:
    """A workbook with one sheet: a row for each unit, several where a snapshot has several values of one thing."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    snapshots = [subject for subject in subjects if isinstance(subject, Snapshot)]
    columns = list(_columns(asks, snapshots, [one.unit if isinstance(one, Snapshot) else one for one in subjects]))
    sheet.title = say("form.units_sheet", asks.lang)
    _write_headings(sheet, columns, asks.lang)
    number = _FIRST
    for subject in subjects:
        for values in _rows(subject, asks, as_of):
            for position, column in enumerate(columns, 1):
                put(sheet.cell(number, position), values.get(column.name))
            number += 1
    last = number - 1 + _BLANK_ROWS
    for position, column in enumerate(columns, 1):
        letter = get_column_letter(position)
        if column.choices:
            hint = say("form.choose", asks.lang, words=", ".join(column.choices))
            title = say("form.choose_title", asks.lang)
            choices(sheet, column.choices, f"{letter}{_FIRST}:{letter}{last}", title=title, hint=hint)
        if column.name == "as_of" or column.name.partition(":")[0].endswith(".on"):
            for row in range(number, last + 1):
                sheet.cell(row, position).number_format = DAY_FORMAT
        elif column.name in ("unit", "name", "parent", "province"):
            for row in range(number, last + 1):
                sheet.cell(row, position).number_format = "@"
    sheet.freeze_panes = f"D{_FIRST}"
    sheet.auto_filter.ref = f"B{_FIRST - 1}:{get_column_letter(len(columns))}{last}"
    print_setup(sheet, 2)
    sheet.print_title_rows = f"2:{_FIRST - 1}"
    sheet.print_title_cols = "B:C"
    return book


def _write_headings(sheet: Worksheet, columns: Sequence[_Column], lang: Lang) -> None:
    for position, column in enumerate(columns, 1):
        sheet.cell(1, position, value=column.name)
        shown = (column.code, column.text, column.required, column.unit)
        for row, (name, text) in enumerate(zip(_HEADINGS, shown, strict=True), 2):
            heading = sheet.cell(row, position)
            put(heading, name if position == 1 else text, fill=SECTION, font=BOLD if row == 2 else None)
            heading.alignment = CENTRED
        sheet.column_dimensions[get_column_letter(position)].width = 26 if column.name == "name" else 18
    sheet.row_dimensions[1].hidden = True
    hide_columns(sheet, [1])


def _columns(asks: Requirements, snapshots: Sequence[Snapshot], units: Iterable[Unit]) -> Iterator[_Column]:
    """The unit, then the pack in the law's order, then whatever else the snapshots hold."""
    pack, lang, measures = asks.pack, asks.lang, asks.measures
    yield _Column(ROW_MARK)
    for field in lines_of(asks, units):
        members = pack.applies_to if field == "level" else tuple(KINDS[field]) if field in KINDS else ()
        names = tuple(member.text(lang) for member in members)
        shown = shown_for(asks) if field == "name" else ""
        called = "unit" if field == "id" else field
        yield _Column(called, text=say(f"form.unit.{field}", lang), required=shown, choices=names)
    attributes = {name: declared.name.text(lang) for name, declared in pack.attributes.items()}
    for snapshot in snapshots:
        for name in snapshot.unit.attributes:
            attributes.setdefault(name, name)
    for name, text in attributes.items():
        yield _Column(f"attribute:{name}", text=text, choices=(say("form.yes", lang), say("form.no", lang)))
    seen: set[str] = set()
    used = {name for snapshot in snapshots for values in _rows(snapshot, asks, None) for name in values}

    def fact(column: _Column) -> Iterator[_Column]:
        if column.name not in seen:
            seen.add(column.name)
            yield column
            for detail in DETAILS:
                name = detailed(column.name, detail)
                if name in used:
                    seen.add(name)
                    yield _Column(name, column.code, say(f"form.column.{detail}", lang))

    words = tuple(say(f"finding.{value}", lang) for value in FindingValue)
    for item in outline(asks):
        for measure, required in item.measures:
            name, unit = measures[measure].name.text(lang), unit_label(measures[measure].unit, lang)
            yield from fact(_Column(measure, item.code, name, required or item.required, unit))
        if item.takes_finding:
            text = f"{item.text} – {say('form.column.finding', lang)}"
            column = _Column(f"finding:{pack.id}:{item.code}", item.code, text, item.required, choices=words)
            yield from fact(column)
    for title in titles_asked(pack):
        name = f"recognition:{title}"
        seen.update((name, *(detailed(name, detail) for detail in RECOGNITION_DETAILS)))
        yield _Column(name, text=say("form.recognition", lang, pack=asks.title(title)))
        for detail in RECOGNITION_DETAILS:
            yield _Column(detailed(name, detail), text=say(f"form.recognition.{detail}", lang))
    for level, packs in children_asked(pack).items():
        yield from fact(_Column(f"children:{level}", text=say("form.children.total", lang, level=level)))
        for meeting in packs:
            for detail in ("meeting", "unknown"):
                text = say(f"form.children.{detail}", lang, level=level, pack=asks.title(meeting))
                yield from fact(_Column(f"children.{detail}:{level}:{meeting}", text=text))
    known = {"unit", *UNIT_LINES, *(f"attribute:{name}" for name in attributes)}
    for name in sorted(used - seen - known):
        yield _Column(name, text=name)


def detailed(name: str, detail: str) -> str:
    """The column of a detail beside the column of its fact."""
    kind, colon, target = name.partition(":")
    return f"{kind}.{detail}{colon}{target}"


def _rows(subject: Unit | Snapshot, asks: Requirements, as_of: date | None) -> list[dict[str, Written]]:
    """The cells of a unit's rows by column: one row, unless something is given several times."""
    unit = subject.unit if isinstance(subject, Snapshot) else subject
    # What a snapshot says is written as it is.
    given = told if unit is subject else lambda value: value
    about: dict[str, Written] = {"unit": given(unit.id)}
    for field in UNIT_LINES[1:-1]:
        value = given(getattr(unit, field))
        if value:
            about[field] = value.text(asks.lang) if isinstance(value, Named) else value
    day = subject.as_of if isinstance(subject, Snapshot) else as_of
    about["as_of"] = day
    for name, value in unit.attributes.items():
        shown = say("form.yes" if value else "form.no", asks.lang) if isinstance(value, bool) else value
        about[f"attribute:{name}"] = shown
    rows: list[dict[str, Written]] = [{}]
    if isinstance(subject, Snapshot):
        for name, facts in _facts(subject):
            for index, fact in enumerate(facts):
                if index == len(rows):
                    rows.append({})
                rows[index].update(_cells(name, fact, asks))
        for index, recognition in enumerate(subject.recognitions):
            # A row each, so that their order is kept.
            if index == len(rows):
                rows.append({})
            name = f"recognition:{recognition.pack}"
            dates = {detailed(name, detail): getattr(recognition, detail) for detail in RECOGNITION_DETAILS}
            rows[index].update({name: recognition.decision or None, **dates})
        rows[0].update(_children(subject))
    return [{name: value for name, value in {**about, **row}.items() if value is not None} for row in rows]


def _facts(snapshot: Snapshot) -> Iterator[tuple[str, Sequence[Observation | Finding]]]:
    yield from snapshot.measures.items()
    for pack, codes in snapshot.findings.items():
        for code, findings in codes.items():
            yield f"finding:{pack}:{code}", findings


def _cells(name: str, fact: Observation | Finding, asks: Requirements) -> dict[str, Written]:
    if isinstance(fact, Finding):
        value: Written = say(f"finding.{fact.finding}", asks.lang)
    else:
        value = written(fact.value, asks.measures[name].unit if name in asks.measures else "")
    return {name: value, **{detailed(name, detail): getattr(fact, detail) or None for detail in DETAILS}}


def _children(snapshot: Snapshot) -> Iterator[tuple[str, Written]]:
    for level, counts in snapshot.children.items():
        yield f"children:{level}", counts.total
        yield f"children.exempt:{level}", listed(counts.exempt)
        for detail in ("meeting", "unknown"):
            for pack, number in getattr(counts, detail).items():
                yield f"children.{detail}:{level}:{pack}", number
        for detail in ("meeting_names", "not_meeting_names", "unknown_names"):
            for pack, names in getattr(counts, detail).items():
                yield f"children.{detail}:{level}:{pack}", listed(names)
