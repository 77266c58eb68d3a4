"""An installable package of packs: one officer's confirmed figures for everybody else."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from ..errors import PackError, Place, Problem, reason_of
from ..messages import say
from ..normalization import unaccented
from ..written import whole
from .catalogue import Catalogue, installed
from .legal import Verification
from .model import Pack

_PYPROJECT = """[build-system]
requires = ["hatchling>=1.25"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "1.0"
description = "{description}"
readme = "README.md"
requires-python = ">=3.11"
dependencies = ["ntm-rules"]

[project.entry-points."ntm_rules.packs"]
{namespace} = "{module}"

[tool.hatch.build.targets.wheel]
packages = ["{module}"]
"""
_TESTS = '''"""The packs load, have no mistakes a lint finds, and their confirmed figures say where they were read."""

import pytest

import ntm_rules as ntm

PACKS = {references}


@pytest.mark.parametrize("reference", PACKS)
def test_the_pack_loads_without_mistakes(reference: str) -> None:
    assert [finding.text() for finding in ntm.lint(reference) if finding.severity == "error"] == []


@pytest.mark.parametrize(("reference", "stated"), PACKS.items())
def test_confirmed_figures_say_where_they_were_read(reference: str, stated: int) -> None:
    sources = [row.source for row in ntm.load_pack(reference).figures() if row.source.verification == "stated"]
    assert len(sources) == stated
    assert all(source.url or source.checked_against for source in sources)
'''


def write_bundle(
    files: Sequence[str | os.PathLike[str]], folder: str | os.PathLike[str], *, catalogue: Catalogue | None = None
) -> tuple[Path, ...]:
    """Write an installable package of pack files, with entry point, tests and README; the files written.

    The packs' ids begin with one word, under which the package is found once installed: ``nghean/commune``. What an
    overlay is laid over comes along where it is a file of one's own.

    Raises:
        PackError: no file, a pack that is refused, ids that do not begin alike or have more than two parts, or a
            folder that is there already.
    """
    target = Path(folder)
    shelf = catalogue or installed()
    if not files:
        raise PackError(Problem("error.bundle_empty"))
    if target.exists() and any(target.iterdir()):
        raise PackError(Problem("error.bundle_exists", Place(file=str(target))))
    loaded = [(Path(file), shelf.load(Path(file))) for file in files]
    there = {pack.reference for _, pack in loaded}
    for below in [base for _, pack in loaded for base in shelf.bases(pack)]:
        if below.file is not None and below.reference not in there and not shelf.has(below.id):
            there.add(below.reference)
            loaded.append((below.file, below))
    namespace = _namespace(loaded, shelf)
    module = f"ntm_packs_{namespace.replace('-', '_')}"
    name = (
        re.sub(r"[^a-z0-9]+", "-", unaccented(target.resolve().name.casefold())).strip("-") or f"ntm-packs-{namespace}"
    )
    about = say("bundle.about", "en", namespace=namespace)
    contents = {
        "pyproject.toml": _PYPROJECT.format(name=name, description=about, namespace=namespace, module=module),
        "README.md": _readme(name, namespace, [pack for _, pack in loaded]),
        "tests/test_packs.py": _TESTS.format(references=_listed([pack for _, pack in loaded])),
        f"{module}/__init__.py": f'"""Packs of {namespace}: YAML only."""\n',
    }
    for path, pack in loaded:
        inside = f"{module}/{pack.reference.removeprefix(f'{namespace}/')}.yaml"
        contents[inside] = path.read_text(encoding="utf-8")
    written = []
    for inside, text in contents.items():
        file = target / inside
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with whole(file) as draft:
                draft.write_text(text, encoding="utf-8")
        except OSError as error:
            raise PackError(Problem("error.cannot_write", Place(file=str(file)), reason=reason_of(error))) from None
        written.append(file)
    return tuple(written)


def _namespace(loaded: Sequence[tuple[Path, Pack]], shelf: Catalogue) -> str:
    """The first part of the packs' ids."""
    problems = []
    names = {pack.id.partition("/")[0] for _, pack in loaded}
    taken = {bundle.namespace for bundle in shelf.bundles}
    seen: set[str] = set()
    for path, pack in loaded:
        first, _, rest = pack.id.partition("/")
        if "/" in rest or first in taken:
            problems.append(
                Problem("error.bundle_id", Place(file=path.as_posix()), id=pack.id, taken=", ".join(sorted(taken)))
            )
        if pack.reference in seen:
            problems.append(Problem("error.bundle_twice", Place(file=path.as_posix()), pack=pack.reference))
        seen.add(pack.reference)
    if len(names) > 1:
        problems.append(Problem("error.bundle_names", names=", ".join(sorted(names))))
    if problems:
        raise PackError(*problems)
    return names.pop()


def confirmed_in(pack: Pack) -> int:
    """How many figures of a pack were checked against its decision."""
    return sum(row.source.verification is Verification.STATED for row in pack.figures())


def _listed(packs: Sequence[Pack]) -> str:
    return "{\n" + "".join(f'    "{pack.reference}": {confirmed_in(pack)},\n' for pack in packs) + "}"


def _readme(name: str, namespace: str, packs: Sequence[Pack]) -> str:
    """What is in the package and how to use it, in both languages."""
    parts = [f"# {name}\n"]
    for lang in ("vi", "en"):
        trust = " --trust stated" if all(map(confirmed_in, packs)) else ""
        parts.append(say("bundle.readme", lang, name=name, namespace=namespace, pack=packs[0].reference, trust=trust))
        for pack in packs:
            total = sum(1 for _ in pack.figures())
            stated = [row.source for row in pack.figures() if row.source.verification is Verification.STATED]
            used = {source.basis for source in stated}
            decisions = ", ".join(basis.number for basis in pack.legal_basis if basis.id in used) or "–"
            accepted = sum(any("(--accept " in text for text in source.checked_against) for source in stated)
            parts.append(
                say(
                    "bundle.pack",
                    lang,
                    pack=pack.reference,
                    title=pack.title.text(lang),
                    stated=len(stated),
                    figures=total,
                    decisions=decisions,
                )
            )
            if not stated:
                parts.append(f"  {say('bundle.unconfirmed', lang, pack=pack.reference)}.")
            if accepted:
                parts.append(f"  {say('bundle.accepted', lang, accepted=accepted)}")
        parts.append("")
    return "\n".join(parts)
