"""The words of the command line are those of the program."""

import pytest

from writetex_desktop.cli import main
from writetex_desktop.cli.arguments import COMMANDS, FILES, FORMATS, MODES, SHELLS, SOURCES, parser
from writetex_desktop.cli.submission import STATES
from writetex_desktop.core.batches.wire import RemoteState
from writetex_desktop.core.documents.document import DocumentForm
from writetex_desktop.core.endpoints.wire.curl import Shell
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.importing import InputFormat


def test_the_command_line_knows_every_output_format_by_its_name() -> None:
    assert tuple(OutputFormat) == FORMATS
    assert tuple(InputFormat) == SOURCES
    assert tuple("webpage" if form == "html" else form for form in DocumentForm) == FILES


@pytest.mark.parametrize("output_format", FORMATS)
def test_both_commands_take_every_format(output_format: str) -> None:
    recognised = parser().parse_args(["recognize", "a.png", "--format", output_format])
    converted = parser().parse_args(["convert", "--to", output_format])
    assert (recognised.format, converted.to) == (output_format, output_format)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["convrt", "x"], "writetex: there is no command 'convrt'. Did you mean convert?\n"),
        (
            ["convert", "--to", "typts"],
            "writetex convert: --to: there is no format 'typts'. Did you mean typst?\n",
        ),
        (["recognize", "a.png", "--engine", "x"], "no engine 'x'. Choose from auto, endpoint, offline.\n"),
        (["convert"], "writetex convert: the following arguments are required: --to.\n"),
    ],
)
def test_wrong_words_are_answered_with_the_nearest_right_one(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert sentence in said
    assert "usage" not in said


def test_every_command_is_known_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit, match="0"):
            main([command, "--help"])
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    listed = capsys.readouterr().out.rpartition("COMMAND\n")[2]
    assert (
        tuple(line.split()[0] for line in listed.splitlines() if line.startswith("    ") and line[4] != " ")
        == COMMANDS
    )


def test_help_can_be_written_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("convert", "batches", "recognize"):
        with pytest.raises(SystemExit):
            parser().parse_args([command, "--help"])
    assert "--batch-api" in capsys.readouterr().out


def test_the_command_line_knows_every_shell_by_its_name() -> None:
    assert tuple(Shell) == SHELLS


@pytest.mark.parametrize("shell", SHELLS)
def test_what_connects_to_nothing_is_asked_for_alone(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert parser().parse_args(["test-connection", "--curl-picture", shell]).curl_picture == shell
    with pytest.raises(SystemExit):
        parser().parse_args(["test-connection", "--show-url", "--curl", shell])
    assert "not allowed with" in capsys.readouterr().err


def test_every_state_of_a_batch_service_has_words() -> None:
    assert set(STATES) == set(RemoteState)


@pytest.mark.parametrize(
    ("words", "hint"),
    [(["-o", "x.csv"], "ends in .jsonl"), (["-o", "x.jsonl", "--copy"], "Leave out --copy")],
)
def test_a_batch_service_answers_into_a_file_and_later(
    words: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recognize", "a.png", "--batch-api", *words]) == 2
    assert hint in capsys.readouterr().err


def test_the_modes_are_those_of_the_program() -> None:
    assert tuple(Mode) == MODES


@pytest.mark.parametrize("words", [["snip", "--delay", "abc"], ["snip", "--delay", "99"]])
def test_a_delay_that_is_none_is_refused_in_words(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(words)
    assert "a number of seconds from 0 to 60" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["a.png"], ["./folder/b", "c.pdf"], ["window", "a.png"]])
def test_files_alone_are_opened_in_the_window(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[list[str]] = []

    def open_window(files: list[str], **_switches: object) -> int:
        opened.append(files)
        return 0

    monkeypatch.setattr("writetex_desktop.cli.window.open_window", open_window)
    assert main(words) == 0
    assert opened == [[word for word in words if word != "window"]]


def test_a_word_that_is_no_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["snap"])
    assert "'snap'" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "mode"), [(["snip"], ""), (["snip", "--mode", "table"], "table")])
def test_a_snip_can_name_its_mode(words: list[str], mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def snip(_delay_s: float, *, repeat: bool, profile: str, mode: str) -> int:
        assert not repeat
        assert not profile
        asked.append(mode)
        return 0

    monkeypatch.setattr("writetex_desktop.cli.window.snip", snip)
    assert main(words) == 0
    assert asked == [mode]


def test_a_mode_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["snip", "--mode", "poem"])
    assert "poem" in capsys.readouterr().err
