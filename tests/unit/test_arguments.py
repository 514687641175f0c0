"""The words of the command line are those of the program."""

import pytest

from writetex_desktop.cli.arguments import FORMATS, parser
from writetex_desktop.core.output_format import OutputFormat


def test_the_command_line_knows_every_output_format_by_its_name() -> None:
    assert tuple(OutputFormat) == FORMATS


@pytest.mark.parametrize("output_format", FORMATS)
def test_both_commands_take_every_format(output_format: str) -> None:
    recognised = parser().parse_args(["recognize", "a.png", "--format", output_format])
    converted = parser().parse_args(["convert", "--to", output_format])
    assert (recognised.format, converted.to) == (output_format, output_format)


def test_help_can_be_written_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("recognize", "convert"):
        with pytest.raises(SystemExit):
            parser().parse_args([command, "--help"])
    assert "mathematica" in capsys.readouterr().out
