"""One family of errors. Each says what is wrong, where, what was expected, and the nearest valid name."""

from __future__ import annotations

import errno
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from .messages import Lang, say
from .normalization import unaccented


class Place(msgspec.Struct, frozen=True):
    """Where something stands: a file and line, a path inside it, or a cell of a sheet or of a document's table.

    ``keys`` is the path part by part where it is known so: codes and pack ids have dots of their own.
    """

    file: str = ""
    line: int = 0
    path: str = ""
    sheet: str = ""
    cell: str = ""
    keys: tuple[str | int, ...] = ()
    table: int = 0

    def text(self, lang: Lang = "vi") -> str:
        parts = [f"{self.file}:{self.line}" if self.line else self.file]
        if self.sheet:
            parts.append(say("place.sheet", lang, sheet=self.sheet))
        if self.table:
            parts.append(say("place.table", lang, table=self.table))
        if self.cell:
            parts.append(say("place.cell", lang, cell=self.cell))
        if self.path:
            parts.append(self.path)
        return ", ".join(part for part in parts if part)


# Nobody reads more than this of what is wrong at once; the rest is counted.
MOST = 100
# Messages that say where a problem stands and name another one.
_CELLS = {"error.cell": "reason", "error.in_rows": "reason", "error.frame_cell": "problem"}


class Problem:
    """One thing that is wrong: a message of the catalogue with its parameters, and a place.

    >>> Problem("error.empty_file", Place(file="a.yaml", line=3)).text("en")
    'a.yaml:3: the file is empty'
    """

    __slots__ = ("key", "params", "place")

    def __init__(self, key: str, place: Place | None = None, /, **params: object) -> None:
        self.key = key
        self.place = place or Place()
        self.params: dict[str, Any] = params

    def text(self, lang: Lang = "vi") -> str:
        message = say(self.key, lang, **self.params)
        where = self.place.text(lang)
        return f"{where}: {message}" if where else message

    @property
    def code(self) -> str:
        """What is wrong, by one code at every door: of a cell that is refused, what is wrong with what it says.

        >>> Problem("error.cell", column="x", content="y", reason=Problem("error.not_a_number", text="y")).code
        'error.not_a_number'
        """
        inner = self.params.get(_CELLS[self.key]) if self.key in _CELLS else None
        return inner.code if isinstance(inner, Problem) else self.key

    def at(self, place: Place) -> Problem:
        return Problem(self.key, place, **self.params)

    def seen_from(self, path: Path, root: Path = Path()) -> Problem:
        """The problem with its file as somebody named it: ``path`` is that file, or the folder it lies in.

        A relative ``path`` starts at ``root``, which is not told.

        >>> Problem("error.empty_file", Place(file="a.yaml", line=3)).seen_from(Path("xa/a.yaml")).text("en")
        'xa/a.yaml:3: the file is empty'
        """
        if not (file := self.place.file):
            return self
        named = path if file == path.name else path / file if (root / path).is_dir() else None
        return self if named is None else self.at(msgspec.structs.replace(self.place, file=named.as_posix()))

    def to_dict(self, lang: Lang = "vi") -> dict[str, object]:
        """Plain data: the code, where, and the sentence."""
        place = self.place
        loc = place.keys or ((place.path,) if place.path else ())
        where = {name: given for name in ("file", "line", "sheet", "table", "cell") if (given := getattr(place, name))}
        return {"type": self.code, "loc": loc, "msg": say(self.key, lang, **self.params), **where}


class NtmError(Exception):
    """Base of every error this library raises on purpose.

    ``problems`` lists what was found wrong, the first ``most`` and how many more there are; ``text(lang)`` says it in
    Vietnamese or English. ``str(error)`` is English, for tracebacks.
    """

    # So many are told.
    most: ClassVar[int] = MOST

    # The problems are ``args`` and nothing else: an error then copies and pickles, and a web framework that writes
    # out what pydantic holds of it finds nothing it cannot write.
    def __init__(self, *problems: Problem) -> None:
        super().__init__(*_first(problems, self.most))

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.args

    def text(self, lang: Lang = "vi") -> str:
        return "\n".join(problem.text(lang) for problem in self.problems)

    def __str__(self) -> str:
        return self.text("en")

    def errors(self, lang: Lang = "vi") -> list[dict[str, object]]:
        """The problems as plain data with the names pydantic uses: ``type`` (the code), ``loc`` and ``msg``.

        >>> PackError(Problem("error.empty_file", Place(file="a.yaml", line=3))).errors("en")
        [{'type': 'error.empty_file', 'loc': (), 'msg': 'the file is empty', 'file': 'a.yaml', 'line': 3}]
        """
        return [problem.to_dict(lang) for problem in self.problems]


def _first(problems: tuple[Problem, ...], most: int) -> tuple[Problem, ...]:
    """The first of very many, and how many more there are, those included that were only counted before."""
    if len(problems) <= most + 1:
        return problems
    rest = sum(one.params["count"] if one.key == "error.and_more" else 1 for one in problems[most:])
    return (*problems[:most], Problem("error.and_more", count=rest))


@contextmanager
def seen_from(path: Path, root: Path = Path()) -> Iterator[None]:
    """Where a file is refused inside, it is named as ``path`` names it: two files may have the same name.

    A relative ``path`` starts at ``root``, which is not told.
    """
    try:
        yield
    except NtmError as error:
        raise type(error)(*(problem.seen_from(path, root) for problem in error.problems)) from None


class PackError(NtmError, ValueError):
    """A pack file, overlay or measure dictionary that cannot be accepted."""


class CatalogueError(NtmError):
    """A pack, edition or bundle that cannot be found or told apart."""


class QuantityError(NtmError, ValueError):
    """A number or unit that cannot be understood, or whose dimension is wrong."""


class SnapshotError(NtmError, ValueError):
    """A snapshot, form or table that cannot be understood; its cells are put right one by one."""

    most = 1_000


class MisuseError(NtmError, TypeError):
    """A value used as something it is not: a verdict as yes or no, a frozen mapping as one to write into."""


class EvaluationError(NtmError):
    """A pack and a snapshot that do not go together."""


class AssessmentError(NtmError, ValueError):
    """A text that should be an assessment kept as JSON, and is not."""


class LiveError(NtmError, ValueError):
    """A live session that cannot take an input or cannot go on, or a journal that cannot be read."""


class MissingExtraError(NtmError, ImportError):
    """A library this part needs is not installed; the text says how to install it."""


_REASONS: dict[int, str] = {
    errno.ENOENT: "reason.no_such_file",
    errno.EISDIR: "reason.is_a_folder",
    errno.ENOTDIR: "reason.no_folder",
    errno.EACCES: "reason.no_permission",
    errno.EPERM: "reason.no_permission",
    errno.EBUSY: "reason.no_permission",
    errno.EROFS: "reason.read_only",
    errno.ENOSPC: "reason.disk_full",
    errno.ENAMETOOLONG: "reason.name_too_long",
    errno.EINVAL: "reason.name_refused",
    errno.EEXIST: "reason.exists",
}


def reason_of(error: OSError) -> Problem:
    """Why the system refused a file, in words."""
    number = error.errno or 0
    key = _REASONS.get(number)
    return Problem(key) if key else Problem("reason.system", code=errno.errorcode.get(number, str(number)))


# Words that turn a meaning round: as they are written, and as they are typed without marks.
_NEGATIONS = ("không", "chưa", "no", "not", "non", "without")
# English words that are Vietnamese ones as well: mầm non.
_SYLLABLES = ("no", "non")
_SIDES = ("bắc", "nam", "tây", "north", "south", "east", "west")
_TURNING = {word: "không" if word in _NEGATIONS else word for word in (*_NEGATIONS, *_SIDES)}

_TYPED = {unaccented(word): said for word, said in _TURNING.items()}


def turning(text: str) -> Counter[str]:
    """The words of a text that turn its meaning round, all negations as one.

    A text without any marks is taken to be typed without them; in another "năm" and "non" are no "nam" and no English.

    >>> turning("Tỷ lệ hộ chưa có nhà ở"), turning("ti le ho khong co nha o"), turning("mầm non năm 2024")
    (Counter({'không': 1}), Counter({'không': 1}), Counter())
    """
    written = unicodedata.normalize("NFC", text.casefold())
    typed = unaccented(written) == written
    words = [word for word in re.split(r"[\W_]+", written) if typed or word not in _SYLLABLES]
    known = _TYPED if typed else _TURNING
    return Counter(known[word] for word in words if word in known)


# The same names are looked through for each that is unknown: of a decision's table, hundreds.
_turning_of_known = lru_cache(maxsize=2048)(turning)


def nearest(name: str, known: Iterable[str], lang_key: str = "hint.nearest") -> Hint:
    """The closest valid names, as a hint that renders in either language.

    None of them says the contrary: where one has a word such as "không", "not" or "bắc", the other has it as well.

    >>> nearest("Nam Trung Bộ", ["Bắc Trung Bộ", "Duyên hải Nam Trung Bộ"]).close
    ('Duyên hải Nam Trung Bộ',)
    """
    turned = turning(str(name))
    pool: Sequence[str] = sorted(set(known))
    likely = [one for one in pool if _turning_of_known(one) == turned]
    # Loaded with the first hint: nothing that is right needs it.
    import difflib

    close = tuple(difflib.get_close_matches(str(name), likely, n=3, cutoff=0.5))
    return Hint(lang_key, close, pool if len(pool) <= 12 else ())


def no_such_word(name: str, given: str, words: Iterable[str]) -> Problem:
    """What is wrong where an option is none of some words."""
    known = tuple(words)
    return Problem("error.word_of", Place(path=name), given=given, names=", ".join(known), near=nearest(given, known))


def must_be(name: str, given: str, words: Iterable[str]) -> None:
    """Refuse an option that is none of some words.

    Raises:
        EvaluationError: with the nearest of them.
    """
    known = tuple(words)
    if given not in known:
        raise EvaluationError(no_such_word(name, str(given), known))


class Hint(msgspec.Struct, frozen=True):
    """A trailing "did you mean" that is empty when there is nothing to suggest."""

    key: str
    close: tuple[str, ...]
    all: Sequence[str]

    def text(self, lang: Lang) -> str:
        if self.close:
            between = "; " if any("," in one for one in self.close) else ", "
            return say(self.key, lang, names=between.join(self.close))
        if self.all:
            return say("hint.all", lang, names=", ".join(self.all))
        return ""
