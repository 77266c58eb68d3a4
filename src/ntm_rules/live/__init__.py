"""Live sessions on durable-rules (extra ``live``): standings kept current, changes with their causes, journals.

Importing this without durable-rules raises ``MissingExtraError``, which says how to install it; the rest of the library
does without.
"""

from ..errors import LiveError, MissingExtraError, Problem

try:
    import durable.engine  # noqa: F401
except ImportError as error:
    raise MissingExtraError(Problem("error.needs_durable_rules")) from error

from .change import Change
from .inputs import Advance, Conclude, Input, Observe, Recognise, Report, Withdraw
from .journal import Torn
from .session import LiveSession

__all__ = [
    "Advance",
    "Change",
    "Conclude",
    "Input",
    "LiveError",
    "LiveSession",
    "Observe",
    "Recognise",
    "Report",
    "Torn",
    "Withdraw",
]
