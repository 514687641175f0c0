"""Every route, the document that describes them, and what programs may."""

import base64
import json
from typing import Any

import jsonschema
import pytest

from tests.integration.serving.door_world import DATA_URL, open_world
from writetex_desktop.core.history.entry import HistoryEntry
from writetex_desktop.core.reading.recognition import Engine, Mode


def entry(number: int, markup: str) -> HistoryEntry:
    return HistoryEntry(number, markup, Mode.FORMULA, Engine.OFFLINE, "small", 0.1)


async def test_the_document_describes_what_is_answered() -> None:
    async with open_world(history=True) as world:
        _, _, document = await world.ask("GET", "/openapi.json", token="")
        calls: dict[tuple[str, str], Any] = {
            ("get", "/health"): b"",
            ("get", "/openapi.json"): b"",
            ("get", "/v1/models"): b"",
            ("get", "/v1/models/{name}"): b"",
            ("post", "/v1/chat/completions"): {
                "messages": [
                    {"role": "user", "content": [{"type": "image_url", "image_url": {"url": DATA_URL}}]}
                ]
            },
            ("post", "/v1/recognize"): {"image": DATA_URL},
            ("post", "/v1/convert"): {"latex": "x", "to": "mathml"},
            ("post", "/v1/snip"): {},
            ("get", "/v1/history"): b"",
        }
        described = {(method, path) for path, each in document["paths"].items() for method in each}
        assert described == set(calls)
        for (method, path), body in calls.items():
            real = path.replace("{name}", "writetex-offline")
            status, _, answer = await world.ask(method.upper(), real, body)
            assert (status, path) == (200, path)
            operation = document["paths"][path][method]
            if "requestBody" in operation:
                content = operation["requestBody"]["content"]["application/json"]["schema"]
                _validate(document, content, body)
            schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
            _validate(document, schema, answer)
            status, _, wrong = await world.ask(method.upper(), real, token="wrong")
            if operation.get("security") != []:
                assert status == 401
                _validate(document, {"$ref": "#/components/schemas/Error"}, wrong)


def _validate(document: Any, schema: Any, value: object) -> None:
    whole = {**schema, "components": document["components"]}
    jsonschema.Draft202012Validator(whole).validate(value)


@pytest.mark.parametrize("target", ["mathml", "typst", "unicode", "tex", "webpage"])
async def test_a_formula_is_converted_to_text(target: str) -> None:
    async with open_world() as world:
        status, _, body = await world.ask("POST", "/v1/convert", {"latex": "x", "to": target})
    assert (status, body["encoding"], body["format"]) == (200, "text", target)
    assert body["output"]


async def test_a_document_comes_as_base64_and_is_read_back() -> None:
    async with open_world() as world:
        _, _, made = await world.ask("POST", "/v1/convert", {"latex": "a+b", "to": "docx"})
        assert base64.b64decode(made["output"])[:2] == b"PK"
        status, _, back = await world.ask(
            "POST", "/v1/convert", {"data": made["output"], "from": "docx", "to": "raw"}
        )
    assert status == 200
    assert back["output"]


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"to": "mathml"}, "latex"),
        ({"latex": "x", "to": "wordstar"}, "to"),
        ({"latex": "x", "to": "mathml", "from": "fax"}, "from"),
        ({"latex": "x", "to": "png", "dpi": 10_000_000}, "dpi"),
        ({"latex": 5, "to": "png"}, "latex"),
        ({"latex": "\ud800", "to": "raw"}, "latex"),
    ],
)
async def test_a_wrong_field_is_named(fields: dict[str, object], param: str) -> None:
    async with open_world() as world:
        status, _, body = await world.ask("POST", "/v1/convert", fields)
    assert (status, body["error"]["param"]) == (400, param)
    assert body["error"]["message"].endswith(body["error"]["remedy"])


async def test_the_user_is_asked_to_snip_and_may_decline() -> None:
    async with open_world() as world:
        first = await world.ask("POST", "/v1/snip", {"format": "typst", "repeat": True, "profile": "own"})
        second = await world.ask("POST", "/v1/snip")
    assert first[2]["latex"] == "x^2"
    assert (second[0], second[2]["error"]["code"]) == (409, "no_snip")
    assert (world.orders[0].form, world.orders[0].repeat, world.orders[0].profile) == ("typst", True, "own")


async def test_only_a_program_that_may_searches_the_history() -> None:
    async with open_world() as closed:
        status, _, body = await closed.ask("GET", "/v1/history?q=x")
    assert (status, body["error"]["code"]) == (403, "history_not_allowed")
    async with open_world(history=True) as world:
        for number, markup in enumerate(("x^2", "y", "x+1"), 1):
            world.history.entries[number] = entry(number, markup)
        _, _, found = await world.ask("GET", "/v1/history?q=x")
        _, _, page = await world.ask("GET", "/v1/history?limit=1&before=3")
        status, _, wrong = await world.ask("GET", "/v1/history?limit=many")
    assert [each["latex"] for each in found["data"]] == ["x+1", "x^2"]
    assert [each["latex"] for each in page["data"]] == ["y"]
    assert (status, wrong["error"]["param"]) == (400, "limit")


async def test_the_task_pane_of_word_is_served_to_anybody_and_may_ask_with_a_token() -> None:
    async with open_world() as world:
        for name, kind in (("taskpane.html", "text/html"), ("taskpane.js", "text/javascript")):
            status, headers, _ = await world.ask("GET", f"/word/{name}", token="")
            assert (status, headers["content-type"].partition(";")[0]) == (200, kind)
        _, _, manifest = await world.ask("GET", "/word/manifest.xml", token="")
        assert b"http://localhost:50906/word/taskpane.html" in manifest
        assert (await world.ask("GET", "/word/../../LICENSE", token=""))[0] == 401
        own = f"http://localhost:{world.port}"
        assert (await world.ask("POST", "/v1/snip", Origin=own, Host=f"localhost:{world.port}"))[0] == 200
        assert (await world.ask("POST", "/v1/snip", Origin=own, token="wrong"))[0] == 401


async def test_a_revoked_token_is_out_at_once() -> None:
    async with open_world() as world:
        assert (await world.ask("GET", "/v1/models"))[0] == 200
        await world.clients.revoke(world.clients.known.value[0].id)
        assert (await world.ask("GET", "/v1/models"))[0] == 401


async def test_nothing_of_the_contents_is_logged_and_the_token_stands_nowhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    secret = "z_{topsecret}"
    async with open_world() as world:
        await world.ask("POST", "/v1/convert", {"latex": secret, "to": "mathml"})
        await world.ask("POST", "/v1/convert", {"latex": f"\\unknown{secret}", "to": "mathml"})
        await world.ask("GET", f"/v1/nowhere?{secret}")
        await world.raw(f"nonsense {secret}\r\n\r\n".encode())
        kept = json.dumps([str(world.settings.settings.value), caplog.text])
    assert "topsecret" not in caplog.text
    assert world.token not in kept
