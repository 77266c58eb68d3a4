"""An explanation as plain text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from html import escape

from ..messages import Lang, say
from ..verdict import Verdict
from .briefing import rests_on
from .explain import Document, Line, Section, document, result_line
from .fixed import Fixed
from .model import Assessment
from .tree import Cause, TreeAssessment
from .unused import told_together

_MARKS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?", Verdict.NOT_APPLICABLE: "–"}


def to_text(assessment: Assessment, lang: Lang = "vi") -> str:
    """Plain text, indented, for a terminal or a letter."""
    told, kept = document(assessment, lang), assessment.writer.fixed if assessment.writer else Fixed()
    lines = [told.title, *told.lead]
    for section in told.sections:
        if section.appendix:
            lines += [
                "",
                say("explain.appendix", lang, title=section.title, count=len(section.lines), pack=assessment.pack),
            ]
        else:
            lines += ["", section.title.upper()]
            for line in section.lines:
                if line.verdict is None and not line.details:
                    # A heading, as of a department: what lies beneath it is what was told before.
                    lines.append(f"  {line.text}")
                    lines += [kept.again(one, 2, partial(_block, one, 2)) for one in line.inside]
                else:
                    lines.append(kept.again(line, 1, partial(_block, line, 1)))
    return "\n".join(lines) + "\n"


def _block(line: Line, depth: int) -> str:
    told: list[str] = []
    _add(told, (line,), depth)
    return "\n".join(told)


def _add(told: list[str], lines: Iterable[Line], depth: int) -> None:
    """Add the lines and what lies beneath them, each level indented further."""
    indent = "  " * depth
    below = f"{indent}    "
    for text, verdict, details, inside in lines:
        told.append(f"{indent}{text}" if verdict is None else f"{indent}{_MARKS[verdict]} {text}")
        for detail in details:
            told.append(below + detail)
        if inside:
            _add(told, inside, depth + 1)


def to_markdown(assessment: Assessment, lang: Lang = "vi") -> str:
    """Markdown; what came from data is escaped so that it stays text."""
    told = document(assessment, lang)
    parts = [f"# {_plain(told.title)}", "", *(f"{_plain(sentence)}  " for sentence in told.lead)]
    for section in told.sections:
        parts += ["", f"## {_plain(section.title)}", "", *_markdown_lines(section.lines, 0)]
    return "\n".join(parts) + "\n"


def _markdown_lines(lines: Iterable[Line], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for line in lines:
        mark = f"{_MARKS[line.verdict]} " if line.verdict is not None else ""
        yield f"{indent}- {mark}**{_plain(line.text)}**"
        yield from (f"{indent}  - {_plain(detail)}" for detail in line.details)
        yield from _markdown_lines(line.inside, depth + 1)


def _plain(text: str) -> str:
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def to_html(assessment: Assessment, lang: Lang = "vi") -> str:
    """An HTML fragment without scripts or styles of its own; everything from data is escaped."""
    return _html(document(assessment, lang), lang)


def _html(told: Document, lang: Lang) -> str:
    parts = [f'<article class="ntm ntm-{told.verdict.lower()}" lang="{lang}">', f"<h2>{escape(told.title)}</h2>"]
    parts += [f"<p>{escape(sentence)}</p>" for sentence in told.lead]
    parts += [_html_section(section) for section in told.sections]
    return "\n".join((*parts, "</article>"))


def _html_section(section: Section) -> str:
    body = _html_lines(section.lines)
    if section.folded:
        return f"<details><summary>{escape(section.title)}</summary>{body}</details>"
    return f"<section><h3>{escape(section.title)}</h3>{body}</section>"


def _html_lines(lines: Iterable[Line]) -> str:
    items = []
    for line in lines:
        mark = f"{_MARKS[line.verdict]} " if line.verdict is not None else ""
        kind = f' class="ntm-{line.verdict.lower()}"' if line.verdict is not None else ""
        details = "".join(f"<br><small>{escape(detail)}</small>" for detail in line.details)
        inside = _html_lines(line.inside) if line.inside else ""
        items.append(f"<li{kind}>{mark}{escape(line.text)}{details}{inside}</li>")
    return f"<ul>{''.join(items)}</ul>"


def causes_to_text(cause: Cause, lang: Lang = "vi") -> str:
    """A chain of causes, each step indented under the one it explains."""
    told: list[str] = []
    _add(told, [_cause_line(cause, lang)], 0)
    return "\n".join((*told, ""))


def _cause_line(cause: Cause, lang: Lang) -> Line:
    title = say(
        "explain.cause", lang, unit=cause.unit.label, verdict=say(f"verdict.{cause.verdict}", lang), title=cause.title
    )
    return Line(title, cause.verdict, (), tuple(_cause_results(cause, lang)))


def _cause_results(cause: Cause, lang: Lang) -> Iterator[Line]:
    for result, below in cause.results:
        line = result_line(result, lang)
        # The causes below tell the same story with the units named, so the nested lines give way to them.
        yield line._replace(inside=tuple(_cause_line(one, lang) for one in below)) if below else line


def tree_rows(tree: TreeAssessment) -> list[tuple[str, int, int, int, int]]:
    """Title, units met, not met, open and exempt for each pack applied.

    Under the units at the top the counts reported for them are taken into account; a unit at the top counts itself.
    """
    tops = [standing for standing in tree.units if not standing.parent]
    rows = []
    for title in dict.fromkeys(tree.titles.values()):
        counts = [count for top in tops for count in top.counts if count.title == title]
        own = [top.verdict(title) for top in tops if title in top.assessments]
        total = sum(count.total for count in counts) + len(own)
        met = sum(count.met for count in counts) + own.count(Verdict.MET)
        unknown = sum(count.unknown for count in counts) + own.count(Verdict.UNKNOWN)
        exempt = sum(len(count.exempt) for count in counts)
        if total or exempt:
            rows.append((title, met, total - met - unknown, unknown, exempt))
    return rows


def _remarks(tree: TreeAssessment, title: str, lang: Lang) -> Iterator[str]:
    """What the counts of a title rest on and what contradicts them, level by level."""
    for top in tree.units:
        for count in top.counts if not top.parent else ():
            doubtful = count.contradictions or count.doubted_names
            if count.title == title and (count.reported or count.reported_not_met or doubtful):
                yield from (f"{count.level.text(lang)}: {line}" for line in rests_on(count, lang))


def tree_to_text(tree: TreeAssessment, lang: Lang = "vi") -> str:
    """How many units meet each pack."""
    lines = [say("explain.tree", lang, count=len(tree.units), on=tree.as_of)]
    for title, met, not_met, unknown, exempt in tree_rows(tree):
        numbers = {"met": met, "total": met + not_met + unknown, "not_met": not_met, "unknown": unknown}
        row = say("explain.tree_row", lang, title=tree.name(title, lang), exempt=exempt, **numbers)
        lines.append(f"  {row}")
        lines += [f"    {remark}" for remark in _remarks(tree, title, lang)]
    lines += [f"  {say('brief.unused', lang)}: {told}" for told in told_together(tree.unused, lang)]
    return "\n".join(lines) + "\n"


def tree_to_html(tree: TreeAssessment, lang: Lang = "vi") -> str:
    """The same as a table."""
    names = ("pack", "met", "not_met", "unknown", "exempt")
    heads = "".join(f"<th>{escape(say(f'explain.head.{name}', lang))}</th>" for name in names)
    rows = []
    for title, *numbers in tree_rows(tree):
        remarks = "".join(f"<br><small>{escape(remark)}</small>" for remark in _remarks(tree, title, lang))
        cells = "".join(f"<td>{number}</td>" for number in numbers)
        rows.append(f"<tr><th>{escape(tree.name(title, lang))}{remarks}</th>{cells}</tr>")
    caption = escape(say("explain.tree", lang, count=len(tree.units), on=tree.as_of))
    table = f"<caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<table class="ntm">{table}</table>'
