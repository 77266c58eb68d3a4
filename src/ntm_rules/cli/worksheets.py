"""``packs worksheet`` and ``packs apply``: figures checked against the decision."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .codes import MET_ALL
from .parser import Commands
from .reading import pack_of, workbook


def register(commands: Commands) -> None:
    say, inside = commands.say, commands.group("packs")
    written: dict[str, Any] = {"required": True, "type": Path, "metavar": say("cli.name.file")}
    worksheet = inside.add("worksheet", _worksheet, "ntm-rules packs worksheet vn/commune -o worksheet.xlsx")
    worksheet.add_argument("pack", metavar=say("cli.name.pack"), help=say("cli.pack"))
    worksheet.add_argument("-o", "--output", **written, help=say("cli.workbook"))
    apply = inside.add("apply", _apply, "ntm-rules packs apply worksheet.xlsx -o overlay.yaml")
    apply.add_argument("worksheet", type=Path, metavar=say("cli.name.worksheet"), help=say("cli.filled"))
    apply.add_argument("-o", "--output", **written, help=say("cli.overlay"))
    apply.add_argument("--id", metavar=say("cli.name.id"), help=say("cli.overlay_id"))


def _worksheet(options: argparse.Namespace) -> int:
    from ..pack.worksheet import write_worksheet

    write_worksheet(pack_of(options.pack), workbook(options.output), lang=options.lang)
    print(options.output)
    return MET_ALL


def _apply(options: argparse.Namespace) -> int:
    from ..pack.worksheet import apply_worksheet

    options.output.write_text(apply_worksheet(options.worksheet, overlay_id=options.id), encoding="utf-8")
    print(options.output)
    return MET_ALL
