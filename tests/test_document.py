"""Decisions read from files: the same content from every container, what each cell asks, and what is refused."""

from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from ntm_rules import load_pack
from ntm_rules.document import Document, DocumentError, State, match, read_document
from ntm_rules.document.criteria_table import Content, criteria_tables
from ntm_rules.document.requirement import Kind, asked
from ntm_rules.pack.condition import Op

DATA = Path(__file__).parent / "data" / "documents"
LAW = {".docx": "qd_51_2025_ttg.docx", ".pdf": "qd_51_2025_ttg.pdf", ".html": "qd_51_2025_ttg.html"}


@pytest.fixture(scope="session")
def law(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """Quyết định 51/2025/QĐ-TTg, read from its three containers."""
    page = tmp_path_factory.mktemp("law") / LAW[".html"]
    page.write_bytes(gzip.decompress((DATA / "qd_51_2025_ttg.html.gz").read_bytes()))
    return {kind: read_document(page if kind == ".html" else DATA / name) for kind, name in LAW.items()}


def contents(document: Document) -> dict[str, Content]:
    (table,) = criteria_tables(document)
    return {content.code: content for content in table.contents}


@pytest.mark.parametrize("kind", LAW)
def test_head_of_the_decision(law: dict[str, Document], kind: str) -> None:
    document = law[kind]
    assert (document.number, str(document.day)) == ("51/2025/QĐ-TTg", "2025-12-29")
    assert document.issuer == "Thủ tướng Chính phủ"
    assert document.years == (2026, 2030)
    assert document.annexes == ("PHỤ LỤC I", "PHỤ LỤC II", "PHỤ LỤC III")


@pytest.mark.parametrize("kind", LAW)
def test_ten_criteria_and_forty_seven_contents(law: dict[str, Document], kind: str) -> None:
    read = contents(law[kind])
    assert len(read) == 47
    assert len({content.criterion for content in read.values()}) == 10
    assert all(len(content.values) == 4 for content in read.values())


def test_three_containers_are_read_alike(law: dict[str, Document]) -> None:
    def told(document: Document) -> list[tuple[object, ...]]:
        return [
            (
                c.code,
                c.criterion,
                c.title,
                c.text,
                v.rows,
                v.asked.kind,
                v.asked.parts,
                f"{v.words} {v.guidance}".strip(),
            )
            for c in contents(document).values()
            for v in c.values
        ]

    assert told(law[".html"]) == told(law[".docx"]) == told(law[".pdf"])


@pytest.mark.parametrize(
    ("code", "common", "groups"),
    [
        ("2.4", "≥98%", ("≥99%", "≥99%", "≥98%")),
        ("6.1", "≤2%", ("≤2%", "≤5%", "≤13%")),
        ("3.8", "≥40%", ("≥60%", "≥50%", "≥40%")),
        ("2.3", "Đạt", ("Tốt", "Khá", "Đạt")),
    ],
)
def test_levels_of_the_law(law: dict[str, Document], code: str, common: str, groups: tuple[str, ...]) -> None:
    read = contents(law[".pdf"])[code]
    assert [value.words for value in read.values] == [common, *groups]
    assert [value.rows for value in read.values] == [(), *((("group", f"nhom{n}"),) for n in (1, 2, 3))]


def test_guidance_is_no_level(law: dict[str, Document]) -> None:
    read = contents(law[".html"])
    assert read["3.8"].values[1].guidance.startswith("Hội Nông dân Việt Nam hướng dẫn")
    # "… đạt tỷ lệ ≥65% (…)" inside a delegation is not what is asked of the commune.
    assert [value.asked.kind for value in read["6.3"].values] == [Kind.MET, *[Kind.WORDS] * 3]
    assert [value.asked.kind for value in read["3.7"].values] == [
        Kind.VALUE,
        Kind.NOT_ASKED,
        Kind.DELEGATED,
        Kind.DELEGATED,
    ]


@pytest.mark.parametrize("kind", LAW)
def test_the_pack_of_the_law_agrees_with_its_documents(law: dict[str, Document], kind: str) -> None:
    reading = match(law[kind], load_pack("vn/commune@2026-2030"))
    counts = reading.counts()
    assert not reading.doubts
    assert counts[State.DIFFERS] == counts[State.NEW] == counts[State.NOT_IN_PACK] == 0
    assert counts[State.AGREES] >= 54


def test_annex_by_region() -> None:
    document = read_document(DATA / "vi_du_theo_vung.docx")
    read = contents(document)
    assert document.number == ""
    assert len(read) == 14

    def level(code: str, region: str, year: str = "") -> tuple[Op | None, Decimal]:
        rows = (*((("year", year),) if year else ()), ("region", region))
        value = read[code].value(*rows)
        assert value is not None
        part = value.asked.parts[0]
        return part.op, part.amount.value

    assert level("6.1", "tn") == (Op.AT_LEAST, 42)
    assert level("4.1", "dbscl", "2033") == (Op.AT_LEAST, Decimal("68.5"))
    assert level("2.2", "btb") == level("2.2", "dhntb") == (Op.AT_LEAST, 72)
    assert level("7.2", "dnb") == (Op.AT_LEAST, 1000)
    assert read["2.2"].text == "Tỷ lệ đường thôn được cứng hóa"
    inner = read["6.1"].value(("region", "tn"))
    assert inner is not None
    assert inner.asked.parts[1].words == "từ hệ thống cấp nước tập trung"
    kinds = {region: value.asked.kind for region in ("tn", "dbscl") if (value := read["3.1"].value(("region", region)))}
    # The note under the table says what a dash means.
    assert set(kinds.values()) == {Kind.NOT_ASKED}
    empty = read["6.3"].value(("region", "dbscl"))
    assert empty is not None
    assert empty.asked.kind is Kind.BLANK


def test_tables_that_are_not_criteria_are_not_taken_for_them() -> None:
    document = read_document(DATA / "tt_65_2025_nhnn.html")
    assert document.tables
    assert not criteria_tables(document)
    with pytest.raises(DocumentError, match="none is a table of criteria"):
        match(document, load_pack("vn/commune@2021-2025"))


@pytest.mark.parametrize(
    ("words", "op", "value"),
    [
        ("≥ 80%", Op.AT_LEAST, "80"),
        ("Trên 90%", Op.MORE_THAN, "90"),
        ("80% trở lên", Op.AT_LEAST, "80"),
        ("Từ 80% trở lên", Op.AT_LEAST, "80"),
        ("≥ 80% trở lên", Op.AT_LEAST, "80"),
        ("Dưới 5%", Op.LESS_THAN, "5"),
        ("Không quá 1,5%", Op.AT_MOST, "1.5"),
        ("Tối thiểu 01 mô hình", Op.AT_LEAST, "1"),
        ("01 mô hình", None, "1"),
        ("Không", Op.AT_MOST, "0"),
        ("≥ 60 lít/người/ngày đêm", Op.AT_LEAST, "60"),
        ("≥ 1.000 m²", Op.AT_LEAST, "1000"),
        ("≥ 2 m²/người (*)", Op.AT_LEAST, "2"),
        ("≥ 16,5", Op.AT_LEAST, "16.5"),
        ("≥70% [1]", Op.AT_LEAST, "70"),
    ],
)
def test_words_that_ask_for_a_value(words: str, op: Op | None, value: str) -> None:
    (part,) = asked(words).parts
    assert (part.op, part.amount.value) == (op, Decimal(value))


@pytest.mark.parametrize(
    "words",
    [
        "70 - 80%",
        "Từ 60% đến dưới 75%",
        "Từ 80%",
        "Trên 90% trở lên",
        "Bình quân từ 9,5 - 12%/năm",
        "≥ 70% UBND cấp tỉnh quy định cụ thể",
        "≥ 80% số hộ hoặc 70% số thôn",
        "≥ 8O%",
        "≥ 1.23.4%",
        "Tốt",
        "khoảng 80%",
        "≥ 3 hoặc 4",
        "2/3 số thôn",
    ],
)
def test_words_with_two_readings_or_none_stay_words(words: str) -> None:
    assert asked(words).kind is Kind.WORDS


def test_inner_values() -> None:
    read = asked("≥65% (≥25% từ hệ thống cấp nước tập trung)")
    assert [(p.op, p.amount.text(), p.words) for p in read.parts] == [
        (Op.AT_LEAST, "65 %", ""),
        (Op.AT_LEAST, "25 %", "từ hệ thống cấp nước tập trung"),
    ]
    special = asked("≥ 75% (đối với xã đảo: ≥ 65%)")
    assert (special.parts[1].unless, special.parts[1].words) == (True, "xã đảo")


@pytest.mark.parametrize(
    ("name", "said"),
    [("anh_quet.pdf", "no text to read"), ("doi_cu.doc", "save it as .docx"), ("README.md", "are not read")],
)
def test_files_that_cannot_be_read_say_what_to_do(name: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as refused:
        read_document(DATA / name)
    assert refused.value.text("vi") != refused.value.text("en")
