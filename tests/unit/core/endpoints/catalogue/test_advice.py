from datetime import date

from writetex_desktop.core.endpoints.catalogue.advice import model_advice
from writetex_desktop.core.endpoints.catalogue.provider import Model, ModelRule, Provider, ProviderKind

PROVIDER = Provider(
    "p",
    "P",
    ProviderKind.SERVICE,
    models=(
        Model("good", "Good"),
        Model("blind", "Blind", vision=False, confirmed=False, note="Text only."),
        Model("old", "Old", retires=date(2026, 12, 1)),
        Model("older", "Older", retires=date(2026, 12, 1), successor="good"),
    ),
    rules=(ModelRule(("slow*", "old"), always_thinks=True),),
)
NOVEMBER, DECEMBER = date(2026, 11, 30), date(2026, 12, 1)
THINKS = "It always thinks before it answers: that takes longer and costs more than the estimate."


def test_nothing_is_said_of_a_good_model_or_an_unknown_one() -> None:
    assert model_advice(PROVIDER, "good", NOVEMBER) == ()
    assert model_advice(PROVIDER, "other", NOVEMBER) == ()


def test_a_model_that_sees_nothing_or_was_inferred_is_doubted() -> None:
    assert model_advice(PROVIDER, "blind", NOVEMBER) == (
        "This model does not see images.",
        "Compare this model ID with the provider's list; it could not be confirmed.",
        "Text only.",
    )


def test_a_models_end_is_told_before_and_after() -> None:
    assert model_advice(PROVIDER, "old", NOVEMBER) == (
        "This model ends on 2026-12-01.",
        THINKS,
    )
    assert model_advice(PROVIDER, "old", DECEMBER)[0] == "This model ended on 2026-12-01."
    assert model_advice(PROVIDER, "older", NOVEMBER) == ("This model ends on 2026-12-01; take good.",)


def test_thinking_is_told_also_of_models_known_by_a_pattern_only() -> None:
    assert model_advice(PROVIDER, "slow-7", NOVEMBER) == (THINKS,)
