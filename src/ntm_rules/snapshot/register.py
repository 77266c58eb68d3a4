"""Registers of administrative units: a table of codes and names becomes a tree."""

from __future__ import annotations

import csv
import os
import unicodedata
from pathlib import Path

from pydantic import ValidationError

from ..errors import Place, Problem, SnapshotError
from ..tabular.delimited import decode, read_bytes
from ..territory import Level
from .model import Unit

_COLUMNS = ("code", "name", "level", "district_code", "district")
# What the names of district-level units begin with says what they are.
_KINDS = {"huyện": Level.DISTRICT, "quận": Level.URBAN_DISTRICT, "thị xã": Level.DISTRICT_TOWN, "thành phố": Level.CITY}


def read_units(path: str | os.PathLike[str], *, province: Unit) -> tuple[Unit, ...]:
    """A province and its units from a CSV register with the columns ``code,name,level,district_code,district``.

    District-level units come from the last two columns; every unit is given the province's id and region.

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
    file = Path(path)
    text = unicodedata.normalize("NFC", decode(read_bytes(file), file.name))
    rows = csv.DictReader(text.splitlines())
    missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        names = ", ".join(missing)
        raise SnapshotError(Problem("error.missing_key", Place(file=file.name, line=1), key=names))
    province_id, region = province.id, province.region
    units: dict[str, Unit] = {province.id: province.model_copy(update={"province": province.province or province.id})}
    problems: list[Problem] = []
    for row in rows:
        place = Place(file=file.name, line=rows.line_num)
        kind = next((level for word, level in _KINDS.items() if row["district"].casefold().startswith(word)), None)
        if kind is None:
            problems.append(Problem("error.district_kind", place, name=row["district"], names=", ".join(_KINDS)))
            continue
        district = Unit(
            id=row["district_code"], name=row["district"], level=kind, parent=province_id, province=province_id,
            region=region,
        )  # fmt: skip
        try:
            unit = Unit(
                id=row["code"], name=row["name"], level=row["level"], parent=district.id, province=province_id,
                region=region,
            )  # fmt: skip
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            shown = repr(fault["input"])[:80]
            problems.append(Problem("error.invalid", place, given=shown, reason=fault["msg"]))
            continue
        if unit.id in units:
            problems.append(Problem("error.duplicate_code", place, code=unit.id))
        if units.setdefault(district.id, district) != district:
            problems.append(Problem("error.duplicate_code", place, code=district.id))
        units[unit.id] = unit
    if problems:
        raise SnapshotError(*problems)
    return tuple(units.values())
