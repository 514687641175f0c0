"""AsciiMath read by its own parser: ASCIIMathML, as MathJax carries it in the component `input/asciimath`.

The files come from the test dependency `sphinx-mathjax-offline`; nothing of our program is in the way.
"""

import importlib.metadata
from pathlib import Path
from typing import Any

import pytest

_DISTRIBUTION = "sphinx-mathjax-offline"
_COMPONENTS = ("core.js", "adaptors/liteDOM.js", "input/asciimath.js")
_WORLD = """
globalThis.window = globalThis;
globalThis.MathJax = {};
globalThis.console = { log() {}, warn() {}, error() {} };
0
"""
_GLUE = """
(function () {
  const { mathjax } = MathJax._.mathjax;
  const { STATE } = MathJax._.core.MathItem;
  const { AsciiMath } = MathJax._.input.asciimath_ts;
  const { SerializedMmlVisitor } = MathJax._.core.MmlTree.SerializedMmlVisitor;
  MathJax._.handlers.html_ts.RegisterHTMLHandler(MathJax._.adaptors.liteAdaptor.liteAdaptor());
  const document = mathjax.document("", { InputJax: new AsciiMath({}) });
  const visitor = new SerializedMmlVisitor();
  return (source) => [visitor.visitTree(document.convert(source, { end: STATE.CONVERT }))].join("");
})()
"""


class AsciiMathReader:
    """ASCIIMathML in a QuickJS context of its own; it belongs to the thread that made it."""

    def __init__(self) -> None:
        quickjs = pytest.importorskip("quickjs", reason="quickjs-ng is not installed")
        self._context: Any = quickjs.Context()
        self._context.set_max_stack_size(1 << 20)
        self._context.eval(_WORLD)
        for name in _COMPONENTS:
            self._context.eval((_folder() / name).read_text(encoding="utf-8") + ";0")
        self._read = self._context.eval(_GLUE)

    def mathml(self, source: str) -> str:
        """Read AsciiMath; the parser takes anything, so that only a comparison says whether it is right."""
        return str(self._read(source))


def _folder() -> Path:
    try:
        distribution = importlib.metadata.distribution(_DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"{_DISTRIBUTION} is not installed")
    return Path(str(distribution.locate_file(_DISTRIBUTION))) / "static" / "mathjax"
