"""Where and when a form or a worksheet is for: its units, their province, region and group, the day."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from ..day import read_day
from ..errors import Problem, SnapshotError
from ..pack.catalogue import installed
from ..pack.model import Pack
from ..snapshot.unit import Unit
from ..territory import Group, Region, read_member
from ..units.provinces import in_region
from .parser import Commands


def takes_place(command: argparse.ArgumentParser, commands: Commands) -> None:
    """The options that say where and when."""
    say = commands.say
    command.add_argument("--units", type=Path, metavar=say("cli.name.file"), help=say("cli.template_units"))
    command.add_argument("--province", metavar=say("cli.name.province"), default="", help=say("cli.template_province"))
    command.add_argument("--region", metavar=say("cli.name.region"), help=say("cli.template_region"))
    command.add_argument("--group", metavar=say("cli.name.group"), help=say("cli.template_group"))
    command.add_argument("--as-of", metavar=say("cli.name.day"), help=say("cli.template_as_of"))


def day_told(options: argparse.Namespace) -> date | None:
    """The day that was told."""
    return read_day(options.as_of) if options.as_of else None


def day_shown(options: argparse.Namespace, pack: Pack) -> date:
    """The day told, else today; of a set that is not in force today, the nearest day on which it was or will be."""
    if (told := day_told(options)) is not None:
        return told
    day, valid = date.today(), pack.valid
    if valid.start and day < valid.start:
        return valid.start
    return valid.end if valid.end and day > valid.end else day


def units_told(options: argparse.Namespace, pack: Pack) -> tuple[Unit, ...]:
    """The units of the register that the pack is for; a blank one of the place where only that was told.

    Raises:
        SnapshotError: no such region or group, a register that cannot be read, or with no unit of the pack's levels.
    """
    from ..snapshot.register import NO_PROVINCE, read_units

    region = read_member(Region, options.region) if options.region else None
    group = read_member(Group, options.group) if options.group else None
    day = day_shown(options, pack)
    if options.units is None:
        if not (options.province or region or group):
            return ()
        level = pack.applies_to[0]
        blank = Unit(id="-", level=level, province=options.province or None, region=region, group=group)
        return (in_region(blank, day, installed()),)
    top = Unit(id=options.province or NO_PROVINCE, level="province", province=options.province or None, region=region)
    read = read_units(options.units, province=in_region(top, day, installed()))
    units = tuple(unit for unit in read if unit.level in pack.applies_to)
    if not units:
        raise SnapshotError(Problem("error.no_unit_for", file=options.units.name, pack=pack.reference))
    return tuple(unit.model_copy(update={"group": group}) for unit in units) if group else units
