"""Whole answers: everything an answer carries to the programs that read it, field by field.

A file in ``whole_answers/`` is a question and its answer, read by a person when it was written. What is asked is in
``packs/`` beside them: every kind of condition, of threshold, and of what stands beside a requirement. After a change
that is meant to change answers, ``python tests/test_whole_answers.py`` writes them anew: read what has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

import ntm_rules as ntm
from ntm_rules.evaluation.plan import check_plan
from ntm_rules.evaluation.reassess import reassess as look_again
from ntm_rules.messages import LANGS
from ntm_rules.pack.bundle import Bundle
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.snapshot.recognition import Recognition

HERE = Path(__file__).parent / "whole_answers"
CASES = sorted(HERE.glob("*.yaml"))
CATALOGUE = Catalogue((Bundle("t", HERE / "packs"),))


def plain(value: Any) -> Any:
    """An answer as one would write it down: texts, amounts and sources in a line, and not the files it was made by."""
    value = msgspec.to_builtins(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"vi", "en"}:
        return f"{value['vi']} / {value['en']}"
    if value.keys() <= {"value", "unit"} and isinstance(value.get("value"), str):
        return " ".join(value.values())
    if "verification" in value and "number" in value:
        return " · ".join(", ".join(one) if isinstance(one, list) else str(plain(one)) for one in value.values())
    return {key: plain(one) for key, one in value.items() if key != "made_by"}


def of_one(
    pack: str, facts: dict[str, Any], trust: str = "recalled", only: tuple[str, ...] | None = None
) -> dict[str, Any]:
    """A unit's answer, and what is asked of it afterwards; or only what is named of it."""
    answer = ntm.evaluate(pack, ntm.Snapshot.model_validate(facts), trust=trust, catalogue=CATALOGUE)

    def remedy() -> dict[str, Any]:
        found = answer.remedy()
        return {**plain(found), "text": found.text().splitlines() + found.text("en").splitlines()}

    told: dict[str, Callable[[], Any]] = {
        "answer": lambda: plain(answer),
        "awaited": lambda: [item.code for item in answer.decisive_unknowns()],
        "overturning": lambda: [item.code for item in answer.overturning_unknowns()],
        "remedy": remedy,
    }
    return {name: tell() for name, tell in told.items() if only is None or name in only}


def of_titles(
    reassess: str,
    facts: dict[str, Any],
    trust: str = "recalled",
    of_parts: dict[str, list[dict[str, Any]]] | None = None,
) -> dict[str, Any]:
    """What became of the titles a unit held, and of those of the units it was made of."""
    held = of_parts and {code: [Recognition.model_validate(one) for one in given] for code, given in of_parts.items()}
    again = look_again(ntm.Snapshot.model_validate(facts), reassess, of_parts=held, trust=trust, catalogue=CATALOGUE)
    names = ("held", "in_force", "titles", *(["parts"] if of_parts else []))
    told = {name: plain(getattr(again, name)) for name in names}
    return {**told, "text": again.text().splitlines() + again.text("en").splitlines()}


def of_tree(
    packs: list[str],
    units: list[dict[str, Any]],
    facts: list[dict[str, Any]],
    plan: dict[str, Any] | None = None,
    as_of: str | None = None,
    answers: dict[str, str] | None = None,
) -> dict[str, Any]:
    """How each unit of a tree stands, with the whole answer of some; or what of a plan is reached there."""
    tree = ntm.evaluate_tree(
        [ntm.Unit.model_validate(unit) for unit in units],
        [ntm.Snapshot.model_validate(one) for one in facts],
        packs,
        as_of=as_of,
        catalogue=CATALOGUE,
    )
    if plan is not None:
        targets = check_plan(plan, tree)
        return {
            "targets": [
                {**plain(one), "text": [said for lang in LANGS for said in (one.asked(lang), one.say(lang))]}
                for one in targets
            ]
        }
    # The answers of single units are the others' matter.
    standings = [msgspec.structs.replace(one, assessments={}) for one in tree.units]
    verdicts = {one.unit.id: {title: str(a.verdict) for title, a in one.assessments.items()} for one in tree.units}
    whole = {"answers": {unit: plain(tree[unit, title]) for unit, title in answers.items()}} if answers else {}
    return {"verdicts": verdicts, "units": plain(standings), **whole}


def answered(asked: dict[str, Any]) -> dict[str, Any]:
    """The answer to the question of a file."""
    return of_tree(**asked) if "units" in asked else of_titles(**asked) if "reassess" in asked else of_one(**asked)


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_an_answer_is_whole_what_it_was_read_to_be(case: Path) -> None:
    kept = read(case)
    now = answered(kept["asked"])
    assert [*now] == [*kept["answered"]]
    for name, value in now.items():
        assert value == kept["answered"][name], name


if __name__ == "__main__":
    for path in CASES:
        asked = read(path)["asked"]
        head = path.read_text("utf-8").partition("\nanswered:")[0].rstrip()
        told = yaml.safe_dump(
            {"answered": answered(asked)}, allow_unicode=True, sort_keys=False, width=140, default_flow_style=None
        )
        path.write_text(f"{head}\n{told}", "utf-8")
