"""From nothing to a working endpoint, by the keyboard alone, through every trouble on the way."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QWidget,
)

from tests.fakes import FakeSecretStore
from tests.gui.settings.endpoint_desk import CATALOGUE, Desk, Script, at_endpoint
from writetex_desktop.core.endpoints.catalogue.provider import ModelMark
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.endpoints.network import HELD, Network
from writetex_desktop.core.endpoints.probe import ProbeReply
from writetex_desktop.core.endpoints.wire.curl import Shell
from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
from writetex_desktop.core.reading.recognition import Completed, Engine, TextDelta, Usage
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile, Settings

OPENAI = "https://api.openai.com/v1"
LIST = ProbeReply(200, {"data": [{"id": "gpt-5-mini"}, {"id": "gpt-5.1"}, {"id": "old-text"}]})
PAGES: dict[str, ProbeReply | WriteTexError] = {f"{OPENAI}/models": LIST}
CHEAP = next(each for each in CATALOGUE.providers[0].models if each.mark is ModelMark.ECONOMICAL)
READS_IT: Script = (TextDelta("x^2"), Completed(Engine.ENDPOINT, "gpt-5-mini", Usage(90, 3)))
READY = Settings(
    profiles=(Profile("a", "OpenAI", OPENAI, "gpt-5-mini"),), active_profile="a", terms_seen=True
)
TWO = replace(READY, profiles=(*READY.profiles, Profile("b", "Home", "http://localhost:9/v1", "llava")))


def with_key(**more: object) -> Desk:
    values: dict[str, object] = {"pages": dict(PAGES), "script": READS_IT, "initial": READY, **more}
    return Desk(**values, secrets=FakeSecretStore(secrets={"a": Secret("sk-old")}))  # type: ignore[arg-type]


def test_a_newcomer_fills_in_the_fields_and_sees_that_it_works(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+D")
        await desk.press("Down")
        await desk.press("Return")
        assert desk.text_of("Base URL") == OPENAI
        assert desk.text_of("Model") == CHEAP.id
        assert f"POST {OPENAI}/chat/completions" in desk.says().replace("\u200b", "")
        await desk.press("Alt+K")
        await desk.type("Bearer sk-new ")
        assert "3 models found, 2 known to see images." in desk.says()
        await desk.press("Alt+T")
        assert "It read x² right." in desk.says()
        assert "93 tokens" in desk.says()
        assert desk.profile == Profile("openai", "OpenAI", OPENAI, CHEAP.id)
        assert desk.connected[0].key.reveal() == "sk-new"
        assert desk.text_of("API key") == ""

    at_endpoint(qapp, lambda: Desk(pages=dict(PAGES), script=READS_IT), act)


def test_what_is_wrong_with_a_field_is_said_while_it_is_typed(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+B")
        await desk.write('"http://api.example.com/v1"')
        assert "pasted with quotes" in desk.says()
        await desk.press("Alt+L")
        await desk.write("gpt")
        assert "names a family" in desk.says()

    at_endpoint(qapp, Desk, act)


CURL = """curl https://openrouter.ai/api/v1/chat/completions \\
  -H "Authorization: Bearer sk-or-v1-0123456789abcdef" \\
  -d '{"model": "qwen/qwen3-vl-8b-instruct", "messages": [{"role": "user", "content": "Hi"}]}'"""


@pytest.mark.parametrize("field", ["Alt+B", "Alt+K", "Alt+L"])
def test_a_whole_command_pasted_into_any_field_fills_in_all_three(qapp: QApplication, field: str) -> None:
    async def act(desk: Desk) -> None:
        QApplication.clipboard().setText(CURL)
        await desk.press(field, QKeySequence(QKeySequence.StandardKey.Paste).toString())
        assert desk.profile.base_url == "https://openrouter.ai/api/v1/chat/completions"
        assert desk.profile.model == "qwen/qwen3-vl-8b-instruct"
        kept = desk.secrets.secrets["openrouter @ https://openrouter.ai"]
        assert kept.reveal() == "sk-or-v1-0123456789abcdef"
        assert "Taken from what you pasted: base URL, API key, model ID." in desk.says()
        assert "sk-or" not in f"{desk.says()}{desk.store.settings}"

    at_endpoint(qapp, Desk, act)


@pytest.mark.parametrize("field", ["Alt+B", "Alt+L"])
def test_a_key_pasted_into_another_field_goes_to_its_own(qapp: QApplication, field: str) -> None:
    async def act(desk: Desk) -> None:
        QApplication.clipboard().setText("sk-ant-api03-0123456789abcdef")
        await desk.press(field, QKeySequence(QKeySequence.StandardKey.Paste).toString(), "Tab")
        assert "it stands in its own field now" in desk.says()
        assert desk.text_of("Base URL") == desk.text_of("Model") == ""
        assert desk.secrets.secrets[desk.profile.id].reveal() == "sk-ant-api03-0123456789abcdef"
        assert "sk-ant" not in f"{desk.says()}{desk.store.settings}"

    at_endpoint(qapp, Desk, act)


def test_a_key_that_is_typed_as_base_url_is_said_and_not_kept(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+B")
        await desk.type("sk-ant-api03-0123456789abcdef")
        assert "looks like an API key, not like an address" in desk.says()
        assert desk.settings.settings.value.profiles == ()
        assert "sk-ant" not in f"{desk.says()}{desk.store.settings}{desk.probe.asked}"

    at_endpoint(qapp, Desk, act)


def test_a_newer_list_of_providers_is_taken_from_where_the_user_says(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        assert desk.taken == []
        await desk.click("Take a newer list of providers and prices")
        desk.field("File or address of the list").setFocus()
        await desk.write("https://example.org/providers.toml")
        await desk.click("Take this list")
        assert desk.taken == ["https://example.org/providers.toml"]
        assert "Taken." in desk.says()
        desk.field("File or address of the list").setFocus()
        await desk.write(".broken.toml")
        await desk.click("Take this list")
        assert "no list of providers" in desk.says()
        await desk.click("Take the built-in one")
        assert desk.taken[-1] == ""

    at_endpoint(qapp, Desk, act)


def test_a_model_that_ends_names_its_successor_and_one_without_a_price_says_so(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+B")
        await desk.type(OPENAI)
        await desk.press("Alt+L")
        await desk.write("gpt-5-mini")
        assert "This model ends on 2026-12-11; take gpt-6-luna." in desk.says()
        desk.page._model.set_text("gpt-4.1-mini")
        desk.page._advise()
        assert "What it costs is not known here" in desk.says()
        desk.page._base_url.set_text("https://openrouter.ai/api/v1")
        desk.page._model.set_text("nvidia/nemotron-nano-12b-v2-vl:free")
        desk.page._advise()
        assert "asks no money for this model" in desk.says()

    at_endpoint(qapp, Desk, act)


WRONG_PATH = EndpointError("It answers, but not here.", "Check it.", fault=Fault.WRONG_PATH)


def test_a_wrong_path_is_mended_by_one_click(qapp: QApplication) -> None:
    profile = Profile("a", "Gate", "https://gate.example/v9", "gpt-5-mini")
    pages: dict[str, ProbeReply | WriteTexError] = {
        "https://gate.example/v9/models": ProbeReply(404, None),
        "https://gate.example/api/v1/models": LIST,
    }

    async def act(desk: Desk) -> None:
        await desk.press("Alt+T")
        assert "another path of this host" in desk.says()
        desk.script = READS_IT
        await desk.click("Use https://gate.example/api/v1")
        assert desk.text_of("Base URL") == "https://gate.example/api/v1"
        assert desk.profile.base_url == "https://gate.example/api/v1"
        assert QApplication.focusWidget() is desk.button("Test connection")
        assert "It read x² right." in desk.says()

    settings = replace(READY, profiles=(profile,))
    at_endpoint(qapp, lambda: with_key(pages=pages, script=(WRONG_PATH,), initial=settings), act)


def test_a_refused_key_leads_to_its_field_and_to_the_providers_page(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+T")
        assert "refused the key" in desk.says()
        await desk.click("Open the page with the keys")
        assert desk.opened == ["https://platform.openai.com/api-keys"]
        await desk.click("Enter the key")
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.accessibleName() == "API key"
        desk.script = READS_IT
        await desk.type("sk-better")
        await desk.press("Alt+T")
        assert "It read x² right." in desk.says()
        assert desk.secrets.secrets["a @ https://api.openai.com"].reveal() == "sk-better"
        assert "sk-better" not in desk.says()

    refused = EndpointError("The host refused the key.", "Check the key.", fault=Fault.BAD_KEY)
    at_endpoint(qapp, lambda: with_key(script=(refused,)), act)


def test_a_model_that_sees_nothing_is_replaced_by_one_click(qapp: QApplication) -> None:
    settings = replace(READY, profiles=(replace(READY.profiles[0], model="old-text"),))

    async def act(desk: Desk) -> None:
        await desk.press("Alt+T")
        assert "seems not to see images" in desk.says()
        desk.script = READS_IT
        await desk.click("Use gpt-5-mini")
        assert desk.profile.model == "gpt-5-mini"
        assert "It read x² right." in desk.says()

    at_endpoint(qapp, lambda: with_key(script=(TextDelta("E=mc^2"), READS_IT[1]), initial=settings), act)


def test_a_dead_host_is_told_and_tried_again(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+T")
        assert "Nothing answers there." in desk.says()
        desk.pages.update(PAGES)
        await desk.click("Test again")
        assert "It read x² right." in desk.says()

    at_endpoint(qapp, lambda: with_key(pages={}), act)


def test_a_test_can_be_cancelled(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        desk.hang = True
        await desk.press("Alt+T")
        assert "The base URL leads to an API" in desk.says()
        assert desk.button("Cancel test").isVisible()
        await desk.press("Alt+T")
        assert "The base URL leads to an API" not in desk.says()
        assert desk.button("Test connection").isVisible()

    at_endpoint(qapp, with_key, act)


def test_a_server_of_this_machine_is_taken_with_one_click_and_without_a_key(qapp: QApplication) -> None:
    pages: dict[str, ProbeReply | WriteTexError] = {
        "http://localhost:11434/v1/models": ProbeReply(200, {"data": [{"id": "qwen3-vl:8b"}]})
    }

    async def act(desk: Desk) -> None:
        assert "Ollama runs on this computer." in desk.says()
        await desk.click("Use Ollama, without a key")
        assert (desk.profile.name, desk.profile.model) == ("Ollama", "qwen3-vl:8b")
        assert "runs on this computer" not in desk.says()
        await desk.press("Alt+T")
        assert "It read x² right." in desk.says()

    at_endpoint(qapp, lambda: Desk(pages=pages, script=READS_IT), act)


def test_no_server_of_this_machine_is_looked_for_before_the_page_is_open(qapp: QApplication) -> None:
    desk = Desk()
    assert desk.probe.asked == []
    desk.dialog.deleteLater()


def test_any_model_id_can_be_typed_and_the_list_never_stands_in_the_way(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        assert "did not tell its models" in desk.says()
        await desk.press("Alt+L", "Ctrl+A")
        await desk.type("my/own:model")
        assert desk.profile.model == "my/own:model"

    at_endpoint(qapp, lambda: with_key(pages={}), act)


def test_a_model_is_chosen_from_the_list(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+L", "Down", "Down")
        assert desk.profile.model in {"gpt-5.1", "old-text"}

    at_endpoint(qapp, with_key, act)


def test_a_key_does_not_follow_to_another_provider(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+D", "Down", "Return")
        assert desk.profile.base_url == "https://api.anthropic.com/v1"
        assert desk.profile.name == "Anthropic"
        assert not await desk.settings.key("a")
        assert all(
            endpoint.key.reveal() != "sk-old" for endpoint, url in desk.probe.asked if "anthropic" in url
        )

    at_endpoint(qapp, with_key, act)


@pytest.mark.parametrize("shell", Shell)
@pytest.mark.parametrize("picture", [False, True])
def test_the_requests_can_be_copied_for_every_shell_without_the_key(
    qapp: QApplication, shell: Shell, picture: bool
) -> None:
    async def act(desk: Desk) -> None:
        number = list(Shell).index(shell) + (len(Shell) if picture else 0)
        actions = [each for each in desk.page.trial.menu.actions() if not each.isSeparator()]
        actions[number].trigger()
        await desk.settle()
        copied = desk.clipboard.content.text
        assert "YOUR_API_KEY" in copied
        assert "sk-old" not in copied
        assert ("image_url" in copied) is picture
        assert "Copied." in desk.says()

    at_endpoint(qapp, with_key, act)


def test_profiles_are_made_copied_renamed_ordered_and_removed(qapp: QApplication) -> None:
    def names(desk: Desk) -> list[str]:
        return [each.name for each in desk.settings.settings.value.profiles]

    async def do(desk: Desk, text: str) -> None:
        (action,) = [
            each for each in desk.page.profiles.menu.actions() if each.text().replace("&", "") == text
        ]
        assert action.isEnabled()
        action.trigger()
        await desk.settle()

    async def act(desk: Desk) -> None:
        await do(desk, "Duplicate")
        assert names(desk) == ["OpenAI", "OpenAI (copy)", "Home"]
        assert (await desk.settings.key(desk.profile.id)).reveal() == "sk-old"
        await do(desk, "Rename")
        await desk.press("Ctrl+A")
        await desk.write("Spare")
        await desk.press("Return")
        assert names(desk) == ["OpenAI", "Spare", "Home"]
        await do(desk, "Move up in the order")
        assert names(desk) == ["Spare", "OpenAI", "Home"]
        await do(desk, "Move down in the order")
        await do(desk, "Move down in the order")
        assert names(desk) == ["OpenAI", "Home", "Spare"]
        await do(desk, "Remove")
        assert names(desk) == ["OpenAI", "Home"]
        await do(desk, "New profile")
        assert desk.text_of("Base URL") == ""
        await desk.press("Alt+B")
        await desk.type("localhost:1234")
        assert names(desk) == ["OpenAI", "Home", "LM Studio"]

    at_endpoint(qapp, lambda: with_key(initial=TWO), act)


def test_renaming_is_left_by_escape(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        (action,) = [
            each for each in desk.page.profiles.menu.actions() if "Rename" in each.text().replace("&", "")
        ]
        action.trigger()
        await desk.write("Nonsense")
        await desk.press("Escape")
        assert desk.profile.name == "OpenAI"
        assert desk.dialog.isVisible()

    at_endpoint(qapp, with_key, act)


def test_profiles_go_out_and_come_in_without_their_keys(qapp: QApplication) -> None:
    path = Path("/somewhere/profiles.json")

    async def act(desk: Desk) -> None:
        desk.page.profiles.export_chosen.emit(path)
        await desk.settle()
        assert "sk-old" not in desk.files[path]
        assert json.loads(desk.files[path])["profiles"][1]["name"] == "Home"
        desk.page.profiles.import_chosen.emit(path)
        await desk.settle()
        assert len(desk.settings.settings.value.profiles) == 4
        desk.files[path] = "nonsense"
        desk.page.profiles.import_chosen.emit(path)
        await desk.settle()
        assert "no file of exported profiles" in desk.says()

    at_endpoint(qapp, lambda: with_key(initial=TWO), act)


def test_the_order_counts_only_where_the_user_wants_it(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+S")
        await desk.click("Ask the next profile when this one is busy")
        assert desk.settings.settings.value.fallback

    at_endpoint(qapp, lambda: with_key(initial=TWO), act)


def test_with_one_profile_there_is_no_next(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        assert "Busy:" not in desk.says()

    at_endpoint(qapp, with_key, act)


def test_costs_and_terms_are_open_until_understood_and_can_be_read_again(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        assert "not affiliated" in desk.says()
        await desk.click("Understood")
        assert desk.settings.settings.value.terms_seen
        assert "not affiliated" not in desk.says()
        await desk.click("Costs, terms and warranty")
        assert "not affiliated" in desk.says()

    at_endpoint(qapp, Desk, act)


def test_network_settings_are_folded_away_kept_and_checked(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        assert not desk.field("Proxy").isVisible()
        await desk.click("Advanced: proxy, certificates, headers, waits")
        desk.field("Proxy").setFocus()
        await desk.type("not a proxy")
        assert "no address of a proxy" in desk.says()
        assert desk.profile.network == Network()
        desk.field("Proxy").setFocus()
        await desk.press("Ctrl+A")
        await desk.type("socks5://127.0.0.1:1080")
        desk.field("Headers").setFocus()
        await desk.type("X-Api-Token: abc")
        held = Network("socks5://127.0.0.1:1080", headers=(("X-Api-Token", HELD),))
        assert desk.profile.network == held
        assert '"abc"' in desk.secrets.secrets["a network @ https://api.openai.com"].reveal()
        headers = desk.field("Headers")
        assert isinstance(headers, QPlainTextEdit)
        assert "abc" not in headers.toPlainText()
        desk.field("Whole answer").setFocus()
        await desk.press("Ctrl+A")
        await desk.type("30")
        assert desk.profile.network.total_s == 30

    at_endpoint(qapp, with_key, act)


def test_an_unknown_certificate_offers_to_trust_a_file(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        desk.script = (explain_trouble(Trouble.UNKNOWN_CA, desk.profile.base_url),)
        await desk.click("Test connection")
        assert "does not trust" in desk.says()
        desk.button("Trust a CA file…").click()
        dialogs = [each for each in desk.page.findChildren(QFileDialog) if each.isVisible()]
        assert len(dialogs) == 1
        dialogs[0].fileSelected.emit("/certificates/company.pem")
        dialogs[0].close()
        await desk.settle()
        assert desk.profile.network.ca_file == "/certificates/company.pem"

    at_endpoint(qapp, with_key, act)


def test_a_proxy_that_wants_a_password_can_be_left_to_the_system(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.click("Advanced: proxy, certificates, headers, waits")
        desk.field("Proxy").setFocus()
        await desk.type("http://proxy.example:3128")
        desk.script = (explain_trouble(Trouble.PROXY_PASSWORD, desk.profile.base_url),)
        await desk.click("Test connection")
        assert "user name and password" in desk.says()
        await desk.click("Use the system's proxy")
        assert desk.profile.network.proxy == ""
        assert len(desk.connected) == 2  # it is tested again at once

    at_endpoint(qapp, with_key, act)


def test_a_key_that_no_key_can_be_is_not_kept_and_said(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+K")
        await desk.type("sk two words")
        assert "a blank or a character that no key has" in desk.says()
        assert desk.secrets.secrets["a @ https://api.openai.com"].reveal() == "sk-old"

    at_endpoint(qapp, with_key, act)


def test_a_page_that_cannot_be_opened_is_written_out(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        desk.page.page_requested.emit("https://a.example/no-browser")
        assert "The address is https://a.example/no-browser" in desk.says()

    at_endpoint(qapp, with_key, act)


def test_a_locked_key_store_is_said_on_the_page(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        assert "The key store is locked." in desk.says()

    at_endpoint(qapp, lambda: Desk(initial=READY, secrets=FakeSecretStore(locked=True)), act)


def test_a_key_that_the_store_refuses_is_kept_for_the_session_and_said_to_be(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        desk.secrets.locked = True
        await desk.press("Alt+K")
        await desk.type("sk-new-0123456789")
        desk.secrets.locked = False
        assert "The key is kept for this session only." in desk.says()
        await desk.press("Alt+T")
        assert desk.connected[0].key.reveal() == "sk-new-0123456789"

    at_endpoint(qapp, with_key, act)


def _reachable(desk: Desk) -> list[QWidget]:
    """Everything on the page that Tab should stop at."""
    return [
        each
        for each in desk.page.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and each.focusProxy() is None
        # The line of an editable box has the focus of its box.
        and not isinstance(each.parentWidget(), QComboBox | QAbstractSpinBox)
    ]


async def _all_open(desk: Desk) -> None:
    for title in (
        "Advanced: proxy, certificates, headers, waits",
        "How to get a key and a model, step by step",
    ):
        await desk.click(title)


def test_every_field_is_reached_by_tab_and_has_a_name(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Alt+T")
        await _all_open(desk)
        missed = set(_reachable(desk))
        assert len(missed) > 15
        unnamed = [
            type(each).__name__
            for each in missed
            if not each.accessibleName() and not isinstance(each, QAbstractButton | QLabel)
        ]
        assert unnamed == []
        for _ in range(3 * len(missed)):
            await desk.press("Tab")
            missed.discard(QApplication.focusWidget() or desk.page)
        assert {each.accessibleName() or type(each).__name__ for each in missed} == set()

    refused = EndpointError("The host refused the key.", "Check the key.", fault=Fault.BAD_KEY)
    at_endpoint(qapp, lambda: with_key(initial=TWO, script=(refused,)), act)


def test_no_two_parts_share_an_access_key(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await _all_open(desk)
        texts = [
            each.text()
            for each in desk.page.findChildren(QWidget)
            if isinstance(each, QAbstractButton | QLabel) and each.isVisible() and "<" not in each.text()
        ]
        keys = [key for key in (QKeySequence.mnemonic(text).toString() for text in texts) if key]
        assert len(keys) > 10
        assert sorted(keys) == sorted(set(keys))

    at_endpoint(qapp, lambda: with_key(initial=replace(TWO, terms_seen=False)), act)


def test_the_search_finds_the_page_by_what_is_folded_away(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        assert desk.page.matches("proxy")
        assert desk.page.matches("Base URL")
        assert not desk.page.matches("crosshair")

    at_endpoint(qapp, Desk, act)
