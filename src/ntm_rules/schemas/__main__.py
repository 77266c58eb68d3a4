"""``python -m ntm_rules.schemas FOLDER ...`` writes the schemas into folders."""

import sys
from pathlib import Path

from . import write

for folder in sys.argv[1:]:
    write(Path(folder))
