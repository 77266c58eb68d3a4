"""Pack files as they are read: scalars, lines and places, what a file beside says it is, codes as people write them."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.errors import NtmError, Place
from ntm_rules.pack.codes import plain_code, read_code
from ntm_rules.pack.loader import MAX_BYTES, MAX_DEPTH, MAX_VALUES, dump_yaml, parse_yaml, read_yaml
from ntm_rules.pack.neighbours import beside


def told(text: str) -> str:
    with pytest.raises(NtmError) as refused:
        parse_yaml(text)
    assert refused.value.text("vi")
    return refused.value.text("en")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None), ("~", None), ("null", None), ("Null", "Null"),
        ("true", True), ("false", False), ("True", "True"), ("no", "no"), ("on", "on"),
        ("0", 0), ("-7", -7), ("+7", 7), ("007", "007"), ("1e3", "1e3"), ("0x10", "0x10"),
        ("9" * 40, int("9" * 40)), ("9" * 41, "9" * 41),
        ("1.50", Decimal("1.50")), ("-0.5", Decimal("-0.5")), (".5", ".5"), ("1.", "1."), ("01.5", "01.5"),
        ("0." + "1" * 58, Decimal("0." + "1" * 58)), ("0." + "1" * 59, "0." + "1" * 59),
        ("'1'", "1"), ('"true"', "true"), ("2022-01-01", "2022-01-01"),
    ],
)  # fmt: skip
def test_a_scalar_is_what_it_looks_like_and_no_more(written: str, value: Any) -> None:
    found = parse_yaml(f"a: {written}\n").data["a"]
    assert (found, type(found)) == (value, type(value))


def test_each_value_has_its_line() -> None:
    document = parse_yaml("a:\n  - 1\n  - b: 2\n\n    c: [3, 4]\nd: |\n  x\n", "p.yaml")
    assert document.data == {"a": [1, {"b": 2, "c": [3, 4]}], "d": "x\n"}
    assert document.lines == {
        (): 1, ("a",): 1, ("a", 0): 2, ("a", 1): 3, ("a", 1, "b"): 3, ("a", 1, "c"): 5, ("a", 1, "c", 0): 5,
        ("a", 1, "c", 1): 5, ("d",): 6,
    }  # fmt: skip
    assert (document.file, document.digest, parse_yaml("a: 1").file) == ("p.yaml", "", "<text>")


@pytest.mark.parametrize(
    ("path", "line", "known"),
    [
        (("a", "at_least", "value"), 2, ("a", "at_least", "value")),
        (("a", "threshold", "value"), 2, ("a", "at_least", "value")),
        (("a", "threshold", "rows", "btb"), 3, ("a", "at_most", "by_region", "btb")),
        (("a", "model", "at_least", "x"), 2, ("a", "at_least")),
        (("nothing",), 1, ()),
    ],
)
def test_a_place_is_that_of_the_nearest_thing_the_file_has(path: Any, line: int, known: Any) -> None:
    """A field of a model is looked for under the names that the file may use for it."""
    text = "a:\n  at_least: {value: 1}\n" if "rows" not in path else "a:\n  at_most:\n    by_region: {btb: 1}\n"
    assert parse_yaml(text, "p.yaml").place(path) == Place(file="p.yaml", line=line, path=".".join(known), keys=known)


def test_a_file_is_read_with_its_digest_and_without_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    raw = "\ufeffa: ấ\n".encode()
    path.write_bytes(raw)
    document = read_yaml(path)
    assert (document.data, document.file, document.digest) == ({"a": "ấ"}, "p.yaml", sha256(raw).hexdigest())
    assert read_yaml(path, "t/p.yaml").file == "t/p.yaml"
    path.write_bytes(b"#" * MAX_BYTES)
    with pytest.raises(NtmError, match="the file is empty"):
        read_yaml(path)
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(NtmError) as refused:
        read_yaml(path, "t/p.yaml")
    assert refused.value.text("en") == "t/p.yaml: the file is too large: 4000001 bytes (at most 4000000)"
    path.write_bytes(b"a: \xff")
    with pytest.raises(NtmError) as refused:
        read_yaml(path)
    assert refused.value.text("en").startswith("p.yaml: ")
    with pytest.raises(NtmError) as refused:
        read_yaml(tmp_path / "none.yaml")
    assert refused.value.text("en").startswith("none.yaml: cannot")


def test_what_is_just_within_the_bounds_is_read() -> None:
    deep = "[" * (MAX_DEPTH - 1) + "1" + "]" * (MAX_DEPTH - 1)
    assert parse_yaml("a: " + deep)
    many = parse_yaml("[" + "1," * (MAX_VALUES - 1) + "]")
    assert len(many.data) == MAX_VALUES - 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: [1\n", "<text>:3: not valid YAML: “[” is opened and not closed, or a comma is missing"),
        ("a: 1\nb: \x07\n", "<text>:2: "),
        ("a: 1\n\tb: 2\n", "<text>:2: not valid YAML: a tab, or a value that begins with a sign such as @"),
        ("a:\n  b: 1\n  b: 2\n", "<text>:3, a.b: the key “b” is repeated (first at line 2)"),
        ("&x a: 1\n", "<text>:1: a key must be plain text"),
        ("a: [&x 1]\n", "<text>:1, a.0: YAML anchors and aliases (& and *) are not accepted; write the value again"),
    ],
)
def test_what_is_no_yaml_of_ours_is_told_with_its_line(text: str, said: str) -> None:
    assert told(text).startswith(said)


def test_what_is_written_is_read_back() -> None:
    shared = ["17.10", "no", "ấ", "2022-01-01", None, True, {"b": "x: y"}]
    data = {"z": shared, "a": shared, "long": "chữ " * 60}
    text = dump_yaml(data)
    assert parse_yaml(text).data == data
    assert list(parse_yaml(text).data) == ["z", "a", "long"]
    assert "ấ" in text
    assert max(map(len, text.splitlines())) <= 122


def test_files_beside_a_pack_say_what_they_are(tmp_path: Path) -> None:
    """By their first lines, whatever else they are; the file itself is not beside itself."""
    texts = {
        "a.yaml": "id: t/p\nedition: '1'\n",
        "b.yml": '# t/p\nedition: "2" # two\nid: t/p # p\nid: t/q\n',
        "c.yaml": "\n" * 59 + "id: t/p\n",
        "d.yaml": "\n" * 60 + "id: t/p\n",
        "e.yaml": "ID: t/p\nid t/p\n",
        "f.txt": "id: t/p\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "g.yaml").write_bytes(b"title: \xff\xfe\nid: t/p\nedition: 1\n")
    (tmp_path / "h.yaml").write_bytes("\ufeffid: t/p\nedition: 3".encode())
    (tmp_path / "i.yaml").mkdir()
    (tmp_path / "j.yaml").symlink_to(tmp_path / "nowhere")

    def found(edition: str = "", name: str = "x.yaml") -> list[str]:
        return [one.name for one in beside(tmp_path / name, "t/p", edition)]

    assert found() == ["a.yaml", "b.yml", "c.yaml", "g.yaml", "h.yaml"]
    assert (found("1"), found("2"), found("3")) == (["a.yaml", "g.yaml"], ["b.yml"], ["h.yaml"])
    assert found("1", "a.yaml") == ["g.yaml"]
    assert beside(tmp_path / "x.yaml", "t/q", "") == ()


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Tiêu chí 3", "3"), ("tiêu chí số 3", "3"), ("Chỉ tiêu thứ 3.1", "3.1"), ("Nội dung: 5", "5"), ("TC17", "17"),
        ("ct. 4", "4"), ("17,1", "17.1"), ("1.1.", "1.1"), ("01", "1"), ("00", "0"), ("17.10", "17.10"),
        ("17.01", "17.01"), (" 2 . 3 ", "2.3"), ("a.01", "a.01"), ("TC TC 3", "tc 3"),
        ("tc 1.ct 2", "1.ct 2"),
    ],
)  # fmt: skip
def test_a_code_is_read_as_people_write_it(written: str, plain: str) -> None:
    assert plain_code(written) == plain


ROMAN = "is a Roman number, which tables give to their sections rather than to a criterion of t/p; write the code in"
ROMAN += " figures."
CODES = ["1", "2", "17", "17.1", "P1", "P2"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("17.1", "17.1"),
        ("Tiêu chí 17,1", "17.1"),
        ("p1", "P1"),
        ("P.1", "P1"),
        ("ĐK số 2", "P2"),
        ("điều kiện: 1", "P1"),
    ],
)
def test_a_code_of_a_pack_is_found(written: str, code: str) -> None:
    assert read_code(written, CODES, "t/p") == code


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("II", f"“II” {ROMAN} Did you mean: 2?"),
        ("ii.", f"“ii.” {ROMAN} Did you mean: 2?"),
        ("IV", f"“IV” {ROMAN}"),
        ("17.2", "t/p has no code “17.2”. Did you mean: 17.1, 17?"),
        ("Tiêu chí 18", "t/p has no code “Tiêu chí 18”. Did you mean: 1, 17?"),
        ("P3", "t/p has no code “P3”. Did you mean: P2, P1?"),
        ("XIII", "t/p has no code “XIII”. Valid names: P1, P2."),
    ],
)
def test_a_code_that_is_none_is_told_with_those_like_it(written: str, said: str) -> None:
    problem = read_code(written, CODES, "t/p")
    assert not isinstance(problem, str)
    assert problem.text("en") == said
