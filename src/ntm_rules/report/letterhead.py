"""What an administrative document says of itself: who writes, under which number, to whom, who signs."""

from __future__ import annotations

from ..day import Day
from ..frozen import Frozen


class Letterhead(Frozen):
    """The parts of a letter that no figure tells; what is left out stands in the document as a marked field to fill.

    ``superior`` is the body above the ``agency``; ``number`` the whole mark (``12/BC-UBND``); ``to`` whom the report
    goes to, ``receivers`` who gets a copy; ``signed_for`` in whose name (``TM. ỦY BAN NHÂN DÂN``), ``office`` and
    ``signer`` who signs.

    >>> Letterhead(agency="Ủy ban nhân dân xã Kỳ Phú", number="12/BC-UBND", place="Kỳ Phú").number
    '12/BC-UBND'

    Raises:
        PackError: an unknown key, or a day that is none.
    """

    superior: str = ""
    agency: str = ""
    number: str = ""
    place: str = ""
    on: Day | None = None
    to: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    signed_for: str = ""
    office: str = ""
    signer: str = ""
