"""By which words servers can be told apart when they fail: data, in order of precedence.

Sources: `shared/reference/providers.md` section 1.4, which cites each server's documentation or report.
"""

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
        Fault.NO_MONEY,
        frozenset(("insufficient_quota", "arrearage", "accountoverdueerror", "billing_hard_limit_reached")),
        (
            "credit balance is too low",
            "insufficient balance",
            "insufficient credits",
            "exceeded your current quota, please check your plan",
            "limit: 0,",
            "requires more credits",
        ),
    ),
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
        ("has not activated the model", "real-name", "user location is not supported"),
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
        ),
    ),
    Mark(Fault.WRONG_MODEL, phrases=("model",), statuses=frozenset((404,))),
    Mark(
        Fault.WRONG_PATH,
        phrases=("invalid url", "not found", "unknown request url", "no route"),
        statuses=frozenset((404, 405)),
    ),
    Mark(
        Fault.OVERLOADED,
        frozenset(("overloaded_error", "serviceunavailable", "engine_overloaded_error", "server_overloaded")),
        ("loading model", "model is overloaded"),
    ),
    Mark(
        Fault.RATE_LIMITED,
        frozenset(("rate_limit_exceeded", "rate_limit_error", "throttling_error", "resource_exhausted")),
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
    408: Fault.TIMEOUT,
    409: Fault.OVERLOADED,
    413: Fault.TOO_LARGE,
    415: Fault.BAD_PARAMETER,
    422: Fault.BAD_PARAMETER,
    425: Fault.OVERLOADED,
    429: Fault.RATE_LIMITED,
}
"""What a status means when the body says nothing; 3xx is a redirection and 5xx an overload (529 too)."""
