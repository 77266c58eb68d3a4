"""Whether the facts of an answer that was kept still give it."""

from __future__ import annotations

import msgspec

from ..assessment.model import Assessment
from ..errors import EvaluationError, Place, Problem
from ..messages import Lang, say
from ..pack.catalogue import Catalogue, installed
from ..pack.model import Pack
from ..snapshot.model import Snapshot
from .evaluate import evaluate
from .made_by import library


class Reproduction(msgspec.Struct, frozen=True):
    """An answer judged again: ``again`` beside what was ``kept``.

    ``same`` says that every verdict and figure is what it was. ``texts`` are the files of the law that are not what
    they were, are new or are gone; ``library`` the version then and now. Where texts or library differ, so may the
    answer; where neither does and it is not the same, the facts are others than those it was made from.
    """

    kept: Assessment
    again: Assessment
    same: bool
    codes: tuple[str, ...]
    texts: tuple[str, ...]
    library: tuple[str, str]

    def text(self, lang: Lang = "vi") -> str:
        """What came of it, in a sentence or two."""
        then, now = self.library
        parts = [say("reproduce.same" if self.same else "reproduce.other", lang, codes=", ".join(self.codes) or "–")]
        if self.texts:
            parts.append(say("reproduce.texts", lang, files=", ".join(self.texts)))
        if then != now:
            parts.append(say("reproduce.library", lang, then=then or "–", now=now))
        return " ".join(parts)


def reproduce(
    kept: Assessment, snapshot: Snapshot, *, pack: Pack | str | None = None, catalogue: Catalogue | None = None
) -> Reproduction:
    """Judge the facts of a kept answer again, and say what is not what it was.

    The pack is the edition the answer names, unless another is given (one that is not installed).

    >>> import ntm_rules as ntm
    >>> facts = ntm.Snapshot(unit={"id": "x", "level": "commune", "region": "btb"}, as_of="2023-08-17")
    >>> kept = ntm.Assessment.from_json(ntm.evaluate("vn/commune", facts).to_json())
    >>> print(ntm.reproduce(kept, facts).text("en"))
    Judged again, everything is the same.

    Raises:
        EvaluationError: the facts are of another unit or day than the answer.
        CatalogueError: its pack is not installed any more.
    """
    if (kept.unit.id, kept.as_of) != (snapshot.unit.id, snapshot.as_of):
        one, other = f"{kept.unit.id}, {kept.as_of}", f"{snapshot.unit.id}, {snapshot.as_of}"
        raise EvaluationError(Problem("error.reproduce_facts", Place(path="snapshot"), one=one, other=other))
    judged = pack if pack is not None else kept.pack
    shelf = catalogue or installed()
    again = evaluate(judged, snapshot, trust=kept.trust, unknown_measures="ignore", catalogue=shelf)
    texts = set(kept.made_by.texts) ^ set(again.made_by.texts) if kept.made_by and again.made_by else set()
    return Reproduction(
        kept=kept,
        again=again,
        same=_said(kept.to_dict()) == _said(again.to_dict()),
        codes=tuple(code for code in dict.fromkeys((*kept, *again)) if _part(kept, code) != _part(again, code)),
        texts=tuple(sorted({text.file for text in texts})),
        library=(kept.made_by.library if kept.made_by else "", library()),
    )


def _part(assessment: Assessment, code: str) -> object:
    return _said(msgspec.to_builtins(assessment[code])) if code in assessment else None


def _said(value: object) -> object:
    """An answer without what made it, however deep."""
    if isinstance(value, dict):
        return {key: _said(inner) for key, inner in value.items() if key != "made_by"}
    return [_said(inner) for inner in value] if isinstance(value, list) else value
