"""``packs read``, ``packs draft`` and ``packs bundle``: from the decision's own file to a pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import Problem, SnapshotError
from ..messages import say
from ..pack.filling import ACCEPTED
from .codes import BAD_INPUT, MET_ALL
from .output import output_of, takes_output
from .parser import Commands
from .reading import pack_of


def register(commands: Commands) -> None:
    say, inside = commands.say, commands.group("packs")
    read = inside.add("read", _read, "ntm-rules packs read 318.docx --pack vn/commune@2021-2025 -o worksheet.xlsx")
    read.add_argument("document", type=Path, metavar=say("cli.name.document"), help=say("cli.document"))
    read.add_argument("--pack", required=True, metavar=say("cli.name.pack"), help=say("cli.pack"))
    takes_output(read, commands, "cli.workbook_or_page")
    read.add_argument("--format", choices=("xlsx", "html"), help=say("cli.reading_format"))
    read.add_argument("--accept", metavar=say("cli.name.states"), help=say("cli.accept"))
    read.add_argument("--by", default="", metavar=say("cli.name.person"), help=say("cli.by"))
    read.add_argument("--another-decision", action="store_true", help=say("cli.another_decision"))


def _read(options: argparse.Namespace) -> int:
    from ..document import match, read_document
    from ..pack.worksheet import write_worksheet

    accept = _states(options.accept)
    form = options.format or ("html" if options.output.suffix.casefold() in (".html", ".htm") else "xlsx")
    path = output_of(options, [options.document], ending=".xlsx" if form == "xlsx" else "")
    reading = match(read_document(options.document), pack_of(options.pack))
    print(reading.summary(options.lang))
    for doubt in reading.doubts:
        print(doubt.text(options.lang), file=sys.stderr)
    if reading.another and not options.another_decision:
        print(say("document.ask_another", options.lang), file=sys.stderr)
        return BAD_INPUT
    if form == "html":
        from ..document.review import write_review

        write_review(reading, path, lang=options.lang)
    else:
        filling = reading.filling(options.lang, accept=accept, by=options.by)
        write_worksheet(reading.pack, path, lang=options.lang, filling=filling)
    if accept:
        print(say("document.accepted", options.lang, states=", ".join(accept)))
    print(path)
    return MET_ALL


def _states(written: str | None) -> tuple[str, ...]:
    """The states that are taken over without a look at each row."""
    names = tuple(name.strip() for name in written.split(",")) if written else ()
    for name in names:
        if name not in ACCEPTED:
            raise SnapshotError(Problem("error.accept", given=name, names=", ".join(ACCEPTED)))
    if names and ACCEPTED[0] not in names:
        raise SnapshotError(Problem("error.accept_new_alone"))
    return names
