"""``open``: the page for those without a terminal."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..messages import say
from .codes import MET_ALL
from .parser import Commands


def register(commands: Commands) -> None:
    told = commands.say
    page = commands.add("open", _open, "ntm-rules open")
    page.add_argument("--port", type=int, default=0, help=told("cli.open_port"))
    page.add_argument("--no-browser", action="store_true", help=told("cli.open_no_browser"))
    page.add_argument("--shortcut", action="store_true", help=told("cli.open_shortcut"))


def _open(options: argparse.Namespace) -> int:
    from ..screen import open_page, shortcut

    if options.shortcut:
        from platformdirs import user_desktop_path

        desktop = user_desktop_path()  # “Màn hình nền” on a Vietnamese Linux, inside OneDrive on many a Windows
        there = desktop.is_dir()
        made = shortcut(desktop if there else Path.cwd(), options.lang, options.port)
        print(say("screen.shortcut" if there else "screen.shortcut_no_desktop", options.lang, path=made))
        return MET_ALL
    open_page(port=options.port, lang=options.lang, browser=not options.no_browser)
    return MET_ALL
