"""Bytes in, values out: against the SDK's reader of events, and in frames that the standard does not know."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai._streaming import SSEDecoder

from writetex_desktop.core.endpoints.wire.arrivals import Arrival, ArrivalReader
from writetex_desktop.core.endpoints.wire.events import EventReader, LineReader

NAMES = st.sampled_from(("", "message", "ping", "error"))
DATA = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\r\n\x00"), min_size=1, max_size=20
).filter(lambda text: bool(text.strip()) and not text.startswith(("{", "[")))
EVENTS = st.lists(st.tuples(NAMES, st.lists(DATA, min_size=1, max_size=3)), max_size=5)
ENDS = st.sampled_from(("\n", "\r\n", "\r"))
NOISE = st.sampled_from(("", ": ping", "id: 1", "retry: 3000", "unknown: x"))


def written(events: list[tuple[str, list[str]]], end: str, noise: str) -> str:
    lines: list[str] = []
    for name, data in events:
        lines += [noise] if noise else []
        lines += [f"event: {name}"] if name else []
        lines += [*(f"data: {each}" for each in data), ""]
    return "".join(line + end for line in lines)


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(data), *(min(cut, len(data)) for cut in cuts)})
    return [data[start:end] for start, end in pairwise(places)]


@given(EVENTS, ENDS, NOISE, st.lists(st.integers(0, 200), max_size=8), st.booleans())
def test_events_are_those_that_the_sdk_reads(
    events: list[tuple[str, list[str]]], end: str, noise: str, cuts: list[int], has_bom: bool
) -> None:
    text = written(events, end, noise)
    judge = SSEDecoder()
    expected = [
        (event.event or "", event.data)
        for event in judge.iter_bytes(iter([text.encode()]))
        if event.data.strip()
    ]
    lines, reader = LineReader(), EventReader()
    found = []
    for piece in pieces((b"\xef\xbb\xbf" if has_bom else b"") + text.encode(), cuts):
        for line in lines.feed(piece):
            found += [(event.name, event.data) for event in reader.feed(line)]
    assert found == expected == [(name, "\n".join(data)) for name, data in events]


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=6))
def test_whatever_comes_in_whatever_pieces_comes_out_the_same(data: bytes, cuts: list[int]) -> None:
    whole, cut = ArrivalReader(), ArrivalReader()
    at_once = [*whole.feed(data), *whole.close()]
    bit_by_bit = [each for piece in pieces(data, cuts) for each in cut.feed(piece)]
    assert at_once == [*bit_by_bit, *cut.close()]


VALUES = st.lists(
    st.fixed_dictionaries({"n": st.integers(), "t": st.text(max_size=9)}), min_size=1, max_size=4
)


@pytest.mark.parametrize("frame", ["events", "lines", "list", "indented list", "behind each other"])
@given(values=VALUES, cuts=st.lists(st.integers(0, 200), max_size=5))
def test_the_values_are_the_same_in_every_frame(
    frame: str, values: list[dict[str, object]], cuts: list[int]
) -> None:
    written_as = {
        "events": "".join(f"data: {json.dumps(each)}\n\n" for each in values),
        "lines": "".join(f"{json.dumps(each)}\n" for each in values),
        "list": json.dumps(values),
        "indented list": json.dumps(values, indent=2),
        "behind each other": "\n".join(json.dumps(each, indent=2) for each in values),
    }
    reader = ArrivalReader()
    found = [each for piece in pieces(written_as[frame].encode(), cuts) for each in reader.feed(piece)]
    assert [each.value for each in (*found, *reader.close())] == values


def test_nothing_is_waited_for_once_an_event_is_whole() -> None:
    reader = ArrivalReader()
    assert reader.feed(b'data: {"n": 1}\n') == ()
    (first,) = reader.feed(b"\n")
    assert first.value == {"n": 1}
    (second,) = reader.feed(b'data: {"n": 2}\ndata: {"n": 3}\n')
    assert second.value == {"n": 2}


def test_what_is_no_answer_is_kept_to_say_what_it_was() -> None:
    reader = ArrivalReader()
    assert reader.feed(b"Service is starting\n") == ()
    assert reader.close() == (Arrival("Service is starting"),)
