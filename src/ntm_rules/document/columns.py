"""The roles of a criteria table's columns: number, criterion, content, and whom each column of values is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from ..normalization import fold
from ..pack.threshold import Row
from ..territory import Group, Level, Region
from .flow import unmarked
from .grid import Grid, heading_rows, numbers_columns
from .requirement import Kind, asked
from .signs import fault

NUMBER, CRITERION, CONTENT, UNIT, VALUE, OTHER, UNKNOWN = (
    "number", "criterion", "content", "unit", "value", "other", "unknown",
)  # fmt: skip
_NUMBERS = {"tt", "stt", "số tt", "số thứ tự", "mã", "mã số"}
_CRITERIA = {"tên tiêu chí", "tiêu chí", "nhóm tiêu chí"}
_CONTENTS = {
    "nội dung tiêu chí", "nội dung", "tên chỉ tiêu", "nội dung chỉ tiêu", "chỉ tiêu/nội dung", "nội dung, chỉ tiêu",
    "tiêu chí, nội dung", "tiêu chí và nội dung", "tiêu chí/nội dung", "tên tiêu chí/nội dung",
    "tên tiêu chí, nội dung", "tiêu chí thành phần", "nội dung tiêu chí thành phần", "tiêu chí, chỉ tiêu",
    "tiêu chí/chỉ tiêu", "nội dung tiêu chí, chỉ tiêu", "yêu cầu nội dung",
}  # fmt: skip
_COMMON = {
    "chỉ tiêu chung", "mức chung", "chỉ tiêu", "mức đạt chuẩn", "mức đạt", "yêu cầu", "chỉ tiêu phải đạt", "tiêu chuẩn",
    "chuẩn", "mức chuẩn", "yêu cầu đạt", "chỉ tiêu đạt chuẩn", "mức độ đạt chuẩn", "yêu cầu đạt chuẩn", "mức yêu cầu",
}  # fmt: skip
_UNITS = {"đơn vị tính", "đơn vị", "đvt"}
_OTHERS = re.compile(
    r"^(?:ghi chú|cơ quan|đơn vị (?:phụ trách|hướng dẫn|chủ trì|phối hợp)|sở, ngành|phụ trách|hướng dẫn|căn cứ"
    r"|(?:hồ sơ|tài liệu)(?:, tài liệu)? (?:minh chứng|kiểm chứng)$|minh chứng$)"
)
# A column that says who looks after a content, or what shows that it is met, and nothing of what is asked.
_LOOKED_AFTER = re.compile(
    r"(?:(?:cơ quan|đơn vị|sở, ngành)"
    r"(?: (?:chủ trì|phối hợp|phụ trách|hướng dẫn|thẩm định|đánh giá|theo dõi)[,/]?(?: và)?)+"
    r"|phụ trách|(?:hồ sơ|tài liệu)(?:, tài liệu)? (?:minh chứng|kiểm chứng)|minh chứng)"
)
# The law's code before a content: "17.1.", "- 17.1".
CODE = re.compile(r"^[-–+•]?\s*(\d{1,2}(?:[.,]\d{1,2})+|[A-ZĐ]{1,3}\.\d{1,2})\s*[.):]?(?:\s+|$)")
# What a province calls its own groups of units by.
_GROUP = re.compile(
    r"^(?:các )?(?:xã|phường|thị trấn|thôn|bản|khu phố|huyện|khu vực|vùng|nhóm|đơn vị|địa bàn|miền núi|đồng bằng)\b"
)
OWN_GROUP = "own_group"
Groups = Mapping[str, Row]
NO_GROUPS: Groups = {}
# A score is what a content counts for, and no level that is asked.
_POINTS = re.compile(r"^(?:số |thang |tổng |tổng số )?điểm\b")


@dataclass(frozen=True)
class Heading:
    """A column of values: the axis rows it is for (none: the common level), its words, its columns' number.

    ``beyond`` are the words of its heading, those it shares with other columns included, that name neither.
    """

    column: int
    words: str
    axes: tuple[Row, ...]
    beyond: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[tuple[Row, ...], ...]:
        """What the column is for, each with a row of every axis: a year's groups are groups of that year."""
        axes = {axis: [row for row in self.axes if row[0] == axis] for axis, _ in self.axes}
        return tuple(product(*axes.values()))


def plain(text: str) -> str:
    return fold(unmarked(text)).strip(" .:*()~\u2298")


def from_heading(grid: Grid) -> tuple[int, Grid | None]:
    """The grid from its heading on; a title may stand in the rows above it."""
    for row in range(min(grid.rows, 12)):
        if is_heading(grid.texts(row)):
            return row, grid.without(range(row))
    return 0, None


def is_heading(texts: Iterable[str]) -> bool:
    """Whether the texts of a row are the heading of a table of criteria."""
    words = {plain(text) for text in texts}
    named = words & (_CRITERIA | _CONTENTS)
    return bool(len(words) > 1 and named and words & (_NUMBERS | _CRITERIA | _CONTENTS | _COMMON))


def heading_height(grid: Grid, own: Groups = NO_GROUPS) -> int:
    height = heading_rows(grid)
    while height < grid.rows - 1:
        # The second row of a heading whose first is not joined down: only regions, groups or years stand in it.
        texts = [cell for cell in grid.row(height) if cell.text]
        if not texts or not all(axes_of(cell.line, own) or plain(cell.line) in _COMMON for cell in texts):
            break
        height += 1
    return height


def path_of(grid: Grid, height: int, column: int) -> str:
    """The words of a column's heading, from above."""
    words = dict.fromkeys(grid.at(row, column).line for row in range(height))
    return " / ".join(word for word in words if word and not re.fullmatch(r"\(?\d{1,2}\)?", word))


def scores(grid: Grid, height: int, column: int) -> bool:
    """Whether a column holds what a content counts for."""
    return any(_POINTS.match(plain(word)) for word in path_of(grid, height, column).split(" / "))


def looked_after(grid: Grid, height: int, column: int) -> bool:
    """Whether a column says who looks after a content, or what shows that it is met."""
    words = path_of(grid, height, column).split(" / ")
    return all(_LOOKED_AFTER.fullmatch(plain(word)) for word in words)


def roles_of(grid: Grid, height: int, own: Groups = NO_GROUPS) -> list[str]:
    """What each column holds, from the words of its heading."""
    roles = []
    for column in range(grid.columns):
        words = [plain(word) for word in path_of(grid, height, column).split(" / ")]
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
    for column, role in enumerate(roles):
        # "Chỉ tiêu" heads what is asked, or the contents: there the law's codes stand in it.
        if role == VALUE and CONTENT not in roles and _coded(grid, height, column):
            roles[column] = CONTENT
    # Where no column is named for contents, the criteria are the contents; a second one of that name is theirs.
    named = [column for column, role in enumerate(roles) if role == CONTENT]
    criteria = [column for column, role in enumerate(roles) if role == CRITERION]
    if not named and criteria:
        roles[criteria[-1]] = CONTENT
    # A content cell joined over two columns: the first is its number, the second its words.
    for column in named[:-1]:
        roles[column] = CRITERION if CRITERION not in roles else OTHER
    _unhead(grid, height, roles, own)
    return roles


def goes_on(above: Grid, below: Grid) -> bool:
    """Whether a table without a heading has contents and levels where the one above has them."""
    _, grid = from_heading(above)
    if grid is None or above.columns != below.columns or from_heading(below)[1] is not None:
        return False
    height = heading_height(grid)
    roles = roles_of(grid, height)
    contents = [column for column, role in enumerate(roles) if role == CONTENT]
    values = {column for column, role in enumerate(roles) if role == VALUE}
    if not contents or not values:
        return False
    cells = [cell for cell in below.cells if cell.text and not numbers_columns(below, cell.row)]
    levels = [asked(cell.line).kind is not Kind.WORDS for cell in cells if cell.column in values]
    texts = [cell for cell in cells if cell.column == contents[-1] and asked(cell.line).kind is Kind.WORDS]
    return bool(texts) and 2 * sum(levels) > len(levels)


def _coded(grid: Grid, height: int, column: int) -> bool:
    """Whether most texts of a column under its heading begin with a code and are no values: "2,5 triệu đồng" is one."""
    texts = [cell.line for cell in grid.cells if cell.column == column and cell.row >= height and cell.text]
    return 2 * sum(bool(CODE.match(text)) and asked(text).kind is Kind.WORDS for text in texts) > len(texts)


def _unhead(grid: Grid, height: int, roles: list[str], own: Groups) -> None:
    """Columns of values whose heading names nothing known, or the same thing twice, are unknown."""
    seen: dict[tuple[Row, ...], int] = {}
    for column, role in enumerate(roles):
        if role != VALUE:
            continue
        axes = _column_axes(grid, height, column, own)
        if axes is None:
            roles[column] = UNKNOWN
        elif axes in seen:
            roles[column] = roles[seen[axes]] = UNKNOWN
        else:
            seen[axes] = column


def headings_of(grid: Grid, height: int, roles: list[str], own: Groups = NO_GROUPS) -> tuple[Heading, ...]:
    """The columns of values."""
    return tuple(
        Heading(
            column,
            path := path_of(grid, height, column),
            _column_axes(grid, height, column, own) or (),
            tuple(word for word in path.split(" / ") if not axes_of(word, own) and plain(word) not in _COMMON),
        )
        for column, role in enumerate(roles)
        if role == VALUE
    )


def own_groups(grid: Grid) -> dict[str, Row]:
    """A province's own groups of units, where the columns of a table are for them: "Xã đồng bằng", "Khu vực I"."""
    _, headed = from_heading(grid)
    if headed is None:
        return {}
    height = heading_height(headed)
    unknown = [column for column, role in enumerate(roles_of(headed, height)) if role == UNKNOWN]
    names = [path_of(headed, height, column).split(" / ")[-1] for column in unknown]
    if len(set(map(letters_of, names))) < max(2, len(names)) or not all(_GROUP.match(plain(name)) for name in names):
        return {}
    return {letters_of(name): (OWN_GROUP, unmarked(name)) for name in names}


def _column_axes(grid: Grid, height: int, column: int, own: Groups) -> tuple[Row, ...] | None:
    """What a column is for: ``()`` for all units alike, ``None`` where its heading cannot be made out."""
    words = [word for word in path_of(grid, height, column).split(" / ") if word]
    if any(map(fault, words)):
        return None
    found: list[Row] = []
    for word in words:
        found += axes_of(word, own)
    if found:
        return tuple(dict.fromkeys(found))
    return () if words and plain(words[-1]) in _COMMON else None


def letters_of(text: str) -> str:
    """A name without what is written in many ways: words that join, commas, the word for a region."""
    return re.sub(r"\b(?:vùng|và)\b|[\W_]", "", fold(unmarked(text)))


_SHORT = {
    "dhntb": Region.DHNTB, "btb": Region.BTB,
    "dhnamtrungbộ": Region.DHNTB, "duyênhảintb": Region.DHNTB, "đbsônghồng": Region.DBSH, "đbsh": Region.DBSH,
    "đbsôngcửulong": Region.DBSCL, "đbscl": Region.DBSCL, "miềnnúiphíabắc": Region.TDMNPB, "tdmnpb": Region.TDMNPB,
    "trungdumiềnnúibắcbộ": Region.TDMNPB, "đnb": Region.DNB,
}  # fmt: skip


def _group_names(group: Group) -> tuple[str, ...]:
    number = int(group.value[-1])
    return (
        group.vi,
        f"nhóm {number}",
        f"nhóm xã {number}",
        f"xã nhóm {'i' * number}",
        f"nhóm {'i' * number}",
        f"xã thuộc nhóm {number}",
    )


_NAMED: dict[str, Row] = {
    **{letters_of(region.vi): ("region", region.value) for region in Region},
    **{key: ("region", region.value) for key, region in _SHORT.items()},
    **{letters_of(name): ("group", group.value) for group in Group for name in _group_names(group)},
    **{letters_of(level.vi): ("level", level.value) for level in Level},
}


def axes_of(text: str, own: Groups = NO_GROUPS) -> tuple[Row, ...]:
    """The regions, groups, levels or years a heading names, and nothing else; none where it says anything more."""
    if "‰" in text:
        return ()
    whole = _NAMED.get(letters_of(text)) or own.get(letters_of(text))
    if whole is not None:
        return (whole,)
    year = re.fullmatch(r"(?:năm\s+|đến năm\s+)?(\d{4})(?:\s*[-–]\s*(\d{4}))?", plain(text))
    if year:
        return (("year", f"{year[1]}-{year[2]}" if year[2] else year[1]),)
    pieces = re.split(r"\s*[,;/&]\s*|\s+và\s+", plain(text))
    names = [_NAMED.get(letters_of(piece)) for piece in pieces]
    if len(pieces) > 1 and all(names):
        found = tuple(name for name in names if name is not None)
        return found if len({axis for axis, _ in found}) == 1 else ()
    return ()
