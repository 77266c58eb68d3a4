"""Reading pack files: YAML 1.2 by a strict subset, with line numbers, in bounded time and memory.

libyaml's event stream is turned into plain data here rather than by a YAML constructor: no tags, no
aliases, no duplicate keys, booleans only as ``true`` and ``false``, decimals kept as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml

from ..errors import NtmError, PackError, Place, Problem, reason_of
from ..frozen import Frozen
from ..syntax import yaml_problem
from .text import digest_of

MAX_BYTES = 4_000_000
MAX_DEPTH = 60
# Far more than a file of 4 MB holds when it means something; each costs memory for its value and its line.
MAX_VALUES = 120_000

_INTEGER = re.compile(r"[-+]?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9]\d*)\.\d+")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

KeyPath = tuple[str | int, ...]
_SPELLED: dict[str | int, tuple[str, ...]] = {
    "threshold": ("at_least", "more_than", "at_most", "less_than", "equal_to"),
    "rows": ("by_region", "by_group", "by_year", "by_level", "cases"),
}
M = TypeVar("M", bound=Frozen)
T = TypeVar("T")


class Document(NamedTuple):
    """Plain data and the line each part stands on; ``digest`` is the SHA-256 of the file, where it is one."""

    file: str
    data: Any
    lines: dict[KeyPath, int]
    digest: str = ""

    def place(self, path: KeyPath) -> Place:
        """The place of ``path`` or of its nearest known ancestor.

        A model's path differs from the file's where the file has a short form: parts the file does not
        have are passed over, and a renamed field is looked for under the names the file may use.
        """
        known: KeyPath = ()
        for part in path:
            names = (part, *_SPELLED.get(part, ()))
            known = next(((*known, name) for name in names if (*known, name) in self.lines), known)
        return Place(file=self.file, line=self.lines.get(known, 0), path=".".join(map(str, known)), keys=known)


def read_yaml(path: Path, name: str = "") -> Document:
    """Read one YAML file.

    Raises:
        PackError: too large, not UTF-8, or not in the subset; with file and line.
    """
    file = name or path.name
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise PackError(Problem("error.file_too_large", Place(file=file), size=size, limit=MAX_BYTES))
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise PackError(Problem("error.cannot_read", Place(file=file), reason=reason_of(error))) from None
    except UnicodeDecodeError:
        raise PackError(Problem("error.not_utf8", Place(file=file))) from None
    return parse_yaml(text, file)._replace(digest=digest_of(raw))


def parse_yaml(text: str, file: str = "<text>") -> Document:
    """Parse one YAML document from text; see ``read_yaml``."""
    if len(text) > MAX_BYTES:
        raise PackError(Problem("error.file_too_large", Place(file=file), size=len(text), limit=MAX_BYTES))
    lines: dict[KeyPath, int] = {}
    try:
        events = iter(yaml.parse(text, Loader=_Loader))
        builder = _Builder(file, events, lines)
        data = builder.document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # A character that is not allowed is told by its place among the bytes.
        before = text.encode()[: getattr(error, "position", None) or 0].count(b"\n")
        place = Place(file=file, line=(mark.line if mark else before) + 1)
        line = text.splitlines()[mark.line : mark.line + 1] if mark else []
        reason = yaml_problem(getattr(error, "problem", None) or str(error), "".join(line))
        raise PackError(Problem("error.yaml", place, reason=reason)) from None
    return Document(file, data, lines)


class _Builder:
    def __init__(self, file: str, events: Iterator[Any], lines: dict[KeyPath, int]) -> None:
        self.file, self.events, self.lines = file, events, lines

    def fail(self, event: Any, message: str, path: KeyPath, /, **params: Any) -> PackError:
        place = Place(file=self.file, line=_line(event), path=".".join(map(str, path)))
        return PackError(Problem(message, place, **params))

    def document(self) -> Any:
        for event in self.events:
            if isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
                continue
            if isinstance(event, yaml.StreamEndEvent):
                raise self.fail(event, "error.empty_file", ())
            data = self.value(event, ())
            rest = [e for e in self.events if not isinstance(e, (yaml.DocumentEndEvent, yaml.StreamEndEvent))]
            if rest:
                raise self.fail(rest[0], "error.several_documents", ())
            return data
        return None

    def value(self, event: Any, path: KeyPath) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self.fail(event, "error.alias", path)
        if event.tag:
            raise self.fail(event, "error.tag", path, tag=event.tag)
        if len(path) > MAX_DEPTH:
            raise self.fail(event, "error.too_deep", path[:5], limit=MAX_DEPTH)
        if path not in self.lines:
            self.lines[path] = _line(event)
        if len(self.lines) > MAX_VALUES:
            raise self.fail(event, "error.too_many_values", path[:5], limit=MAX_VALUES)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event.value) if event.implicit[0] else event.value
        return self.mapping(path) if isinstance(event, yaml.MappingStartEvent) else self.sequence(path)

    def mapping(self, path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent) or event.anchor:
                raise self.fail(event, "error.key_not_text", path)
            key: str = event.value
            if key in found:
                first = self.lines[(*path, key)]
                raise self.fail(event, "error.duplicate_key", (*path, key), key=key, first=first)
            self.lines[(*path, key)] = _line(event)
            found[key] = self.value(next(self.events), (*path, key))
        return found

    def sequence(self, path: KeyPath) -> list[Any]:
        found: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self.value(event, (*path, len(found))))
        return found


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Dumper(yaml.SafeDumper):
    """Writes every value out: the reader takes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump_yaml(data: Any) -> str:
    """Plain data (texts, numbers, lists, mappings) as YAML that ``parse_yaml`` reads back to the same.

    >>> print(dump_yaml({"code": "17.10", "answer": "no"}), end="")
    code: '17.10'
    answer: 'no'
    """
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120))


def _scalar(text: str) -> Any:
    """The core schema of YAML 1.2, less its exotic numbers: ``no`` and ``on`` are words."""
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text) and len(text) <= 40:
        return int(text)
    if _DECIMAL.fullmatch(text) and len(text) <= 60:
        return Decimal(text)
    return text


def located(document: Document, read: Callable[[Any], T]) -> T:
    """What ``read`` makes of the document's data; every fault comes with its file, line and path.

    Raises:
        PackError: with one problem per fault.
    """
    try:
        return read(document.data)
    except NtmError as error:
        raise PackError(
            *(one.at(document.place(one.place.keys or (one.place.path,))) for one in error.problems)
        ) from None


def validate(model: type[M], document: Document) -> M:
    """Validate a document into a model; every fault comes with its file, line and path.

    Raises:
        PackError: with one problem per fault.
    """
    return located(document, model.model_validate)


__all__ = ["MAX_BYTES", "MAX_DEPTH", "Document", "dump_yaml", "located", "parse_yaml", "read_yaml", "validate"]
