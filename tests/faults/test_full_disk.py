"""On a full disk what was there before stays whole, a sentence is said, and what was paid for is not lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from writetex_desktop.adapters.storage.output_file import write_output
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.adapters.storage.spending_file import SpendingFile
from writetex_desktop.core.costs.spending import Expense
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.settings.settings import Settings

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "resources" / "samples").glob("*.png"))[:2]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> None:
    """Leave no room, not even for an empty page."""
    with (disk / "filling").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return


def test_what_was_there_before_is_whole(disk: Path) -> None:
    settings, spending, output = (disk / name for name in ("settings.json", "spending.json", "out.svg"))
    expense = Expense("2026-11", "a.example", "m", 1, 0, 10, 5, Money(Decimal(1), Currency.USD))
    SettingsFile(settings).update(lambda _: Settings(macros="kept"))
    SpendingFile(spending).add(expense)
    write_output(output, b"the good one")
    fill(disk)
    works: tuple[Callable[[], object], ...] = (
        lambda: SettingsFile(settings).update(lambda _: Settings(macros="x" * 20_000)),
        lambda: SpendingFile(spending).add(replace(expense, model="m" * 9000)),
        lambda: write_output(output, b"x" * 20_000),
    )
    for work in works:
        with pytest.raises(WriteTexError, match=r"\.$"):
            work()
    assert SettingsFile(settings).load().macros == "kept"
    assert SpendingFile(spending).load() == (expense,)
    assert output.read_bytes() == b"the good one"
    assert not [each for each in disk.iterdir() if each.suffix == ".tmp"]


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_what_could_not_be_written_is_printed(disk: Path, tmp_path: Path, ending: str) -> None:
    output = disk / f"out.{ending}"
    fill(disk)
    environment = {**os.environ, "HOME": str(tmp_path), "DISPLAY": ""}
    command = [sys.executable, "-m", "writetex_desktop", "recognize", "--engine", "offline"]
    run = subprocess.run(
        [*command, *map(str, SAMPLES), "-o", str(output)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert '"status": "done"' in run.stdout
    assert "frac" in run.stdout
    assert "disk" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_conversion_leaves_the_good_file_that_was_there(disk: Path, tmp_path: Path) -> None:
    output = disk / "out.mml"
    output.write_text("the good one", "utf-8")
    fill(disk)
    environment = {**os.environ, "HOME": str(tmp_path), "DISPLAY": ""}
    command = [sys.executable, "-m", "writetex_desktop", "convert", "--to", "mathml", "-o", str(output)]
    run = subprocess.run(
        command, cwd=ROOT, env=environment, input="x^2 " * 200, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "no room left" in run.stderr
    assert output.read_text("utf-8") == "the good one"
