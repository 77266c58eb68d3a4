"""``evaluate``: every snapshot of some files against a pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..errors import Problem, SnapshotError
from ..evaluation.many import evaluate_all
from ..messages import LANGS, say
from ..pack.catalogue import load_pack
from ..written import whole
from .codes import BAD_INPUT, exit_code
from .formats import ENDINGS, FORMATS, REPORTS
from .output import output_of, takes_output
from .parser import Commands
from .reading import TRUSTS, seen_among

if TYPE_CHECKING:
    from ..snapshot.model import Snapshot


def register(commands: Commands) -> None:
    say = commands.say
    one = commands.add(
        "evaluate", _evaluate, "ntm-rules evaluate communes.xlsx --pack hatinh/commune --format markdown"
    )
    one.add_argument("files", nargs="+", type=Path, metavar=say("cli.name.file"), help=say("cli.files"))
    one.add_argument("--pack", required=True, metavar=say("cli.name.pack"), help=say("cli.pack"))
    one.add_argument("--format", choices=tuple(FORMATS), help=say("cli.format"))
    takes_output(one, commands, "cli.evaluate_output", required=False)
    one.add_argument("--trust", choices=TRUSTS, default="recalled", help=say("cli.trust"))
    one.add_argument("--numbers", choices=LANGS, help=say("cli.numbers"))
    one.add_argument("--ignore-unknown-measures", action="store_true", help=say("cli.ignore_unknown"))
    one.add_argument("--remedy", action="store_true", help=say("cli.with_remedy"))


def _evaluate(options: argparse.Namespace) -> int:
    from ..snapshot.readers import read_snapshots

    unknown: Literal["error", "ignore"] = "ignore" if options.ignore_unknown_measures else "error"
    pack = load_pack(Path(options.pack)) if options.pack.endswith((".yaml", ".yml")) else options.pack
    # A pack file of one's own may name measures and codes that nothing installed knows.
    own = () if isinstance(pack, str) else (pack,)
    snapshots: list[Snapshot] = []
    for file in options.files:
        with seen_among(options.files, file):
            snapshots += read_snapshots(file, packs=own, unknown_measures=unknown, numbers=options.numbers)
    style, path = _wanted(options)
    done = evaluate_all(pack, snapshots, trust=options.trust, unknown_measures=unknown)
    if style in REPORTS and path is not None:
        from ..dossier import of_snapshots
        from ..report import write_report

        judged = {result.unit.id for result in done.results}
        told = of_snapshots([one for one in snapshots if one.unit.id in judged], [pack]) if judged else None
        if told is not None:
            write_report(told.assess(trust=options.trust), path, lang=options.lang)
    else:
        text = FORMATS[style](done.results, options.lang)
        if options.remedy and style == "text":
            for result in done.results:
                text += f"{say('cli.remedy', options.lang, unit=result.unit.label)}\n"
                text += f"{result.remedy().text(options.lang)}\n"
        if path is None:
            print(text, end="")
        else:
            with whole(path) as draft:
                draft.write_text(text, encoding="utf-8")
    if path is not None:
        print(path)
    if not done.refusals:
        return exit_code([result.verdict for result in done.results])
    for refusal in done.refusals:
        print(refusal.text(options.lang), file=sys.stderr)
    if done.results:
        counts = {"count": len(done.refusals), "total": len(snapshots)}
        print(say("cli.refused", options.lang, **counts), file=sys.stderr)
    return BAD_INPUT


def _wanted(options: argparse.Namespace) -> tuple[str, Path | None]:
    """The format, and where to write: the ending of ``-o`` chooses where ``--format`` does not."""
    if options.output is None:
        return options.format or "text", None
    path = output_of(options, options.files)
    ending = path.suffix.casefold()
    if options.format is None and ending not in ENDINGS:
        raise SnapshotError(Problem("error.output_kind", ending=ending or path.name, names=", ".join(ENDINGS)))
    return options.format or ENDINGS[ending], path
