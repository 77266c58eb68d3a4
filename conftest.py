"""Live sessions need durable-rules; where it is not installed their doctests are left out, and the report says so."""

from importlib.util import find_spec

LIVE = find_spec("durable") is not None
collect_ignore_glob = [] if LIVE else ["src/ntm_rules/live/*", "examples/live_dashboard.py", "benchmarks/live.py"]


def pytest_report_header() -> str:
    """What is tested here and what is not."""
    return "live sessions: tested" if LIVE else "live sessions: NOT tested; pip install 'ntm-rules[live]' (C compiler)"
