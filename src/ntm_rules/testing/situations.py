"""Situations: YAML cases beside a pack that say what the law makes of some facts, code by code.

```yaml
pack: vn/commune@2021-2025
situations:
  - name: Income exactly at the value of Trung du miền núi phía Bắc, 2023
    trust: uncertain
    unit: {id: x, level: commune, region: tdmnpb}
    as_of: 2023-06-30
    measures: {income_per_capita: "42 triệu đồng/người/năm"}
    findings: {"1.1": met}
    expect: {"10": MET, "1.1": MET, "17": UNKNOWN}
    reasons: {"17.1": threshold_untranscribed}
```
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field

from ..assessment.model import Assessment, Result
from ..assessment.parts import ReasonCode
from ..day import Day
from ..errors import NtmError, Problem
from ..evaluation.evaluate import evaluate
from ..frozen import Frozen
from ..messages import Lang, say
from ..pack.catalogue import Catalogue, installed
from ..pack.legal import Verification
from ..pack.loader import Document, read_yaml, validate
from ..pack.model import Pack
from ..pack.reference import split_reference
from ..snapshot.model import Snapshot
from ..snapshot.recognition import Recognition
from ..snapshot.unit import Unit
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, Verdict

WHOLE_PACK = "pack"


class Situation(Frozen):
    """Some facts and what they must come to. ``expect`` also takes ``pack`` for the verdict of the whole pack.

    ``findings`` are on codes of the pack itself, ``findings_of`` on codes of other packs it asks for.
    """

    name: str
    unit: Unit
    as_of: Day
    expect: dict[str, Verdict] = Field(min_length=1)
    reasons: dict[str, ReasonCode] = {}
    trust: Verification = Verification.RECALLED
    measures: dict[str, Any] = {}
    findings: dict[str, Any] = {}
    findings_of: dict[str, dict[str, Any]] = {}
    recognitions: tuple[Recognition, ...] = ()
    children: dict[str, Any] = {}

    def snapshot(self, pack: Pack) -> Snapshot:
        """The facts as a snapshot for a pack."""
        return Snapshot.model_validate(
            {
                "unit": self.unit,
                "as_of": self.as_of,
                "measures": self.measures,
                "findings": {**self.findings_of, **({pack.id: self.findings} if self.findings else {})},
                "recognitions": self.recognitions,
                "children": self.children,
            }
        )


class _File(Frozen):
    pack: Annotated[str, BeforeValidator(str)]
    situations: tuple[Situation, ...] = Field(min_length=1)


class SituationResult(NamedTuple):
    """How one situation came out; ``problems`` is empty where it came out as expected."""

    file: str
    pack: str
    situation: Situation
    problems: tuple[Problem, ...]

    def text(self, lang: Lang = "vi") -> str:
        """The situation and what differs, a line each."""
        head = say("situation.head", lang, file=self.file, name=self.situation.name)
        return "\n".join((head, *(f"  {problem.text(lang)}" for problem in self.problems)))


def run_situations(path: str | os.PathLike[str], *, catalogue: Catalogue | None = None) -> tuple[SituationResult, ...]:
    """Run the situations of a file, or of every ``.yaml`` file of a folder.

    >>> from ntm_rules.pack.catalogue import installed
    >>> folder = next(bundle.root for bundle in installed().bundles if bundle.namespace == "hatinh") / "situations"
    >>> all(not result.problems for result in run_situations(folder))
    True

    Raises:
        PackError: a file that is no situations file, with line and path.
        CatalogueError: a pack nobody has.
    """
    catalogue = catalogue or installed()
    root = Path(path)
    files = sorted(root.glob("*.yaml")) if root.is_dir() else [root]
    return tuple(result for file in files for result in _run(file, catalogue))


def _run(file: Path, catalogue: Catalogue) -> Iterator[SituationResult]:
    document = read_yaml(file)
    read = validate(_File, document)
    pack = _pack(read.pack, file, catalogue)
    for index, situation in enumerate(read.situations):
        problems = tuple(_differences(situation, pack, catalogue, document, index))
        yield SituationResult(file.name, pack.reference, situation, problems)


def _pack(reference: str, file: Path, catalogue: Catalogue) -> Pack:
    """The installed pack, or the one whose file stands beside the folder of situations."""
    name, edition = split_reference(reference)
    beside = file.parent.parent / f"{name.rpartition('/')[2]}@{edition}.yaml"
    if edition and not catalogue.has(name) and beside.is_file():
        return catalogue.load(beside)
    return catalogue.load(reference)


def _differences(
    situation: Situation, pack: Pack, catalogue: Catalogue, document: Document, index: int
) -> Iterator[Problem]:
    try:
        snapshot = situation.snapshot(pack)
        result = evaluate(pack, snapshot, trust=situation.trust, catalogue=catalogue)
    except NtmError as error:
        yield from (
            problem.at(document.place(("situations", index, *problem.place.keys))) for problem in error.problems
        )
        return
    for code, expected in situation.expect.items():
        place = document.place(("situations", index, "expect", code))
        got = _verdicts(result, code)
        if not got:
            yield Problem("error.finding_code", place, code=code, pack=pack.reference, near="")
        elif expected not in got:
            yield Problem("situation.differs", place, code=code, expected=expected, got=" / ".join(got))
    for code, reason in situation.reasons.items():
        place = document.place(("situations", index, "reasons", code))
        codes = _reasons(result, code)
        if reason not in codes:
            yield Problem("situation.reason", place, code=code, expected=reason, got=", ".join(codes) or "–")


def _verdicts(result: Assessment, code: str) -> tuple[Verdict, ...]:
    """What a code came to; an unnumbered indicator has its criterion's code and speaks for both."""
    if code == WHOLE_PACK:
        return (result.verdict,)
    items = (*result.prerequisites, *result.indicators(), *result.grades)
    own = tuple(item.verdict for item in items if item.code == code)
    return own or tuple(criterion.verdict for criterion in result.criteria if criterion.code == code)


def _reasons(result: Assessment, code: str) -> tuple[ReasonCode, ...]:
    items: tuple[Result, ...] = (*result.prerequisites, *result.indicators(), *result.criteria, *result.grades)
    return tuple(reason.code for item in items if item.code == code for reason in item.reasons)


def uncovered(pack: Pack, results: Iterable[SituationResult]) -> dict[str, tuple[Verdict, ...]]:
    """Codes of a pack that no situation expects once ``MET`` and once ``NOT_MET``, with what is missing.

    A content that is not asked of the one group a pack judges all units as is expected ``NOT_APPLICABLE`` instead.
    """
    seen: dict[str, set[Verdict]] = {}
    for result in results:
        if result.pack == pack.reference:
            for code, verdict in result.situation.expect.items():
                seen.setdefault(code, set()).add(verdict)
    wanted = [item.code for item in (*pack.prerequisites, *pack.indicators())]
    wanted += [criterion.code for criterion in pack.criteria if not criterion.indicators]
    if pack.as_group is not None:
        wanted = [code for code in wanted if seen.get(code) != {NOT_APPLICABLE}]
    missing = {code: tuple(v for v in (MET, NOT_MET) if v not in seen.get(code, ())) for code in wanted}
    return {code: verdicts for code, verdicts in missing.items() if verdicts}
