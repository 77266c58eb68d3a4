"""Files that are no YAML or JSON: what their parsers say in English only, as sentences with the fix."""

from __future__ import annotations

import json
import re

from .errors import Problem

# A comparison written as on paper, which YAML takes for a text of several lines.
_SIGN = re.compile(r":\s*>\s*=?\s*[\d\"']")
# The first part of a parser's sentence that is found in it decides.
_YAML: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", "syntax.colon"),
    ("cannot start any token", "syntax.start"),
    ("tab character", "syntax.start"),
    ("unexpected end of stream", "syntax.open_quote"),
    ("',' or ']'", "syntax.open_list"),
    ("',' or '}'", "syntax.open_mapping"),
    ("could not find expected ':'", "syntax.no_colon"),
    ("escape character", "syntax.backslash"),
    ("hexdecimal", "syntax.backslash"),
    ("characters are not allowed", "syntax.control"),
    ("control character", "syntax.control"),
    ("block sequence entries are not allowed", "syntax.indent"),
    ("did not find expected", "syntax.indent"),
    ("<block end>", "syntax.indent"),
)
_JSON: tuple[tuple[str, str], ...] = (
    ("property name enclosed in double quotes", "syntax.json_key"),
    ("Expecting ':'", "syntax.json_colon"),
    ("Expecting ','", "syntax.json_comma"),
    ("trailing comma", "syntax.json_trailing"),
    ("Expecting value", "syntax.json_value"),
    ("Extra data", "syntax.json_extra"),
    ("Unterminated string", "syntax.open_quote"),
    ("control character", "syntax.control"),
    ("escape", "syntax.json_escape"),
)


def yaml_problem(said: str, line: str = "") -> Problem:
    """What a YAML parser found, from its sentence and the line it stopped in.

    >>> yaml_problem("did not find expected ',' or ']'").text("en")
    '“[” is opened and not closed, or a comma is missing'
    """
    if _SIGN.search(line):
        return Problem("syntax.sign")
    return _told(said, _YAML)


def json_problem(error: json.JSONDecodeError) -> Problem:
    """What the JSON parser found."""
    return _told(error.msg, _JSON)


def _told(said: str, known: tuple[tuple[str, str], ...]) -> Problem:
    return Problem(next((key for part, key in known if part in said), "syntax.wrong"))
