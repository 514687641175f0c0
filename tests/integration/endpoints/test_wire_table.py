"""Every row of the wire table ends in the right text or the right kind of error, within the time rule."""

import logging

import pytest

from tests.fakes import FakeClock
from tests.integration.endpoints.wire_server import wire_server
from tests.integration.endpoints.wire_table import ROWS, Row
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Engine, Recognition, RecognitionRequest
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.reading.recognition_service import RecognitionService

KEY = "sk-wire-0123456789abcdef"
REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG pixels", 64, 32))
QUICK_S = 2.0
"""All that is waited for one picture while somebody looks at it, unless the server asks for a little more."""


async def outcome_of(row: Row) -> tuple[Recognition | WriteTexError, int, list[float]]:
    """Play a row to the whole of recognition; gives what came of it, the requests and the waits."""
    clock = FakeClock()
    replies = row.play if isinstance(row.play, tuple) else ()
    async with wire_server(*replies) as wire:
        wire.judge = None if isinstance(row.play, tuple) else row.play
        recognizer = OpenAIRecognizer(Endpoint(wire.base_url, Secret(KEY), "some-model"))
        service = RecognitionService({Engine.ENDPOINT: recognizer}, clock)
        try:
            events = [event async for event in service.recognize(REQUEST)]
        except WriteTexError as error:
            return error, len(wire.requests), clock.slept
        finally:
            await recognizer.aclose()
        assert isinstance(events[-1], Recognition)
        return events[-1], len(wire.requests), clock.slept


@pytest.mark.parametrize("row", ROWS, ids=[row.name[:70] for row in ROWS])
async def test_each_behaviour_ends_as_it_should(row: Row, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    found, requests, slept = await outcome_of(row)
    if not isinstance(row.expected, Fault):
        assert isinstance(found, Recognition), found
        assert found.markup == row.expected
        said = " ".join(found.warnings)
        assert (row.warning in said) if row.warning else not found.warnings
    else:
        assert isinstance(found, EndpointError), found
        assert found.fault is row.expected
        said = f"{found.message} {found.remedy.text}"
        assert found.remedy.text.endswith(".")
        assert "{" not in said
        assert "<" not in said
    assert row.says in said
    assert requests <= row.most
    assert sum(slept) <= QUICK_S
    assert KEY[3:] not in said + caplog.text


def test_the_table_is_long_and_names_no_row_twice() -> None:
    assert len(ROWS) >= 150
    assert len({row.name for row in ROWS}) == len(ROWS)
