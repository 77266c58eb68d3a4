"""Faults planted in an annex, over several packs and in all four formats: each is noticed, and nothing else changes.

One digit of one figure, two columns that were exchanged, a row with the words of another criterion, an older decision.
"""

from __future__ import annotations

import dataclasses
import random
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from annex import SAVE, Annex, Layout, Slot, values, written

from ntm_rules import Pack, load_pack
from ntm_rules.document import Found, State, match, read_document
from ntm_rules.pack.address import Address, addressed
from ntm_rules.pack.condition import Comparison
from ntm_rules.pack.threshold import Figure

PACKS = ["vn/commune@2021-2025", "vn/commune@2026-2030", "vn/commune-advanced@2021-2025", "hatinh/district@2022-2025"]
AXES = ("region", "group")


@cache
def annex_of(reference: str) -> tuple[Pack, Annex]:
    """A set's own figures as an annex; what is not transcribed yet has a value drawn."""
    pack = load_pack(reference)
    own: dict[Address, Decimal] = {
        address: row.leaf.value.value
        for address, row in addressed(pack)
        if isinstance(row.condition, Comparison) and isinstance(row.leaf, Figure)
    }
    return pack, written(pack, Layout(seed=2), {**values(pack, 2), **own})


@cache
def clean(reference: str) -> tuple[Found, ...]:
    """The annex as it is, read: what agrees in it must not agree where it was changed."""
    pack, annex = annex_of(reference)
    return tuple(found for found in reading(annex, pack, ".html") if found.state is State.AGREES)


def reading(annex: Annex, pack: Pack, kind: str) -> tuple[Found, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"annex{kind}")
        SAVE[kind](annex, path)
        return match(read_document(path), pack).found


def column_of(found: Found) -> int:
    assert found.cell is not None
    return found.cell.cell.column


def planted_digit(slots: list[Slot], found: Found, chance: random.Random) -> set[Address]:
    """One digit changed where that figure stands."""
    assert found.cell is not None
    here = (found.cell.cell.row, found.cell.cell.column)
    slot = next(slot for slot in slots if (slot.row, slot.column) == here)
    place = chance.choice([digit.start() for digit in re.finditer(r"\d", slot.text)])
    digit = chance.choice([one for one in "123456789" if one != slot.text[place]])
    slot.text = slot.text[:place] + digit + slot.text[place + 1 :]
    return {found.address}


def exchanged_columns(slots: list[Slot], agreeing: tuple[Found, ...], heading: int) -> set[Address]:
    """Two headings exchanged, and the figures beneath that are not the same in both; none without such columns."""
    columns: dict[int, dict[tuple[str, str], Found]] = {}
    for found in agreeing:
        rows = [row for row in found.address.rows if row[0] in AXES]
        if rows and found.cell is not None and found.cell.cell.width == 1:
            # A pair of figures of one content, and of one part of it.
            rest = str([row for row in found.address.rows if row[0] not in AXES])
            columns.setdefault(column_of(found), {})[(found.address.code, found.address.path + rest)] = found
    pairs = [(one, other) for one in columns for other in columns if one < other]
    for one, other in pairs:
        differing = [key for key in columns[one] if key in columns[other]]
        differing = [key for key in differing if columns[one][key].value != columns[other][key].value]
        tops = [
            [s for s in slots if s.row < heading and s.column == column and s.width == 1] for column in (one, other)
        ]
        if differing and all(tops):
            left, right = tops[0][-1], tops[1][-1]
            left.text, right.text = right.text, left.text
            return {columns[column][key].address for column in (one, other) for key in differing}
    return set()


def foreign_row(slots: list[Slot], pack: Pack, agreeing: tuple[Found, ...], chance: random.Random) -> set[Address]:
    """The words of another content behind the code of one whose figures agree."""
    texts = {indicator.code: indicator.text.vi for indicator in pack.indicators()}
    own = chance.choice(
        sorted({f.address.code for f in agreeing if any(f"{f.address.code}. " in s.text for s in slots)})
    )
    slot = next(slot for slot in slots if slot.text.startswith(f"{own}. "))
    other = chance.choice([code for code in texts if code.split(".")[0] != own.split(".")[0]])
    slot.text = f"{own}. {texts[other]}"
    return {found.address for found in agreeing if found.address.code == own}


@pytest.mark.parametrize("kind", SAVE)
@pytest.mark.parametrize("reference", PACKS)
def test_every_planted_fault_is_noticed(reference: str, kind: str) -> None:
    pack, annex = annex_of(reference)
    agreeing = clean(reference)
    assert len(agreeing) > 20
    chance = random.Random(f"{reference} {kind}")
    slots = [dataclasses.replace(slot) for slot in annex.slots]
    exchanged = exchanged_columns(slots, agreeing, annex.heading)
    assert exchanged or reference.startswith("hatinh")
    # A digit beneath the exchanged headings could undo what they do.
    labels = {row for address in exchanged for row in address.rows}
    apart = [f for f in agreeing if re.search(r"\d", f.words) and not labels & set(f.address.rows)]
    spoilt = exchanged | planted_digit(slots, chance.choice(apart), chance)
    spoilt |= foreign_row(slots, pack, agreeing, chance)
    read = {found.address: found for found in reading(dataclasses.replace(annex, slots=slots), pack, kind)}
    silent = [address for address in spoilt if read[address].state in (State.AGREES, State.NEW)]
    assert not silent
    # The rest of the annex is as it was.
    lost = [f for f in agreeing if f.address not in spoilt and read[f.address].state is State.NOT_IN_DOCUMENT]
    assert len(lost) <= 0.1 * len(agreeing)


@pytest.mark.parametrize("kind", SAVE)
@pytest.mark.parametrize("reference", [one for one in PACKS if one.endswith("2021-2025")])
def test_an_older_decision_is_asked_about(reference: str, kind: str, tmp_path: Path) -> None:
    pack, annex = annex_of(reference)
    head = [
        text.replace("318/QĐ-TTg", "1980/QĐ-TTg").replace("2021-2025", "2016-2020").replace("năm 2022", "năm 2016")
        for text in annex.head
    ]
    last = annex.heading + 8
    slots = [slot for slot in annex.slots if slot.row + slot.height <= last]
    SAVE[kind](dataclasses.replace(annex, head=head, slots=slots, rows=last), tmp_path / f"old{kind}")
    old = match(read_document(tmp_path / f"old{kind}"), pack)
    assert old.another
    assert {"document.other_decision", "document.other_period"} <= {doubt.key for doubt in old.doubts}
