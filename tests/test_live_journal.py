"""Journals: what was acknowledged is there after a crash, and what is damaged is said."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from live_tree import BASIC, DAY, Province, needs_engine, province

import ntm_rules as ntm
from ntm_rules.errors import LiveError
from ntm_rules.quantity.unit import unit_label
from ntm_rules.verdict import MET, NOT_MET

pytestmark = needs_engine


@pytest.fixture
def world(tmp_path: Path) -> Province:
    return province(tmp_path / "packs")


def opened(world: Province, **more: Any) -> Any:
    from ntm_rules.live import LiveSession

    return LiveSession(world.units, packs=world.packs, as_of=DAY, catalogue=world.catalogue, **more)


def replayed(world: Province, path: Path, **more: Any) -> Any:
    from ntm_rules.live import LiveSession

    return LiveSession.replay(path, catalogue=world.catalogue, **more)


def tell(session: Any) -> None:
    """One input of every kind."""
    session.observe("x0", "water", "55,50 %", by="Sở NN&PTNT", evidence="biên bản 12", remark="đo lại\nlần hai")
    session.observe("x0", "income", Decimal("52.305"))
    session.conclude("x0", "t/basic", "2", "đạt", by="Sở Xây dựng", as_of="01/08/2022")
    session.recognise("x1", "t/basic", on="2022-03-01", decision="12/QĐ-UBND", until="2022-10-31")
    session.report("k", "commune", {"total": 3, "meeting": {"t/basic": 2}, "unknown": {"t/advanced": 1}})
    session.withdraw("x0", measure="income")
    session.advance("2022-12-01")
    session.observe("t", "water", 81)


def test_a_replay_rebuilds_the_same_session_and_goes_on(world: Province, tmp_path: Path) -> None:
    path = tmp_path / "j"
    with opened(world) as session:
        # The journal begins with what is known already.
        session.observe("x2", "water", "90 %", by="A")
        session.journal(path)
        tell(session)
        tree, number = session.tree(), session.number
    with replayed(world, path) as again:
        assert (again.tree(), again.number, again.torn, str(again.as_of)) == (tree, number, None, "2022-12-01")
        again.journal(path)
        again.observe("t", "water", 10)
        tree = again.tree()
    with replayed(world, path) as third:
        assert (third.tree(), third.number) == (tree, number + 1)
        assert third.verdict("t", "t/town") is NOT_MET
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [line["number"] for line in lines] == list(range(1, number + 2))
    assert [line["kind"] for line in lines][:2] == ["open", "observe"]
    assert re.fullmatch("[0-9a-f]{32}", lines[1].pop("chain"))
    assert lines[1] == {
        "number": 2,
        "unit": "x0",
        "by": "Sở NN&PTNT",
        "on": "2022-08-17",
        "evidence": "biên bản 12",
        "remark": "đo lại lần hai",
        "kind": "observe",
        "measure": "water",
        "value": "55,5 %",
    }


def test_wherever_a_journal_is_cut_the_whole_lines_are_kept(world: Province, tmp_path: Path) -> None:
    path = tmp_path / "j"
    trees = {}
    with opened(world) as session:
        session.journal(path, sync="system")
        trees[len(path.read_bytes())] = session.tree()
        for unit, value in (("t", 81), ("t", 79), ("x0", 60)):
            session.observe(unit, "water", value)
            trees[len(path.read_bytes())] = session.tree()
    whole = path.read_bytes()
    first = min(trees)
    cut = tmp_path / "cut"
    for size in (*range(first, first + 3), *range(first, len(whole) + 1, 31), *trees):
        cut.write_bytes(whole[:size])
        kept = max(end for end in trees if end <= size)
        with replayed(world, cut) as again:
            assert again.tree() == trees[kept]
            assert (again.torn is not None) == (kept != size)
            if again.torn is not None:
                assert again.torn.size == size - kept
                line = whole[:size].count(b"\n") + 1
                assert again.torn.text("en").startswith(
                    f"cut:{line}: the last line is unfinished ({size - kept} bytes)"
                )
                assert "mọi dòng trước đó được giữ" in again.torn.text("vi")
            again.journal(cut, sync="system")
            again.observe("x1", "water", 5)
        assert cut.read_bytes().startswith(whole[:kept])
        with replayed(world, cut) as third:
            assert third.torn is None
            assert third.snapshot("x1").measures["water"][0].value.value == 5


def test_a_last_line_of_zeros_is_torn_too(world: Province, tmp_path: Path) -> None:
    path = tmp_path / "j"
    with opened(world) as session:
        session.journal(path)
        session.observe("t", "water", 81)
    path.write_bytes(path.read_bytes() + b"\0" * 30 + b"\n")
    with replayed(world, path) as again:
        assert (again.number, again.torn.line, again.torn.size) == (1, 3, 31)


def damaged(path: Path, change: Any) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(change(lines)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda ls: [*ls[:2], b"{\n", *ls[2:]], "j:3: not a valid line of a journal: {"),
        (lambda ls: [ls[0], *ls[2:]], "j:2: a line is missing or out of order; expected 1"),
        (lambda ls: [ls[0], ls[1], ls[1], *ls[2:]], "j:3: a line is missing or out of order; expected 2"),
        (lambda ls: ls[1:], "j:1: a line is missing or out of order; expected open"),
        (lambda ls: [ls[0], ls[1].replace(b'"observe"', b'"guess"'), *ls[2:]], "j:2: .*one of: open"),
        (lambda ls: [ls[0], ls[1].replace(b"55,5", b"abc"), *ls[2:]], "j:2, value: .*“abc %” is not a number"),
        (lambda ls: [ls[0], ls[1].replace(b'"x0"', b'"q0"'), *ls[2:]], "j:2: there is no unit “q0”"),
        (lambda ls: [ls[0], ls[1].replace(b"water", b"watr"), *ls[2:]], "j:2, x0.measures.watr: there is no measure"),
        (lambda ls: [ls[0], ls[1].replace(b'"by"', b'"who"'), *ls[2:]], "j:2, who: not a valid line"),
        (
            lambda ls: [ls[0].replace(b'"given":"t/basic"', b'"given":"t/basik"'), *ls[1:]],
            "j:1: there is no pack “t/basik”",
        ),
        (
            lambda ls: [*ls[:6], ls[6].replace(b',"measure":"income"', b""), *ls[7:]],
            "j:7: .*say what is withdrawn",
        ),
        (lambda ls: [], "j: the journal has no whole line"),
        (lambda ls: [ls[0][:50]], "j: the journal has no whole line"),
    ],
)
def test_damage_before_the_last_line_is_named_with_its_line(
    world: Province, tmp_path: Path, change: Any, said: str
) -> None:
    """In a journal of an older version, without checksums; with them a changed line is told as such."""
    path = tmp_path / "j"
    with opened(world) as session:
        session.journal(path)
        tell(session)
    for at in (path, tmp_path / "old" / "j"):
        if at != path:
            at.parent.mkdir()
            at.write_bytes(path.read_bytes())
            damaged(at, without_checksums)
    before = path.read_bytes().splitlines()
    damaged(path, change)
    damaged(tmp_path / "old" / "j", change)
    with pytest.raises(ntm.NtmError, match=said) as refused:
        replayed(world, tmp_path / "old" / "j")
    assert refused.value.text("vi")
    after = path.read_bytes().splitlines()
    changed = 0
    if len(after) == len(before):
        changed = next(number for number, pair in enumerate(zip(before, after, strict=True), 1) if pair[0] != pair[1])
    with pytest.raises(ntm.NtmError, match=f"j:{changed}: this line was changed" if changed else said):
        replayed(world, path)


def without_checksums(lines: list[bytes]) -> list[bytes]:
    bare = [re.sub(rb',"chain":"[0-9a-f]{32}"}', b"}", line) for line in lines]
    return [bare[0].replace(b'"format":2', b'"format":1'), *bare[1:]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Province, list[bytes]]:
    """A province, and the lines of its journal."""
    folder = tmp_path_factory.mktemp("journal")
    world = province(folder / "packs")
    with opened(world) as session:
        session.journal(folder / "j")
        tell(session)
    return world, (folder / "j").read_bytes().splitlines(keepends=True)


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_no_change_of_a_journal_goes_unnoticed(kept: tuple[Province, list[bytes]], data: st.DataObject) -> None:
    """Whatever byte of whichever line is another: refused at that line, or at the one that follows from it."""
    world, lines = kept[0], list(kept[1])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "j"
        number = data.draw(st.integers(0, len(lines) - 1))
        at = data.draw(st.integers(0, len(lines[number]) - 2))
        byte = data.draw(st.integers(33, 126).filter(lambda code: code != lines[number][at]))
        lines[number] = lines[number][:at] + bytes([byte]) + lines[number][at + 1 :]
        path.write_bytes(b"".join(lines))
        if number == len(lines) - 1:
            # A last line that is no JSON is taken for one that was not written to its end.
            with suppress(ntm.NtmError):
                assert replayed(world, path).torn
        else:
            with pytest.raises(ntm.NtmError) as refused:
                replayed(world, path)
            assert refused.value.problems[0].place.line == number + 1


def test_a_journal_without_checksums_is_read_and_goes_on_without(world: Province, tmp_path: Path) -> None:
    path = tmp_path / "j"
    with opened(world) as session:
        session.journal(path)
        tell(session)
        expected = session.tree()
    damaged(path, without_checksums)
    with replayed(world, path) as again:
        assert again.tree() == expected
        again.journal(path)
        again.observe("t", "water", 81)
    assert b'"chain"' not in path.read_bytes()
    with replayed(world, path) as again:
        again.journal(tmp_path / "new")
    assert b'"format":2' in (tmp_path / "new").read_bytes()


def test_a_journal_that_is_not_there_is_said(world: Province, tmp_path: Path) -> None:
    with pytest.raises(LiveError, match="none: cannot read the file: there is no such file"):
        replayed(world, tmp_path / "none")
    with opened(world) as session:
        with pytest.raises(LiveError, match="cannot write the journal: there is no such file"):
            session.journal(tmp_path / "no" / "folder")
        session.observe("t", "water", 81)


def test_a_journal_has_one_writer_and_is_not_overwritten(world: Province, tmp_path: Path) -> None:
    path = tmp_path / "j"
    with opened(world) as session, opened(world) as other:
        session.journal(path)
        with pytest.raises(LiveError, match="already writes to this journal"):
            session.journal(tmp_path / "k")
        with pytest.raises(LiveError, match="another session is writing this journal"):
            other.journal(path)
        with replayed(world, path) as reader:
            session.observe("t", "water", 81)
            session.close()
            with pytest.raises(LiveError, match="has changed since it was replayed"):
                reader.journal(path)
        with pytest.raises(LiveError, match=r"is not empty; open it with LiveSession\.replay"):
            other.journal(path)


def test_an_input_that_cannot_be_written_is_not_accepted(
    world: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "j"
    with opened(world) as session:
        session.journal(path)
        session.observe("t", "water", 81)
        before, write = path.read_bytes(), os.write

        def full(file: int, data: bytes) -> int:
            if len(data) < 20:
                raise OSError(28, "No space left on device")
            return write(file, data[: len(data) // 2])

        with monkeypatch.context() as disk:
            disk.setattr(os, "write", full)
            with pytest.raises(LiveError, match="cannot write the journal: the disk is full"):
                session.observe("t", "water", 10)
        assert path.read_bytes() == before
        assert (session.number, session.verdict("t", "t/town")) == (1, MET)
        session.observe("t", "water", 10)
    with replayed(world, path) as again:
        assert (again.number, again.verdict("t", "t/town")) == (2, NOT_MET)


def test_every_line_is_on_the_disk_before_it_is_acknowledged_unless_asked_otherwise(
    world: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    fsync, path = os.fsync, tmp_path / "j"

    def watch(file: int) -> None:
        synced.append(path.read_bytes())
        fsync(file)

    monkeypatch.setattr(os, "fsync", watch)
    with opened(world) as session:
        session.journal(path)
        # The new file and the folder that names it.
        assert len(synced) == 2
        session.observe("t", "water", 81)
        assert len(synced) == 3
        assert synced[-1] == path.read_bytes()
    with replayed(world, path) as again:
        again.journal(path, sync="system")
        again.observe("t", "water", 82)
        assert len(synced) == 3


def test_a_pack_that_has_changed_since_is_named(world: Province, tmp_path: Path) -> None:
    path = tmp_path / "j"
    with opened(world) as session:
        session.journal(path)
        session.observe("x0", "water", 56)
    file = tmp_path / "packs" / "basic@1.yaml"
    file.write_text(BASIC.replace("55.5", "57"), encoding="utf-8")
    from ntm_rules.pack.bundle import Bundle
    from ntm_rules.pack.catalogue import Catalogue

    changed = Catalogue((Bundle("t", tmp_path / "packs"),))
    with replayed(world._replace(catalogue=changed), path) as again:
        assert again.changed_packs == ("t/basic@1",)
        assert again.assessment("x0", "t/basic")["1.1"].verdict is NOT_MET


def test_packs_that_stand_in_no_catalogue_are_given_again(tmp_path: Path, world: Province) -> None:
    from ntm_rules.live import LiveSession

    path = tmp_path / "j"
    pack = world.catalogue.load("t/town")
    with LiveSession([world.units[-1].model_copy(update={"parent": None})], packs=[pack], as_of=DAY,
                     catalogue=world.catalogue) as session:  # fmt: skip
        session.journal(path)
        session.observe("t", "water", 81)
    with replayed(world, path, packs=[pack]) as again:
        assert again.verdict("t", "t/town") is MET


@given(
    value=st.decimals(-(10**20), 10**20, allow_nan=False, allow_infinity=False, places=6)
    | st.sampled_from([Decimal("1897"), Decimal("12.345"), Decimal("1E+3"), Decimal("0.001")]),
    unit=st.sampled_from(["", "percent", "hectare", "million_vnd/person/year", "litre/person/day", "percentage_point"]),
)
def test_an_amount_is_read_back_as_it_was(value: Decimal, unit: str) -> None:
    from ntm_rules.live.inputs import Observe

    item = Observe(number=1, unit="x", measure="m", value=ntm.Amount(value, unit))
    assert Observe.model_validate_json(item.model_dump_json(exclude_none=True)) == item
    assert not unit or unit_label(unit, "vi") in item.model_dump_json()


STREAM = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from live_tree import DAY, province
from ntm_rules.live import LiveSession

folder = Path({folder!r})
world = province(folder / "packs")
session = LiveSession(world.units, packs=world.packs, as_of=DAY, catalogue=world.catalogue)
session.journal(folder / "j")
for step in range(100_000):
    session.observe(("t", "x0", "x1")[step % 3], "water", step % 101)
    sys.stdout.write(f"{{session.number}}\\n")
    sys.stdout.flush()
"""


@pytest.mark.parametrize("lines", [1, 60, 150])
def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path, lines: int) -> None:
    code = textwrap.dedent(STREAM).format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    acknowledged = 0
    for _ in range(lines):
        acknowledged = int(child.stdout.readline())
    child.send_signal(signal.SIGKILL)
    rest = [line for line in child.stdout.read().splitlines() if line]
    child.wait()
    # The last word may itself have been cut off by the kill.
    acknowledged = int(rest[-1]) if rest and int(rest[-1]) > acknowledged else acknowledged
    assert child.returncode == -signal.SIGKILL
    packs = tmp_path / "packs"
    from ntm_rules.pack.bundle import Bundle
    from ntm_rules.pack.catalogue import Catalogue

    world = Province([], (), Catalogue((Bundle("t", packs),)))
    with replayed(world, tmp_path / "j") as again:
        assert again.number >= acknowledged
        held = {unit: again.snapshot(unit).measures for unit in ("t", "x0", "x1")}
        for place, unit in enumerate(("t", "x0", "x1")):
            steps = [step for step in range(again.number) if step % 3 == place]
            told = held[unit].get("water", ())
            assert [one.value.value for one in told] == [steps[-1] % 101 for _ in steps[-1:]]
