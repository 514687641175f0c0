"""What the footer's menu does besides copying in a format: templates, documents, computing."""

from collections.abc import Callable

from writetex_desktop.core.computing.task import Task
from writetex_desktop.core.documents.document import DocumentWish
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.template import NamedTemplate
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.output.assumptions import Assumptions
from writetex_desktop.services.output.computing import Computed, Computing
from writetex_desktop.services.output.copying import Copying
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.result.compute_panel import ComputePanel, PanelWork
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.toolkit.document_saver import DocumentSaver


def serve_menu(
    pane: ResultPane,
    mode: Callable[[], Mode],
    result: Callable[[], int],
    *,
    copying: Copying,
    saver: DocumentSaver,
    computing: Computing,
    assumptions: Assumptions,
    renderer: FormulaRenderer,
    settings: Observable[Settings],
    tasks: Tasks,
) -> None:
    """Let the menu copy and save what the pane shows, and offer the templates of the settings.

    Args:
        pane: What shows the result.
        mode: Says what it is.
        result: Gives its number.
        copying: Copies it.
        saver: Saves it.
        computing: Computes of it.
        assumptions: Remember what the user said of its letters.
        renderer: Draws what was computed.
        settings: Hold the user's templates.
        tasks: Where it runs.
    """

    def save(wish: DocumentWish) -> None:
        if pane.markup.strip():
            saver.save(wish, [(pane.markup, mode())])

    def copy(template: NamedTemplate) -> None:
        if pane.markup.strip():
            tasks.spawn(copying.copy_filled(pane.markup, mode(), template), name="copy by template")

    panel = _panel_maker(
        pane,
        mode,
        result,
        copying=copying,
        computing=computing,
        assumptions=assumptions,
        renderer=renderer,
        tasks=tasks,
    )
    pane.footer.compute_requested.connect(panel)
    pane.footer.save_requested.connect(save)
    pane.footer.template_requested.connect(copy)
    settings.subscribe(lambda now: pane.footer.set_templates(now.templates))
    pane.footer.set_templates(settings.value.templates)


def _panel_maker(
    pane: ResultPane,
    mode: Callable[[], Mode],
    result: Callable[[], int],
    *,
    copying: Copying,
    computing: Computing,
    assumptions: Assumptions,
    renderer: FormulaRenderer,
    tasks: Tasks,
) -> Callable[[], None]:
    """Give what shows the panel that computes, which is made when it is first wanted."""

    async def compute(task: Task, letter: str) -> Computed:
        functions = assumptions.functions(result())
        return await computing.compute(pane.markup, mode(), task, letter, functions)

    async def write(form: OutputFormat) -> Computed:
        return await computing.write(pane.markup, mode(), form, assumptions.functions(result()))

    def say(letter: str, is_function: bool) -> None:
        assumptions.say(result(), letter, is_function=is_function)

    def copy_code(form: OutputFormat) -> None:
        functions = assumptions.functions(result())
        tasks.spawn(copying.copy(pane.markup, mode(), form, functions), name="copy code")

    panels: list[ComputePanel] = []

    def show_panel() -> None:
        if not panels:
            panel = ComputePanel(PanelWork(compute, write, say), renderer, tasks, pane.window())
            panel.copy_requested.connect(
                lambda latex: tasks.spawn(copying.copy(latex, Mode.FORMULA, OutputFormat.RAW), name="copy")
            )
            panel.code_requested.connect(copy_code)
            panels.append(panel)
        panels[0].show()
        panels[0].raise_()

    return show_panel
