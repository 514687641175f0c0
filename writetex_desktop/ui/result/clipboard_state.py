"""What the footer says of the clipboard: a pure step from what is known to what is shown."""

from dataclasses import dataclass

from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.language.words import tr, tr_marked
from writetex_desktop.services.output.copying import Copied


@dataclass(frozen=True, slots=True)
class ClipboardState:
    """What is shown.

    Attributes:
        is_copied: Whether the clipboard holds what is shown, in the form that is chosen.
        words: What it holds of ours, one sentence; empty for nothing.
    """

    is_copied: bool
    words: str


def clipboard_state(copied: Copied | None, markup: str, chosen: OutputFormat) -> ClipboardState:
    """Say what the clipboard holds.

    Args:
        copied: What we copied last and did not take back.
        markup: The source that is shown.
        chosen: The form in which it would be copied now.
    """
    if copied is None:
        return ClipboardState(is_copied=False, words="")
    if copied.markup != markup:
        words = tr("The clipboard holds an earlier text, not what is shown.")
    elif copied.form is None:
        words = tr("The clipboard holds the cells of this table.")
    else:
        words = tr("The clipboard holds this as: {form}.")
        words = words.format(form=tr_marked(copied.form.row.label))
    is_same = copied.markup == markup
    return ClipboardState(is_copied=is_same and copied.form in {chosen, None}, words=words)
