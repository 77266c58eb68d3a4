"""A shelf of packs for one test: measures and pack files written to a folder and read as a bundle."""

from pathlib import Path
from textwrap import dedent

from ntm_rules.pack.bundle import Bundle
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.model import Pack

MEASURES = """
measures:
  - {id: water, name: {vi: Nước sạch, en: Clean water share}, unit: "%", better: higher, domain: {from: 0, to: 100}}
  - {id: poverty, name: {vi: Tỷ lệ nghèo, en: Poverty rate}, unit: "%", better: lower, domain: {from: 0, to: 100}}
  - {id: income, name: {vi: Thu nhập, en: Income}, unit: triệu đồng/người/năm, better: higher, domain: {from: 0}}
  - {id: schools, name: {vi: Số trường, en: Schools}, unit: trường, better: neither, domain: {from: 0, whole: true}}
"""

HEAD = """
id: t/{name}
edition: "1"
title: {{vi: Bộ tiêu chí {name}, en: The set {name}}}
applies_to: [{level}]
valid: {{from: {start}, to: {end}}}
legal_basis: [{{id: qd, number: 1/QĐ, issued: 2022-01-01}}]
source: {{basis: qd, verification: stated, url: "https://example.org"}}
"""

OVERLAY = """
id: t/{name}
edition: "1"
extends: t/{base}@1
title: {{vi: Bộ tiêu chí {name}, en: The set {name}}}
valid: {{from: {start}, to: {end}}}
legal_basis: [{{id: qdt, number: 2/QĐ-UBND, issued: 2022-02-01}}]
source: {{basis: qdt, verification: stated, url: "https://example.org"}}
"""


def head(name: str, *, level: str = "commune", start: str = "2022-01-01", end: str = "2023-12-31") -> str:
    """The head of a pack in force in 2022 and 2023."""
    return HEAD.format(name=name, level=level, start=start, end=end)


def overlay(name: str, base: str, *, start: str = "2022-01-01", end: str = "2023-12-31") -> str:
    """The head of an overlay."""
    return OVERLAY.format(name=name, base=base, start=start, end=end)


def indicators(*requires: str) -> str:
    """One criterion whose indicators 1.1, 1.2 ... require this."""
    lines = ['criteria:\n  - code: "1"\n    title: {vi: Tiêu chí một, en: Criterion one}\n    indicators:']
    lines += [
        f'      - {{code: "1.{number}", text: {{vi: Chỉ tiêu {number}, en: Indicator {number}}}, requires: {one}}}'
        for number, one in enumerate(requires, 1)
    ]
    return "\n".join(lines) + "\n"


def shelf(folder: Path, measures: str = MEASURES, **packs: str) -> Catalogue:
    """A catalogue of the packs, each given as the text of its file."""
    (folder / "measures").mkdir(parents=True)
    (folder / "measures" / "m.yaml").write_text(dedent(measures), encoding="utf-8")
    for name, text in packs.items():
        (folder / f"{name}@1.yaml").write_text(text, encoding="utf-8")
    return Catalogue((Bundle("t", folder),))


def one(folder: Path, text: str, **others: str) -> tuple[Pack, Catalogue]:
    """The pack ``t/a`` of that text, with the catalogue it lies in."""
    catalogue = shelf(folder, a=text, **others)
    return catalogue.load("t/a"), catalogue
