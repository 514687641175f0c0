r"""The same requests as command lines, for those who want to see them work outside the program.

The quoting of each shell:

* bash and other POSIX shells take everything between single quotes as it stands; a single quote is written
  `'\''` (https://www.gnu.org/software/bash/manual/html_node/Single-Quotes.html).
* PowerShell takes everything between single quotes as it stands; a single quote is doubled. Until 7.3, double
  quotes inside an argument are lost on the way to a program
  (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing), so the body
  goes through standard input.
* cmd hands on the line, and curl's argument parser reads `\"` as a quote
  (https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments). cmd itself does not know that
  and takes every second piece for unquoted, so the signs that it acts on are escaped as JSON escapes them. A
  line of cmd holds at most
  8191 characters (https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/command-line-string-limitation).
"""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import assert_never

from writetex_desktop.core.endpoints.endpoint import Endpoint, request_url
from writetex_desktop.core.endpoints.network import is_telling
from writetex_desktop.core.endpoints.prompt import plan_for
from writetex_desktop.core.endpoints.wire.request import chat_request
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE, WireRules
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Mode

KEY_PLACEHOLDER = "YOUR_API_KEY"
"""What stands in place of the key, which is never written out."""

_CMD_ACTS_ON = re.compile(r"[&|<>^%!]")


class Shell(StrEnum):
    """Where a command line is pasted."""

    BASH = "bash"
    POWERSHELL = "powershell"
    CMD = "cmd"


def text_ping(model: str, greeting: str, rules: WireRules = ORDINARY_WIRE) -> dict[str, object]:
    """Make the smallest request: a greeting, as a list of parts.

    Args:
        model: Model ID.
        greeting: What is said to the model.
        rules: What is known of the server and the model.
    """
    content = [{"type": "text", "text": greeting}]
    body: dict[str, object] = {"model": model, "messages": [{"role": "user", "content": content}]}
    return {**body, "stream": True} if rules.model.stream_only else body


def picture_call(model: str, picture: EncodedImage, rules: WireRules = ORDINARY_WIRE) -> dict[str, object]:
    """Make the request that the program sends for a picture, but with the answer in one piece.

    Args:
        model: Model ID.
        picture: The picture.
        rules: What is known of the server and the model; one that only streams is asked for a stream.
    """
    body = chat_request(model, plan_for(model, Mode.FORMULA), picture, rules)
    left_out = {"stream_options"} if rules.model.stream_only else {"stream", "stream_options"}
    return {name: value for name, value in body.items() if name not in left_out}


def as_curl(endpoint: Endpoint, body: Mapping[str, object], shell: Shell) -> str:
    """Write a request as a command line for curl.

    Args:
        endpoint: Where it goes; in place of the key stands `KEY_PLACEHOLDER`, and no key where none is asked.
            In place of a header's value that is kept like a key stands a name for it.
        body: The request.
        shell: The shell that reads the line.
    """
    # Escapes keep the line in ASCII, which every console reads alike.
    data = json.dumps(body, ensure_ascii=True, separators=(",", ":"))
    url = request_url(endpoint.base_url)
    headers = [f"{name}: {value}" for name, value in _headers(endpoint)]
    match shell:
        case Shell.BASH:
            lines = [f"curl {_bash(url)}", *(f"-H {_bash(each)}" for each in headers), f"-d {_bash(data)}"]
            return " \\\n  ".join(lines)
        case Shell.POWERSHELL:
            call = [f"curl.exe {_powershell(url)}", *(f"-H {_powershell(each)}" for each in headers)]
            return f"{_powershell(data)} | {' '.join(call)} -d '@-'"
        case Shell.CMD:
            data = _CMD_ACTS_ON.sub(lambda found: f"\\u{ord(found[0]):04x}", data)
            parts = [f"curl {_cmd(url)}", *(f"-H {_cmd(each)}" for each in headers), f"-d {_cmd(data)}"]
            return " ".join(parts)
    assert_never(shell)


def _headers(endpoint: Endpoint) -> tuple[tuple[str, str], ...]:
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    if "api-version=" in endpoint.base_url:
        headers += (("api-key", KEY_PLACEHOLDER),)
    elif endpoint.key:
        headers += (("Authorization", f"Bearer {KEY_PLACEHOLDER}"),)
    own = ((name, _shown(name) if is_telling(name) else value) for name, value in endpoint.network.headers)
    return headers + tuple(own)


def _shown(name: str) -> str:
    """Give what stands in place of the value of a header that nobody else should see."""
    return "YOUR_" + re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")


def _bash(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _powershell(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _cmd(text: str) -> str:
    # Backslashes before a quote are halved by the program that reads the line, so they are doubled first.
    escaped = re.sub(r'(?<!\\)(\\*+)"', lambda found: found[1] * 2 + '\\"', text)
    trailing = re.search(r"(?<!\\)\\*+\Z", escaped)
    return f'"{escaped}{trailing[0] if trailing else ""}"'
