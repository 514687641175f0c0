"""Settings as plain values, and back."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.desktop.hotkey import Hotkey, Modifier
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.template import NamedTemplate
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.reading.recognition import EngineChoice, Mode
from writetex_desktop.core.settings import codec as settings_codec
from writetex_desktop.core.settings.codec import Document, decode, encode, migrate, newest_version, unknown
from writetex_desktop.core.settings.settings import AfterSnip, Profile, Settings, Theme

hotkeys = st.builds(
    Hotkey,
    key=st.sampled_from(["A", "M", "0", "F12", "Space"]),
    modifiers=st.sets(st.sampled_from(Modifier), min_size=1).map(frozenset),
)
amounts = st.decimals(0, 10**6, allow_nan=False, allow_infinity=False)
prices = st.builds(Price, input=amounts, output=amounts, currency=st.sampled_from(Currency))
seconds = st.floats(0, 3600)
networks = st.builds(
    Network,
    proxy=st.text(),
    ca_file=st.text(),
    headers=st.lists(st.tuples(st.text(), st.text())).map(tuple),
    connect_s=seconds,
    first_byte_s=seconds,
    total_s=seconds,
)
profiles = st.lists(
    st.builds(
        Profile,
        id=st.text(),
        name=st.text(),
        base_url=st.text(),
        model=st.text(),
        price=st.none() | prices,
        network=networks,
    ),
    unique_by=lambda profile: profile.id,
).map(tuple)
all_settings = st.builds(
    Settings,
    profiles=profiles,
    active_profile=st.text(),
    fallback=st.booleans(),
    terms_seen=st.booleans(),
    engine=st.sampled_from(EngineChoice),
    stay_offline=st.booleans(),
    show_draft=st.booleans(),
    hotkey=st.none() | hotkeys,
    repeat_hotkey=st.none() | hotkeys,
    mode_hotkeys=st.dictionaries(st.sampled_from(Mode), hotkeys).map(lambda each: tuple(each.items())),
    profile_hotkeys=st.dictionaries(st.text(), hotkeys).map(lambda each: tuple(each.items())),
    desktop_hotkeys=st.booleans(),
    screen_seen=st.booleans(),
    welcomed=st.booleans(),
    confirm_selection=st.booleans(),
    after_snip=st.sampled_from(AfterSnip),
    popup_s=st.integers(0, 10**6),
    popup_keyboard=st.booleans(),
    auto_copy=st.booleans(),
    output_format=st.sampled_from(OutputFormat),
    mode_formats=st.dictionaries(st.sampled_from(Mode), st.sampled_from(OutputFormat)).map(
        lambda formats: tuple(formats.items())
    ),
    image_dpi=st.integers(0, 10**6),
    template=st.text(),
    templates=st.lists(st.builds(NamedTemplate, st.text(), st.text(), st.text()), max_size=3).map(tuple),
    mode=st.sampled_from(Mode),
    theme=st.sampled_from(Theme),
    shortcuts=st.dictionaries(st.text(), st.text()).map(lambda keys: tuple(keys.items())),
    start_hidden=st.booleans(),
    check_updates=st.booleans(),
    cny_per_usd=amounts.filter(bool),
    monthly_cap=st.none() | st.builds(Money, amount=amounts, currency=st.sampled_from(Currency)),
    keep_history=st.booleans(),
    keep_pictures=st.booleans(),
    history_days=st.integers(0, 10**6),
    history_entries=st.integers(0, 10**6),
    instructions=st.text(),
    mode_instructions=st.dictionaries(st.sampled_from(Mode), st.text()).map(
        lambda texts: tuple(texts.items())
    ),
    macros=st.text(),
    document=st.text(),
    use_document=st.booleans(),
    paste_back=st.booleans(),
)


@given(all_settings)
def test_what_is_written_reads_back_the_same(settings: Settings) -> None:
    assert decode(encode(settings)) == settings


@given(all_settings)
def test_what_is_written_survives_json(settings: Settings) -> None:
    assert decode(json.loads(json.dumps(encode(settings)))) == settings


def test_every_field_has_a_form() -> None:
    assert [each.name for each in dataclasses.fields(Settings)] == list(settings_codec._FIELDS)
    assert [each.name for each in dataclasses.fields(Profile)] == list(settings_codec._PROFILE_FIELDS)
    assert [each.name for each in dataclasses.fields(Network)] == list(settings_codec._NETWORK_FIELDS)


def test_nothing_at_all_gives_the_defaults() -> None:
    assert decode({}) == Settings()


def test_what_is_missing_has_its_default() -> None:
    assert decode({"theme": "dark"}) == Settings(theme=Theme.DARK)


def test_an_empty_hotkey_is_none() -> None:
    assert decode({"hotkey": ""}).hotkey is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "blue"),
        ("theme", 3),
        ("theme", None),
        ("theme", ["dark"]),
        ("auto_copy", "yes"),
        ("auto_copy", 1),
        ("active_profile", None),
        ("history_days", -1),
        ("history_days", True),
        ("history_entries", 2.5),
        ("hotkey", "Ctrl+"),
        ("hotkey", 7),
        ("profiles", {}),
        ("profiles", ["a"]),
        ("profiles", [{"id": "a"}]),
        ("profiles", [{"id": "a", "name": "A", "base_url": "u", "model": 4}]),
        ("profiles", [{"id": "a", "name": "A", "base_url": "u", "model": "m"}] * 2),
    ],
)
def test_a_value_that_does_not_fit_is_named(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match=name):
        decode({name: value})


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        decode({"theme": "blue", "auto_copy": 1, "profiles": [{"id": 1, "name": 2}], "mode": "formula"})
    message = caught.value.message
    for name in ("theme", "auto_copy", "profiles 1 id", "profiles 1 name", "profiles 1 model is missing"):
        assert name in message
    assert "mode must" not in message


def test_a_profile_from_a_later_version_is_read_as_far_as_it_is_known() -> None:
    profile = {"id": "a", "name": "A", "base_url": "u", "model": "m", "colour": "red"}
    assert decode({"profiles": [profile]}).profiles == (Profile("a", "A", "u", "m"),)


def test_unknown_entries_are_told_apart() -> None:
    document: Document = {"version": 1, "theme": "dark", "shape": [1]}
    assert unknown(document) == {"shape": [1]}


def rename(document: Document) -> Document:
    return {("theme" if name == "colours" else name): value for name, value in document.items()}


def split(document: Document) -> Document:
    return {**document, "auto_copy": document.get("theme") != "dark"}


def test_migrations_run_in_order_from_the_version_of_the_document() -> None:
    steps = (rename, split)
    assert newest_version(steps) == 3
    assert migrate({"version": 1, "colours": "dark"}, steps) == {
        "version": 3,
        "theme": "dark",
        "auto_copy": False,
    }
    assert migrate({"version": 2, "theme": "light"}, steps) == {
        "version": 3,
        "theme": "light",
        "auto_copy": True,
    }
    assert migrate({"version": 3, "theme": "light"}, steps) == {"version": 3, "theme": "light"}


def test_a_newer_document_is_refused_with_the_remedy_to_update() -> None:
    with pytest.raises(SettingsError, match="newer") as caught:
        migrate({"version": newest_version() + 1})
    assert "Update" in caught.value.remedy.text


@pytest.mark.parametrize("version", [None, 0, -1, "1", 1.0, True])
def test_a_document_without_a_usable_version_is_refused(version: object) -> None:
    with pytest.raises(SettingsError, match="version"):
        migrate({"version": version})


@pytest.mark.parametrize(
    "network",
    [
        3,
        {"proxy": None},
        {"headers": "X: y"},
        {"headers": [["X"]]},
        {"headers": [["X", 1]]},
        {"total_s": True},
        {"total_s": "90"},
        {"connect_s": -1},
        {"connect_s": 1e9},
    ],
)
def test_a_network_that_does_not_fit_is_named(network: object) -> None:
    profile = {"id": "a", "name": "A", "base_url": "https://a", "model": "m", "network": network}
    with pytest.raises(SettingsError, match="network"):
        decode({"profiles": [profile]})


def test_profiles_alone_read_back_the_same() -> None:
    profile = Profile("a", "A", "https://a", "m", network=Network(proxy="direct", headers=(("X", "y"),)))
    assert settings_codec.decode_profiles(settings_codec.encode_profiles([profile])) == (profile,)


def test_profiles_that_do_not_fit_are_named() -> None:
    with pytest.raises(SettingsError, match="profiles 1 model is missing"):
        settings_codec.decode_profiles([{"id": "a", "name": "A", "base_url": "https://a"}])


@pytest.mark.parametrize("rate", ["0", "-7", "NaN", "Infinity", "seven", 7.1, None])
def test_a_rate_that_is_none_is_refused(rate: object) -> None:
    with pytest.raises(SettingsError, match="cny_per_usd must be"):
        decode({"cny_per_usd": rate})


def test_what_is_wrong_within_a_cap_is_named() -> None:
    with pytest.raises(SettingsError) as caught:
        decode({"monthly_cap": {"amount": "much", "currency": "EUR"}})
    assert "monthly_cap amount must be an amount" in caught.value.message
    assert "monthly_cap currency must be one of USD, CNY" in caught.value.message


def test_a_file_from_before_there_were_several_hotkeys_keeps_its_one() -> None:
    settings = decode(migrate({"version": 1, "hotkey": "Ctrl+Alt+K"}))
    assert list(settings.hotkeys.values()) == [Hotkey("K", frozenset({Modifier.CTRL, Modifier.ALT}))]


@pytest.mark.parametrize("value", [[], {"text": 7}, {"text": "Ctrl+Nothing"}, {"poem": "Ctrl+Alt+K"}])
def test_a_hotkey_of_a_mode_that_is_none_is_named(value: object) -> None:
    with pytest.raises(SettingsError, match="mode_hotkeys"):
        decode({"mode_hotkeys": value})


@pytest.mark.parametrize("value", [[], {"fast": 7}, {"fast": "Ctrl+Nothing"}])
def test_a_hotkey_of_a_profile_that_is_none_is_named(value: object) -> None:
    with pytest.raises(SettingsError, match="profile_hotkeys"):
        decode({"profile_hotkeys": value})
