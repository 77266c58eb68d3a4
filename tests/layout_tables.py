"""Snapshots written out as offices' tables, with the noise that offices add: for tests of reading them back."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

import docx
import openpyxl

import ntm_rules as ntm
from ntm_rules.layout import Layout, Proposal, Read, propose, read_table
from ntm_rules.layout.grid import At, Grid
from ntm_rules.layout.lookup import Items
from ntm_rules.pack.catalogue import installed
from ntm_rules.quantity.amount import Amount
from ntm_rules.quantity.number import format_number
from ntm_rules.quantity.unit import unit_label
from ntm_rules.snapshot.builder import SnapshotBuilder
from ntm_rules.snapshot.cells import SnapshotWarning
from ntm_rules.snapshot.observation import FindingValue
from ntm_rules.snapshot.vocabulary import Vocabulary
from ntm_rules.tabular.sheet import Content, Number, Span

PACK = ntm.load_pack("vn/commune@2021-2025")
ITEMS = Items(PACK)
NAMES = ("An Bình", "Bình Minh", "Cát Tường", "Đồng Tâm", "Hòa Lạc", "Kỳ Phú")
UNITS = tuple(
    ntm.Unit(id=f"9000{n}", name=f"Xã {name}", level="commune", province="hatinh", region="btb")
    for n, name in enumerate(NAMES, 1)
)
DAY = "30/06/2024"
WORDS = {FindingValue.MET: "Đạt", FindingValue.NOT_MET: "Chưa đạt", FindingValue.NOT_APPLICABLE: "Không áp dụng"}
Fact = Decimal | FindingValue
MEASURED = {
    item.code: measures[0]
    for item in PACK.indicators()
    if len(measures := ITEMS.measures(item.code)) == 1 and installed().measures[measures[0]].unit == "percent"
}
JUDGED = [item.code for item in PACK.indicators() if not ITEMS.measures(item.code)]
CRITERIA = [criterion.code for criterion in PACK.criteria]
Said = dict[tuple[str, str], dict[str, object]]


def looked_at(grid: Grid, **asked: object) -> tuple[Proposal, SnapshotBuilder]:
    ledger = SnapshotBuilder(Vocabulary(installed(), (), "error"), None)
    return propose(grid, PACK, ledger, UNITS, **asked), ledger


def read(
    grid: Grid, layout: Layout | None = None, *, strict: bool = True, **asked: object
) -> tuple[Said, Read, SnapshotBuilder]:
    """What a table says by unit and day: values by measure, findings by code."""
    proposal, ledger = looked_at(grid, **asked)
    plan = layout or proposal.layout
    assert plan is not None
    assert layout is not None or not proposal.doubts, proposal.text(grid, "en")
    with warnings.catch_warnings():
        warnings.simplefilter("error" if strict else "always", SnapshotWarning)
        if strict:
            # A half-year with the day on which the set sends communes to other regions is told so, and rightly.
            warnings.filterwarnings("ignore", r".*inside the period, on 2024-03-01", SnapshotWarning)
        done = read_table(grid, plan, PACK, ledger, UNITS)
    return found_in(ledger.finish()), done, ledger


def found_in(snapshots: Iterable[ntm.Snapshot]) -> Said:
    said: Said = {}
    for snapshot in snapshots:
        facts = said.setdefault((snapshot.unit.id, snapshot.as_of.isoformat()), {})
        facts.update({name: one.value.value for name, (one,) in snapshot.measures.items()})
        facts.update({code: one.finding for codes in snapshot.findings.values() for code, (one,) in codes.items()})
    return said


def small(*rows: list[object]) -> Grid:
    cells = {At(r, c): str(cell) for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if cell is not None}
    return Grid("bieu.xlsx", "Biểu", cells)


@dataclass
class Table:
    """A table as it is being written."""

    rng: Random
    cells: dict[At, Content] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    row: int = 1

    def put(self, column: int, content: Content | None, row: int = 0) -> None:
        if content is not None and content != "":
            self.cells[At(row or self.row, column)] = content

    def line(self, *contents: Content | None) -> None:
        for column, content in enumerate(contents, 1):
            self.put(column, content)
        self.row += 1

    def grid(self) -> Grid:
        return Grid("bieu.xlsx", "Biểu", self.cells, self.spans)

    def number(self, value: Decimal) -> Content:
        """A number as one of the ways people type it."""
        if self.rng.random() < 0.5:
            return Number(Amount(value), f"{value:f}")
        return format_number(value, "vi") + self.rng.choice(["", "%", " %"])

    def titles(self, *lines: str) -> None:
        for line in (*lines, f"(Số liệu đến ngày {DAY})"):
            self.line(line)
        if self.rng.random() < 0.5:
            self.row += 1

    def signatures(self) -> None:
        if self.rng.random() < 0.7:
            self.row += 1
            self.line(None, "Người lập biểu", None, "TM. ỦY BAN NHÂN DÂN")
            self.line(None, "(Ký, ghi rõ họ tên)", None, "CHỦ TỊCH")

    def text(self, code: str) -> str:
        """An indicator's wording, as typed: other capitals, a footnote, a line break."""
        words = ITEMS.texts[code]
        return self.rng.choice([words, words.replace(" ", "\n", 1), words + " (*)", words[:1].lower() + words[1:]])


def result(table: Table, fact: Fact | None) -> Content | None:
    return None if fact is None else WORDS[fact] if isinstance(fact, FindingValue) else table.number(fact)


def form(facts: dict[str, Fact], marks: dict[str, FindingValue], unit: ntm.Unit, rng: Random) -> Grid:
    """(a) The self-assessment of one unit: result and mark in two columns, one below each criterion."""
    table = Table(rng)
    table.titles("KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ", unit.name.upper() if rng.random() < 0.3 else unit.name)
    two = rng.random() < 0.5
    table.line(
        "TT",
        "Tên tiêu chí",
        "Nội dung",
        "Chỉ tiêu",
        "Kết quả",
        *(["Tự đánh giá", None] if two else ["Đánh giá"]),
        "Ghi chú",
    )
    if two:
        head = table.row - 1
        for column in (1, 2, 3, 4, 5, 8):
            table.spans.append(Span(head, column, head + 1, column))
        table.spans.append(Span(head, 6, head, 7))
        table.put(6, "Đạt")
        table.put(7, "Chưa đạt")
        table.row += 1
    if rng.random() < 0.5:
        table.line(*(f"({n})" for n in range(1, 9 if two else 8)))
    met = dict.fromkeys(FindingValue, 0)
    last = ""
    for code in sorted({*facts, *marks}, key=lambda one: [int(part) for part in one.split(".") if part.isdigit()]):
        criterion = code.partition(".")[0]
        if criterion != last and rng.random() < 0.3:
            table.line("ABCDEFGHIJ"[rng.randrange(10)], f"NHÓM {criterion}")
        first = criterion != last
        last = criterion
        table.put(1, code)
        table.put(2, ITEMS.titles.get(criterion, "") if first else None)
        table.put(3, table.text(code))
        table.put(4, "≥ 90%" if isinstance(facts.get(code), Decimal) else "Đạt")
        table.put(5, result(table, facts.get(code)))
        mark = marks.get(code)
        if mark is not None:
            met[mark] += 1
            if two:
                table.put(6 if mark is FindingValue.MET else 7, rng.choice(["x", "X", "x (1)"]))
            else:
                table.put(6, WORDS[mark])
        if rng.random() < 0.2:
            table.put(8 if two else 7, "QĐ 12")
        table.row += 1
    if two and rng.random() < 0.5:
        table.line("Cộng", None, None, None, None, str(met[FindingValue.MET]), str(met[FindingValue.NOT_MET]))
    table.signatures()
    return table.grid()


def matrix(found: dict[str, dict[str, FindingValue]], codes: list[str], units: list[ntm.Unit], rng: Random) -> Grid:
    """(b) Units in rows, criteria in columns, marks explained in a legend."""
    table = Table(rng)
    table.titles("BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ")
    head = table.row
    table.put(1, "TT")
    table.put(2, "Tên xã")
    table.put(3, "Kết quả theo từng tiêu chí")
    table.put(3 + len(codes), "Tổng số tiêu chí đạt")
    for column in (1, 2, 3 + len(codes)):
        table.spans.append(Span(head, column, head + 2, column))
    if len(codes) > 1:
        table.spans.append(Span(head, 3, head, 2 + len(codes)))
    for n, code in enumerate(codes):
        table.put(3 + n, code if rng.random() < 0.5 else Number(Amount(Decimal(code)), code), head + 1)
        table.put(3 + n, ITEMS.titles[code], head + 2)
    table.row = head + 3
    sign = rng.choice(["x", "Đ", "+", "✓"])
    bad = rng.choice(["K", "CĐ", "o"])
    if rng.random() < 0.4:
        table.line("I", "Khu vực đồng bằng")
    for n, unit in enumerate(units, 1):
        table.put(1, str(n))
        table.put(2, rng.choice([unit.name, unit.name.replace("Xã", "X."), unit.name.lower()]))
        said = found[unit.id]
        for column, code in enumerate(codes, 3):
            if code in said:
                table.put(column, sign if said[code] is FindingValue.MET else bad)
        table.put(3 + len(codes), str(sum(one is FindingValue.MET for one in said.values())))
        table.row += 1
    if rng.random() < 0.5:
        counts = [str(sum(found[u.id].get(code) is FindingValue.MET for u in units)) for code in codes]
        table.line("Cộng", None, *counts)
    table.line(f"Ghi chú: {sign}: đạt; {bad}: chưa đạt; để trống: chưa có số liệu.")
    table.signatures()
    return table.grid()


def across(facts: dict[str, dict[str, Fact]], codes: list[str], units: list[ntm.Unit], rng: Random) -> Grid:
    """(c) Indicators in rows, units in columns."""
    table = Table(rng)
    table.titles("BIỂU TỔNG HỢP")
    with_code = rng.random() < 0.6
    table.line("TT", *(["Mã chỉ tiêu"] if with_code else []), "Nội dung", "Mức yêu cầu", *(unit.name for unit in units))
    for n, code in enumerate(codes, 1):
        text = ITEMS.texts[code] if not with_code else table.text(code)
        row = [str(n), *([code] if with_code else []), text, "≥ 90%"]
        table.line(*row, *(result(table, facts[unit.id].get(code)) for unit in units))
    table.signatures()
    return table.grid()


def wide(facts: dict[str, dict[str, Fact]], codes: list[str], units: list[ntm.Unit], rng: Random) -> Grid:
    """(d) One unit a row, measures as headings in two rows."""
    table = Table(rng)
    table.titles("MỘT SỐ CHỈ TIÊU CHỦ YẾU")
    head = table.row
    table.put(1, "STT")
    table.put(2, "Tên xã")
    for column in (1, 2):
        table.spans.append(Span(head, column, head + 1, column))
    table.put(3, "Các chỉ tiêu")
    if len(codes) > 1:
        table.spans.append(Span(head, 3, head, 2 + len(codes)))
    for n, code in enumerate(codes):
        measure = installed().measures[MEASURED[code]]
        label = unit_label(measure.unit, "vi")
        table.put(3 + n, f"{measure.name.vi}{rng.choice(['', f' ({label})', f'{chr(10)}({label})'])}", head + 1)
    table.row = head + 2
    order = list(units)
    rng.shuffle(order)
    for n, unit in enumerate(order, 1):
        table.line(str(n), unit.name, *(result(table, facts[unit.id].get(code)) for code in codes))
    if rng.random() < 0.5:
        table.line("BQ", "BÌNH QUÂN CHUNG", *(table.number(Decimal("50.5")) for _ in codes))
    table.signatures()
    return table.grid()


def agency(facts: dict[str, dict[str, Fact]], unit: ntm.Unit, rng: Random) -> Grid:
    """(e) An agency's form: results and marks of last year and of the half-year, and the plan."""
    table = Table(rng)
    table.titles(f"Biểu 10. KẾT QUẢ THỰC HIỆN, {unit.name}")
    head = table.row
    table.line("TT", "Nội dung", "ĐVT", "KQ đến 31/12 năm trước", None, "TH 6 tháng", None, "Kế hoạch", "Ghi chú")
    table.line(None, None, None, "Kết quả", "Đánh giá", "Kết quả", "Đánh giá")
    for column in (1, 2, 3, 8, 9):
        table.spans.append(Span(head, column, head + 1, column))
    table.spans += [Span(head, 4, head, 5), Span(head, 6, head, 7)]
    last, now = facts["last"], facts["now"]
    for code in sorted({*last, *now}, key=lambda one: [int(part) for part in one.split(".") if part.isdigit()]):
        table.put(1, code)
        table.put(2, table.text(code))
        table.put(3, "%" if code in MEASURED else "xã")
        for column, period in ((4, last), (6, now)):
            fact = period.get(code)
            if isinstance(fact, Decimal):
                table.put(column, table.number(fact))
            elif fact is not None:
                table.put(column + 1, WORDS[fact])
        table.put(8, table.number(Decimal(99)) if code in MEASURED else "Đạt")
        table.row += 1
    table.signatures()
    return table.grid()


def book(path: Path, rows: list[list[object]], *merged: str) -> Path:
    """A workbook of these rows, with these cells merged."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    made.save(path)
    return path


def to_workbook(grid: Grid, path: Path) -> Path:
    """The table as a file of Excel."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = grid.name
    for at, content in grid.cells.items():
        sheet.cell(*at).value = float(content.amount.value) if isinstance(content, Number) else content
    for span in grid.spans:
        sheet.merge_cells(None, span.top, span.left, span.bottom, span.right)
    book.save(path)
    return path


def to_document(grid: Grid, path: Path, above: int) -> Path:
    """The table in a letter: a letterhead, the rows ``above`` the heading as lines, the table, the signatures."""
    letter = docx.Document()
    head = letter.add_table(1, 2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nHUYỆN VÍ DỤ"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nVí Dụ, ngày 12 tháng 7 năm 2024"
    for row in (row for row in grid.rows if row <= above):
        letter.add_paragraph(grid.text(row, grid.filled(row)[0]))
    table = letter.add_table(grid.rows[-1] - above, grid.columns[-1])
    for (row, column), content in grid.cells.items():
        if row > above:
            text = format_number(content.amount.value, "vi") if isinstance(content, Number) else str(content)
            table.cell(row - above - 1, column - 1).text = text
    for span in grid.spans:
        corner = table.cell(span.top - above - 1, span.left - 1)
        words = corner.text
        corner.merge(table.cell(span.bottom - above - 1, span.right - 1)).text = words
    letter.add_paragraph("Nơi nhận: như trên.")
    letter.save(str(path))
    return path
