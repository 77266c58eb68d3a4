"""``report`` and ``demo``: dossiers, assessed as a whole."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import EvaluationError, Problem, SnapshotError
from ..messages import LANGS, Lang, say
from ..pack.model import Pack
from ..written import whole
from .codes import MET_ALL
from .formats import ENDINGS, FORMATS
from .output import output_of, takes_output
from .parser import Commands
from .reading import TRUSTS, pack_of, seen_among

if TYPE_CHECKING:
    from ..assessment.tree import TreeAssessment
    from ..dossier import Dossier
    from ..snapshot.model import Snapshot


def register(commands: Commands) -> None:
    told = commands.say
    report = commands.add("report", _report, "ntm-rules report examples/ha_tinh_2023 -o report.html")
    report.add_argument("files", nargs="+", type=Path, metavar=told("cli.name.file"), help=told("cli.report_files"))
    report.add_argument(
        "--pack",
        action="append",
        default=[],
        dest="packs",
        metavar=told("cli.name.pack"),
        help=told("cli.report_packs"),
    )
    report.add_argument("--title", default="", metavar=told("cli.name.title"), help=told("cli.report_title"))
    takes_output(report, commands, "cli.report_file")
    report.add_argument("--numbers", choices=LANGS, help=told("cli.numbers"))
    report.add_argument("--trust", choices=TRUSTS, default="recalled", help=told("cli.trust"))
    demo = commands.add("demo", _demo, "ntm-rules demo --year 2026")
    demo.add_argument("--year", type=int, choices=(2023, 2026), default=2023, help=told("cli.demo_year"))
    demo.add_argument("--full", action="store_true", help=told("cli.demo_full"))
    demo.add_argument("--folder", type=Path, metavar=told("cli.name.folder"), help=told("cli.other_dossier"))


# What a report is written as besides; a record line by line is small where a province's whole is not.
_STYLES = {**ENDINGS, ".jsonl": "lines"}


def _report(options: argparse.Namespace) -> int:
    from ..report import KINDS, write_report

    dossier = _dossier(options)
    path = output_of(options, dossier.files)
    ending = path.suffix.casefold()
    if ending not in KINDS and ending not in _STYLES:
        names = ", ".join(dict.fromkeys((*KINDS, *_STYLES)))
        raise EvaluationError(Problem("error.report_kind", kind=ending or path.name, names=names))
    tree = dossier.assess(trust=options.trust)
    if ending not in KINDS:
        with whole(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
            file.writelines(_written(dossier, tree, _STYLES[ending], options.lang))
        print(path)
        return MET_ALL
    write_report(
        tree,
        path,
        lang=options.lang,
        plan=dossier.check_plans(tree),
        title=options.title or dossier.title.text(options.lang),
        notes=dossier.notes,
        letterhead=dossier.letter,
    )
    print(path)
    return MET_ALL


def _written(dossier: Dossier, tree: TreeAssessment, style: str, lang: Lang) -> Iterator[str]:
    """The report in another form than a page, a workbook or a letter: data, a table, or text."""
    if style == "lines":
        from ..report.record import to_lines

        yield from to_lines(dossier, tree)
        return
    yield _text(dossier, tree, style, lang)


def _text(dossier: Dossier, tree: TreeAssessment, style: str, lang: Lang) -> str:
    if style == "json":
        from ..report.record import to_record

        return to_record(dossier, tree)
    if style == "text":
        from ..report.summary import full_text

        return full_text(dossier, tree, lang)
    return FORMATS[style]([one for standing in tree.units for one in standing.assessments.values()], lang)


def _dossier(options: argparse.Namespace) -> Dossier:
    """The dossier that was named, or one made of files of facts and the packs they are held against."""
    from ..dossier import FILE, of_snapshots, read_dossier
    from ..snapshot.readers import read_snapshots

    first: Path = options.files[0]
    if len(options.files) == 1 and not options.packs and (first.is_dir() or first.name == FILE or not first.exists()):
        return read_dossier(first.parent if first.name == FILE else first)
    if not options.packs:
        raise SnapshotError(Problem("error.report_needs_pack"))
    packs = tuple(pack_of(name) if name.endswith((".yaml", ".yml")) else name for name in options.packs)
    own = [pack for pack in packs if isinstance(pack, Pack)]
    snapshots: list[Snapshot] = []
    for path in options.files:
        with seen_among(options.files, path):
            snapshots += read_snapshots(path, packs=own, numbers=options.numbers)
    return of_snapshots(snapshots, packs, files=options.files)


def _demo(options: argparse.Namespace) -> int:
    from ..dossier import bundled, read_dossier
    from ..report.gather import gather
    from ..report.summary import full_text, to_summary

    dossier = read_dossier(options.folder or bundled(options.year))
    tree = dossier.assess()
    if not options.full:
        plan, title = dossier.check_plans(tree), dossier.title.text(options.lang)
        print(to_summary(gather(tree, options.lang, plan, title, dossier.notes)))
        year = f" --year {options.year}" if options.year != 2023 else ""
        chosen = f" --folder {options.folder}" if options.folder else year
        print(say("summary.full", options.lang, command=f"ntm-rules demo{chosen} --full"))
        return MET_ALL
    print(full_text(dossier, tree, options.lang))
    for focus in dossier.explain:
        print(tree[focus.unit, focus.pack].explain(options.lang))
    return MET_ALL
