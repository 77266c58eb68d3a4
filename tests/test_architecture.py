"""Where the kinds of condition are taken apart: once for all engines, and in the pack model itself."""

import ast
from pathlib import Path
from typing import get_args

import ntm_rules
from ntm_rules.pack.condition import ConditionModel

SOURCES = Path(ntm_rules.__file__).parent
KINDS = {kind.__name__ for kind in get_args(ConditionModel)}
# Some code is about one kind or a few (a measure's threshold, a choice). Who names most of them tells them all apart.
MOST = len(KINDS) // 2 + 1
# The model, what it says in words, and its way back into a file.
PACK_MODEL = {"pack/condition.py", "pack/requirement.py", "pack/dumping.py"}


def kinds_named(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & KINDS


def test_only_the_lowering_tells_all_kinds_of_condition_apart() -> None:
    apart = {file.relative_to(SOURCES).as_posix() for file in SOURCES.rglob("*.py") if len(kinds_named(file)) >= MOST}
    assert apart == {"evaluation/lowering.py", *PACK_MODEL}


def test_a_new_kind_is_known_to_the_lowering_and_to_the_pack_model() -> None:
    for place in ("evaluation/lowering.py", *PACK_MODEL):
        assert kinds_named(SOURCES / place) == KINDS, place
