"""A decision on the desk: held against the set figure by figure, and what is to be done about it next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import SnapshotError
from ..messages import Lang, say
from .desk import OnDesk, as_here, of_another_kind, pack_on

if TYPE_CHECKING:
    from ..document.reading import Reading

DECISIONS = (".docx", ".pdf", ".html", ".htm")


def reviewed(desk: OnDesk, folder: Path) -> dict[str, Any]:
    """The page of the review, what was found, and what comes next."""
    from ..document.review import write_review

    reading = _held(desk, folder)
    out = folder / "review-of-decision.html"
    write_review(reading, out, lang=desk.lang)
    doubts = [as_here(doubt).text(desk.lang) for doubt in reading.doubts]
    return {
        "page": out.read_text(encoding="utf-8"),
        "summary": reading.summary(desk.lang),
        "doubts": doubts,
        "next": _next(reading, desk.lang),
    }


def worksheet(desk: OnDesk, folder: Path) -> bytes:
    """The worksheet with what the decision says beside each figure, to be confirmed by whoever has it on the desk."""
    from ..pack.worksheet import write_worksheet

    reading = _held(desk, folder)
    out = folder / "worksheet.xlsx"
    write_worksheet(reading.pack, out, lang=desk.lang, filling=reading.filling(desk.lang))
    return out.read_bytes()


def _held(desk: OnDesk, folder: Path) -> Reading:
    from ..document import match, read_document

    path = desk.written(folder)
    if path.suffix.casefold() not in DECISIONS:
        raise SnapshotError(of_another_kind(path, DECISIONS))
    return match(read_document(path), pack_on(desk))


def _next(reading: Reading, lang: Lang) -> list[str]:
    """What to do: settle whether it is the right decision, look at what differs, confirm."""
    from ..document import State

    counts = reading.counts()
    to_see = sum(counts[state] for state in State if state not in (State.AGREES, State.NOT_IN_DOCUMENT))
    lines = [say("screen.next_another", lang)] if reading.another else []
    found = "screen.next_agrees" if counts[State.AGREES] else "screen.next_none"
    lines.append(say("screen.next_see" if to_see else found, lang, count=to_see))
    lines.append(say("screen.next_confirm", lang))
    return lines
