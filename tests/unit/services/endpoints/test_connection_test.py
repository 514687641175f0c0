"""Trying an endpoint: what is found, said and offered."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.fakes import FakeClock, FakeEndpointProbe, FakeNotifier, FakeRecognizer, FakeSpendingStore
from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.catalogue.provider import (
    Catalogue,
    Model,
    ModelMark,
    Provider,
    ProviderKind,
)
from writetex_desktop.core.endpoints.connection import ConnectionReport, Fix, FixKind, Outcome, Step
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.probe import ProbeReply
from writetex_desktop.core.errors import EndpointError, Fault, RecognitionError, WriteTexError
from writetex_desktop.core.money import CostRange, Currency, Money
from writetex_desktop.core.notice import Level
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Completed, Engine, RecognizerEvent, TextDelta, Usage
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.endpoints.connection_test import ConnectionTest, shows_x_squared
from writetex_desktop.services.endpoints.connection_text import as_record, as_text
from writetex_desktop.services.endpoints.model_lists import ModelLists
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.settings.spending import Spending
from writetex_desktop.services.tasks import Tasks

PICTURE = EncodedImage("image/png", b"png", 64, 32)
USAGE = Usage(90, 3)
DONE = Completed(Engine.ENDPOINT, "eye-1", USAGE)
READS_IT = (TextDelta("$x"), TextDelta("^2$"), DONE)
BASE = "https://api.cloud.example/compat/v1"
LIST = ProbeReply(200, {"data": [{"id": "eye-1"}, {"id": "blind"}, {"id": "other-vl"}]})
CLOUD = Provider(
    "cloud",
    "Cloud",
    ProviderKind.SERVICE,
    base_url=BASE,
    hosts=("cloud.example",),
    key_url="https://cloud.example/keys",
    models=(
        Model("eye-1", "Eye", mark=ModelMark.ECONOMICAL, price=Price(Decimal(1), Decimal(10), Currency.USD)),
        Model("blind", "Blind", vision=False),
    ),
)
CATALOGUE = Catalogue((CLOUD,))
ENDPOINT = Endpoint(BASE, Secret("sk-1"), "eye-1")

Script = Sequence[RecognizerEvent | WriteTexError]


async def check(
    *script: RecognizerEvent | WriteTexError,
    endpoint: Endpoint | EndpointError = ENDPOINT,
    pages: dict[str, ProbeReply | WriteTexError] | None = None,
    reports: list[ConnectionReport] | None = None,
    profiles: tuple[Profile, ...] = (),
) -> ConnectionReport:
    recognizer = FakeRecognizer([script])
    probe = FakeEndpointProbe(pages if pages is not None else {f"{BASE}/models": LIST})

    async def draft() -> Endpoint:
        if isinstance(endpoint, EndpointError):
            raise endpoint
        return endpoint

    async def connect() -> FakeRecognizer:
        return recognizer

    settings = Observable(Settings(profiles=profiles))
    spending = Spending(FakeSpendingStore(), (), settings, CATALOGUE, tasks=Tasks(FakeNotifier()))
    test = ConnectionTest(
        draft=draft,
        connect=connect,
        lists=ModelLists(probe, CATALOGUE),
        catalogue=CATALOGUE,
        cost=spending.cost,
        picture=lambda: PICTURE,
        clock=FakeClock(),
    )
    found = await test.run((reports if reports is not None else []).append)
    assert len(recognizer.requests) <= 1
    return found


def outcomes(report: ConnectionReport) -> str:
    return "".join(
        {Outcome.PASSED: "+", Outcome.FAILED: "-", Outcome.UNTRIED: "."}[each.outcome]
        for each in report.steps
    )


def failure(report: ConnectionReport) -> tuple[Step, str, tuple[Fix, ...]]:
    (failed,) = [each for each in report.steps if each.outcome is Outcome.FAILED]
    assert failed.message
    assert failed.remedy
    assert failed.fixes, "every red step has something to click"
    assert report.notice is not None
    assert (report.notice.level, report.notice.message) == (Level.ERROR, failed.message)
    assert report.notice.remedy.text == failed.remedy
    return failed.step, failed.remedy, failed.fixes


async def test_an_endpoint_that_reads_the_picture_passes_every_step() -> None:
    report = await check(*READS_IT)
    assert report.passed
    assert outcomes(report) == "++++"
    assert report.usage == USAGE
    assert report.cost == Money(Decimal("0.00012"), Currency.USD)
    assert report.steps[0].message == "3 models found, 2 known to see images."
    assert report.notice is not None
    assert report.notice.level is Level.INFO


async def test_steps_are_told_as_they_are_known() -> None:
    reports: list[ConnectionReport] = []
    final = await check(*READS_IT, reports=reports)
    assert [outcomes(each) for each in reports] == ["+...", "++++"]
    assert [each.notice is None for each in reports] == [True, False]
    assert reports[-1] is final


async def test_a_server_without_a_list_is_tried_all_the_same() -> None:
    report = await check(*READS_IT, pages={f"{BASE}/models": ProbeReply(401, {"error": "header"})})
    assert report.passed
    assert report.steps[0].message == ""


async def test_the_cost_is_an_estimate_when_the_server_counts_no_tokens() -> None:
    report = await check(TextDelta("x^2"), Completed(Engine.ENDPOINT, "eye-1"))
    assert isinstance(report.cost, CostRange)


async def test_the_users_own_price_holds() -> None:
    own = Price(Decimal(1000), Decimal(0), Currency.CNY)
    profile = Profile("p", "P", ENDPOINT.base_url, ENDPOINT.model, price=own)
    report = await check(*READS_IT, profiles=(profile,))
    assert isinstance(report.cost, Money)
    assert report.cost.currency is Currency.CNY


async def test_there_is_no_cost_without_a_price() -> None:
    report = await check(*READS_IT, endpoint=Endpoint(BASE, Secret("sk-1"), "other-vl"))
    assert report.cost is None


async def test_thinking_is_told_for_it_costs_money() -> None:
    report = await check(TextDelta("x^2"), Completed(Engine.ENDPOINT, "eye-1", Usage(90, 803, 800)))
    assert report.passed
    assert "800 tokens on thinking" in report.steps[2].message


async def test_an_empty_base_url_leads_to_the_providers() -> None:
    report = await check(endpoint=Endpoint("", Secret(""), ""))
    assert outcomes(report) == "-..."
    assert failure(report)[2] == (Fix(FixKind.PICK_PROVIDER),)


@pytest.mark.parametrize(
    ("fault", "kind"), [(Fault.BAD_URL, FixKind.PICK_PROVIDER), (Fault.BAD_KEY, FixKind.ENTER_KEY)]
)
async def test_fields_that_cannot_be_used_are_told_before_anything_is_sent(
    fault: Fault, kind: FixKind
) -> None:
    report = await check(endpoint=EndpointError("Not usable.", "Mend it.", fault=fault))
    assert failure(report)[2] == (Fix(kind),)


async def test_a_missing_key_leads_to_its_field_and_to_the_page_where_keys_are_made() -> None:
    report = await check(endpoint=Endpoint(BASE, Secret(""), "eye-1"))
    assert outcomes(report) == "+-.."
    assert failure(report)[2] == (
        Fix(FixKind.ENTER_KEY),
        Fix(FixKind.OPEN_PAGE, "https://cloud.example/keys"),
    )


async def test_a_server_on_the_own_machine_needs_no_key() -> None:
    local = Endpoint("http://localhost:9/v1", Secret(""), "eye-1")
    assert (await check(*READS_IT, endpoint=local, pages={"http://localhost:9/v1/models": LIST})).passed


async def test_a_missing_model_leads_to_those_that_see() -> None:
    report = await check(endpoint=Endpoint(BASE, Secret("sk-1"), ""))
    assert outcomes(report) == "++-."
    assert failure(report)[2] == (
        Fix(FixKind.USE_MODEL, "eye-1"),
        Fix(FixKind.USE_MODEL, "other-vl"),
        Fix(FixKind.PICK_MODEL),
    )


async def test_a_host_that_does_not_answer_is_told_without_sending_the_picture() -> None:
    report = await check(*READS_IT, pages={})
    assert outcomes(report) == "-..."
    step, remedy, fixes = failure(report)
    assert (step, remedy) == (Step.REACH, "Start the server.")
    assert fixes == (Fix(FixKind.ASK_AGAIN), Fix(FixKind.PICK_PROVIDER))


async def test_a_list_that_takes_too_long_does_not_stop_the_trial() -> None:
    slow = EndpointError("Slow.", fault=Fault.TIMEOUT)
    assert (await check(*READS_IT, pages={f"{BASE}/models": slow})).passed


@pytest.mark.parametrize("fault", [Fault.WRONG_PATH, Fault.NOT_AN_API, Fault.BAD_ANSWER])
async def test_the_path_that_works_is_found_and_offered(fault: Fault) -> None:
    typed = Endpoint("https://api.cloud.example/v7", Secret("sk-1"), "eye-1")
    pages: dict[str, ProbeReply | WriteTexError] = {
        "https://api.cloud.example/v7/models": ProbeReply(404, None),
        f"{BASE}/models": LIST,
    }
    report = await check(EndpointError("Not here.", "Look.", fault=fault), endpoint=typed, pages=pages)
    assert outcomes(report) == "-..."
    assert failure(report)[2] == (Fix(FixKind.USE_BASE_URL, BASE),)


async def test_a_redirection_offers_where_it_leads() -> None:
    moved = EndpointError("Moved.", "Go there.", fault=Fault.REDIRECTED, suggestion="https://new.example/v1")
    report = await check(moved)
    assert failure(report)[2][0] == Fix(FixKind.USE_BASE_URL, "https://new.example/v1")


@pytest.mark.parametrize("fault", [Fault.BAD_KEY, Fault.FORBIDDEN])
async def test_a_refused_key_leads_to_its_field_and_page(fault: Fault) -> None:
    report = await check(EndpointError("Refused.", "Look at it.", fault=fault))
    assert outcomes(report) == "+-.."
    assert [fix.kind for fix in failure(report)[2]] == [FixKind.ENTER_KEY, FixKind.OPEN_PAGE]


@pytest.mark.parametrize("fault", [Fault.NO_MONEY, Fault.DAILY_LIMIT, Fault.RATE_LIMITED])
async def test_where_money_or_a_quota_is_lacking_the_key_was_taken(fault: Fault) -> None:
    report = await check(EndpointError("None left.", "Wait or pay.", fault=fault))
    assert outcomes(report) == "++-."


async def test_a_wrong_model_offers_the_nearest() -> None:
    wrong = EndpointError("No such model.", "Choose.", fault=Fault.WRONG_MODEL)
    report = await check(wrong, endpoint=Endpoint(BASE, Secret("sk-1"), "Eye1"))
    assert outcomes(report) == "++-."
    assert failure(report)[2] == (Fix(FixKind.USE_MODEL, "eye-1"), Fix(FixKind.PICK_MODEL))


async def test_a_model_unlike_any_offers_those_that_see() -> None:
    wrong = EndpointError("No such model.", "Choose.", fault=Fault.WRONG_MODEL)
    report = await check(wrong, endpoint=Endpoint(BASE, Secret("sk-1"), "zzz"))
    assert failure(report)[2][0] == Fix(FixKind.USE_MODEL, "eye-1")


@pytest.mark.parametrize(
    "script",
    [
        (EndpointError("Cannot.", "Choose.", fault=Fault.NO_VISION),),
        (TextDelta("E = mc^2"), Completed(Engine.ENDPOINT, "blind")),
    ],
)
async def test_a_model_that_does_not_see_offers_those_that_do(script: Script) -> None:
    report = await check(*script, endpoint=Endpoint(BASE, Secret("sk-1"), "blind"))
    assert outcomes(report) == "+++-"
    _step, remedy, fixes = failure(report)
    assert "try eye-1, other-vl" in remedy
    assert fixes[0] == Fix(FixKind.USE_MODEL, "eye-1")


async def test_a_model_that_read_another_formula_is_not_called_blind() -> None:
    report = await check(TextDelta("x^3"), DONE)
    assert outcomes(report) == "+++-"
    _step, remedy, fixes = failure(report)
    assert remedy.startswith("Test again")
    assert fixes[0] == Fix(FixKind.ASK_AGAIN)


async def test_the_model_that_failed_is_not_offered_again() -> None:
    report = await check(TextDelta("no idea"), DONE)
    assert Fix(FixKind.USE_MODEL, "eye-1") not in failure(report)[2]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.RATE_LIMITED, FixKind.ASK_AGAIN),
        (Fault.OVERLOADED, FixKind.ASK_AGAIN),
        (Fault.TIMEOUT, FixKind.ASK_AGAIN),
        (Fault.CUT, FixKind.ASK_AGAIN),
        (Fault.BAD_PARAMETER, FixKind.PICK_MODEL),
        (Fault.EMPTY_ANSWER, FixKind.PICK_MODEL),
    ],
)
async def test_what_may_pass_is_tried_again(fault: Fault, kind: FixKind) -> None:
    report = await check(EndpointError("It failed.", "Wait.", fault=fault))
    assert outcomes(report) == "++-."
    assert failure(report)[2] == (Fix(kind),)


@pytest.mark.parametrize("fault", Fault)
async def test_no_fault_is_without_a_remedy_to_click(fault: Fault) -> None:
    failure(await check(EndpointError("It failed.", "Do something.", fault=fault)))


async def test_an_engine_that_finds_nothing_is_told() -> None:
    report = await check(RecognitionError("There is nothing.", "Look again."))
    assert failure(report)[0] is Step.MODEL


@pytest.mark.parametrize(
    "answer", ["x^2", "$$x^{2}$$", "\\[ X^2 \\]", "```latex\nx^2\n```", "\\mathrm{x}^2.", "x²"]
)
def test_every_way_to_write_x_squared_counts(answer: str) -> None:
    assert shows_x_squared(answer)


@pytest.mark.parametrize("answer", ["", "2", "x", "x^2 + 1", "I see x^2 in the image", "x_2"])
def test_anything_else_does_not(answer: str) -> None:
    assert not shows_x_squared(answer)


async def test_a_report_can_be_read_in_a_terminal_and_by_a_program() -> None:
    report = await check(EndpointError("It refused the key.", "Check the key.", fault=Fault.BAD_KEY))
    assert as_text(report).splitlines() == [
        "passed   reach   3 models found, 2 known to see images.",
        "failed   key     It refused the key.",
        "untried  model",
        "untried  vision",
        "It refused the key. Check the key. (0.0 s)",
        "What may help:",
        "  set the key in WRITETEX_API_KEY, or in the settings",
        "  make a key at https://cloud.example/keys",
    ]
    assert as_record(report) == {
        "passed": False,
        "steps": {"reach": "passed", "key": "failed", "model": "untried", "vision": "untried"},
        "seconds": 0.0,
        "usage": None,
        "cost": None,
        "message": "It refused the key.",
        "remedy": "Check the key.",
        "models": ["eye-1", "other-vl", "blind"],
        "fixes": [
            {"kind": "enter-key", "value": ""},
            {"kind": "open-page", "value": "https://cloud.example/keys"},
        ],
    }


async def test_a_report_holds_tokens_and_cost() -> None:
    report = await check(*READS_IT)
    assert as_text(report).endswith("(0.0 s, 93 tokens, $0.00012)")
    assert as_record(report)["usage"] == {"prompt_tokens": 90, "completion_tokens": 3}
    assert as_record(report)["cost"] == {"amount": "0.00012", "currency": "USD", "estimated": False}


async def test_an_estimate_is_marked_as_one() -> None:
    report = await check(TextDelta("x^2"), Completed(Engine.ENDPOINT, "eye-1"))
    assert "≈" in as_text(report)
    cost = as_record(report)["cost"]
    assert isinstance(cost, dict)
    assert cost["estimated"] is True
