"""What is tried without a window: what draws, speaks, computes, keeps and hides."""

import asyncio
import importlib
import platform
import ssl
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from writetex_desktop.adapters.computing.process import compute
from writetex_desktop.adapters.endpoint.trust import trust_of
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.speech import SpeechEngine
from writetex_desktop.adapters.secrets.keyring import KeyringSecrets, keyring_backend_problem
from writetex_desktop.adapters.storage.catalogue_file import load_catalogue
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.composition.selftest.report import AbsentError
from writetex_desktop.core.computing.task import Task, Wish
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery, moment_id
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Engine, Mode
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.output.export import as_bytes

_FORMULA: Final = r"\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"
_LIBRARIES: Final = ("openai", "httpx2", "keyring", "mss", "PIL", "quickjs", "pypdfium2")
"""All but what the embedded recogniser loads, which does so in a way of its own (docs/adr/0013)."""

_IN_BUNDLES: Final = ("writetex_desktop.adapters.serving.server", "mcp.server", "sympy")
"""Of the extras: nobody can add to a bundle what was left out of it."""

_PATIENCE_S: Final = 120.0
"""Whether a part is there is asked, not how fast it is on a machine that is busy."""

_KEPT_AS: Final = "selftest"
_PNG: Final = b"\x89PNG"


async def libraries() -> str:
    """Import what is only imported when it is first wanted."""
    wanted = (*_LIBRARIES, *(_IN_BUNDLES if getattr(sys, "frozen", False) else ()))
    for name in wanted:
        await asyncio.to_thread(importlib.import_module, name)
    return f"{len(wanted)} load"


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
    """Look for those by which an endpoint is trusted, in the way in which endpoints do."""
    endpoint = Endpoint("https://localhost/v1", Secret(""), "selftest")
    context = await asyncio.to_thread(trust_of, endpoint, is_plain=False)
    if platform.system() in {"Windows", "Darwin"}:
        return f"{ssl.OPENSSL_VERSION}; those of the system"
    found = len(context.get_ca_certs()) or _in_folder(ssl.get_default_verify_paths().openssl_capath)
    if not found:
        raise AbsentError(
            tr("This system has no certificates; connections to the outside cannot be trusted.")
        )
    return f"{ssl.OPENSSL_VERSION}; {found} certificates"


def _in_folder(folder: str) -> int:
    """Count the certificates of a folder, which are loaded one by one when they are wanted."""
    return sum(1 for each in Path(folder).glob("*.0") if each.is_file())


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
        answer = await compute(Wish("x + x", Task.SIMPLIFY), time_s=_PATIENCE_S)
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
