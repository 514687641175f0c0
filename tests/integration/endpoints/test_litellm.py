"""The real SDK against the real LiteLLM proxy, a gateway that many people run in front of their models.

It needs an environment of its own, for it pins other versions:

    python -m venv /tmp/litellm && /tmp/litellm/bin/pip install "litellm[proxy]"
    WRITETEX_LITELLM=/tmp/litellm/bin/litellm pytest tests/integration/endpoints/test_litellm.py
"""

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from typing import IO

import pytest

from tests.fakes import FakeClock
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.adapters.endpoint.transport import Timeouts
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Engine, Recognition, RecognitionRequest, TextDelta
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.reading.recognition_service import RecognitionService

PROGRAM = os.environ.get("WRITETEX_LITELLM", "")
KEY = "sk-litellm-0123456789"
REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG\r\n\x1a\n", 64, 32))

pytestmark = [
    pytest.mark.skipif(not PROGRAM, reason="WRITETEX_LITELLM names no litellm program; it pins an older SDK"),
    pytest.mark.timeout(300),
]

MOCKS = {
    "mock-ok": 'mock_response: "\\\\frac{a}{b}"',
    "mock-fenced": 'mock_response: "Here is the LaTeX:\\n```latex\\n\\\\[ E = mc^2 \\\\]\\n```\\n"',
    "mock-429": 'mock_response: "litellm.RateLimitError"',
    "mock-ctx": 'mock_response: "litellm.ContextWindowExceededError"',
    "mock-500": 'mock_response: "litellm.InternalServerError"',
    "mock-timeout": "mock_timeout: true, timeout: 1",
    "real-refused": 'api_base: "http://127.0.0.1:9/v1"',
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the proxy; the base URL is without /v1, as its own guide writes it."""
    home = tmp_path_factory.mktemp("litellm")
    lines = [
        f"  - {{model_name: {name}, litellm_params: {{model: openai/gpt-4o, api_key: sk-x, {mock}}}}}"
        for name, mock in MOCKS.items()
    ]
    config = home / "config.yaml"
    config.write_text(
        "\n".join(
            [
                "model_list:",
                *lines,
                "litellm_settings: {telemetry: false, num_retries: 0}",
                "router_settings: {num_retries: 0, disable_cooldowns: true}",
                f"general_settings: {{master_key: {KEY}}}",
            ]
        ),
        encoding="utf-8",
    )
    port = free_port()
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "PYTHONUNBUFFERED": "1",
    }
    command = [PROGRAM, "--config", str(config), "--host", "127.0.0.1", "--port", str(port)]
    said: list[str] = []
    settled = threading.Event()

    def listen(output: IO[str]) -> None:
        """Read on to the end, or the proxy would wait for room in the pipe."""
        for line in output:
            said.append(line)
            if "Uvicorn running on" in line:
                settled.set()
        settled.set()

    with subprocess.Popen(
        command, cwd=home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        listener = threading.Thread(target=listen, args=(process.stdout,))
        listener.start()
        try:
            settled.wait()
            assert process.poll() is None, "".join(said)[-2000:]
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()
            listener.join()


async def read(base_url: str, model: str, key: str = KEY) -> list[object]:
    recognizer = OpenAIRecognizer(Endpoint(base_url, Secret(key), model), Timeouts(first_byte_local=60))
    service = RecognitionService({Engine.ENDPOINT: recognizer}, FakeClock())
    try:
        return [event async for event in service.recognize(REQUEST)]
    finally:
        await recognizer.aclose()


@pytest.mark.parametrize(
    ("model", "markup"), [("mock-ok", "\\frac{a}{b}"), ("mock-fenced", "E = mc^2")], ids=["ok", "fenced"]
)
@pytest.mark.parametrize("path", ["", "/v1"])
async def test_an_answer_streams_through_the_proxy(base_url: str, path: str, model: str, markup: str) -> None:
    events = await read(base_url + path, model)
    recognition = events[-1]
    assert isinstance(recognition, Recognition)
    assert recognition.markup == markup
    assert recognition.complete
    assert recognition.usage is not None
    assert sum(isinstance(event, TextDelta) for event in events) > 1


@pytest.mark.parametrize(
    ("model", "fault"),
    [
        ("mock-429", Fault.RATE_LIMITED),
        ("mock-ctx", Fault.TOO_LARGE),
        ("mock-500", Fault.OVERLOADED),
        ("mock-timeout", Fault.TIMEOUT),
        ("real-refused", Fault.OVERLOADED),
        ("no-such-model", Fault.WRONG_MODEL),
    ],
)
async def test_a_failure_behind_the_proxy_is_told_as_what_it_is(
    base_url: str, model: str, fault: Fault
) -> None:
    with pytest.raises(EndpointError) as caught:
        await read(base_url, model)
    assert caught.value.fault is fault
    assert KEY not in caught.value.message


async def test_a_wrong_key_is_told_as_such(base_url: str) -> None:
    with pytest.raises(EndpointError) as caught:
        await read(base_url, "mock-ok", key="sk-wrong-0123456789")
    assert caught.value.fault is Fault.BAD_KEY
