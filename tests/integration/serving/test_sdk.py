"""OpenAI's own library, sync and async, against the door; and curl."""

import asyncio
import json
import subprocess
from pathlib import Path

import openai
import pytest
from openai.types.chat import ChatCompletionMessageParam

from tests.integration.serving.door_world import DATA_URL, PICTURE, World, open_world
from writetex_desktop.core.errors import EndpointError, Fault, RecognitionError
from writetex_desktop.core.settings.settings import Profile

OWN = Profile("own", "My Own", "https://api.example.org/v1", "m-1")


def messages(url: str = DATA_URL) -> list[ChatCompletionMessageParam]:
    return [
        {"role": "system", "content": "Answer in LaTeX."},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What stands here?"},
                {"type": "image_url", "image_url": {"url": url}},
            ],
        },
    ]


def sdk(world: World, token: str | None = None) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(
        base_url=f"{world.address}/v1", api_key=token or world.token, max_retries=0, timeout=30
    )


async def test_the_models_are_our_two_and_each_profile() -> None:
    async with open_world(profiles=(OWN,)) as world, sdk(world) as client:
        assert [model.id async for model in client.models.list()] == [
            "writetex-auto",
            "writetex-offline",
            "own",
        ]
        assert (await client.models.retrieve("own")).id == "own"
        with pytest.raises(openai.NotFoundError):
            await client.models.retrieve("gpt-9")


@pytest.mark.parametrize("model", ["writetex-auto", "writetex-offline"])
async def test_a_picture_comes_back_as_cleaned_latex(model: str) -> None:
    async with open_world() as world, sdk(world) as client:
        answer = await client.chat.completions.create(model=model, messages=messages())
    assert answer.choices[0].message.content == "\\frac{a}{b}"
    assert answer.choices[0].finish_reason == "stop"
    assert answer.model == model
    assert answer.usage is not None
    assert answer.usage.total_tokens == 79
    assert world.recognizer.requests[0].hint == "Answer in LaTeX.\nWhat stands here?"


async def test_a_stream_gives_the_same_text_and_the_tokens() -> None:
    async with open_world() as world, sdk(world) as client:
        stream = await client.chat.completions.create(
            model="writetex-auto",
            messages=messages(),
            stream=True,
            stream_options={"include_usage": True},
            temperature=0.2,
            max_tokens=50,
        )
        chunks = [chunk async for chunk in stream]
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == "\\frac{a}{b}"
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens == 9


async def test_the_blocking_client_is_served_as_well() -> None:
    async with open_world() as world:

        def ask() -> str | None:
            with openai.OpenAI(base_url=f"{world.address}/v1", api_key=world.token, timeout=30) as client:
                answer = client.chat.completions.create(model="writetex-auto", messages=messages())
                streamed = client.chat.completions.create(
                    model="writetex-auto", messages=messages(), stream=True
                )
                again = "".join(chunk.choices[0].delta.content or "" for chunk in streamed)
                assert again == answer.choices[0].message.content
                return again

        assert await asyncio.to_thread(ask) == "\\frac{a}{b}"


async def test_mode_and_format_can_be_said() -> None:
    async with open_world() as world, sdk(world) as client:
        first = await client.chat.completions.create(
            model="writetex-auto", messages=messages(), extra_body={"mode": "formula", "format": "display"}
        )
        await client.chat.completions.create(model="writetex-auto:handwriting", messages=messages())
    assert first.choices[0].message.content == "$$\\frac{a}{b}$$"
    assert world.recognizer.requests[1].mode == "handwriting"


async def test_wrong_tokens_models_and_requests_are_the_errors_that_the_library_knows() -> None:
    async with open_world() as world:
        async with sdk(world, "wtx_" + "0" * 43) as stranger:
            with pytest.raises(openai.AuthenticationError, match="Make one in the settings"):
                await stranger.models.list()
        async with sdk(world) as client:
            with pytest.raises(openai.NotFoundError, match="GET /v1/models"):
                await client.chat.completions.create(model="gpt-9", messages=messages())
            with pytest.raises(openai.BadRequestError, match="no picture"):
                await client.chat.completions.create(
                    model="writetex-auto", messages=[{"role": "user", "content": "Hello"}]
                )
            with pytest.raises(openai.BadRequestError, match="not fetched from addresses") as refused:
                await client.chat.completions.create(
                    model="writetex-auto", messages=messages("http://169.254.169.254/latest/meta-data")
                )
        assert refused.value.code == "no_addresses"
        assert world.recognizer.requests == []


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (EndpointError("Too many requests.", "Wait.", fault=Fault.RATE_LIMITED), openai.RateLimitError),
        (EndpointError("Not there.", "Start it.", fault=Fault.UNREACHABLE), openai.InternalServerError),
        (EndpointError("The limit is reached.", "Raise it.", fault=Fault.CAP_REACHED), openai.APIStatusError),
        (RecognitionError("There is no formula.", "Choose another."), openai.UnprocessableEntityError),
    ],
)
async def test_a_failure_of_the_engine_reaches_the_other_program_whole(
    error: Exception, kind: type[openai.APIStatusError], *, stream: bool
) -> None:
    assert isinstance(error, EndpointError | RecognitionError)
    async with open_world(error) as world, sdk(world) as client:
        with pytest.raises(kind, match=error.message) as failed:
            await client.chat.completions.create(model="writetex-offline", messages=messages(), stream=stream)
    assert error.remedy.text in str(failed.value)
    assert failed.value.response.headers["x-should-retry"] == "false"


async def curl(world: World, *words: str) -> tuple[int, str]:
    command = ("curl", "-sS", "--max-time", "30", "-w", "\n%{http_code}", *words)
    done = await asyncio.to_thread(
        subprocess.run, command, check=True, capture_output=True, text=True, timeout=60
    )
    text, _, status = done.stdout.rpartition("\n")
    return int(status), text


async def test_curl_sends_a_file_a_data_url_base64_and_the_bare_picture(tmp_path: Path) -> None:
    (tmp_path / "formula.png").write_bytes(PICTURE)
    bodies = {name: tmp_path / name for name in ("url", "base64")}
    bodies["url"].write_text(json.dumps({"image": DATA_URL, "format": "inline"}))
    bodies["base64"].write_text(json.dumps({"image": DATA_URL.partition(",")[2], "format": "inline"}))
    async with open_world() as world:
        key = ("-H", f"Authorization: Bearer {world.token}")
        path = f"{world.address}/v1/recognize"
        answers = [
            await curl(world, *key, "-F", f"file=@{tmp_path}/formula.png", "-F", "format=inline", path),
            await curl(world, *key, "-d", f"@{bodies['url']}", path),
            await curl(world, *key, "-d", f"@{bodies['base64']}", path),
            await curl(
                world,
                *key,
                "-H",
                "Content-Type: image/png",
                "--data-binary",
                f"@{tmp_path}/formula.png",
                f"{path}?format=inline",
            ),
        ]
    records = [json.loads(text) for _, text in answers]
    assert [status for status, _ in answers] == [200] * 4
    assert {record["latex"] for record in records} == {"$\\frac{a}{b}$"}
    assert len({record["sha256"] for record in records}) == 1
    assert records[0]["file"] == "formula.png"
    assert records[0]["status"] == "done"


async def test_a_result_that_has_not_the_form_is_told_beside_the_failure() -> None:
    async with open_world() as world:
        status, _, body = await world.ask(
            "POST", "/v1/recognize", {"image": DATA_URL, "mode": "text", "format": "mathml"}
        )
    assert status == 422
    assert body["result"]["latex"] == "\\frac{a}{b}"
    assert "single formula" in body["error"]["message"]
