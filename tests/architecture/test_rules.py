"""Rules of docs/architecture.md that no linter knows."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "writetex_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})
MOST_LINES = 350
MOST_MODULES = 25
DRAWERS = {"utils", "helpers", "common", "manager", "misc", "base", "main"}

NESTING = ("processEvents", "exec", "exec_")
NESTS = {
    "ui/toolkit/application.py": "runs the one loop, and goes on when Qt has left it",
    "ui/toolkit/views/dragging.py": "Qt has no other way to let something be dragged",
}
"""Who may nest loops, and why."""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_keeps_the_rules(module: Path) -> None:
    source = module.read_text("utf-8")
    assert module.stem not in DRAWERS
    assert source.count("\n") <= MOST_LINES, "a module has one idea; split it"
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", source)
    may_nest = module.relative_to(PACKAGE).as_posix() in NESTS
    for name, call in calls(ast.parse(source)):
        assert may_nest or name not in NESTING, f"line {call.lineno}: no nested event loops"
        assert ast.unparse(call.func) not in ("self.tr", "QCoreApplication.translate"), (
            f"line {call.lineno}: texts for people pass `tr` of core/language/words.py, and not Qt's own"
        )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(PACKAGE.parent)))
def test_a_folder_is_a_room_and_not_a_hall(folder: Path) -> None:
    assert len(list(folder.glob("*.py"))) <= MOST_MODULES, "make wings of it, by subject"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(PACKAGE.parent)))
def test_a_room_says_what_lives_there(folder: Path) -> None:
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
    assert said
    assert said.partition("\n")[0].endswith(".")


def test_the_map_of_the_wings_is_what_there_is() -> None:
    script = PACKAGE.parent / "packaging" / "wings.py"
    done = subprocess.run([sys.executable, script, "--check"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


MARKED = {"ui/toolkit/views/labels.py": "makes the two kinds of labels that there are"}
"""Who may make one of Qt's labels, and why."""

TIPS = {"setToolTip": 0, "setItemData": 1, "showText": 1, "showMessage": 1}
"""What shows a text that Qt or the desktop takes for HTML where it finds a tag: the place of the text."""


def is_ours(text: ast.expr) -> bool:
    """Whether a text is written in the program alone, or is shown without tags."""
    match text:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Name(id="tagless")):
            return True
        case ast.Call(func=ast.Name(id="tr"), keywords=[]):
            return True
        case _:
            return False


@pytest.mark.parametrize(
    "module", sorted((PACKAGE / "ui").rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_foreign_text_is_taken_for_html(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    if module.relative_to(PACKAGE).as_posix() not in MARKED:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call | ast.ClassDef):
                made = [node.func] if isinstance(node, ast.Call) else node.bases
                assert "QLabel" not in map(ast.unparse, made), f"line {node.lineno}: take a PlainLabel"
    for name, call in calls(tree):
        shows = name in TIPS and (name != "setItemData" or "ToolTipRole" in ast.unparse(call))
        assert not shows or is_ours(call.args[TIPS[name]]), f"line {call.lineno}: `tagless` what is shown"
    for case in ast.walk(tree):
        if isinstance(case, ast.match_case) and "ToolTipRole" in ast.unparse(case.pattern):
            for node in ast.walk(case):
                if isinstance(node, ast.Return) and node.value is not None:
                    assert "tagless(" in ast.unparse(node.value) or "escape(" in ast.unparse(node.value)
