"""``template``: a form that an officer fills in."""

from __future__ import annotations

import argparse

from .codes import MET_ALL
from .output import output_of, takes_output
from .parser import Commands
from .reading import pack_of


def register(commands: Commands) -> None:
    say = commands.say
    form = commands.add("template", _template, "ntm-rules template hatinh/commune -o form.xlsx")
    form.add_argument("pack", metavar=say("cli.name.pack"), help=say("cli.pack"))
    takes_output(form, commands, "cli.workbook")


def _template(options: argparse.Namespace) -> int:
    from ..snapshot.form import write_form

    path = output_of(options, ending=".xlsx")
    write_form(pack_of(options.pack), path, lang=options.lang)
    print(path)
    return MET_ALL
