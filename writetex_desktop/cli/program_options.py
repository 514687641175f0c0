"""The options of commands that look after the program itself."""

from __future__ import annotations

import argparse
from typing import TypeVar

from writetex_desktop.cli.endpoint_options import add_offline
from writetex_desktop.core.language.words import tr

P = TypeVar("P", bound=argparse.ArgumentParser)


def add_doctor(commands: argparse._SubParsersAction[P]) -> None:
    """Add `writetex doctor`."""
    doctor = commands.add_parser(
        "doctor", help=tr("tell what works on this machine, and why the rest does not")
    )
    doctor.add_argument("--json", action="store_true", help=tr("as one JSON object"))
    doctor.add_argument("--connect", action="store_true", help=tr("try the endpoint as well"))


def add_update_providers(commands: argparse._SubParsersAction[P]) -> None:
    """Add `writetex update-providers`."""
    update = commands.add_parser(
        "update-providers", help=tr("take a newer list of providers, models and prices; never done by itself")
    )
    chosen = update.add_mutually_exclusive_group(required=True)
    chosen.add_argument(
        "source", nargs="?", default="", metavar="SOURCE", help=tr("file or https:// address")
    )
    chosen.add_argument("--builtin", action="store_true", help=tr("the list that came with the program"))
    add_offline(update)
