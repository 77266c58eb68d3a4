"""What stands beside the figures of a table and is understood: the closed lists; all else makes them doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..normalization import fold
from ..pack.model import Pack
from ..quantity.unit import find_unit
from .columns import NUMBER, UNIT, from_heading
from .context import around, turning
from .criteria_table import Content, CriteriaTable
from .document import ANNEX, titled
from .flow import unmarked
from .requirement import Kind, asked
from .titles import agree, kinds

# What the parts of a set are named after, beside its criteria.
_SUBJECTS = (
    "quy hoạch", "hạ tầng", "kinh tế", "xã hội", "kinh tế - xã hội", "tổ chức sản xuất", "phát triển", "sản xuất",
    "văn hóa", "giáo dục", "y tế", "môi trường", "cảnh quan", "hệ thống chính trị", "an ninh", "quốc phòng", "thu nhập",
    "an ninh trật tự", "hành chính công", "chuyển đổi số", "khoa học công nghệ", "khoa học và công nghệ",
    "an sinh xã hội",
    "giảm nghèo", "nông thôn", "dịch vụ", "đời sống", "tổ chức", "pháp luật", "quản lý",
)  # fmt: skip
_PREFIX = re.compile(r"^(?:(?:các )?(?:nhóm )?(?:tiêu chí|nội dung)|nhóm)\b(?:\s+về)?\s*")
_JOINS = re.compile(r"\b(?:và|về)\b|[\W_]")
# How high a row that parts a table stands: a letter's part holds those of Roman numbers, these the criteria.
_RANKS = (
    (re.compile(r"^(?:phần|chương|biểu|bảng|mẫu|mục)\s+(?:[ivx]+|\d{1,2}|[a-z])\b[.:)]?\s*|^[a-hđ](?:[.)]|\s)\s*"), 4),
    (re.compile(r"^[ivx]+\s*[.):]?\s+(?:[ivx]+[.)]\s+)?"), 3),
    (re.compile(r"^\d{1,2}\s*[.):]?\s+(?:\d{1,2}[.)]\s+)?"), 1),
)
_UNNUMBERED, _HIGHEST = 2, 5
# A row that begins so says something of the one above it alone.
_REMARK = re.compile(r"^[-–+*(\s]*(?:\(|trong đó|riêng|ghi chú|chú thích|lưu ý|mức trên)")
_NUMBERS = re.compile(
    r"^(?:tiêu chí )?(?:\d{1,2}(?:[.,]\d{1,2})*|[ivx]+|[a-zđ]{1,3}(?:\.\d{1,2})?|[-–—]|\W{0,2})[.):]?$"
)
_TITLE = frozenset(
    re.findall(
        r"\w+",
        "bộ tiêu chí quốc gia về nông thôn mới đạt chuẩn hoàn thành nhiệm vụ xây dựng giai đoạn năm của và trên địa bàn"
        " các chỉ quy định mức nội dung danh mục cấp",
    )
)
_PLACE = re.compile(r"\b(?:tỉnh|thành phố|huyện|thị xã)\s+(?!nông thôn|đạt)[^,;()\d]+?(?=\s+giai đoạn|[,;(]|$)")
_HEADS = re.compile(
    r"(?:(?:các )?(?:nội dung|mức độ|mức|chỉ tiêu|yêu cầu|tiêu chuẩn|chuẩn|quy định|cần đạt|phải đạt|đạt|cụ thể)\b\s*)*"
    r"(?:giai đoạn \d{4}\s*[-–]\s*\d{4})?"
    r"(?:(?:được )?(?:áp dụng )?(?:phân )?(?:theo|đối với|cho|của)\s+)?"
    r"(?:(?:các |từng |mỗi )*(?:nhóm|vùng|khu vực|vùng,? miền|vùng kinh tế - xã hội"
    r"|(?:nhóm )?(?P<unit>xã|phường|huyện|tỉnh)))?"
)
# The head of a decision may stand in the frame of its table too.
_HEAD = (
    "thủ tướng", "chính phủ", "ủy ban", "uỷ ban", "ubnd", "hội đồng", "cộng hòa", "cộng hoà", "độc lập", "số:",
    "quyết định", "căn cứ", "đơn vị tính: %", "(đơn vị tính: %",
)  # fmt: skip
_WITHIN = re.compile(r"^(?:biểu|bảng|mẫu|mục|phần|chương|[ivx]+[.)]|[a-zđ][.)]|\d{1,2}[.)])")
# Who looks after a content, and the papers that say how.
_FIELDS = (
    r"(?:nội vụ|tài chính|nông nghiệp|môi trường|xây dựng|công thương|y tế|giáo dục|đào tạo|tư pháp|khoa học|công nghệ"
    r"|văn hóa|thể thao|du lịch|dân tộc|tôn giáo|tài nguyên|lao động|thương binh|xã hội|thông tin|truyền thông"
    r"|kế hoạch|đầu tư|giao thông vận tải|phát triển nông thôn|quân sự|quốc phòng|công an|nhân dân|phụ nữ|nông dân"
    r"|thanh niên|cựu chiến binh|tổ quốc|việt nam|hợp tác xã|tổ chức|nhà nước|chính phủ"
    r"|tỉnh|huyện|xã|cấp tỉnh|cấp huyện|cấp xã|đảng ủy|tỉnh ủy)"
)
_AGENCY = (
    r"(?:sở|bộ|bộ chỉ huy|ban chỉ huy|phòng|ban|công an|ubnd|ủy ban|uỷ ban|hội|hội liên hiệp|liên minh|mặt trận"
    rf"|ủy ban mặt trận|đoàn|ngân hàng|thủ tướng|văn phòng điều phối)"
    rf"(?:[\s,]+(?:và )?{_FIELDS})*(?:\s+nông thôn mới)?(?: tỉnh| huyện)?"
)
_PAPER = (
    r"(?:quyết định|thông tư|nghị định|nghị quyết|hướng dẫn|công văn|kế hoạch|luật)\s+(?:số\s*:?\s*)?"
    r"\d+\s*/(?:\d{4}/)?[a-zđ\d&-]+(?:\s+ngày \d{1,2}[/-]\d{1,2}[/-]\d{4})?"
    rf"(?:\s+của {_AGENCY})?"
)
_ONE_NOTE = rf"(?:(?:theo )?(?:(?:hướng dẫn|quy định) (?:của|tại) )?(?:{_PAPER}|{_AGENCY}))"
_NOTE = re.compile(rf"(?:{_ONE_NOTE}(?:\s*[,;]\s*(?:và )?|\s+và\s+))*{_ONE_NOTE}[.;]?")
_EMPTY = re.compile(r"[\sx×✓\-–—.]*")


class Words:
    """What a pack's own words make known of the rows, titles and numbers around its figures."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.titles = {criterion.code: _letters(criterion.title.vi) for criterion in pack.criteria}
        texts = [indicator.text.vi for indicator in pack.indicators()]
        self.texts = {_letters(text) for text in texts}
        names = [*(criterion.title.vi for criterion in pack.criteria), *_SUBJECTS]
        known = sorted({fold(name).strip() for name in names}, key=len, reverse=True)
        self.names = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in known))
        self.title = _TITLE | set(re.findall(r"\w+", fold(pack.title.vi)))

    def part(self, text: str) -> bool:
        """Whether a row that parts a table is a criterion, or a group of criteria, of the set."""
        _, plain = _ranked(text)
        if _letters(plain) in self.texts or asked(text).kind is Kind.DELEGATED:
            return True
        plain = _PREFIX.sub("", plain)
        if plain == self._period():
            return True
        if kinds(plain) and kinds(plain) <= kinds(self.pack.title.vi) and self.called(plain):
            return True
        return bool(plain) and not _JOINS.sub("", self.names.sub("", plain))

    def _period(self) -> str:
        start, end = self.pack.valid.start, self.pack.valid.end
        return f"giai đoạn {start.year} - {end.year}" if start and end else ""

    def named(self, content: Content) -> bool:
        """Whether the name of a content's criterion is the pack's, and nothing besides."""
        own = self.titles.get(content.criterion, "")
        said = _letters(_PREFIX.sub("", fold(unmarked(content.title))))
        return not said or not own or said == own or not said.startswith(own)

    def called(self, title: str) -> bool:
        """Whether the title of an annex says that it is a set of criteria, of which and when, and nothing besides."""
        plain = re.split(r"\(?\s*(?:ban hành )?kèm theo", fold(title))[0]
        plain = _PLACE.sub("", plain)
        return agree(title, self.pack) is not False and all(
            word in self.title or re.fullmatch(r"\d+|[ivx]+", word) for word in re.findall(r"\w+", plain)
        )

    def above(self, text: str) -> bool:
        """Whether a text in the frame of a table, above its heading, is a title or a part's name of the set."""
        plain = fold(unmarked(text))
        head = plain.startswith(_HEAD) or "kèm theo" in plain[:40] or _NUMBERS.match(plain)
        return bool(head) or (not turning(text) and (self.heads(text) or self.called(text) or self.part(text)))

    def heads(self, text: str) -> bool:
        """Whether words above columns say that what the set asks stands below, by which units, and nothing besides."""
        plain = fold(unmarked(text)).strip(" .:*()")
        numbers, valid = [int(number) for number in re.findall(r"\d+", plain)], self.pack.valid
        if numbers:
            # A set often takes effect a year into its period.
            own = len(numbers) == 2 and valid.start and valid.end and numbers[0] <= valid.start.year <= numbers[1]
            if not own or not valid.end or numbers[1] != valid.end.year:
                return False
        found = _HEADS.fullmatch(plain)
        units = {level.vi.casefold() for level in self.pack.applies_to}
        return bool(found and (found["unit"] or "") in {"", *units}) or self.called(plain)


def _letters(text: str) -> str:
    return re.sub(r"\b(?:và|về)\b|[\W_]", "", fold(unmarked(text)))


def _ranked(text: str) -> tuple[int, str]:
    plain = " ".join(fold(unmarked(text)).split())
    for pattern, rank in _RANKS:
        found = pattern.match(plain)
        if found:
            rest = plain[found.end() :]
            # The number may stand in a cell of its own and again before the name.
            return rank, rest
    return _UNNUMBERED, plain


def doubted(tables: Iterable[CriteriaTable], pack: Pack) -> tuple[CriteriaTable, ...]:
    """The tables with what is not understood beside each content put to what turns its values."""
    words = Words(pack)
    return tuple(_doubted(table, words) for table in tables)


def _doubted(table: CriteriaTable, words: Words) -> CriteriaTable:
    whole = tuple(_of_table(table, words))
    heads = {head.words: [word for word in head.beyond if not words.heads(word)] for head in table.headings}
    rows = _by_row(table, words)
    contents = []
    for content, across in zip(table.contents, rows, strict=True):
        spanned = [word for value in content.values if value.words for word in heads.get(value.heading, ())]
        said = dict.fromkeys((*content.turned, *whole, *spanned, *across, *_of_row(content, words)))
        contents.append(replace(content, turned=tuple(said)))
    return replace(table, contents=tuple(contents))


def _of_table(table: CriteriaTable, words: Words) -> Iterator[str]:
    """The title of the annex, and headings between it and the table, of which not every word is understood."""
    before = table.table.before
    names = [said for text in before if (said := ANNEX.match(text))]
    title = titled(before)
    if title and agree(title, words.pack) is not False and not words.called(title):
        yield title
    if names and names[-1][2] and names[-1][2] != title and not words.called(names[-1][2]):
        yield names[-1][0]
    grid = table.table.grid
    for text in dict.fromkeys(text for row in range(from_heading(grid)[0]) for text in grid.texts(row)):
        # What stands in the frame above the heading is said of the whole table.
        named = ANNEX.match(text)
        if text and not words.above(named[2] if named else text):
            yield text
    for text in around(table.table):
        if text in before and len(text) < 160 and _WITHIN.match(fold(text)):
            _, plain = _ranked(text)
            if plain and not words.part(text) and not words.called(plain):
                yield text


def _by_row(table: CriteriaTable, words: Words) -> list[list[str]]:
    """For each content the rows across the table that are not understood: the part it stands in, a remark below it."""
    found: list[list[str]] = [[] for _ in table.contents]
    starts = [content.cell.row for content in table.contents]
    standing: dict[str, int] = {}
    across = list(table.across)
    index = 0
    for number, start in enumerate([*starts, None]):
        while index < len(across) and (start is None or across[index][0] < start):
            text = across[index][1]
            index += 1
            rank, plain = _ranked(text)
            known, remark = words.part(text), bool(_REMARK.match(plain))
            height = _HIGHEST if rank == _UNNUMBERED and not known else rank
            if rank > 1 and not remark:
                # A part ends those before it that stand no higher.
                standing = {one: high for one, high in standing.items() if high > height}
            if known:
                continue
            if start is None:
                # Below all contents: the name of an empty part, or said of any of them.
                for one in found if rank <= _UNNUMBERED else ():
                    one.append(text)
                continue
            if number and rank <= _UNNUMBERED and (remark or not text.isupper()):
                found[number - 1].append(text)
            if not remark:
                standing[text] = height
        if start is not None:
            found[number] += standing
    return found


def _of_row(content: Content, words: Words) -> Iterator[str]:
    """What stands in the other cells of a content's row and is not understood."""
    if not words.named(content):
        yield content.title
    for role, text in content.beside:
        plain = fold(unmarked(text)).strip()
        if role == NUMBER:
            known = bool(_NUMBERS.match(plain))
        elif role == UNIT:
            known = _unit_fits(plain, content)
        else:
            continue
        if not known:
            yield text
    yield from unread_notes(content)


def unread_notes(content: Content) -> Iterator[str]:
    """The notes in a content's row that are more than who looks after it, and under which paper."""
    for role, text in content.beside:
        plain = fold(unmarked(text)).strip()
        named = role in (NUMBER, UNIT) or text == content.title
        if not named and not _EMPTY.fullmatch(plain) and not _NOTE.fullmatch(plain):
            yield text


def _unit_fits(text: str, content: Content) -> bool:
    """Whether the unit a row names is that of its figures; a row without figures may name any."""
    units = {part.amount.unit for value in content.values for part in value.asked.parts[:1]} - {""}
    if not text or not units:
        return True
    unit = find_unit(text) or ""
    return bool(unit) and all(one.startswith(unit) or unit.startswith(one) for one in units)
