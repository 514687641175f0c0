"""What the footer's menu does besides copying in a format: copy by a template, save as a document."""

from collections.abc import Callable

from writetex_desktop.core.documents.document import DocumentWish
from writetex_desktop.core.formats.template import NamedTemplate
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.output.copying import Copying
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.toolkit.document_saver import DocumentSaver


def serve_menu(
    pane: ResultPane,
    mode: Callable[[], Mode],
    *,
    copying: Copying,
    saver: DocumentSaver,
    settings: Observable[Settings],
    tasks: Tasks,
) -> None:
    """Let the menu copy and save what the pane shows, and offer the templates of the settings.

    Args:
        pane: What shows the result.
        mode: Says what it is.
        copying: Copies it.
        saver: Saves it.
        settings: Hold the user's templates.
        tasks: Where it runs.
    """

    def save(wish: DocumentWish) -> None:
        if pane.markup.strip():
            saver.save(wish, [(pane.markup, mode())])

    def copy(template: NamedTemplate) -> None:
        if pane.markup.strip():
            tasks.spawn(copying.copy_filled(pane.markup, mode(), template), name="copy by template")

    pane.footer.save_requested.connect(save)
    pane.footer.template_requested.connect(copy)
    settings.subscribe(lambda now: pane.footer.set_templates(now.templates))
    pane.footer.set_templates(settings.value.templates)
