"""``packs worksheet`` and ``packs apply``: figures checked against the decision."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..pack.applying import Where
from ..pack.model import Pack
from ..written import whole
from .codes import MET_ALL
from .output import output_of, takes_output
from .parser import Commands
from .places import day_shown, day_told, takes_place, units_told
from .reading import pack_of, pack_on


def register(commands: Commands) -> None:
    say, inside = commands.say, commands.group("packs")
    worksheet = inside.add("worksheet", _worksheet, "ntm-rules packs worksheet vn/commune -o worksheet.xlsx")
    worksheet.add_argument("pack", metavar=say("cli.name.pack"), help=say("cli.pack"))
    takes_place(worksheet, commands)
    takes_output(worksheet, commands, "cli.workbook")
    apply = inside.add("apply", _apply, "ntm-rules packs apply worksheet.xlsx -o overlay.yaml")
    apply.add_argument("worksheet", type=Path, metavar=say("cli.name.worksheet"), help=say("cli.filled"))
    takes_output(apply, commands, "cli.overlay")
    apply.add_argument("--pack", metavar=say("cli.name.pack"), help=say("cli.worksheet_pack"))
    apply.add_argument("--id", metavar=say("cli.name.id"), help=say("cli.overlay_id"))


def _worksheet(options: argparse.Namespace) -> int:
    from ..pack.worksheet import write_worksheet

    path = output_of(options, (options.units,) if options.units else (), ending=".xlsx")
    pack = pack_on(options.pack, day_told(options))
    write_worksheet(pack, path, lang=options.lang, where=_where(options, pack))
    print(path)
    return MET_ALL


def _where(options: argparse.Namespace, pack: Pack) -> Where | None:
    """The units and the day that were told; without any, every figure is listed."""
    units = units_told(options, pack)
    if not units and not options.as_of:
        return None
    regions = {one.region for one in units}
    groups = {one.group for one in units}
    return Where(
        levels=sorted({one.level for one in units}),
        # One unit whose region is not known leaves the rows of all regions in.
        regions=sorted(one for one in regions if one) if None not in regions else (),
        groups=sorted(one for one in groups if one) if None not in groups else (),
        day=day_shown(options, pack),
    )


def _apply(options: argparse.Namespace) -> int:
    from ..pack.worksheet import apply_worksheet

    pack = pack_of(options.pack) if options.pack else None
    path = output_of(options, [options.worksheet, *([] if pack is None or pack.file is None else [pack.file])])
    overlay = apply_worksheet(options.worksheet, overlay_id=options.id, pack=pack)
    with whole(path) as draft:
        draft.write_text(overlay, encoding="utf-8")
    print(path)
    return MET_ALL
