"""The JSON Schema of a pack file takes every shipped pack, and refuses nothing that the loader takes."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.pack.catalogue import installed
from ntm_rules.pack.loader import read_yaml
from ntm_rules.pack.model import Pack
from ntm_rules.pack.schema import pack_schema, schema_text
from ntm_rules.pack.shorthand import shared_of, written_out

validators = pytest.importorskip("jsonschema")
VALIDATOR = validators.Draft202012Validator(pack_schema())
FILES = sorted(path for bundle in installed().bundles for path in bundle.files().values())
MODELLED = next(file for file in FILES if file.name == "commune-model@2021-2025.yaml")


def _plain(file: Path) -> Any:
    return json.loads(json.dumps(read_yaml(file).data, default=float))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_shipped_pack_fits_the_schema(file: Path) -> None:
    """An editor that checks by the schema finds nothing wrong in a pack that loads, and finds the schema."""
    assert not [f"{list(error.absolute_path)}: {error.message}" for error in VALIDATOR.iter_errors(_plain(file))]
    head = file.read_text(encoding="utf-8").partition("\n")[0]
    assert head.startswith("# yaml-language-server: $schema=")
    named = file.parent / head.partition("$schema=")[2]
    assert named.read_text(encoding="utf-8") == schema_text()


def test_the_published_schema_is_the_shipped_one() -> None:
    """``make docs`` writes it."""
    assert (Path(__file__).parents[1] / "docs" / "pack.schema.json").read_text(encoding="utf-8") == schema_text()


def _mutants(data: Any) -> Iterator[tuple[str, Any]]:
    """The pack with one thing wrong: a key misspelt or left out, a value of another kind."""

    def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        if path:
            yield path
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in items:
            yield from paths(inner, (*path, key))

    for path in paths(data):
        for way in ("misspelt", "left out", "list", "number"):
            changed = copy.deepcopy(data)
            holder = changed
            for key in path[:-1]:
                holder = holder[key]
            if way in ("misspelt", "left out"):
                if not isinstance(holder, dict):
                    continue
                value = holder.pop(path[-1])
                if way == "misspelt":
                    holder[f"{path[-1]}x"] = value
            else:
                holder[path[-1]] = [] if way == "list" else 7
            yield f"{'.'.join(map(str, path))}: {way}", changed


def test_what_the_schema_refuses_the_loader_refuses() -> None:
    """Some hundreds of slips in a whole pack: the schema sees most of the loader's refusals and has none of its own."""
    shared = shared_of(read_yaml(MODELLED.with_name("shared.yaml")).data)
    seen, missed = 0, 0
    for what, data in _mutants(_plain(MODELLED)):
        try:
            Pack.model_validate(written_out(copy.deepcopy(data), shared))
        except NtmError:
            loads = False
        else:
            loads = True
        fits = VALIDATOR.is_valid(data)
        assert fits or not loads, what
        seen, missed = seen + (not fits), missed + (fits and not loads)
    assert seen > 100
    assert missed < seen / 4
