"""What was handed to batch services, as files in the user's data folder: a folder for each submission.

`submission.json` says how far it is and is replaced as a whole; `items-0.jsonl` and so on name the pictures
of each part, in the form of `core.batches.record`. No key, no picture and no result stands in either.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import platformdirs

from writetex_desktop.adapters.ordinary_file import read_ordinary
from writetex_desktop.adapters.storage.atomic_file import replace_file, sweep
from writetex_desktop.adapters.storage.file_lock import file_lock
from writetex_desktop.core.batches.batch import BatchItem
from writetex_desktop.core.batches.record import format_record, parse_record
from writetex_desktop.core.batches.submission import Part, Submission
from writetex_desktop.core.batches.wire import RemoteBatch, RemoteState
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr

_VERSION = 1
_FILE = "submission.json"
_MOST_BYTES = 256 * 1024 * 1024
"""Of the names of one part; the largest that a provider takes has a tenth of that."""

_PATIENCE_S = 5.0
"""How long another program may write before we say so."""

_UNUSABLE = ".unusable"


def submissions_path() -> Path:
    """Give the folder's place on this system, such as `~/.local/share/writetex-desktop/submissions`."""
    return platformdirs.user_data_path("writetex-desktop", appauthor=False) / "submissions"


def results_path(submission: Submission) -> Path:
    """Give the place of the results of a submission that names no file; made for its owner only.

    Raises:
        StorageError: It cannot be made.
    """
    path = submissions_path() / submission.id / "results.jsonl"
    if not path.exists():
        try:
            replace_file(path, b"")
        except OSError as error:
            raise _unwritable(submissions_path()) from error
    return path


class SubmissionFiles:
    """The `SubmissionStore` of the program.

    Args:
        folder: Where they are; made when first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self) -> tuple[Submission, ...]:
        """See `SubmissionStore.load`. What is damaged or of a newer program is moved aside, whole."""
        for place in self._folder.glob("*"):
            sweep(place, _FILE, "results.jsonl")
        try:
            files = sorted(self._folder.glob(f"*/{_FILE}")) if self._folder.exists() else []
            found = [_read(file) for file in files if file.parent.suffix != _UNUSABLE]
        except OSError as error:
            raise StorageError(
                tr("What was handed to a batch service cannot be read."),
                tr("Make {folder} readable for you.", folder=self._folder),
            ) from error
        return tuple(sorted(found, key=lambda each: each.made))

    def save(self, submission: Submission) -> None:
        """See `SubmissionStore.save`."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with file_lock(self._folder / submission.id, _PATIENCE_S):
                file = self._folder / submission.id / _FILE
                if file.exists():
                    submission = submission.caught_up(_read(file))
                self._write(submission, _FILE, _document(submission))
        except TimeoutError as error:
            raise StorageError(
                tr("It could not be recorded what was handed to the batch service: another program does."),
                tr("End other windows of WriteTex Desktop that do not answer, and try again."),
            ) from error
        except OSError as error:
            raise _unwritable(self._folder) from error

    def save_items(self, submission: Submission, number: int, items: Sequence[BatchItem]) -> None:
        """See `SubmissionStore.save_items`."""
        lines = "".join(f"{format_record(item)}\n" for item in items)
        self._write(submission, f"items-{number}.jsonl", lines.encode("utf-8", "replace"))

    def items(self, submission: Submission, number: int) -> tuple[BatchItem, ...]:
        """See `SubmissionStore.items`."""
        path = self._folder / submission.id / f"items-{number}.jsonl"
        try:
            lines = read_ordinary(path, _MOST_BYTES).decode("utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise _lost_names() from error
        items = tuple(item for item in map(parse_record, lines) if item is not None)
        if len(items) != submission.parts[number].count:
            raise _lost_names()
        return items

    def remove(self, submission: Submission) -> None:
        """See `SubmissionStore.remove`."""
        try:
            shutil.rmtree(self._folder / submission.id)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise _unwritable(self._folder) from error

    @contextmanager
    def uploading(self, base_url: str, name: str) -> Iterator[None]:
        """See `SubmissionStore.uploading`. Who holds the note's lock is alive."""
        note = self._note(name)
        with ExitStack() as stack:
            try:
                note.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(file_lock(note, 0))
                replace_file(note, json.dumps({"version": _VERSION, "base_url": base_url}).encode())
            except OSError as error:
                raise _unwritable(self._folder) from error
            yield
            self.forget_upload(name)

    def abandoned(self, base_url: str) -> tuple[str, ...]:
        """See `SubmissionStore.abandoned`."""
        found: list[str] = []
        for note in sorted(self._note("x").parent.glob("*.json")):
            # One that is damaged, or that its living program holds, is left for another time.
            with suppress(OSError, ValueError, KeyError, TypeError, RecursionError), file_lock(note, 0):
                if json.loads(read_ordinary(note, _MOST_BYTES))["base_url"] == base_url:
                    found.append(note.stem)
        return tuple(found)

    def forget_upload(self, name: str) -> None:
        """See `SubmissionStore.forget_upload`."""
        try:
            self._note(name).unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self._folder) from error

    def _note(self, name: str) -> Path:
        return self._folder / "uploads" / f"{name}.json"

    def _write(self, submission: Submission, name: str, data: bytes) -> None:
        try:
            replace_file(self._folder / submission.id / name, data)
        except OSError as error:
            raise _unwritable(self._folder) from error


def _read(file: Path) -> Submission:
    data = read_ordinary(file, _MOST_BYTES)
    try:
        return _submission(json.loads(data))
    except (ValueError, KeyError, TypeError, InvalidOperation, RecursionError) as error:
        place = file.parent.with_suffix(_UNUSABLE)
        file.parent.rename(place)
        raise StorageError(
            tr("A record of pictures that were handed to a batch service is damaged or of a newer program."),
            tr("It is kept in {place}; the pictures can be handed in again.", place=place),
        ) from error


def _document(submission: Submission) -> bytes:
    document = {
        "version": _VERSION,
        "id": submission.id,
        "made": submission.made.isoformat(),
        "base_url": submission.base_url,
        "model": submission.model,
        "price_share": str(submission.price_share),
        "output": submission.output,
        "dpi": submission.dpi,
        "template": submission.template,
        "document": submission.document,
        "parts": [
            {
                "count": part.count,
                "file_id": part.file_id,
                "is_fetched": part.is_fetched,
                "remote": None
                if part.remote is None
                else {
                    "id": part.remote.id,
                    "input_file": part.remote.input_file,
                    "state": part.remote.state.value,
                    "completed": part.remote.completed,
                    "failed": part.remote.failed,
                    "output_file": part.remote.output_file,
                    "error_file": part.remote.error_file,
                    "problem": part.remote.problem,
                    "unknown_state": part.remote.unknown_state,
                },
            }
            for part in submission.parts
        ],
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def _submission(values: dict[str, Any]) -> Submission:
    """Read a document.

    Raises:
        ValueError, KeyError, TypeError, InvalidOperation: It is not what we write.
    """
    if values["version"] != _VERSION:
        raise ValueError
    made = datetime.fromisoformat(values["made"])
    if made.tzinfo is None:
        raise ValueError
    return Submission(
        id=str(values["id"]),
        made=made,
        base_url=str(values["base_url"]),
        model=str(values["model"]),
        price_share=Decimal(values["price_share"]),
        output=str(values["output"]),
        dpi=int(values["dpi"]),
        template=str(values["template"]),
        document=str(values.get("document", "")),  # older records have none
        parts=tuple(_part(each) for each in values["parts"]),
    )


def _part(values: dict[str, Any]) -> Part:
    remote = values["remote"]
    return Part(
        count=int(values["count"]),
        file_id=str(values["file_id"]),
        remote=None if remote is None else RemoteBatch(**{**remote, "state": RemoteState(remote["state"])}),
        is_fetched=bool(values["is_fetched"]),
    )


def _unwritable(folder: Path) -> StorageError:
    return StorageError(
        tr("It could not be recorded what was handed to the batch service."),
        tr("Make sure that {folder} can be written to and that the disk is not full.", folder=folder.parent),
    )


def _lost_names() -> StorageError:
    return StorageError(
        tr("The names of the pictures that were handed to the batch service are lost."),
        tr("Stop following them with `writetex batches --forget`, and hand them in again."),
    )
