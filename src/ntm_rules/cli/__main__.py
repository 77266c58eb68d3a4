"""``python -m ntm_rules.cli``."""

from __future__ import annotations

from . import main

raise SystemExit(main())
