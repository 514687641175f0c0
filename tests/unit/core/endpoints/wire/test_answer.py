import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.endpoints.wire.answer import OUTPUT_CAPS, AnswerReader
from writetex_desktop.core.endpoints.wire.finish import Finish
from writetex_desktop.core.endpoints.wire.pieces import Piece, read_piece
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.reading.recognition import Mode, ReasoningDelta, TextDelta, Usage

NAMES = ["choices", "delta", "message", "content", "text", "finish_reason", "usage", "error", "thinking"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_whatever_json_comes_is_read(value: object) -> None:
    assert isinstance(read_piece(value), Piece)
    AnswerReader(Mode.FORMULA).take(read_piece(json.loads(json.dumps(value))))


@pytest.mark.parametrize(
    "usage", [{}, None, [], {"prompt_tokens": None, "completion_tokens": 1}, {"prompt_tokens": 1}]
)
def test_usage_that_says_nothing_is_none(usage: object) -> None:
    assert read_piece({"choices": [], "usage": usage}).usage is None


def test_reasoning_tokens_are_counted_where_the_server_does() -> None:
    usage = {"prompt_tokens": 5, "completion_tokens": 4, "completion_tokens_details": {"reasoning_tokens": 3}}
    assert read_piece({"choices": [], "usage": usage}).usage == Usage(5, 4, 3)


def test_the_last_usage_counts() -> None:
    reader = AnswerReader(Mode.FORMULA)
    for count in (1, 2):
        reader.take(Piece(text="x", usage=Usage(9, count)))
    reader.take(Piece(finish=Finish.STOP))
    assert reader.completed("m").usage == Usage(9, 2)


def test_text_and_thought_of_one_chunk_are_both_told() -> None:
    assert AnswerReader(Mode.TEXT).take(Piece("x", "hmm.")) == (ReasoningDelta(4), TextDelta("x"))


@pytest.mark.parametrize("mode", Mode)
def test_an_answer_may_be_as_long_as_its_kind_but_no_longer(mode: Mode) -> None:
    reader = AnswerReader(mode)
    text = "".join(f"x_{{{number}}} + " for number in range(10_000))
    reader.take(Piece(text[: OUTPUT_CAPS[mode]]))
    assert reader.completed("m").warnings == ("The answer stopped without an end and may be incomplete.",)
    reader.take(Piece("+"))
    assert reader.is_over
    assert not reader.completed("m").complete


def test_a_refusal_counts_only_where_there_is_no_text() -> None:
    refused, answered = AnswerReader(Mode.FORMULA), AnswerReader(Mode.FORMULA)
    refused.take(Piece(refusal=True))
    answered.take(Piece("x", refusal=True))
    with pytest.raises(EndpointError) as raised:
        refused.check_end("https://api.example.com/v1", "m")
    assert raised.value.fault is Fault.CONTENT_FILTER
    answered.check_end("https://api.example.com/v1", "m")


def test_a_chunk_of_megabytes_is_taken_only_as_far_as_an_answer_may_go() -> None:
    reader = AnswerReader(Mode.FORMULA)
    (told,) = reader.take(Piece("".join(f"x_{{{number}}}" for number in range(100_000))))
    assert isinstance(told, TextDelta)
    assert told.text == reader.text
    assert len(reader.text) == OUTPUT_CAPS[Mode.FORMULA] + 1
    assert reader.is_over


@pytest.mark.parametrize("count", [-1, True, 10**30, 1.5, "7", None])
def test_a_count_that_no_count_can_be_is_left_out(count: object) -> None:
    usage = {"prompt_tokens": count, "completion_tokens": 7}
    assert read_piece({"choices": [], "usage": usage}).usage is None
    usage = {
        "prompt_tokens": 1,
        "completion_tokens": 7,
        "completion_tokens_details": {"reasoning_tokens": count},
    }
    assert read_piece({"choices": [], "usage": usage}).usage == Usage(1, 7)
