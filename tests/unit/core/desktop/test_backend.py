from writetex_desktop.core.desktop.backend import Backend, Unsupported, Verdict, choose

NO = Unsupported("It is too dark.", "Light a lamp.")


def _backend(name: str, *, works: bool) -> Backend[str, str]:
    return Backend(name, lambda _session: None if works else NO, lambda: f"made by {name}")


def test_the_first_backend_that_can_work_is_taken() -> None:
    choice = choose(
        (_backend("a", works=False), _backend("b", works=True), _backend("c", works=True)), "here"
    )
    assert choice.taken is not None
    assert choice.taken.make() == "made by b"


def test_every_backend_gets_a_verdict_with_its_reason() -> None:
    choice = choose(
        (_backend("a", works=False), _backend("b", works=True), _backend("c", works=True)), "here"
    )
    assert choice.verdicts == (
        Verdict("a", taken=False, obstacle=NO),
        Verdict("b", taken=True),
        Verdict("c", taken=False),
    )


def test_nothing_is_taken_when_none_can_work() -> None:
    choice = choose((_backend("a", works=False),), "here")
    assert choice.taken is None
    assert [verdict.obstacle for verdict in choice.verdicts] == [NO]


def test_a_backend_judges_the_session_it_is_asked_about() -> None:
    picky: Backend[str, None] = Backend(
        "picky", lambda session: None if session == "x11" else NO, lambda: None
    )
    assert choose((picky,), "x11").taken is picky
    assert choose((picky,), "wayland").taken is None


def test_an_obstacle_reads_as_one_line() -> None:
    assert str(NO) == "It is too dark. Light a lamp."
    assert str(Unsupported("It is too dark.")) == "It is too dark."
