"""What is written of packs: the YAML of every part, read back as it was, and a package of packs file by file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from shelf import head, indicators, overlay, shelf

from ntm_rules.messages import Text
from ntm_rules.pack.bundling import confirmed_in, write_bundle
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.condition import Condition
from ntm_rules.pack.dumping import (
    dump_basis,
    dump_condition,
    dump_period,
    dump_source,
    dump_text,
    dump_threshold,
    dump_version,
)
from ntm_rules.pack.indicator import Version
from ntm_rules.pack.legal import LegalBasis, Source
from ntm_rules.pack.period import Period

READ: TypeAdapter[Any] = TypeAdapter(Condition)
BOTH = {"vi": "Một", "en": "One"}


@pytest.mark.parametrize(
    "written",
    [
        {"measure": "m", "at_least": "55 %"},
        {"share_of": {"level": "village", "meeting": "t/v"}, "more_than": "80 %"},
        {"share_of": {"level": ["village", "ward"], "meeting": "t/v", "exempt": False}, "at_most": "80 %"},
        {"count_of": {"level": "village", "meeting": "t/v"}, "less_than": 3},
        {"unmet_share_of": "t/q", "at_most": "10 %", "including_any": ["1", "2.1"]},
        {"unmet_share_of": "t/q", "equal_to": "10 %"},
        {
            "total_of": ["a", {"indicator": "1.1", "points": "2.5"}, {"indicator": "1.2", "points": 5}],
            "at_least": "50 điểm",
            "never_above": "100 điểm",
        },
        {"total_of": ["a", "b"], "at_least": 50},
        {"every": {"level": "village", "meeting": "t/v"}},
        {"finding": "met"},
        {"finding": "applicable"},
        {"group": "nhom1"},
        {"attribute": "island", "is": True},
        {"attribute": "kind", "is": "A"},
        {"meets": "t/q"},
        {"all": [{"finding": "met"}, {"meets": "t/q"}]},
        {"any": [{"meets": "t/q"}, {"finding": "met"}]},
        {"at_least": 1, "of": [{"finding": "met"}, {"meets": "t/q"}]},
        {"when": {"attribute": "x", "is": True}, "then": {"meets": "t/q"}, "otherwise": {"finding": "met"}},
    ],
    ids=lambda written: " ".join(written),
)
def test_a_condition_is_written_with_its_own_keys(written: dict[str, Any]) -> None:
    assert dump_condition(READ.validate_python(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        5,
        -3,
        "5,5",
        "1.000.000.000.000.000",
        999999999999999,
        "55 %",
        "delegated",
        "untranscribed",
        {"value": 5, "note": "chữ"},
        {"value": "5,5", "source": {"basis": "qd", "verification": "recalled"}},
        {"delegated": True, "candidates": ["4", "5"]},
        {"delegated": True, "average": "80 %"},
        {"delegated": True, "note": BOTH},
        {"untranscribed": True, "candidates": ["51-52"], "note": "chữ"},
        {"times": "1.5", "threshold_of": "t/q#1.1", "note": "chữ"},
        {"by_region": {"btb": 5, "tn": "delegated"}, "otherwise": {"by_year": {"2022": 1, "2023-2024": 2}}},
        {"by_attribute": "kind", "cases": {"A": 5}},
    ],
    ids=str,
)
def test_a_threshold_is_written_in_its_short_form_where_it_has_one(written: Any) -> None:
    threshold = READ.validate_python({"measure": "m", "at_least": written}).threshold
    assert dump_threshold(threshold) == written


def test_what_is_left_out_is_not_written() -> None:
    assert [dump_text(text) for text in (Text("Một", "One"), Text("Một"), Text("", "One"))] == [
        BOTH,
        "Một",
        {"en": "One"},
    ]
    assert dump_period(Period.model_validate({"from": "2022-01-01"})) == {"from": "2022-01-01"}
    assert dump_period(Period.model_validate({"to": "2022-12-31"})) == {"to": "2022-12-31"}
    assert dump_period(Period()) == {}
    source = {"basis": "qd", "at": "mục 1", "verification": "stated", "url": "https://example.org"}
    assert dump_source(Source.model_validate(source)) == source
    assert dump_source(Source.model_validate(source | {"note": BOTH})) == source | {"note": BOTH}
    basis = {"id": "qd", "number": "1/QĐ", "issuer": "Tỉnh", "issued": "2022-01-01"}
    assert dump_basis(LegalBasis.model_validate(basis)) == basis
    assert dump_basis(LegalBasis.model_validate(basis | {"title": "Về nước"})) == basis | {"title": "Về nước"}
    version = {"valid": {"to": "2022-12-31"}, "requires": {"finding": "met"}}
    assert dump_version(Version.model_validate(version)) == version
    more = version | {"text": BOTH, "source": source, "note": "chữ"}
    assert dump_version(Version.model_validate(more)) == more


def written(folder: Path, **packs: str) -> dict[str, str]:
    """The package of some packs, file by file."""
    catalogue = shelf(folder / "from", **packs)
    target = folder / "new" / "deep" / "Gói của TỈNH"
    files = write_bundle(
        [folder / "from" / f"{name}@1.yaml" for name in packs], target, catalogue=catalogue_of(catalogue)
    )
    return {file.relative_to(target).as_posix(): file.read_text("utf-8") for file in files}


def catalogue_of(catalogue: Catalogue) -> Catalogue:
    """The same measures, and none of the packs: they are the files that are bundled."""
    return Catalogue.of([], catalogue.measures.values())


STATED = indicators("{measure: water, at_least: 90}", "{finding: met}", "{measure: poverty, at_most: 5}")
RECALLED = head("q").replace('stated, url: "https://example.org"', "recalled") + indicators("{finding: met}")


def test_a_package_has_its_packs_an_entry_point_tests_and_a_page(tmp_path: Path) -> None:
    files = written(tmp_path, p=head("p") + STATED, q=RECALLED)
    assert list(files) == [
        "pyproject.toml",
        "README.md",
        "tests/test_packs.py",
        "ntm_packs_t/__init__.py",
        "ntm_packs_t/p@1.yaml",
        "ntm_packs_t/q@1.yaml",
    ]
    assert files["ntm_packs_t/p@1.yaml"] == (tmp_path / "from" / "p@1.yaml").read_text("utf-8")
    made = tomllib.loads(files["pyproject.toml"])
    assert made["project"] == {
        "name": "goi-cua-tinh",
        "version": "1.0",
        "description": "Packs of t for ntm-rules",
        "readme": "README.md",
        "requires-python": ">=3.11",
        "dependencies": ["ntm-rules"],
        "entry-points": {"ntm_rules.packs": {"t": "ntm_packs_t"}},
    }
    assert made["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["ntm_packs_t"]
    assert '    "t/p@1": 3,\n    "t/q@1": 0,\n}' in files["tests/test_packs.py"]
    compile(files["tests/test_packs.py"], "test_packs.py", "exec")
    assert "Packs of t" in files["ntm_packs_t/__init__.py"]
    assert (
        files["README.md"]
        == """# goi-cua-tinh

Các bộ tiêu chí của t cho thư viện ntm-rules. Cài: `pip install goi-cua-tinh` (hoặc `pip install .` trong thư mục này);\
 sau đó dùng như mọi bộ khác: `ntm-rules evaluate so-lieu.xlsx --pack t/p@1`. Kiểm tra: `pytest`.
- `t/p@1`: Bộ tiêu chí p. 3 trên 3 con số đã đối chiếu với văn bản (1/QĐ).
- `t/q@1`: Bộ tiêu chí q. 0 trên 1 con số đã đối chiếu với văn bản (–).
  t/q@1: chưa con số nào được đối chiếu với văn bản; --trust stated sẽ không tính con số nào. Hãy đối chiếu bằng packs\
 read và packs apply trước khi chia sẻ.

Packs of t for ntm-rules. Install with `pip install goi-cua-tinh` (or `pip install .` in this folder), then use them\
 like any other: `ntm-rules evaluate data.xlsx --pack t/p@1`. Check with `pytest`.
- `t/p@1`: The set p. 3 of 3 figures were checked against the decision (1/QĐ).
- `t/q@1`: The set q. 0 of 1 figures were checked against the decision (–).
  t/q@1: no figure was checked against the decision; with --trust stated none counts. Check them with packs read and\
 packs apply before you share it.
"""
    )


def test_the_page_of_a_package_says_what_was_accepted_unseen(tmp_path: Path) -> None:
    accepted = STATED.replace(
        "at_least: 90",
        "at_least: {value: 90, source: {basis: qd, verification: stated, checked_against: [đọc (--accept agrees)]}}",
    )
    page = written(tmp_path, p=head("p") + accepted)["README.md"].splitlines()
    assert page[3:5] == [
        "- `t/p@1`: Bộ tiêu chí p. 3 trên 3 con số đã đối chiếu với văn bản (1/QĐ).",
        "  Trong đó 1 con số do máy đọc và được chấp nhận không đối chiếu từng dòng.",
    ]
    assert page[-1] == "  Of these, 1 figure was read by machine and accepted without a look at each row."
    assert all("--pack t/p@1 --trust stated`" in page[line] for line in (2, 6))


def test_a_name_of_signs_only_is_that_of_the_packs(tmp_path: Path) -> None:
    catalogue = shelf(tmp_path / "from", p=head("p") + STATED)
    write_bundle([tmp_path / "from" / "p@1.yaml"], tmp_path / "!!!", catalogue=catalogue_of(catalogue))
    assert tomllib.loads((tmp_path / "!!!" / "pyproject.toml").read_text("utf-8"))["project"]["name"] == "ntm-packs-t"


def test_an_empty_folder_takes_a_package(tmp_path: Path) -> None:
    catalogue = shelf(tmp_path / "from", p=head("p") + STATED, o=overlay("o", "p"))
    (tmp_path / "new").mkdir()
    files = write_bundle([tmp_path / "from" / "o@1.yaml"], tmp_path / "new", catalogue=catalogue_of(catalogue))
    assert [file.name for file in files][-2:] == ["o@1.yaml", "p@1.yaml"]
    assert [confirmed_in(catalogue.load(name)) for name in ("t/p", "t/o")] == [3, 3]
