"""What takes long or reads files of others: done in a process of its own, which is ended when its time is over."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Literal, TypeVar

from anyio import CapacityLimiter, to_process
from pydantic import ConfigDict

from ..assessment.tree import TreeAssessment
from ..day import Day
from ..errors import CatalogueError, Place, Problem, SnapshotError, nearest
from ..evaluation.tree import evaluate_tree
from ..frozen import Frozen
from ..messages import Lang
from ..pack.bundle import Bundle
from ..pack.catalogue import Catalogue, installed
from ..pack.legal import Verification
from ..pack.reference import Reference
from ..snapshot.cells import SnapshotWarning
from ..snapshot.model import Snapshot
from ..snapshot.readers import read_snapshots
from ..snapshot.unit import Unit

T = TypeVar("T")


class TreeAsked(Frozen):
    """Units, what is observed of them, and the packs to judge them by."""

    refusal = SnapshotError
    model_config = ConfigDict(title="Tree")

    units: tuple[Unit, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    packs: tuple[Reference, ...]
    as_of: Day | None = None
    trust: Verification = Verification.RECALLED


async def apart(work: Callable[..., T], *given: object, limiter: CapacityLimiter) -> T:
    """The work, in a process that ends with the request that asked for it."""
    return await to_process.run_sync(work, *given, cancellable=True, limiter=limiter)


def tree(asked: dict[str, object], bundles: tuple[Bundle, ...]) -> bytes:
    """A tree judged, as JSON."""
    return _tree(asked, bundles).to_json().encode()


def report(asked: dict[str, object], bundles: tuple[Bundle, ...], kind: str, lang: Lang) -> bytes:
    """A tree judged, as a report."""
    from ..report import write_report

    with TemporaryDirectory() as folder:
        path = Path(folder, f"report.{kind}")
        write_report(_tree(asked, bundles), path, lang=lang)
        return path.read_bytes()


def _tree(asked: dict[str, object], bundles: tuple[Bundle, ...]) -> TreeAssessment:
    read, shelf = TreeAsked.model_validate(asked), shelf_of(bundles)
    for one in read.packs:
        known(shelf, one)
    return evaluate_tree(read.units, read.snapshots, read.packs, as_of=read.as_of, trust=read.trust, catalogue=shelf)


def known(shelf: Catalogue, reference: str) -> str:
    """The reference, if it is of a pack that is installed; a file of this machine is none.

    Raises:
        CatalogueError: it is not.
    """
    if not shelf.editions(reference):
        if not reference.endswith((".yaml", ".yml")):
            shelf.load(reference)
        raise CatalogueError(Problem("error.no_pack", pack=reference, near=nearest(reference, shelf.ids())))
    return reference


@lru_cache(maxsize=4)
def shelf_of(bundles: tuple[Bundle, ...]) -> Catalogue:
    """The packs of some bundles, or everything installed; loaded once in each process."""
    return Catalogue(bundles) if bundles else installed()


def table(
    name: str, raw: bytes, bundles: tuple[Bundle, ...], as_of: str | None, numbers: Literal["vi", "en"] | None
) -> bytes:
    """The snapshots of a table or form, and what was noticed in it, as JSON."""
    with TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as noticed:
        warnings.simplefilter("always", SnapshotWarning)
        path = _kept(folder, name, raw)
        read = read_snapshots(path, catalogue=shelf_of(bundles), as_of=as_of, numbers=numbers)
    said = [str(one.message) for one in noticed if issubclass(one.category, SnapshotWarning)]
    return json.dumps({"snapshots": [one.to_dict() for one in read], "noticed": said}, ensure_ascii=False).encode()


def document(name: str, raw: bytes) -> bytes:
    """A decision's head and its tables, cell by cell, as JSON."""
    from ..document import read_document

    with TemporaryDirectory() as folder:
        read = read_document(_kept(folder, name, raw))
    tables = [[one.grid.texts(row) for row in range(one.grid.rows)] for one in read.tables]
    head = {
        "number": read.number,
        "day": read.day.isoformat() if read.day else None,
        "issuer": read.issuer,
        "title": read.title,
        "annexes": read.annexes,
        "digest": read.digest,
        "unread_pages": read.unread,
    }
    return json.dumps({**head, "tables": tables}, ensure_ascii=False).encode()


def _kept(folder: str, name: str, raw: bytes) -> Path:
    """The file under its own ending; of its name nothing else is used but to speak of it."""
    plain = PurePath(name.replace("\\", "/")).name
    if not plain or plain.startswith(".") or len(plain) > 200 or "\0" in plain:
        raise SnapshotError(Problem("error.upload_name", Place(path="name")))
    path = Path(folder, plain)
    path.write_bytes(raw)
    return path
