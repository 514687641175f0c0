"""What servers list, in the forms that they have for it."""

import json

import pytest

from writetex_desktop.core.endpoints.catalogue.models import (
    ListedModel,
    has_model,
    join_models,
    nearest,
    read_models,
    seeing,
)
from writetex_desktop.core.endpoints.catalogue.provider import Model, ModelMark, Provider, ProviderKind

PROVIDER = Provider(
    "p",
    "P",
    ProviderKind.SERVICE,
    listing_prefix="models/",
    models=(
        Model("cheap", "Cheap", mark=ModelMark.ECONOMICAL),
        Model("strong", "Strong", ("strong-*",), ModelMark.STRONG),
        Model("blind", "Blind", vision=False),
    ),
)


@pytest.mark.parametrize(
    ("answer", "models"),
    [
        ('{"object":"list","data":[{"id":"a"},{"id":"b"}]}', [("a", None), ("b", None)]),
        ('{"models":[{"name":"a"}]}', [("a", None)]),
        ('["a","b"]', [("a", None), ("b", None)]),
        ('{"data":[{"id":"a","architecture":{"input_modalities":["text","image"]}}]}', [("a", True)]),
        ('{"data":[{"id":"a","architecture":{"input_modalities":["text"]}}]}', [("a", False)]),
        ('{"data":[{"id":"a","capabilities":{"vision":true}}]}', [("a", True)]),
        ('{"data":[{"id":"a","capabilities":["completion","vision"]}]}', [("a", True)]),
        ('{"data":[{"id":"a","status":"Shutdown"},{"id":"b","status":"Active"}]}', [("b", None)]),
        ('{"data":[{"id":"text-embedding-3"},{"id":"whisper-1"},{"id":"a"}]}', [("a", None)]),
        ('{"data":[{"id":"a"},{"id":"a"},{"id":""},{"id":3},null,{}]}', [("a", None)]),
        ('{"data":[]}', []),
    ],
)
def test_every_known_form_of_a_list_is_read(answer: str, models: list[tuple[str, bool | None]]) -> None:
    read = read_models(json.loads(answer))
    assert read is not None
    assert [(each.id, each.sees) for each in read] == models


@pytest.mark.parametrize(
    "answer", ["{}", "3", '"a"', "null", '{"data":{"a":1}}', '{"error":{"message":"no"}}']
)
def test_anything_else_is_no_list(answer: str) -> None:
    assert read_models(json.loads(answer)) is None


def test_what_stands_before_the_ids_of_a_provider_is_cut() -> None:
    read = read_models({"data": [{"id": "models/cheap"}]}, PROVIDER)
    assert read is not None
    assert read[0].id == "cheap"


def test_the_list_is_looked_into_where_the_catalogue_says() -> None:
    provider = Provider("q", "Q", ProviderKind.GATEWAY, vision_path="type.image")
    read = read_models(
        {"data": [{"id": "a", "type": {"image": True}}, {"id": "b", "capabilities": ["vision"]}]}, provider
    )
    assert read is not None
    assert [each.sees for each in read] == [True, None]


def test_proposed_models_come_first_and_blind_ones_last() -> None:
    listed = [
        ListedModel("blind"),
        ListedModel("other"),
        ListedModel("a-vl-b"),
        ListedModel("strong"),
        ListedModel("cheap"),
    ]
    joined = join_models(listed, PROVIDER)
    assert [each.id for each in joined] == ["strong", "cheap", "a-vl-b", "other", "blind"]
    assert [each.id for each in seeing(joined)] == ["strong", "cheap", "a-vl-b"]


def test_a_dated_form_of_a_proposed_model_sees_but_is_not_proposed() -> None:
    (joined,) = join_models([ListedModel("strong-2026-01-01")], PROVIDER)
    assert (joined.sees, joined.mark) == (True, None)


def test_what_the_server_says_stands_above_the_catalogue() -> None:
    (joined,) = join_models([ListedModel("cheap", sees=False)], PROVIDER)
    assert joined.sees is False


@pytest.mark.parametrize("listed", [None, ()])
def test_without_a_list_the_catalogue_is_offered(listed: tuple[ListedModel, ...] | None) -> None:
    joined = join_models(listed, PROVIDER)
    assert [each.id for each in joined] == ["cheap", "strong", "blind"]
    assert not any(each.offered for each in joined)


def test_a_model_that_the_server_does_not_list_is_not_proposed() -> None:
    assert [each.id for each in join_models([ListedModel("other")], PROVIDER)] == ["other"]


@pytest.mark.parametrize(
    "name",
    [
        "qwen3-vl-8b",
        "gpt-4-vision-preview",
        "org/Qwen2.5-VL-7B",
        "internvl3",
        "deepseek-ocr",
        "qwen2.5vl:7b",
        "smolvlm-vlm",
    ],
)
def test_names_that_speak_of_images_are_taken_at_their_word(name: str) -> None:
    assert join_models([ListedModel(name)])[0].sees is True


@pytest.mark.parametrize("name", ["gpt-5-mini", "vllm-model", "llama3.1", "evlog"])
def test_other_names_say_nothing(name: str) -> None:
    assert join_models([ListedModel(name)])[0].sees is None


def test_the_nearest_ids_are_found() -> None:
    models = [ListedModel(each) for each in ("gpt-5-mini", "gpt-5.1", "Qwen3-VL-Plus", "llama")]
    assert nearest("gpt5-mini", models)[0] == "gpt-5-mini"
    assert nearest("qwen3-vl-plus", models) == ("Qwen3-VL-Plus",)
    assert nearest("gpt", models) == ("gpt-5-mini", "gpt-5.1")
    assert nearest("zzz", models) == ()
    assert nearest("", models) == ()


@pytest.mark.parametrize(
    "name", ["up-novision", "acme/no-vision-7b", "mediocre-7b", "insomnia-2", "text-only-vl", "provisioning"]
)
def test_names_in_which_the_words_mean_something_else_hint_at_nothing(name: str) -> None:
    assert join_models([ListedModel(name)])[0].sees is None


def test_what_was_just_tried_is_never_the_nearest() -> None:
    models = [ListedModel("qwen"), ListedModel("qwen3-vl")]
    assert nearest("qwen", models) == ("qwen3-vl",)


@pytest.mark.parametrize(
    ("model", "has"),
    [
        *(("llava", True), ("llava:latest", True), ("claude-haiku-5-5", True), ("openai/gpt-6", True)),
        *(("LLaVA", False), ("gpt-6", False), ("only-known", False), ("claude", False)),
    ],
)
def test_a_list_has_a_model_by_its_name_or_without_tag_and_date(model: str, has: bool) -> None:
    ids = ("llava:latest", "claude-haiku-5-5-20261001", "openai/*")
    models = [*map(ListedModel, ids), ListedModel("only-known", offered=False)]
    assert has_model(model, models) is has
