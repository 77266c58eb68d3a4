"""Tables of criteria: each content with what it asks per region, group, level and year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..normalization import fold, tidy
from ..pack.threshold import Row
from ..quantity.unit import find_unit
from .cells import YEAR, number_of, numbered, told_apart, unbroken, whole_code, year_row
from .columns import (
    CODE,
    CONTENT,
    CRITERION,
    NO_GROUPS,
    NUMBER,
    OTHER,
    UNIT,
    UNKNOWN,
    Groups,
    Heading,
    from_heading,
    heading_height,
    headings_of,
    looked_after,
    path_of,
    roles_of,
    scores,
)  # fmt: skip
from .context import limits, turned, turning
from .document import Document, Table
from .flow import unmarked
from .grid import Cell, Grid
from .requirement import Asked, Kind, asked
from .signs import fault

# Names of levels, as the law grades with them; alone in a table such a word may mean anything.
_LEVELS = {"tốt", "khá", "trung bình", "đạt"}
_COMMENTED = re.compile(r"\[(c\d{1,3})\]")
_BRACKET = re.compile(r"\(([^()]{1,40})\)\s*$")
_SHARE_OF = re.compile(r"tỷ lệ (hộ|thôn|lao động|người dân|trường học|trường)\b")
_SHARED = re.compile(r"(.*\d\s*%)\s+(?:tổng )?(?:số )?(\w+(?: \w+)?)", re.IGNORECASE)
_DASH_NOTE = re.compile(
    r"dấu\s*[(“\"']?\s*[-–—]\s*[)”\"']?\s*(?:là|nghĩa là|:)?\s*(không quy định|không áp dụng|không yêu cầu)"
)


@dataclass(frozen=True)
class Value:
    """What one content asks for one column and year: the cell, the words of all its rows, and what they ask.

    ``look`` is what of the appearance of its cells, of its row's and of its headings' is not understood; ``noted`` the
    marks of what somebody has noted there.
    """

    rows: tuple[Row, ...]
    asked: Asked
    words: str
    guidance: str
    heading: str
    cell: Cell
    look: str = ""
    noted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """A content of a criterion with its values; ``coded`` says whether the law's own code stands there.

    ``turned`` are the sentences around its table, and the rows within, that turn what its values mean; ``beside`` the
    texts of its row that are neither content nor value, each with the role of its column; ``unread`` the heading of
    each column nobody could make out, with what stands there in its row.
    """

    criterion: str
    title: str
    code: str
    coded: bool
    text: str
    values: tuple[Value, ...]
    table: Table
    cell: Cell
    turned: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    unread: tuple[tuple[str, str], ...] = ()

    def value(self, *rows: Row) -> Value | None:
        """The value for exactly these axis rows."""
        return next((value for value in self.values if set(value.rows) == set(rows)), None)


@dataclass(frozen=True)
class CriteriaTable:
    """A table of criteria: its contents in order, and the headings of columns nobody could make out.

    ``across`` are the rows that are no contents, each with its number: names of parts, remarks.
    """

    table: Table
    headings: tuple[Heading, ...]
    unknown: tuple[str, ...]
    contents: tuple[Content, ...]
    across: tuple[tuple[int, str], ...] = ()


def criteria_tables(document: Document, own: Groups = NO_GROUPS, *, unread: bool = False) -> tuple[CriteriaTable, ...]:
    """The tables of criteria of a document, in its order; ``own`` are groups of units that are no one else's.

    With ``unread``, where there is none, also those whose only column of values nobody could make out.
    """
    found = tuple(read for table in document.tables if (read := _read(table, own)) is not None)
    if found or not unread:
        return found
    return tuple(read for table in document.tables if (read := _read(table, own, unread=True)) is not None)


def unknown_columns(document: Document) -> tuple[str, ...]:
    """The headings nobody could make out of tables that have contents, and no other column of values."""
    found: list[str] = []
    for table in document.tables:
        _, grid = from_heading(table.grid)
        if grid is not None:
            height = heading_height(grid)
            roles = roles_of(grid, height)
            found += [_called(grid, height, c) for c, role in enumerate(roles) if role == UNKNOWN and CONTENT in roles]
    return tuple(dict.fromkeys(found))


def _called(grid: Grid, height: int, column: int) -> str:
    """The heading of a column, or its number where it has none."""
    return path_of(grid, height, column) or f"#{column + 1}"


def unread_tables(document: Document, tables: Iterable[CriteriaTable]) -> dict[Table, frozenset[str]]:
    """Tables without a heading that stand under those given and seem to go on with them, with the codes in them."""
    read = [table.table for table in tables]
    found: dict[Table, frozenset[str]] = {}
    for table in document.tables:
        above = any(one.annex == table.annex and one.number < table.number for one in read)
        if above and table not in read and from_heading(table.grid)[1] is None:
            codes = _codes_of(table.grid)
            if codes:
                found[table] = codes
    return found


def _codes_of(grid: Grid) -> frozenset[str]:
    """The codes of contents beside which a level stands."""
    codes = set()
    for row in range(grid.rows):
        texts = [cell.line for cell in grid.row(row) if cell.text]
        levels = {asked(text).kind for text in texts} & {Kind.VALUE, Kind.MET, Kind.DELEGATED}
        codes |= {
            code[1].replace(",", ".")
            for text in texts
            if levels and asked(text).kind is Kind.WORDS
            if (code := CODE.match(unmarked(text)))
        }
    return frozenset(codes)


def _read(table: Table, own: Groups, *, unread: bool = False) -> CriteriaTable | None:
    """A table of criteria; with ``unread`` also one whose only column of values nobody could make out."""
    start, grid = from_heading(table.grid)
    if grid is None:
        return None
    height = heading_height(grid, own)
    roles = roles_of(grid, height, own)
    values = headings_of(grid, height, roles, own)
    unknown = tuple(_called(grid, height, column) for column, role in enumerate(roles) if role == UNKNOWN)
    # A heading that is struck out, or not seen, makes its column none.
    alone = unread and len(unknown) == 1 and not fault(unknown[0])
    if CONTENT not in roles or not (values or alone):
        return None
    reader = _Reader(table, grid, start, height, roles, values)
    return CriteriaTable(table, values, unknown, tuple(reader.contents()), tuple(reader.across))


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
        self.turned = turned(table)
        self.across: list[tuple[int, str]] = []
        self.dash = Kind.NOT_ASKED.value if _DASH_NOTE.search(fold(notes)) else ""

    def contents(self) -> Iterator[Content]:
        """The contents in order; those without a code of their own are numbered within their criterion."""
        found = self._limited([(self._content(rows), part) for rows, part in self._groups()])
        coded = {content.criterion for content in found if content.coded}
        uncoded = Counter(content.criterion for content in found if not content.coded)
        number = Counter[str]()
        for content in found:
            if content.coded or not content.criterion:
                yield content
            elif uncoded[content.criterion] == 1 and content.criterion not in coded:
                yield replace(content, code=content.criterion)
            else:
                number[content.criterion] += 1
                yield replace(content, code=f"{content.criterion}.{number[content.criterion]}")

    def _limited(self, contents: list[tuple[Content, str]]) -> list[Content]:
        """The contents with the rows that turn their values: the part they stand in, a row of one group of units."""
        found: list[Content] = []
        across = ""
        for content, part in contents:
            turned = (*self.turned, *((part,) if turning(part) else ()), *((across,) if across else ()))
            alone = not content.coded and limits(content.text)
            if alone and any(value.asked.kind is Kind.VALUE for value in content.values):
                if found:
                    found[-1] = replace(found[-1], turned=(*found[-1].turned, _quoted(content)))
            elif alone:
                across = content.text
            found.append(replace(content, turned=turned))
        return found

    def _groups(self) -> Iterator[tuple[list[int], str]]:
        """The rows of each content: its own, those its cell is joined over, the years that follow; and its part."""
        group: list[int] = []
        part = ""
        for row in range(self.height, self.grid.rows):
            if self._is_heading(row):
                # A heading said again on a new page ends no content: its years go on below.
                continue
            if self._is_section(row):
                if group:
                    yield group, part
                group = []
                said = " ".join(dict.fromkeys(text for text in self.grid.texts(row) if text))
                part = said or part
                if said:
                    self.across.append((row + self.start, said))
                continue
            cell = self.grid.at(row, self.content)
            more = cell.row < row or not cell.text or YEAR.match(cell.line)
            if group and more:
                group.append(row)
                continue
            if group:
                yield group, part
            group = [row] if cell.text else []
        if group:
            yield group, part

    def _is_heading(self, row: int) -> bool:
        texts = [fold(text) for text in self.grid.texts(row)]
        numbered = [text.strip("() ") for text in texts] == [str(n) for n in range(1, len(texts) + 1)]
        return numbered or texts in self.heading_texts

    def _is_section(self, row: int) -> bool:
        """A row that names a part of the set: one text across, or one beside nothing."""
        filled = [cell for cell in self.grid.row(row) if cell.text]
        if len(filled) < 2 and all(cell.width >= self.grid.columns - 1 for cell in filled):
            return True
        if row + 1 < self.grid.rows and YEAR.match(self.grid.at(row + 1, self.content).line):
            return False
        own = [cell for cell in filled if cell.row == row]
        content = self.grid.at(row, self.content)
        # A text that reaches over the columns of values is said across, beside the number of a criterion.
        columns = [head.column for head in self.headings] or [c for c, r in enumerate(self.roles) if r == UNKNOWN]
        values = [cell for column in columns if (cell := self.grid.at(row, column)) != content]
        if own and content.text and {cell.line for cell in filled} == {content.line}:
            # The same words in every cell are said across the row.
            return True
        return bool(own) and not any(v.text for v in values) and (not content.text or not CODE.match(content.line))

    def _content(self, rows: list[int]) -> Content:
        cell = self.grid.at(rows[0], self.content)
        first, *more = cell.text.split("\n")
        number, title = self._text(rows[0], NUMBER), self._text(rows[0], CRITERION)
        code = CODE.match(unmarked(tidy(first))) or whole_code(unmarked(tidy(first)), number)
        in_number = CODE.match(number)
        written = code or in_number
        year = next((tidy(line) for line in more if YEAR.match(tidy(line))), "")
        words = tidy(" ".join(line for line in (first, *more) if not YEAR.match(tidy(line))))
        text = unmarked(words)
        text = tidy(text[code.end() :]) if code else text
        criterion = numbered(number)
        if written and not criterion.isdigit():
            # Beside the law's own codes a Roman number is a part's.
            criterion = written[1].replace(",", ".").split(".")[0]
        named = re.match(r"^(\d{1,2})[.)]\s+(.*)$", title)
        if named:
            criterion, title = criterion or named[1], named[2]
        unit = self._unit(rows[0], text)
        values = _levelled(tuple(_of_whole(value, text) for value in self._values(rows, year, unit)))
        return Content(
            criterion=criterion,
            title=unmarked(title),
            code=written[1].replace(",", ".") if written else criterion,
            coded=bool(written),
            text=re.sub(r"^[-–+•]\s*", "", text),
            values=values,
            table=self.table,
            cell=self._shifted(cell),
            beside=tuple(dict.fromkeys(self._beside(rows))),
            unread=tuple(self._unread(rows)),
        )

    def _unread(self, rows: list[int]) -> Iterator[tuple[str, str]]:
        """The columns nobody could make out, with the texts of some rows; one that is empty throughout is none."""
        for column, role in enumerate(self.roles):
            below = [self.grid.at(row, column) for row in range(self.height, self.grid.rows)]
            if role == UNKNOWN and any(cell.text for cell in below):
                said = dict.fromkeys(self.grid.at(row, column).line for row in rows)
                yield _called(self.grid, self.height, column), "; ".join(text for text in said if text)

    def _beside(self, rows: list[int]) -> Iterator[tuple[str, str]]:
        """The texts of the columns that hold neither contents nor values; a score counts, and asks nothing."""
        for column, role in enumerate(self.roles):
            if role not in (NUMBER, UNIT, OTHER, UNKNOWN):
                continue
            for row in rows:
                cell = self.grid.at(row, column)
                text = number_of(cell) if role == NUMBER else cell.line
                scored = role == OTHER and scores(self.grid, self.height, column) and re.fullmatch(r"[\d.,]+", text)
                level = role == UNKNOWN and asked(text).kind is not Kind.WORDS
                after = role == OTHER and looked_after(self.grid, self.height, column) and not _says_more(text)
                if text and not scored and not level and not after:
                    yield role, text

    def _text(self, row: int, role: str) -> str:
        cell = next((self.grid.at(row, c) for c, r in enumerate(self.roles) if r == role), None)
        return "" if cell is None else number_of(cell) if role == NUMBER else cell.line

    def _unit(self, row: int, text: str) -> str:
        """The unit the row gives to a bare number: that of its column, or the one in brackets behind its words."""
        bracket = _BRACKET.search(text)
        for written in (self._text(row, UNIT), bracket[1] if bracket else ""):
            if written and (unit := find_unit(written)):
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
                if YEAR.match(said):
                    year = said
                cell = self.grid.at(row, heading.column)
                cells = years.setdefault(year, [])
                if cell not in cells:
                    cells.append(cell)
            for year, cells in years.items():
                yield from self._value(
                    heading, year_row(year), cells, unit, [*self._around(rows, heading.column), *cells]
                )

    def _around(self, rows: list[int], column: int) -> list[Cell]:
        """The cells that say what a value is: its headings, and those of its rows that hold no values."""
        values = {heading.column for heading in self.headings}
        others = [c for c in range(self.grid.columns) if c not in values]
        headings = [self.grid.at(row, column) for row in range(self.height)]
        return [*headings, *(self.grid.at(row, other) for row in rows for other in others)]

    def _value(
        self, heading: Heading, year: tuple[Row, ...], cells: list[Cell], unit: str, seen: list[Cell]
    ) -> Iterator[Value]:
        own, guidance = told_apart(cells, unit)
        words = "\n".join(cell.text for cell in own)
        read = asked(words.replace("\n", " "), dash=self.dash, unit=unit)
        if read.kind is Kind.WORDS:
            read = unbroken(words, read, unit)
        if len([cell for cell in own if cell.text]) > 1:
            read = Asked(Kind.WORDS, tidy(words))
        look = "; ".join(dict.fromkeys(cell.look for cell in seen if cell.look))
        noted = tuple(dict.fromkeys(mark for cell in seen for mark in _COMMENTED.findall(cell.text)))
        for rows in heading.rows:
            yield Value(
                (*year, *rows),
                read,
                tidy(words),
                tidy(" ".join(c.text for c in guidance)),
                heading.words,
                self._shifted(cells[0]),
                look,
                noted,
            )


def _of_whole(value: Value, text: str) -> Value:
    """The value where its cell only says again what the share is of: "≥95% số hộ" of "Tỷ lệ hộ …"."""
    of = _SHARE_OF.match(fold(text))
    said = _SHARED.fullmatch(value.asked.words) if of and value.asked.kind is Kind.WORDS else None
    if of is None or said is None or fold(said[2]) != of[1]:
        return value
    read = asked(said[1])
    return value if read.kind is not Kind.VALUE else replace(value, asked=replace(read, words=value.asked.words))


def _says_more(text: str) -> bool:
    """Whether a text beside a content turns what is asked, or asks something itself."""
    return turning(text) or bool(re.search(r"%|[≥≤<>]|\b(?:mức|trừ|riêng|miễn|giảm|tăng)\b", fold(text)))


def _quoted(content: Content) -> str:
    """A row in its own words, its levels behind them."""
    levels = dict.fromkeys(value.words for value in content.values if value.words)
    return f"{content.text}: {', '.join(levels)}"


def _levelled(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values with "Tốt" and "Khá" as levels, where beside each other nothing but such names and "Đạt" is asked."""
    named = {fold(value.asked.words) for value in values if value.asked.kind in (Kind.WORDS, Kind.MET)}
    if len(named) < 2 or not named <= _LEVELS:
        return values
    return tuple(
        replace(value, asked=replace(value.asked, kind=Kind.LEVEL)) if value.asked.kind is Kind.WORDS else value
        for value in values
    )
