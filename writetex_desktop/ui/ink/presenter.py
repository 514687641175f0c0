"""Joins the pad to what reads it, and to where its formulas go."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint

from writetex_desktop.core.errors import Remedy, RemedyAction, RenderError, WriteTexError
from writetex_desktop.core.ink.choosing import scratched_out
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.ink.signs import InkSign, SymbolGuess
from writetex_desktop.core.ink.sketch import Sketch
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.clipboard import PasteTarget
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.ink_reading import READ_AFTER_S, InkAnswer
from writetex_desktop.services.reading.preview import Preview
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.ink.kept_choices import KeptChoices, strokes_under
from writetex_desktop.ui.ink.pad import InkPad
from writetex_desktop.ui.ink.pad_outlet import InkWorld, PadOutlet
from writetex_desktop.ui.ink.pad_window import PadWindow
from writetex_desktop.ui.ink.words import about
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.paged_window import PagedWindow


class InkPresenter:
    """Reads what is written whenever the pen rests, and does what the pad asks for.

    Args:
        window: The large window, of which the pad is a page while it has no window of its own.
        actions: Lead to the pad.
        world: The outside.
        settings: Say in which form a formula is copied.
        do: Does a remedy.
        clock: Time.
        tasks: Runs what takes time.

    Attributes:
        pad: The pad.
        own_window: The small window.
    """

    def __init__(
        self,
        *,
        window: PagedWindow,
        actions: Actions,
        world: InkWorld,
        settings: Observable[Settings],
        do: Callable[[RemedyAction], None],
        clock: Clock,
        tasks: Tasks,
    ) -> None:
        self.pad = InkPad()
        self.own_window = PadWindow()
        self._window = window
        self._world = world
        self._settings = settings
        self._clock = clock
        self._tasks = tasks
        self._sketch = Sketch()
        self._choices = KeptChoices()
        self._answer: InkAnswer | None = None
        self._reading: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._kept: tuple[Ink, str] = (Ink(), "")
        self._next_doubt = 0
        self._outlet = PadOutlet(self.pad, world, settings, tasks, self)
        self._preview = Preview(world.renderer, tasks, self.pad.reading.show_render, self._not_drawn)
        self._connect(do)
        self._show_sketch()
        actions.pad.triggered.connect(lambda: self.toggle_page())
        actions.pad_window.triggered.connect(lambda: self.show_own_window())

    @property
    def ink(self) -> Ink:
        """What is on the paper."""
        return self._sketch.ink

    # --- Where it is -----------------------------------------------------------------------------------

    def toggle_page(self) -> None:
        """Show the pad as a page of the large window; when it is in front already, go back to the result."""
        if self._window.shows(self.pad) and self._window.isActiveWindow():
            self.leave()
        else:
            self.show_page()

    def show_page(self) -> None:
        """Show the pad as a page of the large window."""
        self._outlet.target = None
        self.own_window.hide()
        self.pad.show_in_own_window(False)
        self._window.show_page(self.pad)
        self._window.bring_to_front()
        self.pad.canvas.setFocus()

    def show_own_window(self, target: PasteTarget | None = None) -> None:
        """Show the pad in its own window.

        Args:
            target: Where a formula is pasted, if the user came from another program.
        """
        if target is not None:
            self._outlet.target = target
        if self._window.shows(self.pad):
            self._window.leave_page()
        self.pad.show_in_own_window(True)
        self.own_window.hold(self.pad)
        self.pad.canvas.setFocus()

    def open_ink(self, ink: Ink, markup: str = "") -> None:
        """Put ink onto the paper in place of what is there, which is kept first.

        Args:
            ink: The ink.
            markup: What it was read as; empty to read it now.
        """
        self.keep_now()
        self._choices.clear()
        self._sketch = self._sketch.changed(ink)
        self._take_over()
        if markup:
            self._stop()
            self._kept = (ink, markup)
            self.pad.reading.show_markup(markup)
            self._preview.show(markup, repair=False)
            self.pad.reading.say(tr("From the history; what you add is read with it."))
        if not self.pad.isVisible():
            self.show_page()
        self.pad.canvas.show_all()

    def keep_now(self) -> None:
        """Keep what is on the paper with its reading, unless that was done."""
        answer, markup = self._answer, self.pad.reading.markup.strip()
        if answer is None or not markup or self._kept == (self.ink, markup):
            return
        self._kept = (self.ink, markup)
        recognition = replace(answer.recognition, markup=markup)
        self._keeping = self._tasks.spawn(self._keep(recognition, self.ink), name="keep ink")

    def open_file(self, path: Path) -> None:
        """Open a file of ink, and show the pad."""
        self._outlet.open_file(path)

    async def finish(self) -> None:
        """Keep what is still to be kept."""
        self.keep_now()
        if self._keeping is not None:
            await asyncio.wait([self._keeping])

    def close(self) -> None:
        """Take the small window away."""
        self._stop()
        self.own_window.hide()

    async def _keep(self, recognition: Recognition, ink: Ink) -> None:
        await self._world.keep(await self._world.reading.picture(ink), recognition, ink)

    def leave(self) -> None:
        """Go back to where the user came from; the ink stays."""
        self.keep_now()
        if self._window.shows(self.pad):
            self._window.leave_page()
        self.own_window.hide()

    def _swap_window(self) -> None:
        if self.own_window.isVisible() and self.own_window.isAncestorOf(self.pad):
            self.show_page()
        else:
            self.show_own_window()

    # --- Writing ---------------------------------------------------------------------------------------

    def _drawn(self, ink: Ink) -> None:
        """Take what the user drew, rubbed out or moved; a scribble over signs rubs them out."""
        before = self.ink
        if len(ink.strokes) == len(before.strokes) + 1:
            gone = scratched_out(before, ink.strokes[-1])
            if gone:
                self._sketch = self._sketch.changed(before.without(gone))
                self._take_over()
                return
        self._sketch = self._sketch.changed(ink)
        self._after_change()

    def _undo(self) -> None:
        self._sketch = self._sketch.undo()
        self._take_over()

    def _redo(self) -> None:
        self._sketch = self._sketch.redo()
        self._take_over()

    def _clear(self) -> None:
        self.keep_now()
        self._choices.clear()
        self._sketch = self._sketch.changed(Ink())
        self._take_over()

    def _take_over(self) -> None:
        self.pad.canvas.set_ink(self.ink)
        self._after_change()

    def _after_change(self) -> None:
        self._stop()
        self._show_sketch()
        self.pad.show_reading_of(())
        self.pad.reading.set_stale(True)
        if self.ink:
            self._reading = self._tasks.spawn(self._read(self.ink), name="read ink", on_error=self.fail)
            return
        self._answer = None
        self.pad.show_alternatives(())
        self.pad.reading.show_markup("")
        self.pad.reading.show_render(None)
        self.pad.reading.say("")

    def _show_sketch(self) -> None:
        sketch = self._sketch
        self.pad.actions_.set_ink_at_hand(undo=sketch.can_undo, redo=sketch.can_redo, ink=bool(sketch.ink))

    # --- Reading ---------------------------------------------------------------------------------------

    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    async def _read(self, ink: Ink) -> None:
        await self._clock.sleep(READ_AFTER_S)
        self.pad.reading.say(tr("Reading…"))
        async for answer in self._world.reading.read(ink, self._choices.of(ink)):
            self._show(answer)

    def _show(self, answer: InkAnswer) -> None:
        before = self._answer
        if before is not None and before.recognition.markup == answer.recognition.markup and not answer.signs:
            answer = replace(answer, signs=before.signs)  # the endpoint says the same, and knows no places
        self._answer = answer
        recognition = answer.recognition
        self.pad.show_reading_of(answer.signs)
        self.pad.show_alternatives(recognition.alternatives)
        self.pad.reading.show_markup(recognition.markup)
        self._preview.show(recognition.markup, repair=False)
        level = Level.WARNING if recognition.is_doubtful or recognition.warnings else Level.INFO
        self.pad.reading.say(about(answer), level)

    def fail(self, error: WriteTexError) -> None:
        """Say in one line what is missing or went wrong; what was read before stays, dimmed."""
        self.pad.reading.say(error.message, Level.ERROR, error.remedy)

    def _not_drawn(self, error: RenderError) -> None:
        self.pad.reading.set_stale(True)
        self.pad.reading.say(error.message, Level.WARNING, Remedy(error.remedy.text))

    # --- Correcting --------------------------------------------------------------------------------------

    def _offer(self, sign: InkSign, place: QPoint) -> None:
        self._tasks.spawn(self._gather(sign, place), name="other signs")

    async def _gather(self, sign: InkSign, place: QPoint) -> None:
        """Offer what the reader thinks of a sign, and what the finder of symbols does."""
        guesses = list(sign.guesses)
        if self._world.finder is not None:
            drawing = self.ink.chosen(strokes_under(self.ink, sign))
            known = {guess.command for guess in guesses}
            guesses += [each for each in await self._world.finder.find(drawing) if each.command not in known]
        self.pad.offer_guesses(sign, guesses[:10], place)

    def _check_next(self) -> None:
        """Offer readings of the next sign in doubt, where it is on the screen."""
        doubtful = [sign for sign in (self._answer.signs if self._answer else ()) if sign.is_doubtful]
        if doubtful:
            sign = doubtful[self._next_doubt % len(doubtful)]
            self._next_doubt += 1
            canvas = self.pad.canvas
            corner = canvas.view_of(sign.box).bottomLeft().toPoint()
            self._offer(sign, canvas.viewport().mapToGlobal(corner))

    def _choose(self, sign: InkSign, guess: SymbolGuess) -> None:
        numbers = tuple(strokes_under(self.ink, sign))
        self._choices.choose(self.ink, replace(sign, strokes=numbers), guess.command)
        self._after_change()

    def _scratch(self, sign: InkSign) -> None:
        self._sketch = self._sketch.changed(self.ink.without(strokes_under(self.ink, sign)))
        self._take_over()

    def _take_alternative(self, markup: str) -> None:
        self._stop()
        self.pad.reading.show_markup(markup)
        self._preview.show(markup, repair=False)

    def _edited(self, markup: str) -> None:
        """Draw what the user typed; the ink is not read over it before it changes."""
        self._stop()
        if self._answer is None and markup.strip():
            self._answer = InkAnswer(
                Recognition(markup, Mode.HANDWRITING, Engine.OFFLINE, tr("by hand"), 0.0)
            )
        self._preview.show(markup, repair=False)

    def _connect(self, do: Callable[[RemedyAction], None]) -> None:
        pad, actions, reading = self.pad, self.pad.actions_, self.pad.reading
        pad.canvas.ink_changed.connect(self._drawn)
        pad.canvas.writing_begun.connect(self._stop)
        pad.canvas.sign_chosen.connect(self._offer)
        pad.guess_chosen.connect(self._choose)
        pad.scratched.connect(self._scratch)
        pad.left.connect(self.leave)
        actions.undo.triggered.connect(lambda: self._undo())
        actions.redo.triggered.connect(lambda: self._redo())
        actions.clear.triggered.connect(lambda: self._clear())
        actions.check_sign.triggered.connect(lambda: self._check_next())
        actions.own_window.triggered.connect(lambda: self._swap_window())
        reading.source_edited.connect(self._edited)
        reading.alternative_chosen.connect(self._take_alternative)
        reading.remedy_requested.connect(do)
        self.own_window.closed.connect(self.keep_now)
