"""A pack as a Markdown page: criteria, requirements, values by region and year, legal source, verification.

``python -m ntm_rules.analysis.page docs/packs`` writes the pages of every installed pack.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ..messages import Lang, Text, say
from ..pack.catalogue import Catalogue, installed
from ..pack.condition import Comparison, FindingCondition, walk
from ..pack.indicator import Criterion, Indicator, Version
from ..pack.legal import LegalBasis, Source
from ..pack.measure import by_level
from ..pack.model import FigureRow, Pack
from ..pack.period import Period
from ..pack.requirement import SIGNS, Requirements
from ..pack.rules import Authority, RegionRule
from ..pack.threshold import AnyLeaf, AnyThreshold, Figure, Multiple, Row, leaves, tables
from ..quantity.number import format_number
from ..quantity.unit import unit_label
from ..territory import Group, Region
from .audit import audit, plain_leaf, state_of
from .cases import SOME_DAY, span_text
from .periods import days_in_force

LANGUAGES: tuple[Lang, ...] = ("vi", "en")
_ADDRESS = re.compile(r"https?://[^\s<>]+")
MARKS = {"recalled": " °", "uncertain": " ?"}


def pack_page(pack: Pack, lang: Lang = "vi", *, catalogue: Catalogue | None = None) -> str:
    """The page of a pack in one language.

    >>> from ntm_rules import load_pack
    >>> print(pack_page(load_pack("vn/district-revocation"), "en").splitlines()[0])
    # Cases in which the recognition of a new rural district is revoked
    """
    return _Page(pack, lang, catalogue or installed()).text()


class _Page:
    def __init__(self, pack: Pack, lang: Lang, catalogue: Catalogue) -> None:
        self.pack, self.lang, self.catalogue = pack, lang, catalogue
        self.asks = Requirements(pack, catalogue.measures_for(pack), lang, catalogue)
        self.rows: dict[str, list[FigureRow]] = {}
        for row in pack.figures():
            self.rows.setdefault(row.indicator.code, []).append(row)

    def say(self, key: str, **params: object) -> str:
        return say(f"page.{key}", self.lang, **params)

    def text(self) -> str:
        blocks = [f"# {self.of(self.pack.title)}", f"`{self.pack.reference}`", *self.head()]
        if self.pack.prerequisites:
            blocks += [f"## {self.say('prerequisites')}", *self.indicators(self.pack.prerequisites, None)]
        blocks.append(f"## {self.say('criteria')}")
        for criterion in self.pack.criteria:
            blocks.append(f"### {criterion.code}. {self.of(criterion.title)}")
            if criterion.incomplete:
                blocks.append(f"*{self.by_name(criterion)}*")
            if criterion.note:
                blocks.append(_cell(criterion.note.text(self.lang)))
            blocks += self.indicators(criterion.indicators, criterion)
        if self.pack.grades:
            blocks += [f"## {self.say('grades')}", *self.indicators(self.pack.grades, None)]
        if self.pack.authorities:
            blocks.append(f"## {self.say('authorities')}")
            blocks.append("\n".join(map(self.authority, self.pack.authorities)))
        if self.pack.notes:
            blocks.append(f"## {self.say('notes')}")
            blocks.append("\n".join(f"- {_line(note.text(self.lang))}" for note in self.pack.notes))
        return "\n\n".join(blocks) + "\n"

    def of(self, text: Text | None) -> str:
        return _line(text.text(self.lang)) if text is not None else ""

    def head(self) -> Iterator[str]:
        pack, lang = self.pack, self.lang
        facts = [
            self.say("applies_to", levels=", ".join(level.text(lang) for level in pack.applies_to)),
            self.say("valid", span=span_text(pack.valid.start, pack.valid.end, lang)),
        ]
        if pack.regions:
            facts.append(self.say("regions", regions=", ".join(region.text(lang) for region in pack.regions)))
        if pack.extends:
            facts.append(self.say("extends", pack=f"[`{pack.extends[0]}`]({page_name(pack.extends[0], lang)})"))
        yield "\n".join(f"- {fact}" for fact in facts)
        found = audit(pack, catalogue=self.catalogue)
        counts = ", ".join(f"{say(f'audit.{state}', lang)} {count}" for state, count in found.counts.items() if count)
        yield self.say("verified", total=found.total, counts=counts or "–") + " " + self.say("legend")
        if pack.incomplete:
            yield f"**{self.say('incomplete')}**"
        if pack.legal_basis:
            yield f"## {self.say('legal_basis')}"
            yield "\n".join(f"- {self.basis(basis)}" for basis in pack.legal_basis)
        if pack.region_rules:
            yield f"## {self.say('region_rules')}"
            yield "\n".join(map(self.region_rule, pack.region_rules))

    def authority(self, one: Authority) -> str:
        said = say(f"authority.{one.act}", self.lang, who=self.of(one.who))
        return f"- {said}{self.days(one.valid)} ({self.source(one.source)})"

    def days(self, valid: Period) -> str:
        return "" if valid.always else f", {span_text(valid.start, valid.end, self.lang)}"

    def agencies(self, read: Indicator) -> str:
        """Who answers for it, those of some days first."""
        dated = [
            f"{one.agency}{self.days(one.valid)}" + (f" ({self.source(one.source)})" if one.source else "")
            for one in read.agencies
        ]
        return "; ".join((*dated, *((read.agency,) if read.agency else ())))

    def region_rule(self, rule: RegionRule) -> str:
        region = rule.region.text(self.lang) + self.days(rule.valid)
        return f"- {self.of(rule.text)} → {region} ({self.source(rule.source)})"

    def basis(self, basis: LegalBasis) -> str:
        parts = [f"**{_line(basis.number)}**"]
        if basis.issued:
            parts.append(_day(basis.issued, self.lang))
        if basis.issuer:
            parts.append(_line(basis.issuer))
        if basis.title:
            parts.append(self.of(basis.title))
        return ", ".join(parts) + (f" <{basis.url}>" if _ADDRESS.fullmatch(basis.url) else "")

    def by_name(self, criterion: Criterion) -> str:
        key = "contents" if criterion.contents else "by_name"
        return self.say(key, count=criterion.contents)

    def indicators(self, indicators: tuple[Indicator, ...], criterion: Criterion | None) -> Iterator[str]:
        """A table of what is asked, the tables of values it points to, and the notes."""
        if not indicators:
            return
        names = ("code", "text", "requires", "agency", "source", "verification")
        lines = [_table_row(self.say(f"column.{name}") for name in names), _table_row("---" for _ in names)]
        values: list[str] = []
        notes: list[str] = []
        for indicator in indicators:
            for version, read, label in self.readings(indicator):
                source = self.pack.source_of(read)
                agency = self.agencies(read) or (criterion.agency if criterion else "")
                requires, states = self.requirement(read), self.states(read, version)
                cells = (label, self.of(read.text), requires, agency, self.decision(source), states)
                lines.append(_table_row(map(_cell, cells)))
                values += self.values(read, label)
                notes += [f"- {label}: {self.of(note)}" for note in (read.note, source.note) if note]
        yield "\n".join(lines)
        yield from values
        if notes:
            yield "\n".join(dict.fromkeys(notes))

    def readings(self, indicator: Indicator) -> Iterator[tuple[Version | None, Indicator, str]]:
        """Each dated version of an indicator, then what it reads otherwise, with the days in its label."""
        for version in indicator.versions:
            start, end = version.valid.start, version.valid.end
            read = indicator.on(start or end or SOME_DAY)
            yield version, read, f"{indicator.code} ({span_text(start, end, self.lang)})"
        spans = [
            span_text(None if start == date.min else start, None if end == date.max else end, self.lang)
            for start, end in (days_in_force(self.pack, indicator, None) if indicator.versions else ())
        ]
        yield None, indicator, f"{indicator.code} ({'; '.join(spans)})" if spans else indicator.code

    def requirement(self, indicator: Indicator) -> str:
        text = _Short(*self.asks).condition(indicator, indicator.requires)
        if indicator.applies_if is None:
            return text
        when = _Short(*self.asks).condition(indicator, indicator.applies_if)
        if isinstance(indicator.applies_if, FindingCondition):
            return f"{text} ({say('form.if_any', self.lang)})"
        return f"{text} ({self.say('applies_if', condition=when)})"

    def states(self, indicator: Indicator, version: Version | None) -> str:
        mine = [state_of(row) for row in self.rows.get(indicator.code, ()) if row.version is version]
        kinds = mine or [self.pack.source_of(indicator).verification.value]
        return ", ".join(dict.fromkeys(say(f"audit.{kind}", self.lang) for kind in kinds))

    def decision(self, source: Source) -> str:
        text = ", ".join(part for part in (self.pack.basis(source.basis).number, source.at) if part)
        return f"[{_link(text)}](<{source.url}>)" if _ADDRESS.fullmatch(source.url) else text

    def source(self, source: Source) -> str:
        return f"{self.decision(source)}; {say(f'audit.{source.verification}', self.lang)}"

    def values(self, indicator: Indicator, label: str) -> Iterator[str]:
        for _, condition in walk(indicator.requires):
            if isinstance(condition, Comparison):
                if tabular(condition.threshold):
                    yield self.value_table(indicator, condition, label)
                yield from self.own_sources(indicator, condition, label)

    def value_table(self, indicator: Indicator, condition: Comparison, label: str) -> str:
        """Regions or groups across, everything else down; a value that depends on none stands in every column."""
        cells: dict[tuple[Row, ...], dict[str, str]] = {}
        columns: list[str] = []
        unit = self.asks.unit_of(condition)
        axes = {table.by for table in tables(condition.threshold)}
        wide, kind = ("group", Group) if "group" in axes else ("region", Region)
        order = [member.value for member in kind]
        for rows, leaf in leaves(condition.threshold):
            down = tuple(row for row in rows if row[0] != wide)
            across = next((name for table, name in rows if table == wide), "")
            row = FigureRow(indicator, None, condition, rows, leaf, self.pack.source_of(indicator, leaf))
            cells.setdefault(down, {})[across] = self.value(row, leaf, condition, unit)
            if across and across not in columns:
                columns.append(across)
        columns.sort(key=lambda name: order.index(name) if name in order else len(order))
        shown = columns or [""]
        heads = (self.asks.row(wide, name) if name else self.say("column.value") for name in shown)
        head = (self.say("column.row") if any(cells) else "", *heads)
        lines = [_table_row(map(_cell, head)), _table_row("---" for _ in head)]
        for down, values in cells.items():
            name = ", ".join(self.asks.row(table, row) for table, row in down)
            lines.append(_table_row(map(_cell, (name, *(values.get(one, values.get("", "")) for one in shown)))))
        of = f" ({unit_label(unit, self.lang)})" if unit and not self.asks.levels_of(condition) else ""
        title = f"**{label}** {_line(self.asks.subject(condition))} {SIGNS[condition.op]}{of}"
        return f"{title}\n\n" + "\n".join(lines)

    def value(self, row: FigureRow, leaf: AnyLeaf, condition: Comparison, unit: str) -> str:
        state = state_of(row)
        mark = f"{MARKS.get(state, '')}{' *' if leaf.set_by else ''}"
        if isinstance(leaf, Figure):
            value = leaf.value.to(unit)
            named = by_level(self.asks.levels_of(condition), value, self.lang)
            return f"{named or format_number(value.value, self.lang)}{mark}"
        if isinstance(leaf, Multiple):
            text = plain_leaf(self.asks, row.indicator, leaf, condition)
            return f"{text.removeprefix(f'{SIGNS[condition.op]} ')}{mark}"
        candidates = say("audit.candidates", self.lang, values=", ".join(leaf.candidates)) if leaf.candidates else ""
        return f"{say(f'audit.{state}', self.lang)}{f' ({candidates})' if candidates else ''}{mark}"

    def own_sources(self, indicator: Indicator, condition: Comparison, label: str) -> Iterator[str]:
        """Sources and notes that single figures have of their own."""
        lines: dict[str, list[str]] = {}
        for rows, leaf in leaves(condition.threshold):
            where = ", ".join(self.asks.row(table, row) for table, row in rows) or label
            if leaf.source is not None:
                source = self.pack.source_of(indicator, leaf)
                note = f"; {self.of(source.note)}" if source.note else ""
                lines.setdefault(f"{self.source(source)}{note}", []).append(where)
            if leaf.note:
                lines.setdefault(self.of(leaf.note), []).append(where)
        if lines:
            yield "\n".join(f"- {'; '.join(dict.fromkeys(where))}: {text}" for text, where in lines.items())


class _Short(Requirements):
    """Says a threshold that is a table by pointing to the table."""

    def compared(self, indicator: Indicator, condition: Comparison) -> str:
        if tabular(condition.threshold):
            return f"{SIGNS[condition.op]} {say('page.see_table', self.lang)}"
        _, leaf = next(leaves(condition.threshold))
        return f"{plain_leaf(self, indicator, leaf, condition)}{' *' if leaf.set_by else ''}"


def tabular(threshold: AnyThreshold) -> bool:
    """Whether the rows of a table differ, so that it has to be shown."""
    kinds = [leaf.model_copy(update={"source": None, "note": ""}) for _, leaf in leaves(threshold)]
    return any(kind != kinds[0] for kind in kinds)


def page_name(reference: str, lang: Lang) -> str:
    """The file of a pack's page.

    >>> page_name("vn/commune@2021-2025", "vi"), page_name("vn/commune@2021-2025", "en")
    ('vn-commune@2021-2025.md', 'vn-commune@2021-2025.en.md')
    """
    return f"{reference.replace('/', '-')}{'' if lang == 'vi' else f'.{lang}'}.md"


def pages(catalogue: Catalogue | None = None) -> dict[str, str]:
    """Every page by file name, with the index of them all."""
    catalogue = catalogue or installed()
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        lines = [f"# {say('page.index', lang)}", "", say("page.generated", lang), ""]
        for info in catalogue.packs():
            name = page_name(info.reference, lang)
            found[name] = pack_page(catalogue.load(info.reference), lang, catalogue=catalogue)
            lines.append(f"- [{_link(info.title.text(lang))}]({name}) (`{info.reference}`)")
        found["README.md" if lang == "vi" else f"README.{lang}.md"] = "\n".join(lines) + "\n"
    return found


def write_pages(folder: Path, catalogue: Catalogue | None = None) -> None:
    """Write every page into a folder; pages of packs that are gone are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages(catalogue)
    for old in folder.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def _day(day: date, lang: Lang) -> str:
    return f"{day:%d/%m/%Y}" if lang == "vi" else day.isoformat()


def _line(text: str) -> str:
    """Text that Markdown takes as text, on one line."""
    plain = " ".join(text.split())
    for mark in "\\`*_<>[]|":
        plain = plain.replace(mark, f"\\{mark}")
    return plain


def _cell(text: str) -> str:
    """A table's cell; a bar that is escaped already stays as it is."""
    return " ".join(text.replace("\n", " ").split()).replace("|", "\\|").replace("\\\\|", "\\|")


def _link(text: str) -> str:
    return text.replace("[", "(").replace("]", ")")


def _table_row(cells: Iterator[str] | map[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    write_pages(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/packs"))
