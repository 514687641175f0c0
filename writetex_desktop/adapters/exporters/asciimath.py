"""AsciiMath read by ASCIIMathML, as MathJax carries it, in QuickJS.

A context of its own, made for one formula and dropped after it: it comes in once where hundreds are drawn.
"""

import json
import re
from pathlib import Path
from typing import Final

from writetex_desktop.adapters.exporters.mathjax import start_worker
from writetex_desktop.adapters.exporters.mathml import clean_mathml
from writetex_desktop.core.errors import ConversionError, RenderError
from writetex_desktop.core.language.words import tr

COMPONENT: Final = "input/asciimath.js"
"""The one file of MathJax that only this module loads."""

_COMPONENTS: Final = ("core.js", "adaptors/liteDOM.js", COMPONENT)
_WORLD: Final = (
    "globalThis.window = globalThis; globalThis.MathJax = {};"
    "globalThis.console = {log() {}, warn() {}, error() {}}; 0"
)
_READ: Final = """
(function () {
  const { AsciiMath } = MathJax._.input.asciimath_ts;
  MathJax._.handlers.html_ts.RegisterHTMLHandler(MathJax._.adaptors.liteAdaptor.liteAdaptor());
  const document = MathJax._.mathjax.mathjax.document("", { InputJax: new AsciiMath({}) });
  const visitor = new MathJax._.core.MmlTree.SerializedMmlVisitor.SerializedMmlVisitor();
  const end = MathJax._.core.MathItem.STATE.CONVERT;
  // Joined, as the binding cannot hand over a text that the engine keeps in pieces.
  return (source) => [visitor.visitTree(document.convert(source, { end }))].join("");
})()
"""
_MOST: Final = 20_000
_STACK_BYTES: Final = 6 << 20
_MEMORY_BYTES: Final = 256 << 20
_TIME_S: Final = 5.0
_DELIMITERS: Final = re.compile(r"\A\s*(?:`(.*)`|stem:\[(.*)\]|asciimath:\[(.*)\])\s*\Z", re.DOTALL)


def asciimath_to_mathml(source: str, resources: Path) -> str:
    """Read AsciiMath.

    The parser takes anything: what it does not know it reads as letters.

    Args:
        source: The formula, with back quotes or `stem:[...]` round it or without.
        resources: The folder that holds `mathjax/`.

    Returns:
        Its MathML.

    Raises:
        ConversionError: It is too long or nested too deeply, or the reader was not built in.
    """
    if len(source) > _MOST:
        raise ConversionError(tr("The formula is too long to be read."), tr("Convert it in parts."))
    found = _DELIMITERS.match(source)
    body = next(part for part in found.groups() if part is not None) if found else source.strip()
    worker = start_worker()
    try:
        return clean_mathml(worker.submit(_read, body, resources / "mathjax").result())
    except RenderError as error:
        raise ConversionError(error.message, error.remedy) from error
    finally:
        worker.shutdown()


def _read(source: str, folder: Path) -> str:
    import quickjs  # noqa: PLC0415 - nothing is read so before somebody asks for it

    context = quickjs.Context()
    context.set_max_stack_size(_STACK_BYTES)
    context.set_memory_limit(_MEMORY_BYTES)
    try:
        context.eval(_WORLD)
        for name in _COMPONENTS:
            context.eval((folder / name).read_text("utf-8") + ";0")
        context.set_time_limit(_TIME_S)
        context.eval(f"globalThis.readAsciiMath = {_READ};0")
        return str(context.eval(f"readAsciiMath({json.dumps(source)})"))
    except OSError as error:
        raise ConversionError(
            tr("This copy of WriteTex Desktop was built without the reader of AsciiMath."),
            tr("Install it anew."),
        ) from error
    except (quickjs.JSException, quickjs.StackOverflow) as error:
        raise ConversionError(
            tr("The formula could not be read as AsciiMath."), tr("Convert it in parts.")
        ) from error
