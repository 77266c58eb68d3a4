"""The least that would have to change for a unit to meet a pack: what it takes, or why nothing suffices."""

from __future__ import annotations

from typing import Literal

import msgspec

from ..agencies import agency_in
from ..messages import Lang, Text, say
from ..pack.condition import Op
from ..quantity.amount import Amount

Why = Literal[
    "attribute", "fact", "children_unknown", "not_a_goal", "too_many", "sum_impossible", "at_odds", "undecided"
]


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change: a measure brought to a value, a conclusion of "met", or so many further children.

    ``to`` is the value to reach (``strictly``: to pass), ``by`` how far that is from what was observed; both in the
    measure's unit. ``pack`` and ``code`` say for whose sake. Of children, ``levels`` and ``title`` say which count.
    ``within`` is the title of ``pack`` where that is another set, which the set in question asks for: its codes are its
    own.
    """

    kind: Literal["measure", "finding", "children"]
    pack: str
    code: str
    text: Text
    measure: str = ""
    op: Op | None = None
    to: Amount | None = None
    by: Amount | None = None
    strictly: bool = False
    observed: bool = False
    count: int = 0
    agency: str = ""
    levels: tuple[str, ...] = ()
    title: str = ""
    within: Text | None = None

    def say(self, lang: Lang = "vi") -> str:
        """The step as a sentence; a code of another set goes by that set's name."""
        said = self._said(lang)
        return said if self.within is None else say("remedy.within", lang, said=said, title=self.within)

    def _said(self, lang: Lang) -> str:
        if self.kind == "measure":
            how = "remedy.strictly" if self.strictly else "remedy.to"
            if self.op in (Op.AT_MOST, Op.LESS_THAN):
                how += "_down"
            elif self.op is Op.EQUAL_TO:
                how = "remedy.exactly"
            # A limit that is to be passed may be reached already.
            by = say("remedy.by", lang, by=self.by) if self.by is not None and self.by.value else ""
            return say(how, lang, code=self.code, text=self.text, to=self.to, by=by)
        if self.kind == "children":
            return say("remedy.children", lang, code=self.code, text=self.text, count=self.count)
        agency = agency_in(self.agency, lang) if self.agency else say("explain.department", lang)
        return say("remedy.finding", lang, code=self.code, text=self.text, agency=agency)


class Obstacle(msgspec.Struct, frozen=True):
    """Something no change of figures or conclusions can mend, and why.

    ``attribute``: what the unit is; ``fact``: a figure that is no one's to change; ``children_unknown`` and
    ``too_many``: the units below; ``not_a_goal``: a ground for revocation, or a set that is not in force;
    ``sum_impossible``: figures that contradict each other, to be corrected first; ``at_odds``: requirements that
    exclude each other; ``undecided``: the search was given up.
    """

    pack: str
    code: str
    text: Text
    why: Why

    def say(self, lang: Lang = "vi") -> str:
        """The obstacle as a sentence; that of a whole set goes by its title alone."""
        item = f"{self.code}. {self.text.text(lang)}" if self.code else self.text
        return say(f"remedy.obstacle.{self.why}", lang, item=item)


class Remedy(msgspec.Struct, frozen=True, omit_defaults=True):
    """What it takes. With ``obstacles`` no set of changes suffices; ``steps`` are then what it takes besides.

    Where there are none, ``evaluate`` has confirmed that the steps make the verdict ``MET``. ``least`` says whether it
    is proved that no fewer steps do.

    >>> Remedy((), ()).possible
    True
    """

    steps: tuple[Step, ...]
    obstacles: tuple[Obstacle, ...]
    least: bool = True

    @property
    def possible(self) -> bool:
        """Whether the steps make the verdict ``MET``."""
        return not self.obstacles

    def text(self, lang: Lang = "vi") -> str:
        """The steps and obstacles, one a line."""
        if not self.steps and not self.obstacles:
            return say("remedy.nothing", lang)
        lines = [*(step.say(lang) for step in self.steps), *(one.say(lang) for one in self.obstacles)]
        return "\n".join((*lines, *([] if self.least else [say("remedy.not_proved", lang)])))
