"""What leaves a cell of a workbook plainly to be seen as its value: the closed lists; all else makes it doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from .colours import BLACK, WHITE, colour, legible, mixed
from .fonts import is_for_texts

_THEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")  # fmt: skip  # noqa: E501
_SIZES = (5, 110)
_NARROWEST, _LOWEST = 1.3, 6
_USUAL_WIDTH = 8.43
# Digits with their separators, a share, words in quotes, room beside them, the colours everybody sees.
_PASSED = r"_.|\* |\"[^\"]*\"|\\."
_SHOWN = re.compile(
    rf"(?:\[(?:red|blue|black|green|\$[^\]]*)\]|{_PASSED}|[ ()≥≤><=+$-])*"
    rf"(?P<digits>[#0?,]*[0#?])(?:\.(?P<more>[0#?]+))?(?P<scaled>,*)"
    rf"(?P<share>(?:{_PASSED}|[ )])*%)?(?:{_PASSED}|[ )]|[^\x00-\x7f])*",
    re.IGNORECASE,
)
_LONGEST = 200
_SHADES = {"gray125": 0.125, "gray0625": 0.0625, "lightGray": 0.25}


class Seen:
    """Says of a sheet's cells what of their look is not understood."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.sheet = sheet
        theme = book.loaded_theme or b""
        text = theme.decode("utf-8", "replace") if isinstance(theme, bytes) else str(theme)
        found = re.findall(r"<a:(\w+)>\s*<a:(?:srgbClr val=|sysClr [^>]*lastClr=)\"([0-9A-Fa-f]{6})\"", text)
        self.theme = {name: colour(code) for name, code in found}
        self.widths = {
            number: one.width
            for one in sheet.column_dimensions.values()
            if one.width is not None
            for number in range(one.min or 0, min(one.max or 0, 200) + 1)
        }
        self.merged = {
            (row, column)
            for span in sheet.merged_cells.ranges
            if span.size["rows"] * span.size["columns"] < 5000
            for row, column in ((span.min_row, span.min_col),)
        }
        view = sheet.sheet_view
        self.whole = [name for name in ("rightToLeft", "showFormulas") if getattr(view, name, None)]
        self.zeros = view.showZeros is not False
        self.rules = [(ranges.cells.ranges, ranges.rules) for ranges in sheet.conditional_formatting]

    def of(self, cell: Any) -> str:
        """What of the look of a cell is not understood; empty where all of it is."""
        ground = self._ground(cell.fill)
        found = [*self.whole, *self._font(cell.font, ground), *self._rich(cell.value, cell.font, ground)]
        found += self._size(cell)
        found += self._conditions(cell, ground)
        found += _aligned(cell.alignment)
        if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool) and not cell.is_date:
            found += self._number(cell)
        elif cell.number_format not in ("General", "@") and isinstance(cell.value, str):
            # A text goes through a format's fourth part.
            found += [cell.number_format] if cell.number_format.count(";") > 2 else []
        return "; ".join(dict.fromkeys(found))

    def _font(self, font: Any, ground: str) -> Iterator[str]:
        # A part of a text has its font's name under another name.
        whole = not hasattr(font, "rFont")
        name = font.name if whole else font.rFont
        if name is not None and not is_for_texts(str(name)):
            yield str(name)
        if font.sz is not None and not _SIZES[0] <= font.sz <= _SIZES[1]:
            yield f"size: {font.sz:g}"
        yield from (one for one in ("outline", "shadow") if getattr(font, one, None))
        if font.vertAlign == "subscript" or (whole and font.vertAlign == "superscript"):
            yield str(font.vertAlign)
        ink = self._coloured(font.color, BLACK)
        if not legible(ink, ground):
            yield f"color: {ink or '?'}, fill: {ground or '?'}"

    def _rich(self, value: Any, around: Any, ground: str) -> Iterator[str]:
        from openpyxl.cell.rich_text import CellRichText, TextBlock

        for part in value if isinstance(value, CellRichText) else ():
            if isinstance(part, TextBlock) and part.text.strip():
                yield from self._font(part.font, ground)

    def _ground(self, fill: Any) -> str:
        kind = fill.fill_type
        if kind is None or kind == "none":
            return WHITE
        if kind == "solid":
            return self._coloured(fill.fgColor, BLACK)
        if kind in _SHADES:
            fore, back = self._coloured(fill.fgColor, BLACK), self._coloured(fill.bgColor, WHITE)
            # A new workbook keeps this pattern with no colours of its own.
            return mixed(BLACK if fore == BLACK else fore, WHITE if back == BLACK else back, _SHADES[kind])
        return ""

    def _coloured(self, said: Any, usual: str) -> str:
        from openpyxl.styles.colors import COLOR_INDEX

        if said is None or said.type == "auto":
            return usual
        if said.type == "indexed":
            if said.indexed in (64, 65):
                return BLACK if said.indexed == 64 else WHITE
            plain = colour(COLOR_INDEX[said.indexed][2:]) if 0 <= said.indexed < len(COLOR_INDEX) else ""
        elif said.type == "theme":
            plain = self.theme.get(_THEME[said.theme], "") if 0 <= said.theme < len(_THEME) else ""
        else:
            plain = colour(said.rgb[-6:]) if isinstance(said.rgb, str) else ""
        tint = float(said.tint or 0)
        if tint and plain:
            plain = mixed(plain, WHITE if tint > 0 else BLACK, 1 - min(1.0, abs(tint)))
        return plain

    def _size(self, cell: Any) -> Iterator[str]:
        height = self.sheet.row_dimensions[cell.row].height if cell.row in self.sheet.row_dimensions else None
        if height is not None and height < _LOWEST:
            yield f"height: {height:g}"
        width = self.widths.get(cell.column)
        if width is not None and width < _NARROWEST and (cell.row, cell.column) not in self.merged:
            yield f"width: {width:g}"

    def _conditions(self, cell: Any, ground: str) -> Iterator[str]:
        """What a condition may make of a cell; whether it is met is not ours to work out."""
        for ranges, rules in self.rules:
            inside = any(
                part.min_row <= cell.row <= part.max_row and part.min_col <= cell.column <= part.max_col
                for part in ranges
            )
            for rule in rules if inside else ():
                if not self._harmless(rule, cell, ground):
                    yield f"conditional formatting: {rule.type}"

    def _harmless(self, rule: Any, cell: Any, ground: str) -> bool:
        if rule.dxf is None:
            bar = rule.dataBar or rule.iconSet
            ink = self._coloured(cell.font.color, BLACK)
            steps = [self._coloured(one, WHITE) for one in rule.colorScale.color] if rule.colorScale else []
            return (bar is None or bar.showValue is not False) and all(legible(ink, step) for step in steps)
        if rule.dxf.numFmt is not None or rule.dxf.alignment is not None:
            return False
        fill, font = rule.dxf.fill, rule.dxf.font
        under = ground
        if fill is not None:
            # The ground of a condition's look stands where that of a pattern stands elsewhere.
            own = fill.bgColor if fill.fill_type in (None, "solid") else None
            under = "" if own is None else self._coloured(own, WHITE)
        if font is None:
            return legible(self._coloured(cell.font.color, BLACK), under)
        base = cell.font.color if font.color is None else font.color
        return legible(self._coloured(base, BLACK), under) and not (font.vertAlign or font.sz or font.name)

    def _number(self, cell: Any) -> Iterator[str]:
        """Whether the digits that are shown are the value, with room for them."""
        pattern, value = cell.number_format or "General", Decimal(repr(cell.value))
        if value == 0 and not self.zeros:
            yield "showZeros"
        shown = str(cell.value)
        if pattern not in ("General", "@"):
            match = _SHOWN.fullmatch(pattern.split(";")[0][:_LONGEST])
            if match is None or match["scaled"] or (value <= 0 and ";" in pattern):
                yield pattern
                return
            scaled = value * 100 if match["share"] else value
            try:
                step = Decimal(1).scaleb(-len(match["more"] or ""))
                rounded = scaled.quantize(step, ROUND_HALF_UP)
            except InvalidOperation:
                yield pattern
                return
            # What a machine's arithmetic leaves behind the tenth digit is no other figure.
            if abs(rounded - scaled) > Decimal("1e-9"):
                yield f"{pattern}: {rounded:f}"
            shown = f"{rounded:f}"
        width = self.widths.get(cell.column, _USUAL_WIDTH)
        if width + 1 < len(shown) and (cell.row, cell.column) not in self.merged:
            yield f"width: {width:g}"


def _aligned(alignment: Any) -> Iterator[str]:
    if alignment.horizontal == "fill":
        yield "fill"
    if alignment.readingOrder == 2:
        yield "readingOrder: 2"
    if (alignment.indent or 0) > 30:
        yield f"indent: {alignment.indent:g}"
