"""The page opened: a server on the loopback and the browser on it; a file to double-click that does so."""

from __future__ import annotations

import re
import socket
import sys
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from ..messages import Lang, say
from ..written import whole
from .app import app

HOST = "127.0.0.1"


def open_page(*, port: int = 0, lang: Lang = "vi", browser: bool = True) -> None:
    """Serve the page on the loopback until interrupted, and show it; ``port`` 0 takes one that is free.

    Raises:
        OSError: the port is taken.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as waiting:
        waiting.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        waiting.bind((HOST, port))
        address = f"http://{HOST}:{waiting.getsockname()[1]}/" + ("?lang=en" if lang == "en" else "")
        print(say("screen.opened", lang, address=address), flush=True)
        server = uvicorn.Server(
            uvicorn.Config(app(), log_level="warning", access_log=False, http="h11", server_header=False)
        )
        if browser:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        server.run(sockets=[waiting])


def shortcut(folder: Path, lang: Lang = "vi", port: int = 0) -> Path:
    """Write a file to double-click that opens the page: ``.bat`` on Windows, ``.desktop`` elsewhere;
    at a ``port``, where one is given.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     shortcut(Path(folder)).suffix in (".bat", ".desktop")
    True
    """
    file = say("screen.file_to_open", lang)
    arguments = ["-m", "ntm_rules.cli", "open", "--lang", lang] + (["--port", str(port)] if port else [])
    if sys.platform == "win32":
        path, text = folder / f"{file}.bat", _batch(sys.executable, arguments)
    else:
        path, text = folder / f"{file}.desktop", _entry(sys.executable, arguments, say("screen.title", lang))
    with whole(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="")
        draft.chmod(0o755)
    return path


# Python is not to take its modules from the folder that the file lies in, among downloads perhaps.
_SAFE = "PYTHONSAFEPATH=1"


def _batch(program: str, arguments: Sequence[str]) -> str:
    """What cmd runs: its line ends, the code page before the first diacritic, an error that stays to be read."""
    command = f'"{program}" {" ".join(arguments)}'.replace("%", "%%")
    lines = ("@echo off", "chcp 65001 >nul", f'set "{_SAFE}"', command, "if errorlevel 1 pause")
    return "".join(f"{line}\r\n" for line in lines)


def _entry(program: str, arguments: Sequence[str], name: str) -> str:
    """A desktop entry: the program quoted, what its keys give a meaning escaped, and all of it escaped once more."""
    quoted = re.sub(r'(["`$\\])', r"\\\1", program).replace("%", "%%")
    command = f'env {_SAFE} "{quoted}" {" ".join(arguments)}'.replace("\\", "\\\\")
    lines = ("[Desktop Entry]", "Version=1.0", "Type=Application", "Terminal=true", f"Name={name}", f"Exec={command}")
    return "".join(f"{line}\n" for line in lines)
