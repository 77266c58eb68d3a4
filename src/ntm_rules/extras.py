"""Names whose library is an extra that is not installed: they can be listed and looked at, and say which when used."""

from __future__ import annotations

from importlib import import_module

from .errors import MissingExtraError, Problem

# The extra that brings a library.
_EXTRAS = {
    "altair": "report",
    "docx": "document",
    "durable": "live",
    "fastapi": "service",
    "httptools": "service",
    "hypothesis": "testing",
    "jinja2": "report",
    "lxml": "document",
    "narwhals": "frame",
    "openpyxl": "excel",
    "pdfplumber": "document",
    "pytest": "testing",
    "rapidfuzz": "layout",
    "starlette": "service",
    "tqdm": "frame",
    "platformdirs": "service",
    "uvicorn": "service",
    "vl_convert": "report",
}


def load(module: str, name: str, package: str) -> object:
    """``name`` of a module of this library; where that needs an extra that is missing, what says so when it is used.

    >>> load(".verdict", "Verdict", "ntm_rules")
    <enum 'Verdict'>
    """
    try:
        return getattr(import_module(module, package), name)
    except ModuleNotFoundError as error:
        if (missing := missing_extra(error, name)) is None:
            raise
        # ``help`` and ``import *`` come by here as well, and want no more than the name.
        return _Wanting(name, (), {"__doc__": str(missing), "__module__": package, "_missing": missing})


def missing_extra(error: ModuleNotFoundError, what: str) -> MissingExtraError | None:
    """What to say where ``what`` wants a library that is not there; ``None`` where no extra brings it."""
    library = (error.name or "").partition(".")[0]
    if library not in _EXTRAS:
        return None
    return MissingExtraError(Problem("error.needs_extra", what=what, library=library, extra=_EXTRAS[library]))


class _Wanting(type):
    _missing: MissingExtraError

    def __call__(cls, *given: object, **named: object) -> object:
        raise MissingExtraError(*cls._missing.problems)

    def __getattr__(cls, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        raise MissingExtraError(*cls._missing.problems)

    def __iter__(cls) -> object:
        raise MissingExtraError(*cls._missing.problems)
