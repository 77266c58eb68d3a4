"""``template``: a form that an officer fills in."""

from __future__ import annotations

import argparse
from pathlib import Path

from .codes import MET_ALL
from .parser import Commands
from .reading import pack_of, workbook


def register(commands: Commands) -> None:
    say = commands.say
    form = commands.add("template", _template, "ntm-rules template hatinh/commune -o form.xlsx")
    form.add_argument("pack", metavar=say("cli.name.pack"), help=say("cli.pack"))
    form.add_argument(
        "-o", "--output", required=True, type=Path, metavar=say("cli.name.file"), help=say("cli.workbook")
    )


def _template(options: argparse.Namespace) -> int:
    from ..snapshot.form import write_form

    write_form(pack_of(options.pack), workbook(options.output), lang=options.lang)
    print(options.output)
    return MET_ALL
