"""The annexes of the letter: units that fail, what departments owe, what figures rest on, units without figures."""

from __future__ import annotations

from collections.abc import Iterator

from ..day import day_in_words
from ..messages import say
from .content import Row, Table, alike
from .letter_words import MARK, Words
from .letterhead import Letterhead
from .official import Official
from .wording import sentence

# A note so long is not said again at the next unit it concerns.
_LONG = 80


class Annexes:
    """Those the letter has: each is numbered, and its text says which one to turn to."""

    def __init__(self, words: Words, wanted: list[tuple[Table, list[Row]]]) -> None:
        report = words.report
        self.words = words
        # A letter on a single unit says everything in its text.
        self.units = [] if report.alone else wanted
        self.work = () if report.alone else report.work
        self.aside = any(table.aside for table in report.tables)
        chapters = [
            ("rests_on", list(words.rests_on())),
            ("report.notes", words.noted()),
            ("report.limits", words.limits()[1:]),
        ]
        self.figures = [] if report.alone else [(name, lines) for name, lines in chapters if lines]

    def number(self, name: str) -> str:
        """The number of an annex, of those there are."""
        there = [("units", self.units), ("work", self.work), ("figures", self.figures), ("aside", self.aside)]
        return ("I", "II", "III", "IV")[[one for one, some in there if some].index(name)]

    def write(self, paper: Official, head: Letterhead) -> None:
        words, said = self.words, self.words.said
        on = said("on", day=day_in_words(head.on, words.lang)) if head.on else said("blank.on")
        agency = head.agency or said("blank.agency")
        of = said("annex.of", number=head.number or said("blank.number"), on=on, agency=agency)
        if self.units:
            self._begin(paper, "units", of)
            heads = tuple(said(f"head.{name}") for name in ("order", "unit", "criteria", "failed", "open"))
            paper.table("", heads, (12, 38, 29, 108, 60), self._unit_rows())
            if any(row.contradicted for _, rows in self.units for row in rows):
                paper.say(said("marked"), italic=True)
        if self.work:
            self._begin(paper, "work", of)
            heads = tuple(said(f"head.{name}") for name in ("order", "unit", "to_conclude", "to_mend"))
            paper.table("", heads, (12, 55, 90, 90), self._work_rows())
        if self.figures:
            self._begin(paper, "figures", of)
            for name, lines in self.figures:
                paper.section(say(name, words.lang) if name.startswith("report.") else said(name))
                paper.points(map(sentence, lines))
        if self.aside:
            self._begin(paper, "aside", of)
            for table in words.report.tables:
                if table.aside:
                    paper.section(table.title)
                    paper.points(map(sentence, table.aside))

    def _begin(self, paper: Official, name: str, of: str) -> None:
        said = self.words.said
        paper.annex(said("annex", number=self.number(name)), said(f"annex.{name}"), of)

    def _unit_rows(self) -> Iterator[tuple[str, ...]]:
        """The units that do not meet a pack, those of one pack under its name."""
        for table, rows in self.units:
            yield (table.title,)
            # Where all lie in the same unit, that tells none of them apart.
            apart = len({row.parent for row in rows}) > 1
            first: dict[str, int] = {}
            for order, row in enumerate(rows, 1):
                name = (row.place if apart else row.unit) + (MARK if row.contradicted else "")
                remarks = []
                for remark in row.remarks:
                    at = first.setdefault(remark, order)
                    again = at != order and len(remark) > _LONG
                    remarks.append(self.words.said("as_at", order=at) if again else sentence(remark))
                failed = "\n".join((*self.words.failures(row), *remarks))
                yield str(order), name, self.words.criteria(row), failed, self.words.still(table, row)

    def _work_rows(self) -> Iterator[tuple[str, ...]]:
        """What every department has left to do, those of one department under its name; units alike in one row."""
        for agency, works in self.words.agencies():
            yield (sentence(agency, ""),)
            for order, same in enumerate(alike(works), 1):
                anchor, still, failed = same[0].anchor, same[0].open, same[0].failed
                units = f"{', '.join(work.unit for work in same)} ({same[0].pack})"
                named = (self.words.contents(anchor, codes) for codes in (still, failed))
                yield str(order), units, *("\n".join(sentence(one, "") for one in some) for some in named)
