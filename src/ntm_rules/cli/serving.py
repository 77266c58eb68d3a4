"""``serve``: the service on this machine."""

from __future__ import annotations

import argparse

from .codes import MET_ALL
from .parser import Commands


def register(commands: Commands) -> None:
    say = commands.say
    serve = commands.add("serve", _serve, "ntm-rules serve --port 8017")
    serve.add_argument("--host", default="127.0.0.1", metavar=say("cli.name.host"), help=say("cli.host"))
    serve.add_argument("--port", type=int, default=8017, metavar=say("cli.name.port"), help=say("cli.port"))


def _serve(options: argparse.Namespace) -> int:
    from ..messages import say
    from ..service import serve

    print(say("serve.at", options.lang, url=f"http://{options.host}:{options.port}"), flush=True)
    serve(options.host, options.port)
    return MET_ALL
