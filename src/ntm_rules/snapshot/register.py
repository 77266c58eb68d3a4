"""Registers of administrative units: a table of codes and names becomes a tree."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import NtmError, Problem, SnapshotError
from ..messages import Text
from ..naming import bare, read_name
from ..normalization import fold
from ..pack.catalogue import installed
from ..tabular.delimited import read_csv
from ..tabular.sheet import Content, Number, Row, Sheet, read_text, shown
from ..territory import CODE_DIGITS, Level, read_member
from ..units.provinces import provinces_of
from ..units.register import REFORM
from .unit import Unit, code

# The province of units of which nobody said where they lie.
NO_PROVINCE = "-"

_DISTRICT = ("district_code", "district")
_NAMES: dict[str, tuple[str, ...]] = {
    "code": ("code", "id", "unit", "mã", "mã đơn vị", "mã xã", "mã đvhc", "mã đơn vị hành chính"),
    "name": ("name", "unit_name", "tên", "tên đơn vị", "tên xã", "tên đơn vị hành chính"),
    "level": ("level", "cấp", "cấp đơn vị", "loại đơn vị"),
    "district_code": ("district_code", "mã huyện", "mã quận huyện", "mã đơn vị cấp huyện"),
    "district": ("district", "huyện", "tên huyện", "quận huyện", "đơn vị cấp huyện"),
    "province_code": ("province_code", "mã tỉnh", "mã tỉnh thành phố"),
    "province": ("province", "tỉnh", "tên tỉnh", "tỉnh thành phố", "tỉnh, thành phố", "tỉnh/thành phố"),
}
_COLUMNS = {bare(name.replace("_", " ")): field for field, names in _NAMES.items() for name in names}
_CALLED = {
    "code": Text("mã", "code"),
    "name": Text("tên", "name"),
    "level": Text("cấp", "level"),
    "district_code": Text("mã huyện", "district_code"),
    "district": Text("huyện", "district"),
}
_SEARCHED = 20
# What the names of district-level units begin with says what they are.
_KINDS = {"huyện": Level.DISTRICT, "quận": Level.URBAN_DISTRICT, "thị xã": Level.DISTRICT_TOWN, "thành phố": Level.CITY}


def read_units(path: str | os.PathLike[str], *, province: Unit) -> tuple[Unit, ...]:
    """A province and its units from a register, a ``.csv`` or ``.xlsx`` table with the columns ``code,name,level`` and
    ``district_code,district`` (or ``mã xã, tên xã, cấp, mã huyện, huyện``, with or without accents). Without the
    level the names tell it (“Xã Kỳ Phú”).

    District-level units come from the last two columns; without them the units lie in the province itself, as they do
    since July 2025. Where the table tells provinces too (``province_code``, ``province``, or ``mã tỉnh, tỉnh``), only
    the units of this one are taken, of ``NO_PROVINCE`` all. Every unit is given the province's id and region. Levels
    may be written in Vietnamese, and the delimiter may be any that Excel writes.

    >>> import tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> file = pathlib.Path(folder.name) / "units.csv"
    >>> _ = file.write_text("code,name,level,district_code,district\\n18763,Xã Kỳ Phú,commune,447,Huyện Kỳ Anh\\n")
    >>> [unit.id for unit in read_units(file, province=Unit(id="hatinh", level="province", region="btb"))]
    ['hatinh', '447', '18763']
    >>> folder.cleanup()

    Raises:
        SnapshotError: a file that cannot be read, a missing column, or rows that cannot be understood (each with its
            line); a register without a unit of the province.
    """
    sheet, head, rows = _opened(Path(path))
    titles = {_field(title): column for column, title in head.cells.items()}
    wanted = ("code", "name", *(_DISTRICT if titles.keys() & set(_DISTRICT) else ()))
    missing = [name for name in wanted if name not in titles]
    if missing:
        raise SnapshotError(Problem("error.register_columns", sheet.place(head), names=_called(missing)))
    used = {name: titles[name] for name in (*wanted, "level") if name in titles}
    units: dict[str, Unit] = {province.id: province.model_copy(update={"province": province.province or province.id})}
    problems: list[Problem] = []
    telling = [titles[name] for name in ("province_code", "province") if name in titles]
    elsewhere: dict[str, None] = {}
    for row in filter(lambda row: row.cells, rows):
        told = [read_text(row.cells[column]) for column in telling if column in row.cells]
        if province.id != NO_PROVINCE and told and not any(_is(one, province) for one in told):
            elsewhere[told[-1]] = None
            continue
        try:
            district, unit = _row(sheet, row, head, used, province)
        except NtmError as error:
            problems += [problem if problem.place.file else problem.at(sheet.place(row)) for problem in error.problems]
            continue
        if unit.id in units:
            problems.append(Problem("error.duplicate_code", sheet.place(row), code=unit.id))
        if district is not None and units.setdefault(district.id, district) != district:
            problems.append(Problem("error.duplicate_code", sheet.place(row), code=district.id))
        units[unit.id] = unit
    if problems:
        raise SnapshotError(*problems)
    if elsewhere and len(units) == 1:
        names = ", ".join([*elsewhere][:5]) + ("…" if len(elsewhere) > 5 else "")
        called = province.name or province.id
        raise SnapshotError(Problem("error.no_unit_of", sheet.place(), province=called, names=names))
    return tuple(units.values())


def _is(told: str, province: Unit) -> bool:
    """Whether what a row tells is the province, on any day: a register may be of before or after July 2025."""
    listed, named = provinces_of(installed()), province.province or province.id
    padded = told.zfill(2) if told.isdecimal() else told
    return any(listed.same(padded, named, day) for day in (date.min, REFORM)) or fold(told) == fold(province.name)


def _opened(path: Path) -> tuple[Sheet, Row, list[Row]]:
    """The sheet of a register, its heading row and the rows below it: titles above are passed over."""
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        from ..tabular.excel import read_workbook

        sheets = [sheet for sheet in read_workbook(path) if not sheet.hidden]
    else:
        sheets = [read_csv(path, lambda title: _field(title) != "")]
    for sheet in sheets:
        rows = list(sheet)
        for index, row in enumerate(rows[:_SEARCHED]):
            if {"code", "name"} <= {_field(title) for title in row.cells.values()}:
                return sheet, row, rows[index + 1 :]
        if rows and len(sheets) == 1:
            return sheet, rows[0], rows[1:]
    raise SnapshotError(Problem("error.register_columns", sheets[0].place(), names=_called(["code", "name"])))


def _field(title: Content) -> str:
    """What a column is of by its heading, with or without its accents; nothing where it is of something else."""
    return _COLUMNS.get(bare(shown(title).replace("_", " ")), "")


def _called(fields: Iterable[str]) -> Text:
    """Fields as a person calls their columns."""
    names = [_CALLED[field] for field in fields]
    return Text(", ".join(name.vi for name in names), ", ".join(name.en for name in names))


def _row(sheet: Sheet, row: Row, head: Row, titles: dict[str, int], province: Unit) -> tuple[Unit | None, Unit]:
    """The district a row names, where registers have any, and the unit in it."""
    for column in row.cells.keys() - head.cells.keys():
        content = shown(row.cells[column])[:80]
        raise SnapshotError(Problem("error.no_heading", sheet.place(row, column), content=content))
    lacking = [name for name, column in titles.items() if column not in row.cells]
    if lacking:
        raise SnapshotError(Problem("error.row_lacks", sheet.place(row), names=_called(lacking)))
    level = _level(sheet, row, titles)
    shared: dict[str, Any] = {"province": province.id, "region": province.region}
    name, own = read_text(row.cells[titles["name"]]), _code(row, titles["code"], CODE_DIGITS[level])
    if "district" not in titles:
        return None, Unit(id=own, name=name, level=level, parent=province.id, **shared)
    district, district_code = read_text(row.cells[titles["district"]]), _code(row, titles["district_code"], 3)
    kind = next((level for word, level in _KINDS.items() if district.casefold().startswith(word)), None)
    if kind is None:
        raise SnapshotError(Problem("error.district_kind", sheet.place(row), name=district, names=", ".join(_KINDS)))
    return (
        Unit(id=district_code, name=district, level=kind, parent=province.id, **shared),
        Unit(id=own, name=name, level=level, parent=district_code, **shared),
    )


def _level(sheet: Sheet, row: Row, titles: dict[str, int]) -> Level:
    """The level a row tells, or else the one that the unit's name begins with."""
    if "level" in titles:
        return read_member(Level, read_text(row.cells[titles["level"]]))
    kinds = read_name(read_text(row.cells[titles["name"]])).levels
    if len(kinds) != 1:
        raise SnapshotError(Problem("error.row_lacks", sheet.place(row), names=_called(["level"])))
    return Level(kinds[0])


def _code(row: Row, column: int, digits: int) -> str:
    content = row.cells[column]
    written = read_text(content)
    typed_as_number = isinstance(content, Number) and written.isdecimal() and not written.startswith("0")
    return code(int(written), digits) if typed_as_number else written
