"""``python -m ntm_rules``: the command line, where the command itself is not on the path."""

import sys

# By its whole name and guarded: processes that work for the service and the page load this file on its own.
from ntm_rules.cli import main

if __name__ == "__main__":
    sys.exit(main())
