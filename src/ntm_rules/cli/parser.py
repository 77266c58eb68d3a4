"""Commands and what is said of a call that cannot be understood, in the language asked for."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from ..errors import nearest
from ..messages import LANGS, Lang, say

# What argparse says, in English only and without a code, and the sentence of ours that says the same.
_SAID: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (?P<names>.+)", "cli.required"),
    (r"one of the arguments (?P<names>.+) is required", "cli.one_required"),
    (r"unrecognized arguments: (?P<names>.+)", "cli.unrecognized"),
    (r"ambiguous option: (?P<given>.+) could match (?P<names>.+)", "cli.ambiguous"),
    (r"argument (?P<name>.+?): invalid choice: (?P<given>.+?) \(choose from (?P<names>.*)\)", "cli.no_choice"),
    (r"argument (?P<name>.+?): invalid .+? value: (?P<given>.+)", "cli.bad_value"),
    (r"argument (?P<name>.+?): not allowed with argument (?P<names>.+)", "cli.not_together"),
    (r"argument (?P<name>.+?): ignored explicit argument (?P<given>.+)", "cli.takes_no_value"),
    (r"argument (?P<name>.+?): expected .+", "cli.value_missing"),
)


class Commands:
    """Where a file of commands registers them: ``add`` for one, ``group`` for those that share a first word."""

    def __init__(self, parser: _Parser, name: str) -> None:
        self.parser = parser
        self.lang = parser.lang
        self._name = name
        self._groups: dict[str, Commands] = {}
        self._inside = parser.add_subparsers(
            title=self.say("cli.commands"), required=True, metavar=self.say("cli.command"), parser_class=_Parser
        )

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Commands:
        """An empty command line in the language that the arguments ask for."""
        lang = _language(arguments)
        parser = _Parser(
            prog="ntm-rules", lang=lang, description=say("cli.about", lang), epilog=say("cli.exit_codes", lang)
        )
        parser.add_argument("--lang", choices=LANGS, default=lang, help=say("cli.lang", lang))
        parser.add_argument("--version", action=_Version, nargs=0, help=say("cli.version", lang))
        return cls(parser, "cli")

    def say(self, key: str, **params: Any) -> str:
        """A sentence in the language asked for."""
        return say(key, self.lang, **params)

    def group(self, name: str) -> Commands:
        """The commands whose first word is ``name``; their help stands under ``cli.<name>``."""
        if name not in self._groups:
            about = self.say(f"{self._name}.{name}")
            inside = self._inside.add_parser(name, lang=self.lang, help=about, description=about)
            self._groups[name] = Commands(inside, f"{self._name}.{name}")
        return self._groups[name]

    def add(self, name: str, run: Callable[[argparse.Namespace], int], example: str) -> argparse.ArgumentParser:
        """One command; its help stands under ``cli.<name>``, or ``cli.<group>.<name>`` in a group."""
        about = self.say(f"{self._name}.{name}")
        made = self._inside.add_parser(
            name, lang=self.lang, help=about, description=about, epilog=self.say("cli.example", example=example)
        )
        made.add_argument("--lang", choices=LANGS, default=argparse.SUPPRESS, help=self.say("cli.lang"))
        made.set_defaults(run=run)
        return made


def _language(arguments: Sequence[str]) -> Lang:
    """The language asked for, known before anything else of the call is understood."""
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    first.add_argument("--lang", nargs="?")
    try:
        given = first.parse_known_args(list(arguments))[0].lang
    except argparse.ArgumentError:
        given = None
    return "en" if given == "en" else "vi"


class _Formatter(argparse.RawDescriptionHelpFormatter):
    usage = ""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self.usage if prefix is None else prefix)


class _Vietnamese(_Formatter):
    usage = say("cli.usage", "vi") + " "


class _English(_Formatter):
    usage = say("cli.usage", "en") + " "


class _Parser(argparse.ArgumentParser):
    def __init__(self, *, lang: Lang, **settings: Any) -> None:
        formatter = _Vietnamese if lang == "vi" else _English
        super().__init__(**settings, add_help=False, formatter_class=formatter)
        self.lang = lang
        self._positionals.title, self._optionals.title = say("cli.positionals", lang), say("cli.options", lang)
        self.add_argument("-h", "--help", action="help", help=say("cli.help", lang))

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {say('cli.error', self.lang, said=_said(message, self.lang))}\n")


def _said(message: str, lang: Lang) -> str:
    for pattern, key in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            parts = {name: text.replace("'", "") for name, text in found.groupdict().items()}
            near = nearest(parts["given"], parts["names"].split(", ")) if key == "cli.no_choice" else ""
            return say(key, lang, **parts, near=near)
    return say("cli.not_understood", lang)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from importlib.metadata import version

        print(f"ntm-rules {version('ntm-rules')}")
        parser.exit()
