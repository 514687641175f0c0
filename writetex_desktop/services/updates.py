"""Looking for a newer version: only if the user wants it, once a week, never while staying offline."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from writetex_desktop.core.errors import EndpointError, SettingsError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.release import Release, is_newer, read_release, split_signed

EVERY: Final = timedelta(days=7)


class UpdateCheck:
    """Asks for one small signed file; nothing is sent but the request itself.

    Args:
        fetch: Gives what stands at the address; raises an `EndpointError`.
        is_signed: Says whether a signature is of the project's key: message, signature.
        last: Gives when it was asked last, in UTC; None for never.
        keep: Keeps when it was asked.
        may_ask: Whether the user wants it and connections may be opened, now.
        now: The time, in UTC.
        version: Of this program.
    """

    def __init__(
        self,
        *,
        fetch: Callable[[], Awaitable[bytes]],
        is_signed: Callable[[bytes, bytes], bool],
        last: Callable[[], datetime | None],
        keep: Callable[[datetime], None],
        may_ask: Callable[[], bool],
        now: Callable[[], datetime],
        version: str,
    ) -> None:
        self._fetch = fetch
        self._is_signed = is_signed
        self._last = last
        self._keep = keep
        self._may_ask = may_ask
        self._now = now
        self._version = version

    def is_due(self) -> bool:
        """Say whether it is time; a clock that was set back does not keep it from asking for ever."""
        if not self._may_ask():
            return False
        last, now = self._last(), self._now()
        return last is None or not last <= now < last + EVERY

    async def look(self) -> Release | None:
        """Ask if it is time; gives a newer version, or None.

        What fails is tried again a week later: that there is no answer is no news for the user.

        Raises:
            SettingsError: What came is not signed by the project.
        """
        if not self.is_due():
            return None
        self._keep(self._now())
        try:
            data = await self._fetch()
        except EndpointError:
            return None
        try:
            message, signature = split_signed(data)
            release = read_release(message) if self._is_signed(message, signature) else None
        except ValueError:
            release = None
        if release is None:
            raise SettingsError(
                tr("What was found about a newer version is not signed by the makers of WriteTex."),
                tr("Nothing was taken from it. Look at the project's own page."),
            )
        return release if is_newer(release.version, self._version) else None
