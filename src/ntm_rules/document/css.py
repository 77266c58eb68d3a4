"""What the styles of a saved page do to its text: strike it out, hide it, raise it, write more beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..errors import Place
from .refused import Element, missing
from .signs import UNREAD

_EFFECTS = {
    "struck": r"text-decoration(?:-line)?\s*:[^;]*line-through",
    "gone": r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)",
    "unseen": r"font-size\s*:\s*0(?![\d.])|opacity\s*:\s*0(?:\.0*)?\s*(?:[;!]|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    "white": r"(?<!-)\bcolor\s*:\s*(?:white\b|#fff\b|#ffffff\b|rgb\(255,\s*255,\s*255\))",
    "raised": r"vertical-align\s*:\s*super",
    "shaded": r"background(?:-color)?\s*:\s*(?!none|transparent|inherit|initial|white\b|#fff)",
}
_COMPILED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _EFFECTS.items()}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_BESIDE = re.compile(r"::?(before|after)\s*$")
_CONTENT = re.compile(r"\bcontent\s*:\s*([^;]+)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
# A page of more such rules is slow to search, and of a decision none is known.
_MAX_RULES = 150


@dataclass
class Styles:
    """What the style sheets of a page do, element by element: the names of effects, and texts before and behind."""

    effects: dict[Element, set[str]] = field(default_factory=dict)
    beside: dict[tuple[Element, str], str] = field(default_factory=dict)

    def of(self, element: Element) -> frozenset[str]:
        """The effects of an element's own style and of the style sheets."""
        return effects_of(element.get("style") or "") | frozenset(self.effects.get(element, ()))

    def unseen(self, element: Element) -> bool:
        """Whether a reader of the page does not see the text of an element that is in the page all the same."""
        own = self.of(element)
        if own & {"gone", "unseen"}:
            return True
        around = [element, *element.iterancestors()]
        return "white" in own and not any(one.get("bgcolor") or "shaded" in self.of(one) for one in around)


def effects_of(declarations: str) -> frozenset[str]:
    """The names of what some declarations do.

    >>> sorted(effects_of("text-decoration: line-through; font-size:0"))
    ['struck', 'unseen']
    """
    return frozenset(name for name, pattern in _COMPILED.items() if pattern.search(declarations))


def styles_of(root: Element) -> Styles:
    """The effects of the style sheets that stand in a page; those it refers to are not fetched."""
    found = Styles()
    rules = [rule for sheet in root.iter("style") for rule in _RULE.findall(_COMMENT.sub("", sheet.text or ""))]
    telling = [(chosen, said) for chosen, said in rules if effects_of(said) or _CONTENT.search(said)]
    for chosen, said in telling[:_MAX_RULES]:
        for one in chosen.split(","):
            _apply(found, root, one.strip(), said)
    return found


def _apply(found: Styles, root: Element, selector: str, said: str) -> None:
    try:
        from cssselect import HTMLTranslator, SelectorError
    except ImportError:
        raise missing("cssselect", Place()) from None

    part = _BESIDE.search(selector)
    try:
        path = HTMLTranslator().css_to_xpath(_BESIDE.sub("", selector) or "*")
    except SelectorError:
        return
    own = effects_of(said)
    for element in root.xpath(path):
        if part is None:
            found.effects.setdefault(element, set()).update(own)
        elif (text := _written(said)) and "gone" not in own:
            found.beside[element, part[1]] = text


def _written(said: str) -> str:
    """The text a rule writes beside an element; a counter or a picture is what cannot be read."""
    match = _CONTENT.search(said)
    value = match[1].replace("!important", "").strip() if match else "none"
    if value in ("none", "normal", "inherit", "initial"):
        return ""
    quoted = re.fullmatch(r"([\"'])(.*)\1", value, re.DOTALL)
    if quoted is None:
        return UNREAD
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)) if int(code[1], 16) < 0x110000 else UNREAD, quoted[2])
