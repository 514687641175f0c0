"""By which words servers can be told apart when they fail: data, in order of precedence.

Sources: `shared/reference/providers.md` section 1.4, which cites each server's documentation or report.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from writetex_desktop.core.errors import Fault


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign in an error body.

    Attributes:
        fault: What it means.
        codes: It is meant when one of these, in lower case, is among the body's codes.
        phrases: It is meant when one of these, in lower case, is in the server's words.
        statuses: Only with one of these HTTP statuses; empty for any.
    """

    fault: Fault
    codes: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    statuses: frozenset[int] = frozenset()


MARKS: tuple[Mark, ...] = (
    Mark(
        Fault.BAD_KEY,
        frozenset(("invalid_api_key", "api_key_invalid", "authenticationerror", "no_db_connection")),
        ("api key not valid", "incorrect api key", "invalid api key", "no api key passed", "api key expired"),
    ),
    Mark(
        Fault.FORBIDDEN,
        frozenset(
            ("modelnotopen", "invalidendpointormodel.modelidaccessdisabled", "accessdenied", "model_not_open")
        ),
        (
            "has not activated the model",
            "real-name",
            "must be verified to",
            "data policy",
            "privacy settings",
            "guardrail",
            "terms of service",
        ),
    ),
    Mark(
        Fault.NO_VISION,
        frozenset(("no_vision_model",)),
        (
            "does not support image",
            "do not support image",
            "doesn't support image",
            "image input is not supported",
            "image inputs are not supported",
            "support image input",
            "is not a multimodal model",
            "at most 0 image(s)",
            "unknown variant `image_url`",
            "unknown variant image_url",
            'unsupported content part type: "image_url"',
            "image_url is only supported by certain models",
            "does not support vision",
            "no vision model",
            "model does not support multimodal",
            "not a vlm",
            "only supports text",
            "only support text",
            "only accepts text",
            "missing data required for image input",
            "add-on is not loaded",
            "mmproj",
            "no images are supported",
        ),
    ),
    Mark(
        Fault.BAD_PICTURE,
        frozenset(("image_too_small", "unsupported_image_format", "invalidparameter.unsupportedimageformat")),
        (
            "image is too small",
            "could not decode",
            "failed to load image",
            "cannot identify image",
            "invalid image type",
            "invalid image data",
            "base64 encoded image",
            "unsupported image type",
            "unsupported image format",
            "image format is not supported",
        ),
    ),
    Mark(
        Fault.TOO_LARGE,
        frozenset(
            (
                "oversizedimage",
                "invalidparameter.oversizedimage",
                "image_too_large",
                "request_too_large",
                "context_length_exceeded",
            )
        ),
        (
            "maximum context length",
            "context window exceeded",
            "exceeds the context window",
            "prompt is too long",
            "image is too large",
            "request entity too large",
            "exceeds the maximum image size",
        ),
    ),
    Mark(
        Fault.CONTENT_FILTER,
        frozenset(
            (
                "content_filter",
                "datainspectionfailed",
                "data_inspection_failed",
                "content_policy_violation",
                "responsibleaipolicyviolation",
            )
        ),
        ("content management policy", "requires moderation", "flagged by moderation"),
    ),
    Mark(
        Fault.WRONG_MODEL,
        frozenset(
            (
                "model_not_found",
                "invalid_model",
                "deploymentnotfound",
                "invalidendpointormodel.notfound",
                "unknown_model",
                "model_not_supported",
                "model_decommissioned",
            )
        ),
        (
            "invalid model name",
            "not a valid model id",
            "model not exist",
            "model not found",
            "try pulling it first",
            "the model `",
            "is not found for api version",
            "no healthy deployments",
            "no available channel",
            "无可用渠道",
            "模型不存在",
        ),
    ),
    # Words that name a model are the best that a 404 says; the server's list has the last word.
    Mark(
        Fault.WRONG_MODEL,
        phrases=("model", "模型", "deployment", "no endpoints found for"),
        statuses=frozenset((404, 410)),
    ),
    Mark(Fault.WRONG_MODEL, phrases=("does not exist", "not exist"), statuses=frozenset((200,))),
    Mark(
        Fault.WRONG_PATH,
        phrases=("invalid url", "not found", "unknown request url", "no route"),
        statuses=frozenset((404, 405)),
    ),
    Mark(
        Fault.OVERLOADED,
        frozenset(("overloaded_error", "serviceunavailable", "engine_overloaded_error", "server_overloaded")),
        ("loading model", "model is overloaded", "no available accounts", "负载"),
    ),
    Mark(
        Fault.RATE_LIMITED,
        frozenset(("rate_limit_exceeded", "rate_limit_error", "throttling_error", "resource_exhausted")),
        ("error code: 1015",),
        statuses=frozenset((200, 400, 403, 500, 503)),
    ),
    Mark(
        Fault.BAD_PARAMETER,
        frozenset(
            ("unsupported_parameter", "unsupported_value", "unknown_parameter", "invalid_parameter_error")
        ),
    ),
)

BY_STATUS: dict[int, Fault] = {
    400: Fault.BAD_PARAMETER,
    401: Fault.BAD_KEY,
    402: Fault.NO_MONEY,
    403: Fault.FORBIDDEN,
    404: Fault.WRONG_PATH,
    405: Fault.WRONG_PATH,
    406: Fault.BAD_PARAMETER,
    408: Fault.TIMEOUT,
    409: Fault.OVERLOADED,
    410: Fault.WRONG_PATH,
    411: Fault.BAD_PARAMETER,
    413: Fault.TOO_LARGE,
    414: Fault.WRONG_PATH,
    415: Fault.BAD_PARAMETER,
    421: Fault.WRONG_PATH,
    422: Fault.BAD_PARAMETER,
    424: Fault.OVERLOADED,
    425: Fault.OVERLOADED,
    429: Fault.RATE_LIMITED,
    431: Fault.BAD_PARAMETER,
    451: Fault.REGION,
    498: Fault.BAD_KEY,
}
"""What a status means when the body says nothing; 3xx is a redirection and 5xx an overload (529 too)."""

BROKEN_STATUSES = frozenset((501, 505, 506, 508, 510, 511, 525, 526))
"""Server errors that last: what is not built, is set up wrongly, or has a bad certificate behind a gateway
(https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/)."""

_PICTURE = (
    r"(?:image|picture|vision|visual|multi-?modal"
    r"|图片|圖片|图像|圖像|视觉|視覺|多模态|画像|이미지|изображен|bilder?\b)"
)
_CANNOT = (
    r"(?:not (?:\w+ )?(?:support|accept|allow|handle|process|enabled|available|loaded|implemented|capable)"
    r"|n't (?:\w+ )?(?:support|accept|allow|handle|process|see)|unsupported|disabled"
    r"|(?:turned|switched) off|not a \w+ model|text[- ]only"
    r"|cannot (?:\w+ )?(?:see|process|handle|read|accept)|不支持|不支援|不接受|無法|nicht unterstützt"
    r"|pas pris en charge|no admite|non support|не поддержива|対応していません|지원하지)"
)
_NO_PICTURES = re.compile(rf"{_PICTURE}.{{0,60}}{_CANNOT}|{_CANNOT}.{{0,60}}{_PICTURE}")
_THIS_PICTURE = re.compile(
    r"format|mime|size|dimension|width|height|pixel|resolution|small|large|corrupt|decod|base64"
    r"|download|aspect"
    r"|\burl\b|尺寸|格式|像素|过大|过小|下载"
)
"""What is said where a picture is wrong, rather than that there is one."""

_MAY_BE_BLIND = frozenset((200, 400, 404, 415, 422, 500, 501))


def by_marks(status: int, words: str, codes: AbstractSet[str]) -> Fault | None:
    """Say which fault the first mark means that a body bears; None when it bears none.

    Args:
        status: HTTP status, or the one that the body gives.
        words: What the server said, in lower case.
        codes: Its codes, in lower case.
    """
    for mark in MARKS:
        if mark.statuses and status not in mark.statuses:
            continue
        if mark.codes & codes or any(phrase in words for phrase in mark.phrases):
            return mark.fault
        if mark.fault is Fault.WRONG_MODEL and status in _MAY_LACK and _NO_MODEL.search(words):
            return Fault.WRONG_MODEL
        # Between the phrases of blindness and all other marks, so that the narrower saying wins.
        if mark.fault is Fault.BAD_PICTURE and _is_blind(status, words):
            return Fault.NO_VISION
    return None


_NO_MODEL = re.compile(
    r"(?:unknown|invalid|no such|nonexistent|unsupported) model\b"
    r"(?! (?:param|option|setting|output|response))"
    r"|\bmodel\b.{0,60}"
    r"(?:not found|not exist|n't exist|no longer|decommissioned|deprecated|retired|identifier is)"
)
"""What is said of a model that is none, or is none any more."""

_MAY_LACK = frozenset((200, 400, 404, 410, 422))


def _is_blind(status: int, words: str) -> bool:
    """Say whether words mean that the model takes no pictures at all."""
    found = _NO_PICTURES.search(words) if status in _MAY_BE_BLIND else None
    return found is not None and not _THIS_PICTURE.search(words)
