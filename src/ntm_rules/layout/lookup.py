"""Which indicator and which unit a table means: by code, by wording, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from ..errors import Hint, MissingExtraError, NtmError, Problem, SnapshotError
from ..messages import LANGS, Text, say
from ..normalization import fold
from ..pack.codes import plain_code
from ..pack.condition import measures_asked, walk
from ..pack.model import Pack
from ..pack.related import rules_changed
from ..snapshot.builder import SnapshotBuilder
from ..snapshot.unit import Unit
from ..snapshot.vocabulary import Vocabulary
from ..units import ON_RECORD, REFORM, Listed, Register, became, made_of, record, register
from ..units.provinces import provinces_of
from ..wordings import apart, written_out
from .model import Layout
from .senses import brackets, is_unit, part, turned, unit_in_brackets, without_brackets
from .words import leading_code, unmarked, wording

_COMMON = frozenset(wording("tỷ lệ xã có các và của được theo quy định tiêu chí đạt hộ số trên địa bàn").split())
_KINDS = {"số", "số lượng", "tổng số", "tỷ lệ", "tỉ lệ", "tỷ trọng"}
_BETTER, _CLEAR, _LONGER = 12.0, 80.0, 3
_BEGUN = 5
_ALIKE, _SAME, _AHEAD, _NEAR = 55.0, 88.0, 4.0, 50.0


class Items:
    """The criteria and indicators of a pack, found as tables write them."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        criteria = {criterion.code: criterion.title.text("vi") for criterion in pack.criteria}
        own = {item.code: item.text.text("vi") for item in (*pack.prerequisites, *pack.indicators())}
        self.texts = {**criteria, **own}
        self.titles = criteria
        self._told: dict[tuple[str, str], str] = {}

    @cached_property
    def _wordings(self) -> dict[str, str]:
        return {code: wording(text) for code, text in self.texts.items()}

    def code(self, written: str) -> str:
        """The pack's code of a written one; empty where it has none."""
        return written if written in self.texts else plain if (plain := plain_code(written)) in self.texts else ""

    def find(self, code: str, text: str) -> str:
        """The code of a row or column by its number, its wording, or both.

        Raises:
            SnapshotError: the number and the words say different things, the words say the contrary of the indicator or
            are about a part of it, or neither says which indicator is meant.
        """
        key = (code, text)
        if key not in self._told:
            self._told[key] = self._find(code, text)
        return self._told[key]

    def _find(self, written: str, text: str) -> str:
        inside, words = leading_code(text)
        code = self.code(written) if written else ""
        own = self.code(inside) if inside else ""
        if own and (not code or own == code or own.startswith(f"{code}.")):
            code = own
        elif own and own != code:
            raise SnapshotError(Problem("error.row_two_codes", code=code, other=own, text=text[:80]))
        if written and not code:
            raise SnapshotError(Problem("error.row_no_code", code=written[:20], pack=self.pack.reference))
        if code:
            if words and not self.agrees(code, words):
                known = self.texts[code][:120]
                raise SnapshotError(Problem("error.row_other_words", code=code, text=words[:120], known=known))
        else:
            code = self._by_wording(words)
        if (contrary := self.contrary(code, words)) is not None:
            raise SnapshotError(contrary)
        return code

    def contrary(self, code: str, words: str) -> Problem | None:
        """What words that are like a code's say against it: a negation on one side only, or a part of the people."""
        said = wording(words)
        # Beside an indicator's number its criterion's title may stand.
        texts = (self.texts[code], self.titles.get(code.partition(".")[0], ""))
        known = max(texts, key=lambda one: _fuzz().token_sort_ratio(said, wording(one)))
        told = {"code": code, "text": words[:120], "known": known[:120]}
        if said and (found := part(words, " ".join(texts))):
            return Problem("error.row_part", part=found, **told)
        cut = self._wordings[code].startswith(said)
        return Problem("error.row_turned", **told) if not cut and turned(words, known) else None

    @cached_property
    def _plain(self) -> dict[str, str]:
        """The wordings without what stands in brackets in them."""
        return {code: wording(without_brackets(text)) for code, text in self.texts.items()}

    def beside(self, code: str, words: str, answered: Iterable[str] = ()) -> Problem | None:
        """What a row's words say beside its code's own: words that only one of the two has, and nobody has answered.

        Words that merely stop early, and a criterion's title beside its indicator's number, say nothing else.
        """
        known, said = self.texts[code], wording(words)
        titled = self.titles.get(code.partition(".")[0], known)
        if not said or said == wording(known) or wording(titled).startswith(said):
            return None
        if any(said == own for other, own in self._plain.items() if other != code and not code.startswith(f"{other}.")):
            return Problem("error.row_other_words", code=code, text=words[:120], known=known[:120])
        unit = unit_in_brackets(words)
        if self._wordings[code].startswith(said) or (
            unit and f"{self._plain[code]} ".startswith(f"{wording(words.replace(f'({unit})', ' '))} ")
        ):
            return None
        # Whether a figure is a share or a count is asked where it is read.
        pairs = (apart(words, one) for one in (known, titled, f"{titled} {known}"))
        left = min(([word for word in one if word not in _KINDS] for one in pairs), key=len)
        # What a text leaves out is asked about where it says nothing of its own.
        left = [word for word in left if fold(word) in fold(words)] or left
        left = [word for word in left if not any(fold(word) in fold(one) for one in answered)]
        told = {"code": code, "text": words[:120], "known": known[:120]}
        return Problem("error.row_words", words="; ".join(left), **told) if left else None

    def agrees(self, code: str, words: str) -> bool:
        """Whether words may be those of a code: its own, or its criterion's title."""
        said, top = _telling(wording(words)), code.partition(".")[0]
        # Beside an indicator's number its criterion's title may stand, and then nothing else.
        titled = top in self._tellings and _fuzz().token_sort_ratio(said, self._tellings[top]) >= _CLEAR
        if not said or titled:
            return True
        own = self._alike(said, code) if code in self.texts else 0.0
        others = [one for one in self.texts if one not in (code, top) and not one.startswith(f"{code}.")]
        if said != self._tellings.get(code) and any(said == self._tellings[one] for one in others):
            return False
        # Words that say another code much better are that one's, however many words the two share.
        return own >= _ALIKE and not any(self._alike(said, one) > max(own + _BETTER, _CLEAR) for one in others)

    def _alike(self, said: str, code: str) -> float:
        known, fuzz = self._tellings[code], _fuzz()
        # A short wording may lie scattered in a long one of something else.
        scorer = fuzz.token_sort_ratio if len(said) > _LONGER * len(known) else fuzz.token_set_ratio
        score: float = scorer(said, known)
        return score

    @cached_property
    def _tellings(self) -> dict[str, str]:
        return {code: _telling(said) for code, said in self._wordings.items()}

    def _by_wording(self, text: str) -> str:
        # What offices write beside it: abbreviations, and the unit in brackets.
        unit = unit_in_brackets(text)
        text = written_out(text.replace(f"({unit})", " ") if unit else text)
        said = wording(text)
        if not said:
            raise SnapshotError(Problem("error.row_unnamed"))
        fuzz = _fuzz()
        scores = sorted(
            ((fuzz.token_sort_ratio(said, known), code) for code, known in self._wordings.items()), reverse=True
        )
        best = [code for score, code in scores if score >= _SAME and score >= scores[0][0] - _AHEAD]
        # A criterion with one unnumbered indicator, or with its title in it, is the same thing twice.
        narrowed = [code for code in best if not any(code.startswith(f"{other}.") for other in best)]
        if len(narrowed) == 1:
            return narrowed[0]
        # Of a criterion with one indicator that has no number of its own the title is the criterion's too.
        titled = [code for code, title in self.titles.items() if wording(title) == said]
        if not best and len(titled) == 1:
            return titled[0]
        # The beginning of one indicator's wording, and of no other's, leaves out only what the law adds to it.
        begun = [code for code, known in self._wordings.items() if known.startswith(f"{said} ")]
        if not best and len(begun) == 1 and len(said.split()) >= _BEGUN:
            return begun[0]
        # Letters in common make no hint: “Hộ nghèo” is not near “Lao động” unless a word is.
        words = set(said.split())
        akin = [
            (score, code) for score, code in scores[:3] if score >= _CLEAR or words & {*self._wordings[code].split()}
        ]
        likely = [code for score, code in akin if score >= _NEAR and not turned(text, self.texts[code])]
        near = tuple(f"{code} {self.texts[code][:60]}" for code in likely)
        raise SnapshotError(Problem("error.row_wording", text=text[:120], near=Hint("hint.nearest", near, ())))

    def words_unit(self, target: str, written: str) -> bool:
        """Whether an indicator's own text gives a unit in these letters."""
        texts = (self.texts[code] for code in self.judged_by(target) if code in self.texts)
        inside = (one for text in texts for one in brackets(text))
        return any(wording(written) == wording(one) and is_unit(one) for one in inside)

    def is_share(self, code: str, known: Vocabulary) -> bool:
        """Whether all an indicator asks for are shares."""
        measures = [known.find_measure(name) for name in self.measures(code)]
        return bool(measures) and all(one is not None and one.unit == "percent" for one in measures)

    def measures(self, code: str) -> tuple[str, ...]:
        """The measures an indicator asks for, over all its versions; of a criterion, those of its only indicator."""
        own = next((one.indicators for one in self.pack.criteria if one.code == code), ())
        return tuple(dict.fromkeys(self._asked(own[0].code if len(own) == 1 else code)))

    @cached_property
    def changes(self) -> Mapping[str, tuple[date, ...]]:
        """Days on which the rule of a code changes; under ``""`` those of the whole set."""
        return rules_changed(self.pack)

    def judged_by(self, target: str) -> tuple[str, ...]:
        """The codes judged by what is said of a code or measure: itself and, of a criterion or measure, its own."""
        if target in self.texts:
            return tuple(code for code in self.texts if code == target or code.startswith(f"{target}."))
        return self._by_measure.get(target, ())

    @cached_property
    def _by_measure(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for item in self.pack.coded():
            for name in dict.fromkeys(self._asked(item.code)):
                found[name] = (*found.get(name, ()), item.code)
        return found

    def _asked(self, code: str) -> Iterator[str]:
        for item in (*self.pack.prerequisites, *self.pack.indicators()):
            if item.code == code:
                for root in (item.requires, *(version.requires for version in item.versions)):
                    for _, condition in walk(root):
                        yield from measures_asked(condition)


class Units:
    """Units by name or code, from a register and from what the layout says.

    The register is that of the day of the figures, or of the day the layout names as ``register_of``; ``day`` serves
    where neither is known.
    """

    def __init__(
        self, layout: Layout, ledger: SnapshotBuilder, known: Iterable[Unit] = (), day: date | None = None
    ) -> None:
        self.layout, self.ledger, self._day = layout, ledger, day or REFORM
        self._given = tuple(known)
        self._named = {fold(name): code for name, code in layout.names.items()}
        self._told: dict[tuple[str, str, tuple[int, ...]], Unit | Problem] = {}

    @cached_property
    def _own(self) -> Register | None:
        if self._given:
            by_id = {unit.id: unit for unit in self._given}
            top = {unit.id: unit.name for unit in self._given if unit.level == "province"}
            return Register(
                Listed(
                    unit.id,
                    unit.name,
                    unit.level,
                    unit.parent or "",
                    by_id[unit.parent].name if unit.parent in by_id else "",
                    unit.province or "",
                    top.get(unit.province or "", ""),
                )
                for unit in self._given
            )
        return None

    def _register(self, which: int) -> Register:
        return self._own if self._own is not None else register(ON_RECORD[which])

    def find(self, name: str, around: str = "", days: Iterable[date] = ()) -> Unit:
        """The unit a table means by a name or code, and by the district or province ``around`` it; ``days`` are those
        of its figures.

        Raises:
            SnapshotError: nobody is called so, or several are; a unit that was merged is told with what it became; on
            one of the days the name is another unit's than on another.
        """
        of = self.layout.register_of
        on = (record(of or self._day),) if of or self._given else tuple(sorted({record(day) for day in days}))
        key = (name, around, on)
        if key not in self._told:
            try:
                self._told[key] = self._on_all(name, around, on or (record(self._day),))
            except NtmError as error:
                self._told[key] = error.problems[0]
        found = self._told[key]
        if isinstance(found, Problem):
            raise SnapshotError(found)
        return found

    def has(self, name: str) -> bool:
        """Whether the register has a unit of that name."""
        try:
            self.find(name)
        except SnapshotError as error:
            return error.problems[0].key == "error.layout_units"
        return True

    def _on_all(self, name: str, around: str, on: tuple[int, ...]) -> Unit:
        *others, last = on
        unit = self._find(name, around, last)
        for which in others if fold(name) not in self._named else ():
            try:
                before: Unit | None = self._find(name, around, which)
            except SnapshotError:
                before = None
            grown = last == len(ON_RECORD) - 1 and [fate.how for fate in made_of(unit.id)] != ["whole"]
            if before != unit or grown:
                then = self._register(which).get(before.id) if before else None
                now = self._register(last).get(unit.id)
                said = {"one": ON_RECORD[which], "other": ON_RECORD[last], "name": name}
                raise SnapshotError(Problem("error.unit_changed", **said, then=_full(then), now=_full(now)))
        return unit

    def _find(self, name: str, around: str, which: int) -> Unit:
        known = self._register(which)
        wanted = self._named.get(fold(name), unmarked(name))
        own = {unit.id: unit for unit in self._given}
        named = any(letter.isdigit() for letter in wanted) and " " not in wanted and fold(name) in self._named
        if named and wanted not in own and wanted not in known:
            layout = self.layout
            if layout.level is None:
                raise SnapshotError(Problem("error.layout_names_level", name=name, code=wanted))
            return Unit(
                id=wanted, name=name, level=layout.level, province=layout.province or None, region=layout.region
            )
        if wanted in own:
            return own[wanted]
        within = "" if self._given else self._province(which)
        levels = (self.layout.level,) if self.layout.level else ()
        full = f"{wanted}, {around}" if around and "," not in wanted else wanted
        try:
            listed = known.get(wanted) or known.one(full, levels=levels, within=within)
        except SnapshotError as error:
            unknown = error.problems[0]
            if unknown.key == "error.no_such_unit":
                self._tell_merged(wanted, within, which)
                self._tell_elsewhere(full, within, which)
            key = "error.layout_unit_unknown" if unknown.key == "error.no_such_unit" else "error.layout_units"
            raise SnapshotError(Problem(key, **unknown.params)) from None
        if listed.code in own:
            return own[listed.code]
        return listed.unit(region=self.layout.region, province=self.layout.province)

    def province(self, day: date) -> str:
        """The code of the layout's province on a day."""
        return self._province(record(day))

    def _province(self, which: int) -> str:
        """The province's code, of an id of a bundle ("hatinh"), a name or a code."""
        said = self.layout.province
        if not said or said in self._register(which):
            return said
        found = provinces_of(self.ledger.known.catalogue).find(said, ON_RECORD[which])
        return found.code if found is not None else self._register(which).one(said, levels=("province",)).code

    def _tell_merged(self, name: str, within: str, which: int) -> None:
        """Say what became of a unit that is no more, rather than add its figures to another's."""
        if self._given or ON_RECORD[which] < REFORM:
            return
        old = register(REFORM - timedelta(1)).find(name)
        fates = [fate for one in old for fate in became(one.code) if not within or fate.new.province_code == within]
        if fates:
            told = Text(*("; ".join(fate.text(lang) for fate in fates[:4]) for lang in LANGS))
            raise SnapshotError(Problem("error.unit_merged", name=name, became=told))

    def _tell_elsewhere(self, name: str, within: str, which: int) -> None:
        """Say where else there is a unit of that name: at another level, or on another day."""
        if self._given:
            return
        listed, level = self._register(which).find(name, within=within), self.layout.level
        if listed and level is not None:
            raise SnapshotError(Problem("error.unit_other_level", name=name, names=_named(listed), level=level))
        for number, other in enumerate(ON_RECORD):
            if number != which and (listed := register(other).find(name, within=within)):
                told = {"name": name, "names": _named(listed), "own": self._when(which), "when": self._when(number)}
                raise SnapshotError(Problem("error.unit_other_day", **told))

    def _when(self, which: int) -> Text:
        """When a register holds."""
        span = "units.until" if ON_RECORD[which] < REFORM else "units.since"
        return Text(*(say(span, lang, day=ON_RECORD[which]) for lang in LANGS))


def _named(units: Iterable[Listed]) -> str:
    return "; ".join(map(_full, tuple(units)[:8]))


def _full(unit: Listed | None) -> str:
    return f"{unit.full} ({unit.code})" if unit is not None else "–"


def _telling(said: str) -> str:
    """A wording without the words that half of all indicators share; all of it, where nothing else is in it."""
    return " ".join(word for word in said.split() if word not in _COMMON) or said


@lru_cache(maxsize=1)
def _fuzz() -> Any:
    try:
        from rapidfuzz import fuzz
    except ImportError:
        raise MissingExtraError(Problem("error.needs_layout")) from None
    return fuzz
