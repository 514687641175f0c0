from writetex_desktop.services.observable import Observable


def test_subscribers_hear_new_values_and_nothing_of_equal_ones() -> None:
    heard: list[int] = []
    value = Observable(1)
    value.subscribe(heard.append)
    value.set(1)
    value.set(2)
    assert heard == [2]


def test_who_has_ended_the_subscription_hears_nothing_more() -> None:
    heard: list[int] = []
    value = Observable(1)
    end = value.subscribe(heard.append)
    end()
    value.set(2)
    assert heard == []
