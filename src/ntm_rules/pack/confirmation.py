"""Reading a filled verification worksheet: which figures were confirmed, by whom, and against what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from ..day import read_day
from ..errors import NtmError, PackError, Place, Problem
from ..messages import LANGS, Text, say
from ..normalization import fold, tidy, unaccented
from ..tabular.excel import read_workbook
from ..tabular.sheet import Content, Row, Sheet, read_text, shown
from .address import Address, addressed
from .catalogue import Catalogue
from .condition import Comparison, Op
from .confirmed_value import leaf_of, leaf_with_sign, takes_document, value_said
from .filling import chosen, read_decided, read_hidden
from .legal import LegalBasis, Source, Verification
from .model import FigureRow, Pack
from .reference import split_reference
from .requirement import SIGNS, Requirements
from .threshold import AnyLeaf, Delegated, Figure, Untranscribed

_FIRST = 4
T = TypeVar("T")


def state(row: FigureRow) -> str:
    """What a figure is now, by which a worksheet of an older pack is told apart."""
    leaf = "" if row.leaf is None else row.leaf.model_dump_json(exclude={"source", "note"})
    return f"{leaf} {row.source.verification}"


class Confirmed(NamedTuple):
    """A figure confirmed: its new leaf (none where a department concludes), and the source both now have."""

    address: Address
    row: FigureRow
    leaf: AnyLeaf | None
    source: Source
    basis: LegalBasis
    place: Place = Place()
    # Confirmed with all others that agree, not by a cell of its own.
    together: bool = False
    # How its value is compared, where that is not as in the pack.
    op: Op | None = None


def read_confirmations(path: Path, pack: Pack | None, catalogue: Catalogue) -> tuple[tuple[Confirmed, ...], Pack]:
    """The confirmed figures of a worksheet, in its order, and the pack it was written for.

    Raises:
        PackError: see ``apply_worksheet``.
        SnapshotError: the file is no readable workbook.
    """
    found = []
    for sheet in read_workbook(path):
        rows = list(sheet)
        columns = {shown(content): column for column, content in rows[0].cells.items()} if rows else {}
        if "ntm:figure" in columns:
            found.append((sheet, columns, rows))
    if len(found) > 1:
        names = ", ".join(f"“{sheet.place().sheet}”" for sheet, _, _ in found)
        raise PackError(Problem("error.worksheet_two_sheets", Place(file=path.name), sheets=names))
    if not found:
        raise PackError(Problem("error.no_worksheet", Place(file=path.name)))
    return WorksheetReader(*found[0], catalogue, path.parent).read(pack)


class WorksheetReader:
    """Reads the rows of a worksheet; faults are gathered and raised together."""

    def __init__(
        self, sheet: Sheet, columns: dict[str, int], rows: list[Row], catalogue: Catalogue, folder: Path
    ) -> None:
        self.sheet, self.columns, self.rows = sheet, columns, rows
        self.catalogue, self.folder = catalogue, folder
        titles = next((row.cells for row in rows if row.number == _FIRST - 1), {})
        self.titles = {name: shown(titles.get(column)) or name for name, column in columns.items()}
        self.problems: list[Problem] = []
        self._bases: dict[str, LegalBasis] = {}
        self._decided = read_decided("")
        self._nameless: list[Row] = []
        self._above: Row | None = None

    def read(self, pack: Pack | None) -> tuple[tuple[Confirmed, ...], Pack]:
        """The confirmed figures, and the pack."""
        rows = [row for row in self.rows if row.number >= _FIRST]
        pack = pack or self._pack()
        self._bases = {basis_number(basis.number): basis for basis in pack.legal_basis}
        measures = self.catalogue.measures_for(pack)
        asks = [Requirements(pack, measures, lang, self.catalogue) for lang in LANGS]
        figures = dict(addressed(pack))
        self._accept()
        found = [one for row in rows if (one := self._row(row, pack, figures, asks)) is not None]
        found = self._once(found)
        self._check_named()
        found = self._check_findings(found, figures)
        self._check_signs(found, figures)
        if self.problems:
            raise PackError(*self.problems)
        return tuple(found), pack

    def _accept(self) -> None:
        """What stands above the columns for all rows: which readings are taken over, by whom and when."""
        row = next((row for row in self.rows if row.number == _FIRST - 2), None)
        self.accepted: tuple[str, ...] = ()
        self.by, self.on, self.document = "", None, ""
        if row is None or "ntm:read" not in self.columns:
            return
        self._above = row
        self.document = self._shown(row, "ntm:document")
        self._decided = read_decided(self._shown(row, "ntm:read"))
        accepted = chosen(self._shown(row, "confirmed"))
        if accepted is None:
            self._fail("error.worksheet_all", row, "confirmed", content=self._shown(row, "confirmed")[:80])
        self.accepted = accepted or ()
        self.by = self._shown(row, "checked_by")
        self.on = self._cell(row, "checked_on", read_day)

    def _pack(self) -> Pack:
        reference, name = (
            next((text for row in self.rows[1:] if (text := self._shown(row, column))), "")
            for column in ("ntm:pack", "ntm:file")
        )
        if not reference:
            raise PackError(Problem("error.no_worksheet", self.sheet.place()))
        if self.catalogue.has(split_reference(reference)[0]):
            return self.catalogue.load(reference)
        # A name without folders: a worksheet leads to no other file than one beside it.
        beside = self.folder / Path(name).name
        if not name or not beside.is_file():
            raise PackError(Problem("error.worksheet_pack", self.sheet.place(), pack=reference, file=name))
        return self.catalogue.load(beside)

    def _content(self, row: Row, name: str) -> Content | None:
        return row.cells.get(self.columns.get(name, 0))

    def _shown(self, row: Row, name: str) -> str:
        return shown(self._content(row, name))

    def _fail(self, key: str, row: Row, name: str, /, **params: object) -> None:
        self.problems.append(Problem(key, self.sheet.place(row, self.columns.get(name, 0)), **params))

    def _cell(self, row: Row, name: str, read: Callable[[Content], T]) -> T | None:
        content = self._content(row, name)
        if content is None:
            return None
        try:
            return read(content)
        except NtmError as error:
            for problem in error.problems:
                self._fail(
                    "error.cell", row, name, column=self.titles[name], content=shown(content)[:80], reason=problem
                )
            return None

    def _row(
        self, row: Row, pack: Pack, figures: dict[Address, FigureRow], both: Sequence[Requirements]
    ) -> Confirmed | None:
        asks = both[0]
        state_read, value_read = read_hidden(self._shown(row, "ntm:read"))
        whole = self._content(row, "confirmed") is None
        if whole and not (value_read and state_read in self.accepted):
            return None
        written = self._shown(row, "ntm:figure")
        if not written:
            self._fail("error.worksheet_row", row, "confirmed", content=self._shown(row, "confirmed")[:80])
            return None
        try:
            address = Address.read(written)
            figure = figures[address]
        except (ValueError, TypeError, KeyError):
            self._fail("error.worksheet_stale", row, "confirmed", pack=pack.reference)
            return None
        if (state(figure), pack.reference) != (self._shown(row, "ntm:state"), self._shown(row, "ntm:pack")):
            self._fail("error.worksheet_stale", row, "confirmed", pack=pack.reference)
            return None
        if not self._still_its_own(row, figure, both):
            self._fail("error.worksheet_moved", row, "code", code=figure.indicator.code)
            return None
        decision, by = (self._cell(row, name, read_text) for name in ("decision", "checked_by"))
        by = by or self.by
        if not decision:
            self._fail("error.worksheet_unnamed", row, "decision", column=self.titles.get("decision", "decision"))
        if not by:
            self._nameless.append(row)
        place, note = (self._cell(row, name, read_text) for name in ("place", "note"))
        day = self._cell(row, "checked_on", read_day) or self.on
        op: Op | None = None
        taken = whole or takes_document(self._shown(row, "confirmed"))
        if taken and tidy(self._shown(row, "read")) != tidy(value_read):
            self._fail("error.worksheet_read", row, "read", read=value_read, column=self.titles["confirmed"])
            return None
        read_in = basis_number(self._decided[0])
        if taken and decision and read_in and basis_number(decision) != read_in:
            self._fail("error.worksheet_cited", row, "decision", read=self._decided[0], cited=decision)
            return None
        if whole:
            leaf: AnyLeaf | str | None = leaf_of(value_read, figure, asks)
        else:
            read = self._cell(
                row,
                "confirmed",
                lambda content: leaf_with_sign(value_said(content, state_read, value_read), figure, asks),
            )
            op, leaf = read or (None, None)
        if leaf is None or not decision or not by:
            return None
        basis = self._basis(decision)
        if day is not None and (day > date.today() or (basis.issued is not None and day < basis.issued)):
            if self._content(row, "checked_on") is not None:
                self._fail("error.worksheet_day", row, "checked_on", day=day)
            elif self._above is not None:
                # The day above all rows is told once.
                self._fail("error.worksheet_day", self._above, "checked_on", day=day)
                self._above = None
            return None
        # The file that was read is cited for what was read in it, not for another decision somebody has beside it.
        document = self.document if state_read and read_in in ("", basis_number(decision)) else ""
        # A place stands in one decision: nobody has said where it stands in another.
        at = place or (figure.source.at if figure.source.basis == basis.id else "")
        said = "worksheet.checked_on" if day else "worksheet.checked"
        where = ", ".join(part for part in (basis.number, at, document) if part)
        against = say(said, "vi", where=where, by=by, day=day)
        source = Source(
            basis=basis.id, at=at, verification=Verification.STATED, checked_against=(against,), note=note or None
        )
        new = None if isinstance(leaf, str) else leaf.model_copy(update={"source": source})
        here = self.sheet.place(row, self.columns["confirmed"])
        return Confirmed(address, figure, new, source, basis, here, whole, op)

    def _still_its_own(self, row: Row, figure: FigureRow, both: Iterable[Requirements]) -> bool:
        """Whether what people see of a row is of the figure that a hidden cell names: a sort may leave that behind."""
        code, rows = self._shown(row, "code"), tidy(self._shown(row, "rows"))
        expected = {tidy(", ".join(asks.row(*label) for label in figure.rows)) for asks in both}
        return code in ("", figure.indicator.code) and (rows == "" or rows in expected)

    def _once(self, found: list[Confirmed]) -> list[Confirmed]:
        """Each figure once: a row copied says the same again, or there are two values for one figure."""
        kept: dict[Address, Confirmed] = {}
        for one in found:
            first = kept.setdefault(one.address, one)
            if (first.leaf, first.op, first.source) != (one.leaf, one.op, one.source):
                self.problems.append(
                    Problem("error.worksheet_twice", one.place, code=one.address.code, other=first.place.cell)
                )
        return list(kept.values())

    def _check_named(self) -> None:
        """Who confirmed is written once above the columns, or in every row."""
        if not self._nameless:
            return
        title = self.titles.get("checked_by", "checked_by")
        if "ntm:read" in self.columns and len(self._nameless) > 1:
            above = next((row for row in self.rows if row.number == _FIRST - 2), self._nameless[0])
            self._fail("error.worksheet_nobody", above, "checked_by", column=title, count=len(self._nameless))
            return
        for row in self._nameless:
            self._fail("error.worksheet_unnamed", row, "checked_by", column=title)

    def _basis(self, decision: str) -> LegalBasis:
        """The decision of that number: one the pack rests on already, or a new one."""
        number = basis_number(decision)
        if number not in self._bases:
            taken = {basis.id for basis in self._bases.values()}
            stem = re.sub(r"[^a-z0-9]+", "-", unaccented(number)).strip("-") or "decision"
            names = (stem if index == 1 else f"{stem}-{index}" for index in range(1, len(taken) + 2))
            name = next(name for name in names if name not in taken)
            read, issuer, issued, title = self._decided
            basis = LegalBasis(id=name, number=_PREFIX.sub("", decision).strip() or decision)
            if basis_number(read) == number:
                basis = basis.model_copy(
                    update={"issuer": issuer, "issued": issued, "title": Text(title) if title else None}
                )
            self._bases[number] = basis
        return self._bases[number]

    def _check_signs(self, found: list[Confirmed], figures: dict[Address, FigureRow]) -> None:
        """The figures of one comparison share its sign: it is changed for all of them or not at all."""
        signs = {one.address: one.op for one in found}
        open_leaves = (Delegated, Untranscribed)
        leaves = {address: row.leaf for address, row in figures.items()} | {one.address: one.leaf for one in found}
        told = set()
        for one in found:
            scope = one.address[:3]
            if one.op is None or scope in told:
                continue
            beside = [a for a in figures if a[:3] == scope and not isinstance(leaves[a], open_leaves)]
            missing = [a for a in beside if signs.get(a) is not one.op]
            if missing:
                told.add(scope)
                assert isinstance(one.row.condition, Comparison)
                assert isinstance(one.leaf, Figure)
                sign, present = SIGNS[one.op], SIGNS[one.row.condition.op]
                example = f"{sign} {one.leaf.value.text('vi')}"
                named = {"sign": sign, "present": present, "missing": len(missing), "example": example}
                self.problems.append(Problem("error.worksheet_sign", one.place, code=one.address.code, **named))

    def _check_findings(self, found: list[Confirmed], figures: dict[Address, FigureRow]) -> list[Confirmed]:
        """Conclusions of one indicator share a source: they are confirmed together or not at all."""
        confirmed = {one.address for one in found}
        kept = []
        for one in found:
            if one.leaf is not None:
                kept.append(one)
                continue
            scope = one.address[:2]
            left = [a for a, row in figures.items() if a[:2] == scope and row.leaf is None and a not in confirmed]
            if left and not one.together:
                self.problems.append(Problem("error.worksheet_findings", one.place, code=one.address.code))
            if not left:
                kept.append(one)
        return kept


_PREFIX = re.compile(r"^\s*(quyết\s+định|decision)\s*(số|no\.?)?\s*:?\s*", re.IGNORECASE)


def basis_number(written: str) -> str:
    """A decision's number as it is compared: without the word, in one spelling."""
    return fold(_PREFIX.sub("", unicodedata.normalize("NFC", written))).replace(" ", "")
