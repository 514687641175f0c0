"""The measurement of prompts runs against an endpoint and writes the form that is promised."""

import asyncio
import json
import os
import sys
from pathlib import Path

from tests.benchmarks.bench_prompt import VARIANTS, VERSION, as_document, is_exact
from tests.integration.endpoints.wire_server import USAGE, Received, Reply, delta, sse, wire_server

ROOT = Path(__file__).parents[3]
TRUTH = json.loads((ROOT / "resources" / "samples" / "truth.json").read_text("utf-8"))
KEY = "sk-prompt-0123456789"


async def test_a_variant_is_measured_and_written_without_key_address_or_names(tmp_path: Path) -> None:
    right = [each["latex"] for each in TRUTH if each.get("latex")]
    output = tmp_path / "out.json"
    said: list[str] = []

    def answer(received: Received) -> Reply:
        # One answer after the other is right but for how it is written; the last one is wrong.
        messages = received.body["messages"]
        assert isinstance(messages, list)
        said.append(messages[0]["content"][1]["text"])
        text = right[len(said) - 1] if len(said) < len(right) else "q^{99}"
        return Reply(sse(delta(text.replace(" ", "  ")), delta(finish="stop"), USAGE))

    async with wire_server() as wire:
        wire.judge = answer
        environment = {
            **os.environ,
            **{f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
            "WRITETEX_API_KEY": KEY,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.benchmarks", "prompt", "--base-url", wire.base_url),
            *("--model", "eye-vl", "--output", str(output), "one-line"),
            cwd=ROOT,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        printed, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    assert set(said) == {VARIANTS["one-line"]}
    count = len(right)
    assert f"exact {count - 1}/{count}" in printed.decode()
    document = json.loads(output.read_text())
    (row,) = document["results"]
    assert (row["variant"], row["read"], row["exact"], row["failed"]) == ("one-line", count, count - 1, 0)
    assert row["alike"] >= count // 2
    assert row["prompt_tokens"] > 0
    assert not any(word in output.read_text() for word in (KEY, "127.0.0.1", ".png"))


def test_the_committed_form_is_that_of_the_program_and_holds_no_result() -> None:
    form = json.loads((ROOT / "tests" / "data" / "prompt-results.json").read_text("utf-8"))
    assert form == as_document([], "")
    assert (form["version"], form["results"]) == (VERSION, [])


def test_an_answer_is_exact_however_it_is_written() -> None:
    assert is_exact(r"\dfrac{1}{2}", r"\frac12") == is_exact(r"\frac{1}{2}", r"\frac 1 2")
    assert is_exact("x^{2}", "x^2")
    assert not is_exact("x^3", "x^2")
