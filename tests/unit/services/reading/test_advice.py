"""A failure that base URL or model ID caused says what would work."""

import pytest

from tests.fakes import FakeEndpointProbe, FakeRecognizer
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.probe import ProbeReply
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Completed, Engine, RecognitionRequest, TextDelta
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.endpoints.model_lists import ModelLists
from writetex_desktop.services.reading.advice import AdvisedRecognizer

REQUEST = RecognitionRequest(EncodedImage("image/png", b"png", 64, 32))
ENDPOINT = Endpoint("http://box:8000/v1", Secret("sk-1"), "qwen3-vl")
MODELS = ProbeReply(200, {"data": [{"id": "Qwen3-VL-8B"}, {"id": "other"}]})
REMEDY = Remedy("Check it.", RemedyAction.OPEN_ENDPOINT_SETTINGS)


class ScriptedEndpoint(FakeRecognizer):
    async def warm(self) -> None:
        pass

    async def aclose(self) -> None:
        pass


def failing(fault: Fault, *, partial: str = "", suggestion: str = "") -> EndpointError:
    return EndpointError("It failed.", REMEDY, fault=fault, partial=partial, suggestion=suggestion)


async def advice(error: EndpointError, pages: dict[str, ProbeReply]) -> tuple[EndpointError, int]:
    probe = FakeEndpointProbe(dict(pages))
    advised = AdvisedRecognizer(
        ScriptedEndpoint([[TextDelta("x"), error]]), ENDPOINT, ModelLists(probe, Catalogue())
    )
    with pytest.raises(EndpointError) as caught:
        async for _ in advised.recognize(REQUEST):
            pass
    assert caught.value is error
    return error, len(probe.asked)


@pytest.mark.parametrize("fault", [Fault.WRONG_PATH, Fault.NOT_AN_API])
async def test_a_wrong_path_is_answered_with_one_at_which_there_is_an_api(fault: Fault) -> None:
    error, _ = await advice(failing(fault), {"http://box:8000/api/v1/models": MODELS})
    assert error.suggestion == "http://box:8000/api/v1"
    assert "http://box:8000/api/v1" in error.remedy.text
    assert error.remedy.action is RemedyAction.OPEN_ENDPOINT_SETTINGS


async def test_a_wrong_model_is_answered_with_the_nearest() -> None:
    error, _ = await advice(failing(Fault.WRONG_MODEL), {"http://box:8000/v1/models": MODELS})
    assert error.suggestion == "Qwen3-VL-8B"
    assert "Qwen3-VL-8B" in error.remedy.text


@pytest.mark.parametrize("fault", [Fault.WRONG_PATH, Fault.WRONG_MODEL])
async def test_where_nothing_better_is_found_the_remedy_stays(fault: Fault) -> None:
    error, _ = await advice(failing(fault), {})
    assert error.suggestion == ""
    assert error.remedy == REMEDY


@pytest.mark.parametrize(
    "error",
    [
        failing(Fault.BAD_KEY),
        failing(Fault.WRONG_PATH, partial="x"),
        failing(Fault.WRONG_PATH, suggestion="https://elsewhere.example/v1"),
    ],
    ids=["another fault", "text had come", "one is known"],
)
async def test_nobody_is_asked_where_no_advice_is_needed(error: EndpointError) -> None:
    _, asked = await advice(error, {"http://box:8000/api/v1/models": MODELS})
    assert asked == 0


async def test_an_answer_passes_as_it_is() -> None:
    done = Completed(Engine.ENDPOINT, "qwen3-vl")
    inner = ScriptedEndpoint([[TextDelta("x"), done]])
    advised = AdvisedRecognizer(inner, ENDPOINT, ModelLists(FakeEndpointProbe(), Catalogue()))
    assert [event async for event in advised.recognize(REQUEST)] == [TextDelta("x"), done]
