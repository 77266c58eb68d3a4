"""The form of one unit: a sheet whose rows follow the law and say in hidden cells what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils import get_column_letter

from ..messages import Lang, say
from ..pack.measure import by_level
from ..pack.model import Pack
from ..pack.related import kinds_asked
from ..pack.requirement import Requirements, Setting
from ..quantity.amount import Amount
from ..quantity.unit import unit_label
from ..tabular.excel_out import (
    BOLD,
    CLOSED,
    FILL_IN,
    SECTION,
    WRAPPED,
    Written,
    choices,
    fits_number,
    heading,
    hide_columns,
    print_setup,
    put,
    sheet_title,
)
from ..territory import KINDS, Level, Named
from .form_reading import FORM_MARK, GUIDE_MARK, HIDDEN, VISIBLE
from .headers import DETAILS
from .model import Snapshot
from .observation import Finding, FindingValue, Observation
from .outline import Item, children_asked, outline, titles_asked
from .recognition import Recognition
from .unit import Unit

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (8, 58, 34, 16, 16, 16, 22, 22, 13, 26, 26)
UNIT_LINES = ("id", "name", "level", "region", "group", "province", "parent", "exempt", "as_of")
DAY_FORMAT = "dd/mm/yyyy"
_FIRST = 3


def write_sheets(asks: Requirements, subjects: Sequence[Unit | Snapshot], as_of: date | None) -> Workbook:
    """A workbook with a guide and a sheet for each unit or snapshot, or a blank one; ``as_of`` is filled in."""
    book = openpyxl.Workbook()
    assert book.active is not None
    _write_guide(book.worksheets[0], asks.pack, asks.lang)
    blank: Sequence[Unit | Snapshot | None] = (None,)
    for subject in subjects or blank:
        unit = subject.unit if isinstance(subject, Snapshot) else subject
        day = subject.as_of if isinstance(subject, Snapshot) else asks.day
        wanted = (unit.name or told(unit.id) if unit else "") or say("form.blank_sheet", asks.lang)
        sheet = book.create_sheet(sheet_title(wanted, book.sheetnames))
        setting = Setting(unit.level, unit.region, unit.attributes, day, unit.group) if unit else Setting(day=day)
        form = FormSheet(sheet, asks._replace(setting=setting))
        form.write(unit, subject if isinstance(subject, Snapshot) else None, as_of)
    book.active = 1
    return book


def lines_of(asks: Requirements, units: Iterable[Unit]) -> Iterator[str]:
    """The lines about a unit: region and group where the set goes by them, or where they are known."""
    asked, known = kinds_asked(asks.pack, asks.catalogue), list(units)
    for line in UNIT_LINES:
        if line not in ("region", "group") or line in asked or any(getattr(unit, line) for unit in known):
            yield line


def _write_guide(sheet: Worksheet, pack: Pack, lang: Lang) -> None:
    sheet.title = say("form.guide_sheet", lang)
    sheet["A1"] = GUIDE_MARK
    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions["A"].width = 110
    lines = [pack.title.text(lang), *say("form.guide", lang).splitlines()]
    for number, line in enumerate(lines, 2):
        cell = sheet.cell(number, 1, line)
        cell.data_type = "s"
        cell.alignment = WRAPPED
        if number == 2:
            cell.font = BOLD


class FormSheet:
    """Writes the sheet of one unit, line by line."""

    def __init__(self, sheet: Worksheet, asks: Requirements) -> None:
        self.sheet, self.asks = sheet, asks
        self.pack, self.lang, self.measures = asks.pack, asks.lang, asks.measures
        self.row = _FIRST
        self._finding_rows: list[int] = []
        self._columns = {name: column for column, name in enumerate((*VISIBLE, *HIDDEN), 1)}

    def write(self, unit: Unit | None, snapshot: Snapshot | None, as_of: date | None) -> None:
        """Write the whole sheet, with the facts of the snapshot filled in."""
        for name, column in self._columns.items():
            self.sheet.cell(1, column, name)
        self.sheet.row_dimensions[1].hidden = True
        titles = [say(f"form.column.{name}", self.lang) for name in VISIBLE]
        heading(self.sheet, 2, titles, WIDTHS)
        hide_columns(self.sheet, range(len(VISIBLE) + 1, len(VISIBLE) + len(HIDDEN) + 1))
        self.sheet.freeze_panes = "C3"
        rest = Rest(snapshot)
        self._write_unit(unit, snapshot, as_of)
        self._section(self.pack.title.text(self.lang), {"required": shown_for(self.asks)})
        for item in outline(self.asks):
            self._write_item(item, rest)
        self._write_recognitions(rest)
        self._write_children(rest)
        self._write_rest(rest)
        self._finding_choices()
        self.sheet.auto_filter.ref = f"A2:{get_column_letter(len(VISIBLE))}{self.row - 1}"
        print_setup(self.sheet, 2)

    def _line(
        self,
        visible: Mapping[str, Written],
        hidden: Mapping[str, str],
        *,
        open_cells: Sequence[str] = (),
        bold: bool = False,
    ) -> int:
        row = self.row
        for name in VISIBLE:
            fill = FILL_IN if name in open_cells else SECTION if bold else None
            if fill is None and name in ("value", "finding", *DETAILS):
                fill = CLOSED
            cell = self.sheet.cell(row, self._columns[name])
            put(cell, visible.get(name), fill=fill, font=BOLD if bold and name in ("code_shown", "text") else None)
            if name == "on" and visible.get(name) is None:
                cell.number_format = DAY_FORMAT
        for name, word in hidden.items():
            if word:
                cell = self.sheet.cell(row, self._columns[name])
                put(cell, word)
        self.row += 1
        return row

    def _section(self, title: str, columns: Mapping[str, str] | None = None) -> None:
        self._line({"text": title, **(columns or {})}, {FORM_MARK: "section"}, bold=True)

    def _write_unit(self, unit: Unit | None, snapshot: Snapshot | None, as_of: date | None) -> None:
        self._section(say("form.unit", self.lang))
        for field in lines_of(self.asks, [unit] if unit else []):
            value: Any = getattr(unit, field, None)
            if field == "as_of":
                value = snapshot.as_of if snapshot else as_of
            elif snapshot is None:
                value = told(value)
            if field == "level" and unit is None and len(self.pack.applies_to) == 1:
                value = self.pack.applies_to[0]
            if isinstance(value, Named):
                value = value.text(self.lang)
            label = say(f"form.unit.{field}", self.lang)
            row = self._line(
                {"text": label, "value": value or None}, {FORM_MARK: "unit", "detail": field}, open_cells=("value",)
            )
            if not value:
                self.sheet.cell(row, self._columns["value"]).number_format = DAY_FORMAT if field == "as_of" else "@"
            if field in KINDS:
                members = self.pack.applies_to if field == "level" else tuple(KINDS[field])
                self._choices([member.text(self.lang) for member in members], f"E{row}")
        attributes = {name: declared.name.text(self.lang) for name, declared in self.pack.attributes.items()}
        given = unit.attributes if unit else {}
        for name in (*attributes, *(name for name in given if name not in attributes)):
            value = given.get(name)
            shown = say("form.yes" if value else "form.no", self.lang) if isinstance(value, bool) else value
            row = self._line(
                {"text": attributes.get(name, name), "value": shown},
                {FORM_MARK: "attribute", "detail": name},
                open_cells=("value",),
            )
            self._choices([say("form.yes", self.lang), say("form.no", self.lang)], f"E{row}")

    def _write_item(self, item: Item, rest: Rest) -> None:
        sole = item.measures[0][0] if len(item.measures) == 1 else ""
        visible: dict[str, Written] = {
            "code_shown": item.code,
            "text": item.text,
            "required": item.required,
            "agency": item.agency,
        }
        where = {FORM_MARK: "fact", "pack": self.pack.id, "code": item.code} if item.takes_finding else {}
        findings = rest.take_findings(self.pack.id, item.code) if where else ()
        self._facts(visible, where, sole, findings, rest, bold=item.is_criterion)
        pinned = rest.take_findings(self.pack.reference, item.code) if where else ()
        if pinned:
            self._facts(visible, {**where, "pack": self.pack.reference}, "", pinned, rest)
        if not sole:
            for measure, required in item.measures:
                name = f"– {self.measures[measure].name.text(self.lang)}"
                self._facts({"text": name, "required": required}, {FORM_MARK: "fact"}, measure, (), rest)
        self._write_parts(item, rest)

    def _write_parts(self, item: Item, rest: Rest) -> None:
        """What a measure follows from may be filled in instead of it: a growth by its two years."""
        for name, _ in item.measures:
            for part in self.measures[name].made_of:
                if part not in rest.asked:
                    said = say("form.part_of", self.lang, name=self.measures[name].name)
                    text = f"– {self.measures[part].name.text(self.lang)}"
                    self._facts({"text": text, "required": said}, {FORM_MARK: "fact"}, part, (), rest)

    def _facts(
        self,
        visible: Mapping[str, Written],
        where: Mapping[str, str],
        measure: str,
        findings: Sequence[Finding],
        rest: Rest,
        *,
        bold: bool = False,
    ) -> None:
        """As many lines as there are facts to show, one at least."""
        asked_before = measure in rest.asked
        observed = rest.take_observations(measure)
        rest.asked.add(measure)
        unit = self.measures[measure].unit if measure in self.measures else ""
        takes_value = bool(measure) and not (asked_before and not observed)
        if measure and not takes_value:
            above = say("form.asked_above", self.lang)
            visible = {**visible, "required": f"{visible.get('required') or ''}\n{above}".strip()}
        open_cells = [*(("value",) if takes_value else ()), *(("finding",) if where.get("code") else ())]
        for observation, finding in paired(observed, findings):
            fact = observation or finding
            row = self._line(
                {
                    **visible,
                    "unit_of_measure": unit_label(unit, self.lang) if unit and measure else None,
                    "value": self._written(observation.value, measure) if observation else None,
                    "finding": say(f"finding.{finding.finding}", self.lang) if finding else None,
                    **({name: getattr(fact, name) or None for name in DETAILS} if fact else {}),
                },
                {**where, "measure": measure if takes_value else ""},
                open_cells=(*open_cells, *DETAILS) if open_cells else (),
                bold=bold,
            )
            if where.get("code"):
                self._finding_rows.append(row)
            if takes_value and measure in self.measures and (names := self.measures[measure].names):
                self._choices([f"{name.name.text(self.lang)} ({name.number})" for name in names], f"E{row}")

    def _written(self, amount: Amount, measure: str) -> Written:
        """A value as a cell: a level by its name, anything else as its measure's number."""
        known = self.measures.get(measure)
        named = by_level(known.names, amount, self.lang) if known else None
        return named or written(amount, known.unit if known else "")

    def _write_recognitions(self, rest: Rest) -> None:
        titles = {"value": "decision", "on": "on", "evidence": "until", "remark": "revoked"}
        columns = {name: say(f"form.recognition.{word}", self.lang) for name, word in titles.items()}
        self._section(say("form.recognitions", self.lang), columns)
        given: list[Recognition | str] = [*rest.recognitions]
        known = {recognition.pack for recognition in rest.recognitions}
        for entry in (*given, *(pack for pack in titles_asked(self.pack) if pack not in known)):
            pack = entry if isinstance(entry, str) else entry.pack
            values: dict[str, Written] = {"text": say("form.recognition", self.lang, pack=self.asks.title(pack))}
            if isinstance(entry, Recognition):
                values |= {"value": entry.decision, "on": entry.on, "evidence": entry.until, "remark": entry.revoked}
            self._line(values, {FORM_MARK: "recognition", "pack": pack}, open_cells=tuple(titles))

    def _write_children(self, rest: Rest) -> None:
        asked = {level: dict.fromkeys(packs) for level, packs in children_asked(self.pack).items()}
        for level, given in rest.children.items():
            named = (
                *given.meeting,
                *given.unknown,
                *given.meeting_names,
                *given.not_meeting_names,
                *given.unknown_names,
            )
            asked.setdefault(level, {}).update(dict.fromkeys(named))
        if not asked:
            return
        self._section(say("form.children", self.lang))
        for level, packs in asked.items():
            counts = rest.children.get(level)
            for detail in ("total", "exempt"):
                value = getattr(counts, detail) if counts else None
                self._child_line(level, detail, "", value)
            for pack in packs:
                for detail in ("meeting", "unknown", "meeting_names", "not_meeting_names", "unknown_names"):
                    self._child_line(level, detail, pack, getattr(counts, detail).get(pack) if counts else None)

    def _child_line(self, level: Level, detail: str, pack: str, value: int | tuple[str, ...] | None) -> None:
        title = self.asks.title(pack) if pack else ""
        text = say(f"form.children.{detail}", self.lang, level=level, pack=title)
        shown = listed(value) if isinstance(value, tuple) else value
        hidden = {FORM_MARK: "children", "pack": pack, "code": level.value, "detail": detail}
        self._line({"text": text, "value": shown}, hidden, open_cells=("value",))

    def _write_rest(self, rest: Rest) -> None:
        """What a snapshot says beyond what the pack asks; left out, it would be lost on the way back."""
        if not rest.measures and not rest.findings:
            return
        self._section(say("form.rest", self.lang))
        for measure in tuple(rest.measures):
            name = self.measures[measure].name.text(self.lang) if measure in self.measures else measure
            self._facts({"text": name}, {FORM_MARK: "fact"}, measure, (), rest)
        for pack, codes in tuple(rest.findings.items()):
            for code in tuple(codes):
                where = {FORM_MARK: "fact", "pack": pack, "code": code}
                self._facts({"code_shown": code, "text": pack}, where, "", rest.take_findings(pack, code), rest)

    def _finding_choices(self) -> None:
        words = [say(f"finding.{value}", self.lang) for value in FindingValue]
        if self._finding_rows:
            self._choices(words, " ".join(f"F{row}" for row in self._finding_rows))

    def _choices(self, words: Sequence[str], cells: str) -> None:
        hint = say("form.choose", self.lang, words=", ".join(words))
        choices(self.sheet, words, cells, title=say("form.choose_title", self.lang), hint=hint)


UNNAMED = "-"


def told(value: Any) -> Any:
    """A value that somebody gave: what a unit without a name or a place is called is none."""
    return None if value == UNNAMED else value


def shown_for(asks: Requirements) -> str:
    """The day and the place whose required values are shown, where they are known."""
    setting, lang = asks.setting, asks.lang
    day = say("worksheet.day", lang, day=setting.day) if setting.day else None
    known = [day, *(one.text(lang) for one in (setting.region, setting.group) if one)]
    return say("form.shown_for", lang, setting=", ".join(part for part in known if part)) if any(known) else ""


class Rest:
    """The facts of a snapshot that have not been written yet."""

    def __init__(self, snapshot: Snapshot | None) -> None:
        self.measures = dict(snapshot.measures) if snapshot else {}
        self.findings = {pack: dict(codes) for pack, codes in snapshot.findings.items()} if snapshot else {}
        self.recognitions = snapshot.recognitions if snapshot else ()
        self.children = snapshot.children if snapshot else {}
        self.asked: set[str] = set()

    def take_observations(self, measure: str) -> tuple[Observation, ...]:
        return self.measures.pop(measure, ())

    def take_findings(self, pack: str, code: str) -> tuple[Finding, ...]:
        codes = self.findings.get(pack, {})
        taken = codes.pop(code, ())
        if not codes:
            self.findings.pop(pack, None)
        return taken


def paired(
    observations: Sequence[Observation], findings: Sequence[Finding]
) -> list[tuple[Observation | None, Finding | None]]:
    """Facts by line: a value and a finding share one where they share who, when and on what evidence."""
    together = 0
    for observation, finding in zip(observations, findings, strict=False):
        if any(getattr(observation, name) != getattr(finding, name) for name in DETAILS):
            break
        together += 1
    lines: list[tuple[Observation | None, Finding | None]] = [
        *zip(observations[:together], findings[:together], strict=True),
        *((observation, None) for observation in observations[together:]),
        *((None, finding) for finding in findings[together:]),
    ]
    return lines or [(None, None)]


def written(amount: Amount, unit: str) -> Written:
    """An amount as a cell: a number where it is in the measure's unit and Excel holds it exactly, else a text.

    So is a percentage of one or less, which as a bare number could be taken for a fraction (``may_be_percent``).
    """
    doubtful = unit == "percent" and 0 < amount.value <= 1
    if amount.unit in ("", unit) and fits_number(amount.value) and not doubtful:
        return amount.value
    return (amount if amount.unit else Amount(amount.value, unit)).plain()


def listed(names: tuple[str, ...]) -> str | None:
    """Names in one cell, one a line."""
    return "\n".join(names) or None
