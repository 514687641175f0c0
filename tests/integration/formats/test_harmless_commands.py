"""What the renderer draws is known to be harmless; its own tables are the judge."""

import json
import re
import threading
from pathlib import Path

import quickjs

from writetex_desktop.adapters.exporters.mathjax import COMPONENTS
from writetex_desktop.core.latex.effects import effect_of
from writetex_desktop.core.latex.harmless import COMMANDS, ENVIRONMENTS

RESOURCES = Path(__file__).parents[3] / "resources"
WORLD = (
    "globalThis.window = globalThis; globalThis.MathJax = {};"
    "globalThis.console = {log() {}, warn() {}, error() {}}; 0"
)
NAMES = """(function () {
  const { MapHandler } = MathJax._.input.tex.MapHandler;
  const { ConfigurationHandler } = MathJax._.input.tex.Configuration;
  const names = { macro: [], environment: [] };
  for (const extension of ConfigurationHandler.keys())
    for (const kind of Object.keys(names))
      for (const table of ConfigurationHandler.get(extension).handler[kind] || [])
        names[kind].push(...((MapHandler.getMap(table) || {}).map || new Map()).keys());
  return [JSON.stringify(names)].join("");
})()"""


def names_of_the_renderer() -> dict[str, set[str]]:
    """Ask MathJax, in a thread with the stack that its engine wants."""
    answers: list[str] = []

    def ask() -> None:
        context = quickjs.Context()
        context.set_max_stack_size(6 << 20)
        context.eval(WORLD)
        for name in COMPONENTS:
            context.eval((RESOURCES / "mathjax" / name).read_text(encoding="utf-8") + ";0")
        for name in ("macros.js", "glue.js"):
            context.eval((RESOURCES / "render" / name).read_text(encoding="utf-8") + ";0")
        answers.append(context.eval(NAMES))

    before = threading.stack_size(16 << 20)
    asking = threading.Thread(target=ask)
    asking.start()
    threading.stack_size(before)
    asking.join()
    return {
        kind: {name.strip("\\").removesuffix("*") for name in names if re.fullmatch(r"\\?[a-zA-Z]+\*?", name)}
        for kind, names in json.loads(answers[0]).items()
    }


def test_what_the_renderer_draws_is_known_to_be_harmless() -> None:
    names = names_of_the_renderer()
    assert len(names["macro"]) > 1_000
    assert names["macro"] - COMMANDS == {"href"}
    assert names["environment"] - ENVIRONMENTS == set()
    assert [name for name in names["macro"] if effect_of(name)] == ["href"]
