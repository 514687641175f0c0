"""Rules of docs/architecture.md that no linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "writetex_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 345
LONGER = {"ports.py": 560}
"""What we need of the world is one list, read from top to bottom."""
DRAWERS = {"utils", "helpers", "common", "manager", "misc", "base", "main"}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_keeps_the_rules(module: Path) -> None:
    source = module.read_text("utf-8")
    assert module.stem not in DRAWERS
    most = LONGER.get(str(module.relative_to(PACKAGE)), MOST_LINES)
    assert source.count("\n") <= most, "a module has one idea; split it"
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", source)
    for name, call in calls(ast.parse(source)):
        assert name not in ("processEvents", "exec", "exec_"), f"line {call.lineno}: no nested event loops"
        if name in ("tr", "translate"):
            texts = call.args[:1] if name == "tr" else call.args[1:2]
            assert all(isinstance(text, ast.Constant) for text in texts), (
                f"line {call.lineno}: translated texts are plain literals"
            )
