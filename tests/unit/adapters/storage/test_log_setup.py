"""What the log holds and what it never holds."""

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from writetex_desktop.adapters.storage.log_setup import format_error, log_path, set_up_logging
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.secret import Secret

KEY = "my-very-own-key"


@pytest.fixture(autouse=True)
def _own_root() -> Iterator[None]:
    """Give the root logger back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


def in_place_of_stderr(level: int = logging.DEBUG, path: Path | None = None) -> io.StringIO:
    stream = io.StringIO()
    set_up_logging(level=level, path=path, stream=stream).hide(Secret(KEY))
    return stream


def raised(work: object, *arguments: object) -> BaseException:
    assert callable(work)
    try:
        work(*arguments)
    except Exception as error:  # noqa: BLE001 - the error is what the test looks at
        return error
    raise AssertionError("nothing was raised")


def fail_with_cause(text: str) -> None:
    try:
        int(text)
    except ValueError as error:
        raise WriteTexError("It failed.", "Do something.") from error


def test_lines_go_to_the_file_and_those_above_the_level_to_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "writetex.log"
    stream = in_place_of_stderr(logging.WARNING, path)
    log = logging.getLogger("some.module")
    log.info("a quiet line")
    log.error("a loud line")
    assert "a quiet line" in path.read_text("utf-8")
    assert "a loud line" in path.read_text("utf-8")
    assert "quiet" not in stream.getvalue()
    assert "a loud line" in stream.getvalue()


def test_a_known_key_is_blotted_out_wherever_it_stands() -> None:
    stream = in_place_of_stderr()
    logging.getLogger("a").info("key %s and %r", KEY, [KEY])
    assert KEY not in stream.getvalue()
    assert "key ***" in stream.getvalue()


@pytest.mark.parametrize("name", ["httpx2", "httpcore2.http11", "openai._base_client", "PIL.PngImagePlugin"])
def test_talkative_libraries_are_heard_from_a_warning_on(name: str) -> None:
    stream = in_place_of_stderr()
    logging.getLogger(name).info("request to somewhere")
    logging.getLogger(name).debug("headers")
    assert stream.getvalue() == ""
    logging.getLogger(name).warning("it is odd")
    assert "it is odd" in stream.getvalue()


def test_a_line_that_speaks_of_an_authorization_is_dropped() -> None:
    stream = in_place_of_stderr()
    logging.getLogger("any").error("headers: %s", {"Authorization": "Bearer x"})
    assert stream.getvalue() == ""


def test_a_traceback_tells_places_but_neither_messages_nor_values() -> None:
    stream = in_place_of_stderr()
    error = raised(fail_with_cause, "private text")
    logging.getLogger("any").error("it failed", exc_info=error)
    text = stream.getvalue()
    assert "private text" not in text
    assert "builtins.ValueError" in text
    assert "led to" in text
    assert text.rstrip().endswith("writetex_desktop.core.errors.WriteTexError")
    assert "in fail_with_cause" in text
    assert str(Path.home()) not in text
    assert str(Path(__file__).parents[2]) not in text


def test_a_traceback_that_another_formatter_left_is_not_taken_over() -> None:
    stream = in_place_of_stderr()
    error = raised(int, "private text")
    record = logging.LogRecord("any", logging.ERROR, "", 0, "it failed", (), (type(error), error, None))
    record.exc_text = "ValueError: private text"
    logging.getLogger("any").handle(record)
    assert "private text" not in stream.getvalue()
    assert record.exc_text == "ValueError: private text"


def test_a_fault_in_code_tells_its_message() -> None:
    assert "has no attribute 'nothing'" in format_error(raised(getattr, object(), "nothing"))


def test_every_part_of_a_group_is_told() -> None:
    group = ExceptionGroup("several", [ValueError("private"), KeyError("private")])
    text = format_error(group)
    assert "ValueError" in text
    assert "KeyError" in text
    assert "private" not in text


def test_setting_up_again_does_not_double_the_lines() -> None:
    in_place_of_stderr()
    stream = in_place_of_stderr()
    logging.getLogger("any").warning("once")
    assert stream.getvalue().count("once") == 1


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    stream = in_place_of_stderr(path=tmp_path / "file" / "writetex.log")
    logging.getLogger("any").warning("still here")
    assert "still here" in stream.getvalue()


def test_the_file_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("writetex_desktop.adapters.storage.log_setup.MAX_BYTES", 2000)
    in_place_of_stderr(logging.CRITICAL, tmp_path / "writetex.log")
    for number in range(200):
        logging.getLogger("any").info("line %d", number)
    assert {each.name for each in tmp_path.iterdir()} == {"writetex.log", "writetex.log.1"}
    assert sum(each.stat().st_size for each in tmp_path.iterdir()) <= 4000


@pytest.mark.skipif(sys.platform != "linux", reason="the place is the system's")
def test_the_file_has_its_place_in_the_folder_for_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/somewhere")
    assert log_path() == Path("/somewhere/writetex-desktop/log/writetex.log")
