"""The JSON Schema of a pack file, short forms included: what editors complete and check while one is written.

It is drawn from the models, key by key, and refuses nothing that the loader takes. What a schema cannot say (a measure
that is not there, a unit of another dimension) is the loader's and ``lint``'s.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from ..frozen import Frozen
from ..normalization import fold
from ..territory import Group, Level, Named, Region
from .condition import _KINDS, Comparison, Op
from .indicator import Criterion, DatedAgency, Indicator, Version
from .legal import LegalBasis, Source, Verification
from .measure import MEASURE_ID, Domain, Measure
from .model import Pack
from .overlay import Addition, IndicatorChange, Overlay, ThresholdChange
from .period import Period
from .reference import ID_PATTERN
from .rules import Act, Attribute, Authority, GroupRule, RegionRule
from .threshold import AXES

Schema = dict[str, Any]

_WORD: Schema = {"type": "string"}
_FLAG: Schema = {"type": "boolean"}
# No amount is without a digit; digits of other scripts are digits as well.
_DIGIT = r"[0-9]|[^\u0000-\u007F]"
_NUMBER: Schema = {"type": ["integer", "number", "string"], "pattern": _DIGIT}
_POSITIVE: Schema = {
    "type": ["integer", "number", "string"],
    "exclusiveMinimum": 0,
    "pattern": r"^\s*\+?[0-9.]*[1-9]|[^\u0000-\u007F]",
}
_TIMES: Schema = {"type": ["integer", "number", "string"], "pattern": rf"^[^,]*({_DIGIT})[^,]*$"}
_YEARS: Schema = {"pattern": r"^[0-9]{4}(-[0-9]{4})?$|[^\u0000-\u007F]"}
_DAY: Schema = {"type": ["string", "null"]}
# Codes and editions that look like numbers are taken with quotes or without.
_CODE: Schema = {"type": ["string", "integer", "number"]}
_LABEL: Schema = {"type": ["string", "integer", "number", "boolean"]}
_TEXT: Schema = {"anyOf": [{"type": "string", "minLength": 1}, {"$ref": "#/$defs/both"}]}
_SOURCE: Schema = {"$ref": "#/$defs/source"}
_CONDITION: Schema = {"$ref": "#/$defs/condition"}
_THRESHOLD: Schema = {"$ref": "#/$defs/threshold"}


_CHILDREN: Schema = {
    "type": "object",
    "properties": {"level": {"$ref": "#/$defs/levels"}, "meeting": _WORD, "exempt": _FLAG},
    "required": ["level", "meeting"],
    "additionalProperties": False,
}
_POINTS: Schema = {
    "type": "object",
    "properties": {"indicator": _CODE, "points": _POSITIVE},
    "required": ["indicator", "points"],
    "additionalProperties": False,
}
# What stands under the keys of conditions, beside comparisons and conditions.
_PARTS: Schema = {
    "measure": _WORD,
    "share_of": _CHILDREN,
    "count_of": _CHILDREN,
    "every": _CHILDREN,
    "unmet_share_of": _WORD,
    "meets": _WORD,
    "attribute": _WORD,
    "total_of": {"type": "array", "items": {"anyOf": [_WORD, _POINTS]}, "minItems": 1},
    "never_above": _NUMBER,
    "at_least": {"type": ["integer", "string"], "minimum": 1},
}


def pack_schema() -> Schema:
    """The schema as plain data.

    >>> pack_schema()["title"]
    'ntm_rules pack'
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:ntm-rules:pack",
        "title": "ntm_rules pack",
        "if": {"type": "object", "required": ["extends"]},
        "then": {"$ref": "#/$defs/overlay"},
        "else": {"$ref": "#/$defs/pack"},
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    words = {"vi": _WORD, "en": _WORD}
    measure = {
        "id": {"type": "string", "pattern": MEASURE_ID},
        "name": _TEXT,
        "note": _TEXT,
        "domain": _model(Domain, {"whole": _FLAG}),
    }
    cited = {"verification": _enum(Verification), "note": _TEXT}
    rule = {"when": _CONDITION, "valid": {"$ref": "#/$defs/period"}, "text": _TEXT, "source": _SOURCE}
    indicator = {
        "code": _CODE,
        "text": _TEXT,
        "title": _TEXT,
        "agency": _WORD,
        "agencies": _list(_model(DatedAgency, {"valid": _ref("period"), "agency": _WORD, "source": _SOURCE})),
        "source": _SOURCE,
        "note": _TEXT,
        "requires": _CONDITION,
        "applies_if": _CONDITION,
        "versions": _list(_ref("version")),
    }
    top = {
        "id": {"type": "string", "pattern": ID_PATTERN},
        "edition": _CODE,
        "title": _TEXT,
        "source": _SOURCE,
        "applies_to": _list(_member(Level)),
        "regions": _list(_member(Region)),
        "as_group": {"enum": [*Group, None]},
        "valid": _ref("period"),
        "legal_basis": _list(_named(_ref("basis"))),
        "sources": _by_name(_ref("source_entry")),
        "columns": _ref("columns"),
        "region_rules": _list(_named(_shared(RegionRule, {**rule, "region": _member(Region)}))),
        "group_rules": _list(_model(GroupRule, {**rule, "group": _member(Group)})),
        "attributes": {"anyOf": [_by_name(_ref("attribute")), _list(_named(_by_name(_ref("attribute"))))]},
        "prerequisites": _list(_ref("indicator")),
        "authorities": _list(
            _named(_shared(Authority, {"act": _enum(Act), "who": _TEXT, "valid": _ref("period"), "source": _SOURCE}))
        ),
        "measures": _list(_model(Measure, measure)),
        "notes": _list(_TEXT),
        "incomplete": _FLAG,
    }
    short = {"sources": top["sources"], "columns": top["columns"]}
    return {
        "both": {"type": "object", "properties": words, "additionalProperties": False, "minProperties": 1},
        "pack": _model(
            Pack,
            {**top, "criteria": _list(_ref("criterion"), least=1), "grades": _list(_ref("indicator"))},
            extra=short,
        ),
        "overlay": _model(
            Overlay,
            {
                **top,
                "extends": _WORD,
                "set": _list(_model(ThresholdChange, {"code": _CODE, "threshold": _THRESHOLD, "source": _SOURCE})),
                "change": _list(_model(IndicatorChange, indicator, extra={**words, "columns": _ref("columns")})),
                "add": _list(_model(Addition, {"criterion": _ref("criterion"), "indicator": _ref("indicator")})),
            },
            extra=short,
        ),
        "criterion": _model(
            Criterion,
            {**indicator, "indicators": _list(_ref("indicator")), "incomplete": _FLAG},
            extra={**words, "columns": _ref("columns")},
            spared=("title",),
        )
        | {"anyOf": [{"required": [one]} for one in ("indicators", "requires", "incomplete")]},
        "indicator": _model(Indicator, indicator, extra={**words, "columns": _ref("columns")}, spared=("text",)),
        "version": _model(Version, {**indicator, "valid": _ref("period")}),
        "period": _model(Period, {"from": _DAY, "to": _DAY}),
        "basis": _shared(LegalBasis, {"id": _WORD, "number": _WORD}),
        "attribute": _model(Attribute, {"name": _TEXT}),
        "columns": {"type": "object", "minProperties": 1, "additionalProperties": _list(_LABEL, least=1)},
        "source_entry": _model(Source, cited),
        "source": {"anyOf": [{"type": "string", "minLength": 1}, _shared(Source, cited)]},
        "condition": {"anyOf": [*map(_kind, _KINDS), _group()]},
        "threshold": _threshold(),
        "levels": {"anyOf": [_member(Level), _list(_member(Level), least=1)]},
    }


def _model(
    model: type[Frozen], known: Schema, *, extra: Schema | None = None, spared: tuple[str, ...] = (), use: bool = False
) -> Schema:
    """An object with a model's keys: what each holds where it is ``known``, what must be there and is not ``spared``.

    With ``use`` it takes what it leaves out from something that has a name.
    """
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    required = [name for name, field in fields.items() if field.is_required() and name not in spared]
    named: Schema = {"use": _WORD} if use else {}
    doc = (model.__doc__ or "").strip().partition("\n")[0]
    return {
        "type": "object",
        "description": doc,
        "properties": {**{name: known.get(name, {}) for name in fields}, **(extra or {}), **named},
        "required": ["use"] if use else required,
        "additionalProperties": False,
    }


def _shared(model: type[Frozen], known: Schema) -> Schema:
    """A model written out, or ``{use: name, ...}`` with what is different here."""
    return {"anyOf": [_model(model, known), _model(model, known, use=True)]}


def _kind(key: str) -> Schema:
    """A kind of condition, told by its key."""
    model = _KINDS[key]
    if issubclass(model, Comparison):
        own = {name: _PARTS.get(name, {}) for name in model.model_fields if name not in ("op", "threshold")}
        ways = {op.value: _THRESHOLD for op in Op}
        return {
            "type": "object",
            "description": (model.__doc__ or "").strip().partition("\n")[0],
            "properties": {**own, **ways, "op": _enum(Op), "threshold": {}},
            "required": [key],
            "oneOf": [{"required": [way]} for way in (*ways, "op")],
            "additionalProperties": False,
        }
    parts = {"all": _list(_CONDITION, least=1), "any": _list(_CONDITION, least=1), "of": _list(_CONDITION, least=1)}
    inner = {**parts, **dict.fromkeys(("when", "then", "otherwise"), _CONDITION)}
    return _model(model, {**_PARTS, **inner, "finding": {"enum": ["met", "applicable"]}})


def _group() -> Schema:
    either = {"anyOf": [_enum(Group), _list(_enum(Group), least=1)]}
    return {"type": "object", "properties": {"group": either}, "required": ["group"], "additionalProperties": False}


def _threshold() -> Schema:
    leaf = {"source": _SOURCE, "note": _TEXT}
    named = {"region": _member(Region), "group": _member(Group), "level": _member(Level), "year": _YEARS}
    around = {**leaf, "otherwise": _THRESHOLD}

    def rows(axis: str = "") -> Schema:
        table = _by_name(_THRESHOLD) | {"minProperties": 1, "propertyNames": named.get(axis, {})}
        return {"anyOf": [table, _list(_THRESHOLD)]}

    def kind(required: list[str], properties: Schema) -> Schema:
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    return {
        "anyOf": [
            {"enum": ["delegated", "untranscribed"]},
            _NUMBER,
            _list(_THRESHOLD, least=1) | {"description": "A row of values under the heading in `columns`."},
            kind(["value"], {"value": _NUMBER, **leaf}),
            kind(["delegated"], {"delegated": {}, "candidates": {}, "average": _NUMBER, **leaf}),
            kind(["untranscribed"], {"untranscribed": {}, "candidates": {}, **leaf}),
            kind(["times", "threshold_of"], {"times": _TIMES, "threshold_of": _WORD, **leaf}),
            *(kind([f"by_{axis}"], {f"by_{axis}": rows(axis), **around}) for axis in AXES),
            kind(["by_attribute", "cases"], {"by_attribute": _WORD, "cases": rows(), **around}),
        ]
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": items, **({"minItems": least} if least else {})}


def _named(thing: Schema) -> Schema:
    """The thing itself, or the name under which the bundle shares it."""
    return {"anyOf": [{"type": "string"}, thing]}


def _by_name(thing: Schema) -> Schema:
    return {"type": "object", "additionalProperties": thing}


def _member(kind: type[Named]) -> Schema:
    """A level, region or group: its code or its name as people write it, and no other word that looks like a code."""
    words = dict.fromkeys([*(str(one) for one in kind), *(fold(name) for one in kind for name in one.names)])
    codes = [word for word in words if re.fullmatch("[a-z0-9_]+", word)]
    name = {"type": ["string", "integer"] if kind is Group else "string", "not": {"pattern": "^[a-z0-9_]+$"}}
    return {"anyOf": [{"enum": codes}, name]}


def _enum(words: Any) -> Schema:
    return {"enum": [str(word) for word in words]}


def schema_text() -> str:
    """The schema as it is shipped beside the national packs.

    >>> schema_text().startswith("{")
    True
    """
    return json.dumps(pack_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
