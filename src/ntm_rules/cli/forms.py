"""``template``: a form that an officer fills in."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from ..day import read_day
from ..errors import Problem, SnapshotError
from ..pack.catalogue import installed
from ..pack.model import Pack
from ..snapshot.model import Unit
from ..units.provinces import in_region
from .codes import MET_ALL
from .output import output_of, takes_output
from .parser import Commands
from .reading import pack_of


def register(commands: Commands) -> None:
    say = commands.say
    example = "ntm-rules template hatinh/commune -o forms.xlsx --units units.csv --province hatinh --layout units"
    form = commands.add("template", _template, example)
    form.add_argument("pack", metavar=say("cli.name.pack"), help=say("cli.pack"))
    form.add_argument("--units", type=Path, metavar=say("cli.name.file"), help=say("cli.template_units"))
    form.add_argument("--province", metavar=say("cli.name.province"), default="", help=say("cli.template_province"))
    form.add_argument("--region", metavar=say("cli.name.region"), default="", help=say("cli.template_region"))
    form.add_argument("--layout", choices=("sheets", "units"), default="sheets", help=say("cli.template_layout"))
    form.add_argument("--as-of", metavar=say("cli.name.day"), help=say("cli.template_as_of"))
    takes_output(form, commands, "cli.workbook")


def _template(options: argparse.Namespace) -> int:
    from ..snapshot.form import write_form

    read = (options.units,) if options.units else ()
    path = output_of(options, read, ending=".xlsx")
    pack = pack_of(options.pack)
    as_of = read_day(options.as_of) if options.as_of else None
    write_form(pack, path, _units(options, pack), as_of=as_of, layout=options.layout, lang=options.lang)
    print(path)
    return MET_ALL


def _units(options: argparse.Namespace, pack: Pack) -> tuple[Unit, ...]:
    """The units of the register that the pack is for; a blank one of the region where only that was told."""
    from ..snapshot.register import read_units

    where = {"region": options.region} if options.region else {}
    if options.units is None:
        blank = Unit(id="-", level=pack.applies_to[0], province=options.province or None, **where)
        return (blank,) if options.province or options.region else ()
    day = read_day(options.as_of) if options.as_of else date.today()
    top = Unit(id=options.province or "-", level="province", province=options.province or None, **where)
    top = in_region(top, day, installed())
    units = tuple(unit for unit in read_units(options.units, province=top) if unit.level in pack.applies_to)
    if not units:
        raise SnapshotError(Problem("error.no_unit_for", file=options.units.name, pack=pack.reference))
    return units
