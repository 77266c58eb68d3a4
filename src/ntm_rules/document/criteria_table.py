"""Tables of criteria: the roles of their columns, and each content with what it asks per region, group, level, year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..errors import QuantityError
from ..pack.threshold import Row
from ..quantity import unit_named
from ..territory import Group, Level, Region
from ..typed import fold, tidy
from .document import Document, Table
from .flow import unmarked
from .grid import Cell, Grid
from .joining import heading_rows
from .requirement import Asked, Kind, asked

NUMBER, CRITERION, CONTENT, UNIT, VALUE, OTHER, UNKNOWN = (
    "number", "criterion", "content", "unit", "value", "other", "unknown",
)  # fmt: skip
_NUMBERS = {"tt", "stt", "số tt", "số thứ tự", "mã", "mã số"}
_CRITERIA = {"tên tiêu chí", "tiêu chí", "nhóm tiêu chí"}
_CONTENTS = {
    "nội dung tiêu chí", "nội dung", "tên chỉ tiêu", "nội dung chỉ tiêu", "chỉ tiêu/nội dung", "nội dung, chỉ tiêu",
    "tiêu chí, chỉ tiêu", "tiêu chí/chỉ tiêu", "nội dung tiêu chí, chỉ tiêu", "yêu cầu nội dung",
}  # fmt: skip
_COMMON = {
    "chỉ tiêu chung", "chỉ tiêu", "mức đạt chuẩn", "mức đạt", "yêu cầu", "chỉ tiêu phải đạt", "tiêu chuẩn", "chuẩn",
    "mức chuẩn", "yêu cầu đạt", "chỉ tiêu đạt chuẩn", "mức độ đạt chuẩn", "yêu cầu đạt chuẩn", "mức yêu cầu",
}  # fmt: skip
_UNITS = {"đơn vị tính", "đơn vị", "đvt"}
_OTHERS = re.compile(
    r"^(?:ghi chú|cơ quan|đơn vị (?:phụ trách|hướng dẫn|chủ trì)|sở, ngành|phụ trách|hướng dẫn|căn cứ)"
)
_GUIDED = re.compile(r"^(.+[.;])\s+(\S[^.;]* hướng dẫn;[^.;]+\.?)$", re.IGNORECASE)
# A score is what a content counts for, and no level that is asked.
_POINTS = re.compile(r"^(?:số |thang |tổng |tổng số )?điểm\b")
# Names of levels, as the law grades with them; alone in a table such a word may mean anything.
_LEVELS = {"tốt", "khá", "trung bình", "đạt"}
_CODE = re.compile(r"^[-–+•]?\s*(\d{1,2}(?:[.,]\d{1,2})+|[A-ZĐ]{1,3}\.\d{1,2})\s*[.):]?(?:\s+|$)")
_YEAR = re.compile(r"^[-–+•]?\s*(?:đến\s+)?(?:năm\s+)(\d{4})(?:\s*[-–]\s*(\d{4}))?\s*:?$", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]{1,40})\)\s*$")
_DASH_NOTE = re.compile(
    r"dấu\s*[(“\"']?\s*[-–—]\s*[)”\"']?\s*(?:là|nghĩa là|:)?\s*(không quy định|không áp dụng|không yêu cầu)"
)


@dataclass(frozen=True)
class Heading:
    """A column of values: the axis rows it is for (none: the common level), its words, its columns' number."""

    column: int
    words: str
    axes: tuple[Row, ...]


@dataclass(frozen=True)
class Value:
    """What one content asks for one column and year: the cell, the words of all its rows, and what they ask."""

    rows: tuple[Row, ...]
    asked: Asked
    words: str
    guidance: str
    heading: str
    cell: Cell


@dataclass(frozen=True)
class Content:
    """A content of a criterion with its values; ``coded`` says whether the law's own code stands there."""

    criterion: str
    title: str
    code: str
    coded: bool
    text: str
    values: tuple[Value, ...]
    table: Table
    cell: Cell

    def value(self, *rows: Row) -> Value | None:
        """The value for exactly these axis rows."""
        return next((value for value in self.values if set(value.rows) == set(rows)), None)


@dataclass(frozen=True)
class CriteriaTable:
    """A table of criteria: its contents in order, and the headings of columns nobody could make out."""

    table: Table
    headings: tuple[Heading, ...]
    unknown: tuple[str, ...]
    contents: tuple[Content, ...]


def criteria_tables(document: Document) -> tuple[CriteriaTable, ...]:
    """The tables of criteria of a document, in its order."""
    return tuple(read for table in document.tables if (read := _read(table)) is not None)


def _read(table: Table) -> CriteriaTable | None:
    start, grid = _from_heading(table.grid)
    if grid is None:
        return None
    height = _heading_height(grid)
    roles = _roles(grid, height)
    values = _headings(grid, height, roles)
    if CONTENT not in roles or not values:
        return None
    return CriteriaTable(
        table,
        values,
        tuple(_path(grid, height, column) for column, role in enumerate(roles) if role == UNKNOWN),
        tuple(_Reader(table, grid, start, height, roles, values).contents()),
    )


def _from_heading(grid: Grid) -> tuple[int, Grid | None]:
    """The grid from its heading on; a title may stand in the rows above it."""
    for row in range(min(grid.rows, 12)):
        words = {_plain(text) for text in grid.texts(row)}
        if len(words) > 1 and words & (_CRITERIA | _CONTENTS) and words & (_NUMBERS | _CRITERIA | _CONTENTS | _COMMON):
            return row, grid.without(range(row))
    return 0, None


def _heading_height(grid: Grid) -> int:
    height = heading_rows(grid)
    while height < grid.rows - 1:
        # The second row of a heading whose first is not joined down: only regions, groups or years stand in it.
        texts = [cell for cell in grid.row(height) if cell.text]
        if not texts or not all(_axes(cell.line) or _plain(cell.line) in _COMMON for cell in texts):
            break
        height += 1
    return height


def _plain(text: str) -> str:
    return fold(unmarked(text)).strip(" .:*()")


def _path(grid: Grid, height: int, column: int) -> str:
    """The words of a column's heading, from above."""
    words = dict.fromkeys(grid.at(row, column).line for row in range(height))
    return " / ".join(word for word in words if word and not re.fullmatch(r"\(?\d{1,2}\)?", word))


def _roles(grid: Grid, height: int) -> list[str]:
    roles = []
    for column in range(grid.columns):
        words = [_plain(word) for word in _path(grid, height, column).split(" / ")]
        last = words[-1]
        if last in _NUMBERS:
            role = NUMBER
        elif last in _CONTENTS:
            role = CONTENT
        elif last in _CRITERIA:
            role = CRITERION
        elif last in _UNITS:
            role = UNIT
        elif _OTHERS.match(last) or any(_POINTS.match(word) for word in words):
            role = OTHER
        else:
            role = VALUE
        roles.append(role)
    # Where no column is named for contents, the criteria are the contents; a second one of that name is theirs.
    named = [column for column, role in enumerate(roles) if role == CONTENT]
    criteria = [column for column, role in enumerate(roles) if role == CRITERION]
    if not named and criteria:
        roles[criteria[-1]] = CONTENT
    # A content cell joined over two columns: the first is its number, the second its words.
    for column in named[:-1]:
        roles[column] = CRITERION if CRITERION not in roles else OTHER
    _unhead(grid, height, roles)
    return roles


def _unhead(grid: Grid, height: int, roles: list[str]) -> None:
    """Columns of values whose heading names nothing known, or the same thing twice, are unknown."""
    seen: dict[tuple[Row, ...], int] = {}
    for column, role in enumerate(roles):
        if role != VALUE:
            continue
        axes = _column_axes(grid, height, column)
        if axes is None:
            roles[column] = UNKNOWN
        elif axes in seen:
            roles[column] = roles[seen[axes]] = UNKNOWN
        else:
            seen[axes] = column


def _headings(grid: Grid, height: int, roles: list[str]) -> tuple[Heading, ...]:
    return tuple(
        Heading(column, _path(grid, height, column), _column_axes(grid, height, column) or ())
        for column, role in enumerate(roles)
        if role == VALUE
    )


def _column_axes(grid: Grid, height: int, column: int) -> tuple[Row, ...] | None:
    """What a column is for: ``()`` for all units alike, ``None`` where its heading cannot be made out."""
    words = [word for word in _path(grid, height, column).split(" / ") if word]
    found: list[Row] = []
    for word in words:
        found += _axes(word)
    if found:
        return tuple(dict.fromkeys(found))
    return () if words and _plain(words[-1]) in _COMMON else None


def _letters(text: str) -> str:
    """A name without what is written in many ways: words that join, commas, the word for a region."""
    return re.sub(r"\b(?:vùng|và)\b|[\W_]", "", fold(unmarked(text)))


_SHORT = {
    "dhnamtrungbộ": Region.DHNTB, "duyênhảintb": Region.DHNTB, "đbsônghồng": Region.DBSH, "đbsh": Region.DBSH,
    "đbsôngcửulong": Region.DBSCL, "đbscl": Region.DBSCL, "miềnnúiphíabắc": Region.TDMNPB, "tdmnpb": Region.TDMNPB,
    "trungdumiềnnúibắcbộ": Region.TDMNPB, "đnb": Region.DNB,
}  # fmt: skip
_NAMED: dict[str, Row] = {
    **{_letters(region.vi): ("region", region.value) for region in Region},
    **{key: ("region", region.value) for key, region in _SHORT.items()},
    **{_letters(name): ("group", group.value) for group in Group for name in (group.vi, f"nhóm {group.value[-1]}")},
    **{_letters(level.vi): ("level", level.value) for level in Level},
}


def _axes(text: str) -> tuple[Row, ...]:
    """The regions, groups, levels or years a heading names, and nothing else; none where it says anything more."""
    whole = _NAMED.get(_letters(text))
    if whole is not None:
        return (whole,)
    year = re.fullmatch(r"(?:năm\s+|đến năm\s+)?(\d{4})(?:\s*[-–]\s*(\d{4}))?", _plain(text))
    if year:
        return (("year", f"{year[1]}-{year[2]}" if year[2] else year[1]),)
    pieces = re.split(r"\s*[,;/&]\s*|\s+và\s+", _plain(text))
    names = [_NAMED.get(_letters(piece)) for piece in pieces]
    if len(pieces) > 1 and all(names):
        found = tuple(name for name in names if name is not None)
        return found if len({axis for axis, _ in found}) == 1 else ()
    return ()


class _Reader:
    """Reads the rows under a heading into contents."""

    def __init__(
        self, table: Table, grid: Grid, start: int, height: int, roles: list[str], values: tuple[Heading, ...]
    ) -> None:
        self.table, self.grid, self.start, self.height = table, grid, start, height
        self.roles, self.headings = roles, values
        self.content = max(column for column, role in enumerate(roles) if role == CONTENT)
        self.heading_texts = [[fold(t) for t in grid.texts(row)] for row in range(height)]
        notes = " ".join((*table.after, *table.before))
        self.dash = Kind.NOT_ASKED.value if _DASH_NOTE.search(fold(notes)) else ""

    def contents(self) -> Iterator[Content]:
        """The contents in order; those without a code of their own are numbered within their criterion."""
        found = [self._content(rows) for rows in self._groups()]
        for content in found:
            same = [c for c in found if c.criterion == content.criterion and not c.coded]
            if content.coded or not content.criterion:
                yield content
            elif len(same) == 1 and not any(c.coded for c in found if c.criterion == content.criterion):
                yield replace(content, code=content.criterion)
            else:
                yield replace(content, code=f"{content.criterion}.{same.index(content) + 1}")

    def _groups(self) -> Iterator[list[int]]:
        """The rows of each content: its own, those its cell is joined over, the years that follow."""
        group: list[int] = []
        for row in range(self.height, self.grid.rows):
            if self._is_heading(row) or self._is_section(row):
                if group:
                    yield group
                group = []
                continue
            cell = self.grid.at(row, self.content)
            more = cell.row < row or not cell.text or _YEAR.match(cell.line)
            if group and more:
                group.append(row)
                continue
            if group:
                yield group
            group = [row] if cell.text else []
        if group:
            yield group

    def _is_heading(self, row: int) -> bool:
        texts = [fold(text) for text in self.grid.texts(row)]
        numbered = [text.strip("() ") for text in texts] == [str(n) for n in range(1, len(texts) + 1)]
        return numbered or texts in self.heading_texts

    def _is_section(self, row: int) -> bool:
        """A row that names a part of the set: one text across, or one beside nothing."""
        filled = [cell for cell in self.grid.row(row) if cell.text]
        if len(filled) < 2 and all(cell.width >= self.grid.columns - 1 for cell in filled):
            return True
        if row + 1 < self.grid.rows and _YEAR.match(self.grid.at(row + 1, self.content).line):
            return False
        own = [cell for cell in filled if cell.row == row]
        values = [self.grid.at(row, heading.column) for heading in self.headings]
        content = self.grid.at(row, self.content)
        return bool(own) and not any(v.text for v in values) and (not content.text or not _CODE.match(content.line))

    def _content(self, rows: list[int]) -> Content:
        cell = self.grid.at(rows[0], self.content)
        first, *more = cell.text.split("\n")
        number, title = self._text(rows[0], NUMBER), self._text(rows[0], CRITERION)
        code = _CODE.match(unmarked(tidy(first))) or _whole_code(unmarked(tidy(first)), number)
        in_number = _CODE.match(number)
        written = code or in_number
        year = next((tidy(line) for line in more if _YEAR.match(tidy(line))), "")
        words = tidy(" ".join(line for line in (first, *more) if not _YEAR.match(tidy(line))))
        text = unmarked(words)
        text = tidy(text[code.end() :]) if code else text
        criterion = _numbered(number) or (written[1].replace(",", ".").split(".")[0] if written else "")
        named = re.match(r"^(\d{1,2})[.)]\s+(.*)$", title)
        if named:
            criterion, title = criterion or named[1], named[2]
        unit = self._unit(rows[0], text)
        values = _levelled(tuple(self._values(rows, year, unit)))
        return Content(
            criterion=criterion,
            title=unmarked(title),
            code=written[1].replace(",", ".") if written else criterion,
            coded=bool(written),
            text=re.sub(r"^[-–+•]\s*", "", text),
            values=values,
            table=self.table,
            cell=self._shifted(cell),
        )

    def _text(self, row: int, role: str) -> str:
        return next((self.grid.at(row, c).line for c, r in enumerate(self.roles) if r == role), "")

    def _unit(self, row: int, text: str) -> str:
        """The unit the row gives to a bare number: that of its column, or the one in brackets behind its words."""
        bracket = _BRACKET.search(text)
        for written in (self._text(row, UNIT), bracket[1] if bracket else ""):
            try:
                unit = unit_named(written) if written else ""
            except QuantityError:
                continue
            if unit:
                return unit
        return ""

    def _shifted(self, cell: Cell) -> Cell:
        return replace(cell, row=cell.row + self.start)

    def _values(self, rows: list[int], first_year: str, unit: str) -> Iterator[Value]:
        for heading in self.headings:
            years: dict[str, list[Cell]] = {}
            year = first_year
            for row in rows:
                said = self.grid.at(row, self.content).line
                if _YEAR.match(said):
                    year = said
                cell = self.grid.at(row, heading.column)
                cells = years.setdefault(year, [])
                if cell not in cells:
                    cells.append(cell)
            for year, cells in years.items():
                yield from self._value(heading, _year(year), cells, unit)

    def _value(self, heading: Heading, year: tuple[Row, ...], cells: list[Cell], unit: str) -> Iterator[Value]:
        own, guidance = self._told_apart(cells, unit)
        words = "\n".join(cell.text for cell in own)
        read = asked(words.replace("\n", " "), dash=self.dash, unit=unit)
        if len([cell for cell in own if cell.text]) > 1:
            read = Asked(Kind.WORDS, tidy(words))
        for axis in heading.axes or ((),):
            rows = (*year, *((axis,) if axis else ()))
            yield Value(
                rows,
                read,
                tidy(words),
                tidy(" ".join(c.text for c in guidance)),
                heading.words,
                self._shifted(cells[0]),
            )

    def _told_apart(self, cells: list[Cell], unit: str) -> tuple[list[Cell], list[Cell]]:
        """The cells that say the level, and those under them that say who guides."""
        filled = [piece for cell in cells if cell.text for piece in _pieces(cell)] or cells[:1]
        first, rest = filled[:1], filled[1:]
        guidance = [cell for cell in rest if asked(cell.line, unit=unit).kind in (Kind.DELEGATED, Kind.WORDS)]
        return [*first, *(cell for cell in rest if cell not in guidance)], guidance


def _pieces(cell: Cell) -> list[Cell]:
    """A cell of prose whose last sentence says who guides, as the two it might as well be."""
    split = _GUIDED.match(cell.line)
    if split and asked(split[2]).kind is Kind.DELEGATED and asked(split[1]).kind is Kind.WORDS:
        return [replace(cell, text=split[1]), replace(cell, text=split[2])]
    return [cell]


def _levelled(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values with "Tốt" and "Khá" as levels, where beside each other nothing but such names and "Đạt" is asked."""
    named = {fold(value.asked.words) for value in values if value.asked.kind in (Kind.WORDS, Kind.MET)}
    if len(named) < 2 or not named <= _LEVELS:
        return values
    return tuple(
        replace(value, asked=replace(value.asked, kind=Kind.LEVEL)) if value.asked.kind is Kind.WORDS else value
        for value in values
    )


def _year(text: str) -> tuple[Row, ...]:
    match = _YEAR.match(text)
    if match is None:
        return ()
    return (("year", f"{match[1]}-{match[2]}" if match[2] else match[1]),)


def _whole_code(text: str, number: str) -> re.Match[str] | None:
    """The number of the criterion written again before its only content: "10. Thu nhập …"."""
    match = re.match(r"^[-–+•]?\s*(\d{1,2})\s*[.):]?\s+", text)
    return match if match and match[1] == _numbered(number) else None


def _numbered(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})\.?", text.strip())
    return match[1] if match else ""
