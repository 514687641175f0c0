"""The options of `writetex serve` and `writetex mcp`."""

from __future__ import annotations

import argparse
from typing import TypeVar

from writetex_desktop.cli.endpoint_options import add_endpoint_options, add_offline
from writetex_desktop.core.language.words import tr

P = TypeVar("P", bound=argparse.ArgumentParser)


def add_serve_options(commands: argparse._SubParsersAction[P]) -> None:
    """Add `writetex serve` and `writetex mcp`."""
    serve = commands.add_parser("serve", help=tr("let other programs on this computer ask, by HTTP"))
    serve.add_argument("--port", type=_port, metavar="N", help=tr("where, or the next that is free (50906)"))
    managing = serve.add_mutually_exclusive_group()
    managing.add_argument(
        "--new-token", metavar="NAME", help=tr("make a token for a program, print it and end")
    )
    managing.add_argument("--revoke", metavar="NAME", help=tr("let a program in no longer, and end"))
    managing.add_argument(
        "--tokens", action="store_true", help=tr("list the programs that have one, and end")
    )
    serve.add_argument(
        "--history",
        action="store_true",
        help=tr("let the program with the new token, or with the token of this run, search the history"),
    )
    serve.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help=tr(
            "let web pages from there ask with it, such as https://example.org; can be given several times"
        ),
    )
    add_endpoint_options(serve)
    add_offline(serve)
    assist = commands.add_parser("mcp", help=tr("serve an assistant over standard input and output (MCP)"))
    add_endpoint_options(assist)
    add_offline(assist)


def _port(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) <= 65_535):  # noqa: PLR2004 - the last port there is
        raise argparse.ArgumentTypeError(tr("a port is a number from 1 to 65535"))
    return int(text)
