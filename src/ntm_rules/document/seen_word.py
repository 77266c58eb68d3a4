"""What leaves a text of a Word file plainly to be seen: the closed lists; all else makes its cell doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from .colours import BLACK, WHITE, colour, legible, mixed
from .fonts import is_for_texts
from .refused import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = ("0", "false", "off", "none")
# Of characters, paragraphs, tables, their rows and cells: what hides or changes no letter, whatever it says.
_FREE = {
    "rPr": "b bCs i iCs u bdr rStyle szCs lang noProof snapToGrid caps smallCaps kern rPrChange oMath color shd"
    " highlight ligatures numForm numSpacing stylisticSets cntxtAlts",
    "pPr": "pStyle jc keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs contextualSpacing divId"
    " suppressAutoHyphens suppressLineNumbers outlineLvl cnfStyle textAlignment adjustRightInd autoSpaceDE autoSpaceDN"
    " snapToGrid kinsoku wordWrap overflowPunct topLinePunct mirrorIndents textboxTightWrap sectPr pPrChange rPr"
    " suppressOverlap textDirection",
    "tblPr": "tblStyle tblOverlap tblW jc tblCellSpacing tblBorders shd tblLayout tblCellMar tblLook tblCaption"
    " tblDescription tblStyleRowBandSize tblStyleColBandSize tblPrChange",
    "trPr": "cantSplit tblHeader jc gridBefore gridAfter wBefore wAfter cnfStyle divId tblCellSpacing hidden"
    " trPrChange",
    "tcPr": "tcW gridSpan vMerge hMerge tcBorders shd noWrap textDirection vAlign hideMark cnfStyle tcPrChange",
}
_HARMLESS = {kind: frozenset(names.split()) for kind, names in _FREE.items()}
# Off they are as if they were not there; how a text that is struck out or hidden is read, the reader knows.
_READ = ("strike", "dstrike", "vanish")
_SHAPED = ("outline", "shadow", "emboss", "imprint", "rtl", "cs", "effect", "bidi", "bidiVisual", "tcFitText", "em")
_SWITCHES = frozenset((*_SHAPED, "specVanish", "webHidden", *_READ))
_BETWEEN = {"w": (50, 200), "spacing": (-30, 200), "position": (-12, 24), "sz": (10, 220)}
_CONTENT = re.compile(
    r"p|r|t|tab|br|cr|noBreakHyphen|softHyphen|proofErr|bookmark(?:Start|End)|hyperlink|smartTag|sdt(?:Content|EndPr)?"
    r"|fldSimple|fldChar|footnoteRef(?:erence)?|endnoteRef(?:erence)?|comment(?:RangeStart|RangeEnd|Reference)"
    r"|annotationRef|lastRenderedPageBreak|perm(?:Start|End)|drawing|pict|object|sym|tbl|tr|tc|tblGrid|customXml"
    r"|tblPrEx|instrText|fldData|ffData"
)
_FIELDS = re.compile(r"\s*(?:HYPERLINK|REF|PAGE|PAGEREF|NOTEREF|SEQ|FORMTEXT|TOC|NUMPAGES)\b.*", re.DOTALL)
_THEME = {
    "text1": "dk1",
    "dark1": "dk1",
    "background1": "lt1",
    "light1": "lt1",
    "text2": "dk2",
    "dark2": "dk2",
    "background2": "lt2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_LOWEST_LINE = 160
# A row of a fixed height shows so many twips of each of its paragraphs.
_LINE = 200

Ink = tuple[str, str]


class Seen:
    """Says of a table's cell what of its look is not understood."""

    def __init__(self, opened: Any) -> None:
        self.opened = opened
        self.styles = {one.get(f"{_W}styleId", ""): one for one in opened.styles.element.iter(f"{_W}style")}
        self.usual = {
            one.get(f"{_W}type"): name
            for name, one in self.styles.items()
            if one.get(f"{_W}default") in ("1", "true", "on")
        }
        self._layers: dict[str, tuple[Element, ...]] = {}
        self._unknown: dict[Element, tuple[str, ...]] = {}

    def of(self, cell: Element, row: Element, table: Element, number: int) -> str:
        """What of the look of a cell's text, and of all it stands in, is not understood; empty where all of it is."""
        style = table.find(f"{_W}tblPr/{_W}tblStyle")
        name = self.usual.get("table", "") if style is None else style.get(f"{_W}val", "")
        whole, parts = self._of_table(name, number)
        found = [*self._told([*_own(table, "tblPr"), *_own(row, "trPr"), *_own(cell, "tcPr"), *_own(row, "tblPrEx")])]
        found += [said for part in (whole, *parts) for said in self._told(part)]
        found += _cut_off(row, cell)
        around = [_own(cell, "tcPr"), _own(table, "tblPr")]
        for paragraph in cell.iter(f"{_W}p"):
            found += self._paragraph(paragraph, around, whole, parts)
        for element in cell.iter():
            found += _odd(element)
        return "; ".join(dict.fromkeys(found))

    def _of_table(self, name: str, number: int) -> tuple[tuple[Element, ...], list[tuple[Element, ...]]]:
        """The properties a table's style has for all cells, and those of each part of tables this row may be of."""
        whole: list[Element] = []
        parts: list[tuple[Element, ...]] = []
        for style in reversed(self._chain(name)):
            whole += [one for one in style if _kind(one) in _HARMLESS]
            for part in style.iter(f"{_W}tblStylePr"):
                kind = part.get(f"{_W}type")
                if kind == "wholeTable":
                    whole += [one for one in part if _kind(one) in _HARMLESS]
                elif kind != "firstRow" or number == 0:
                    parts.append(tuple(part))
        return tuple(whole), parts

    def _paragraph(
        self,
        paragraph: Element,
        around: list[tuple[Element, ...]],
        whole: tuple[Element, ...],
        parts: list[tuple[Element, ...]],
    ) -> Iterator[str]:
        own = paragraph.find(f"{_W}pPr")
        styled = self._properties(_named(own, "pStyle") or self.usual.get("paragraph", ""))
        if not any(text.text for text in paragraph.iter(f"{_W}t")):
            return
        direct = () if own is None else (own,)
        yield from self._told([*direct, *styled, *self._defaults])
        if any(one.find(f"{_W}numPr") is not None for one in (*direct, *styled)):
            yield from self._numbers
        for run in paragraph.iter(f"{_W}r"):
            if not any(text.text for text in run.iter(f"{_W}t")):
                continue
            mine = _own(run, "rPr")
            character = self._properties(_named(mine[0], "rStyle") if mine else "")
            layers = [mine, character, styled]
            yield from self._told([*mine, *character])
            if mine and any(font.casefold() != "symbol" and not is_for_texts(font) for font in self._fonts(mine[0])):
                yield f"rFonts: {', '.join(self._fonts(mine[0]))}"
            below = [whole, self._defaults]
            yield from _twice(layers, [*parts, *below])
            if _says(layers, "vanish"):
                continue
            yield from self._legible([*layers], [*direct, *styled], around, whole, parts)

    def _legible(
        self,
        layers: list[tuple[Element, ...]],
        paragraph: list[Element],
        around: list[tuple[Element, ...]],
        whole: tuple[Element, ...],
        parts: list[tuple[Element, ...]],
    ) -> Iterator[str]:
        """The colours in which a run is seen: its own, else that of each part of a table's style it may stand in."""
        ink = next((found for one in layers if (found := self._ink(one)) is not None), None)
        texts = [child for one in layers for child in one if _kind(child) == "rPr"]
        near = (self._ground(texts), self._ground(paragraph), self._ground(around[0], over=WHITE))
        ground = next((found for found in near if found is not None), None)
        for part in [(), *parts]:
            inked = next((i for one in (part, whole, self._defaults) if (i := self._ink(one)) is not None), "auto")
            tables = (self._ground(part), self._ground(whole), self._ground(around[1]), self._page)
            shaded = next((found for found in tables if found is not None), WHITE)
            seen = (inked if ink is None else ink, shaded if ground is None else ground)
            # Word itself chooses black or white where no colour is said.
            if not (bool(seen[1]) if seen[0] == "auto" else legible(*seen)):
                yield f"color: {seen[0] or '?'}, fill: {seen[1] or '?'}"

    def _ink(self, properties: Iterable[Element]) -> str | None:
        for one in properties:
            said = one.find(f"{_W}color") if _kind(one) == "rPr" else None
            if said is not None:
                theme = said.get(f"{_W}themeColor")
                plain = said.get(f"{_W}val", "auto")
                if theme is None and plain == "auto":
                    return "auto"
                return self._coloured(theme, plain, said.get(f"{_W}themeTint"), said.get(f"{_W}themeShade"))
        return None

    def _ground(self, properties: Iterable[Element], over: str | None = None) -> str | None:
        """The shading that some properties say; ``over`` is what one that shades nothing uncovers."""
        for one in properties:
            pen = one.find(f"{_W}highlight")
            if pen is not None and pen.get(f"{_W}val") != "none":
                return colour(pen.get(f"{_W}val", ""))
            said = one.find(f"{_W}shd")
            if said is None:
                continue
            fill, pattern = said.get(f"{_W}fill", "auto"), said.get(f"{_W}val", "clear")
            theme = said.get(f"{_W}themeFill")
            if pattern in ("clear", "nil") and fill == "auto" and theme is None:
                if over is not None:
                    return over
                continue
            tint, shade = said.get(f"{_W}themeFillTint"), said.get(f"{_W}themeFillShade")
            ground = WHITE if fill == "auto" and theme is None else self._coloured(theme, fill, tint, shade)
            share = 100 if pattern == "solid" else int(pattern[3:]) if re.fullmatch(r"pct\d+", pattern) else 0
            if not share and pattern not in ("clear", "nil"):
                return ""
            dots = said.get(f"{_W}color", "auto")
            if said.get(f"{_W}themeColor") is not None:
                return ""
            return mixed(BLACK if dots == "auto" else colour(dots), ground, share / 100) if share else ground
        return None

    def _coloured(self, theme: str | None, plain: str, tint: str | None, shade: str | None) -> str:
        if theme is None or theme == "none":
            return colour(plain)
        base = self._theme.get(_THEME.get(theme, theme), "")
        for share, towards in ((tint, WHITE), (shade, BLACK)):
            if share is not None:
                base = mixed(base, towards, int(share, 16) / 255) if re.fullmatch("[0-9A-Fa-f]{2}", share) else ""
        return base

    def _told(self, properties: Iterable[Element]) -> Iterator[str]:
        """What some properties say that is on none of the lists."""
        for one in properties:
            if one not in self._unknown:
                self._unknown[one] = tuple(self._odd_in(one))
            yield from self._unknown[one]

    def _odd_in(self, properties: Element) -> Iterator[str]:
        kind = _kind(properties)
        for one in properties:
            name, value = _kind(one), one.get(f"{_W}val", "1")
            if name in _HARMLESS.get(kind, frozenset()) or (name in _SWITCHES and (value in _OFF or name in _READ)):
                continue
            if kind == "rPr" and name in _BETWEEN:
                known = bool(re.fullmatch(r"-?\d{1,4}", value)) and _BETWEEN[name][0] <= int(value) <= _BETWEEN[name][1]
            elif name == "rFonts":
                # Those of a run itself are looked at there: the signs of the font Symbol are read.
                above = properties.getparent()
                known = _kind(above) == "r" or all(map(is_for_texts, self._fonts(properties)))
            else:
                known = _is_known(kind, name, value, one)
            if not known:
                yield f"{name}: {value[:40]}" if one.get(f"{_W}val") else name

    def _fonts(self, properties: Element) -> list[str]:
        fonts = properties.find(f"{_W}rFonts")
        if fonts is None:
            return []
        themed = [value for name, value in fonts.items() if name.endswith("Theme")]
        named = [fonts.get(f"{_W}{name}") for name in ("ascii", "hAnsi", "eastAsia", "cs")]
        return [*(name for name in named if name), *(self._theme_fonts if themed else ())]

    def _chain(self, name: str) -> list[Element]:
        """A style and those it is based on."""
        chain: list[Element] = []
        while name in self.styles and self.styles[name] not in chain:
            chain.append(self.styles[name])
            base = chain[-1].find(f"{_W}basedOn")
            name = "" if base is None else base.get(f"{_W}val", "")
        return chain

    def _properties(self, name: str) -> tuple[Element, ...]:
        """What a style and those it is based on say of characters and paragraphs, the nearest first."""
        if name not in self._layers:
            self._layers[name] = tuple(
                one for style in self._chain(name) for one in style if _kind(one) in ("rPr", "pPr")
            )
        return self._layers[name]

    @cached_property
    def _defaults(self) -> tuple[Element, ...]:
        found = self.opened.styles.element.find(f"{_W}docDefaults")
        return () if found is None else tuple(one for one in found.iter(f"{_W}rPr", f"{_W}pPr"))

    @cached_property
    def _page(self) -> str:
        found = self.opened.element.find(f"{_W}background")
        return WHITE if found is None else colour(found.get(f"{_W}color", ""))

    @cached_property
    def _numbers(self) -> tuple[str, ...]:
        """What the numbers of lists say of their own look that is not understood; bullets have fonts of their own."""
        try:
            levels = self.opened.part.numbering_part.element.iter(f"{_W}lvl")
        except (KeyError, NotImplementedError):
            return ()
        own = [one for level in levels for one in _own(level, "rPr")]
        switched = [n for one in own for n in _READ if _says([(one,)], n)]
        odd = [said for said in self._told(own) if not said.startswith("rFonts")]
        unseen = [ink for one in own if (ink := self._ink([one])) not in (None, "auto") and not legible(ink, WHITE)]
        return tuple(dict.fromkeys([*switched, *odd, *(f"color: {ink}" for ink in unseen)]))

    @cached_property
    def _theme_root(self) -> Element | None:
        from lxml import etree

        for relation in self.opened.part.rels.values():
            if relation.reltype.endswith("/theme") and not relation.is_external:
                parser = etree.XMLParser(resolve_entities=False, no_network=True)
                root: Element = etree.fromstring(relation.target_part.blob, parser)
                return root
        return None

    @cached_property
    def _theme(self) -> dict[str, str]:
        scheme = None if self._theme_root is None else self._theme_root.find(f".//{_A}clrScheme")
        found: dict[str, str] = {}
        for one in () if scheme is None else scheme:
            said = next(iter(one), None)
            if said is not None:
                found[str(one.tag).removeprefix(_A)] = colour(said.get("lastClr") or said.get("val") or "")
        return found

    @cached_property
    def _theme_fonts(self) -> list[str]:
        if self._theme_root is None:
            return []
        return [one.get("typeface", "") for one in self._theme_root.iterfind(f".//{_A}fontScheme/*/{_A}latin")]


def _kind(element: Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _own(holder: Element, name: str) -> tuple[Element, ...]:
    found = holder.find(f"{_W}{name}")
    return () if found is None else (found,)


def _named(properties: Element | None, name: str) -> str:
    found = None if properties is None else properties.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val", "")


def _says(layers: Iterable[Iterable[Element]], name: str) -> bool:
    """Whether the nearest of some properties that says so has something on."""
    for one in (child for layer in layers for child in layer if _kind(child) == "rPr"):
        said = one.find(f"{_W}{name}")
        if said is not None:
            return said.get(f"{_W}val", "1") not in _OFF
    return False


def _twice(layers: list[tuple[Element, ...]], below: list[tuple[Element, ...]]) -> Iterator[str]:
    """What is on where the reader does not look, or in two styles: there Word turns the one off by the other."""
    for name in _READ:
        styles = sum(_says([layer], name) for layer in layers[1:])
        if styles > 1 or any(_says([layer], name) for layer in below):
            yield name


def _is_known(kind: str, name: str, value: str, one: Element) -> bool:
    numbers = [int(v) for v in one.attrib.values() if re.fullmatch(r"-?\d{1,6}", v)]
    if name == "vertAlign":
        return value in ("baseline", "superscript")
    if (kind, name) == ("pPr", "spacing"):
        return one.get(f"{_W}lineRule") != "exact" or int(one.get(f"{_W}line", "240")) >= _LOWEST_LINE
    if name in ("ind", "tblInd", "tblpPr", "tcMar"):
        inner = [int(v) for child in one for v in child.attrib.values() if re.fullmatch(r"-?\d{1,6}", v)]
        return all(-1500 <= number <= 12_000 for number in (*numbers, *inner))
    if name == "trHeight":
        return one.get(f"{_W}hRule") != "exact" or int(value or 0) >= _LINE
    return False


def _cut_off(row: Element, cell: Element) -> Iterator[str]:
    """A row of a fixed height with more paragraphs than it has room for."""
    height = row.find(f"{_W}trPr/{_W}trHeight")
    if height is not None and height.get(f"{_W}hRule") == "exact":
        lines = sum(1 for p in cell.iter(f"{_W}p") if any(t.text for t in p.iter(f"{_W}t")))
        lines += sum(1 for _ in cell.iter(f"{_W}br"))
        if int(height.get(f"{_W}val", "0")) < _LINE * lines:
            yield f"trHeight: {height.get(f'{_W}val')} exact"


def _odd(element: Element) -> Iterator[str]:
    """What stands in a cell and is no plain text, nor read otherwise."""
    name = _kind(element)
    if name == "dataBinding" or (name == "instrText" and not _FIELDS.fullmatch(element.text or "")):
        yield f"{name}: {(element.text or '').strip()[:30]}".rstrip(": ")
    elif name == "fldSimple" and not _FIELDS.fullmatch(element.get(f"{_W}instr", "")):
        yield f"{name}: {element.get(f'{_W}instr', '').strip()[:30]}"
    elif str(element.tag).startswith(_W) and not _CONTENT.fullmatch(name):
        inside = any(
            _kind(one) in ("rPr", "pPr", "tcPr", "trPr", "tblPr", "sdtPr", "drawing", "pict", "object", "ffData")
            for one in (element, *element.iterancestors())
        )
        if not inside:
            yield f"<{name}>"
