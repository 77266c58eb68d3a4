"""What a program that embeds the library relies on: values that cannot be misused, extras that say their name."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from shelf import head, indicators
from shelf import shelf as shelf_of

import ntm_rules as ntm
from ntm_rules.errors import EvaluationError, MissingExtraError, MisuseError, QuantityError, SnapshotError

UNIT = {"id": "x", "level": "commune", "region": "btb", "attributes": {"poor": True}}
SHARE = "clean_water_centralised_share"


def snapshot(value: object = "12,8 %") -> ntm.Snapshot:
    return ntm.Snapshot.model_validate(
        {
            "unit": {key: given for key, given in UNIT.items() if key != "attributes"},
            "as_of": "2023-08-17",
            "measures": {SHARE: value},
            "findings": {"hatinh/commune": {"1.1": "met"}},
            "children": {"village": {"total": 3, "meeting": {"vn/commune": 1}}},
        }
    )


@pytest.fixture(scope="module")
def result() -> ntm.Assessment:
    told = ntm.Snapshot.model_validate(snapshot().to_dict() | {"children": {}})
    return ntm.evaluate("hatinh/commune", told)


# Frozen values


@pytest.mark.parametrize(
    "write",
    [
        lambda one: one.measures.__setitem__(SHARE, ()),
        lambda one: one.measures.pop(SHARE),
        lambda one: one.measures.update({SHARE: ()}),
        lambda one: one.measures.clear(),
        lambda one: one.measures.setdefault("other", ()),
        lambda one: one.findings["hatinh/commune"].__setitem__("1.1", ()),
        lambda one: one.children.__delitem__("village"),
        lambda one: one.children["village"].meeting.__ior__({"vn/commune": 3}),
        lambda one: one.unit.attributes.__setitem__("poor", False),
    ],
)
def test_what_a_snapshot_holds_cannot_be_written_into(write: Callable[[ntm.Snapshot], object]) -> None:
    one = snapshot()
    before = one.to_dict()
    with pytest.raises(MisuseError, match="frozen"):
        write(one)
    assert one.to_dict() == before


def test_a_mapping_given_is_not_the_one_held() -> None:
    given: dict[str, object] = {SHARE: "12,8 %"}
    one = ntm.Snapshot.model_validate({"unit": UNIT, "as_of": "2023-08-17", "measures": given})
    given[SHARE] = "99 %"
    assert one.measures[SHARE][0].value.value == Decimal("12.8")


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_snapshots_and_units_have_a_hash_and_keep_it(again: Callable[[ntm.Snapshot], ntm.Snapshot]) -> None:
    one, other = snapshot(), again(snapshot())
    assert one == other
    assert len({one, other, snapshot("13 %")}) == 2
    assert hash(ntm.Unit.model_validate(UNIT)) == hash(ntm.Unit.model_validate(UNIT))
    with pytest.raises(MisuseError):
        other.measures.clear()  # type: ignore[attr-defined]


def test_drafts_of_a_set_are_told_apart_and_a_set_is_known_again_in_another_process() -> None:
    """Caches look packs up by hash: drafts share id and edition, and a pickled pack takes its figures' hash along."""
    pack = ntm.load_pack("vn/commune@2021-2025")
    first, *others = pack.criteria
    draft = pack.model_copy(update={"criteria": (first,)})
    assert hash(draft) != hash(pack)
    assert draft != pack
    assert hash(pack.model_copy(update={"criteria": (first, *others)})) == hash(pack)
    asked = "import sys, pickle, ntm_rules as ntm; pack = pickle.load(sys.stdin.buffer); "
    asked += "print({ntm.load_pack(pack.reference): 'known'}.get(pack))"
    run = subprocess.run([sys.executable, "-c", asked], input=pickle.dumps(pack), capture_output=True, check=True)
    assert run.stdout.split() == [b"known"]


def test_an_answer_has_a_hash_and_packs_as_keys_do_not_change(result: ntm.Assessment) -> None:
    assert len({result, ntm.Assessment.from_json(result.to_json())}) == 1


@pytest.mark.parametrize("reference", [info.reference for info in ntm.packs()])
def test_a_pack_is_the_same_after_a_round_trip(reference: str) -> None:
    pack = ntm.load_pack(reference)
    assert ntm.Pack.model_validate(pack.model_dump()) == pack
    assert ntm.Pack.model_validate_json(pack.model_dump_json()) == pack


# Verdicts


@pytest.mark.parametrize("verdict", ntm.Verdict)
def test_a_verdict_is_neither_true_nor_false_and_has_no_order(verdict: ntm.Verdict) -> None:
    for use in (bool, lambda one: not one, lambda one: one < ntm.Verdict.MET, lambda one: one >= "MET"):
        with pytest.raises(MisuseError, match=r"MET|UNKNOWN|NOT_APPLICABLE"):
            use(verdict)
    with pytest.raises(TypeError, match=r"\.value"):
        sorted([verdict, ntm.Verdict.MET])
    assert verdict == verdict.value


# Results


def test_a_result_prints_as_a_line(result: ntm.Assessment) -> None:
    assert repr(result) == "<Assessment hatinh/commune@2022-2025, x, 2023-08-17: NOT_MET, 0 of 19 criteria met>"
    for one in (result["17.1"], result.criterion("17")):
        assert "\n" not in repr(one)
        assert len(repr(one)) < 60


def test_codes_are_asked_for_by_name(result: ntm.Assessment) -> None:
    assert "17.1" in result
    assert "17" in result
    assert "99.9" not in result
    assert 17.1 not in result
    assert all(result[code].code == code for code in result)
    with pytest.raises(MisuseError, match=r'result\["17\.1"\]'):
        result[17.1]  # type: ignore[index]
    with pytest.raises(ntm.NtmError, match="17"):
        result.indicator("17")


# Scalars of other libraries


@pytest.mark.parametrize(
    ("kind", "given", "read"),
    [
        ("float64", 20.1, "20.1"),
        ("float32", 0.1, "0.1"),
        ("float16", 0.5, "0.5"),
        ("int64", 20, "20"),
        ("int32", 20, "20"),
        ("uint8", 20, "20"),
    ],
)
def test_scalars_of_numpy_are_the_numbers_they_print(kind: str, given: float, read: str) -> None:
    numpy = pytest.importorskip("numpy")
    assert snapshot(getattr(numpy, kind)(given)).measures[SHARE][0].value.value == Decimal(read)
    assert ntm.Amount.of(getattr(numpy, kind)(given)).value == Decimal(read)


@pytest.mark.parametrize("given", ["bool_(True)", "float32('nan')", "float64('inf')", "array([1, 2])", "complex64(1)"])
def test_what_is_no_number_is_refused_by_its_name(given: str) -> None:
    numpy = pytest.importorskip("numpy")
    with pytest.raises(SnapshotError, match=SHARE):
        snapshot(eval(f"numpy.{given}", {"numpy": numpy}))


def test_an_amount_made_by_hand_is_exact_and_of_a_known_unit() -> None:
    assert ntm.Amount(Decimal("12.8"), "%") == ntm.Amount.of("12,8 %")
    assert ntm.Amount(0.1, "percent").value == Decimal("0.1")  # type: ignore[arg-type]
    with pytest.raises(QuantityError, match="percen"):
        ntm.Amount(Decimal(20), "percen")


# What is public


def test_dir_is_what_is_public() -> None:
    assert [name for name in dir(ntm) if not name.startswith("__")] == sorted(ntm.__all__)
    assert all(getattr(ntm, name) is not None for name in dir(ntm))


BARE = """
import importlib.abc, inspect, pydoc, sys

class Nothing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {extras}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Nothing())
import ntm_rules as ntm, ntm_rules.testing as kit
inspect.getmembers(ntm), pydoc.render_doc(ntm), inspect.getmembers(kit)
exec("from ntm_rules import *; from ntm_rules.testing import *", {{}})
def said(use):
    try:
        use()
    except ImportError as error:
        assert isinstance(error, ntm.NtmError) and error.text("vi") != error.text("en"), error
        print(error)
for use in (
    lambda: ntm.evaluate_frame("vn/commune", None),
    lambda: ntm.ChildFrame.of,
    lambda: kit.check_laws("vn/commune"),
    lambda: list(kit.LAWS),
    lambda: __import__("ntm_rules.live"),
    lambda: ntm.read_snapshots({book!r}),
    lambda: __import__("ntm_rules.document").document.read_document({book!r}),
):
    said(use)
assert ntm.lint("vn/commune@2021-2025") is not None
"""


def test_without_extras_every_name_says_which_one_it_needs(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = str(tmp_path / "a.xlsx")
    openpyxl.Workbook().save(book)
    extras = {"narwhals", "hypothesis", "durable", "durable_rules_engine", "openpyxl", "rapidfuzz", "lxml", "jinja2"}
    code = textwrap.dedent(BARE).format(extras=extras, book=book)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    wanted = ["frame", "frame", "testing", "testing", "live", "excel", "excel"]
    assert [extra for extra, line in zip(wanted, said, strict=True) if f"ntm-rules[{extra}]" in line] == wanted, said


def test_a_library_that_no_extra_brings_is_missed_as_python_says_it() -> None:
    from ntm_rules.extras import missing_extra

    assert missing_extra(ModuleNotFoundError("no", name="strange"), "x") is None
    found = missing_extra(ModuleNotFoundError("no", name="narwhals.stable"), "x")
    assert isinstance(found, MissingExtraError)


# What made an answer

PACK = head("p") + indicators("{measure: water, at_least: 20 %}")
WATER = {"measures": {"water": "25 %"}}


def test_an_answer_names_the_texts_that_made_it(result: ntm.Assessment) -> None:
    assert result.made_by is not None
    assert result.made_by.library == ntm.__version__
    texts = {text.file: text for text in result.made_by.texts}
    # Its own file, what it shares, the set it is laid over, the sets it asks for, and the measures compared.
    assert {"hatinh/commune@2022-2025.yaml", "vn/commune@2021-2025.yaml", "vn/measures/"} <= set(texts)
    assert not any("district" in file for file in texts)
    file = ntm.load_pack("hatinh/commune@2022-2025").file
    assert file is not None
    assert texts["hatinh/commune@2022-2025.yaml"].digest == sha256(file.read_bytes()).hexdigest()
    folder = file.parent.parent / "ntm_packs_vn" / "measures"
    lines = [f"{sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in folder.glob("*.yaml")]
    listed = "".join(sorted(lines, key=lambda line: line.split()[1]))
    assert texts["vn/measures/"].digest == sha256(listed.encode()).hexdigest()
    assert all(text.release.startswith("ntm-rules ") for text in texts.values())


def test_a_kept_answer_is_reproduced_and_a_changed_text_is_named(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path / "now", p=PACK)
    facts = ntm.Snapshot.model_validate({"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17"} | WATER)
    kept = ntm.Assessment.from_json(ntm.evaluate("t/p@1", facts, catalogue=shelf).to_json())
    again = ntm.reproduce(kept, facts, catalogue=shelf)
    assert again.same
    assert (again.codes, again.texts) == ((), ())

    stricter = ntm.reproduce(kept, facts, catalogue=shelf_of(tmp_path / "later", p=PACK.replace("20 %", "30 %")))
    assert not stricter.same
    assert set(stricter.codes) == {"1", "1.1"}
    assert stricter.texts == ("t/p@1.yaml",)
    assert "t/p@1.yaml" in stricter.text("en")
    assert "t/p@1.yaml" in stricter.text("vi")

    same_but_for_a_word = ntm.reproduce(kept, facts, catalogue=shelf_of(tmp_path / "word", p=PACK + "# a remark\n"))
    assert same_but_for_a_word.same
    assert same_but_for_a_word.texts == ("t/p@1.yaml",)

    other = ntm.Snapshot.model_validate(facts.to_dict() | {"measures": {"water": "5 %"}})
    unlike = ntm.reproduce(kept, other, catalogue=shelf)
    assert not unlike.same
    assert unlike.texts == ()
    elsewhere = ntm.Snapshot.model_validate(facts.to_dict() | {"as_of": "2023-08-18"})
    with pytest.raises(EvaluationError, match="2023-08-18"):
        ntm.reproduce(kept, elsewhere, catalogue=shelf)


def test_a_pack_that_was_built_by_a_program_has_the_digest_of_what_it_says() -> None:
    pack = ntm.load_pack("hatinh/commune")
    built = ntm.Pack.model_validate(pack.model_dump())
    assert built.texts != pack.texts
    assert built.texts == ntm.Pack.model_validate(built.model_dump()).texts
    assert built.model_copy(update={"incomplete": not built.incomplete}).texts != built.texts


def annotated(thing: object) -> Iterator[tuple[str, object]]:
    """What a public name says it takes and gives, its public methods' and properties' as well."""
    if inspect.isclass(thing):
        yield from getattr(thing, "__annotations__", {}).items()
        for name, member in vars(thing).items():
            if not name.startswith("_") or name == "__getitem__":
                inner = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
                yield from ((f"{name}: {key}", said) for key, said in getattr(inner, "__annotations__", {}).items())
    else:
        yield from getattr(thing, "__annotations__", {}).items()


@pytest.mark.parametrize("name", ntm.__all__)
def test_no_public_signature_says_any(name: str) -> None:
    # ``model_post_init`` is pydantic's.
    found = {key: said for key, said in annotated(getattr(ntm, name)) if "model_post_init" not in key}
    assert {key: said for key, said in found.items() if re.search(r"\bAny\b", str(said))} == {}


# Many units


def units(count: int) -> list[ntm.Snapshot]:
    """So many units, every seventh of a day on which the pack was not in force."""
    return [
        ntm.Snapshot.model_validate(
            {
                "unit": {"id": f"x{number}", "level": "commune"},
                "as_of": "2003-08-17" if number % 7 == 3 else "2023-08-17",
                "measures": {"water": f"{number} %"},
            }
        )
        for number in range(count)
    ]


def test_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path / "packs", p=PACK)
    given, told = units(100), list[tuple[int, int]]()
    alone = ntm.evaluate_all("t/p", given, catalogue=shelf)
    several = ntm.evaluate_all("t/p", iter(given), catalogue=shelf, processes=2, progress=lambda *far: told.append(far))
    assert several.results == alone.results
    assert [(one.index, one.text("vi")) for one in several.refusals] == [
        (one.index, one.text("vi")) for one in alone.refusals
    ]
    assert [one.index for one in several.refusals] == list(range(3, 100, 7))
    assert told == [(50, 100), (100, 100)]
    failing = next(one for one in several.results if one.verdict is ntm.Verdict.NOT_MET)
    same = next(one for one in alone.results if one.unit == failing.unit)
    assert failing.remedy() == same.remedy()


def test_processes_are_counted_from_one(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="process"):
        ntm.evaluate_all("vn/commune", [], processes=0)
    assert ntm.evaluate_all("vn/commune", [], processes=2).results == ()
