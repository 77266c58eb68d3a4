"""The letter read aloud: sentences whole, one language, contents in words; lists no longer than what they say."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.dossier import bundled, of_snapshots, read_dossier
from ntm_rules.messages import Lang

pytest.importorskip("docx", reason="the extra `report` is not installed")

from ntm_rules.report import write_report

PACK = "vn/commune@2021-2025"
NOTE = "Xã đã có văn bản giải trình về đoạn đường chưa được cứng hóa, gửi kèm hồ sơ đề nghị xét."
ALL = {f"P{code}": "met" for code in range(1, 4)} | {str(code): "met" for code in range(1, 20)}


def commune(name: str, findings: dict[str, object]) -> ntm.Snapshot:
    unit = ntm.Unit(id=name, name=f"Xã {name}", level="commune", parent="nghean", province="nghean", region="btb")
    return ntm.Snapshot(unit=unit, as_of="2023-12-31", findings={PACK: findings})


LETTERS = {
    "one with everything met": [commune("Nghi Lâm", ALL)],
    "one that fails and is open": [
        commune(
            "Nghi Lâm",
            {"2.1": {"finding": "not_met", "by": "Sở Xây dựng"}, "3": {"finding": "not_met", "by": "Bộ Công an"}},
        )
    ],
    "several with everything met": [commune("Nghi Lâm", ALL), commune("Nghi Kiều", ALL)],
    "several, contradicted, failing, open": [
        commune("Nghi Lâm", {"2": "met", "2.1": "not_met", "P1": "not_met"}),
        commune("Nghi Kiều", ALL | {"4": {"finding": "not_met", "by": "Sở Công Thương", "remark": NOTE}}),
        commune("Nghi Thịnh", ALL | {"4": {"finding": "not_met", "by": "Sở Công Thương", "remark": NOTE}}),
    ],
    "two that fail six alike": [
        commune(name, ALL | {str(code): "not_met" for code in range(2, 8)}) for name in ("Nghi Lâm", "Nghi Kiều")
    ],
}


@cache
def judged(name: str) -> TreeAssessment:
    return of_snapshots(LETTERS[name], ["vn/commune"]).assess()


def lines(folder: Path, name: str, lang: Lang) -> list[str]:
    path = folder / "letter.docx"
    write_report(judged(name), path, lang=lang)
    return read(path)


def read(path: Path) -> list[str]:
    """The paragraphs of a letter's text and cells, without the empty ones."""
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(str(path)).element.body
    texts = ("".join(t.text or "\n" for t in p.iter(qn("w:t"), qn("w:br"))) for p in body.iter(qn("w:p")))
    return [line for text in texts for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sentences_are_whole_and_of_one_language(tmp_path: Path, name: str, lang: Lang) -> None:
    said = lines(tmp_path, name, lang)
    told = re.sub(r"\[[^\]]*\]", "X", "\n".join(said))
    assert not re.search(r"[.;:,]\s*[.;,]|\(\s*\)|\bNone\b|\bP\d\b", told.replace("./.", "."))
    # A sentence begins with a capital or a number; a level's name and the word for a verdict stand alone in a cell.
    assert not [line for line in said if len(line) > 40 and line.lstrip("- (")[0].islower()]
    words = {"vi": "the|of|not met|open|units?", "en": "chưa|đạt|đơn vị|tiêu chí|ngày|Sở"}[lang]
    foreign = re.compile(rf"\b({words})\b")
    assert not [line for line in said if foreign.search(line) and NOTE not in line]


def test_contents_are_told_in_words_and_a_criterion_open_as_a_whole_once(tmp_path: Path) -> None:
    said = lines(tmp_path, "several, contradicted, failing, open", "vi")
    text = "\n".join(said)
    assert "2. Giao thông: kết luận “đạt” cho cả tiêu chí trái với các chỉ tiêu" in text
    assert "1. Quy hoạch (cả 2 chỉ tiêu)" in said
    assert not [line for line in said if line.startswith("1.1. ")]
    # All communes lie in one province: it tells none of them apart.
    assert "(Tỉnh Nghệ An)" not in text


def test_the_english_letter_is_a_translation(tmp_path: Path) -> None:
    text = "\n".join(lines(tmp_path, "one that fails and is open", "en"))
    assert "(Translation; the report that is signed is the one in Vietnamese)" in text
    assert "The Department of Construction is asked to see to what is not met: 2.1." in text
    # A ministry guides; no commune asks it to conclude.
    guided = "Under the guidance of the Ministry of Public Security, the local department in charge is asked"
    assert f"{guided} to see to what is not met: 3." in text


def test_a_letter_that_has_nothing_to_tell_has_no_annex_and_no_lonely_number(tmp_path: Path) -> None:
    said = lines(tmp_path, "several with everything met", "vi")
    assert not [line for line in said if line.startswith("Phụ lục") or "0 đang giữ danh hiệu" in line]
    assert "Hạn chế của số liệu" in said
    one = lines(tmp_path, "one with everything met", "vi")
    assert "Nội dung chưa đạt, chưa đủ căn cứ" not in one


def test_a_set_missed_for_want_of_another_says_which() -> None:
    # Xã Ba meets its own group's standard: what it lacks are the levels of group 1, which no other line would tell.
    from ntm_rules.report.gather import gather
    from ntm_rules.report.summary import to_summary

    dossier = read_dossier(Path(__file__).parents[1] / "examples" / "vi_du_2026")
    report = gather(dossier.assess(), "vi")
    [table] = [table for table in report.tables if table.held_back]
    wanting = {unit: one.sets for one in table.held_back for unit in one.units}
    assert set(wanting) == {"Xã Hai", "Xã Ba", "Xã Bốn"}
    assert "nhóm 1" in wanting["Xã Ba"]
    assert wanting["Xã Ba"] != wanting["Xã Hai"]
    assert wanting["Xã Ba"] in to_summary(report)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_the_letter_of_a_province_asks_for_is_whole_and_asked_of_somebody(tmp_path: Path, lang: Lang) -> None:
    dossier = read_dossier(bundled())
    tree = dossier.assess()
    write_report(tree, tmp_path / "x.docx", plan=dossier.check_plans(tree), lang=lang)
    said = read(tmp_path / "x.docx")
    assert not [line for line in said if "…." in line or "….." in line]
    # “From 0 to 3 more” is no target: what is not known is to be concluded first.
    strive = {"vi": "Phấn đấu đến", "en": "to be reached"}[lang]
    zero = {"vi": "từ 0 đến", "en": "0 to "}[lang]
    assert not [line for line in said if strive in line and zero in line]


def test_what_is_chosen_among_equals_says_how_many_more_there_are(tmp_path: Path) -> None:
    said = lines(tmp_path, "two that fail six alike", "vi")
    assert "(Còn 1 chỉ tiêu khác cũng có 2 đơn vị chưa đạt; xem Phụ lục I.)" in said
