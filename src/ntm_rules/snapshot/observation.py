"""Observations and findings: validated by pydantic at the edge, small plain values inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ..day import Day
from ..errors import Problem, QuantityError
from ..messages import Lang, Text
from ..normalization import fold, is_blank, tidy, yes_or_no
from ..pack.threshold import AmountField
from ..quantity.amount import Amount, whole_number
from ..quantity.number import exact
from ..quantity.spoken import share_of, stated_share
from ..quantity.unit import unit_named


def clean(raw: object) -> object:
    """One spelling for texts typed on different machines: NFC, no stray marks or spaces."""
    if not isinstance(raw, str):
        return raw
    return tidy(raw)


Clean = Annotated[str, BeforeValidator(clean)]
Name = Annotated[str, BeforeValidator(clean), Field(min_length=1)]


class _Reported(msgspec.Struct, frozen=True, omit_defaults=True, gc=False, kw_only=True):
    """Who reported something, when, and on what evidence."""

    by: str = ""
    on: date | None = None
    evidence: str = ""
    remark: str = ""

    def to_plain(self) -> dict[str, Any]:
        """Plain JSON-ready data that is read back to the same value."""
        plain = {name: getattr(self, name) for name in self.__struct_fields__}
        kept = {name: value for name, value in plain.items() if value not in ("", None) and name != "parts"}
        # Vietnamese digits are the ones that are read unambiguously ("1.234" is a thousand, "1,234" a decimal).
        return {name: value.plain() if isinstance(value, Amount) else _word(value) for name, value in kept.items()}


def _word(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    by: Clean = ""
    on: Day | None = None
    evidence: Clean = ""
    remark: Clean = ""


class _ObservationForm(_Form):
    value: AmountField


class Part(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A figure of which another was made, and its day where it was told."""

    name: Text
    value: Amount
    on: date | None = None


class Observation(_Reported, frozen=True, omit_defaults=True, gc=False):
    """One reported value of a measure.

    Pydantic reads it from a bare value or a mapping: ``"12,8 %"``, ``{value: 12.8, unit: "%", by: Sở Y tế}``.

    >>> Observation(Amount.of("12,8 %"), by="Sở NN&PTNT").value.text("en")
    '12.8%'
    """

    value: Amount
    parts: tuple[Part, ...] = ()

    def text(self, lang: Lang = "vi", unit: str = "") -> str:
        """The value for reading, a bare one in ``unit``; one that was made of others is rounded where it is long."""
        amount = self.value if self.value.unit else Amount(self.value.value, unit)
        return rounded(amount, lang) if self.parts else amount.text(lang)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _read_by(cls, _ObservationForm, "value", Amount.of, handler)


def by_year(observations: tuple[Observation, ...]) -> dict[int, tuple[Observation, ...]]:
    """Observations of one measure by the years of their days, the latest first; nothing where one has no day."""
    found: dict[int, tuple[Observation, ...]] = {}
    for one in observations:
        if one.on is None:
            return {}
        found[one.on.year] = (*found.get(one.on.year, ()), one)
    return dict(sorted(found.items(), reverse=True))


# Decimals that are read; more are rounded away.
DECIMALS = 4


def rounded(amount: Amount, lang: Lang) -> str:
    """An amount for reading, a long one rounded to four places and marked as such.

    >>> rounded(Amount.of("0,8793103 điểm %"), "vi"), rounded(Amount.of("0,5 điểm %"), "vi")
    ('≈ 0,8793 điểm phần trăm', '0,5 điểm phần trăm')
    """
    short = round(amount.value, DECIMALS)
    # What is next to nothing is written out: a gap is never said to be none.
    return f"≈ {Amount(short, amount.unit).text(lang)}" if short and short != amount.value else amount.text(lang)


class FindingValue(StrEnum):
    """What a department can conclude."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"

    # As for verdicts: Enum's own hash runs in Python.
    __hash__ = str.__hash__


# Words that may mean "not applicable" as well as "not there" or "not known" ("không có", "n/a") are left out: nobody
# can tell which, and the first lets an indicator pass. Left out as well are yes and no: under "no arrears" the good
# answer is "no".
_WORDS: dict[str, FindingValue] = {
    "met": FindingValue.MET,
    "đạt": FindingValue.MET,
    "not_met": FindingValue.NOT_MET,
    "not met": FindingValue.NOT_MET,
    "chưa đạt": FindingValue.NOT_MET,
    "không đạt": FindingValue.NOT_MET,
    "not_applicable": FindingValue.NOT_APPLICABLE,
    "not applicable": FindingValue.NOT_APPLICABLE,
    "không áp dụng": FindingValue.NOT_APPLICABLE,
}


def finding_words(value: FindingValue) -> tuple[str, ...]:
    """The words, in small letters, that mean this finding.

    >>> finding_words(FindingValue.NOT_MET)[:3]
    ('not_met', 'not met', 'chưa đạt')
    """
    return tuple(word for word, meant in _WORDS.items() if meant is value)


def read_finding(raw: object, marks: Mapping[str, FindingValue] | None = None) -> FindingValue:
    """A department's word as a finding; ``marks`` are what a declared legend says other signs mean.

    >>> read_finding("Chưa đạt"), read_finding("Đ", marks={"đ": FindingValue.MET})
    (<FindingValue.NOT_MET: 'not_met'>, <FindingValue.MET: 'met'>)

    Raises:
        QuantityError: yes or no in any spelling, or a word that is none of the known ones. No nearest word is named:
            one that is alike may mean the contrary.
    """
    word = fold(raw) if isinstance(raw, str) else ""
    value = (marks or {}).get(word) or _WORDS.get(word)
    if value is None:
        # A scalar of numpy prints its type.
        plain = raw.item() if getattr(raw, "shape", None) == () else raw  # type: ignore[attr-defined]
        is_truth = yes_or_no(word) is not None if isinstance(plain, str) else not is_blank(plain) and plain in (0, 1)
        raise QuantityError(Problem("error.finding_truth" if is_truth else "error.finding_word", text=str(plain)[:80]))
    return value


class _FindingForm(_Form):
    finding: Annotated[FindingValue, BeforeValidator(read_finding)]


class Finding(_Reported, frozen=True, omit_defaults=True, gc=False):
    """A department's conclusion on one indicator or a whole criterion of one pack.

    Pydantic reads it from a bare word or a mapping: ``met``, ``{finding: chưa đạt, by: Sở Y tế}``.
    """

    finding: FindingValue

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _read_by(cls, _FindingForm, "finding", read_finding, handler)


def _read_by(
    cls: type[_Reported],
    form: type[_Form],
    main: str,
    bare: Callable[[object], Any],
    handler: GetCoreSchemaHandler,
) -> CoreSchema:
    """Read a mapping through a pydantic form, so that faults have their place, and anything else by ``bare``."""

    def read(raw: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> _Reported:
        if isinstance(raw, cls):
            return raw
        if not isinstance(raw, dict):
            found: dict[str, Any] = {main: bare(raw)}
            return cls(**found)
        if main == "value" and not raw.keys().isdisjoint(_COUNTS):
            raw = _with_share(raw)
        if main == "value" and "unit" in raw:
            given, unit = raw.get("value"), raw["unit"]
            # A number is itself: written out and read again as Vietnamese, 12.345 would become twelve thousand.
            value = f"{given} {unit}" if isinstance(given, str) else Amount(exact(given), unit_named(str(unit)))
            raw = {**{key: item for key, item in raw.items() if key != "unit"}, "value": value}
        read_form: _Form = validate(raw)
        return cls(**dict(read_form))

    return core_schema.no_info_wrap_validator_function(
        read,
        handler.generate_schema(form),
        serialization=core_schema.plain_serializer_function_ser_schema(cls.to_plain),
        metadata={"pydantic_js_functions": [partial(_described, main)]},
    )


_COUNTS = ("numerator", "denominator")


def _with_share(raw: dict[str, Any]) -> dict[str, Any]:
    """A share given by its counts as a value; a percentage beside them must be theirs."""
    given = [raw.get(name) for name in _COUNTS]
    if any(one is None or one == "" for one in given):
        raise QuantityError(Problem("error.share_half"))
    upper, lower = (whole_number(one).value for one in given)
    value, unit = raw.get("value"), raw.get("unit")
    if value is None:
        share = share_of(upper, lower)
    else:
        stated = Amount.of(f"{value} {unit}" if isinstance(value, str) and unit else value)
        share = stated_share(stated if stated.unit else Amount(stated.value, "percent"), upper, lower)
    return {**{key: item for key, item in raw.items() if key not in (*_COUNTS, "unit")}, "value": share}


def _described(main: str, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """A value alone, or a mapping that says who reported it."""
    mapping = handler.resolve_ref_schema(handler(schema))
    return {"anyOf": [mapping["properties"][main], mapping]}
