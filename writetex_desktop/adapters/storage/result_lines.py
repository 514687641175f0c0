"""The file of a batch, one line of JSON for each picture, from which a later run goes on."""

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Self

from writetex_desktop.adapters.ordinary_file import ordinary_file
from writetex_desktop.adapters.storage.atomic_file import replace_file
from writetex_desktop.adapters.storage.output_file import held_output, output_trouble
from writetex_desktop.core.batches.batch import BatchItem, ItemState, Source
from writetex_desktop.core.batches.record import format_record, parse_record
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr

_BEGINNING = '{"file": '
"""Of every line; one that begins so and cannot be read is the last one of a run that was killed."""


class ResultLines:
    """Writes each result as soon as it is there, so that a run that is killed loses none.

    Opening it takes out what is to be done again: failures, and half a line at its end. Of what was done
    before, only the place in the file is remembered, so that a file of any length can be gone on with.

    Args:
        path: The file; it is made if it is not there.
        again: Whether failures are to be done again; they stay as they are otherwise.

    Raises:
        StorageError: It cannot be written, another program writes to it, or it holds something else, which
            is left alone.
    """

    def __init__(self, path: Path, *, again: bool = True) -> None:
        self._path = path
        self._places: dict[Source, int] = {}
        self._held = ExitStack()
        with ExitStack() as stack:
            stack.enter_context(held_output(path))
            try:
                if path.exists():
                    self._take_up({ItemState.DONE} if again else {ItemState.DONE, ItemState.FAILED})
                self._file: IO[str] = path.open("a", encoding="utf-8", errors="replace", newline="\n")
            except OSError as error:
                raise output_trouble(error) from error
            self._held = stack.pop_all()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close the file; what could not be written has been told by `add`."""
        with self._held, suppress(OSError):
            self._file.close()

    def known(self, item: BatchItem) -> BatchItem | None:
        """Give the result of an earlier run for the same work, or None."""
        found = self._earlier(self._places.get(item.source))
        return found if found is not None and found.is_same_work(item) else None

    def add(self, item: BatchItem) -> None:
        """Write a result, unless an earlier run did.

        Raises:
            StorageError: It could not be written.
        """
        if self._earlier(self._places.pop(item.source, None)) == item:
            return
        try:
            self._file.write(f"{format_record(item)}\n")
            self._file.flush()
        except OSError as error:
            raise output_trouble(error) from error

    def _earlier(self, place: int | None) -> BatchItem | None:
        if place is None:
            return None
        try:
            with ordinary_file(self._path) as file:
                file.seek(place)
                return parse_record(_text(file.readline()))
        except OSError:  # the file was taken away meanwhile: the work is done again
            return None

    def _take_up(self, states: set[ItemState]) -> None:
        size = 0
        for source, line in _kept(self._path, states):
            self._places[source] = size
            size += len(line)
        if size != self._path.stat().st_size:
            replace_file(self._path, (line for _source, line in _kept(self._path, states)))


def _kept(path: Path, states: set[ItemState]) -> Iterator[tuple[Source, bytes]]:
    """Give the whole lines whose items are in one of some states.

    Raises:
        StorageError: A line is none of ours.
    """
    with ordinary_file(path) as file:
        for line in file:
            text = _text(line)
            item = parse_record(text)
            if item is None and text and not _BEGINNING.startswith(text[: len(_BEGINNING)]):
                raise _foreign()
            if item is not None and item.state in states:
                yield item.source, line.rstrip(b"\n") + b"\n"


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\n")


def _foreign() -> StorageError:
    return StorageError(
        tr("The output file holds something other than results of this program."),
        tr("Choose another name for it."),
    )
