"""``evaluate``: every snapshot of some files against a pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Literal

from ..evaluation.many import evaluate_all
from ..messages import say
from ..pack.catalogue import load_pack
from .codes import BAD_INPUT, exit_code
from .formats import FORMATS
from .parser import Commands
from .reading import TRUSTS


def register(commands: Commands) -> None:
    say = commands.say
    one = commands.add(
        "evaluate", _evaluate, "ntm-rules evaluate communes.xlsx --pack hatinh/commune --format markdown"
    )
    one.add_argument("files", nargs="+", type=Path, metavar=say("cli.name.file"), help=say("cli.files"))
    one.add_argument("--pack", required=True, metavar=say("cli.name.pack"), help=say("cli.pack"))
    one.add_argument("--format", choices=tuple(FORMATS), default="text", help=say("cli.format"))
    one.add_argument("--trust", choices=TRUSTS, default="recalled", help=say("cli.trust"))
    one.add_argument("--ignore-unknown-measures", action="store_true", help=say("cli.ignore_unknown"))
    one.add_argument("--remedy", action="store_true", help=say("cli.with_remedy"))


def _evaluate(options: argparse.Namespace) -> int:
    from ..snapshot.readers import read_snapshots

    unknown: Literal["error", "ignore"] = "ignore" if options.ignore_unknown_measures else "error"
    pack = load_pack(Path(options.pack)) if options.pack.endswith((".yaml", ".yml")) else options.pack
    # A pack file of one's own may name measures and codes that nothing installed knows.
    own = () if isinstance(pack, str) else (pack,)
    snapshots = [one for path in options.files for one in read_snapshots(path, packs=own, unknown_measures=unknown)]
    done = evaluate_all(pack, snapshots, trust=options.trust, unknown_measures=unknown)
    print(FORMATS[options.format](done.results, options.lang), end="")
    if options.remedy and options.format == "text":
        for result in done.results:
            print(say("cli.remedy", options.lang, unit=result.unit.label))
            print(result.remedy().text(options.lang))
    if not done.refusals:
        return exit_code([result.verdict for result in done.results])
    for refusal in done.refusals:
        print(refusal.text(options.lang), file=sys.stderr)
    if done.results:
        counts = {"count": len(done.refusals), "total": len(snapshots)}
        print(say("cli.refused", options.lang, **counts), file=sys.stderr)
    return BAD_INPUT
