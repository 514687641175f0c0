"""Other programs ask the real program: it opens its door, lets the user snip, and finds what was read."""

import json
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from llmock.pytest_plugin import LLMock

from tests.e2e.conftest import Desktop
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.pictures.geometry import Rect

pytestmark = [pytest.mark.gui, pytest.mark.timeout(180)]

LATEX = r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"
SAMPLE = Path(__file__).parent.parent.parent / "resources" / "samples" / "01-quadratic.png"
AT = (40, 60)
PORT = 50_951
DARK_ENOUGH = 200


def ask(address: str, token: str, path: str, body: dict[str, object] | None = None) -> Any:
    request = urllib.request.Request(
        f"{address}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        error.add_note(error.read().decode())
        raise


def is_open(address: str) -> bool:
    try:
        return bool(ask(address, "", "/health")["status"] == "ok")
    except (urllib.error.URLError, ConnectionError):
        return False


def switch_on(desktop: Desktop) -> None:
    file = desktop.home / "config_home" / "writetex-desktop" / "settings.json"
    kept = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**kept, "show_draft": False, "serve": True, "serve_port": PORT}), "utf-8")


def snipped(desktop: Desktop, address: str, token: str, form: str) -> Any:
    """Ask for a snip and draw the box, as the user does."""
    picture = PillowCodec().decode(SAMPLE.read_bytes())
    desktop.hands.show_picture(*AT, picture.width, picture.height, bytes(picture.data))
    corner = Rect(AT[0] + 1, AT[1] + 1, 1, 1)
    desktop.hands.wait_until(lambda: desktop.hands.pixels(corner)[0] >= DARK_ENOUGH)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ask, address, token, "/v1/snip", {"format": form})
        desktop.hands.wait_until(
            lambda: desktop.hands.pixels(corner)[0] < DARK_ENOUGH or answer.done(), timeout_s=60
        )
        desktop.hands.drag((AT[0] + 4, AT[1] + 4), (AT[0] + picture.width - 4, AT[1] + picture.height - 4))
        return answer.result(120)


def test_a_snip_is_asked_for_drawn_and_answered_by_either_door(desktop: Desktop, llmock: LLMock) -> None:
    llmock.reply(LATEX, times=None)
    endpoint = {
        "WRITETEX_BASE_URL": llmock.base_url(),
        "WRITETEX_API_KEY": "sk-e2e-secret",
        "WRITETEX_MODEL": "gpt-5-mini",
    }
    made = desktop.run("serve", "--new-token", "A test", "--history")
    token = made.stdout.strip()
    assert token.startswith("wtx_"), made.stderr
    switch_on(desktop)
    desktop.start("window", "--hidden", **endpoint)
    address = f"http://127.0.0.1:{PORT}"
    desktop.hands.wait_until(lambda: is_open(address), timeout_s=60)

    record = snipped(desktop, address, token, "display")
    assert record["latex"] == f"$${LATEX}$$"
    assert record["engine"] == "endpoint"

    def remembered() -> bool:  # a moment after the answer
        time.sleep(0.5)  # noqa: TID251 - the door has a pace, and a file tells nobody that it is written
        found = ask(address, token, "/v1/history?q=frac")["data"]
        return [entry["latex"] for entry in found] == [LATEX]

    desktop.hands.wait_until(remembered)

    beside = f"http://127.0.0.1:{PORT + 1}"
    desktop.start("serve", "--offline", "--port", str(PORT + 1))
    desktop.hands.wait_until(lambda: is_open(beside), timeout_s=60)
    again = snipped(desktop, beside, token, "raw")
    assert again["latex"] == LATEX

    desktop.run("serve", "--revoke", "A test")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        ask(beside, token, "/v1/models")
