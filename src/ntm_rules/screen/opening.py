"""The page opened: a server on the loopback and the browser on it; a file to double-click that does so."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
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
        server = uvicorn.Server(uvicorn.Config(app(), log_level="warning", access_log=False, server_header=False))
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
    name, file = say("screen.title", lang), say("screen.file_to_open", lang)
    command = f'"{sys.executable}" -m ntm_rules.cli open --lang {lang}' + (f" --port {port}" if port else "")
    if sys.platform == "win32":
        path, text = folder / f"{file}.bat", f"@echo off\r\nchcp 65001 >nul\r\n{command}\r\n"
    else:
        path = folder / f"{file}.desktop"
        text = f"[Desktop Entry]\nType=Application\nTerminal=true\nName={name}\nExec={command}\n"
    with whole(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="")
        draft.chmod(0o755)
    return path
