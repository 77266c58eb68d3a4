"""Where the kinds of condition are taken apart: once for all engines, and in the pack model itself."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

import ntm_rules
from ntm_rules.assessment import model
from ntm_rules.evaluation import form
from ntm_rules.pack.condition import _KINDS, ConditionModel

SOURCES = Path(ntm_rules.__file__).parent
ROOT = Path(__file__).parents[1]
NOTES = ROOT / "docs" / "design-notes.md"
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


FORMS = {kind.__name__ for kind in get_args(form.Form)}
CHECKS = {kind.__name__ for kind in get_args(model.Check)}


def told_apart(file: Path) -> bool:
    """Whether a file knows most kinds of condition: as models, nodes of the normal form or checks, or by their keys."""
    tree = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    names = {node.id for node in tree if isinstance(node, ast.Name)}
    names |= {node.attr for node in tree if isinstance(node, ast.Attribute)}
    words = {node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    found = ((KINDS, names), (FORMS, names), (CHECKS, names), (_KINDS.keys(), words))
    return any(len(kinds & told) > len(kinds) / 2 for kinds, told in found)


def test_a_newcomer_finds_every_file_to_change_for_a_new_condition() -> None:
    """The table in the design notes is whole, and names no file that knows nothing of the kinds."""
    rows = [line for line in NOTES.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`([\w/]+\.py)`", row.split("|")[1])}
    files = [*SOURCES.rglob("*.py"), *(ROOT / "tests" / "oracle").glob("*.py")]
    roots = {file: ROOT if file.is_relative_to(ROOT / "tests") else SOURCES for file in files}
    known = {file.relative_to(roots[file]).as_posix() for file in files if told_apart(file)}
    # Most checks are defined where nothing else is.
    assert listed == known | {"assessment/check.py"}
    assert {"testing/writing.py", "testing/search.py", "tests/oracle/naive.py"} <= listed


@pytest.mark.parametrize("page", [NOTES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_files_named_for_newcomers_are_there(page: Path) -> None:
    """By their path from the root, the sources or the tests; a bare name is one in the folder that is spoken of."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = set(re.findall(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|md|yaml|toml)|(?:[\w-]+/)+)`", text)) - {"page.md"}
    homes = (ROOT, SOURCES, SOURCES / "evaluation", ROOT / "tests", ROOT / "packs" / "ntm_packs_vn")
    bare = {file.name for file in SOURCES.rglob("*.py")}
    missing = [name for name in named if not any((home / name).exists() for home in homes) and name not in bare]
    assert len(named) > 10
    assert missing == []
