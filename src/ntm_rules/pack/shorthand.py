"""The short forms of a pack file: sources by id, rows of values under a heading, what a bundle shares.

All of them are written out here, on plain data, before the models see a pack; the models know the long forms only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import NtmError, PackError, Place, Problem, nearest
from .legal import Source
from .threshold import AXES

KeyPath = tuple[str | int, ...]

# Kinds of thing a bundle's ``shared.yaml`` may hold, each by id.
SHARED = ("legal_basis", "attributes", "region_rules", "authorities", "sources")
_COMPARED = ("at_least", "more_than", "at_most", "less_than", "equal_to", "threshold")
_PLAIN = ("title", "text", "note", "notes", "valid", "measures", "looser_than_base")
_HERE = "{code}"
_REFERENCE = re.compile(r"(\S+)(?:\s+(.+))?", re.DOTALL)


class _Scope(NamedTuple):
    """What a part of the file can refer to."""

    sources: Mapping[str, Any]
    columns: Mapping[str, tuple[str, ...]] = {}
    code: str = ""
    # The pack's own source, where it takes its place from each indicator's code: it is then each indicator's.
    default: Any = None


def written_out(data: Any, shared: Mapping[str, Any] | None = None) -> Any:
    """A pack's plain data with every short form in its long one; data without short forms comes back equal.

    >>> short = {"columns": {"region": ["btb", "tn"]}, "criteria": [{"code": "1", "at_least": ["60 %", "delegated"]}]}
    >>> written_out(short)["criteria"][0]["at_least"]
    {'by_region': {'btb': '60 %', 'tn': 'delegated'}}

    ``shared`` is what the bundle's ``shared.yaml`` holds.

    Raises:
        PackError: a source, heading or shared thing that is not there, or a row that does not fit its heading.
    """
    if not isinstance(data, dict):
        return data
    writer = _Writer(shared or {})
    written = writer.pack(data)
    if writer.problems:
        raise PackError(*writer.problems)
    return written


class _Writer:
    def __init__(self, shared: Mapping[str, Any]) -> None:
        self.shared, self.problems = shared, list[Problem]()

    def wrong(self, path: KeyPath, message: str, /, **params: Any) -> None:
        place = Place(path=".".join(map(str, path)), keys=path)
        self.problems.append(Problem(message, place, **params))

    def pack(self, data: dict[str, Any]) -> dict[str, Any]:
        given = {key: value for key, value in data.items() if key != "sources"}
        own = data.get("sources", {})
        if not isinstance(own, dict) or not all(isinstance(source, dict) for source in own.values()):
            self.wrong(("sources",), "error.sources_expected")
            own = {}
        for name, source in own.items():
            try:
                Source.model_validate(source)
            except NtmError as error:
                self.problems += (
                    Problem(one.key, Place(keys=("sources", name, *one.place.keys)), **one.params)
                    for one in error.problems
                )
        for kind in ("legal_basis", "region_rules", "authorities"):
            if isinstance(given.get(kind), list):
                given[kind] = [self.named(kind, one, (kind, index)) for index, one in enumerate(given[kind])]
        if isinstance(given.get("attributes"), list):
            given["attributes"] = self.attributes(given["attributes"])
        scope = _Scope({**self.shared.get("sources", {}), **own})
        if self.takes_code(given.get("source"), scope):
            scope = scope._replace(default=given.pop("source"))
        return self.mapping(given, (), scope)

    def takes_code(self, given: Any, scope: _Scope) -> bool:
        """Whether a source, by id alone or written out, has for its place the code of what it is the source of."""
        found = scope.sources.get(given) if isinstance(given, str) else given
        return isinstance(found, dict) and "use" not in found and _HERE in str(found.get("at", ""))

    def attributes(self, names: list[Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for index, one in enumerate(names):
            found |= (
                one if isinstance(one, dict) else {str(one): self.named("attributes", str(one), ("attributes", index))}
            )
        return found

    def named(self, kind: str, given: Any, path: KeyPath) -> Any:
        """What the bundle shares under a name; ``{use: name, ...}`` replaces parts of it."""
        name = given.get("use") if isinstance(given, dict) else given
        if not isinstance(name, str):
            return given
        known = self.shared.get(kind, {})
        if name not in known:
            self.wrong(path, "error.not_shared", name=name, kind=kind, near=nearest(name, known))
            return given
        base = {"id": name, **known[name]} if kind == "legal_basis" else known[name]
        own = {key: value for key, value in given.items() if key != "use"} if isinstance(given, dict) else {}
        return {**base, **own}

    def value(self, value: Any, path: KeyPath, scope: _Scope) -> Any:
        if isinstance(value, dict):
            return self.mapping(value, path, scope)
        if isinstance(value, list):
            return [self.value(one, (*path, index), scope) for index, one in enumerate(value)]
        return value

    def mapping(self, given: dict[str, Any], path: KeyPath, scope: _Scope) -> dict[str, Any]:
        if not path or "code" in given:
            scope = scope._replace(code=str(given.get("code", "")))
            if "columns" in given:
                scope = scope._replace(columns={**scope.columns, **self.columns(given["columns"], (*path, "columns"))})
                given = {key: value for key, value in given.items() if key != "columns"}
            named = given.get("source")
            given = self.entry(given, path, scope)
            if named is not None:
                # A criterion's own source is nearer to its indicators than the pack's.
                scope = scope._replace(default=named if self.takes_code(named, scope) else None)
        written: dict[str, Any] = {}
        for key, value in given.items():
            inner = (*path, key)
            if key == "source":
                written[key] = self.source(value, inner, scope)
            elif key in _COMPARED:
                written[key] = self.threshold(value, inner, scope, ())
            else:
                written[key] = value if key in _PLAIN else self.value(value, inner, scope)
        return written

    def entry(self, given: dict[str, Any], path: KeyPath, scope: _Scope) -> dict[str, Any]:
        """A criterion or indicator with its words, ``vi`` and ``en``, and the pack's source in their places."""
        name = "title" if (len(path) == 2 and path[0] == "criteria") or path[-1:] == ("criterion",) else "text"
        words = {lang: given[lang] for lang in ("vi", "en") if lang in given}
        if path and words and name not in given:
            own = {key: value for key, value in given.items() if key not in words}
            given = {"code": own.pop("code"), name: words, **own}
        # A criterion known by name only is itself what is judged; an overlay sets values without words.
        judged = "indicators" not in given if name == "title" else "requires" in given or path[:1] == ("set",)
        if scope.default is not None and judged and "source" not in given:
            given = {**given, "source": scope.default}
        return given

    def columns(self, given: Any, path: KeyPath) -> dict[str, tuple[str, ...]]:
        headings = given if isinstance(given, dict) else {}
        found = {
            str(axis): tuple(_label(label) for label in labels)
            for axis, labels in headings.items()
            if isinstance(labels, list) and labels and not any(isinstance(label, (dict, list)) for label in labels)
        }
        if not found or len(found) != len(headings) or any(len(set(row)) != len(row) for row in found.values()):
            self.wrong(path, "error.columns_expected")
        return found

    def source(self, given: Any, path: KeyPath, scope: _Scope) -> Any:
        """``id``, ``id place``, or ``{use: id, ...}`` with what is different here; of a long one only the code."""
        own: dict[str, Any] = {}
        if isinstance(given, str) and (match := _REFERENCE.fullmatch(given.strip())):
            name, place = match[1], match[2]
        elif isinstance(given, dict) and isinstance(given.get("use"), str):
            name, place = given["use"], given.get("at")
            own = {key: value for key, value in given.items() if key not in ("use", "at")}
        elif isinstance(given, dict) and _HERE in (at := str(given.get("at", ""))):
            if not scope.code:
                self.wrong(path, "error.place_code", place=at)
            return {**given, "at": at.replace(_HERE, scope.code)}
        else:
            return given
        if name not in scope.sources:
            self.wrong(path, "error.no_such_source", source=name, near=nearest(name, scope.sources))
            return given
        found = {**scope.sources[name], **own}
        at = str(found.get("at", ""))
        if _HERE in at:
            if not (place or scope.code):
                self.wrong(path, "error.source_place", source=name)
            found["at"] = at.replace(_HERE, str(place or scope.code))
        elif place:
            found["at"] = place
        return found

    def threshold(self, given: Any, path: KeyPath, scope: _Scope, used: tuple[str, ...]) -> Any:
        if isinstance(given, list):
            open_ = [axis for axis in scope.columns if axis not in used]
            if len(open_) != 1:
                key = "error.row_which_heading" if open_ else "error.row_no_heading"
                self.wrong(path, key, names=", ".join(open_))
                return given
            return self.table({}, open_[0], given, path, scope, used)
        if not isinstance(given, dict):
            return given
        for axis in AXES:
            if (rows := given.get(f"by_{axis}")) is not None:
                rest = {key: value for key, value in given.items() if key != f"by_{axis}"}
                return self.table(rest, axis, rows, (*path, f"by_{axis}"), scope, used)
        if "by_attribute" in given:
            rest = {key: value for key, value in given.items() if key not in ("by_attribute", "cases")}
            return self.table(rest, given["by_attribute"], given.get("cases"), (*path, "cases"), scope, used)
        leaf = dict(given)
        for kind in ("delegated", "untranscribed"):
            # What the value may be stands in the place of ``true``.
            if kind in leaf and not isinstance(leaf[kind], bool) and "candidates" not in leaf:
                leaf = {**leaf, kind: True, "candidates": leaf[kind]}
        return self.mapping(leaf, path, scope)

    def table(
        self, rest: dict[str, Any], axis: Any, rows: Any, path: KeyPath, scope: _Scope, used: tuple[str, ...]
    ) -> Any:
        around: dict[str, Any] = {key: rest.pop(key) for key in ("source", "note") if key in rest}
        inside = (*used, str(axis))
        if isinstance(rows, list):
            labels = scope.columns.get(str(axis), ())
            if not labels:
                self.wrong(path, "error.row_no_heading", names="")
            elif len(labels) != len(rows):
                names = ", ".join(labels)
                self.wrong(path, "error.row_length", count=len(rows), wanted=len(labels), names=names)
            rows = dict(zip(labels, rows, strict=False))
        if not isinstance(rows, dict):
            return {**rest, **around, **_spelled(axis, rows)}
        table = {label: self.threshold(cell, (*path, label), scope, inside) for label, cell in rows.items()}
        # These stand beside the rows.
        if "otherwise" in rest:
            rest["otherwise"] = self.threshold(rest["otherwise"], (*path[:-1], "otherwise"), scope, inside)
        if "source" in around:
            around["source"] = self.source(around["source"], (*path[:-1], "source"), scope)
        written = {**_spelled(axis, table), **rest}
        return _given_to_all(written, around) if around else written


def _spelled(axis: Any, rows: Any) -> dict[str, Any]:
    return {f"by_{axis}": rows} if axis in AXES else {"by_attribute": axis, "cases": rows}


def _given_to_all(threshold: Any, around: Mapping[str, Any]) -> Any:
    """A table's own source and note, at each of its figures that has none."""
    if isinstance(threshold, dict):
        for key in (*(f"by_{axis}" for axis in AXES), "cases"):
            if isinstance(threshold.get(key), dict):
                rows = {label: _given_to_all(cell, around) for label, cell in threshold[key].items()}
                written = {**threshold, key: rows}
                if "otherwise" in written:
                    written["otherwise"] = _given_to_all(written["otherwise"], around)
                return written
        return {**around, **threshold}
    return (
        {threshold: True, **around} if threshold in ("delegated", "untranscribed") else {"value": threshold, **around}
    )


def _label(label: object) -> str:
    return str(label).lower() if isinstance(label, bool) else str(label)


def shared_of(data: Any) -> dict[str, dict[str, Any]]:
    """What a bundle's ``shared.yaml`` holds, each kind by id.

    Raises:
        PackError: something else than mappings of mappings under the known names.
    """
    if not isinstance(data, dict):
        raise PackError(Problem("fault.mapping"))
    problems = [
        Problem("error.unknown_key", Place(path=str(kind), keys=(kind,)), key=kind, near=nearest(str(kind), SHARED))
        for kind in data
        if kind not in SHARED
    ]
    problems += [
        Problem("fault.mapping", Place(path=f"{kind}.{name}", keys=(kind, name)))
        for kind, things in data.items()
        for name, thing in (things.items() if isinstance(things, dict) else [("", None)])
        if not isinstance(thing, dict)
    ]
    if problems:
        raise PackError(*problems)
    return data
