"""Numbers that Word puts before paragraphs by itself: they are part of what people read, and not of the text."""

from __future__ import annotations

import re
from typing import Any

from .refused import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counts the numbered paragraphs of a file, list by list, as they come."""

    def __init__(self, opened: Any) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        part = next((p for p in opened.part.package.iter_parts() if str(p.partname) == "/word/numbering.xml"), None)
        if part is None:
            return
        root = part.element if hasattr(part, "element") else None
        if root is None:
            return
        for abstract in root.iter(f"{_W}abstractNum"):
            levels = {}
            for level in abstract.iter(f"{_W}lvl"):
                start = _value(level, "start")
                levels[int(level.get(f"{_W}ilvl", "0"))] = (
                    _value(level, "numFmt"),
                    _value(level, "lvlText"),
                    int(start) if start.isdigit() else 1,
                )
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = levels
        for number in root.iter(f"{_W}num"):
            self._lists[number.get(f"{_W}numId", "")] = _value(number, "abstractNumId")

    def of(self, paragraph: Element) -> str:
        """The number that stands before a paragraph, with a space after it; empty where there is none."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        name = _value(properties, "numId")
        written = _value(properties, "ilvl")
        depth = int(written) if written.isdigit() else 0
        levels = self._levels.get(self._lists.get(name, ""), {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(name, {})
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]

        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            form, _, start = levels.get(level, ("decimal", "", 1))
            return _spelled(counts.get(level, start), form)

        form, pattern, _ = levels[depth]
        if form in ("bullet", "none", ""):
            return ""
        return re.sub(r"%(\d)", shown, pattern) + " "


def _value(holder: Element, name: str) -> str:
    found = holder.find(f"{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val", ""))


def _spelled(number: int, form: str) -> str:
    if form.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26)
    elif form.endswith("Roman"):
        text = ""
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
    else:
        return str(number)
    return text.upper() if form.startswith("upper") else text
