"""Folds over the normal form: an engine says what each part of a form is to it, and nothing else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

from .axes import ByContext
from .form import (
    Attribute,
    Children,
    Compare,
    Concluded,
    Criterion,
    Form,
    Group,
    Guarded,
    Holds,
    Named,
    Open,
    Settled,
    Total,
    UnmetShare,
)

V = TypeVar("V")


class Algebra(ABC, Generic[V]):
    """One method for each part of a form. Parts are folded with ``fold``, each object once."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[object, V]] = {}

    def fold(self, form: Form) -> V:
        """What a form is to this engine."""
        # The form is kept beside its value, so that no other object can come to have its id.
        known = self._made.get(id(form))
        if known is None:
            known = self._made[id(form)] = form, self._fold(form)
        return known[1]

    def _fold(self, form: Form) -> V:
        match form:
            case Compare():
                return self.compare(form)
            case Concluded():
                return self.concluded(form)
            case Attribute():
                return self.attribute(form)
            case Children():
                return self.children(form)
            case Holds():
                return self.holds(form)
            case UnmetShare():
                return self.unmet_share(form)
            case Total():
                return self.total(form)
            case Group():
                return self.group(form)
            case Open():
                return self.open(form)
            case Settled():
                return self.settled(form)
            case Guarded():
                return self.guarded(form)
            case ByContext():
                return self.split(form)
            case Named():
                return self.named(form)
            case Criterion():
                return self.criterion(form)

    @abstractmethod
    def compare(self, form: Compare) -> V: ...

    @abstractmethod
    def concluded(self, form: Concluded) -> V: ...

    @abstractmethod
    def attribute(self, form: Attribute) -> V: ...

    @abstractmethod
    def children(self, form: Children) -> V: ...

    @abstractmethod
    def holds(self, form: Holds) -> V: ...

    @abstractmethod
    def unmet_share(self, form: UnmetShare) -> V: ...

    @abstractmethod
    def total(self, form: Total) -> V: ...

    @abstractmethod
    def group(self, form: Group) -> V: ...

    @abstractmethod
    def settled(self, form: Settled) -> V: ...

    @abstractmethod
    def guarded(self, form: Guarded) -> V: ...

    def open(self, form: Open) -> V:
        """What nobody has transcribed; met only where a criterion is folded by its form."""
        raise NotImplementedError

    def split(self, form: ByContext[Any]) -> V:
        """The form in each value of an axis; met only where contexts were left open."""
        raise NotImplementedError

    def named(self, form: Named) -> V:
        """What has a code; unless said otherwise, nothing but its form."""
        return self.fold(form.form)

    def criterion(self, form: Criterion) -> V:
        """A criterion; unless said otherwise, nothing but its form."""
        return self.fold(form.whole)
