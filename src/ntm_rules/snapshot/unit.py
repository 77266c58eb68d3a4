"""The unit that is judged: what it is, where it lies, and what is known of it itself."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BeforeValidator, model_validator

from ..errors import NtmError, Problem, QuantityError, SnapshotError
from ..frozen import Frozen, FrozenDict, Held
from ..messages import Text, in_both
from ..normalization import is_blank, tidy, yes_or_no
from ..territory import CODE_DIGITS, Group, Level, Region, read_member
from .observation import Clean, Name


class Facts(Frozen):
    """What is said of a unit; what cannot be understood of it is a ``SnapshotError``."""

    refusal: ClassVar[type[NtmError]] = SnapshotError


def _facts(raw: object) -> object:
    """Attributes as every door reads them: yes and no are flags, any other text is a word."""
    return (
        {name: _fact(name, said) for name, said in raw.items() if not is_blank(said)}
        if isinstance(raw, Mapping)
        else raw
    )


def _fact(name: object, raw: object) -> object:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        said = yes_or_no(raw)
        return tidy(raw) if said is None else said
    plain = raw.item() if getattr(raw, "shape", None) == () else raw  # type: ignore[attr-defined]
    if not isinstance(plain, (bool, int, float, Decimal)) or plain not in (0, 1):
        raise QuantityError(Problem("error.yes_or_no", given=str(raw)[:40], attribute=name))
    return bool(plain)


class Unit(Facts):
    """An administrative unit.

    ``group`` is the group of communes the province has put it in (since 2026). ``exempt`` says why a unit takes no
    part in the programme (it then leaves its parent's denominators).

    >>> Unit(id="ky-phu", name="Xã Kỳ Phú", level="commune", region="btb").level.text("en")
    'commune'
    """

    id: Name
    name: Clean = ""
    level: Level
    parent: Clean | None = None
    province: Clean | None = None
    region: Region | None = None
    group: Group | None = None
    attributes: Annotated[Mapping[str, bool | str], Held, BeforeValidator(_facts)] = FrozenDict()
    exempt: Clean = ""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            id: str | int,
            name: str = "",
            level: Level | str,
            parent: str | int | None = None,
            province: str | int | None = None,
            region: Region | str | None = None,
            group: Group | str | None = None,
            attributes: Mapping[str, bool | str] = ...,
            exempt: str = "",
        ) -> None: ...

    @model_validator(mode="before")
    @classmethod
    def _numbers_are_codes(cls, raw: Any) -> Any:
        """Codes that came as numbers, as texts again; where zeros may be gone with the text, nobody can say."""
        if not isinstance(raw, dict) or not any(type(raw.get(name)) is int for name in ("id", "parent", "province")):
            return raw
        level = raw.get("level")
        least = {"id": CODE_DIGITS[read_member(Level, level)] if level else 0, "parent": 3, "province": 2}
        codes = {name: code(raw[name], digits) for name, digits in least.items() if type(raw.get(name)) is int}
        return {**raw, **codes}

    @property
    def label(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id

    def merged(self, other: Unit) -> Unit:
        """What two descriptions of the unit say together.

        Raises:
            SnapshotError: they contradict each other.
        """
        fields: dict[str, Any] = {}
        for name in Unit.model_fields:
            mine, theirs = getattr(self, name), getattr(other, name)
            if name == "attributes":
                clash = [key for key in mine if key in theirs and mine[key] != theirs[key]]
                if clash:
                    raise SnapshotError(disagreement(self.id, clash[0], mine[clash[0]], theirs[clash[0]]))
                fields[name] = {**mine, **theirs}
            elif mine and theirs and mine != theirs:
                raise SnapshotError(disagreement(self.id, name, mine, theirs))
            else:
                fields[name] = mine or theirs
        return Unit(**fields)


def code(number: int, digits: int) -> str:
    """A unit's code that was typed as a number.

    Raises:
        QuantityError: it has fewer digits than such codes have: the zeros before it may be gone.
    """
    text = str(number)
    if number < 0 or len(text) < digits:
        raise QuantityError(Problem("error.zeros_gone", code=text, padded=text.zfill(digits)))
    return text


def disagreement(unit: str, field: str, one: object, other: object) -> Problem:
    """Two things said of a unit's field, or of an attribute (``attributes.<name>`` or its name alone)."""
    name = in_both(f"form.unit.{field}") if field in Unit.model_fields else Text(field.rpartition(".")[2])
    return Problem("error.merge_field", unit=unit, field=name, one=_answer(one), other=_answer(other))


def _answer(value: object) -> object:
    return in_both("form.yes" if value else "form.no") if isinstance(value, bool) else value
