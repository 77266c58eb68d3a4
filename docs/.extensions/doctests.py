"""Shows doctests that stand free in a docstring as code; the Google style knows them under a heading only."""

from __future__ import annotations

import re
from typing import Any

import griffe

_DOCTEST = re.compile(r"(?m)^(?:>>> .*\n?)(?:^(?!\s*$).*\n?)*")


class Doctests(griffe.Extension):
    """Puts every paragraph that begins with ``>>>`` into a code fence."""

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        if obj.docstring is not None:
            obj.docstring.value = _DOCTEST.sub(
                lambda found: f"```python\n{found[0].rstrip()}\n```\n", obj.docstring.value
            )
