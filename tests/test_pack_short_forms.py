# ruff: noqa: E501
"""Each short form of a pack file by itself, and the long one it stands for; each slip with all that it names."""

from __future__ import annotations

from typing import Any

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.pack.shorthand import shared_of, written_out

SOURCES = {
    "a": {"basis": "qd", "at": "mục {code}", "verification": "recalled"},
    "b": {"basis": "qd", "verification": "stated", "url": "u"},
}


def entry(given: dict[str, Any], **top: Any) -> Any:
    """An indicator 1.1, written out in a pack with those sources."""
    data = {"sources": SOURCES, "criteria": [{"code": "1", "indicators": [{"code": "1.1", **given}]}], **top}
    return written_out(data)["criteria"][0]["indicators"][0]


def level(threshold: Any, **columns: Any) -> Any:
    """A threshold written out, under the columns that are headed."""
    given = {"columns": columns} if columns else {}
    return entry({"requires": {"measure": "m", "at_least": threshold}, **given})["requires"]["at_least"]


A = {"basis": "qd", "at": "mục 1.1", "verification": "recalled"}


@pytest.mark.parametrize(
    ("given", "long"),
    [
        ("a", A),
        ("a  điểm 2 ", {**A, "at": "mục điểm 2"}),
        ("b", SOURCES["b"]),
        ("b trang 3", {**SOURCES["b"], "at": "trang 3"}),
        ({"use": "a"}, A),
        ({"use": "a", "at": "điểm 3", "note": "n"}, {**A, "at": "mục điểm 3", "note": "n"}),
        (
            {"use": "b", "at": "trang 4", "verification": "recalled"},
            {**SOURCES["b"], "at": "trang 4", "verification": "recalled"},
        ),
        ({"basis": "x", "verification": "recalled"}, {"basis": "x", "verification": "recalled"}),
        ({"use": 5}, {"use": 5}),
        (7, 7),
    ],
)
def test_a_source_is_named_with_its_place(given: Any, long: Any) -> None:
    assert entry({"source": given})["source"] == long


X, Y = ["btb", "tn"], [2022, "2023-2024"]


@pytest.mark.parametrize(
    ("threshold", "columns", "long"),
    [
        ("5 %", {}, "5 %"),
        ([1, 2], {"region": X}, {"by_region": {"btb": 1, "tn": 2}}),
        ({"by_region": [1, 2]}, {"region": X, "year": Y}, {"by_region": {"btb": 1, "tn": 2}}),
        ({"by_year": [[1, 2], 3]}, {"region": X, "year": Y}, {"by_year": {"2022": {"by_region": {"btb": 1, "tn": 2}}, "2023-2024": 3}}),
        ({"by_region": {"btb": [1, 2]}}, {"region": X, "year": Y}, {"by_region": {"btb": {"by_year": {"2022": 1, "2023-2024": 2}}}}),
        ({"by_region": [1, 2], "otherwise": [3, 4]}, {"region": X, "year": Y},
         {"by_region": {"btb": 1, "tn": 2}, "otherwise": {"by_year": {"2022": 3, "2023-2024": 4}}}),
        ({"by_attribute": "island", "cases": [1, 2]}, {"island": [True, False]},
         {"by_attribute": "island", "cases": {"true": 1, "false": 2}}),
        ([1, 2], {"island": [True, "no"]}, {"by_attribute": "island", "cases": {"true": 1, "no": 2}}),
        ({"by_attribute": "kind", "cases": {"A": [1, 2]}}, {"kind": ["A"], "region": X},
         {"by_attribute": "kind", "cases": {"A": {"by_region": {"btb": 1, "tn": 2}}}}),
        ({"delegated": [4, 5]}, {}, {"delegated": True, "candidates": [4, 5]}),
        ({"untranscribed": "51-52"}, {}, {"untranscribed": True, "candidates": "51-52"}),
        ({"delegated": True, "average": 5}, {}, {"delegated": True, "average": 5}),
        ({"delegated": "x", "candidates": "y"}, {}, {"delegated": "x", "candidates": "y"}),
        ({"value": 5, "source": "a"}, {}, {"value": 5, "source": A}),
        ({"by_region": {"btb": 1, "tn": {"value": 2, "note": "own"}}, "note": "all"}, {},
         {"by_region": {"btb": {"value": 1, "note": "all"}, "tn": {"value": 2, "note": "own"}}}),
        ({"by_region": {"btb": "delegated", "tn": "untranscribed"}, "otherwise": 3, "source": "a"}, {},
         {"by_region": {"btb": {"delegated": True, "source": A}, "tn": {"untranscribed": True, "source": A}},
          "otherwise": {"value": 3, "source": A}}),
        ({"by_region": {"btb": {"by_year": {2022: 1}, "otherwise": 2}}, "note": "all"}, {},
         {"by_region": {"btb": {"by_year": {2022: {"value": 1, "note": "all"}}, "otherwise": {"value": 2, "note": "all"}}}}),
        ({"by_attribute": "kind", "cases": {"A": 1}, "note": "all"}, {},
         {"by_attribute": "kind", "cases": {"A": {"value": 1, "note": "all"}}}),
        ({"by_region": 5, "note": "n"}, {}, {"by_region": 5, "note": "n"}),
        ({"by_attribute": "kind", "note": "n"}, {}, {"by_attribute": "kind", "cases": None, "note": "n"}),
    ],
)  # fmt: skip
def test_a_threshold_stands_in_rows_under_headings(threshold: Any, columns: dict[str, Any], long: Any) -> None:
    assert level(threshold, **columns) == long


def test_headings_reach_what_stands_below_them_unless_it_has_its_own() -> None:
    row, other = {"measure": "m", "at_least": [1, 2]}, {"region": ["dbsh", "dnb"]}
    data = {
        "columns": {"region": X},
        "criteria": [
            {"code": "1", "indicators": [{"code": "1.1", "requires": row}]},
            {"code": "2", "columns": other, "indicators": [{"code": "2.1", "requires": row}]},
        ],
        "set": [{"code": "3", "threshold": [1, 2]}, {"code": "4", "columns": other, "threshold": [1, 2]}],
        "grades": [{"code": "G", "requires": {"all": [{"count_of": {}, "more_than": [1, 2]}]}}],
    }
    out = written_out(data)
    assert "columns" not in out
    first, second = ({"by_region": dict(zip(names, (1, 2), strict=True))} for names in (X, ["dbsh", "dnb"]))
    found = [criterion["indicators"][0]["requires"]["at_least"] for criterion in out["criteria"]]
    assert (found, [one["threshold"] for one in out["set"]]) == ([first, second], [first, second])
    assert out["set"][1] == {"code": "4", "threshold": second}
    assert out["grades"][0]["requires"]["all"][0] == {"count_of": {}, "more_than": first}


def test_words_stand_in_an_entry_as_its_title_or_its_text() -> None:
    words = {"vi": "Một", "en": "One"}
    data = {
        "title": {"vi": "Bộ"},
        "criteria": [{"code": "1", **words, "indicators": [{"code": "1.1", "vi": "Hai", "requires": {}}]}],
        "prerequisites": [{"code": "P", **words}],
        "grades": [{"code": "G", "en": "Star"}],
        "add": [{"criterion": {"code": "2", **words}}, {"to": "1", "indicator": {"code": "1.2", **words}}],
        "change": [{"code": "3", "text": words, "vi": "giữ"}],
    }
    out = written_out(data)
    assert list(out["criteria"][0].items())[:2] == [("code", "1"), ("title", words)]
    assert out["criteria"][0]["indicators"][0]["text"] == {"vi": "Hai"}
    assert (out["prerequisites"][0], out["grades"][0]) == (
        {"code": "P", "text": words},
        {"code": "G", "text": {"en": "Star"}},
    )
    assert out["add"] == [
        {"criterion": {"code": "2", "title": words}},
        {"to": "1", "indicator": {"code": "1.2", "text": words}},
    ]
    assert out["change"] == data["change"]
    assert out["title"] == {"vi": "Bộ"}


def test_the_sets_own_source_with_each_code_is_that_of_all_that_is_judged() -> None:
    met = {"requires": {"finding": "met"}}
    data = {
        "sources": SOURCES,
        "source": "a",
        "criteria": [
            {"code": "1", "indicators": [{"code": "1.1", **met}, {"code": "1.2", **met, "source": "b"}]},
            {"code": "2", "incomplete": True},
        ],
        "set": [{"code": "3", "threshold": 5}],
        "change": [{"code": "4", "agency": "Sở"}, {"code": "5", **met}],
    }
    out = written_out(data)
    assert "source" not in out
    assert "sources" not in out
    one, two = out["criteria"]
    assert ("source" in one, two["source"]["at"]) == (False, "mục 2")
    assert [item["source"].get("at") for item in one["indicators"]] == ["mục 1.1", None]
    assert (out["set"][0]["source"]["at"], out["change"][1]["source"]["at"]) == ("mục 3", "mục 5")
    assert "source" not in out["change"][0]
    plain = written_out(
        {"sources": SOURCES, "source": "b", "criteria": [{"code": "1", "indicators": [met | {"code": "1.1"}]}]}
    )
    assert (plain["source"], "source" in plain["criteria"][0]["indicators"][0]) == (SOURCES["b"], False)


SHARED = {
    "legal_basis": {"qd": {"number": "1/QĐ", "issuer": "Tỉnh"}},
    "attributes": {"island": {"name": "Xã đảo"}},
    "region_rules": {"far": {"region": "tn"}},
    "authorities": {"who": {"act": "receives"}},
    "sources": {"s": {"basis": "qd", "verification": "recalled"}},
}


def test_what_is_shared_is_taken_by_its_name_or_with_parts_of_its_own() -> None:
    data = {
        "legal_basis": ["qd", {"use": "qd", "issuer": "Bộ"}, {"id": "x", "number": "2"}],
        "attributes": ["island", {"other": {"name": "Khác"}}],
        "region_rules": [{"use": "far", "region": "btb"}, "far"],
        "authorities": ["who"],
        "source": "s mục 1",
    }
    assert written_out(data, SHARED) == {
        "legal_basis": [
            {"id": "qd", "number": "1/QĐ", "issuer": "Tỉnh"},
            {"id": "qd", "number": "1/QĐ", "issuer": "Bộ"},
            {"id": "x", "number": "2"},
        ],
        "attributes": {"island": {"name": "Xã đảo"}, "other": {"name": "Khác"}},
        "region_rules": [{"region": "btb"}, {"region": "tn"}],
        "authorities": [{"act": "receives"}],
        "source": {"basis": "qd", "verification": "recalled", "at": "mục 1"},
    }
    own = {"sources": {"s": {"basis": "own", "verification": "recalled"}}, "source": "s"}
    assert written_out(own, SHARED)["source"]["basis"] == "own"
    assert shared_of(SHARED) is SHARED
    with pytest.raises(NtmError) as refused:
        shared_of({"atributes": {}})
    (one,) = refused.value.problems
    assert (one.place.path, one.place.keys) == ("atributes", ("atributes",))
    with pytest.raises(NtmError) as refused:
        shared_of({"sources": {"x": 5}, "authorities": 5})
    assert [(one.place.path, one.place.keys) for one in refused.value.problems] == [
        ("sources.x", ("sources", "x")),
        ("authorities.", ("authorities", "")),
    ]
    assert written_out([1]) == [1]


WANTS = "a row of values wants headings; write at the top of the file or of the criterion: columns: {region: […]}"
NONE = "columns: expected the headings of a table, each once, such as columns: {region: [tdmnpb, dbsh]}"
SHORT = "the row has 1 value and the heading 2: btb, tn"
SLIPS: dict[str, tuple[dict[str, Any], str]] = {
    "no such source": ({"source": "aa"}, "source: there is no source “aa” under sources. Did you mean: a?"),
    "a row too short": (
        {"columns": {"region": X}, "requires": {"at_least": [1]}},
        f"requires.at_least: {SHORT}",
    ),
    "a row within rows": (
        {"columns": {"region": X, "year": Y}, "requires": {"at_least": {"by_year": [[1], 2]}}},
        f"requires.at_least.by_year.2022: {SHORT}",
    ),
    "no heading": ({"requires": {"at_least": [1]}}, f"requires.at_least: {WANTS}"),
    "no heading left": (
        {"columns": {"region": X}, "requires": {"at_least": {"by_region": [[1, 2], 2]}}},
        f"requires.at_least.by_region.btb: {WANTS}",
    ),
    "no heading left for the rest": (
        {"columns": {"region": X}, "requires": {"at_least": {"by_region": [1, 2], "otherwise": [1, 2]}}},
        f"requires.at_least.otherwise: {WANTS}",
    ),
    "no heading of that name": (
        {"columns": {"region": X}, "requires": {"at_least": {"by_year": [1, 2]}}},
        f"requires.at_least.by_year: {WANTS}",
    ),
    "which of two headings": (
        {"columns": {"region": X, "year": Y}, "requires": {"at_least": [1, 2]}},
        "requires.at_least: this row of values can stand under several headings (region, year); say which, such as"
        " by_region: […]",
    ),
    "a source in a table": (
        {"requires": {"at_least": {"by_attribute": "x", "cases": {"A": {"value": 1, "source": "aa"}}}}},
        "requires.at_least.cases.A.source: there is no source “aa” under sources. Did you mean: a?",
    ),
    "a source of a table": (
        {"requires": {"at_least": {"by_year": {"2022": 1}, "source": "aa"}}},
        "requires.at_least.source: there is no source “aa” under sources. Did you mean: a?",
    ),
    "headings that are none": ({"columns": [1]}, NONE),
    "headings of nothing": ({"columns": {"region": []}}, NONE),
    "a heading twice": ({"columns": {"region": ["btb", "btb"]}}, NONE),
    "a heading of tables": ({"columns": {"region": [["btb"]]}}, NONE),
    "one heading of two": ({"columns": {"region": X, "year": 5}}, NONE),
}


def told(data: Any, shared: Any = None) -> list[str]:
    with pytest.raises(NtmError) as refused:
        written_out(data, shared)
    assert all(problem.place.keys for problem in refused.value.problems)
    assert all(problem.place.path in ("", ".".join(map(str, problem.place.keys))) for problem in refused.value.problems)
    return refused.value.text("en").splitlines()


@pytest.mark.parametrize(("given", "said"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_where_it_stands(given: dict[str, Any], said: str) -> None:
    data = {"sources": SOURCES, "criteria": [{"code": "1", "indicators": [{"code": "1.1", **given}]}]}
    assert told(data) == [f"criteria.0.indicators.0.{said}"]


def test_slips_at_the_top_are_told_together() -> None:
    data = {
        "sources": {"x": {"basis": "qd", "verification": "sated"}},
        "legal_basis": ["qdd"],
        "attributes": ["islnd"],
        "authorities": ["whom"],
        "source": {"use": "a"},
    }
    assert told(data, SHARED) == [
        "“sated” is not valid; expected one of: stated, secondary, recalled, uncertain. Did you mean: stated?",
        "legal_basis.0: the bundle's shared.yaml has no “qdd” under legal_basis. Did you mean: qd?",
        "authorities.0: the bundle's shared.yaml has no “whom” under authorities. Did you mean: who?",
        "attributes.0: the bundle's shared.yaml has no “islnd” under attributes. Did you mean: island?",
        "source: there is no source “a” under sources. Valid names: s, x.",
    ]
    assert told({"sources": {"x": 5}}) == [
        "sources: expected sources by id, such as sources: {paper: {basis: qd1, verification: secondary, url: https://…}}"
    ]
    assert told({"sources": SOURCES, "region_rules": [{"source": "a"}]}) == [
        "region_rules.0.source: the source “a” wants a place in the decision; write: a Điều 4"
    ]


def test_a_source_that_is_written_out_takes_the_code_as_one_with_a_name_does() -> None:
    """Where it is a figure's, and where it is the pack's: then each indicator has it, with its own code."""
    long = {"basis": "qd", "at": "mục {code}", "verification": "recalled"}
    assert entry({"source": long})["source"] == A
    data = written_out({"source": long, "criteria": [{"code": "1", "indicators": [{"code": "1.1", "requires": {}}]}]})
    assert "source" not in data
    assert data["criteria"][0]["indicators"][0]["source"] == A
    assert told({"region_rules": [{"source": long}]}) == [
        "region_rules.0.source: the place “mục {code}” takes the code of an indicator, and there is none here; write the"
        " place out"
    ]


def test_a_criterion_s_own_source_is_nearer_to_its_indicators_than_the_pack_s() -> None:
    """One that takes codes gives each indicator its own; of another each indicator takes what it leaves out."""
    inner = {"code": "1.1", "requires": {}}
    criteria = [
        {"code": "1", "source": "b", "indicators": [inner]},
        {"code": "2", "source": "c", "indicators": [inner]},
    ]
    sources = {**SOURCES, "c": {**SOURCES["a"], "at": "điểm {code}"}}
    read = written_out(
        {"sources": sources, "source": "a", "criteria": [*criteria, {"code": "3", "indicators": [inner]}]}
    )
    assert [
        (one.get("source", {}).get("at"), one["indicators"][0].get("source", {}).get("at")) for one in read["criteria"]
    ] == [
        (None, None),
        ("điểm 2", "điểm 1.1"),
        (None, "mục 1.1"),
    ]
