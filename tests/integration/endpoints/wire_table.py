"""What servers were seen to do, row by row: what they send, and what must come of it.

From `shared/found/endpoint.md` (classes A to N), from public reports of clients of this protocol, and others
of the same classes. A row is played to each request alike, unless it has several replies or judges the request.
"""

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.integration.endpoints.wire_server import USAGE, Cut, Received, Reply, answer, delta, refusal
from writetex_desktop.core.errors import Fault

Expected = str | Fault
"""The text of the answer, or the kind of the error."""


@dataclass(frozen=True, slots=True)
class Row:
    """One behaviour.

    Attributes:
        name: What the server does.
        play: Its answers in order, or what makes them of a request.
        expected: What comes of it.
        warning: What one of the warnings says; empty where there must be none.
        says: What message and remedy say, besides.
        most: The requests that may be made.
    """

    name: str
    play: tuple[Reply, ...] | Callable[[Received], Reply]
    expected: Expected
    warning: str = ""
    says: str = ""
    most: int = 1


def raw(*parts: bytes | str, kind: str = "text/event-stream", status: str = "200 OK") -> tuple[Reply, ...]:
    data = tuple(part.encode() if isinstance(part, str) else part for part in parts)
    return (Reply(data, status, (("content-type", kind),) if kind else ()),)


def packed(data: bytes, encoding: str) -> tuple[Reply, ...]:
    return (Reply((data,), headers=(("content-type", "text/event-stream"), ("content-encoding", encoding))),)


def whole(content: object = "x^2", finish: str | None = "stop", **message: object) -> dict[str, object]:
    return {
        "id": "c",
        "object": "chat.completion",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, **message},
                "finish_reason": finish,
            }
        ],
    }


def line(value: object) -> str:
    return f"data: {json.dumps(value)}\n\n"


ONE = line(delta("x^2", finish="stop"))
TWO = line(delta("x")) + line(delta("^2", finish="stop"))
DONE = "data: [DONE]\n\n"
JSON = json.dumps(whole())
GOOD = "x^2"

FRAMES = [
    Row("an ordinary stream", (answer(),), GOOD),
    Row("retry: first", raw("retry: 3000\n\n" + TWO + DONE), GOOD),
    Row("an empty data line first", raw("data:\n\n" + TWO), GOOD),
    Row("an empty data line with a blank", raw("data: \n\n" + TWO), GOOD),
    Row("an id once and a comment later", raw("id: 1\n\n" + line(delta("x")) + ": ping\n\n" + ONE.replace("x^", "^")), GOOD),
    Row("an id with each event", raw(*(f"id: {n}\n{each}" for n, each in enumerate((line(delta("x")), line(delta("^2", finish="stop")))))), GOOD),
    Row("comments between", raw(line(delta("x")), ": keep-alive\n\n", line(delta("^2", finish="stop"))), GOOD),
    Row("an event name with each", raw("event: message\n" + ONE), GOOD),
    Row("a ping event", raw("event: ping\ndata: {}\n\n" + ONE), GOOD),
    Row("a ping event without JSON", raw("event: ping\ndata: \n\n" + ONE), GOOD),
    Row("carriage returns alone", raw(TWO.replace("\n", "\r")), GOOD),
    Row("both line ends", raw(TWO.replace("\n", "\r\n")), GOOD),
    Row("both line ends, cut between them", raw(*TWO.replace("\n", "\r\n").replace("\r\n", "\r|\n").split("|")), GOOD),
    Row("byte by byte", raw(*(TWO.encode()[n : n + 1] for n in range(len(TWO)))), GOOD),
    Row("a BOM before the stream", raw("\ufeff" + TWO), GOOD),
    Row("a BOM in two pieces", raw(b"\xef", b"\xbb\xbf" + TWO.encode()), GOOD),
    Row("no blank after the colon", raw(TWO.replace("data: ", "data:")), GOOD),
    Row("events parted by one line end", raw(TWO.replace("\n\n", "\n")), GOOD),
    Row("one event on several data lines", raw('data: {"choices": [{"delta":\ndata: {"content": "x^2"},\ndata: "finish_reason": "stop"}]}\n\n'), GOOD),
    Row("no empty line at the end", raw(ONE.rstrip("\n")), GOOD),
    Row("[DONE] twice", raw(TWO + DONE + DONE), GOOD),
    Row("[done] in small letters", raw(TWO + "data: [done]\n\n"), GOOD),
    Row("something after [DONE]", raw(TWO + DONE + "data: {garbage\n\n"), GOOD),
    Row("blank lines first", raw("\n\n\n" + TWO), GOOD),
    Row("a stream called JSON", raw(TWO, kind="application/json"), GOOD),
    Row("a stream called a page", raw(TWO, kind="text/html"), GOOD),
    Row("a stream without a type", raw(TWO, kind=""), GOOD),
    Row("a stream called plain text in Latin-1", raw(TWO, kind="text/plain; charset=latin-1"), GOOD),
    Row("a completion in place of a stream", raw(JSON, kind="application/json"), GOOD),
    Row("a completion called a stream", raw(JSON), GOOD),
    Row("a completion called plain text", raw(JSON, kind="text/plain"), GOOD),
    Row("a completion with a BOM", raw("\ufeff" + JSON, kind="application/json"), GOOD),
    Row("a completion after blanks that keep the line", raw("\n \n", " \n", JSON, kind="application/json"), GOOD),
    Row("a completion on several lines", raw(json.dumps(whole(), indent=2), kind="application/json"), GOOD),
    Row("a completion in a list", raw(f"[{JSON}]", kind="application/json"), GOOD),
    Row("chunks in a list", raw(json.dumps([delta("x"), delta("^2", finish="stop")]), kind="application/json"), GOOD),
    Row("chunks in a list on several lines", raw("[" + json.dumps(delta("x")) + "\n,\n" + json.dumps(delta("^2", finish="stop")) + "]"), GOOD),
    Row("lines of JSON", raw(json.dumps(delta("x")) + "\n", json.dumps(delta("^2", finish="stop")) + "\n", kind="application/x-ndjson"), GOOD),
    Row("lines of JSON called events", raw(json.dumps(delta("x")) + "\n" + json.dumps(delta("^2", finish="stop"))), GOOD),
    Row("a line of JSON among events", raw(": hello\n\n" + json.dumps(whole()) + "\n"), GOOD),
    Row("data: with a list", raw("data: " + json.dumps([delta("x^2", finish="stop")]) + "\n\n"), GOOD),
    Row("packed with gzip", packed(gzip.compress(TWO.encode()), "gzip"), GOOD),
    Row("packed with zlib", packed(zlib.compress(TWO.encode()), "deflate"), GOOD),
    Row("packed without a frame", packed(zlib.compress(TWO.encode())[2:-4], "deflate"), GOOD),
    Row("a bomb of gzip", packed(gzip.compress(b"data: " + b"0" * 40_000_000), "gzip"), Fault.BAD_ANSWER),
    Row("packed with what nobody asked for", packed(b"\x1b\x00\x00", "br"), Fault.BAD_ANSWER),
    Row("called gzip and not packed", packed(TWO.encode(), "gzip"), Fault.BAD_ANSWER),
    Row("JSON nested 200,000 deep", raw("[" * 200_000, kind="application/json"), Fault.NOT_AN_API),
    Row("an event nested 200,000 deep", raw("data: " + "[" * 200_000 + "\n\n"), Fault.BAD_ANSWER),
    Row("a deep error", raw('{"error":' * 900 + "1" + "}" * 900, kind="application/json"), Fault.NOT_AN_API),
    Row("a page", raw("<!doctype html><title>Sign in</title>", kind="text/html"), Fault.NOT_AN_API),
    Row("a page called a stream", raw("<html>hello</html>"), Fault.NOT_AN_API),
    Row("words in place of an answer", raw("Service starting", kind="text/plain"), Fault.NOT_AN_API),
    Row("nothing", raw(""), Fault.BAD_ANSWER),
    Row("nothing but comments", raw(": a\n\n: b\n\n"), Fault.BAD_ANSWER),
    Row("[DONE] alone", raw(DONE), Fault.BAD_ANSWER),
    Row("null", raw("null", kind="application/json"), Fault.NOT_AN_API),
    Row("an empty object", raw("{}", kind="application/json"), Fault.BAD_ANSWER),
    Row("the field written twice", raw("data: data: " + json.dumps(delta("x^2", finish="stop")) + "\n\n"), GOOD),
    Row("[DONE] and no reason", raw(line(delta("x^2")) + DONE), GOOD),
    Row("a completion without a reason", raw(json.dumps(whole(finish=None)), kind="application/json"), GOOD),
    Row("the whole answer again at the end", raw(line(delta("x")), line(delta("^2")), line({"choices": [{"index": 0, "delta": {}, "message": {"content": "x^2"}, "finish_reason": "stop"}]})), GOOD),
    Row("a broken event after the end", raw(ONE + "data: {broken\n\n"), GOOD),
]  # fmt: skip

SHAPES = [
    Row("the older text", raw(line({"choices": [{"text": "x^2", "finish_reason": "stop"}]})), GOOD),
    Row("content as one object", raw(line(delta({"type": "text", "text": "x^2"}, finish="stop"))), GOOD),
    Row("content as a list", raw(line(delta([{"type": "text", "text": "x"}, {"type": "text", "text": "^2"}], finish="stop"))), GOOD),
    Row("content as a list of words", raw(line(delta(["x", "^2"], finish="stop"))), GOOD),
    Row("a second answer in between", raw(line(delta("x")), line({"choices": [{"index": 1, "delta": {"content": "wrong"}}]}), line(delta("^2", finish="stop"))), GOOD),
    Row("the second answer first in a chunk", raw(line({"choices": [{"index": 1, "delta": {"content": "no"}}, {"index": 0, "delta": {"content": "x^2"}, "finish_reason": "stop"}]})), GOOD),
    Row("the second answer ends first", raw(line(delta("x")), line({"choices": [{"index": 1, "delta": {}, "finish_reason": "length"}]}), line(delta("^2", finish="stop"))), GOOD),
    Row("answers counted from one", raw(line({"choices": [{"index": 1, "delta": {"content": "x^2"}, "finish_reason": "stop"}]})), GOOD),
    Row("an object of a gateway", raw(json.dumps({"code": 0, "message": "success", "data": whole()}), kind="application/json"), GOOD),
    Row("a result of a gateway", raw(json.dumps({"success": True, "result": whole()}), kind="application/json"), GOOD),
    Row("an output of DashScope", raw(json.dumps({"output": whole(), "request_id": "r"}), kind="application/json"), GOOD),
    Row("Gemini's own form", raw(json.dumps([{"candidates": [{"content": {"parts": [{"text": "x^2"}]}, "finishReason": "STOP"}]}]), kind="application/json"), GOOD),
    Row("Ollama's own form", raw(json.dumps({"message": {"role": "assistant", "content": "x"}, "done": False}) + "\n" + json.dumps({"message": {"role": "assistant", "content": "^2"}, "done": True, "done_reason": "stop"}) + "\n", kind="application/x-ndjson"), GOOD),
    Row("usage in a chunk of its own", raw(ONE, line(USAGE)), GOOD),
    Row("usage of another vendor's names", raw(ONE, line({"choices": [], "usage": {"input_tokens": 4, "output_tokens": 2}})), GOOD),
    Row("a null delta", raw(line({"choices": [{"delta": None}]}) + ONE), GOOD),
    Row("null choices", raw(line({"choices": None}) + ONE), GOOD),
    Row("a filter result of Azure first", raw(line({"choices": [], "prompt_filter_results": [{"prompt_index": 0}]}) + ONE), GOOD),
    Row("role alone first", raw(line({"choices": [{"index": 0, "delta": {"role": "assistant"}}]}) + ONE), GOOD),
    Row("thoughts, then the answer", raw(line(delta(None, reasoning_content="hm")) + ONE), GOOD),
    Row("thoughts under the newer name", raw(line(delta(None, reasoning="hm")) + ONE), GOOD),
    Row("thoughts as parts", raw(line(delta([{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, {"type": "text", "text": "x^2"}], finish="stop"))), GOOD),
    Row("an answer among the thoughts alone", raw(line(delta(None, reasoning="x")), line(delta(None, reasoning="^2", finish="stop"))), GOOD, warning="only among its thoughts"),
    Row("an answer set apart in the thoughts", raw(line(delta(None, reasoning_content="It is $$x^2$$", finish="stop"))), GOOD, warning="only among its thoughts"),
    Row("thoughts to the limit", raw(line(delta(None, reasoning="hm " * 9, finish="length"))), Fault.EMPTY_ANSWER, says="thinking"),
    Row("hidden thoughts to the limit", raw(line(delta("", finish="length")), line({"choices": [], "usage": {"prompt_tokens": 4, "completion_tokens": 9, "completion_tokens_details": {"reasoning_tokens": 9}}})), Fault.EMPTY_ANSWER, says="thinking"),
    Row("hidden thoughts and a stop", raw(line(delta("", finish="stop")), line({"choices": [], "usage": {"prompt_tokens": 4, "completion_tokens": 9, "completion_tokens_details": {"reasoning_tokens": 9}}})), Fault.EMPTY_ANSWER, says="thinking"),
    Row("an empty answer", raw(line(delta("", finish="stop"))), Fault.EMPTY_ANSWER),
    Row("a refusal in a field", raw(line(delta(None, refusal="No.")), line(delta(None, finish="stop"))), Fault.CONTENT_FILTER),
    Row("an error in the first chunk", raw(line({"error": {"code": 429, "message": "slow down"}})), Fault.RATE_LIMITED, most=3),
    Row("an error of words in a chunk", raw(line({"error": "slot unavailable"})), Fault.BAD_ANSWER, says="slot unavailable"),
    Row("event: error with JSON", raw('event: error\ndata: {"message": "boom", "code": 500}\n\n'), Fault.OVERLOADED, most=4),
    Row("event: error with plain words", raw("event: error\ndata: upstream has gone\n\n"), Fault.BAD_ANSWER, says="upstream has gone"),
    Row("an error with status 200", raw(json.dumps({"error": {"code": "invalid_api_key", "message": "no"}}), kind="application/json"), Fault.BAD_KEY),
    Row("an error in a list with status 200", raw(json.dumps([{"error": {"code": 400, "message": "API key not valid."}}]), kind="application/json"), Fault.BAD_KEY),
    Row("an error that echoes the key", (refusal("400 Bad Request", {"error": {"message": "bad key sk-wire-0123456789abcdef in body"}}),), Fault.BAD_PARAMETER, most=9),
    Row("cut off", raw(line(delta("x^2"))), GOOD, warning="may be incomplete"),
    Row("dropped in the middle", (Reply((line(delta("x^2")).encode(), Cut())),), GOOD, warning="incomplete"),
    Row("dropped at once", (Reply((Cut(),)),), Fault.CUT, most=3),
]  # fmt: skip


def ending(word: str, expected: Expected, warning: str = "") -> Row:
    text = "" if isinstance(expected, Fault) else "x^2"
    return Row(
        f"finish reason {word or 'of nothing'}, {text or 'no text'}",
        raw(line(delta(text, finish=word))),
        expected,
        warning,
    )


ENDINGS = [
    *(ending(word, GOOD) for word in ("stop", "STOP", "eos", "end_turn", "stop_sequence", "COMPLETE", "completed", "FINISH_REASON_STOP", "tool_calls", "endTurn")),
    *(ending(word, GOOD, "length limit") for word in ("length", "MAX_TOKENS", "max_tokens", "max_output_tokens", "maxTokens", "model_length", "token_limit", "context_window_exceeded", "model_context_window_exceeded", "truncated")),
    *(ending(word, GOOD, "content filter") for word in ("content_filter", "SAFETY", "RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "sensitive", "guardrail_intervened", "ContentFilter", "content-filtered")),
    *(ending(word, GOOD, "broke its answer off") for word in ("refusal", "refused")),
    *(ending(word, GOOD, "failed in the middle") for word in ("error", "network_error", "insufficient_system_resource", "aborted", "MALFORMED_RESPONSE")),
    *(ending(word, Fault.CONTENT_FILTER) for word in ("SAFETY", "sensitive", "refusal", "IMAGE_SAFETY", "LANGUAGE", "content_filter")),
    *(ending(word, Fault.EMPTY_ANSWER) for word in ("MAX_TOKENS", "length", "stop", "eos")),
    *(Row(f"finish reason {word}, no text, and again", raw(line(delta("", finish=word))), Fault.CUT, most=3) for word in ("error", "network_error")),
]  # fmt: skip


# --- Servers that judge the request -------------------------------------------------------------------------


def has_picture(request: Received) -> bool:
    return "image_url" in json.dumps(request.body)


def picky(
    takes: Callable[[dict[str, object]], bool], status: str, body: object
) -> Callable[[Received], Reply]:
    """Answer what it takes, in one piece where no stream is asked for, and refuse the rest."""

    def judge(request: Received) -> Reply:
        if not takes(request.body):
            return refusal(status, body)
        if request.body.get("stream"):
            return answer()
        return Reply((JSON.encode(),), headers=(("content-type", "application/json"),))

    return judge


def blind(status: str, body: object) -> Callable[[Received], Reply]:
    return lambda request: refusal(status, body) if has_picture(request) else answer(["yes"])


def parts_of(body: dict[str, object]) -> list[dict[str, object]]:
    messages = body["messages"]
    assert isinstance(messages, list)
    content = messages[-1]["content"]
    return content if isinstance(content, list) else []


def has_string_picture(body: dict[str, object]) -> bool:
    pictures = [part for part in parts_of(body) if part["type"] == "image_url"]
    return not pictures or isinstance(pictures[0]["image_url"], str)


VAGUE = {"error": {"message": "Request refused.", "type": "invalid_request_error"}}
UNKNOWN = {"error": {"message": "unknown field"}}

REPAIRED = [
    Row("no stream_options, said by name", picky(lambda body: "stream_options" not in body, "400 Bad Request", {"error": {"message": "Unrecognized: stream_options"}}), GOOD, most=2),
    Row("no stream_options, said vaguely", picky(lambda body: "stream_options" not in body, "400 Bad Request", UNKNOWN), GOOD, most=3),
    Row("no stream_options, said with 422", picky(lambda body: "stream_options" not in body, "422 Unprocessable Entity", {"detail": "bad request"}), GOOD, most=3),
    Row("no streams, in words", picky(lambda body: "stream" not in body, "400 Bad Request", {"detail": "Streaming is not supported"}), GOOD, most=2),
    Row("no streams, in other words", picky(lambda body: "stream" not in body, "400 Bad Request", {"error": {"message": "This endpoint does not support streamed responses."}}), GOOD, most=2),
    Row("no streams, in Chinese", picky(lambda body: "stream" not in body, "400 Bad Request", {"error": {"message": "该模型不支持流式输出"}}), GOOD, most=2),
    Row("no streams, not implemented", picky(lambda body: "stream" not in body, "501 Not Implemented", {"error": {"message": "Not implemented"}}), GOOD, most=4),
    Row("no streams, said vaguely", picky(lambda body: "stream" not in body, "400 Bad Request", VAGUE), GOOD, most=4),
    Row("no streams, as an error with status 200", picky(lambda body: "stream" not in body, "200 OK", {"error": {"message": "stream is not supported"}}), GOOD, most=2),
    Row("a limit is demanded", picky(lambda body: "max_tokens" in body, "400 Bad Request", {"error": {"message": "max_tokens: Field required"}}), GOOD, most=2),
    Row("a limit is demanded by FastAPI", picky(lambda body: "max_tokens" in body, "422 Unprocessable Entity", {"detail": [{"type": "missing", "loc": ["body", "max_tokens"], "msg": "Field required"}]}), GOOD, most=2),
    Row("a limit of the newer name is demanded", picky(lambda body: "max_completion_tokens" in body, "400 Bad Request", {"error": {"message": "max_completion_tokens is missing"}}), GOOD, most=2),
    Row("a limit is demanded vaguely", picky(lambda body: "max_tokens" in body, "400 Bad Request", VAGUE), GOOD, most=6),
    Row("image_url as a string", picky(has_string_picture, "400 Bad Request", {"error": {"message": "image_url must be a string"}}), GOOD, most=3),
    Row("image_url as a string, by pydantic", picky(has_string_picture, "422 Unprocessable Entity", {"detail": [{"loc": ["body", "messages", 0, "content", 0, "image_url"], "msg": "str type expected", "type": "type_error.str"}]}), GOOD, most=3),
    Row("words in a system part", picky(lambda body: len(parts_of(body)) <= 1, "400 Bad Request", VAGUE), GOOD, most=4),
    Row("neither stream_options nor streams", picky(lambda body: not {"stream", "stream_options"} & body.keys(), "400 Bad Request", VAGUE), GOOD, most=5),
    Row("takes nothing at all", picky(lambda _body: False, "400 Bad Request", VAGUE), Fault.BAD_PARAMETER, says="Request refused", most=9),
]  # fmt: skip

BLIND = [
    *(
        Row(f"blind, {status}: {body}", blind(status, body), Fault.NO_VISION, most=most)
        for status, body, most in (
            ("400 Bad Request", {"code": 20041, "message": "The model is not a VLM (Vision Language Model). Please use text-only prompts."}, 1),
            ("400 Bad Request", {"error": {"message": "'messages.0.content' : value must be a string"}}, 4),
            ("400 Bad Request", {"object": "error", "message": "Request refused", "type": "invalid_request_image", "code": "3051"}, 4),
            ("400 Bad Request", {"error": "Vision add-on is not loaded, but images were provided for processing"}, 1),
            ("400 Bad Request", {"error": {"message": "The model only supports text input."}}, 1),
            ("400 Bad Request", {"message": "This model doesn't support the image content block that you provided."}, 1),
            ("500 Internal Server Error", {"error": "this model is missing data required for image input"}, 1),
            ("400 Bad Request", {"error": {"message": "Nope."}}, 4),
            ("422 Unprocessable Entity", {"detail": "cannot process"}, 4),
            ("415 Unsupported Media Type", "", 4),
            ("500 Internal Server Error", {"error": {"message": "tensor shape mismatch"}}, 3),
            ("500 Internal Server Error", "", 3),
            ("501 Not Implemented", {"error": {"message": "not implemented"}}, 4),
            ("400 Bad Request", {"error": {"message": "该模型不支持图像输入"}}, 1),
            ("404 Not Found", {"error": {"message": "No endpoints found that support image input"}}, 1),
        )
    ),
    Row("a picture that is too small is no blindness", blind("400 Bad Request", {"error": {"message": "Image is too small: width must be at least 10 pixels", "code": "image_too_small"}}), Fault.BAD_PICTURE),
    Row("a server that fails for a moment is not blind", (refusal("500 Internal Server Error", ""), answer(["yes"]), answer()), GOOD, most=3),
]  # fmt: skip


# --- Waiting ------------------------------------------------------------------------------------------------

WAITS = [
    *(Row(f"always {status}", (refusal(f"{status} X", ""),), Fault.OVERLOADED, most=3) for status in (502, 503, 504, 520, 521, 522, 523, 524, 527, 529, 530, 409, 425)),
    Row("always 500", (refusal("500 X", ""),), Fault.OVERLOADED, most=4),
    *(Row(f"always {status}, which waiting does not mend", (refusal(f"{status} X", ""),), Fault.BROKEN, most=9 if status == 501 else 1) for status in (501, 505, 508, 525, 526)),
    Row("429 without a word", (refusal("429 X", ""),), Fault.RATE_LIMITED, most=3),
    Row("Retry-After of two hours", (refusal("429 X", "", Retry_After="7200"),), Fault.RATE_LIMITED, says="2 hours"),
    Row("Retry-After as a date long gone", (refusal("429 X", "", Retry_After="Mon, 23 Nov 2020 12:00:00 GMT"), answer()), GOOD, most=2),
    Row("Retry-After of a second", (refusal("503 X", "", Retry_After="1"), answer()), GOOD, most=2),
    Row("a reset of a limit", (refusal("429 X", "", x_ratelimit_remaining_requests="0", x_ratelimit_reset_requests="7m12s"),), Fault.RATE_LIMITED, says="8 minutes"),
    Row("a reset of a limit of which something is left", (refusal("429 X", "", x_ratelimit_remaining_tokens="9", x_ratelimit_reset_tokens="7m12s"), answer()), GOOD, most=2),
    Row("the free requests of a day", (refusal("429 X", {"error": {"message": "Rate limit exceeded: free-models-per-day", "code": 429}}),), Fault.DAILY_LIMIT),
    Row("no money", (refusal("402 X", ""),), Fault.NO_MONEY),
    Row("a proxy that asks for a password", (refusal("407 X", ""),), Fault.UNREACHABLE, says="user name and password", most=1),
    Row("a plain request to a TLS port", (refusal("400 X", "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>"),), Fault.UNREACHABLE, says="https://", most=1),
    Row("a client certificate is wanted", (refusal("400 X", "<html>400 No required SSL certificate was sent</html>"),), Fault.UNREACHABLE, says="client certificate", most=1),
    Row("for legal reasons", (refusal("451 X", ""),), Fault.REGION),
    Row("a check for robots", (refusal("403 X", "<!DOCTYPE html><title>Just a moment...</title>"),), Fault.BLOCKED),
]  # fmt: skip

# --- What was reported of clients like this one -------------------------------------------------------------

GEMINI_KEY = [
    {
        "error": {
            "code": 400,
            "message": "API key not valid. Please pass a valid API key.",
            "status": "INVALID_ARGUMENT",
            "details": [{"reason": "API_KEY_INVALID"}],
        }
    }
]

REPORTED = [
    Row("continuedev/continue#10748: a wrong key of Gemini is a 400 in a list", (refusal("400 Bad Request", GEMINI_KEY),), Fault.BAD_KEY),
    Row("ggml-org/llama.cpp#13566: blindness is a 500", blind("500 X", {"error": {"code": 500, "message": "image input is not supported by this server", "type": "server_error"}}), Fault.NO_VISION),
    Row("ggml-org/llama.cpp#12947: an unknown part is a 500", blind("500 X", {"error": {"code": 500, "message": 'Unsupported content part type: "image_url"', "type": "server_error"}}), Fault.NO_VISION),
    Row("ollama/ollama#7388: a form of picture", (refusal("400 X", {"error": {"message": "invalid image type: image/webp"}}),), Fault.BAD_PICTURE),
    Row("lmstudio-bug-tracker#1752: a form of picture, said of the URL", (refusal("400 X", {"error": "'url' field must be a base64 encoded image"}),), Fault.BAD_PICTURE),
    Row("cline/cline#8977: a picture that stb cannot open", (refusal("400 X", {"error": {"code": 400, "message": "Failed to load image or audio file", "type": "invalid_request_error"}}),), Fault.BAD_PICTURE),
    Row("neuron-core/neuron-ai#596: Mistral wants a whole data URL", (refusal("422 X", {"detail": [{"type": "value_error", "loc": ["body", "messages", 0, "content"], "msg": "Value error, image url must start with https or data"}]}),), Fault.BAD_PARAMETER, most=9),
    Row("microsoft/autogen#822: a deployment that is none", (refusal("404 X", {"error": {"code": "DeploymentNotFound", "message": "The API deployment for this resource does not exist."}}),), Fault.WRONG_MODEL),
    Row("posit-dev/chatlas#20: a picture by its address is refused", (refusal("400 X", {"error": {"message": "invalid image input"}}),), Fault.BAD_PARAMETER, most=9),
    Row("basyx-pdf-to-aas#8: a limit of null", picky(lambda body: body.get("max_tokens", 1) is not None, "400 X", {"error": {"message": "max_tokens: none is not an integer"}}), GOOD),
    Row("litellm without a database: a wrong key is a 400", (refusal("400 X", {"error": {"message": "No connected db.", "type": "no_db_connection", "code": "400"}}),), Fault.BAD_KEY),
    Row("litellm: a wrong model is a 400", (refusal("400 X", {"error": {"message": "/chat/completions: Invalid model name passed in model=foo.", "param": "model", "code": "400"}}),), Fault.WRONG_MODEL),
    Row("OpenRouter: an error amid a stream, with what had come", raw(": OPENROUTER PROCESSING\n\n", line(delta("x^2")), line({"error": {"code": 502, "message": "Provider disconnected"}, "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}]})), GOOD, warning="incomplete"),
    Row("GitHub Models: a day's worth", (refusal("429 X", {"error": {"code": "RateLimitReached", "message": "Rate limit of 50 per 86400s exceeded for UserByModelByDay."}}, retry_after="24367"),), Fault.DAILY_LIMIT, says="7 hours"),
    Row("openai-python: a broken line in a stream", raw(line(delta("x^2")), 'data: {"choices": [{"del\n\n'), GOOD, warning="incomplete"),
    Row("Spring: retry before the first event", raw("retry:3000\n\n", "data:" + json.dumps(delta("x^2", finish="stop")) + "\n\n"), GOOD),
    Row("Mistral: content in parts of thought and text", raw(line(delta([{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}])), line(delta("x^2", finish="stop"))), GOOD),
    Row("Azure: a filter's verdict in a chunk without choices", raw(line({"choices": [], "prompt_filter_results": []}), ONE), GOOD),
    Row("vLLM and Gemma: the answer in the open channel", raw(line(delta(None, reasoning="x^2", finish="stop"))), GOOD, warning="only among its thoughts"),
    Row("vLLM: no pictures in this model", (refusal("400 X", {"object": "error", "message": "At most 0 image(s) may be provided in one request.", "code": 400}),), Fault.NO_VISION),
    Row("DeepSeek: a text model and a picture", (refusal("400 X", {"error": {"message": "Failed to deserialize the JSON body: messages[0]: unknown variant `image_url`, expected `text` at line 1"}}),), Fault.NO_VISION),
    Row("a gateway without streaming", picky(lambda body: "stream" not in body, "400 X", {"detail": "Streaming is not supported"}), GOOD, most=2),
]  # fmt: skip

ROWS = [*REPORTED, *FRAMES, *SHAPES, *ENDINGS, *REPAIRED, *BLIND, *WAITS]
