"""Registers of administrative units: a table of codes and names becomes a tree."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ..errors import Problem, SnapshotError
from ..tabular.delimited import read_csv
from ..tabular.sheet import Row, Sheet, read_text, shown
from ..territory import Level
from ..typed import fold
from .ledger import read_member
from .model import Unit

_COLUMNS = ("code", "name", "level", "district_code", "district")
# What the names of district-level units begin with says what they are.
_KINDS = {"huyện": Level.DISTRICT, "quận": Level.URBAN_DISTRICT, "thị xã": Level.DISTRICT_TOWN, "thành phố": Level.CITY}


def read_units(path: str | os.PathLike[str], *, province: Unit) -> tuple[Unit, ...]:
    """A province and its units from a CSV register with the columns ``code,name,level,district_code,district``.

    District-level units come from the last two columns; every unit is given the province's id and region. Levels may
    be written in Vietnamese, and the delimiter may be any that Excel writes.

    >>> import tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> file = pathlib.Path(folder.name) / "units.csv"
    >>> _ = file.write_text("code,name,level,district_code,district\\n18763,Xã Kỳ Phú,commune,447,Huyện Kỳ Anh\\n")
    >>> [unit.id for unit in read_units(file, province=Unit(id="hatinh", level="province", region="btb"))]
    ['hatinh', '447', '18763']
    >>> folder.cleanup()

    Raises:
        SnapshotError: a file that cannot be read, a missing column, or rows that cannot be understood (each with its
            line).
    """
    sheet = read_csv(Path(path), lambda title: fold(title) in _COLUMNS)
    rows = iter(sheet)
    head = next(rows)
    titles = {fold(shown(title)): column for column, title in head.cells.items()}
    missing = [name for name in _COLUMNS if name not in titles]
    if missing:
        raise SnapshotError(Problem("error.missing_key", sheet.place(head), key=", ".join(missing)))
    units: dict[str, Unit] = {province.id: province.model_copy(update={"province": province.province or province.id})}
    problems: list[Problem] = []
    for row in filter(lambda row: row.cells, rows):
        try:
            district, unit = _row(sheet, row, head, titles, province)
        except SnapshotError as error:
            problems += error.problems
            continue
        if unit.id in units:
            problems.append(Problem("error.duplicate_code", sheet.place(row), code=unit.id))
        if units.setdefault(district.id, district) != district:
            problems.append(Problem("error.duplicate_code", sheet.place(row), code=district.id))
        units[unit.id] = unit
    if problems:
        raise SnapshotError(*problems)
    return tuple(units.values())


def _row(sheet: Sheet, row: Row, head: Row, titles: dict[str, int], province: Unit) -> tuple[Unit, Unit]:
    """The district a row names, and the unit in it."""
    for column in row.cells.keys() - head.cells.keys():
        content = shown(row.cells[column])[:80]
        raise SnapshotError(Problem("error.no_heading", sheet.place(row, column), content=content))
    lacking = [name for name in _COLUMNS if titles[name] not in row.cells]
    if lacking:
        raise SnapshotError(Problem("error.row_lacks", sheet.place(row), names=", ".join(lacking)))
    code, name, level, district_code, district = (read_text(row.cells[titles[name]]) for name in _COLUMNS)
    kind = next((level for word, level in _KINDS.items() if district.casefold().startswith(word)), None)
    if kind is None:
        raise SnapshotError(Problem("error.district_kind", sheet.place(row), name=district, names=", ".join(_KINDS)))
    try:
        level_read = read_member(Level, level)
    except SnapshotError as error:
        raise SnapshotError(*(problem.at(sheet.place(row, titles["level"])) for problem in error.problems)) from None
    shared: dict[str, Any] = {"province": province.id, "region": province.region}
    return (
        Unit(id=district_code, name=district, level=kind, parent=province.id, **shared),
        Unit(id=code, name=name, level=level_read, parent=district_code, **shared),
    )
