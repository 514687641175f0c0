r"""Formulas drawn by MathJax 3.2.2 in QuickJS.

The engine lives on one worker thread of its own, is built on the first formula (about 0.3 s) and draws the
rest in 10 to 20 ms each. What may go wrong in it is bounded: source length and brace depth before the call,
time, memory and stack within it, the size of the result after it. The measured traps are in docs/adr/0003.
"""

import asyncio
import json
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from writetex_desktop.adapters.exporters.lettering import measure, outline
from writetex_desktop.adapters.exporters.mathml import clean_mathml
from writetex_desktop.adapters.exporters.refusals import remedy_for
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.drawing.lettering import Lettering
from writetex_desktop.core.formats.drawing.svg_pass import to_formula
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.markup import repair as repair_markup
from writetex_desktop.core.markup.spellings import SPELLINGS
from writetex_desktop.services.disuse import DISUSE_S, Disuse

_EXTENSIONS = """
    ams newcommand configmacros boldsymbol braket enclose cancel color extpfeil mhchem mathtools amscd unicode
    textmacros textcomp empheq cases centernot upgreek gensymb bbox verb physics
"""

COMPONENTS = (
    "core.js",
    "adaptors/liteDOM.js",
    "input/tex-base.js",
    *(f"input/tex/extensions/{name}.js" for name in _EXTENSIONS.split()),
    "output/svg.js",
    "output/svg/fonts/tex.js",
)
"""The files of `resources/mathjax/`, in an order in which they load (enclose before cancel, and so on)."""

_GLUE = ("macros.js", "signs.js", "letters.js", "tables.js", "units.js", "words.js", "colours.js", "glue.js")
_BARE_WORLD = (
    "globalThis.window = globalThis; globalThis.MathJax = {};"
    "globalThis.console = {log() {}, warn() {}, error() {}}; 0"
)

# A JavaScript stack of 6 MB overruns the ordinary stack of a secondary thread (0.5 MB on macOS, 1 MB on
# Windows) and kills the process; with 16 MB it is a clean error.
_THREAD_STACK_BYTES = 16 << 20
_JS_STACK_BYTES = 6 << 20

_LETTER_EM = 0.884
"""The font size of text beside a formula of 1 em: MathJax makes both lower-case letters equally high."""

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)

_UNKNOWN_COMMAND = "UndefinedControlSequence"

_ENDLESS = frozenset({"MaxMacroSub1", "MaxMacroSub2", "MaxBufferSize"})
_CALLS_ITSELF = mark("A command or an environment of the source calls itself without end.")

_Form = Literal["svg", "mathml"]
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class RenderLimits:
    """What one formula may cost.

    Attributes:
        source_chars: Longest source.
        brace_depth: Deepest nesting of braces.
        time_s: Processor seconds of the program while the engine works on it.
        memory_bytes: Memory of the engine as a whole.
        result_chars: Longest drawing.
    """

    source_chars: int = 20_000
    brace_depth: int = 200
    time_s: float = 1.0
    memory_bytes: int = 256 << 20
    result_chars: int = 2_000_000


class MathJaxRenderer:
    """The `FormulaRenderer` over MathJax.

    Args:
        resources: The folder that holds `mathjax/` and `render/`.
        limits: What one formula may cost.
        definitions: Gives what a formula needs defined before it, as LaTeX; called on the worker.
        rest_after_s: How long nothing is drawn until the engine is let go.
    """

    def __init__(
        self,
        resources: Path,
        limits: RenderLimits | None = None,
        *,
        definitions: Callable[[str], str] = lambda _latex: "",
        rest_after_s: float = DISUSE_S,
    ) -> None:
        self._disuse = Disuse(self._rest, rest_after_s)
        self._resources = resources
        self._limits = limits or RenderLimits()
        self._definitions = definitions
        self._worker: ThreadPoolExecutor | None = None
        self._engine: _Engine | None = None

    async def warm(self) -> None:
        """Build the engine now, so that the first formula need not wait for it.

        Raises:
            RenderError: MathJax is not there.
        """
        await self._on_worker(self._living_engine)

    async def render(self, latex: str, *, display: bool = True, repair: bool = False) -> RenderedFormula:
        """Draw a formula; see `ports.FormulaRenderer`."""
        return await self._on_worker(lambda: self._draw(latex, display=display, repair=repair))

    async def mathml(self, latex: str, *, display: bool = True) -> str:
        """Give presentation MathML; see `ports.FormulaRenderer`."""
        return await self._on_worker(lambda: clean_mathml(self._convert(latex, display, "mathml")))

    def close(self) -> None:
        """End the worker; waits for the formula in work, at most for its time limit."""
        self._disuse.stop()
        if self._worker is not None:
            self._worker.submit(self._drop_engine)
            self._worker.shutdown()
            self._worker = None

    async def _on_worker(self, job: Callable[[], _Result]) -> _Result:
        if self._worker is None:
            self._worker = start_worker()
        with self._disuse.use():
            return await asyncio.get_running_loop().run_in_executor(self._worker, job)

    def _rest(self) -> None:
        if self._worker is not None:
            self._worker.submit(self._drop_engine)

    # What follows runs on the worker: a QuickJS context belongs to the thread that made it.

    def _draw(self, latex: str, *, display: bool, repair: bool) -> RenderedFormula:
        self._check(latex)
        # Repair leaves finished source as it is, so that trying its outcome first saves a refusal.
        drawable = repair_markup(latex) if repair else latex
        try:
            return self._drawn(drawable, display=display, repaired=drawable != latex)
        except _ParseError:
            if drawable == latex:
                raise
        # Draws what should not have been repaired; else what is said is about the user's own source.
        return self._drawn(latex, display=display)

    def _drawn(self, latex: str, *, display: bool, repaired: bool = False) -> RenderedFormula:
        return to_formula(self._convert(latex, display, "svg"), repaired=repaired, outline=outline)

    def _convert(self, latex: str, display: bool, form: _Form) -> str:
        self._check(latex)
        engine = self._living_engine()
        before = self._definitions(latex)
        try:
            result = self._convert_either_way(engine, before + latex, display, form)
        except _ParseError as error:
            if error.position is not None and before:
                error.position = error.position - len(before) if error.position >= len(before) else None
            raise
        except _EngineBrokenError as error:
            self._drop_engine()
            raise _too_large() from error
        if len(result) > self._limits.result_chars:
            raise _too_large()
        return result

    @staticmethod
    def _convert_either_way(engine: "_Engine", latex: str, display: bool, form: _Form) -> str:
        r"""Convert; take the physics package only where a command is unknown, for it redefines `\div`."""
        try:
            return engine.convert(latex, display, form, physics=False)
        except _ParseError as error:
            if error.error_id != _UNKNOWN_COMMAND:
                raise
            try:
                return engine.convert(latex, display, form, physics=True)
            except _ParseError:
                raise error from None

    def _check(self, latex: str) -> None:
        if len(latex) > self._limits.source_chars:
            raise _too_much(tr("The formula is too long to be drawn."), "TooLong")
        forbidden = _FORBIDDEN.search(latex)
        if forbidden is not None:
            raise RenderError(
                tr("The source holds a control character."),
                tr("Remove the invisible character."),
                error_id="ControlCharacter",
                position=forbidden.start(),
            )
        depth = 0
        for brace in _BRACES.finditer(latex):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if depth > self._limits.brace_depth:
                told = tr("The braces of the formula are nested too deeply.")
                raise _too_much(told, "TooDeep", brace.start())

    def _living_engine(self) -> "_Engine":
        if self._engine is None:
            self._engine = _Engine(self._resources, self._limits)
        return self._engine

    def _drop_engine(self) -> None:
        self._engine = None


class _ParseError(RenderError):
    """The parser refused the source."""


class _EngineBrokenError(Exception):
    """The engine ran out of memory and must be built anew."""


class _Engine:
    """MathJax in one QuickJS context."""

    def __init__(self, resources: Path, limits: RenderLimits) -> None:
        try:
            import quickjs  # noqa: PLC0415 - the first window is up long before the engine is wanted
        except (ImportError, OSError) as error:
            raise RenderError(
                tr("The formula renderer cannot be loaded: its library quickjs is missing or broken."),
                tr("Install the program anew."),
                error_id="NotBuilt",
            ) from error

        self._overflow: type[Exception] = quickjs.StackOverflow
        self._failure: type[Exception] = quickjs.JSException
        context = quickjs.Context()
        context.set_max_stack_size(_JS_STACK_BYTES)
        context.set_memory_limit(limits.memory_bytes)
        context.eval(_BARE_WORLD)
        for path in _script_paths(resources):
            context.eval(_read_script(path))
            if path.name == "macros.js":
                context.eval(f"WriteTexMacros.add({json.dumps(SPELLINGS)}); 0")
        context.set_time_limit(limits.time_s)
        self._convert: Callable[[str, bool, _Form, bool], str] = context.eval("WriteTex.convert")
        self._forget: Callable[[], Any] = context.eval("WriteTex.forget")
        self._learn: Callable[[str], Any] = context.eval("WriteTex.learn")

    def convert(self, latex: str, display: bool, form: _Form, *, physics: bool) -> str:
        """Convert one formula.

        Raises:
            RenderError: It was refused or cost too much.
            _EngineBrokenError: The engine is of no further use.
        """
        try:
            answer = json.loads(self._convert(latex, display, form, physics))
            if answer.get("unmeasured") and self._measure(answer["unmeasured"]):
                answer = json.loads(self._convert(latex, display, form, physics))
        except self._overflow as error:
            self._forget()
            raise _too_much(tr("The formula is nested too deeply."), "TooDeep") from error
        except self._failure as error:
            self._recover(str(error))
            raise RenderError(
                tr("The formula could not be drawn."),
                tr("Check the source for unusual commands."),
                error_id="Engine",
            ) from error
        failure = answer.get("failure")
        if failure is not None:
            is_endless = failure["id"] in _ENDLESS
            raise _ParseError(
                tr_marked(_CALLS_ITSELF) if is_endless else f"{failure['message'].rstrip('.')}.",
                remedy_for(failure["id"], failure["message"]),
                error_id=failure["id"],
                position=failure["position"],
            )
        return str(answer["result"])

    def _measure(self, letterings: list[tuple[str, str, bool, bool]]) -> bool:
        """Tell the engine how wide letters of other scripts are; False where nothing can be measured."""
        rows: list[tuple[str | bool | float, ...]] = []
        for text, family, is_italic, is_bold in letterings:
            extent = measure(Lettering(text, family, is_italic, is_bold))
            if extent is None:
                return False
            em = (_LETTER_EM * part for part in (extent.width, extent.height, extent.depth))
            rows.append((text, family, is_italic, is_bold, *em))
        self._learn(json.dumps(rows))
        return True

    def _recover(self, message: str) -> None:
        """Make the engine usable after an interruption.

        Raises:
            RenderError: It took too long.
            _EngineBrokenError: It is out of memory; then even the error may be null.
        """
        if "out of memory" in message or message.strip() == "null":
            raise _EngineBrokenError
        self._forget()
        if message.startswith("InternalError: interrupted"):
            raise _too_much(tr("Drawing the formula took too long."), "TooSlow") from None


def _too_large() -> RenderError:
    return _too_much(tr("The formula is too large to be drawn."), "TooLarge")


def _too_much(message: str, error_id: str, position: int | None = None) -> RenderError:
    return RenderError(message, tr("Draw it in parts."), error_id=error_id, position=position)


def _script_paths(resources: Path) -> list[Path]:
    mathjax = [resources / "mathjax" / name for name in COMPONENTS]
    return mathjax + [resources / "render" / name for name in _GLUE]


def _read_script(path: Path) -> str:
    try:
        # The closing 0 keeps the value of the script from being converted for Python.
        return path.read_text(encoding="utf-8") + ";0"
    except OSError as error:
        raise RenderError(
            tr("The formula renderer is not built: files of MathJax are missing."),
            tr("Run `pip install -e .` in the checkout, or install the program anew."),
            error_id="NotBuilt",
        ) from error


def start_worker() -> ThreadPoolExecutor:
    """Start the one worker thread of a JavaScript engine, with a stack that is large enough."""
    worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="formula-renderer")
    ordinary = threading.stack_size(_THREAD_STACK_BYTES)
    try:
        worker.submit(int).result()  # the first job starts the thread
    finally:
        threading.stack_size(ordinary)
    return worker
