"""The page on security names tests that are there, and every part of the faults stands on it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")


def test_each_threat_is_held_by_a_test_that_is_there() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "`tests/" in line]
    assert len(rows) > 15
    for row in rows:
        for name in re.findall(r"`(tests/[^`]+)`", row):
            assert re.search(r"^(?:async )?def test_", (ROOT / name).read_text("utf-8"), re.MULTILINE), name


def test_each_test_of_faults_holds_a_threat() -> None:
    for path in sorted((ROOT / "tests" / "faults").glob("test_*.py")):
        assert f"`tests/faults/{path.name}`" in PAGE, f"docs/security.md does not say what {path.name} holds"


def test_the_files_it_points_to_are_there() -> None:
    for link in re.findall(r"\]\((adr/[^)]+)\)", PAGE):
        assert (ROOT / "docs" / link).exists(), link
