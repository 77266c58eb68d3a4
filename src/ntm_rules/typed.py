"""Texts as people type and paste them, in one spelling."""

from __future__ import annotations

import unicodedata

# Marks that copying from a page or a message leaves behind: byte order, zero width, direction, soft hyphen.
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f\u2060\u00ad"))


def tidy(text: str) -> str:
    """NFC, without invisible marks, with single spaces.

    >>> tidy("  Xã\\u200b   Kỳ Phú ")
    'Xã Kỳ Phú'
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(INVISIBLE).split())


def fold(text: str) -> str:
    """One spelling for comparing: tidy, and in small letters.

    >>> fold("ĐẠT ")
    'đạt'
    """
    return tidy(text).casefold()
