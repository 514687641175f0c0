from writetex_desktop.services.first_use import FirstUse


def test_it_is_made_at_its_first_use_and_only_then() -> None:
    made: list[str] = []

    def make() -> list[str]:
        made.append("once")
        return made

    under_test = FirstUse(make)
    assert under_test.made is None
    assert under_test() is under_test()
    assert under_test.made == ["once"]
