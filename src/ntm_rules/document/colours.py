"""Colours of texts and grounds, and whether the one can be read on the other; a colour nobody knows cannot."""

from __future__ import annotations

import re

_NAMED = {
    "black": "000000", "white": "ffffff", "red": "ff0000", "green": "008000", "blue": "0000ff", "navy": "000080",
    "gray": "808080", "grey": "808080", "silver": "c0c0c0", "maroon": "800000", "purple": "800080", "teal": "008080",
    "olive": "808000", "yellow": "ffff00", "lime": "00ff00", "aqua": "00ffff", "cyan": "00ffff", "fuchsia": "ff00ff",
    "magenta": "ff00ff", "orange": "ffa500", "brown": "a52a2a", "darkblue": "00008b", "darkred": "8b0000",
    "darkgreen": "006400", "dimgray": "696969", "darkgray": "a9a9a9", "lightgray": "d3d3d3", "lightgrey": "d3d3d3",
    "whitesmoke": "f5f5f5", "lightyellow": "ffffe0", "lightblue": "add8e6", "beige": "f5f5dc", "ivory": "fffff0",
    "windowtext": "000000", "window": "ffffff", "pink": "ffc0cb", "gold": "ffd700", "crimson": "dc143c",
    # The marking pens of Word.
    "darkyellow": "808000", "darkcyan": "008b8b", "darkmagenta": "8b008b",
}  # fmt: skip
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:\s*[,/]\s*([\d.]+%?))?\s*\)")
BLACK, WHITE = "000000", "ffffff"
# Red letters on yellow and grey ones on white lie over it; what nobody sees lies near 1.
_LEAST = 2.0


def colour(text: str) -> str:
    """Six hexadecimal digits of a colour as pages and offices write it; empty where it is another, or lets through.

    >>> colour("#FFF"), colour("rgb(0, 0, 128)"), colour("Red"), colour("rgba(0,0,0,.1)"), colour("hsl(0 0% 100%)")
    ('ffffff', '000080', 'ff0000', '', '')
    """
    said = text.strip().casefold()
    if said in _NAMED:
        return _NAMED[said]
    digits = said.removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{6}", digits):
        return digits
    if re.fullmatch(r"#[0-9a-f]{3}", said):
        return "".join(2 * digit for digit in digits)
    parts = _RGB.fullmatch(said)
    if parts is None or parts[4] not in (None, "1", "1.0", "100%") or any(int(one) > 255 for one in parts.groups()[:3]):
        return ""
    return "".join(f"{int(one):02x}" for one in parts.groups()[:3])


def legible(text: str, ground: str) -> bool:
    """Whether a text of one colour is plainly seen on a ground of another; both are six hexadecimal digits.

    >>> legible("000000", "ffffff"), legible("ffffff", "003366"), legible("fefefe", "ffffff"), legible("", "ffffff")
    (True, True, False, False)
    """
    if not text or not ground:
        return False
    light, dark = sorted((_light(text), _light(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05) > _LEAST


def _light(digits: str) -> float:
    """How light a colour is to the eye, from 0 to 1."""
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(one: str, other: str, share: float) -> str:
    """A colour of which so much is the first's, the rest the other's; empty where either is.

    >>> mixed("000000", "ffffff", 0.25)
    'bfbfbf'
    """
    if not one or not other:
        return ""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{int(left * share + right * (1 - share)):02x}" for left, right in pairs)
