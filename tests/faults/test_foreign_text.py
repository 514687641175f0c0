"""What a file is called, or what a library says, acts on no terminal, spreadsheet or Markdown reader."""

import csv
import json
import logging
import os
import re
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.adapters.storage.log_setup import MAX_BYTES, set_up_logging
from writetex_desktop.core.batches.batch import BatchItem, ItemState, Source
from writetex_desktop.core.batches.record import format_record, parse_record
from writetex_desktop.core.batches.table import TableForm, table_pieces
from writetex_desktop.core.formats.markdown import GITHUB, restyle, without_harm
from writetex_desktop.core.formats.table import Table, format_markdown, format_tsv
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.core.visible import visible

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "samples" / "01-quadratic.png"

SIGNS = (
    *("\x1b]52;c;c2VjcmV0\x07", "\x1b[31m", "\x9b31m", "\r", "\x08", "\x7f"),
    *("\u202e", "\u2066", "\u200f", "\u061c", "\U000e0041", "\ufff9", "\u2028", "\ufeff", "\u200b"),
)
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def acts(text: str) -> set[str]:
    """Give the signs that a terminal obeys or that turn or hide others, by Unicode's own categories."""
    return {
        sign
        for sign in text
        if sign not in "\n\t"
        and (
            unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}
            or unicodedata.bidirectional(sign) in TURNING
            or 0xE0000 <= ord(sign) <= 0xE007F
            or 0xFFF9 <= ord(sign) <= 0xFFFB
        )
    }


@given(st.text() | st.text(st.sampled_from([*map(chr, range(0x300)), *"".join(SIGNS)])))
def test_no_text_acts_once_it_is_visible_and_json_says_the_same(text: str) -> None:
    shown = visible(text)
    assert not acts(shown)
    assert visible(shown) == shown
    line = visible(json.dumps(text, ensure_ascii=False))
    assert json.loads(line) == text
    assert not acts(line)


@given(st.text(st.characters(codec="utf-8")))
def test_a_line_of_results_reads_back_whatever_the_file_is_called(name: str) -> None:
    item = BatchItem(Source(name))
    line = format_record(item)
    assert not acts(line)
    found = parse_record(line)
    assert found is not None
    assert found.source.path == name


@pytest.mark.parametrize("as_json", [False, True])
def test_a_command_writes_names_out(as_json: bool, tmp_path: Path) -> None:
    names = [f"{number} {sign}.png" for number, sign in enumerate(SIGNS)]
    for name in names:
        (tmp_path / name).write_bytes(b"no picture")
    odd = os.fsencode(tmp_path) + b"/raw-\xff.png"
    Path(os.fsdecode(odd)).write_bytes(b"no picture")
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "DISPLAY": ""}
    command = [sys.executable, "-m", "writetex_desktop", "recognize", "--engine", "offline"]
    run = subprocess.run(
        [*command, *(["--json"] if as_json else []), str(SAMPLE), *names, odd, "missing\x1b[31m.png"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    output, said = run.stdout.decode(), run.stderr.decode()
    assert not acts(output + said)
    if as_json:
        found = [json.loads(line)["file"] for line in output.splitlines()]
        assert set(names) < set(found)
    else:
        assert "frac" in output
        assert r"\u001b]52;c;c2VjcmV0\u0007" in said
        assert r"\u202e" in said


@pytest.mark.parametrize(
    "words",
    [
        ("recognize", "--\x1b[31mred"),
        ("convert", "--to", "\u202ecod"),
        ("convert", "no\x1b]0;title\x07file", "--to", "mathml"),
        ("recognize", str(SAMPLE), "-o", "a\x1b[31m.exe"),
        ("recognize", str(SAMPLE), "--engine", "offline", "-o", "no\x1b[31m/folder.jsonl"),
        ("test-connection", "--show-url", "--base-url", "http://\x1b[31m.example"),
    ],
)
def test_no_complaint_acts_on_the_terminal(words: tuple[str, ...], tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "DISPLAY": ""}
    command = [sys.executable, "-m", "writetex_desktop", *words]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert run.returncode
    assert not acts((run.stdout + run.stderr).decode())
    assert b"Traceback" not in run.stderr


CALCULATED = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\uff1d1+1", '"=1+1"', "\t=1", "\r=1", "'=1")


@pytest.mark.parametrize("cell", CALCULATED)
def test_no_cell_is_calculated_where_it_is_pasted(cell: str) -> None:
    starts = re.compile(r"^[\"']*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
    pasted = format_tsv(Table(((cell, "x"),))).split("\t")[0]
    assert not starts.match(pasted)
    recognition = Recognition(cell, Mode.FORMULA, Engine.ENDPOINT, cell, 1.0)
    item = BatchItem(Source(cell), state=ItemState.DONE, recognition=recognition, output=cell)
    rows = list(csv.reader("".join(table_pieces([item], TableForm.CSV)).splitlines(keepends=True)))
    for found in rows[1]:
        assert not starts.match(found)


@pytest.mark.parametrize("number", ["-5", "+1.25", "-1,000.5", "-3 %".replace(" ", "")])
def test_a_plain_number_is_pasted_as_it_is(number: str) -> None:
    assert format_tsv(Table(((number,),))) == number


HOSTILE = (
    *("[a](javascript:1)", "[a]( <JavaScript:1>)", "[a](&#106;avascript:1)", "[a](java\nscript:1)"),
    *("[a](vbscript:1)", "[a](data:text/html,x)", "[a](file:///etc/passwd)", "[a][r]\n\n[r]: javascript:1"),
    *("<javascript:1>", "<img src=x onerror=alert(1)>", "<script>1</script>", "<svg/onload=1>", "<!-- x"),
    *("![t](https://tracker.example/x.png)", "<a href='javascript:1'>x</a>", "<td onclick='1'>x</td>"),
    *("`\n\n[a](javascript:1)\n\n`", "$x\n\n[a](javascript:1)\n\ny$", "\\[\n\n[a](javascript:1)\n\n\\]"),
)
LINK = re.compile(
    r"(?<!\\)\]\(\s*<?\s*(?!https?:|mailto:|#)[^)\s]*[:&]|(?<!\\)\]:\s*\w+script|(?<!\\)!\[(?!\])"
)
TAG = re.compile(r"(?<!\\)<(?:[a-z]+script:|img|script|/script|svg|!--|a |td onclick)", re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_markdown_runs_anything(text: str) -> None:
    recognition = Recognition(text, Mode.TEXT, Engine.ENDPOINT, "m", 1.0)
    item = BatchItem(
        Source("a.png"), mode=Mode.TEXT, state=ItemState.DONE, recognition=recognition, output=text
    )
    for written in (
        without_harm(text),
        restyle(text, GITHUB),
        format_markdown(Table(((text.replace("\n", " "),),))),
        "".join(table_pieces([item], TableForm.MARKDOWN)),
    ):
        assert not LINK.search(written), written
        assert not TAG.search(written), written


def test_markdown_of_good_will_stays_as_it_is() -> None:
    text = "See [the page](https://a.example) and <https://b.example>, H<sub>2</sub>O, 1 < 2, `<img>`, $a<b$."
    assert without_harm(text) == text


LOUD = """
import logging, sys, warnings
from pathlib import Path
from writetex_desktop.adapters.storage.log_setup import set_up_logging
set_up_logging(level=logging.ERROR, path=Path(sys.argv[1]))
logging.getLogger("writetex_desktop.x").warning("spoke of %s", "sk-LEAK")
warnings.warn("corrupt data in /home/user/private.png")
"""


def test_a_log_that_cannot_be_written_and_a_warning_say_nothing_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "full.log").symlink_to("/dev/full")
    for name in ("full.log", "whole.log"):
        command = [sys.executable, "-c", LOUD, str(tmp_path / name)]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_the_log_stays_private_when_it_begins_anew(tmp_path: Path) -> None:
    before = (logging.raiseExceptions, logging.getLogger().handlers[:], os.umask(0o022))
    try:
        set_up_logging(level=logging.ERROR, path=tmp_path / "writetex.log")
        for _ in range(2 * MAX_BYTES // 1000):
            logging.getLogger("writetex_desktop.test").info("x" * 1000)
        logs = list(tmp_path.iterdir())
        assert len(logs) == 2
        assert {stat.S_IMODE(log.stat().st_mode) for log in logs} == {0o600}
    finally:
        logging.raiseExceptions = before[0]
        logging.captureWarnings(capture=False)
        for handler in logging.getLogger().handlers[:]:
            if handler not in before[1]:
                logging.getLogger().removeHandler(handler)
                handler.close()
        os.umask(before[2])
