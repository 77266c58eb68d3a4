"""The code of README and documentation as modules, for type checkers: ``python tests/typed_docs.py FOLDER``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.S | re.M)


def write(folder: Path) -> list[Path]:
    """A module for each page that has code, its blocks one after another, as a reader runs them."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.py"):
        old.unlink()
    # A package of its own, which `pyproject.toml` names: a page may give a name anew in each of its blocks.
    (folder / "__init__.py").touch()
    written = []
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
        if blocks:
            module = folder / (re.sub(r"\W", "_", page.relative_to(ROOT).with_suffix("").as_posix()) + ".py")
            module.write_text("\n".join(blocks), encoding="utf-8")
            written.append(module)
    return written


if __name__ == "__main__":
    assert write(Path(sys.argv[1])), "no code found"
