#!/usr/bin/env python3
"""Make a card of a formula: snip it, and it stands on the back of a new note in Anki.

    WRITETEX_TOKEN=wtx_… python3 writetex_anki.py "Quadratic formula" --deck Algebra
    WRITETEX_TOKEN=wtx_… python3 writetex_anki.py "Euler" --picture euler.png

WriteTex Desktop has to run with Other programs switched on, and Anki with the add-on AnkiConnect. It needs
the standard library alone.
"""

import argparse
import base64
import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

WRITETEX = "http://127.0.0.1:50906"
ANKI = "http://127.0.0.1:8765"


class AskError(Exception):
    """A program did not do what it was asked for; the message is a sentence."""


def ask(url: str, body: dict[str, object], token: str = "") -> Any:
    """Send an object of JSON and give the one that comes back.

    Raises:
        AskError: It could not be done.
    """
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - http, of this machine
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=320) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        told = json.loads(error.read() or b"{}").get("error")
        raise AskError(
            told["message"] if isinstance(told, dict) else f"{url} answers {error.code}."
        ) from error
    except OSError as error:
        raise AskError(f"Nothing answers at {url}. Start the program there.") from error


def add(anki: str, note: dict[str, object]) -> None:
    """Add a note.

    Raises:
        AskError: Anki does not take it.
    """
    added = ask(anki, {"action": "addNote", "version": 6, "params": {"note": note}})
    if added.get("error"):
        raise AskError(f"Anki says: {added['error']}. Check the deck and the type Basic.")


def main() -> int:
    """Make the card; gives the exit status."""
    parser = argparse.ArgumentParser(description="Make a card of a formula on the screen.")
    parser.add_argument("front", help="what stands on the front")
    parser.add_argument("--deck", default="Default")
    parser.add_argument("--picture", type=Path, help="read this file instead of a snip")
    parser.add_argument("--writetex", default=WRITETEX, metavar="URL")
    parser.add_argument("--anki", default=ANKI, metavar="URL")
    wanted = parser.parse_args()
    token = os.environ.get("WRITETEX_TOKEN", "")
    try:
        if wanted.picture is None:
            read = ask(f"{wanted.writetex}/v1/snip", {"format": "bracket"}, token)
        else:
            picture = base64.b64encode(wanted.picture.read_bytes()).decode()
            read = ask(f"{wanted.writetex}/v1/recognize", {"image": picture, "format": "bracket"}, token)
        fields = {"Front": wanted.front, "Back": read["latex"]}
        note = {"deckName": wanted.deck, "modelName": "Basic", "fields": fields, "tags": ["writetex"]}
        add(wanted.anki, note)
    except (AskError, OSError) as error:
        print(f"writetex_anki: {error}", file=sys.stderr)
        return 1
    print(read["latex"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
