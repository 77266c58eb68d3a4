"""``packs``: what is installed, and work on packs."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..errors import PackError, Place, Problem
from ..messages import say
from ..pack.catalogue import installed, packs
from .codes import MET_ALL, SOMETHING_NOT_MET
from .parser import Commands
from .reading import pack_of


def register(commands: Commands) -> None:
    say, inside = commands.say, commands.group("packs")
    named = say("cli.name.pack")
    inside.add("list", _list, "ntm-rules packs list")
    show = inside.add("show", _show, "ntm-rules packs show vn/commune")
    show.add_argument("pack", metavar=named, help=say("cli.pack"))
    audit = inside.add("audit", _audit, "ntm-rules packs audit vn/commune")
    audit.add_argument("packs", nargs="*", metavar=named, help=say("cli.packs_or_all"))
    test = inside.add("test", _test, "ntm-rules packs test my-packs/situations")
    test.add_argument("paths", nargs="*", type=Path, metavar=say("cli.name.file"), help=say("cli.situations_in"))
    lint = inside.add("lint", _lint, "ntm-rules packs lint my-pack.yaml")
    lint.add_argument("packs", nargs="*", metavar=named, help=say("cli.packs_or_all"))
    lint.add_argument("--format", choices=("text", "json", "github"), default="text", help=say("cli.format"))
    inside.add("schema", _schema, "ntm-rules packs schema > pack.schema.json")
    compare = inside.add("compare", _compare, "ntm-rules packs compare vn/commune-advanced vn/commune")
    compare.add_argument("first", metavar=say("cli.name.first"), help=say("cli.pack"))
    compare.add_argument("second", metavar=say("cli.name.second"), help=say("cli.pack"))


def _list(options: argparse.Namespace) -> int:
    for info in packs():
        span = say("case.between", options.lang, start=info.valid_from or "…", end=info.valid_to or "…")
        levels = ", ".join(level.text(options.lang) for level in info.applies_to)
        partly = f" [{say('cli.incomplete', options.lang)}]" if info.incomplete else ""
        print(f"{info.reference}\n    {info.title.text(options.lang)}{partly}\n    {levels}; {span}")
    return MET_ALL


def _show(options: argparse.Namespace) -> int:
    from ..analysis.page import pack_page

    print(pack_page(pack_of(options.pack), options.lang), end="")
    return MET_ALL


def _audit(options: argparse.Namespace) -> int:
    from ..analysis.audit import audit_text

    chosen = options.packs or [info.reference for info in packs()]
    print(audit_text([pack_of(reference) for reference in chosen], options.lang), end="")
    return MET_ALL


def _test(options: argparse.Namespace) -> int:
    from ..testing.situations import run_situations

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
    from ..analysis.lint import lint

    chosen = options.packs or [info.reference for info in packs()]
    found = [finding for reference in chosen for finding in lint(pack_of(reference))]
    if options.format == "json":
        print(json.dumps([finding.to_dict() for finding in found], ensure_ascii=False, indent=2))
    else:
        for finding in found:
            print(finding.to_github(options.lang) if options.format == "github" else finding.text(options.lang))
    return SOMETHING_NOT_MET if any(finding.severity != "note" for finding in found) else MET_ALL


def _schema(options: argparse.Namespace) -> int:
    from ..pack.schema import schema_text

    print(schema_text(), end="")
    return MET_ALL


def _compare(options: argparse.Namespace) -> int:
    from ..analysis.compare import compare

    print(compare(pack_of(options.first), pack_of(options.second)).text(options.lang), end="")
    return MET_ALL
