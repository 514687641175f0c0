"""While the user stays offline nobody is asked."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes import FakeEndpointProbe
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.probe import ProbeReply
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import RecognitionRequest, RecognizerEvent, TextDelta
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.offline_switch import SwitchedProbe, SwitchedRecognizer

ENDPOINT = Endpoint("http://localhost:1/v1", Secret(""), "m")
REQUEST = RecognitionRequest(EncodedImage("image/png", b"png", 64, 32))


class Answering:
    def __init__(self) -> None:
        self.asked = 0

    async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        del request
        self.asked += 1
        yield TextDelta("x")

    async def warm(self) -> None:
        pass

    async def aclose(self) -> None:
        pass


async def test_a_recogniser_is_asked_only_online() -> None:
    offline, inner = Observable(True), Answering()
    recognizer = SwitchedRecognizer(inner, offline)
    with pytest.raises(EndpointError) as caught:
        await anext(recognizer.recognize(REQUEST))
    assert (caught.value.fault, inner.asked) == (Fault.STAYING_OFFLINE, 0)
    offline.set(False)
    assert [event async for event in recognizer.recognize(REQUEST)] == [TextDelta("x")]


async def test_a_probe_asks_only_online() -> None:
    url = "http://localhost:1/v1/models"
    offline, inner = Observable(True), FakeEndpointProbe({url: ProbeReply(200, {})})
    probe = SwitchedProbe(inner, offline)
    with pytest.raises(EndpointError) as caught:
        await probe.get(ENDPOINT, url, timeout_s=1)
    assert (caught.value.fault, inner.asked) == (Fault.STAYING_OFFLINE, [])
    offline.set(False)
    assert (await probe.get(ENDPOINT, url, timeout_s=1)).status == 200
