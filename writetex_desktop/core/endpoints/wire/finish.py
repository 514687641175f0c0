"""Why an answer ended: the words of all vendors, brought to five."""

import re
from enum import StrEnum


class Finish(StrEnum):
    """Why an answer ended, in the protocol's words; the empty one means that it was not said."""

    UNSAID = ""
    STOP = "stop"
    LENGTH = "length"
    FILTER = "content_filter"
    REFUSAL = "refusal"
    ERROR = "error"


_MEANINGS: tuple[tuple[Finish, re.Pattern[str]], ...] = (
    # https://ai.google.dev/api/generate-content#FinishReason, https://docs.bigmodel.cn (sensitive),
    # https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html (guardrail_intervened)
    (
        Finish.FILTER,
        re.compile(
            r"filter|safety|recitation|blocklist|prohibited|spii|sensitive|guardrail|moderat|blocked|censor"
            r"|language|image_other|risk|violation"
        ),
    ),
    (Finish.REFUSAL, re.compile(r"refus|declin")),
    (
        Finish.LENGTH,
        re.compile(
            r"length|max_?(?:output_?)?tokens?|max_?length|token_?limit|context_?window|truncat|incomplete"
        ),
    ),
    # https://api-docs.deepseek.com/api/create-chat-completion (insufficient_system_resource)
    (
        Finish.ERROR,
        re.compile(
            r"error|fail|abort|cancel|insufficient|malformed|unexpected|timeout|time_limit|overload|killed"
        ),
    ),
)


def read_finish(value: object) -> Finish:
    """Say what a server's word for the end of an answer means.

    Words that none of the meanings fit (`stop`, `eos`, `end_turn`, `COMPLETE`) are those of an answer that
    ended by itself.
    """
    if not isinstance(value, str) or not value.strip() or value.lower() in {"null", "none"}:
        return Finish.UNSAID
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", value).lower().replace("-", "_").replace(" ", "_")
    return next((finish for finish, pattern in _MEANINGS if pattern.search(word)), Finish.STOP)
