"""Bundles: folders of pack files behind the entry-point group ``ntm_rules.packs``, built-in ones by the same door."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import NamedTuple

from ..errors import CatalogueError, Problem

GROUP = "ntm_rules.packs"

MEASURES_FOLDER = "measures"
SHARED_FILE = "shared.yaml"


class Bundle(NamedTuple):
    """A folder of pack files whose ids begin with ``namespace/``; ``release`` is the distribution it came with."""

    namespace: str
    root: Path
    release: str = ""

    def files(self) -> dict[tuple[str, str], Path]:
        """Pack files by id and edition, both read from the name: ``commune@2021-2025.yaml``.

        Raises:
            CatalogueError: a file that leads out of the bundle, or whose name has no edition.
        """
        found: dict[tuple[str, str], Path] = {}
        root = self.root.resolve()
        for path in sorted(self.root.glob("*.yaml")):
            if path.name == SHARED_FILE:
                continue
            if not path.resolve().is_relative_to(root):
                raise CatalogueError(Problem("error.leads_out", file=path.name, bundle=self.namespace))
            name, at, edition = path.stem.partition("@")
            if not at or not edition:
                raise CatalogueError(Problem("error.file_name", file=path.name, bundle=self.namespace))
            found[f"{self.namespace}/{name}", edition] = path
        return found


def discover() -> tuple[Bundle, ...]:
    """Bundles of every installed distribution; their code is located, never run.

    Raises:
        CatalogueError: an entry point that leads to no folder.
    """
    # It brings the mail and archive modules, which nobody needs before packs are looked for.
    from importlib.metadata import entry_points

    bundles: dict[str, Bundle] = {}
    for point in sorted(entry_points(group=GROUP)):
        spec = importlib.util.find_spec(point.module)
        if spec is None or not spec.submodule_search_locations:
            raise CatalogueError(Problem("error.bundle_missing", namespace=point.name, module=point.value))
        release = f"{point.dist.name} {point.dist.version}" if point.dist else ""
        bundle = Bundle(point.name, Path(next(iter(spec.submodule_search_locations))), release)
        if bundles.setdefault(point.name, bundle) != bundle:
            raise CatalogueError(Problem("error.namespace_clash", namespace=point.name))
    return tuple(bundles.values())
