"""The options that say which endpoint is asked in this run, and how."""

import argparse
from typing import TYPE_CHECKING

from writetex_desktop.core.language.words import tr

if TYPE_CHECKING:
    from writetex_desktop.composition.endpoint_choice import EndpointChoice

_LONGEST_WAIT_S = 3600


def add_endpoint_options(parser: argparse.ArgumentParser) -> None:
    """Add them to the parser of a command."""
    group = parser.add_argument_group(tr("the endpoint of this run (nothing of it is saved)"))
    group.add_argument("--base-url", metavar="U", help=tr("in place of the settings and WRITETEX_BASE_URL"))
    group.add_argument("--model", metavar="M", help=tr("in place of the settings and WRITETEX_MODEL"))
    group.add_argument("--profile", default="", metavar="NAME", help=tr("ask this saved endpoint"))
    group.add_argument(
        "--header",
        action="append",
        default=[],
        metavar="'NAME: VALUE'",
        help=tr("send this along as well; can be given several times"),
    )
    group.add_argument(
        "--proxy", metavar="U", help=tr("http://, https:// or socks5:// address, or direct for none")
    )
    group.add_argument("--ca-file", metavar="FILE", help=tr("trust the certificates (PEM) in this file, too"))
    group.add_argument(
        "--max-tokens", type=_tokens, default=0, metavar="N", help=tr("the longest answer, in tokens")
    )
    group.add_argument(
        "--timeout",
        type=_wait,
        default=0.0,
        metavar="S",
        help=tr("the longest wait for one answer, in seconds"),
    )


def add_offline(parser: argparse.ArgumentParser) -> None:
    """Add the option that keeps a run off the network."""
    parser.add_argument(
        "--offline", action="store_true", help=tr("open no connection in this run, whatever the settings say")
    )


def endpoint_of(options: argparse.Namespace) -> "EndpointChoice":
    """Give what the words of a command say of the endpoint."""
    from writetex_desktop.composition.endpoint_choice import EndpointChoice

    return EndpointChoice(
        base_url=options.base_url,
        model=options.model,
        profile=options.profile,
        headers=tuple(options.header),
        proxy=options.proxy,
        ca_file=options.ca_file,
        max_tokens=options.max_tokens,
        timeout_s=options.timeout,
    )


def _tokens(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(tr("give a whole number, 1 or more"))
    return int(text)


def _wait(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_WAIT_S:
        raise argparse.ArgumentTypeError(
            tr("a wait is a number of seconds, up to {longest_wait_s}", longest_wait_s=_LONGEST_WAIT_S)
        )
    return seconds
