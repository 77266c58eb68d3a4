"""``python -m ntm_rules.cli``."""

from __future__ import annotations

# By its whole name and guarded: processes that work for the service load this file on its own.
from ntm_rules.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
