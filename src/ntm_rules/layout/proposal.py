"""A layout as a table seems to have it, with what is not clear, and both in words."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import Problem
from ..messages import Lang, say
from .grid import Grid
from .model import Layout
from .period import find_period


class Proposal(NamedTuple):
    """A layout as it was understood, and what is not clear: with doubts, nothing is to be read by it."""

    layout: Layout | None
    doubts: tuple[Problem, ...]
    kind: str = "form"

    @property
    def kept(self) -> Layout | None:
        """The layout to keep for other tables of the kind: without what only this table or this call says."""
        if self.layout is None:
            return None
        own = {"unit": None, "period": "", "year": None, "register_of": None}
        return self.layout.model_copy(update=own)

    def text(self, grid: Grid, lang: Lang = "vi") -> str:
        """How the table was understood, column by column, and each doubt."""
        lines = []
        if self.layout is not None:
            first, last = self.layout.heading
            file = grid.place().text(lang)
            kind = say(f"layout.kind.{self.kind}", lang)
            lines.append(say("layout.understood", lang, file=file, kind=kind, first=first, last=last))
            for column in self.layout.columns:
                role = say(f"layout.role.{column.role}", lang)
                about = " ".join(part for part in (column.of, column.period) if part)
                of = f" [{about}]" if about else ""
                said = {"column": column.column, "heading": column.heading, "why": column.why, "role": role, "of": of}
                lines.append(f"  {say('layout.column', lang, **said)}")
            lines += summary(self.layout, lang)
        lines += [f"  ? {doubt.text(lang)}" for doubt in self.doubts]
        return "\n".join(lines)


def summary(layout: Layout, lang: Lang) -> list[str]:
    """Whose and of when a table is, and what its marks mean, in lines."""
    lines = []
    if layout.unit is not None:
        lines.append("  " + say("layout.about_unit", lang, unit=layout.unit.name, code=layout.unit.id))
    if (period := find_period(layout.period, layout.year)) is not None:
        lines.append("  " + say("layout.about_day", lang, day=period.end))
    signs = dict(layout.marks)
    if layout.empty != "nothing":
        signs[say("layout.empty_cell", lang)] = layout.empty
    if signs:
        marks = (f"{sign} = {say(f'layout.meaning.{meaning}', lang)}" for sign, meaning in signs.items())
        lines.append("  " + say("layout.about_marks", lang, marks=", ".join(marks)))
    return lines
