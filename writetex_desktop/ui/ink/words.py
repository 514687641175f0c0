"""What is said of a reading in one line."""

from PySide6.QtCore import QLocale

from writetex_desktop.core.costs.cost import format_cost
from writetex_desktop.core.language.words import tr, tr_marked
from writetex_desktop.core.reading.recognition import Engine
from writetex_desktop.core.reading.trust import DOUBT, Likeness, judged
from writetex_desktop.services.reading.ink_reading import InkAnswer
from writetex_desktop.ui.toolkit.trust_words import trust_words


def about(answer: InkAnswer) -> str:
    """Say who read it, how long that took, how far it can be trusted, and what comes."""
    recognition = answer.recognition
    parts = [warning.rstrip(".") for warning in recognition.warnings if warning != tr_marked(DOUBT)]
    if not parts:
        parts.append(trust_words(judged(recognition, Likeness.UNKNOWN)))
    if recognition.engine is Engine.OFFLINE:
        parts.append(tr("Built-in recogniser"))
    else:
        parts.append(recognition.model)
    seconds = QLocale().toString(recognition.seconds, "f", 1)
    parts.append(tr("{seconds} s", seconds=seconds))
    if recognition.cost is not None:
        parts.append(format_cost(recognition.cost))
    if not answer.is_final:
        parts.append(tr("the endpoint is asked when you pause"))
    return " · ".join(part for part in parts if part)
