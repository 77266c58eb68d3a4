"""Profiles of Hypothesis: ``ci`` tries the same cases every time, ``dev`` new ones (HYPOTHESIS_PROFILE=dev).

``ci`` is for every commit and tries half of what Hypothesis would; ``dev`` and ``tests/long`` look deeper.
"""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]

settings.register_profile(
    "ci",
    max_examples=50,
    derandomize=True,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.register_profile("dev", settings.get_profile("ci"), derandomize=False, max_examples=500, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
