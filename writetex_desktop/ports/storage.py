"""What is kept: keys, settings, the history, what was spent, what was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a port only names types; whoever brings one has loaded it
    from collections.abc import Callable, Collection, Sequence
    from contextlib import AbstractContextManager

    from writetex_desktop.core.batches.batch import BatchItem
    from writetex_desktop.core.batches.submission import Submission
    from writetex_desktop.core.costs.spending import Expense
    from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery
    from writetex_desktop.core.reading.trust import Trust
    from writetex_desktop.core.secret import Secret
    from writetex_desktop.core.settings.settings import Settings


class SecretStore(Protocol):
    """Where keys are kept. Calls may take seconds (the system may ask the user to unlock)."""

    @property
    def keeps(self) -> bool:
        """Whether keys outlive the program; False when they are only held in memory."""
        ...

    async def get(self, name: str) -> Secret | None:
        """Give the key kept under a name, or None.

        Raises:
            SettingsError: The store is locked or out of order.
        """
        ...

    async def set(self, name: str, secret: Secret) -> None:
        """Keep a key and read it back.

        Raises:
            SettingsError: It was not kept.
        """
        ...

    async def delete(self, name: str) -> None:
        """Forget a key; does nothing when there is none.

        Raises:
            SettingsError: The store is locked or out of order.
        """
        ...


class SettingsStore(Protocol):
    """Where settings are kept."""

    def load(self) -> Settings:
        """Read the settings; the defaults when there are none yet.

        Raises:
            SettingsError: The file could not be used; it was moved aside, and the defaults are in force.
        """
        ...

    def update(self, edit: Callable[[Settings | None], Settings]) -> None:
        """Write the settings, all or nothing, while no other program does.

        Args:
            edit: Is given the settings as they are kept at that moment, None where there are none, and gives
                those to be kept.

        Raises:
            SettingsError: They could not be written; what was there before is whole.
        """
        ...


class HistoryStore(Protocol):
    """Where results are kept. Every call may raise a `StorageError`; what was kept before is whole then."""

    async def open(self) -> None:
        """Make the history ready; does nothing when it is.

        Raises:
            StorageError: None can be had. Or the one there cannot be used: it was moved aside whole, the
                remedy names the place, and an empty one is ready.
        """
        ...

    async def add(self, entries: Sequence[tuple[HistoryEntry, bytes | None]]) -> tuple[HistoryEntry, ...]:
        """Keep entries, each with its picture as PNG or None, all or none; gives them as they are kept.

        `id` is moved where another one has it; one that is there with the same markup is left as it is, but
        gets the tags of both.
        """
        ...

    async def find(
        self, query: HistoryQuery, *, before: int | None = None, limit: int = 100
    ) -> tuple[HistoryEntry, ...]:
        """Give the newest of the wanted entries, newest first; those with an `id` below `before` only."""
        ...

    async def picture(self, entry_id: int) -> bytes | None:
        """Give the PNG of an entry's picture; None when it is not kept."""
        ...

    async def edit(self, entry_id: int, *, markup: str | None = None, favourite: bool | None = None) -> None:
        """Change an entry; what is None stays, and one that is gone stays gone."""
        ...

    async def tag(
        self, entry_ids: Collection[int], *, add: Collection[str] = (), remove: Collection[str] = ()
    ) -> None:
        """Put entries into groups and take them out of others; what is gone stays gone.

        Each tag comes and goes by itself, so that two programs with one history do not undo each other's.
        """
        ...

    async def tags(self) -> tuple[tuple[str, int], ...]:
        """Give all tags by their names, each with how many entries have it."""
        ...

    async def rate(self, entry: HistoryEntry, trust: Trust) -> None:
        """Keep how far an entry can be trusted, unless it is gone or its markup is another by now."""
        ...

    async def remove(self, entry_ids: Collection[int]) -> None:
        """Delete entries, so that nothing of them is left in the file."""
        ...

    async def clear(self) -> None:
        """Delete every entry, so that nothing of them is left."""
        ...

    async def trim(self, *, since: int | None, most: int | None) -> None:
        """Delete, but for favourites, what is older than `since` or not among the `most` newest."""
        ...

    async def count(self) -> int:
        """Say how many entries there are."""
        ...

    async def close(self) -> None:
        """Give the file back; the store is not used again."""
        ...


class SpendingStore(Protocol):
    """Where it is kept what was spent. Callable from any thread, one call at a time."""

    def load(self) -> tuple[Expense, ...]:
        """Give all that was kept; nothing when there is nothing yet.

        Raises:
            StorageError: It cannot be read; if it is damaged, it was moved aside and counting starts anew.
        """
        ...

    def add(self, expense: Expense) -> tuple[Expense, ...]:
        """Add to what is kept, all or nothing; gives all that is kept then, also other programs'.

        Raises:
            StorageError: It could not be kept; what was there before is whole.
        """
        ...


class SubmissionStore(Protocol):
    """Where it is kept what was handed to batch services, so that it is followed after a restart.

    Every call may raise a `StorageError`; what was kept before is whole then. Callable from any thread.
    """

    def load(self) -> tuple[Submission, ...]:
        """Give all that are kept, oldest first.

        Raises:
            StorageError: One cannot be used; it was moved aside, and the next call gives the others.
        """
        ...

    def save(self, submission: Submission) -> None:
        """Keep a submission in place of the one with the same `id`, all or nothing."""
        ...

    def save_items(self, submission: Submission, number: int, items: Sequence[BatchItem]) -> None:
        """Keep which pictures are in a part, in the order of its requests."""
        ...

    def items(self, submission: Submission, number: int) -> tuple[BatchItem, ...]:
        """Give the pictures of a part."""
        ...

    def remove(self, submission: Submission) -> None:
        """Forget a submission and its pictures' names."""
        ...

    def uploading(self, base_url: str, name: str) -> AbstractContextManager[None]:
        """Note that a file goes to a server, until the block ends well: by then it is kept what became of it.

        Args:
            base_url: The server's, normalised.
            name: What we call the file there; letters, digits, hyphens and a dot.
        """
        ...

    def abandoned(self, base_url: str) -> tuple[str, ...]:
        """Give what went to a server from programs that ended before they kept what became of it."""
        ...

    def forget_upload(self, name: str) -> None:
        """Take back what `uploading` noted."""
        ...
