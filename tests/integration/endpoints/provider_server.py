"""A server on loopback that behaves as a provider: its path, key, parameters, errors, stream.

What each does differently is in `MANNERS` (sources: `shared/reference/providers.md` 1.3, 1.4, 6.3); the rest
is read from the catalogue itself.
"""

import json
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from tests.integration.endpoints.wire_server import (
    Received,
    Reply,
    WireServer,
    delta,
    refusal,
    sse,
    wire_server,
)
from writetex_desktop.core.endpoints.catalogue.codec import parse_catalogue
from writetex_desktop.core.endpoints.catalogue.provider import ModelRule, Provider
from writetex_desktop.core.endpoints.catalogue.reading_models import reading_model

RESOURCES = Path(__file__).parents[3] / "resources"
CATALOGUE = parse_catalogue(
    tomllib.loads((RESOURCES / "providers.toml").read_text(encoding="utf-8"), parse_float=Decimal)
)
KEY = "sk-provider-0123456789abcdef"
PROMPT_TOKENS, ANSWER_TOKENS, THOUGHTS = 412, 7, "hm, an x?"

Shape = Callable[[int, str, str, str], object]
"""Makes an error body of status, code, message and the parameter that is meant."""


def openai_shape(status: int, code: str, message: str, parameter: str) -> object:
    return {
        "error": {
            "message": message,
            "type": "invalid_request_error",
            "param": parameter or None,
            "code": code or None,
        }
    }


def anthropic_shape(status: int, code: str, message: str, parameter: str) -> object:
    said = {"type": code or "invalid_request_error", "message": f"{parameter}: {message}".lstrip(": ")}
    return {"type": "error", "error": said, "request_id": "req_1"}


def google_shape(status: int, code: str, message: str, parameter: str) -> object:
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": code}]
    text = f"Invalid JSON payload received. Unknown name '{parameter}'" if parameter else message
    return [{"error": {"code": status, "message": text, "status": "INVALID_ARGUMENT", "details": details}}]


def numbered_shape(status: int, code: str, message: str, parameter: str) -> object:
    text = f"Unrecognized parameter: '{parameter}'" if parameter else message
    return {"error": {"code": code or status, "message": text}, "user_id": "u"}


def mistral_shape(status: int, code: str, message: str, parameter: str) -> object:
    if parameter:
        detail = [
            {"type": "extra_forbidden", "loc": ["body", parameter], "msg": "Extra inputs are forbidden"}
        ]
        return {"object": "error", "message": {"detail": detail}, "type": "invalid_request_error"}
    return {"object": "error", "message": message, "type": code or "invalid_request_error", "code": "1500"}


def fastapi_shape(status: int, code: str, message: str, parameter: str) -> object:
    if parameter:
        return {"detail": [{"type": "extra_forbidden", "loc": ["body", parameter], "msg": "not permitted"}]}
    return {"object": "error", "message": message, "type": code or "BadRequestError", "code": status}


def words_shape(status: int, code: str, message: str, parameter: str) -> object:
    return {"error": f"{message or code} {f'`{parameter}`' if parameter else ''}".strip()}


def bare_shape(status: int, code: str, message: str, parameter: str) -> object:
    return {"code": 20015, "message": f"{message or code} {parameter}".strip(), "data": None}


@dataclass(frozen=True, slots=True)
class Manner:
    """What a provider does in its own way.

    Attributes:
        shape: How it writes errors.
        refuses_with: Status for a parameter that it does not take.
        reasoning: The field of a delta that holds thoughts; `content` for parts of the content itself.
        head: Events before the answer.
        usage_on_each: Whether each chunk holds the usage so far.
        done: Whether `[DONE]` comes at the end.
        finish: Its word for an answer that ended by itself.
        content_type: Of a stream.
        auth: The header with the key.
    """

    shape: Shape = openai_shape
    refuses_with: int = 400
    reasoning: str = "reasoning_content"
    head: tuple[object, ...] = ()
    usage_on_each: bool = False
    done: bool = True
    finish: str = "stop"
    content_type: str = "text/event-stream"
    auth: str = "authorization"


_ORDINARY = Manner()
_AZURE_HEAD = {"choices": [], "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": {}}]}
MANNERS: dict[str, Manner] = {
    "anthropic": Manner(anthropic_shape, done=False),
    "google": Manner(google_shape, content_type="text/event-stream; charset=utf-8"),
    "openrouter": Manner(
        numbered_shape, reasoning="reasoning", head=(": OPENROUTER PROCESSING\n\n",) * 3, finish="stop"
    ),
    "alibaba": Manner(head=(delta("", role="assistant"),)),
    "alibaba-intl": Manner(head=(delta("", role="assistant"),)),
    "bytedance": Manner(numbered_shape),
    "byteplus": Manner(numbered_shape),
    "siliconflow": Manner(bare_shape, usage_on_each=True),
    "siliconflow-intl": Manner(bare_shape, usage_on_each=True),
    "mistral": Manner(mistral_shape, refuses_with=422, reasoning="content"),
    "xai": Manner(words_shape, usage_on_each=True),
    "groq": Manner(reasoning="reasoning"),
    "azure": Manner(head=(_AZURE_HEAD,)),
    "github-models": Manner(head=(_AZURE_HEAD,)),
    "ollama": Manner(reasoning="reasoning"),
    "lm-studio": Manner(words_shape),
    "llama-cpp": Manner(numbered_shape),
    "vllm": Manner(fastapi_shape, refuses_with=422),
    "sglang": Manner(fastapi_shape, done=False, finish="eos"),
    "writetex-bridge": Manner(words_shape, done=False),
}


def manner_of(provider: Provider) -> Manner:
    return MANNERS.get(provider.id, _ORDINARY)


@dataclass(slots=True)
class ProviderServer:
    """A provider as a test sees it.

    Attributes:
        provider: Whose server it plays.
        wire: The server.
        model: The one model that it has.
        refused: Parameters that it does not take, beside those that its rules forbid.
        failure: The answer to every request, in place of its own judgement.
    """

    provider: Provider
    wire: WireServer
    model: str
    refused: frozenset[str] = frozenset()
    failure: Reply | None = None
    seen: list[Received] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The path of the provider's own base URL; Azure's where the user fills in the rest."""
        return urlsplit(self.provider.base_url).path or "/openai/v1"

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.wire.port}{self.path}"

    @property
    def rule(self) -> ModelRule:
        return self.provider.rule(self.model)

    def error(self, status: int, code: str = "", message: str = "", parameter: str = "") -> Reply:
        body = manner_of(self.provider).shape(status, code, message or "Something is wrong.", parameter)
        return refusal(f"{status} {_phrase(status)}", body)

    def judge(self, received: Received) -> Reply:
        manner = manner_of(self.provider)
        if not received.line.startswith(f"POST {self.path}/chat/completions"):
            return refusal("404 Not Found", "")
        if self.failure is not None:
            return self.failure
        if self.provider.needs_key and received.headers.get(manner.auth) != f"Bearer {KEY}":
            return self._bad_key()
        body = received.body
        if body.get("model") != self.model:
            return self.error(404, "model_not_found", f"The model `{body.get('model')}` does not exist.")
        wrong = self._wrong_parameter(body)
        if wrong:
            return self.error(manner.refuses_with, "unsupported_parameter", f"Unsupported: {wrong}", wrong)
        return self._answer(body)

    def _bad_key(self) -> Reply:
        sign = next((each for each in self.provider.errors if each.fault == "bad-key"), None)
        if sign is None:
            return self.error(401, "", "Invalid API key.")
        return self.error(sign.status, sign.code, sign.phrase)

    def _wrong_parameter(self, body: dict[str, object]) -> str:
        other = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
        forbidden = set(self.refused) | {other[self.rule.token_limit]}
        if not self.rule.temperature:
            forbidden |= {"temperature", "top_p"}
        if self.rule.stream_only and not body.get("stream"):
            return "stream"
        return next((name for name in sorted(forbidden) if name in body), "")

    def _thinks(self, body: dict[str, object]) -> bool:
        if reading_model(self.model) is not None:
            return False
        asked_not_to = all(body.get(name) == value for name, value in self.rule.thinking_off.items())
        return self.rule.always_thinks or (bool(self.rule.thinking_off) and not asked_not_to)

    def _answer(self, body: dict[str, object]) -> Reply:
        manner = manner_of(self.provider)
        thinks = self._thinks(body)
        chunks: list[dict[str, object]] = []
        if thinks and manner.reasoning == "content":
            parts = [{"type": "thinking", "thinking": [{"type": "text", "text": THOUGHTS}]}]
            chunks.append(delta(parts))
        elif thinks:
            chunks.append(delta(None, **{manner.reasoning: THOUGHTS}))
        chunks += [delta("x"), delta("^2"), delta("", finish=manner.finish)]
        usage = {
            "prompt_tokens": self._picture_tokens(body),
            "completion_tokens": ANSWER_TOKENS,
            "completion_tokens_details": {"reasoning_tokens": 5 if thinks else 0},
        }
        if manner.usage_on_each:
            chunks = [{**chunk, "usage": usage} for chunk in chunks]
        elif "stream_options" in body:
            chunks.append({"choices": [], "usage": usage})
        end = "data: [DONE]\n\n" if manner.done else ""
        return Reply(sse(*manner.head, *chunks, end=end), headers=(("content-type", manner.content_type),))

    def _picture_tokens(self, body: dict[str, object]) -> int:
        """Count as it would: where a detail must be sent, a picture without it is shrunk."""
        messages = cast("list[dict[str, object]]", body["messages"])
        picture = json.dumps(messages[-1]["content"])
        wanted = self.provider.image.detail
        return PROMPT_TOKENS if not wanted or f'"detail": "{wanted}"' in picture else 256


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else "Overloaded"


@asynccontextmanager
async def provider_server(provider: Provider, model: str) -> AsyncIterator[ProviderServer]:
    """Run a provider's server."""
    async with wire_server() as wire:
        server = ProviderServer(provider, wire, model)
        wire.judge = server.judge
        yield server
