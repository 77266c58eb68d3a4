"""Hostile files cost work in proportion to their size, and at most some hundred faults are told."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from shelf import head, indicators

from ntm_rules import load_pack, read_snapshots
from ntm_rules.errors import MOST, NtmError, PackError, Problem, SnapshotError
from ntm_rules.pack.loader import MAX_VALUES, parse_yaml

HEAD = """id: t/p
edition: "1"
title: {vi: T, en: T}
applies_to: [commune]
legal_basis: [{id: q, number: 1/QD}]
source: {basis: q, verification: recalled}
criteria:
  - code: "1"
    title: {vi: c, en: c}
    indicators:
"""


def _calls(read: Callable[[Path], object], path: Path) -> int:
    """How many Python and C calls it takes to read a file or refuse it: work that is the same on every machine."""
    calls = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        read(path)
    except NtmError:
        pass
    finally:
        sys.setprofile(None)
    return calls


def _columns(count: int) -> str:
    return "id," + ",".join(f"#c{n}" for n in range(count)) + "\nx" + "," * count + "\n"


def _indicators(count: int) -> str:
    row = '      - {{code: "1.{}", text: {{vi: i, en: i}}, requires: {{finding: met}}}}\n'
    return HEAD + "".join(map(row.format, range(count)))


def _strange(count: int) -> str:
    return "".join(f"k{n}: 1\n" for n in range(count))


@pytest.mark.parametrize(
    ("text", "name", "read"),
    [(_columns, "a.csv", read_snapshots), (_indicators, "a.yaml", load_pack), (_strange, "a.yaml", load_pack)],
)
def test_four_times_the_file_is_four_times_the_work(
    text: Callable[[int], str], name: str, read: Callable[[Path], object], tmp_path: Path
) -> None:
    """No file grows more than its size in cost; what is quadratic would take sixteen times the calls."""
    file, work = tmp_path / name, []
    for count in (100, 300, 1_200):
        file.write_text(text(count), encoding="utf-8")
        work.append(_calls(read, file))
    assert work[2] < 5 * work[1]


def test_some_hundred_faults_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    """Nobody reads ten thousand lines of faults."""
    (tmp_path / "a.yaml").write_text(_strange(1_000), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_pack(tmp_path / "a.yaml")
    *told, last = refused.value.problems
    assert len(told) == MOST
    assert last.key == "error.and_more"
    assert last.params["count"] >= 1_000 - MOST


_SOUND = head("p") + indicators("{finding: met}")


@pytest.mark.parametrize(
    ("key", "entries"),
    [
        ("sources", (f"  s{n}: {{page: 3}}\n" for n in range(3_000))),
        ("authorities", (f"  - nobody{n}\n" for n in range(3_000))),
        ("region_rules", (f"  - nobody{n}\n" for n in range(3_000))),
        ("grades", (f'  - {{code: "g{n}", requires: {{finding: met}}}}\n' for n in range(3_000))),
        ("measures", (f"  - {{id: m{n}}}\n" for n in range(3_000))),
    ],
)
def test_very_many_faults_of_any_part_of_a_pack_are_counted(key: str, entries: Iterable[str], tmp_path: Path) -> None:
    """What is read before the rest, such as the sources, is told no more at length."""
    (tmp_path / "a.yaml").write_text(f"{_SOUND}{key}:\n{''.join(entries)}", encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_pack(tmp_path / "a.yaml")
    *told, last = refused.value.problems
    assert len(told) == MOST
    assert (last.key, last.params["count"] >= 3_000 - MOST) == ("error.and_more", True)


@pytest.mark.parametrize("family", [NtmError, PackError, SnapshotError])
def test_every_family_of_errors_counts_what_it_does_not_tell(family: type[NtmError]) -> None:
    """However often it is caught and raised again with its file, as it travels between processes or is copied."""
    error = family(*(Problem("error.empty_file") for _ in range(family.most + 500)))
    assert error.text("en").splitlines()[family.most :] == ["and 500 more faults"]
    again = pickle.loads(pickle.dumps(family(Problem("error.empty_file"), *error.problems)))
    assert [one.params.get("count") for one in again.problems[family.most :]] == [501]


def test_a_file_of_endless_values_is_refused_as_soon_as_they_are_too_many() -> None:
    """The reader stops at the bound: memory does not grow with what follows."""
    with pytest.raises(PackError, match=f"more than {MAX_VALUES} values"):
        parse_yaml("a: [" + "1," * MAX_VALUES + "1]")
