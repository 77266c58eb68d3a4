"""``packs read``, ``packs draft`` and ``packs bundle``: from the decision's own file to a pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import Problem, SnapshotError
from ..messages import say
from ..pack.filling import ACCEPTED
from ..written import whole
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
    read.add_argument("--annex", metavar=say("cli.name.annex"), help=say("cli.read_annex"))
    read.add_argument("--format", choices=("xlsx", "html"), help=say("cli.reading_format"))
    read.add_argument("--accept", metavar=say("cli.name.states"), help=say("cli.accept"))
    read.add_argument("--by", default="", metavar=say("cli.name.person"), help=say("cli.by"))
    read.add_argument("--another-decision", action="store_true", help=say("cli.another_decision"))
    draft = inside.add("draft", _draft, "ntm-rules packs draft 51-2025.docx --id vidu/commune -o commune.yaml")
    draft.add_argument("document", type=Path, metavar=say("cli.name.document"), help=say("cli.document"))
    draft.add_argument("--id", required=True, metavar=say("cli.name.id"), help=say("cli.draft_id"))
    draft.add_argument("--annex", metavar=say("cli.name.annex"), help=say("cli.annex"))
    draft.add_argument("--page", type=Path, metavar=say("cli.name.file"), help=say("cli.draft_page"))
    takes_output(draft, commands, "cli.overlay")
    bundle = inside.add("bundle", _bundle, "ntm-rules packs bundle commune.yaml -o ntm-packs-nghean")
    bundle.add_argument("packs", nargs="+", type=Path, metavar=say("cli.name.file"), help=say("cli.bundled"))
    bundle.add_argument(
        "-o", "--output", required=True, type=Path, metavar=say("cli.name.folder"), help=say("cli.bundle")
    )


def _draft(options: argparse.Namespace) -> int:
    from ..document import draft, read_document
    from ..document.review import write_review

    path = output_of(options, [options.document])
    if options.page is not None:
        output_of(options, [options.document, path], written=options.page)
    made = draft(read_document(options.document), options.id, annex=options.annex)
    with whole(path) as place:
        place.write_text(made.text, encoding="utf-8")
    if options.page is not None:
        write_review(made.reading, options.page, lang=options.lang)
    print(made.summary(options.lang))
    for proposal in made.proposals:
        print(f"  {proposal.text(options.lang)}")
    if made.to_see:
        print(say("draft.to_see", options.lang, codes=", ".join(made.to_see)))
    for code in made.unsigned:
        print(f"  {code}: {say('draft.no_sign', options.lang)}")
    print(path)
    return MET_ALL


def _bundle(options: argparse.Namespace) -> int:
    from ..pack.bundling import confirmed_in, write_bundle
    from ..pack.catalogue import installed

    for file in write_bundle(options.packs, options.output):
        print(file)
    for pack in map(installed().load, options.packs):
        if not confirmed_in(pack):
            print(say("bundle.unconfirmed", options.lang, pack=pack.reference), file=sys.stderr)
    return MET_ALL


def _read(options: argparse.Namespace) -> int:
    from ..document import State, match, read_document
    from ..pack.worksheet import write_worksheet

    accept = _states(options.accept)
    if accept and not options.by.strip():
        raise SnapshotError(Problem("error.accept_by"))
    form = options.format or ("html" if options.output.suffix.casefold() in (".html", ".htm") else "xlsx")
    path = output_of(options, [options.document], ending=".xlsx" if form == "xlsx" else "")
    reading = match(read_document(options.document), pack_of(options.pack), annex=options.annex)
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
        states = ", ".join(State(name).text(options.lang) for name in accept)
        print(say("document.accepted", options.lang, states=states))
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
