"""An answer as text is what msgspec writes of the whole, though most of it is joined from texts that were kept.

That it is so for any pack and any facts is a law of the kit (``survives_writing``); here is what could go round it.
"""

from __future__ import annotations

import copy
import json
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

import ntm_rules as ntm
from ntm_rules.evaluation.program import compiled
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


PACKS = ("vn/commune@2021-2025", "hatinh/commune-advanced@2022-2025")
CODES = {one: [item.code for item in ntm.load_pack(one).coded()] for one in PACKS}
FIGURES = {
    "clean_water_centralised_share": ("10 %", "95 %"),
    "income_per_capita": ("20 triệu đồng/người/năm", "90 triệu đồng/người/năm"),
    "multidimensional_poverty_rate": ("1 %", "60 %"),
}


@st.composite
def facts(draw: st.DrawFn) -> tuple[str, dict[str, str], dict[str, str]]:
    pack = draw(st.sampled_from(PACKS))
    codes = draw(st.lists(st.sampled_from(CODES[pack]), unique=True))
    said = {code: draw(st.sampled_from(("met", "met", "not_met", "not_applicable"))) for code in codes}
    figures = {name: draw(st.sampled_from(values)) for name, values in FIGURES.items() if draw(st.booleans())}
    return pack, said, figures


@given(facts())
@settings(deadline=None)
def test_what_is_kept_of_bare_conclusions_is_what_judging_anew_says(
    drawn: tuple[str, dict[str, str], dict[str, str]],
) -> None:
    pack, said, figures = drawn
    # A conclusion with a remark is judged anew each time, and so is told and written what was made of an answer.
    told = {code: {"finding": value, "remark": "x"} for code, value in said.items()}
    unit = {"id": "x", "level": "commune", "region": "btb"}
    kept, anew = (
        ntm.evaluate(
            pack,
            ntm.Snapshot.model_validate(
                {"unit": unit, "as_of": "2023-08-17", "measures": figures, "findings": {pack: f}}
            ),
        )
        for f in (said, told)
    )
    assert kept.verdict is anew.verdict
    for one, other in zip(
        (*kept.prerequisites, *kept.indicators()), (*anew.prerequisites, *anew.indicators()), strict=True
    ):
        assert (one.code, one.verdict, one.decided_by, one.check, one.applies) == (
            other.code,
            other.verdict,
            other.decided_by,
            other.check,
            other.applies,
        )
        assert [f.finding for f in one.findings] == [f.finding for f in other.findings]
        assert (one.reasons, one.conflicts) == (other.reasons, other.conflicts)
    for one, other in zip(kept.criteria, anew.criteria, strict=True):
        assert (one.verdict, one.decided_by, one.reasons, one.conflicts) == (
            other.verdict,
            other.decided_by,
            other.reasons,
            other.conflicts,
        )
    made = structs.replace(kept).asking(kept.judged)
    assert made.writer is None
    for lang in ("vi", "en"):
        assert kept.explain(lang) == made.explain(lang)
    assert kept.to_json_bytes() == kept.to_json().encode() == plainly(kept)


@given(st.lists(facts(), min_size=2, max_size=3, unique_by=repr))
@settings(max_examples=settings.default.max_examples // 6, deadline=None)
def test_the_same_facts_told_again_and_others_between_come_to_what_they_come_to_alone(
    told: list[tuple[str, dict[str, str], dict[str, str]]],
) -> None:
    """Criteria of the last facts are given again, written and told once: never those of other facts."""
    texts = [
        (
            pack,
            json.dumps(
                {
                    "unit": {"id": "x", "level": "commune", "region": "btb"},
                    "as_of": "2023-08-17",
                    "measures": figures,
                    "findings": {pack: said},
                }
            ),
        )
        for pack, said, figures in told
    ]

    def answer(pack: str, text: str) -> tuple[bytes, str, str, str]:
        result = ntm.evaluate(pack, ntm.Snapshot.model_validate_json(text))
        written = result.to_json_bytes()
        assert written == result.to_json().encode() == plainly(result)
        return written, result.explain("vi"), result.explain("en"), result.to_markdown()

    alone = []
    for pack, text in texts:
        compiled.cache_clear()
        alone.append(answer(pack, text))
    compiled.cache_clear()
    for _ in range(3):
        assert [answer(pack, text) for pack, text in texts] == alone
