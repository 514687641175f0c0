"""The probes of `writetex doctor` that do something: copy and restore, read a sample, ask the endpoint."""

import shutil
import time

from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.parts import SAMPLE, Parts, embedded_recogniser
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.endpoints.connection import Outcome
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.language.words import mark, tr
from writetex_desktop.core.pictures.image import ImageLimits
from writetex_desktop.core.reading.recognition import Completed, Mode, RecognitionRequest
from writetex_desktop.native.clipboard import tools as clipboard_tools
from writetex_desktop.native.clipboard.tools import ToolClipboard
from writetex_desktop.native.session import Session
from writetex_desktop.services.diagnosis import Finding, State, since

PROBE_TEXT = "WriteTex doctor: x² + y² = z²"


async def try_clipboard(session: Session) -> Finding:
    """Copy a text, read it back, and put back what was there; other things than text are left alone."""
    obstacle = clipboard_tools.unsupported(session, shutil.which)
    if obstacle is not None:
        return Finding("clipboard", "tool", State.SKIPPED, obstacle.reason, obstacle.remedy)
    clipboard = ToolClipboard(session)
    started = time.perf_counter()
    try:
        before = await clipboard.read()
        if not before.text or not await clipboard.holds_only_text():
            told = tr(
                "read in {time}; not copied to, since nothing but text could be put back",
                time=since(started),
            )
            return Finding("clipboard", "tool", State.TAKEN, told)
        try:
            await clipboard.copy(ClipboardContent(PROBE_TEXT))
        finally:
            await clipboard.copy(before)
    except WriteTexError as error:
        return Finding("clipboard", "tool", State.SKIPPED, error.message, error.remedy.text)
    return Finding(
        "clipboard", "tool", State.TAKEN, tr("copied, read back and restored in {time}", time=since(started))
    )


async def try_engine(parts: Parts) -> Finding:
    """Let the embedded recogniser read the sample."""
    embedded = embedded_recogniser()
    if embedded is None:
        return Finding(
            *("engine", "built-in", State.SKIPPED, tr("It is not part of this installation.")),
            tr("Install WriteTex with its extra `offline`, or set up an endpoint."),
        )
    started = time.perf_counter()
    try:
        data = (resource_dir() / "samples" / SAMPLE).read_bytes()
        bitmap = parts.codec.decode(data)
        image = parts.codec.prepare(bitmap, ImageLimits())
        async for event in embedded.recognize(RecognitionRequest(image, Mode.FORMULA, bitmap=bitmap)):
            if isinstance(event, Completed):
                break
    except OSError:
        told = tr("The sample cannot be read.")
        return Finding("engine", "built-in", State.SKIPPED, told, tr("Install WriteTex again."))
    except WriteTexError as error:
        return Finding("engine", "built-in", State.SKIPPED, error.message, error.remedy.text)
    return Finding("engine", "built-in", State.TAKEN, tr("read the sample in {time}", time=since(started)))


async def try_endpoint(parts: Parts, *, connect: bool) -> list[Finding]:
    """Say whether there is an endpoint, and where that is wished whether it answers."""
    if not parts.settings.is_configured():
        remedy = tr("Fill in the first page of the settings.")
        return [Finding("endpoint", mark("not set up"), State.SKIPPED, tr("No base URL is set."), remedy)]
    if not connect:
        remedy = tr("`writetex doctor --connect` tries it; that costs as much as one small picture.")
        return [
            Finding(
                "endpoint", mark("set up"), State.TAKEN, tr("not tried, since nobody asked for it"), remedy
            )
        ]
    started = time.perf_counter()
    report = await parts.connection.run()
    states = {
        Outcome.PASSED: State.TAKEN,
        Outcome.FAILED: State.SKIPPED,
        Outcome.UNTRIED: State.SKIPPED,
    }
    findings = [Finding("endpoint", "tried", State.FACT, tr("in {time}", time=since(started)))]
    for each in report.steps:
        untried = tr("not tried, since the step before failed") if each.outcome is Outcome.UNTRIED else ""
        told = each.message or untried
        findings.append(Finding("endpoint", each.step.value, states[each.outcome], told, each.remedy))
    return findings
