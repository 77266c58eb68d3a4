"""The command ``ntm-rules``.

Exit codes: 0 everything met, 1 something not met, 2 bad input or usage, 3 nothing failed but something is undetermined;
130 interrupted, 141 the reader of a pipe stopped reading.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from .assessment.model import Assessment
from .errors import EvaluationError, NtmError, PackError, Place, Problem, SnapshotError, reason_of
from .evaluation.evaluate import evaluate
from .messages import Lang, say
from .pack.catalogue import installed, load_pack, packs
from .snapshot.cells import SnapshotWarning
from .snapshot.model import Unit
from .verdict import NOT_MET, UNKNOWN, Verdict

MET_ALL, SOMETHING_NOT_MET, BAD_INPUT, UNDETERMINED = 0, 1, 2, 3
# As a shell says it of a program that a signal ended.
INTERRUPTED, PIPE_CLOSED = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese must print whatever the locale says, and a pipe must not turn it into escapes.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        with warnings.catch_warnings(record=True) as noticed:
            warnings.simplefilter("always", SnapshotWarning)
            try:
                code: int = options.run(options)
                print(end="", flush=True)
            finally:
                for warning in noticed:
                    print(_noticed(warning.message, options.lang), file=sys.stderr)
    except NtmError as error:
        print(error.text(options.lang), file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of a pipe has seen enough.
        sys.stderr.close()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        # What is read reports its own faults; this is a result that could not be written.
        reason = reason_of(error)
        said = reason if isinstance(reason, str) else reason.text(options.lang)
        where = f"{error.filename}: " if error.filename else ""
        print(where + say("error.cannot_write", options.lang, reason=said), file=sys.stderr)
        return BAD_INPUT
    return code


def _noticed(warning: Warning | str, lang: Lang) -> str:
    return warning.problem.text(lang) if isinstance(warning, SnapshotWarning) else str(warning)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ntm-rules",
        description="Decide, and explain, whether a unit meets the criteria set for it by law.",
        epilog="Exit codes: 0 all met, 1 something not met, 2 bad input or usage, 3 undetermined.",
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of what is printed (default vi)")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(
        group: Any, name: str, run: Callable[[argparse.Namespace], int], help_text: str, example: str
    ) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = group.add_parser(
            name,
            parents=[shared],
            help=help_text,
            description=help_text,
            epilog=f"example: {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run)
        return made

    one = command(
        commands,
        "evaluate",
        _evaluate,
        "judge every snapshot of some files or folders against a pack",
        "ntm-rules evaluate communes.xlsx --pack hatinh/commune --format markdown",
    )
    one.add_argument("files", nargs="+", type=Path, help="snapshots: .yaml .json .csv .xlsx, or folders of them")
    one.add_argument("--pack", required=True, help="pack id (vn/commune, vn/commune@2021-2025) or a pack file")
    one.add_argument("--format", choices=tuple(_FORMATS), default="text", help="default text")
    one.add_argument("--trust", choices=("stated", "secondary", "recalled", "uncertain"), default="recalled")
    one.add_argument("--ignore-unknown-measures", action="store_true", help="pass over measures no pack knows")
    one.add_argument("--remedy", action="store_true", help="also print the least that would have to change")

    form = command(
        commands,
        "template",
        _template,
        "write a form for a pack that an officer fills in and evaluate reads back",
        "ntm-rules template hatinh/commune -o form.xlsx",
    )
    form.add_argument("pack")
    form.add_argument("-o", "--output", required=True, type=Path)

    report = command(
        commands,
        "report",
        _report,
        "assess a dossier (a folder with dossier.yaml) and write a report",
        "ntm-rules report examples/ha_tinh_2023 -o report.html",
    )
    report.add_argument("folder", type=Path)
    report.add_argument("-o", "--output", required=True, type=Path, help=".html, .xlsx or .docx")
    report.add_argument("--trust", choices=("stated", "secondary", "recalled", "uncertain"), default="recalled")

    demo = command(
        commands,
        "demo",
        _demo,
        "assess a real province (Hà Tĩnh, August 2023) and explain it",
        "ntm-rules demo --lang en",
    )
    demo.add_argument("--folder", type=Path, help="another dossier")

    shelf = commands.add_parser("packs", help="what is installed, and work on packs")
    inside = shelf.add_subparsers(title="commands", required=True, metavar="COMMAND")
    command(inside, "list", _list, "the installed packs", "ntm-rules packs list")
    show = command(inside, "show", _show, "a pack in full, as Markdown", "ntm-rules packs show vn/commune")
    show.add_argument("pack")
    audit = command(
        inside, "audit", _audit, "how far the figures of packs were verified", "ntm-rules packs audit vn/commune"
    )
    audit.add_argument("packs", nargs="*")
    test = command(inside, "test", _test, "run situations beside the packs", "ntm-rules packs test my-packs/situations")
    test.add_argument("paths", nargs="*", type=Path)
    lint = command(inside, "lint", _lint, "look for mistakes in packs", "ntm-rules packs lint my-pack.yaml")
    lint.add_argument("packs", nargs="*")
    lint.add_argument("--format", choices=("text", "json", "github"), default="text")
    compare = command(
        inside,
        "compare",
        _compare,
        "what differs between two packs, and whether the first is at least as strict",
        "ntm-rules packs compare vn/commune-advanced vn/commune",
    )
    compare.add_argument("first")
    compare.add_argument("second")
    worksheet = command(
        inside,
        "worksheet",
        _worksheet,
        "list every figure of a pack in a workbook, to be checked against the decision",
        "ntm-rules packs worksheet vn/commune -o worksheet.xlsx",
    )
    worksheet.add_argument("pack")
    worksheet.add_argument("-o", "--output", required=True, type=Path)
    apply = command(
        inside,
        "apply",
        _apply,
        "turn a filled worksheet into an overlay pack",
        "ntm-rules packs apply worksheet.xlsx -o overlay.yaml",
    )
    apply.add_argument("worksheet", type=Path)
    apply.add_argument("-o", "--output", required=True, type=Path)
    apply.add_argument("--id", help="id of the overlay")
    return parser


def exit_code(verdicts: Sequence[Verdict]) -> int:
    """The exit code for some verdicts."""
    if NOT_MET in verdicts:
        return SOMETHING_NOT_MET
    return UNDETERMINED if UNKNOWN in verdicts else MET_ALL


def _evaluate(options: argparse.Namespace) -> int:
    from .snapshot.readers import read_snapshots

    unknown: Literal["error", "ignore"] = "ignore" if options.ignore_unknown_measures else "error"
    pack = load_pack(Path(options.pack)) if options.pack.endswith((".yaml", ".yml")) else options.pack
    # A pack file of one's own may name measures and codes that nothing installed knows.
    own = () if isinstance(pack, str) else (pack,)
    snapshots = [one for path in options.files for one in read_snapshots(path, packs=own, unknown_measures=unknown)]
    if isinstance(pack, str):
        # One word on a pack that is not there, not one for each unit.
        load_pack(pack)
    results, problems = [], []
    for one in snapshots:
        try:
            results.append(evaluate(pack, one, trust=options.trust, unknown_measures=unknown))
        except NtmError as error:
            problems += [problem.at(_whose(problem.place, one.unit)) for problem in error.problems]
    if problems:
        raise EvaluationError(*problems)
    print(_FORMATS[options.format](results, options.lang), end="")
    if options.remedy and options.format == "text":
        for result in results:
            print(say("cli.remedy", options.lang, unit=result.unit.label))
            print(result.remedy().text(options.lang))
    return exit_code([result.verdict for result in results])


def _whose(place: Place, unit: Unit) -> Place:
    """The place with the unit's name, so that of many units the faulty one is found."""
    return Place(path=unit.name or unit.id) if place in (Place(), Place(path=unit.id)) else place


def _as_text(results: Sequence[Assessment], lang: Lang) -> str:
    return "\n".join(result.explain(lang) for result in results)


def _as_markdown(results: Sequence[Assessment], lang: Lang) -> str:
    return "\n".join(result.to_markdown(lang) for result in results)


def _as_json(results: Sequence[Assessment], lang: Lang) -> str:
    return json.dumps([result.to_dict() for result in results], ensure_ascii=False, indent=2) + "\n"


def _as_html(results: Sequence[Assessment], lang: Lang) -> str:
    body = "\n".join(result.to_html(lang) for result in results)
    head = f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>ntm-rules</title></head>'
    return f"{head}\n<body>\n{body}\n</body></html>\n"


def _as_csv(results: Sequence[Assessment], lang: Lang) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("unit", "name", "pack", "as_of", "code", "text", "verdict", "shortfall", "reasons"))
    for result in results:
        rows = [("", result.title, result.verdict, "", "")]
        for item in (*result.prerequisites, *result.indicators()):
            shortfall = "" if item.gap is None else item.gap.text(lang)
            why = "; ".join(reason.text(lang) for reason in item.reasons)
            rows.append((item.code, item.text, item.verdict, shortfall, why))
        for code, text, verdict, shortfall, why in rows:
            # A spreadsheet must not read a name as a formula.
            cells = (result.unit.id, result.unit.name, result.pack, str(result.as_of), code, text.text(lang))
            safe = [f"'{cell}" if cell[:1] in "=+-@" and cell else cell for cell in cells]
            writer.writerow((*safe, verdict, shortfall, why))
    return table.getvalue()


_FORMATS: dict[str, Callable[[Sequence[Assessment], Lang], str]] = {
    "text": _as_text,
    "markdown": _as_markdown,
    "json": _as_json,
    "html": _as_html,
    "csv": _as_csv,
}


def _template(options: argparse.Namespace) -> int:
    from .snapshot.form import write_form

    write_form(_load(options.pack), _workbook(options.output), lang=options.lang)
    print(options.output)
    return MET_ALL


def _workbook(path: Path) -> Path:
    """The path, which a workbook can be found by again."""
    if path.suffix.casefold() != ".xlsx":
        raise SnapshotError(Problem("error.not_a_workbook", file=path.name))
    return path


def _load(reference: str) -> Any:
    return load_pack(Path(reference) if reference.endswith((".yaml", ".yml")) else reference)


def _report(options: argparse.Namespace) -> int:
    from .dossier import read_dossier
    from .report import write_report

    dossier = read_dossier(options.folder)
    tree = dossier.assess(trust=options.trust)
    title = dossier.title.text(options.lang)
    write_report(tree, options.output, lang=options.lang, plan=dossier.check_plans(tree), title=title)
    print(options.output)
    return MET_ALL


def _demo(options: argparse.Namespace) -> int:
    from .assessment.briefing import briefing
    from .dossier import bundled, read_dossier

    dossier = read_dossier(options.folder or bundled())
    tree = dossier.assess()
    print(briefing(tree, options.lang, dossier.check_plans(tree), dossier.title.text(options.lang)))
    for focus in dossier.explain:
        print(tree[focus.unit, focus.pack].explain(options.lang))
    return MET_ALL


def _list(options: argparse.Namespace) -> int:
    for info in packs():
        span = say("case.between", options.lang, start=info.valid_from or "…", end=info.valid_to or "…")
        levels = ", ".join(level.text(options.lang) for level in info.applies_to)
        partly = f" [{say('cli.incomplete', options.lang)}]" if info.incomplete else ""
        print(f"{info.reference}\n    {info.title.text(options.lang)}{partly}\n    {levels}; {span}")
    return MET_ALL


def _show(options: argparse.Namespace) -> int:
    from .analysis.page import pack_page

    print(pack_page(_load(options.pack), options.lang), end="")
    return MET_ALL


def _audit(options: argparse.Namespace) -> int:
    from .analysis.audit import audit_text

    chosen = options.packs or [info.reference for info in packs()]
    print(audit_text([_load(reference) for reference in chosen], options.lang), end="")
    return MET_ALL


def _test(options: argparse.Namespace) -> int:
    from .testing.situations import run_situations

    paths = options.paths or [bundle.root / "situations" for bundle in installed().bundles]
    failed = total = 0
    for path in paths:
        if path.is_dir() and not any(path.glob("*.yaml")):
            raise PackError(Problem("error.no_situations", Place(file=str(path))))
        for outcome in run_situations(path):
            total += 1
            if outcome.problems:
                failed += 1
                print(outcome.text(options.lang))
    print(say("cli.situations", options.lang, total=total, failed=failed))
    return SOMETHING_NOT_MET if failed else MET_ALL


def _lint(options: argparse.Namespace) -> int:
    from .analysis.lint import lint

    chosen = options.packs or [info.reference for info in packs()]
    found = [finding for reference in chosen for finding in lint(_load(reference))]
    if options.format == "json":
        print(json.dumps([finding.to_dict() for finding in found], ensure_ascii=False, indent=2))
    else:
        for finding in found:
            print(finding.to_github(options.lang) if options.format == "github" else finding.text(options.lang))
    return SOMETHING_NOT_MET if found else MET_ALL


def _compare(options: argparse.Namespace) -> int:
    from .analysis.compare import compare

    print(compare(_load(options.first), _load(options.second)).text(options.lang), end="")
    return MET_ALL


def _worksheet(options: argparse.Namespace) -> int:
    from .pack.worksheet import write_worksheet

    write_worksheet(_load(options.pack), _workbook(options.output), lang=options.lang)
    print(options.output)
    return MET_ALL


def _apply(options: argparse.Namespace) -> int:
    from .pack.worksheet import apply_worksheet

    options.output.write_text(apply_worksheet(options.worksheet, overlay_id=options.id), encoding="utf-8")
    print(options.output)
    return MET_ALL


if __name__ == "__main__":
    raise SystemExit(main())
