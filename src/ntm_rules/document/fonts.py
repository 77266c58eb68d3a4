"""Fonts whose letters are letters and whose digits are digits: the closed list; another may draw anything."""

from __future__ import annotations

import re

_TEXT = re.compile(
    r"\.?vn(?:time|arial)\w*|times(?: new roman)?|times-roman|arial.*|helvetica.*|calibri.*|cambria(?! math).*|tahoma"
    r"|verdana|georgia|garamond|book antiqua|bookman.*|palatino.*|century.*|courier.*|consolas|lucida.*|trebuchet.*"
    r"|segoe ui(?! symbol| emoji)?.*|candara|constantia|corbel|aptos.*|franklin.*|liberation.*|dejavu (?:sans|serif).*"
    r"|noto (?:sans|serif)(?! symbols)(?! math).*|roboto.*|open ?sans.*|lato.*|montserrat.*|source (?:sans|serif).*"
    r"|inter|ubuntu.*|cantarell|oxygen.*|fira.*|droid.*|nunito.*|merriweather.*|playfair.*|pt (?:sans|serif).*"
    r"|be vietnam.*|carlito|caladea|free(?:sans|serif|mono)|gelasio|ms (?:p?mincho|p?gothic)|simsun|nsimsun|batang"
    r"|mingliu|yu (?:mincho|gothic).*|malgun gothic|angsana.*|cordia.*|mangal|sylfaen|baskerville.*|gill sans.*|optima"
    r"|menlo|monaco|sfmono-regular|sf pro.*|san francisco|geneva|-apple-system|blinkmacsystemfont|system-ui|serif"
    r"|sans-serif|monospace|ui-sans-serif|ui-serif|ui-monospace|inherit|apple system|helvetica neue|lohit.*|vni-.*"
    r"|unicode ms|microsoft sans serif|bookman old style|nimbus.*|thorndale.*|albany.*|cumberland.*|linux (?:lib|bio).*"
    r"|(?:minor|major)(?:hansi|ascii|bidi|eastasia)|apple color emoji|segoe ui emoji|segoe ui symbol|noto color emoji"
)


def is_for_texts(name: str) -> bool:
    """Whether a font of this name draws letters as what they are.

    >>> is_for_texts("Times New Roman"), is_for_texts("Wingdings 2"), is_for_texts("My Font")
    (True, False, False)
    """
    return _TEXT.fullmatch(name.strip().casefold()) is not None
