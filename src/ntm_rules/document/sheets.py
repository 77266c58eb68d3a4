"""The style sheets of a saved page, taken apart: each rule with its selectors, whatever stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"\"(?:\\.|[^\"\\])*\"?|'(?:\\.|[^'\\])*'?"
    r"|\((?:\"[^\"]*\"|'[^']*'|[^()\"']|\([^()]*\))*\)|[{};]|[^{};\"'(]+|.",
    re.DOTALL,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)|<!--|-->", re.DOTALL)
_LONGEST = 2000
# What stands within these dresses no element of the page by itself.
_APART = ("@keyframes", "@-webkit-keyframes", "@-moz-keyframes", "@-o-keyframes", "@page", "@counter-style")


@dataclass
class Sheet:
    """The rules of a page's style sheets; the fonts they bring along, and what they would fetch."""

    rules: list[tuple[str, str]] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    fetched: list[str] = field(default_factory=list)


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """The properties of a style with their values, in small letters, without ``!important``.

    >>> list(declarations("Color: RED !important; background:url(a;b) #FFF"))
    [('color', 'red'), ('background', 'url(a;b) #fff')]
    """
    part = ""
    for token in (*_TOKEN.findall(_COMMENT.sub("", text)), ";"):
        if token != ";":
            part += token
            continue
        name, sign, value = part.partition(":")
        if part.strip():
            said = re.sub(r"!\s*important", "", value, flags=re.IGNORECASE).strip()
            shown = name.strip() if name.strip().startswith("--") else name.strip().casefold()
            yield shown, (said if name.strip() == "content" else said.casefold()) if sign else "?"
        part = ""


def taken_apart(text: str, sheet: Sheet) -> None:
    """Put the rules of a style sheet to those there are: of conditions each counts as met, nested rules as written out.

    >>> sheet = Sheet()
    >>> taken_apart("@media screen{td{color:red}} table{tr,p{top:0; & b{left:0}}}", sheet)
    >>> sheet.rules
    [('td', 'color:red'), ('table tr b,table p b', 'left:0'), ('table tr,table p', 'top:0')]
    """
    stack: list[tuple[str, str]] = [("", "")]
    part = ""
    for token in (*_TOKEN.findall(_COMMENT.sub("", text)), *"}" * 40):
        if token == "{":
            stack.append((_within(stack[-1][0], part.strip()), ""))
            part = ""
        elif token == "}":
            if len(stack) > 1:
                chosen, said = stack.pop()
                _rule(sheet, chosen, (said + part).strip().rstrip(";"))
            part = ""
        elif token == ";":
            if part.strip().casefold().startswith("@import"):
                sheet.fetched.append(" ".join(part.split()))
            elif not part.strip().startswith("@"):
                stack[-1] = (stack[-1][0], stack[-1][1] + part + ";")
            part = ""
        else:
            part += token


def _within(around: str, inner: str) -> str:
    """The selectors of a rule that stands inside another one, or inside a condition."""
    at = inner.split("(")[0].split()[0].casefold() if inner else ""
    if at.startswith("@"):
        return at if at == "@font-face" or at in _APART else around
    if not around or around.startswith("@"):
        return around or inner
    pairs = ((one.strip(), two.strip()) for one in around.split(",") for two in inner.split(","))
    # A nested rule of "& b" and one of "b" both mean: inside.
    found = ",".join(two.replace("&", one) if "&" in two else f"{one} {two}" for one, two in pairs)
    # Rules within rules within rules may mean any element.
    return found if len(found) < _LONGEST else "*"


def _rule(sheet: Sheet, chosen: str, said: str) -> None:
    if chosen == "@font-face":
        sheet.fonts |= {value.strip("\"' ") for name, value in declarations(said) if name == "font-family"}
    elif chosen and said and not chosen.startswith("@"):
        sheet.rules.append((chosen, said))
