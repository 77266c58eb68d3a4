"""``read``: an office's own tables; ``units``: registers and what became of units."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..day import read_day
from ..errors import NtmError, Problem, SnapshotError
from ..evaluation.many import evaluate_all
from ..layout.editions import days_told, edition_of_table
from ..layout.files import Asked, FileRead, agreed, left_in, merged, read_file, tables_of, unit_named, units_of
from ..layout.grid import grids
from ..layout.lookup import Items
from ..layout.model import Layout, read_layout, write_layout
from ..layout.proposal import summary
from ..layout.show import as_html, as_text, asked_about, write_workbook
from ..messages import Lang, say
from ..pack.loader import dump_yaml
from ..snapshot.model import Snapshot
from ..territory import Level, Region, read_member
from ..units import ON_RECORD, REFORM, became, made_of
from ..units import register as units_on
from ..written import whole
from .codes import BAD_INPUT, MET_ALL, exit_code
from .output import output_of
from .parser import Commands
from .reading import as_typed, is_file, pack_on


def register(commands: Commands) -> None:
    said = commands.say
    read = commands.add("read", _read, "ntm-rules read bieu.xlsx --pack vn/commune --province 42 -o so-lieu.yaml")
    read.add_argument("files", nargs="+", type=Path, metavar=said("cli.name.file"), help=said("cli.read.files"))
    read.add_argument("--pack", required=True, metavar=said("cli.name.pack"), help=said("cli.pack"))
    read.add_argument("--layout", type=Path, metavar=said("cli.name.file"), help=said("cli.read.layout"))
    read.add_argument("--units", type=Path, metavar=said("cli.name.file"), help=said("cli.read.units"))
    read.add_argument("--province", default="", metavar=said("cli.name.province"), help=said("cli.read.province"))
    read.add_argument("--region", metavar=said("cli.name.region"), help=said("cli.read.region"))
    read.add_argument("--level", metavar=said("cli.name.level"), help=said("cli.read.level"))
    read.add_argument("--unit", metavar=said("cli.name.unit"), help=said("cli.read.unit"))
    read.add_argument("--as-of", metavar=said("cli.name.day"), help=said("cli.read.as_of"))
    read.add_argument("--format", choices=("text", "html", "xlsx"), default="text", help=said("cli.read.format"))
    read.add_argument("-o", "--output", type=Path, metavar=said("cli.name.file"), help=said("cli.read.output"))
    read.add_argument("--force", action="store_true", help=said("cli.force"))
    show = commands.group("units").add("show", _show, "ntm-rules units show 'Xã Kỳ Phú' --province 42")
    show.add_argument("name", metavar=said("cli.name.unit"), help=said("cli.units.name"))
    show.add_argument("--province", default="", metavar=said("cli.name.province"), help=said("cli.read.province"))


def _asked(options: argparse.Namespace) -> Asked:
    """What the call says of the tables before they are looked at."""
    as_of = read_day(options.as_of) if options.as_of else None
    pack = pack_on(options.pack, as_of)
    level = read_member(Level, options.level) if options.level else None
    region = read_member(Region, options.region) if options.region else None
    asked = Asked(pack, (), as_of, options.province, level, region)
    units = units_of(options.units, asked) if options.units else ()
    return asked._replace(units=units)


def _of_unit(path: Path, asked: Asked, layout: Layout | None, options: argparse.Namespace) -> Asked:
    """The unit that the call names, as it was called on the days the file's tables tell of."""
    if not options.unit:
        return asked
    try:
        days = days_told([grid for grid in grids(path) if not grid.hidden], asked.pack, layout, lang=options.lang)
    except NtmError:
        return asked  # what is wrong with the file is told when it is read
    return asked._replace(unit=unit_named(options.unit, asked, days))


def _read(options: argparse.Namespace) -> int:
    lang, asked = options.lang, _asked(options)
    layout = read_layout(options.layout) if options.layout and options.layout.exists() else None
    new = options.layout is not None and layout is None
    paths = [path for given in options.files for path in tables_of(given)]
    output = output_of(options, options.files) if options.output else None
    if options.format != "text" and output is None:
        raise SnapshotError(Problem("error.read_needs_output"))
    done: list[FileRead] = []
    # A set of which neither an edition nor a day was told is that of each table's own day.
    each = asked.as_of is None and not is_file(options.pack)
    known = {asked.pack.reference: Items(asked.pack)}
    for number, path in enumerate(paths, 1):
        pack = edition_of_table(path, options.pack, layout, lang=lang) if each else asked.pack
        if pack.reference not in known:
            known[pack.reference] = Items(pack)
        of_table = _of_unit(path, asked._replace(pack=pack), layout, options)
        one = read_file(path, of_table, layout, lang=lang, items=known[pack.reference])
        if len(paths) > 1 and sys.stderr.isatty():
            print(f"\r{number}/{len(paths)} {path.name}\x1b[K", end="", file=sys.stderr)
        if options.format == "text":
            _print(one, lang)
            # What was seen of a file is not kept: a folder of hundreds is read in the memory of one.
            done.append(one._replace(proposals=(), reads=()))
        else:
            done.append(one)
        if new and layout is None:
            layout = _keep_layout(one, asked, options)
    for problem in (problem for given in options.files for problem in left_in(given)):
        print(f"- {problem.text(lang)}")
    done = agreed(done)
    for one in done:
        for problem in one.refused:
            named = problem.seen_from(one.path) if len(options.files) > 1 else problem
            print(as_typed(named, options).text(lang), file=sys.stderr)
    snapshots = merged(one for one in done if not one.refused)
    if output is not None:
        _write(options.format, output, done, snapshots, lang)
    refused = sum(bool(one.refused) for one in done)
    print(say("layout.done", lang, files=len(done), snapshots=len(snapshots), refused=refused))
    results = evaluate_all(options.pack if each else asked.pack, snapshots)
    for refusal in results.refusals:
        print(refusal.text(lang), file=sys.stderr)
    if refused or results.refusals:
        return BAD_INPUT
    return exit_code([result.verdict for result in results.results])


def _print(one: FileRead, lang: Lang) -> None:
    for grid, proposal in one.proposals:
        print(proposal.text(grid, lang))
    for table in one.reads:
        if not one.proposals:
            print("\n".join((table.grid.place().text(lang), *summary(table.layout, lang))))
        print(as_text(table, lang))
    for problem in one.left:
        print(f"- {problem.text(lang)}")


def _keep_layout(one: FileRead, asked: Asked, options: argparse.Namespace) -> Layout | None:
    """Write the layout proposed for a file, for the others of its kind; with doubts, it is there to be completed."""
    chosen = next((proposal for _, proposal in one.proposals if proposal.layout is not None), None)
    kept = chosen.kept if chosen is not None else None
    if chosen is None or kept is None or options.layout.exists():
        return None
    with whole(options.layout) as path:
        path.write_text(write_layout(kept), encoding="utf-8")
    print(say("layout.written", options.lang, file=options.layout))
    return None if chosen.doubts else kept


def _write(form: str, output: Path, done: list[FileRead], snapshots: tuple[Snapshot, ...], lang: Lang) -> None:
    reads = [table for one in done for table in one.reads]
    # A table that was not read is shown with what is asked of it.
    shown = {table.grid for table in reads}
    unread = (asked_about(grid, proposal) for one in done for grid, proposal in one.proposals if grid not in shown)
    reads += [table for table in unread if table is not None]
    with whole(output) as path:
        if form == "html":
            path.write_text(as_html(reads, lang), encoding="utf-8")
        elif form == "xlsx":
            write_workbook(reads, path, lang)
        else:
            text = dump_yaml({"snapshots": [snapshot.to_dict() for snapshot in snapshots]})
            path.write_text(text, encoding="utf-8")


def _show(options: argparse.Namespace) -> int:
    found = 0
    later = [units_on(day) for day in ON_RECORD[1:]]
    for number, day in enumerate(ON_RECORD):
        listed, within = units_on(day), options.province
        if within and within not in listed:
            within = next((one.code for one in listed.find(within, levels=[Level.PROVINCE])), within)
        named = (listed[options.name],) if options.name in listed else listed.find(options.name, within=within)
        for unit in named:
            if number == 0 and later[0].get(unit.code) == unit:
                continue  # nothing has changed until the next register, which tells more
            found += 1
            span = say("units.until" if day < REFORM else "units.since", options.lang, day=day)
            print(f"{unit.code}  {unit.full}  ({span})")
            for fate in () if number == 0 else became(unit.code) if day < REFORM else made_of(unit.code):
                print(f"    {fate.text(options.lang)}")
    if not found:
        units_on(REFORM).one(options.name)
    return MET_ALL
