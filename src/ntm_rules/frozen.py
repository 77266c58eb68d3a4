"""Value objects: what every model of this library is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import NtmError, PackError


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
