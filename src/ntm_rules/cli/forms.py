"""``template``: a form that an officer fills in."""

from __future__ import annotations

import argparse

from .codes import MET_ALL
from .output import output_of, takes_output
from .parser import Commands
from .places import day_shown, day_told, takes_place, units_told
from .reading import pack_on


def register(commands: Commands) -> None:
    say = commands.say
    example = "ntm-rules template hatinh/commune -o forms.xlsx --units units.csv --province hatinh --layout units"
    form = commands.add("template", _template, example)
    form.add_argument("pack", metavar=say("cli.name.pack"), help=say("cli.pack"))
    takes_place(form, commands)
    form.add_argument("--layout", choices=("sheets", "units"), default="sheets", help=say("cli.template_layout"))
    takes_output(form, commands, "cli.workbook")


def _template(options: argparse.Namespace) -> int:
    from ..snapshot.form import write_form

    read = (options.units,) if options.units else ()
    path = output_of(options, read, ending=".xlsx")
    pack = pack_on(options.pack, day_told(options))
    write_form(
        pack,
        path,
        units_told(options, pack),
        as_of=day_told(options),
        shown_on=day_shown(options, pack),
        layout=options.layout,
        lang=options.lang,
    )
    print(path)
    return MET_ALL
