"""Formulas in words and in Braille, by Speech Rule Engine in QuickJS.

The engine comes with the build where npm was at hand (docs/adr/0043). It lives on a worker thread of its own,
is built with the first formula that is spoken (about a second) and speaks the others in some milliseconds.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from writetex_desktop.adapters.exporters.mathjax import start_worker
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.language.words import tr

BRAILLE = "nemeth"
"""What the engine calls the rules of Nemeth Braille."""

_ENGLISH = "en"
_ENGINE = "sre"
_JS_STACK_BYTES = 6 << 20
_MEMORY_BYTES = 512 << 20
_TIME_S = 10.0


class SpeechEngine:
    """Speaks MathML.

    Args:
        resources: The folder that holds `speech/` and `render/`.
        language: Two letters; one that the engine does not speak is English.
    """

    def __init__(self, resources: Path, language: str) -> None:
        self._folder = resources / "speech"
        self._glue = resources / "render" / "speech.js"
        self._language = language if (self._folder / "mathmaps" / f"{language}.json").exists() else _ENGLISH
        self._worker: ThreadPoolExecutor | None = None
        self._context: Any = None
        self._chosen = ("", "")

    async def speak(self, mathml: str, *, braille: bool) -> str:
        """Give a formula in words, or in Nemeth Braille.

        Raises:
            RenderError: The engine is not there, or cannot speak it.
        """
        if self._worker is None:
            self._worker = start_worker()
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._spoken, mathml, braille)

    def _spoken(self, mathml: str, braille: bool) -> str:
        import quickjs  # noqa: PLC0415 - nothing is spoken before somebody asks for it

        try:
            if self._context is None:
                self._context = self._built(quickjs.Context())
            self._choose(*((BRAILLE, "braille") if braille else (self._language, "speech")))
            return str(self._context.eval(f"WriteTexSpeech.speak({json.dumps(mathml)})")).strip()
        except OSError as error:
            raise RenderError(
                tr("This copy of WriteTex Desktop was built without the engine that speaks formulas."),
                tr("Build it anew where npm is installed."),
                error_id="NotBuilt",
            ) from error
        except (quickjs.JSException, quickjs.StackOverflow) as error:
            self._context, self._chosen = None, ("", "")
            raise RenderError(
                tr("The formula could not be put into words."),
                tr("Choose another format, such as plain text."),
            ) from error

    def _built(self, context: Any) -> Any:
        context.set_max_stack_size(_JS_STACK_BYTES)
        context.set_memory_limit(_MEMORY_BYTES)
        context.eval(self._glue.read_text("utf-8") + ";0")
        modules = {path.stem: path for path in (self._folder / "xmldom").glob("*.js")}
        modules |= {"wicked-good-xpath": self._folder / "xpath.js", _ENGINE: self._folder / "sre.js"}
        for name, path in modules.items():
            body = path.read_text("utf-8")
            function = f"function (module, exports, require) {{{body}\n}}"
            context.eval(f"WriteTexSpeech.define({json.dumps(name)}, {function});0")
        # The engine falls back on English, whatever it is told to speak.
        for language in ("base", _ENGLISH):
            self._learn(context, language)
        context.set_time_limit(_TIME_S)
        return context

    def _learn(self, context: Any, language: str) -> None:
        text = (self._folder / "mathmaps" / f"{language}.json").read_text("utf-8")
        context.eval(f"WriteTexSpeech.learn({json.dumps(language)}, {json.dumps(text)});0")

    def _choose(self, language: str, modality: str) -> None:
        if self._chosen == (language, modality):
            return
        self._learn(self._context, language)
        self._context.eval(f"WriteTexSpeech.choose({json.dumps(language)}, {json.dumps(modality)});0")
        while self._context.execute_pending_job():
            pass
        failure = self._context.eval("WriteTexSpeech.failure()")
        if failure:
            raise RenderError(
                tr("The language of the spoken formula could not be loaded."), tr("Choose another format.")
            )
        self._chosen = (language, modality)
