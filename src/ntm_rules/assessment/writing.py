"""An answer as JSON, joined from what is the same in each answer of a compiled pack and what came from the unit.

Most of an answer is law: texts, citations, thresholds. They are the same objects in each answer of a compiled pack, so
they are written once and kept with it; what came from the unit is written anew each time. The outcome is what msgspec
writes of the whole, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, NamedTuple

import msgspec

from ..messages import Text
from ..recent import Recent
from .check import AttributeCheck, FindingCheck, MeasureCheck, TotalCheck
from .fixed import Fixed
from .model import Assessment, CriterionResult, GroupCheck, IndicatorResult, MeetsCheck, UnmetShareCheck
from .parts import Citation, Required, Responsible
from .provenance import Provenance

# ``str`` throughout, or ``bytes`` throughout.
Written = Any

_ENCODER = msgspec.json.Encoder()
# msgspec reads the annotations anew each time, which took half of compiling a small pack.
_declared = cache(msgspec.structs.fields)
# A pack bounds what it says. Should answers hold more than that for some reason, the rest is written anew.
_MOST = 20_000
# So many criteria that came from units are kept, their texts shared with all others.
_LAST = 512
_NOTHING: tuple[object, None] = None, None
# Made when a pack is compiled; a conclusion and a fact about the unit come to one of a few checks made then.
_LAW = frozenset((Text, Citation, Required, Responsible, Provenance, FindingCheck, AttributeCheck))
# Holds law beside what came from the unit, and is looked into.
_INSIDE: frozenset[type[msgspec.Struct]] = frozenset(
    (Assessment, CriterionResult, IndicatorResult, MeasureCheck, GroupCheck, TotalCheck, MeetsCheck, UnmetShareCheck)
)


class Fragments:
    """What one compiled pack says, written as ``str`` and as UTF-8 when it is first asked for."""

    def __init__(self) -> None:
        self.fixed = Fixed()
        self._text: _Kept = _Kept(bytes.decode)
        self._utf8: _Kept = _Kept(bytes)

    def text(self, answer: Assessment) -> str:
        """The answer as ``to_json`` gives it."""
        written: str = _Draft(self, lambda one: one._text).of(answer)
        return written

    def utf8(self, answer: Assessment) -> bytes:
        """The same in UTF-8, which takes no decoding."""
        written: bytes = _Draft(self, lambda one: one._utf8).of(answer)
        return written


class _Field(NamedTuple):
    name: str
    default: object
    key: Written


class _Piece(NamedTuple):
    """What the law says of a result, before and after what came from the unit.

    Where all that came from the unit is figures or conclusions, as with most, they stand between ``told``, which begins
    with the head, and ``end``.
    """

    head: Written
    tail: Written
    told: Written
    end: Written
    of: tuple[object, ...]


class _Kept:
    """Pieces under the identity of what they are pieces of, which stays certain because that is held on to."""

    def __init__(self, turned: Callable[[bytes], Written]) -> None:
        self.turned = turned
        self.pieces: dict[Hashable, _Piece] = {}
        # Criteria under their identity, which is compared: these are not held on to for good.
        self.last = Recent[int, tuple[object, tuple[Written, ...] | None]](_LAST)
        self.shapes = {kind: self._shape(kind) for kind in _INSIDE}
        self.after_measure = self._fields(MeasureCheck, "observed", "shortfall", "reason", "lacks")
        self.after_check = self._fields(IndicatorResult, "applies", "findings", "conflicts", "reasons")
        self.after_members = self._fields(CriterionResult, "findings", "conflicts", "reasons")
        self.nothing, self.line, self.comma, self.opened, self.closed, self.end = map(
            turned, (b"", b"\n", b",", b"[", b"]", b"}")
        )

    def keep(self, key: Hashable, of: tuple[object, ...], head: bytes, tail: bytes, name: bytes = b"") -> _Piece:
        within = b"}" if name == b"observed" else b""
        turned = self.turned
        piece = _Piece(turned(head), turned(tail), turned(b'%s,"%s":' % (head, name)), turned(within + tail), of)
        if len(self.pieces) < _MOST:
            self.pieces[key] = piece
        return piece

    def law(self, value: object) -> Written:
        piece = self.pieces.get(id(value)) or self.keep(id(value), (value,), _ENCODER.encode(value), b"")
        return piece.head

    def _shape(self, kind: type[msgspec.Struct]) -> tuple[Written, tuple[_Field, ...]]:
        """How a struct begins, and its fields."""
        tag = kind.__struct_config__.tag
        return self.turned(b'{"type":"%s"' % str(tag).encode() if tag else b"{"), self._fields(kind)

    def _fields(self, kind: type[msgspec.Struct], *names: str) -> tuple[_Field, ...]:
        """Fields, all unless named, each with what stands before its value."""
        first = None if kind.__struct_config__.tag else kind.__struct_fields__[0]
        return tuple(
            _Field(
                one.name, one.default, self.turned(b'%s"%s":' % (b"" if one.name == first else b",", one.name.encode()))
            )
            for one in _declared(kind)
            if one.name in names or not names
        )


class _Draft:
    """An answer while it is written: its pieces in order, with gaps for what is written anew, all of it at one go."""

    def __init__(self, fragments: Fragments, turned: Callable[[Fragments], _Kept]) -> None:
        self.kept, self.fixed, self.turned = turned(fragments), fragments.fixed, turned
        self.pieces: list[Written] = []
        self.gaps: list[int] = []
        self.fresh: list[object] = []

    def of(self, answer: Assessment) -> Written:
        self.struct(answer)
        # One value a line: a line break within a text is escaped.
        lines = self.kept.turned(_ENCODER.encode_lines(self.fresh)).split(self.kept.line)
        for gap, line in zip(self.gaps, lines, strict=False):
            self.pieces[gap] = line
        return self.kept.nothing.join(self.pieces)

    def anew(self, value: object) -> None:
        self.gaps.append(len(self.pieces))
        self.pieces.append(self.kept.nothing)
        self.fresh.append(value)

    def value(self, value: Any) -> None:
        kind = type(value)
        if kind in _LAW:
            self.pieces.append(self.kept.law(value))
        elif kind is MeasureCheck:
            self.measured(value)
        elif kind is GroupCheck:
            self.group(value)
        elif kind is tuple and value:
            self.several(value)
        elif kind is Assessment:
            self.nested(value)
        elif kind in _INSIDE:
            self.struct(value)
        else:
            self.anew(value)

    def several(self, values: tuple[Any, ...]) -> None:
        kind = type(values[0])
        if kind is Text:
            # Notes and names: the pack's own tuple.
            self.pieces.append(self.kept.law(values))
            return
        if kind not in _LAW and kind not in _INSIDE:
            self.anew(values)
            return
        one = self.indicator if kind is IndicatorResult else self.again if kind is CriterionResult else self.value
        pieces, kept, fixed, sign = self.pieces, self.kept, self.fixed.results, self.kept.opened
        known, comma = kept.pieces, kept.comma
        for value in values:
            pieces.append(sign)
            sign = comma
            if id(value) in fixed:
                piece = known.get(id(value))
                pieces.append(kept.law(value) if piece is None else piece.head)
            else:
                one(value)
        pieces.append(kept.closed)

    def nested(self, answer: Assessment) -> None:
        """An answer within an answer, of what its own pack says."""
        writer = answer.writer
        if not isinstance(writer, Fragments):
            self.anew(answer)
            return
        here = self.kept, self.fixed
        self.kept, self.fixed = self.turned(writer), writer.fixed
        self.struct(answer)
        self.kept, self.fixed = here

    def struct(self, struct: msgspec.Struct) -> None:
        opening, fields = self.kept.shapes[type(struct)]
        self.pieces.append(opening)
        self.fields(struct, fields)
        self.pieces.append(self.kept.end)

    def fields(self, struct: msgspec.Struct, fields: tuple[_Field, ...]) -> None:
        for name, default, key in fields:
            value = getattr(struct, name)
            # As msgspec leaves out what is the default.
            if value is not default:
                self.pieces.append(key)
                self.value(value)

    def measured(self, check: MeasureCheck) -> None:
        key = check.verdict, id(check.name), id(check.required)
        piece = self.kept.pieces.get(key)
        if piece is None:
            piece = self.kept.keep(key, (check.name, check.required), _bare(check), b"", b"observed")
        if check.observed and check.shortfall is None and check.reason is None:
            self.pieces.append(piece.told)
            self.anew(check.observed)
            self.pieces.append(piece.end)
            return
        self.pieces.append(piece.head)
        self.after_bare(check)

    def after_bare(self, check: MeasureCheck) -> None:
        kept = self.kept
        for name, default, key in kept.after_measure:
            value = getattr(check, name)
            if value is not default:
                self.pieces.append(key)
                if name == "reason":
                    self.pieces.append(kept.law(value))
                else:
                    self.anew(value)
        self.pieces.append(kept.end)

    def group(self, check: GroupCheck) -> None:
        key = check.verdict, check.how, check.needed
        piece = self.kept.pieces.get(key)
        if piece is None:
            bare = _ENCODER.encode(GroupCheck(check.verdict, check.how, (), check.needed))
            head, _, tail = bare.partition(b"[]")
            piece = self.kept.keep(key, (), head, tail)
        self.pieces.append(piece.head)
        self.value(check.parts)
        self.pieces.append(piece.tail)

    def again(self, result: CriterionResult) -> None:
        """A criterion, whose pieces are kept from the second time on: on the same facts it is the same object."""
        if result.code in self.fixed.anew:
            self.criterion(result)
            return
        last = self.kept.last
        known, pieces = last.get(id(result), _NOTHING)
        if known is result and pieces is not None:
            self.pieces += pieces
            return
        start, gap = len(self.pieces), len(self.gaps)
        self.criterion(result)
        if known is result:
            for place, value in zip(self.gaps[gap:], self.fresh[gap:], strict=True):
                self.pieces[place] = self.kept.turned(_ENCODER.encode(value))
            del self.gaps[gap:], self.fresh[gap:]
        last.keep(id(result), (result, tuple(self.pieces[start:]) if known is result else None))

    def criterion(self, result: CriterionResult) -> None:
        key = result.code, result.verdict, result.decided_by, id(result.title)
        piece = self.kept.pieces.get(key) or self.kept.keep(key, (result.title,), *_of_criterion(result))
        self.pieces.append(piece.head)
        if result.indicators:
            self.several(result.indicators)
        if result.findings or result.conflicts or result.reasons:
            self.fields(result, self.kept.after_members)
        self.pieces.append(piece.tail)

    def indicator(self, result: IndicatorResult) -> None:
        # The compiled pack has one text, one citation and so on for each code; its checks are told apart.
        check: Any = result.check
        kind = type(check)
        pieces = self.pieces
        if kind is MeasureCheck:
            law = check.required
        elif kind in _LAW:
            law = check
        else:
            law = None
        # Of a figure nobody reported there is only law to tell.
        silent = kind is MeasureCheck and not check.observed and check.lacks is None
        reason = check.reason if silent else None
        key = result.code, result.verdict, result.decided_by, id(result.text), check.verdict, id(law), id(reason)
        piece = self.kept.pieces.get(key)
        if piece is None:
            piece = self.kept.keep(key, (result.text, law, reason), *_of_indicator(result, silent))
        reasons, findings = result.reasons, result.findings
        plain = not (reasons or result.conflicts) and result.applies is None
        if plain and kind is MeasureCheck and not silent:
            # The most usual: a figure that falls short of nothing, a conclusion.
            if not findings and check.shortfall is None and check.reason is None and check.observed:
                pieces.append(piece.told)
                self.anew(check.observed)
                pieces.append(piece.end)
                return
        elif plain and findings and law is not None:
            pieces.append(piece.told)
            self.anew(findings)
            pieces.append(piece.end)
            return
        pieces.append(piece.head)
        if law is None:
            self.value(check)
        elif kind is MeasureCheck and not silent:
            self.after_bare(check)
        if not plain or findings:
            for name, default, before in self.kept.after_check:
                value = getattr(result, name)
                if value is default:
                    continue
                pieces.append(before)
                if name == "reasons" and len(reasons) == 1 and law is not None and reasons[0] is check.reason:
                    pieces += (self.kept.opened, self.kept.law(reasons[0]), self.kept.closed)
                elif name == "applies":
                    self.value(value)
                else:
                    self.anew(value)
        pieces.append(piece.tail)


def _bare(check: MeasureCheck) -> bytes:
    """A check of a measure down to its threshold."""
    return _ENCODER.encode(MeasureCheck(check.verdict, check.measure, check.name, check.unit, check.required))[:-1]


def _of_indicator(result: IndicatorResult, silent: bool) -> tuple[bytes, bytes, bytes]:
    head = b'{"code":%s,"text":%s,"verdict":%s,"decided_by":%s,"citation":%s,"check":' % tuple(
        map(_ENCODER.encode, (result.code, result.text, result.verdict, result.decided_by, result.citation))
    )
    tail = _after(agency=result.agency, note=result.note)
    if isinstance(result.check, MeasureCheck) and not silent:
        return head + _bare(result.check), tail, b"observed"
    return head + (_ENCODER.encode(result.check) if silent or type(result.check) in _LAW else b""), tail, b"findings"


def _of_criterion(result: CriterionResult) -> tuple[bytes, bytes]:
    head = b'{"code":%s,"title":%s,"verdict":%s,"decided_by":%s' % tuple(
        map(_ENCODER.encode, (result.code, result.title, result.verdict, result.decided_by))
    )
    more = _after(
        citation=result.citation,
        incomplete=result.incomplete,
        contents=result.contents,
        agency=result.agency,
        note=result.note,
    )
    return head + (b',"indicators":' if result.indicators else b""), more


def _after(**fields: object) -> bytes:
    """The last fields of a struct, those left out that are as nothing was said."""
    said = (
        b',"%s":%s' % (name.encode(), _ENCODER.encode(value))
        for name, value in fields.items()
        if value is not None and value is not False and value != ""
    )
    return b"".join(said) + b"}"
