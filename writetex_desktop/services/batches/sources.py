"""Where the pictures of a batch come from: files, the files of folders, the pages of documents."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from writetex_desktop.core.batches.batch import Batch, BatchItem, Source, is_document
from writetex_desktop.core.errors import ImageError, LockedError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage, ImageLimits
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.pictures import DocumentReader, ImageCodec

PAGE_LIMITS = ImageLimits(max_side_px=1568, max_area_px=1_800_000)
"""How large a page is drawn and sent: some 135 dots per inch of A4, at which ten-point print is read well."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is made of the pictures of a batch.

    Attributes:
        mode: What a picture holds.
        page_mode: What the page of a document holds.
        form: The form of the results.
    """

    mode: Mode = Mode.FORMULA
    page_mode: Mode = Mode.TEXT
    form: OutputFormat = OutputFormat.RAW

    @classmethod
    def of(cls, mode: Mode) -> "Wanted":
        """Want pictures read in a mode; a page is text where one picture is one formula."""
        return cls(mode, Mode.TEXT if mode.is_formula or mode is Mode.AUTO else mode)


class Sources:
    """The `SourceReader` of the program.

    Args:
        read: Gives the bytes of a picture file; raises an `ImageError`.
        find: Gives the pictures and documents in a folder, and what is no folder as it is.
        file_digest: Gives the SHA-256 of a file of any size; raises an `ImageError`.
        codec: Decodes and prepares.
        documents: Draws pages.
    """

    def __init__(
        self,
        *,
        read: Callable[[str], bytes],
        find: Callable[[str], tuple[str, ...]],
        file_digest: Callable[[str], str],
        codec: ImageCodec,
        documents: DocumentReader,
    ) -> None:
        self._read = read
        self._find = find
        self._file_digest = file_digest
        self._codec = codec
        self._documents = documents
        self._digests: dict[str, str] = {}
        self._passwords: list[Secret] = []
        self._opened_by: dict[str, Secret] = {}
        self._locked: set[str] = set()

    def expand(self, names: Iterable[str], wanted: Wanted) -> Batch:
        """Make a batch of files and folders; called in a thread, for it looks into every folder and document.

        A document that cannot be opened is one item, which will say why; see also `locked_in`.
        """
        sources: list[Source] = []
        for name in names:
            for path in self._find(name):
                sources += self._pages(path) if is_document(path) else [Source(path)]
        return Batch(
            tuple(
                BatchItem(source, wanted.page_mode if source.page else wanted.mode, wanted.form)
                for source in sources
            )
        )

    def locked_in(self, batch: Batch) -> tuple[str, ...]:
        """Name the documents of a batch that none of the passwords opens that were given so far."""
        return tuple(dict.fromkeys(each.source.path for each in batch.items if self.is_locked(each.source)))

    def is_locked(self, source: Source) -> bool:
        """Say whether it stands for a document that wants a password."""
        return bool(source.page) and source.path in self._locked

    def offer(self, passwords: Iterable[Secret]) -> None:
        """Try these with every document that is locked; they are forgotten with the program."""
        self._passwords += [each for each in passwords if each not in self._passwords]

    def unlock(self, path: str, password: Secret) -> None:
        """Take the password of a document, which is tried with others too; called in a thread.

        Raises:
            LockedError: It is not its password.
            ImageError: The document cannot be read.
        """
        self._documents.page_count(path, password)
        self.offer([password])

    def digest(self, source: Source) -> str:
        """See `SourceReader.digest`. That of a document is counted once for all its pages."""
        if not source.page:
            return hashlib.sha256(self._read(source.path)).hexdigest()
        if source.path not in self._digests:
            self._digests[source.path] = self._file_digest(source.path)
        return self._digests[source.path]

    def bitmap(self, source: Source) -> Bitmap:
        """See `SourceReader.bitmap`."""
        if source.page:
            return self._documents.page(
                source.path, source.page, PAGE_LIMITS, self._opened_by.get(source.path)
            )
        return self._codec.decode(self._read(source.path))

    def encode(self, source: Source, bitmap: Bitmap) -> EncodedImage:
        """See `SourceReader.encode`."""
        return self._codec.prepare(bitmap, PAGE_LIMITS if source.page else ImageLimits())

    def _pages(self, path: str) -> list[Source]:
        self._digests.pop(path, None)
        self._locked.discard(path)
        self._opened_by.pop(path, None)
        for password in (None, *self._passwords):
            try:
                count = self._documents.page_count(path, password)
            except LockedError:
                continue
            except ImageError:
                break
            if password is not None:
                self._opened_by[path] = password
            return [Source(path, number) for number in range(1, count + 1)]
        else:
            self._locked.add(path)
        return [Source(path, 1)]
