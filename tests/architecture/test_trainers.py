"""What trains and measures the networks runs by hand alone; that it still fits the program is seen here."""

import ast
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

TRAINERS = sorted((Path(__file__).parents[2] / "packaging" / "model").rglob("*.py"))
OURS = "writetex_desktop"


def named(module: str, name: str) -> object:
    """What a module has under a name, be it a module of its own; None where there is nothing."""
    here = import_module(module)
    if not hasattr(here, name) and hasattr(here, "__path__") and find_spec(f"{module}.{name}"):
        import_module(f"{module}.{name}")
    return getattr(here, name, None)


def missing(tree: ast.Module) -> Iterator[str]:
    """Names of the program that a trainer takes and that are not there."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(OURS):
            for each in node.names:
                found = named(node.module, each.name)
                if found is None:
                    yield f"{node.module}.{each.name}"
                elif isinstance(found, ModuleType):
                    modules[each.asname or each.name] = found.__name__
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = modules.get(node.value.id)
            if module and named(module, node.attr) is None:
                yield f"{module}.{node.attr}"


@pytest.mark.parametrize("path", TRAINERS, ids=lambda path: "/".join(path.parts[-2:]))
def test_what_a_trainer_takes_from_the_program_is_there(path: Path) -> None:
    assert not [*missing(ast.parse(path.read_text("utf-8")))]
