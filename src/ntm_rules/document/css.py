"""What the styles of a saved page do to its text: strike it out, hide it, raise it, write more beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..errors import Place
from .refused import Element, missing
from .sheets import Sheet, declarations, taken_apart
from .signs import UNREAD

_EFFECTS = {
    "struck": r"text-decoration(?:-line)?\s*:[^;]*line-through",
    "gone": r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)",
    "unseen": r"font-size\s*:\s*0(?![\d.])|opacity\s*:\s*0(?:\.0*)?\s*(?:[;!]|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    "raised": r"vertical-align\s*:\s*super",
}
_COMPILED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _EFFECTS.items()}
_BESIDE = re.compile(r"::?(before|after)\s*$")
# Parts of what a browser draws by itself, and of what a person has chosen: no text of the page.
_BROWSERS = re.compile(r"::?(?:-(?:webkit|moz|ms|o)-[\w-]+|selection|placeholder|marker|backdrop|file-selector-button)")
_PSEUDO = re.compile(r"::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?")
_NAMED = re.compile(r"([.#])([\w-]+)")
_CONTENT = re.compile(r"\bcontent\s*:\s*([^;]+)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
# So many elements looked at for rules; a page of more is slow to search, and of a decision none is known.
_MAX_LOOKS = 20_000_000

Said = tuple[tuple[str, str], ...]


@dataclass
class Styles:
    """What the style sheets of a page do, element by element: the names of effects, and texts before and behind.

    ``drawn`` are the elements beside which something is written or drawn; ``fonts`` those the page brings along;
    ``outside`` are the style sheets that stand in other files, and ``endless`` says that there are too many rules.
    """

    effects: dict[Element, set[str]] = field(default_factory=dict)
    beside: dict[tuple[Element, str], str] = field(default_factory=dict)
    said: dict[Element, list[tuple[str, str]]] = field(default_factory=dict)
    drawn: set[Element] = field(default_factory=set)
    fonts: set[str] = field(default_factory=set)
    outside: tuple[str, ...] = ()
    endless: bool = False
    _firm: set[tuple[Element, str]] = field(default_factory=set)
    _declared: dict[Element, Said] = field(default_factory=dict)

    def of(self, element: Element) -> frozenset[str]:
        """The effects of an element's own style and of the style sheets."""
        return effects_of(element.get("style") or "") | frozenset(self.effects.get(element, ()))

    def unseen(self, element: Element) -> bool:
        """Whether a reader of the page does not see the text of an element that is in the page all the same."""
        return bool(self.of(element) & {"gone", "unseen"})

    def declared(self, element: Element) -> Said:
        """What the style sheets and its own style say of an element; which of two holds is not worked out."""
        if element not in self._declared:
            own = declarations(element.get("style") or "")
            self._declared[element] = (*self.said.get(element, ()), *own)
        return self._declared[element]

    def fixes(self, element: Element, name: str) -> bool:
        """Whether an element's own style has a property, over whatever the style sheets say."""
        own = any(said == name for said, _ in declarations(element.get("style") or ""))
        return own and (element, name) not in self._firm


def effects_of(said: str) -> frozenset[str]:
    """The names of what some declarations do.

    >>> sorted(effects_of("text-decoration: line-through; font-size:0"))
    ['struck', 'unseen']
    """
    return frozenset(name for name, pattern in _COMPILED.items() if pattern.search(said))


def styles_of(root: Element) -> Styles:
    """The effects of the style sheets that stand in a page; those it refers to are not fetched."""
    sheet = Sheet()
    for style in root.iter("style"):
        taken_apart(style.text or "", sheet)
    # Those a page links to are its site's own on every saved page; one that a style asks for was written into it.
    found = Styles(fonts=sheet.fonts, outside=tuple(sheet.fetched))
    elements = list(root.iter())
    here = {("#", str(one.get("id"))) for one in elements if one.get("id")}
    here |= {(".", name) for one in elements for name in (one.get("class") or "").split()}
    left = _MAX_LOOKS // max(1, len(elements))
    for chosen, said in sheet.rules:
        for one in _apart(chosen):
            if {*_NAMED.findall(_PSEUDO.sub("", re.sub(r"\[[^\]]*\]", "", one)))} <= here and not _BROWSERS.search(one):
                left -= 1
                found.endless = found.endless or left < 0
                if not found.endless:
                    _apply(found, root, one.strip(), said)
    return found


def _apart(selectors: str) -> list[str]:
    """The selectors of a rule; a comma inside brackets parts none."""
    return [
        one for one in re.findall(r"(?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]|[^,(\[]|[(\[])+", selectors) if one.strip()
    ]


def _apply(found: Styles, root: Element, selector: str, said: str) -> None:
    part = _BESIDE.search(selector)
    own, written, each = effects_of(said), _written(said), tuple(declarations(said))
    firm = [name for name, _ in each] if "important" in said.casefold() else []
    for element in _chosen(root, _BESIDE.sub("", selector).strip() or "*"):
        if part is None:
            found.effects.setdefault(element, set()).update(own)
            found.said.setdefault(element, []).extend(each)
            found._firm.update((element, name) for name in firm)
        elif _CONTENT.search(said) and "gone" not in own:
            if written:
                found.beside[element, part[1]] = written
            found.drawn.add(element)
            # What is drawn with no letter may lie over those that are there.
            found.said.setdefault(element, []).extend(pair for pair in each if pair[0] != "content")


def _chosen(root: Element, selector: str) -> list[Element]:
    """The elements a selector chooses; where it has conditions nobody here understands, all that it may choose."""
    try:
        from cssselect import HTMLTranslator, SelectorError
    except ImportError:
        raise missing("cssselect", Place()) from None
    for one in (selector, _PSEUDO.sub("", selector) or "*"):
        try:
            chosen: list[Element] = root.xpath(HTMLTranslator().css_to_xpath(one))
        except (SelectorError, ValueError, NotImplementedError):
            continue
        return chosen
    return []


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
