"""What is tried without a window: what reads, draws, computes, keeps and hides."""

import asyncio
import importlib
import json
import ssl
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from writetex_desktop.adapters.computing.process import compute
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.speech import SpeechEngine
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.secrets.keyring import KeyringSecrets, keyring_backend_problem
from writetex_desktop.adapters.storage.catalogue_file import load_catalogue
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.composition.parts import embedded_recogniser
from writetex_desktop.composition.selftest.report import AbsentError
from writetex_desktop.core.computing.task import Task, Wish
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery, moment_id
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.pictures.image import Bitmap, ImageLimits
from writetex_desktop.core.reading.recognition import Engine, Mode, RecognitionRequest, TextDelta
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.output.export import as_bytes

SAMPLE: Final = "02-euler.png"
"""The picture of `resources/samples` that is read, and drawn on the screen to be snipped."""

_FORMULA: Final = r"\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"
_LIBRARIES: Final = ("openai", "httpx2", "keyring", "mss", "PIL", "quickjs", "pypdfium2")
"""All but what the embedded recogniser loads, which does so in a way of its own (docs/adr/0013)."""

_KEPT_AS: Final = "selftest"
_PNG: Final = b"\x89PNG"


async def libraries() -> str:
    """Import what is only imported when it is first wanted."""
    for name in _LIBRARIES:
        await asyncio.to_thread(importlib.import_module, name)
    return f"{len(_LIBRARIES)} load"


async def resources() -> str:
    """Look at the data files, and read the list of providers."""
    folder = resource_dir()
    missing = [name for name in ("icons", "guide", "LICENSES", "samples") if not (folder / name).is_dir()]
    if missing:
        raise FileNotFoundError(f"the folders {', '.join(missing)} are missing")
    loaded = load_catalogue(folder, Path("none"), Path("none"))
    licences = len(list((folder / "LICENSES").rglob("*.txt")))
    return f"{len(loaded.catalogue.providers)} providers, {licences} licences"


async def certificates() -> str:
    """Look for those by which an endpoint is trusted."""
    context = await asyncio.to_thread(ssl.create_default_context)
    found = len(context.get_ca_certs())
    if not found and not any(ssl.get_default_verify_paths()[:2]):
        raise AbsentError(
            tr("This system has no certificates; connections to the outside cannot be trusted.")
        )
    return f"{ssl.OPENSSL_VERSION}; {found} certificates"


async def offline_reading() -> str:
    """Decode the sample in a process of its own and read it with the embedded recogniser."""
    truth = sample_truth()
    bitmap = await asyncio.to_thread(PillowCodec().decode, (resource_dir() / "samples" / SAMPLE).read_bytes())
    read = await read_offline(bitmap)
    if canonicalize(read) != canonicalize(truth):
        raise AssertionError(f"{SAMPLE} was read as {read}")
    return read


async def read_offline(bitmap: Bitmap) -> str:
    """Read a picture with the embedded recogniser; gives its markup.

    Raises:
        AbsentError: This package has none.
        RecognitionError: It cannot be read.
    """
    recogniser = embedded_recogniser()
    if recogniser is None:
        raise AbsentError(tr("The embedded recogniser is not part of this package."))
    image = await asyncio.to_thread(PillowCodec().prepare, bitmap, ImageLimits())
    answer = recogniser.recognize(RecognitionRequest(image, bitmap=bitmap))
    return "".join([event.text async for event in answer if isinstance(event, TextDelta)])


def sample_truth() -> str:
    """Give the LaTeX of the sample."""
    truth = json.loads((resource_dir() / "samples" / "truth.json").read_text("utf-8"))
    return next(str(item["latex"]) for item in truth if item["file"] == SAMPLE)


async def rendering() -> str:
    """Draw a formula, and write it in the forms that need most of what is bundled."""
    renderer = MathJaxRenderer(resource_dir())
    try:
        exports = make_exports(renderer)
        made = {form: await exports.export(_FORMULA, Mode.FORMULA, form) for form in _DRAWN}
    finally:
        renderer.close()
    forms = {form: as_bytes(content, form) for form, content in made.items()}
    wrong = [form.value for form, data in forms.items() if _DRAWN[form] not in data[:200]]
    if wrong:
        raise AssertionError(f"not drawn: {', '.join(wrong)}")
    return ", ".join(f"{form.value} {len(data)} bytes" for form, data in forms.items())


_DRAWN: Final = {
    OutputFormat.SVG: b"<svg",
    OutputFormat.PNG: _PNG,
    OutputFormat.PDF: b"%PDF",
    OutputFormat.MATHML: b"<math",
}
"""What stands at the beginning of each form."""


async def speech() -> str:
    """Speak a formula."""
    folder = resource_dir()
    if not (folder / "speech" / "sre.js").exists():
        raise AbsentError(tr("What speaks formulas is not part of this package."))
    spoken = await SpeechEngine(folder, "en").speak(
        "<math><mi>x</mi><mo>+</mo><mn>1</mn></math>", braille=False
    )
    if "plus" not in spoken:
        raise AssertionError(f"x + 1 was spoken as {spoken}")
    return spoken


async def computing() -> str:
    """Let SymPy compute in its process."""
    try:
        answer = await compute(Wish("x + x", Task.SIMPLIFY))
    except ConversionError as error:
        if "not installed" in error.message:
            raise AbsentError(tr("SymPy is not part of this package.")) from error
        raise
    return answer.latex


async def key_store() -> str:
    """Keep a secret in the system's key store, read it, and take it away again."""
    problem = await asyncio.to_thread(keyring_backend_problem)
    if problem is not None:
        raise AbsentError(problem.reason)
    store, secret = KeyringSecrets(), Secret("of the selftest")
    await store.set(_KEPT_AS, secret)
    try:
        kept = await store.get(_KEPT_AS)
    finally:
        await store.delete(_KEPT_AS)
    if kept is None or kept.reveal() != secret.reveal():
        raise AssertionError("the key store lost what it was given")
    return "kept, read and deleted"


async def history() -> str:
    """Keep an entry in a history of its own, find it by a word, and read its picture."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteHistory(Path(folder) / "history.db")
        moment = moment_id(datetime.now(UTC))
        entry = HistoryEntry(moment, _FORMULA, Mode.FORMULA, Engine.OFFLINE, "selftest", 0.1)
        await store.open()
        try:
            await store.add([(entry, _PNG)])
            found = await store.find(HistoryQuery(words=("sqrt",)))
            picture = await store.picture(found[0].id) if found else None
        finally:
            await store.close()
    if [each.markup for each in found] != [_FORMULA] or picture != _PNG:
        raise AssertionError("the history lost what it was given")
    return "kept and found"
