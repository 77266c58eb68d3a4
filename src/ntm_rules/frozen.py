"""Value objects: what every model of this library is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from .errors import MisuseError, NtmError, PackError, Problem

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dictionary that is never changed, and so has a hash.

    >>> FrozenDict(a=1) == {"a": 1}, len({FrozenDict(a=1), FrozenDict(a=1)})
    (True, 1)

    Raises:
        MisuseError: where something is written into it.
    """

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __repr__(self) -> str:
        return dict.__repr__(self)

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        return FrozenDict, (dict(self),)

    def _refuse(self, *given: object, **named: object) -> NoReturn:
        raise MisuseError(Problem("error.frozen"))

    if not TYPE_CHECKING:  # to a type checker the fields are ``Mapping``, which has none of these
        __setitem__ = __delitem__ = __ior__ = _refuse
        clear = pop = popitem = setdefault = update = _refuse


# Behind a ``Mapping`` field, last: what is held is frozen as deep as its values are.
Held = AfterValidator(FrozenDict)


class Frozen(BaseModel):
    """A value object: validated once, never changed, unknown keys refused.

    What is refused is an ``NtmError`` when the class is called or asked to validate. Inside another pydantic model, as
    in a web framework's request, the same problems stand in that model's own ``ValidationError``.
    """

    refusal: ClassVar[type[NtmError]] = PackError

    # Schemas are built on first use: importing the library must stay cheap.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True, defer_build=True
    )

    if not TYPE_CHECKING:  # the signatures are pydantic's

        def __init__(self, /, **data):
            try:
                super().__init__(**data)
            except ValidationError as error:
                raise _refused(type(self), error, data) from None

        # Said of the method itself, so that pydantic does not call it for a model inside another.
        __init__.__pydantic_base_init__ = True

        @classmethod
        def model_validate(cls, obj, **settings):
            try:
                return super().model_validate(obj, **settings)
            except ValidationError as error:
                raise _refused(cls, error, obj) from None

        @classmethod
        def model_validate_json(cls, json_data, **settings):
            try:
                return super().model_validate_json(json_data, **settings)
            except ValidationError as error:
                raise _refused(cls, error) from None


def _refused(model: type[Frozen], error: ValidationError, data: object = None) -> NtmError:
    # Loaded with the first refusal: nothing that is right needs it.
    from .faults import problems_of

    return model.refusal(*problems_of(error, model, data))
