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


def failing(
    fault: Fault, *, partial: str = "", suggestion: str = "", model: str = ENDPOINT.model, said: str = ""
) -> EndpointError:
    return EndpointError(
        "It failed.", REMEDY, fault=fault, partial=partial, suggestion=suggestion, model=model, said=said
    )


async def advice(error: EndpointError, pages: dict[str, ProbeReply]) -> tuple[EndpointError, int]:
    probe = FakeEndpointProbe(dict(pages))
    advised = AdvisedRecognizer(
        ScriptedEndpoint([[TextDelta("x"), error]]), ENDPOINT, ModelLists(probe, Catalogue())
    )
    with pytest.raises(EndpointError) as caught:
        async for _ in advised.recognize(REQUEST):
            pass
    assert caught.value is error or caught.value.__cause__ is error
    return caught.value, len(probe.asked)


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


LISTED = ProbeReply(200, {"data": [{"id": "qwen3-vl"}, {"id": "qwen3-vl-plus"}]})


@pytest.mark.parametrize("fault", [Fault.WRONG_PATH, Fault.NOT_AN_API])
async def test_a_base_url_at_which_the_list_stands_is_not_doubted(fault: Fault) -> None:
    pages = {"http://box:8000/v1/models": LISTED, "http://box:8000/api/v1/models": LISTED}
    error, _ = await advice(failing(fault), pages)
    assert error.fault is Fault.BAD_ANSWER
    assert error.suggestion == ""
    assert "base URL" not in error.message + error.remedy.text


async def test_a_model_that_the_list_has_is_not_called_wrong_nor_proposed_again() -> None:
    said = "Your organization must be verified to use the model `qwen3-vl`."
    error, _ = await advice(failing(Fault.WRONG_MODEL, said=said), {"http://box:8000/v1/models": LISTED})
    assert error.fault is Fault.FORBIDDEN
    assert said in error.message
    assert error.suggestion == ""


@pytest.mark.parametrize("fault", [Fault.WRONG_PATH, Fault.BAD_PARAMETER, Fault.BAD_ANSWER])
async def test_a_model_that_the_list_lacks_is_what_was_wrong_whatever_the_words(fault: Fault) -> None:
    error, _ = await advice(
        failing(fault, said="No deployments for model qwen3-vl."),
        {"http://box:8000/v1/models": MODELS},
    )
    assert error.fault is Fault.WRONG_MODEL
    assert error.suggestion == "Qwen3-VL-8B"


async def test_a_refusal_that_speaks_of_no_model_is_left_alone() -> None:
    error, _ = await advice(
        failing(Fault.BAD_PARAMETER, said="temperature is too low"), {"http://box:8000/v1/models": MODELS}
    )
    assert error.fault is Fault.BAD_PARAMETER


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
