"""Pytest plugin: the laws of packs (``--ntm-pack``) and the situations beside them.

A module of its own, so that starting pytest does not import the library before coverage is measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ntm_rules.pack.model import Pack
    from ntm_rules.testing.situations import SituationResult
    from ntm_rules.testing.trial import Law


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--ntm-pack`` and ``--ntm-examples``."""
    group = parser.getgroup("ntm_rules")
    group.addoption(
        "--ntm-pack",
        action="append",
        default=[],
        metavar="PACK",
        help="a pack file or the id of an installed pack: try every law on it (may be repeated)",
    )
    group.addoption(
        "--ntm-examples", type=int, default=100, metavar="N", help="how many cases to try of each law (100)"
    )


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """One test for each law of each pack asked for."""
    for name in config.getoption("ntm_pack"):
        items.extend(_laws_of(session, name, config.getoption("ntm_examples")))


def _laws_of(session: pytest.Session, name: str, examples: int) -> Iterator[pytest.Item]:
    from ntm_rules.errors import NtmError
    from ntm_rules.pack.catalogue import load_pack
    from ntm_rules.testing.laws import LAWS

    try:
        pack = load_pack(Path(name) if name.endswith((".yaml", ".yml")) else name)
    except NtmError as error:
        raise pytest.UsageError(f"--ntm-pack {name}: {error}") from None
    for law in LAWS:
        yield LawItem.from_parent(session, name=f"{pack.reference}::{law.name}", pack=pack, law=law, examples=examples)


class LawItem(pytest.Item):
    """One law tried on one pack."""

    def __init__(self, *, pack: Pack, law: Law, examples: int, **rest: Any) -> None:
        super().__init__(**rest)
        self.pack, self.law, self.examples = pack, law, examples

    def runtest(self) -> None:
        """Try it."""
        from ntm_rules.testing.check import check_laws

        (report,) = check_laws(self.pack, laws=[self.law], max_examples=self.examples)
        if not report.concerned:
            pytest.skip("nothing in the pack is concerned")
        if not report.holds:
            raise LawError(report.text("vi"), report.text("en"))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The cases that break the law, in place of a traceback."""
        if isinstance(excinfo.value, LawError):
            return "\n\n".join(excinfo.value.args)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The pack and the law."""
        return self.path, 0, self.name


class LawError(AssertionError):
    """A law that a pack breaks, in both languages."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect ``situations/name@edition.yaml``."""
    if file_path.suffix == ".yaml" and "@" in file_path.stem and file_path.parent.name == "situations":
        return SituationFile.from_parent(parent, path=file_path)
    return None


class SituationFile(pytest.File):
    """A file of situations."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test for each situation."""
        from ntm_rules.testing.situations import run_situations

        for result in run_situations(self.path):
            yield SituationItem.from_parent(self, name=result.situation.name, result=result)


class SituationItem(pytest.Item):
    """One situation."""

    def __init__(self, *, result: SituationResult, **rest: Any) -> None:
        super().__init__(**rest)
        self.result = result

    def runtest(self) -> None:
        """Compare what came out with what was expected."""
        if self.result.problems:
            raise LawError(self.result.text("vi"), self.result.text("en"))

    repr_failure = LawItem.repr_failure

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file and the name of the situation."""
        return self.path, 0, self.name
