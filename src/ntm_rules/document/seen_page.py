"""What leaves a text of a saved page plainly to be seen: the closed lists; all else makes its cell doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .colours import BLACK, WHITE, colour, legible
from .css import Styles
from .fonts import is_for_texts
from .refused import Element

_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))(px|pt|in|cm|mm|pc|em|rem|ex|ch|%|)")
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "in": 96, "cm": 38, "mm": 3.8, "pc": 16, "em": 16, "rem": 16, "ex": 8, "ch": 8}
_WIDE = frozenset(("inherit", "initial", "unset", "auto", "normal", "none", "revert"))
_LINES = r"solid|dashed|dotted|double|groove|ridge|inset|outset|none|hidden|thin|medium|thick|currentcolor|windowtext"
# Nothing that they say, whatever it is, hides or changes a letter.
_FREE = frozenset(
    re.findall(
        r"\S+",
        "-moz-box-sizing -moz-osx-font-smoothing -moz-user-select -ms-overflow-style -ms-text-size-adjust "
        "-ms-touch-action -ms-user-select -webkit-box-sizing -webkit-font-feature-settings -webkit-font-smoothing "
        "-webkit-overflow-scrolling -webkit-tap-highlight-color -webkit-text-decoration-skip -webkit-text-size-adjust "
        "-webkit-user-select align-content align-items align-self border-bottom-color border-bottom-left-radius "
        "border-bottom-right-radius border-bottom-style border-collapse border-color border-image border-left-color "
        "border-left-style border-radius border-right-color border-right-style border-spacing border-style "
        "border-top-color border-top-left-radius border-top-right-radius border-top-style box-sizing break-after "
        "break-before break-inside caption-side clear color-scheme column-gap cursor empty-cells flex flex-basis "
        "flex-grow flex-shrink flex-wrap float font-feature-settings font-kerning font-style font-weight gap hyphens "
        "justify-content justify-items justify-self layout-grid-mode line-break list-style list-style-image "
        "list-style-position list-style-type orphans outline overflow-wrap overscroll-behavior page page-break-after "
        "page-break-before page-break-inside pointer-events punctuation-wrap quotes resize row-gap ruby-align "
        "scroll-behavior scroll-margin-top scrollbar-color scrollbar-width size so-language tab-size tab-stops "
        "table-layout text-align text-align-last text-autospace text-decoration-color text-decoration-skip-ink "
        "text-decoration-style text-decoration-thickness text-justify text-rendering text-size-adjust "
        "text-underline-offset text-wrap touch-action transition transition-duration transition-property user-select "
        "vertical-align white-space widows word-break word-wrap",
    )
)
# Of these the words that may stand there, and how small and how large a length may be.
_BOUND: dict[str, tuple[str, float, float]] = {
    **dict.fromkeys(("margin", "margin-left", "margin-right", "margin-top", "margin-bottom"), ("", -60, 1000)),
    **dict.fromkeys(("margin-inline-start", "margin-inline-end", "margin-block-start"), ("", -60, 1000)),
    **dict.fromkeys(("padding", "padding-left", "padding-right", "padding-top", "padding-bottom"), ("", 0, 500)),
    **dict.fromkeys(("padding-inline-start", "padding-inline-end", "margin-block-end"), ("", 0, 500)),
    **dict.fromkeys(("border", "border-left", "border-right", "border-top", "border-bottom"), (_LINES, 0, 12)),
    **dict.fromkeys(("border-width", "border-left-width", "border-right-width"), (_LINES, 0, 12)),
    **dict.fromkeys(("border-top-width", "border-bottom-width", "outline-width"), (_LINES, 0, 12)),
    **dict.fromkeys(("left", "right", "top", "bottom", "inset"), ("", -8, 8)),
    "text-indent": ("", -60, 300),
    "letter-spacing": ("", -1.5, 20),
    "word-spacing": ("", -3, 40),
    "outline-offset": ("", 0, 10),
    "z-index": ("", 0, 1e9),
    "opacity": ("", 0.75, 1),
}
# Their only words.
_WORDS = {
    "display": r"(?:inline-)?(?:block|flex|grid|table)|inline|flow-root|list-item|table-[a-z-]+|-webkit-box|-ms-flexbox"
    "|none",
    "visibility": "visible|inherit|hidden|collapse",
    "position": "static|relative|sticky",
    "text-decoration": f"(?:none|underline|line-through|{_LINES}|\\s)+|inherit",
    "text-decoration-line": r"(?:none|underline|line-through|\s)+",
    "text-transform": "none|uppercase|lowercase|capitalize|inherit|initial",
    "direction": "ltr|inherit|initial",
    "unicode-bidi": "normal|embed|isolate",
    "writing-mode": "horizontal-tb|lr-tb|initial",
    "transform": "none",
    "filter": "none",
    "clip": "auto",
    "clip-path": "none",
    "mask": "none",
    "animation": "none|initial",
    "content": "none|normal",
    "zoom": r"1|normal|100%",
    "font-variant": r"normal|inherit|tabular-nums|initial|lining-nums|small-caps",
    "font-stretch": "normal|inherit|100%",
    "font-size-adjust": "none|inherit",
    "text-shadow": "none",
    "box-shadow": "none",
    "order": "0",
    "flex-direction": "row|column|initial",
    "columns": "auto|auto auto",
    "background-image": "none|initial",
    "background-clip": "border-box|padding-box|content-box|initial",
    **dict.fromkeys(("background-position", "background-size", "background-repeat", "background-attachment"), ".*"),
    **dict.fromkeys(("background-origin", "background-position-x", "background-position-y", "color-adjust"), ".*"),
    "overflow": "visible|auto|scroll|hidden|initial|inherit|unset",
    "text-overflow": "clip|ellipsis|initial|inherit",
    "will-change": ".*",
}
_SIZES = ("height", "max-height", "width", "max-width", "min-height", "min-width")
_TAGS = frozenset(
    re.findall(
        r"\S+",
        "html body div p span b i u s strong em font a table thead tbody tfoot tr td th center section article main "
        "header footer ul ol li h1 h2 h3 h4 h5 h6 br sup big small form label mark ins cite code tt pre blockquote dl "
        "dt dd col colgroup caption hr o:p del strike address figure figcaption aside abbr q var img math mi mo mn "
        "mrow mtext msup semantics annotation nobr st1:place st1:city fieldset svg object canvas embed bdi time wbr",
    )
)
_ATTRIBUTES = re.compile(
    r"id|class|style|name|colspan|rowspan|align|valign|width|height|border|bordercolor|cellpadding|cellspacing|bgcolor"
    r"|color|face|size|lang|xml:lang|xmlns.*|nowrap|title|href|target|rel|data-.*|aria-.*|role|on[a-z]+|sdval|sdnum"
    r"|item[a-z]+|frame|rules|summary|scope|headers|abbr|tabindex|text|link|vlink|alink|clear|type|start|value|src|alt"
    r"|char|charoff|span|vspace|hspace|prefix|typeof|property|about|topmargin|leftmargin|marginheight|marginwidth"
    r"|rightmargin|bottommargin|accesskey|cite|datetime|translate|spellcheck|contenteditable|draggable|noshade|cols"
    r"|lowsrc|fetchpriority|loading|decoding|sizes|srcset|nonce|jsaction|jscontroller|jsname|action|method|version"
    r"|_ngcontent.*|_nghost.*|v-.*|ng-.*|slot|part|dir|hidden|controls|webkit.*|mso.*|background|x:.*|u1:.*|o:.*|for"
)
# What stands in a cell and is left out, but for those that show nothing.
_SHOWN_OTHERWISE = ("iframe", "select", "button", "nav", "noscript", "input", "textarea", "video", "audio", "meter")
_FONT_SIZES = {
    "xx-small": 9,
    "x-small": 10,
    "small": 13,
    "medium": 16,
    "large": 18,
    "x-large": 24,
    "xx-large": 32,
    "xxx-large": 48,
    "initial": 16,
}
_FONT_STEPS = {"1": 10.0, "2": 13.0, "3": 16.0, "4": 18.0, "5": 24.0, "6": 32.0, "7": 48.0}
_SMALLEST, _LARGEST = 6.5, 120.0
# A height that cuts off what is longer; a width into which no figure goes.
_CUT_WIDTH = 40


class Seen:
    """Says of a cell what of its look is not understood; what stands around its table is looked at once."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self._own: dict[Element, tuple[str, ...]] = {}
        self._tables: dict[Element, tuple[str, ...]] = {}

    def of(self, cell: Element) -> str:
        """What of the look of a cell's text, and of all it stands in, is not understood; empty where all of it is."""
        found = [*self._around(cell)]
        if self.styles.endless:
            found.append("<style>")
        for element in cell.iter():
            tag = element.tag if isinstance(element.tag, str) else ""
            if tag in _SHOWN_OTHERWISE and (tag != "noscript" or "".join(element.itertext()).strip()):
                found.append(f"<{tag}>")
            elif tag and self._holds(element, cell):
                found += self._told(element)
                found += self._legible(element)
        return "; ".join(dict.fromkeys(found))

    def _holds(self, element: Element, cell: Element) -> bool:
        """Whether a text or a picture that is read stands in an element."""
        if element is cell or element.tag in ("img", "svg", "sub"):
            return True
        if element.tag in ("script", "style", "template", "head", "noscript") or "gone" in self.styles.of(element):
            return False
        return any(text.strip() for text in element.itertext()) or element in self.styles.drawn

    def _around(self, cell: Element) -> Iterator[str]:
        for element in cell.iterancestors():
            yield from self._told(element)
            if element.tag == "table":
                yield from self._of_table(element)

    def _of_table(self, table: Element) -> tuple[str, ...]:
        if table not in self._tables:
            columns = table.iter("col", "colgroup")
            self._tables[table] = tuple(dict.fromkeys(said for one in columns for said in self._told(one)))
        return self._tables[table]

    def _told(self, element: Element) -> tuple[str, ...]:
        """What an element and its own styles say that is on none of the lists."""
        if element not in self._own:
            self._own[element] = tuple(dict.fromkeys(self._unknown(element)))
        return self._own[element]

    def _unknown(self, element: Element) -> Iterator[str]:
        if str(element.tag) not in _TAGS:
            yield f"<{element.tag}>"
        for name, value in element.items():
            if not self._attribute(str(element.tag), name.casefold(), value.strip().casefold()):
                yield f"{name}={value[:40]}"
        own = self.styles.declared(element)
        yield from (f"{name}: {value[:60]}" for name, value in own if not self._known(name, value))
        yield from _cut(own)

    def _attribute(self, tag: str, name: str, value: str) -> bool:
        if name == "dir":
            return value in ("ltr", "auto", "")
        if name in ("height", "width") and tag != "img":
            return _bounded(value.rstrip("*"), "", 0.4, 1e9)
        return self._fonts(value) if name == "face" else _ATTRIBUTES.fullmatch(name) is not None

    def _known(self, name: str, value: str) -> bool:
        if name in _FREE or name in _SIZES or name.startswith("--") or name == "color":
            return "\\" not in name
        if name.startswith("mso-"):
            return name != "mso-hide" or value == "none"
        if name in ("background", "background-color", "font-size"):
            # Looked at together with what stands in them.
            return True
        if value in _WIDE and name in _BOUND:
            return True
        if name in _BOUND:
            return _bounded(value, *_BOUND[name])
        if name in _WORDS:
            return re.fullmatch(_WORDS[name], value) is not None
        if name in ("overflow-x", "overflow-y"):
            return re.fullmatch(_WORDS["overflow"], value) is not None
        if name == "line-height":
            return value in _WIDE or _line(value)
        if name in ("font-family", "font"):
            return self._fonts(value if name == "font-family" else re.sub(r"^.*?[\d.]+(?:px|pt|em|%)\S*\s", "", value))
        return False

    def _fonts(self, value: str) -> bool:
        names = [one.strip(" \"'") for one in value.split(",")]
        return value in _WIDE or all(
            name not in self.styles.fonts and (name == "symbol" or is_for_texts(name)) for name in names
        )

    def _legible(self, element: Element) -> Iterator[str]:
        """The colours and the size in which the text directly in an element is seen."""
        path = [element, *element.iterancestors()]
        inks = next((found for one in path if (found := self._inks(one))), [BLACK])
        grounds = next((found for one in path if (found := self._grounds(one))), [WHITE])
        pairs = [(ink, ground) for ink in inks for ground in grounds]
        wrong = next((pair for pair in pairs if not legible(colour(pair[0]), colour(pair[1]))), None)
        if wrong is not None:
            yield f"color: {wrong[0][:40]}, background: {wrong[1][:60]}"
        size = self._size(reversed(path))
        if not _SMALLEST <= size <= _LARGEST:
            yield f"font-size: {size:.3g}px"

    def _inks(self, element: Element) -> list[str]:
        said = [element.get("color"), element.get("text") if element.tag == "body" else None]
        own = [value for name, value in self.styles.declared(element) if name == "color"]
        if self.styles.fixes(element, "color"):
            own = own[-1:]
        found = [value for value in (*filter(None, said), *own) if value not in ("inherit", "unset", "currentcolor")]
        return [BLACK if value in ("initial", "auto") else value for value in found]

    def _grounds(self, element: Element) -> list[str]:
        found = [element.get("bgcolor"), "url()" if element.get("background") else None]
        for name, value in self.styles.declared(element):
            if name == "background-color":
                found.append(value)
            elif name == "background":
                plain = re.sub(r"\b(?:no-repeat|repeat(?:-[xy])?|scroll|top|left|center|0(?:%|px)?)\b", "", value)
                found.append(plain.strip() or None)
        none = ("transparent", "none", "inherit", "initial", "unset", "rgba(0, 0, 0, 0)", "rgba(0,0,0,0)", "auto")
        return [value for value in found if value and value not in none]

    def _size(self, path: Iterable[Element]) -> float:
        """The size of letters, in pixels; none at all where it is not understood."""
        size = 16.0
        for element in path:
            if element.tag == "font" and element.get("size") is not None:
                step = str(element.get("size")).strip()
                size = _FONT_STEPS.get(step, size if step[:1] in "+-" else 0.0)
            found = [size]
            for name, value in self.styles.declared(element):
                if name == "font" and value not in _WIDE:
                    part = re.search(r"(?:^|\s)([\d.]+(?:px|pt|em|rem|%))", value)
                    value = part[1] if part else "?"
                if name in ("font-size", "font") and value not in ("inherit", "unset"):
                    found.append(_sized(value, size))
            sizes = found[1:] or found
            # Which of several holds is not worked out: the farthest from what is usual.
            size = min(sizes) if min(sizes) < _SMALLEST else max(sizes) if max(sizes) > _LARGEST else sizes[-1]
        return size


def _sized(value: str, around: float) -> float:
    if value in _FONT_SIZES:
        return float(_FONT_SIZES[value])
    if value in ("smaller", "larger"):
        return around * (0.83 if value == "smaller" else 1.2)
    match = _LENGTH.fullmatch(value)
    if match is None:
        return 0.0
    number, unit = float(match[1]), match[2]
    if unit in ("em", "%"):
        return around * number / (100 if unit == "%" else 1)
    return number * _PIXELS.get(unit, 0)


def _bounded(value: str, words: str, low: float, high: float) -> bool:
    """Whether each part of a value is a length between two others, a word that is known, or a colour."""
    for part in re.findall(r"[^\s(]+(?:\([^)]*\))?", value):
        match = _LENGTH.fullmatch(part)
        if match is not None:
            size = float(match[1]) * (0.5 if match[2] == "%" else _PIXELS[match[2]])
            if not low <= size <= high:
                return False
        elif part not in _WIDE and not (words and (re.fullmatch(words, part) or colour(part) or part == "transparent")):
            return bool(words) and part.startswith(("rgba(", "hsl(", "var("))
    return True


def _line(value: str) -> bool:
    match = _LENGTH.fullmatch(value)
    if match is None:
        return False
    return float(match[1]) * (16 if match[2] == "" else 0.16 if match[2] == "%" else _PIXELS[match[2]]) >= 9


def _cut(own: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The size of an element that cuts off what does not fit into it."""
    said = list(own)
    cuts = [
        value
        for name, value in said
        if name.startswith("overflow") and name != "overflow-wrap" and value not in ("visible", "initial", "inherit")
    ]
    for name, value in said if cuts else ():
        if name not in ("height", "max-height", "width", "max-width") or value in _WIDE or value == "fit-content":
            continue
        match = _LENGTH.fullmatch(value)
        whole = match is not None and match[2] == "%" and float(match[1]) >= 100
        wide = match is not None and match[2] != "%" and name.endswith("width")
        if whole or (wide and match is not None and float(match[1]) * _PIXELS[match[2]] >= _CUT_WIDTH):
            continue
        yield f"overflow: {cuts[0]}, {name}: {value[:40]}"
