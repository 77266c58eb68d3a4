"""An answer as text is what msgspec writes of the whole, though most of it is joined from texts that were kept.

That it is so for any pack and any facts is a law of the kit (``survives_writing``); here is what could go round it.
"""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from msgspec import structs

import ntm_rules as ntm
from ntm_rules.messages import Text

# What would end a line, a text or a value if it were not escaped.
HOSTILE = 'a\nb\r\n"},{"\\ \u2028 \x00 ẵ 🏡'


def judged(pack: str = "hatinh/commune-advanced", share: str = "60 %", **more: str) -> ntm.Assessment:
    snapshot = {
        "unit": {"id": "x", "name": HOSTILE, "level": "commune", "province": "hatinh", "region": "btb"},
        "as_of": "2023-08-17",
        "measures": {"clean_water_centralised_share": {"value": share, "by": HOSTILE, **more}},
        "findings": {pack: {"18.2": {"finding": "not_met", "remark": HOSTILE}}},
    }
    return ntm.evaluate(pack, ntm.Snapshot.model_validate(snapshot))


def plainly(answer: ntm.Assessment) -> bytes:
    return msgspec.json.encode(answer)


@pytest.mark.parametrize("pack", ["hatinh/commune-advanced", "vn/commune-advanced@2021-2025"])
def test_text_of_a_unit_stays_in_its_place(pack: str) -> None:
    # The advanced set asks for the basic one: an answer within the answer.
    for answer in (judged(pack), judged(pack, "1 %"), judged(pack, remark="khác")):
        assert answer.writer is not None
        assert answer.to_json_bytes() == plainly(answer) == answer.to_json().encode()
        assert ntm.Assessment.from_json(answer.to_json()) == answer
        assert answer.to_json(2) == msgspec.json.format(plainly(answer), indent=2).decode()


def test_an_answer_made_of_another_is_written_anew() -> None:
    answer = judged()
    assert answer.to_json_bytes() == plainly(answer)
    first = structs.replace(answer.criteria[0], title=Text("khác", "other"))
    changed = structs.replace(answer, criteria=(first, *answer.criteria[1:]))
    for made in (changed, copy.copy(changed), ntm.Assessment.from_json(changed.to_json())):
        assert made.writer is None
        assert made.to_json_bytes() == plainly(changed) != plainly(answer)


def test_several_threads_write_the_same() -> None:
    answers = [judged(share=f"{number} %") for number in range(20)] * 5
    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(ntm.Assessment.to_json, answers))
    assert written == [plainly(answer).decode() for answer in answers]
