"""What a table says of itself outside its columns: whose it is, of when, and what its marks mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ..errors import NtmError, Place, Problem
from ..messages import LANGS, Text, say
from ..naming import read_name, spelling
from ..normalization import fold
from ..pack.model import Pack
from ..snapshot.builder import SnapshotBuilder
from ..snapshot.observation import FindingValue
from ..snapshot.unit import Unit
from ..tabular.sheet import letters
from ..territory import Level
from ..units import ON_RECORD, Listed, record, register
from .grid import Grid
from .legends import Sign, is_legend, legend
from .lookup import Units
from .model import SAYING, Column, Layout, Meaning, index
from .period import Period, find_period, names_period, narrowest, periods, whole_year
from .sections import unclear_lines
from .understood import in_title, others
from .words import TICKS, is_signature, mark

_LONGEST, _LONGEST_MARK, _LONGEST_NAME, _NEAR, _BESIDE = 160, 20, 5, 8, 3
_KIND = r"(?:thị xã|xã|phường|thị trấn|đặc khu|huyện|quận|thành phố)"
# A name ends where the next one's kind begins ("xã Kỳ Phú huyện Kỳ Anh"); a number is part of it ("Sơn Kim 2") unless
# it counts what follows ("Kỳ Phú 6 tháng").
_NUMBER = r"\d{1,2}(?=\s*(?:[,.;:()–-]|$)|\s+(?:năm|thuộc|thành phố|tỉnh)\b|\s+" + _KIND + ")"
_UNIT = re.compile(rf"\b{_KIND}\s+(?:(?:(?!\b{_KIND}\s+\w)[^,.;:()\d])+(?:(?<=\s){_NUMBER})?|{_NUMBER})", re.IGNORECASE)
_LABEL = re.compile(rf"\b({_KIND}|tỉnh)\s*:\s*(?=\w)", re.IGNORECASE)
_SMALL = re.compile(r"xã|phường|thị trấn|đặc khu", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"\s(?:(?:năm|tháng)\s*$|quý\s+[IV]+\b|đến\b|tính đến|giai đoạn|theo\b|và\b|thực hiện|số liệu|báo cáo|[-–]\s).*",
    re.IGNORECASE,
)
_NO_UNIT = re.compile(
    r"xã (hội( chủ nghĩa.*)?|viên|đội|giao)$|xã (trên|thuộc)\b|(huyện|quận) (ủy|uỷ|đội)\b"
    r"|(xã|huyện) (nông thôn mới|ntm|đạt chuẩn)\b"
)
_OFFICE = re.compile(r"(?:chi )?(?:sở|cục|ban|phòng|văn phòng|công an|bảo hiểm xã hội|cục thống kê)\b")
_ADDRESSED = re.compile(r"kính gửi|nơi nhận|\(?kèm theo")
_OTHER_PAPER = re.compile(
    r"kèm theo|ban hành|theo (quyết định|công văn|báo cáo|thông tư|nghị quyết)|\d/(qđ|bc|cv|tt|nq|kh)\b"
)


_NOT_MET = re.compile(r"\b(?:chưa|không)\s+(?:\w+\s+)?(?:đạt|hoàn thành|đảm bảo|bảo đảm)\b")
_PLANNED = re.compile(r"\b(?:kế hoạch|dự toán|dự kiến|phấn đấu|đăng ký|dự báo|ước|mục tiêu|giao)\b")
# In the name of a sheet: a word with the marks of Vietnamese, or of a plan without them.
_SHEET = re.compile(r"[^\W\d_]*[^\x00-\x7f]|\b(?:kh|uth|ke hoach|uoc|du kien|dang ky|cu|nhap|mau)(?=\d|\b|_)")
_FORMAL = re.compile(
    r"kính gửi|nơi nhận|\(?\s*kèm theo|căn cứ|số\s*:|đvt|đơn vị(?: tính)?\s*:|-?\s*đơn vị (?:nhận )?báo cáo"
)
_PLACE = re.compile(rf"\b(?:{_KIND}|tỉnh|tp\.|tx\.|tt\.|h\.|x\.|p\.)\s*", re.IGNORECASE)
_SMALL_KIND = re.compile(r"(?:xã|phường|thị trấn|đặc khu|tt\.|x\.|p\.)", re.IGNORECASE)
SMALL = (Level.COMMUNE, Level.WARD, Level.TOWN)
_CHAPTER = re.compile(r"(?:[IVX]+|\d{1,2})[.)]\s")
_SIGNING = re.compile(
    r"(?:người ký\s*:?\s*)?(?:(?:tm|t/m|kt|tl)\b\.?\s*)?(?:ubnd|[uủ][yỷ] ban nhân dân|uỷ ban nhân dân|chủ tịch)\b"
)


class Legend(NamedTuple):
    """What marks mean, and what is not clear of the others."""

    marks: dict[str, Meaning]
    problems: dict[str, Problem]


class Titles:
    """The lines over a table, its letterhead and its legend; what is not clear in them is a doubt."""

    def __init__(
        self, grid: Grid, layout: Layout, pack: Pack, ledger: SnapshotBuilder, known: Iterable[Unit] = ()
    ) -> None:
        self.grid, self.layout, self.pack, self.ledger, self.known = grid, layout, pack, ledger, tuple(known)
        self.doubts: list[Problem] = []
        self.named: tuple[Period, ...] = ()

    @cached_property
    def texts(self) -> list[str]:
        """The lines over the table; of a document's paragraphs those as short as titles are."""
        over = [row for row in self.grid.rows if row < self.layout.heading[0]]
        short = [line for line in self.grid.before if len(line) <= _LONGEST]
        lines = (self.grid.text(row, column) for row in over for column in self.grid.filled(row))
        return [*map(_unlabelled, short), *map(_unlabelled, lines), *([self.grid.name] if self.grid.name else [])]

    def period(self, year: int | None = None) -> tuple[Period | None, int | None]:
        """The period that the titles name, and the year that serves periods without one."""
        # The day a paper was signed, or the decision it goes with, is no day of its figures.
        texts = [text for text in self.texts if not (is_signature(text) or _OTHER_PAPER.search(fold(text)))]
        years = {int(match) for text in texts for match in re.findall(r"\b20\d\d\b", text)}
        own = years.pop() if len(years) == 1 else None
        named = {found: text for text in texts for found in periods(text, own or year)}
        self.named = tuple(named)
        if not named:
            return None, own
        least = narrowest(self.named)
        if least is not None and all(whole_year(text, least) for text in texts):
            return least, own or least.end.year
        self.doubts.append(
            Problem("layout.doubt.periods", texts="; ".join(f"“{text[:60]}”" for text in dict.fromkeys(named.values())))
        )
        return None, own

    def names(self) -> list[str]:
        """The units that the titles and the letterhead name: communes, or where there are none, districts."""
        texts = [*self.grid.letterhead, *self.texts]
        names = [name for text in texts if not _ADDRESSED.match(fold(text)) for name in _named(text)]
        return [name for name in names if _SMALL.match(name)] or names

    def unit(self, days: Sequence[date]) -> Unit | None:
        """The one unit that is named; names are those of the days of the figures."""
        units = Units(self.layout, self.ledger, self.known)
        own = self.names()
        texts = [*self.grid.letterhead, *self.texts]
        around = [name for text in texts for name in _named(text) if name not in own]
        found: dict[str, Unit] = {}
        problems = []
        for name in own:
            for place in ("", *around):
                try:
                    unit = units.find(name, place, days)
                except NtmError as error:
                    problems.append((name, error.problems[0]))
                else:
                    found.setdefault(unit.id, unit)
                    break
        fitting = [unit for unit in found.values() if unit.level in self.pack.applies_to]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = "; ".join(f"{unit.name} ({unit.id})" for unit in fitting)
            self.doubts.append(Problem("layout.doubt.units", names=names))
        elif problems and not found:
            # The shortest is the name itself; others have words after it.
            name, problem = min(problems, key=lambda one: len(one[0]))
            self.doubts.append(Problem("layout.doubt.unit_name", name=name, problem=problem))
        else:
            self.doubts.append(Problem("layout.doubt.unit"))
        return None

    def legend(self) -> Legend:
        """What marks mean, and under ``""`` what an empty cell means, where a legend says so."""
        told: dict[str, tuple[Sign, Text]] = {}
        problems: dict[str, Problem] = {}
        for text, where in self._lines():
            for one in legend(text) if is_legend(text) else ():
                here = Text(*(f"“{text[:80]}”{where.text(lang) and f' ({where.text(lang)})'}" for lang in LANGS))
                first, there = told.setdefault(one.sign, (one, here))
                name = one.sign or Text(*(say("layout.empty_cell", lang) for lang in LANGS))
                if one.meaning is None:
                    problems.setdefault(one.sign, Problem("layout.doubt.legend", mark=name, said=one.said[:80]))
                elif first.meaning is not None and first.meaning != one.meaning:
                    problems[one.sign] = Problem("layout.doubt.legends", mark=name, first=there, other=here)
        marks: dict[str, Meaning] = {}
        for sign, (one, _) in told.items():
            if one.meaning is not None and sign not in problems:
                marks[sign] = one.meaning
        return Legend(marks, problems)

    def _lines(self) -> Iterator[tuple[str, Place]]:
        """Every text in and around the table with its place."""
        yield from ((text, self.grid.place()) for text in self.grid.before)
        for row in self.grid.rows:
            for column in self.grid.filled(row):
                yield self.grid.text(row, column), self.grid.place(row, column)
        yield from ((text, self.grid.place()) for text in self.grid.after)

    @cached_property
    def marks_used(self) -> frozenset[str]:
        """What stands in short cells under the heading, as a mark is written; ``""``: cells may be empty."""
        under = (self.grid.text(*at) for at in self.grid.cells if at.row > self.layout.heading[1])
        short = [text for text in under if len(text) <= _LONGEST_MARK]
        return frozenset({"", *map(mark, short), *map(fold, short)})

    def against_marks(self) -> Problem | None:
        """A title of what is not met, over a table of marks: what a mark means there is not what it means elsewhere."""
        for text in self.texts:
            said = fold(text)
            rest = _NOT_MET.sub("", said)
            if said in map(fold, self.layout.understood):
                continue
            if rest != said and not re.search(r"\bđạt\b", rest):
                return Problem("layout.doubt.title_turned", title=text[:120])
        return None

    def words(self, one: bool = False) -> Iterator[Problem]:
        """What the titles say that is not understood, line by line; of a plan, which holds no results, it is said.

        ``one``: the table is of one unit, and a title of all the district's, or of other communes', is asked about.
        """
        answered = self.layout.understood
        marked = bool(self.marks_used & TICKS)
        places = {text: self.places(text) for text in self.looked_at}
        # Where no unit is known of those that are named, that is what is told.
        known = any(_SMALL.match(name) for names in places.values() for name in names)
        there = [fold(name) for names in places.values() for name in names]
        unknown = [] if known else [name for name in self.names() if not fold(name).startswith(tuple(there))]
        for text in self.looked_at:
            said = _NOT_MET.sub(" ", fold(text)) if marked else text
            left = in_title(said, self.pack, names=(*places[text], *self._of_office(text), *unknown), answered=answered)
            if one and (word := others(said, title=True)) and not any(word in fold(own) for own in answered):
                left = (*left, word)
            if left:
                planned = any(_PLANNED.search(word) for word in left)
                key = "layout.doubt.title_plan" if planned else "layout.doubt.title_words"
                yield Problem(key, title=text[:120], words="; ".join(left))

    @cached_property
    def looked_at(self) -> list[str]:
        """The lines over the table that are its titles: not addresses, papers it goes with, or what was signed."""
        over = [row for row in self.grid.rows if row < self.layout.heading[0]]
        lines = [self.grid.text(row, column) for row in over for column in self.grid.filled(row)]
        short = [line for line in self.grid.before[-_NEAR:] if len(line) <= _LONGEST]
        # Of a document's paragraphs titles are those in capitals or brackets, or that say of when; of its chapters the
        # one it stands in.
        near = short[-_BESIDE:]
        titled = [
            line
            for line in short
            if line == line.upper() or line.startswith("(") or (line in near and names_period(line))
        ]
        chapters = [line for line in titled if _CHAPTER.match(line)]
        lines += [line for line in titled if line not in chapters[:-1]]
        # A sheet's name is often short or in letters without marks; what it says in words is a title.
        lines += [self.grid.name] if _SHEET.search(fold(self.grid.name)) else []
        lines = [_unlabelled(line) for line in lines]
        return [line for line in lines if not (_FORMAL.match(fold(line)) or is_signature(line) or is_legend(line))]

    def places(self, text: str) -> list[str]:
        """The places a line names that there are, each as it is written."""
        found = []
        for begun in _PLACE.finditer(text):
            words = re.split(r"[,.;:()–]", text[begun.end() :])[0].split()[:_LONGEST_NAME]
            for count in range(len(words), 0, -1):
                name = " ".join((begun[0].strip(), *words[:count])).strip(" ,.;:()-–")
                if self._is_place(name):
                    found.append(name)
                    break
        return found

    def _of_office(self, text: str) -> list[str]:
        """The place behind an office's name, which is written without its kind: “SỞ Y TẾ HÀ TĨNH”."""
        words = text.split() if _OFFICE.match(fold(text)) else []
        for count in range(min(4, len(words) - 1), 1, -1):
            tail = " ".join(words[-count:])
            if any(self._is_place(f"{kind} {tail}") for kind in ("tỉnh", "thành phố", "huyện", "thị xã")):
                return [tail]
        return []

    def around(self) -> list[str]:
        """The districts and provinces that the titles and the letterhead name."""
        texts = [text for text in (*self.grid.letterhead, *self.looked_at) if not _ADDRESSED.match(fold(text))]
        names = [name.split(",")[0] for text in texts for name in self.places(text)]
        return [name for name in dict.fromkeys(names) if not _SMALL_KIND.match(name)]

    def elsewhere(self, unit: Unit | None, days: Sequence[date]) -> Problem | None:
        """A district or province in the titles in which the unit, or the layout's province, does not lie."""
        on = {ON_RECORD[record(day)] for day in days} or {*ON_RECORD}
        # A register of one's own says where its units lie; of them the title may only contradict the province.
        province = self.layout.province or _only({one.province for one in self.known if one.province})
        for name in self.around():
            said = read_name(name)
            if unit is not None and not self.known:
                own = [listed for day in on if (listed := register(day).get(unit.id)) is not None]
                if unit.level not in SMALL or not own or any(_lies(listed, said.levels, said.own) for listed in own):
                    continue
                return Problem("layout.doubt.elsewhere", unit=own[0].full, seen=name)
            if province and said.levels == (Level.PROVINCE,):
                units = Units(self.layout.model_copy(update={"province": province}), self.ledger)
                found = {day: register(day).find(name) for day in on}
                if not any(one.code == units.province(day) for day in on for one in found[day]):
                    called = next((one.full for day in on if (one := register(day).get(units.province(day)))), province)
                    return Problem("layout.doubt.elsewhere", unit=called, seen=name)
        return None

    def _is_place(self, name: str) -> bool:
        own = spelling(read_name(name).own)
        if self.layout.unit is not None and own == spelling(read_name(self.layout.unit.name).own):
            return True
        # Districts and provinces are what they are, whether or not one's own register of communes lists them.
        if self.known and _SMALL_KIND.match(name):
            return any(own == spelling(read_name(unit.name).own) for unit in self.known if unit.name)
        return any(register(day).find(name) for day in ON_RECORD)

    def signed_by(self, unit: Unit) -> Problem | None:
        """A commune that has signed the table of another one."""
        rows = (row for row in self.grid.rows if row > self.layout.heading[1])
        under = (self.grid.text(row, column) for row in rows for column in self.grid.filled(row))
        lines = [text for text in (*under, *self.grid.after) if _SIGNING.match(fold(text))]
        names = [name for text in lines for name in _named(text) if _SMALL.match(name)]
        if not names or any(_same(name, unit) for name in names):
            return None
        return Problem("layout.doubt.signed", unit=unit.name, seen=min(names, key=len))


def unseen(grid: Grid, layout: Layout) -> Problem | None:
    """The hidden rows and columns of a table that hold figures, while nobody has said whether they are read."""
    saying = {index(column.column) for column in layout.columns if column.role in SAYING}
    said = [at for at in grid.cells if at.row > layout.heading[1] and at.column in saying]
    rows = sorted({at.row for at in said} & grid.unseen.rows)
    columns = sorted({at.column for at in said} & grid.unseen.columns)
    if layout.hidden or not (rows or columns):
        return None
    named = {"rows": ", ".join(map(str, rows)) or "–", "columns": ", ".join(map(letters, columns)) or "–"}
    return Problem("layout.doubt.hidden", **named)


def beyond(column: Column, period: str, year: int | None) -> bool:
    """Whether a column's period, which gives no year, ends after the day that the table's figures are of."""
    if not column.period or find_period(column.period) is not None:
        return False
    own, day = find_period(column.period, year), find_period(period, year)
    return own is not None and day is not None and own.end.year == day.end.year and own.end > day.end


def days_of(columns: Sequence[Column], period: str, year: int | None) -> list[date]:
    """The last days of the periods that columns of figures are of."""
    found = (find_period(column.period or period, year) for column in columns if column.role in SAYING)
    return [one.end for one in found if one is not None]


def completed(
    grid: Grid, layout: Layout, pack: Pack, ledger: SnapshotBuilder, known: Iterable[Unit] = ()
) -> tuple[Layout, list[Problem]]:
    """A kept layout with what this table says of itself where the layout leaves it open; and where the two contradict
    each other, or nobody says it, the problems."""
    titles = Titles(grid, layout, pack, ledger, known)
    saying = [column for column in layout.columns if column.role in SAYING]
    of_units = layout.rows == "units"
    update: dict[str, object] = {}
    seen, year = titles.period(layout.year)
    problems = [] if all(column.period for column in saying) or layout.period else list(titles.doubts)
    titles.doubts.clear()
    said = find_period(layout.period, layout.year)
    # Where the titles name several, the layout or the call says which one of them is meant.
    fitting = [seen] if seen is not None else titles.named
    if said is not None and fitting and not any(one.start <= said.end <= one.end for one in fitting):
        ends = "; ".join(f"{one.end:%d/%m/%Y}" for one in fitting)
        problems.append(Problem("error.layout_other_period", said=layout.period, seen=ends))
    if layout.year is not None and year is not None and layout.year != year and said is None:
        problems.append(Problem("error.layout_other_period", said=str(layout.year), seen=str(year)))
    if seen is not None and (not layout.period or (said is not None and said.end == seen.end)):
        update["period"] = str(seen)
    update["year"] = layout.year or year
    plan = layout.model_copy(update=update)
    if not of_units and any(not column.of for column in saying):
        if layout.unit is None:
            update["unit"] = titles.unit(days_of(saying, plan.period, plan.year))
            problems += titles.doubts
        elif (names := titles.names()) and not any(_same(name, layout.unit) for name in names):
            problems.append(Problem("error.layout_other_unit", said=layout.unit.name, seen=min(names, key=len)))
    problems += titles.words(one=not of_units and any(not column.of for column in saying))
    for column in saying:
        if beyond(column, plan.period, plan.year):
            problems.append(Problem("layout.doubt.period", heading=f" ({column.column} “{column.heading}”)"))
    problems += unclear_lines(grid, layout.model_copy(update=update), titles)
    own = update.get("unit", layout.unit)
    days = days_of(saying, plan.period, plan.year)
    elsewhere = titles.elsewhere(own if isinstance(own, Unit) and not of_units else None, days)
    if elsewhere is not None:
        problems.append(elsewhere)
    if (hidden := unseen(grid, layout)) is not None:
        problems.append(hidden)
    owner = update.get("unit", layout.unit)
    if not of_units and isinstance(owner, Unit) and not problems and (signed := titles.signed_by(owner)) is not None:
        problems.append(signed)
    told, unclear = titles.legend()
    if (turned := titles.against_marks()) is not None and any(
        sign in titles.marks_used and layout.marks.get(sign) != FindingValue.NOT_MET for sign in TICKS
    ):
        problems.append(turned)
    problems += [
        problem
        for sign, problem in unclear.items()
        if sign in titles.marks_used and sign not in layout.marks and (sign or "empty" not in layout.model_fields_set)
    ]
    known_marks = {**layout.marks, "": layout.empty}
    other = [sign for sign, meaning in told.items() if known_marks.get(sign, meaning) != meaning]
    problems += [Problem("error.layout_other_mark", mark=sign or "–") for sign in other]
    update["marks"] = {**{sign: meaning for sign, meaning in told.items() if sign}, **layout.marks}
    return layout.model_copy(update=update), problems


def _lies(listed: Listed, levels: Sequence[str], own: str) -> bool:
    """Whether a unit lies in a district or province of that kind and name."""
    around = (read_name(place) for place in (listed.parent, listed.province) if place)
    return any(spelling(one.own) == spelling(own) and {*one.levels} & {*levels} for one in around)


def communes(text: str) -> list[str]:
    """The communes, wards and towns that a line names."""
    return [name for name in _named(text) if _SMALL.match(name)]


def saying_same(names: Sequence[str], unit: Unit) -> bool:
    """Whether one of the names is the unit's."""
    return any(_same(name, unit) for name in names)


def _only(found: set[str]) -> str:
    return found.pop() if len(found) == 1 else ""


def _unlabelled(line: str) -> str:
    """“Xã: Kỳ Phú” as “Xã Kỳ Phú”."""
    return _LABEL.sub(r"\1 ", line)


def _same(name: str, unit: Unit) -> bool:
    return not unit.name or spelling(read_name(name).own) == spelling(read_name(unit.name).own)


def _named(text: str) -> list[str]:
    """The units a title may name, each as it is written and without what comes after names."""
    found = [" ".join(name.split()) for name in _UNIT.findall(text)]
    both = [one for name in found for one in (name, _AFTER_NAME.sub("", name))]
    # In a sentence "xã có 9 thôn" names no unit: names begin with a capital.
    return [name for name in dict.fromkeys(both) if not _NO_UNIT.match(fold(name)) and _is_name(name)]


def _is_name(text: str) -> bool:
    own = text.split()[2 if fold(text).startswith(("thị ", "đặc ", "thành phố ")) else 1 :]
    return any(word[:1].isupper() or word.isdigit() for word in own)
