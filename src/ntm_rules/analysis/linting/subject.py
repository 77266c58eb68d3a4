"""What is being linted, and where in its files things stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec

from ...errors import Place
from ...messages import Lang, Text, in_both, say
from ...pack.catalogue import Catalogue
from ...pack.condition import Comparison, ConditionModel, walk
from ...pack.indicator import Indicator, Version
from ...pack.loader import Document, KeyPath, read_yaml
from ...pack.model import Pack

# An error cannot be meant, a warning looks like one; a note needs nobody's action, and no command fails for it.
Severity = Literal["error", "warning", "note"]
_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}


class LintFinding(msgspec.Struct, frozen=True):
    """A mistake, what looks like one, or a note: the rule that found it, where it stands, a sentence and what to do.

    ``about`` is the law's code it is about; empty for the pack itself.
    """

    rule: str
    severity: Severity
    pack: str
    about: str
    place: Place
    sentence: Text
    fix: Text

    def text(self, lang: Lang = "vi") -> str:
        """Place, sentence, rule and suggestion."""
        where = self.place.text(lang) or self.pack
        rule = f"{self.rule}, {say('lint.note', lang)}" if self.severity == "note" else self.rule
        return f"{where}: {self.sentence.text(lang)} [{rule}]\n    → {self.fix.text(lang)}"

    def to_dict(self) -> dict[str, object]:
        """Plain JSON-ready data."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "pack": self.pack,
            "code": self.about,
            "file": self.place.file,
            "line": self.place.line,
            "path": self.place.path,
            "sentence": {"vi": self.sentence.vi, "en": self.sentence.en},
            "fix": {"vi": self.fix.vi, "en": self.fix.en},
        }

    def to_github(self, lang: Lang = "en") -> str:
        """A workflow command that GitHub shows beside the line.

        >>> text = Text("Sai", "Wrong: 5 %")
        >>> LintFinding("hole", "error", "a/b@1", "1", Place("p.yaml", 3), text, text).to_github()
        '::error file=p.yaml,line=3,title=hole::Wrong: 5 %25 Wrong: 5 %25'
        """
        fields = {"file": self.place.file, "line": str(self.place.line or ""), "title": self.rule}
        shown = ",".join(f"{key}={_property(value)}" for key, value in fields.items() if value)
        return f"::{_GITHUB[self.severity]} {shown}::{_data(f'{self.sentence.text(lang)} {self.fix.text(lang)}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class Asked(msgspec.Struct, frozen=True):
    """A condition of a pack and the way to it: which indicator, which version of it, where inside."""

    indicator: Indicator
    version: Version | None
    condition: ConditionModel
    path: KeyPath


class Subject:
    """A pack with its catalogue, and the files it comes from: its own, then those it is laid over."""

    def __init__(self, pack: Pack, catalogue: Catalogue) -> None:
        self.pack, self.catalogue = pack, catalogue
        self.measures = catalogue.measures_for(pack)

    @cached_property
    def _documents(self) -> tuple[tuple[str, Document], ...]:
        packs = [self.pack, *self.catalogue.bases(self.pack)]
        return tuple((_shown(pack.file), read_yaml(pack.file)) for pack in packs if pack.file is not None)

    def place(self, code: str = "", path: KeyPath = (), *, criterion: bool = False) -> Place:
        """Where a code's entry stands, or the part of it that ``path`` leads to; ``path`` alone is from the top."""
        for file, document in self._documents:
            entries = list(_entries(document, code, criterion)) if code else [()]
            if entries:
                found = document.place((*entries[-1], *path))
                return Place(file=file, line=found.line, path=found.path)
        return Place(path=code)

    def listed(self, kind: str, name: str) -> KeyPath:
        """The entry with that id of a list at the top of the pack's own file."""
        for _, document in self._documents[:1]:
            for path in document.lines:
                # An entry by itself, or the name of one that the bundle shares.
                named = path[2:] in (("id",), ()) and len(path) > 1 and path[0] == kind
                if named and _value(document.data, path) == name:
                    return path[:2]
        return (kind,)

    def region_rule(self, index: int) -> KeyPath:
        """The entry of a region rule; an overlay's own ones follow those it takes over."""
        return "region_rules", index - (len(self._base.region_rules) if self._base else 0)

    def found(
        self,
        rule: str,
        code: str = "",
        path: KeyPath = (),
        *,
        severity: Severity = "error",
        criterion: bool = False,
        variant: str = "",
        fix: str = "fix",
        **params: Any,
    ) -> LintFinding:
        """A finding; ``variant`` picks one of several sentences of the rule, and ``fix`` of its fixes."""
        key = f"lint.{rule}{f'.{variant}' if variant else ''}"
        given = {"code": code, "pack": self.pack.reference, **params}
        return LintFinding(
            rule,
            severity,
            self.pack.reference,
            code,
            self.place(code, path, criterion=criterion),
            in_both(key, **given),
            in_both(f"lint.{rule}.{fix}", **given),
        )

    @cached_property
    def _base(self) -> Pack | None:
        return next(iter(self.catalogue.bases(self.pack)), None)

    @cached_property
    def _taken_over(self) -> frozenset[int]:
        base = self._base
        if base is None:
            return frozenset()
        dates = [version.valid for one in base.coded() for version in one.versions]
        conditions = [condition for _, _, condition in base.conditions()]
        thresholds = [condition.threshold for condition in conditions if isinstance(condition, Comparison)]
        return frozenset(map(id, (*conditions, *thresholds, *dates)))

    def taken_over(self, part: ConditionModel | Version) -> bool:
        """Whether an overlay has this condition or version from the pack it extends; it is looked at there.

        Laying over makes new objects of what it changes, and of all around it; thresholds and dates it keeps.
        """
        match part:
            case Comparison(threshold=kept) | Version(valid=kept):
                return id(kept) in self._taken_over
            case _:
                return id(part) in self._taken_over

    def asked(self) -> Iterator[Asked]:
        """Every condition of the pack's own, dated versions and conditions of application included."""
        for indicator in self.pack.coded():
            found = list(_inside(indicator, None, indicator.requires, ("requires",)))
            if indicator.applies_if is not None:
                found += _inside(indicator, None, indicator.applies_if, ("applies_if",))
            for index, version in enumerate(indicator.versions):
                found += _inside(indicator, version, version.requires, ("versions", index, "requires"))
            yield from (asked for asked in found if not self.taken_over(asked.condition))

    def comparisons(self) -> Iterator[tuple[Asked, Comparison]]:
        """Every comparison with a threshold."""
        for asked in self.asked():
            if isinstance(asked.condition, Comparison):
                yield asked, asked.condition


def _inside(indicator: Indicator, version: Version | None, root: ConditionModel, start: KeyPath) -> Iterator[Asked]:
    for dotted, condition in walk(root):
        parts = [int(part) if part.isdigit() else part for part in dotted.split(".") if part]
        yield Asked(indicator, version, condition, (*start, *parts))


def _shown(file: Path) -> str:
    """The file as seen from the working directory, its name where it lies elsewhere."""
    resolved = file.resolve()
    return str(resolved.relative_to(Path.cwd())) if resolved.is_relative_to(Path.cwd()) else file.name


def _entries(document: Document, code: str, criterion: bool) -> Iterator[KeyPath]:
    """The mappings of a file that are about a code: of the criterion itself, or of an indicator."""
    for path in document.lines:
        if path and path[-1] == "code" and str(_value(document.data, path)) == code:
            of_criterion = len(path) == 3 and path[0] == "criteria"
            if of_criterion is criterion or path[0] in ("set", "change", "add"):
                yield path[:-1]


def _value(data: Any, path: KeyPath) -> Any:
    for part in path:
        data = data[part]
    return data
