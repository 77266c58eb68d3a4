"""Profiles of Hypothesis: ``ci`` tries the same cases every time, ``dev`` new ones (HYPOTHESIS_PROFILE=dev).

``ci`` is for every commit and tries half of what Hypothesis would; ``dev`` and ``tests/long`` look deeper.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from ntm_rules import messages
from ntm_rules.errors import Place, Problem
from ntm_rules.messages import LANGS, Lang, _sentence

pytest_plugins = ["pytester"]

# Packs, what is compiled of them and Hypothesis fill the memory with objects that stay: going through them all as often
# as Python does by itself takes a third of the time of the tests.
gc.set_threshold(5_000, 20, 50)

settings.register_profile(
    "ci",
    max_examples=50,
    derandomize=True,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.register_profile("dev", settings.get_profile("ci"), derandomize=False, max_examples=500, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# What takes longest is begun first, so that no worker of `make test` is left alone with it at the end; a file that is
# missing here costs seconds. By itself xdist begins with the files of most tests, which are the quick ones.
LONGEST = """
frame_engines testing_kit screen document_worksheet report_page mutation_score docs laws values_words oracle bundles
form mutants document_round_trip live live_machine notebooks report_facts laws_doors live_journal values_spoken
values_plausible document_planted worksheet frame_children tiers letter cli laws_of_packs writing lint remedy compare
service
"""
RANK = {f"test_{name}": rank for rank, name in enumerate(LONGEST.split())}


def pytest_configure(config: pytest.Config) -> None:
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: RANK.get(item.path.stem, len(RANK)))


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for the tests of one file; they are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the package `playwright` is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def objections() -> Callable[[Any], list[tuple[str, str]]]:
    """What of a page WCAG 2.1 AA objects to; what is in order is not gathered, which takes most of the time."""

    def found(page: Any) -> list[tuple[str, str]]:
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
        options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"], "resultTypes": ["violations"]}
        violations = axe.Axe().run(page, options=options).response["violations"]
        return [(one["id"], one["nodes"][0]["html"][:120]) for one in violations]

    return found


@pytest.fixture(autouse=True, scope="session")
def problems_are_whole() -> Iterator[None]:
    """Every problem made while tests run has a sentence, and all that the sentence names; no sentence says “None”.

    A problem told without one of its parts reads as a sentence with a gap: whoever only looks at the kind of error
    would not see it.
    """
    plain = Problem.__init__

    def whole(self: Problem, key: str, place: Place | None = None, /, **params: object) -> None:
        plain(self, key, place, **params)
        for lang in LANGS:
            _, names, _ = _sentence(key, lang)
            gaps = [name for name in names if params.get(name) is None]
            assert not gaps, f"{key} is told without {gaps}"

    shown = messages._shown

    def said(value: object, lang: Lang) -> str:
        assert value is not None, "nothing is no word of a sentence"
        assert lang in LANGS, f"no language: {lang}"
        return shown(value, lang)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Problem, "__init__", whole)
        patch.setattr(messages, "_shown", said)
        yield
