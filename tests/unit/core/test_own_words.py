from writetex_desktop.core.inheritance import own_words, window_program


def test_an_installed_program_is_started_by_its_python() -> None:
    assert own_words("/usr/bin/python3", frozen=False) == ("/usr/bin/python3", "-m", "writetex_desktop")


def test_of_a_bundle_the_program_for_the_console_is_started_whichever_of_the_two_runs() -> None:
    for name in ("writetex", "writetex-desktop"):
        assert own_words(f"/opt/writetex-desktop/{name}", frozen=True) == ("/opt/writetex-desktop/writetex",)
        assert window_program(f"/opt/writetex-desktop/{name}") == "/opt/writetex-desktop/writetex-desktop"


def test_the_ending_of_a_program_stays() -> None:
    assert window_program("writetex.exe") == "writetex-desktop.exe"
