"""What the user said of letters."""

from writetex_desktop.services.output.assumptions import Assumptions


def test_what_was_said_of_a_result_holds_for_that_one_and_can_be_taken_back() -> None:
    assumptions = Assumptions()
    assumptions.say(1, "σ", is_function=True)
    assumptions.say(1, "τ", is_function=True)
    assumptions.say(2, "σ", is_function=True)
    assumptions.say(1, "σ", is_function=False)
    assert [assumptions.functions(each) for each in (1, 2, 3)] == [{"τ"}, {"σ"}, set()]
    assumptions.forget(2)
    assert assumptions.functions(2) == set()
