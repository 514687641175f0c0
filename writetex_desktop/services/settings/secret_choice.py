"""The key store of the system where there is one, and memory where there is none."""

import asyncio
from collections.abc import Awaitable, Callable

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.storage import SecretStore


class SecretChoice:
    """A `SecretStore` that decides at its first call which of two it is.

    Looking for the system's key store takes time that the start of the program does not have. Asking it may
    raise a dialog of the system that takes the keyboard, so it is asked for nothing before something was put
    into it: the first time is when a key is to be kept.

    Args:
        best: Taken unless something is wrong with it.
        spare: Taken otherwise.
        problem: Says what is wrong with `best`, or None.
        on_spare: Is told why the spare one is taken, as soon as there is a key that it concerns.
        is_used: Says whether anything was ever put into `best`.
        mark_used: Is called when something was.
    """

    def __init__(
        self,
        best: SecretStore,
        spare: SecretStore,
        problem: Callable[[], Awaitable[Unsupported | None]],
        on_spare: Callable[[Unsupported], None],
        *,
        is_used: Callable[[], bool] = lambda: True,
        mark_used: Callable[[], None] = lambda: None,
    ) -> None:
        self._best = best
        self._spare = spare
        self._problem = problem
        self._on_spare = on_spare
        self._is_used = is_used
        self._mark_used = mark_used
        self._chosen: SecretStore | None = None
        self._choosing = asyncio.Lock()
        self._untold: Unsupported | None = None

    @property
    def keeps(self) -> bool:
        """See `SecretStore.keeps`; before the first call, what the better one says."""
        return (self._chosen or self._best).keeps

    async def get(self, name: str) -> Secret | None:
        """See `SecretStore.get`."""
        chosen = await self._choice()
        return await chosen.get(name) if self._may_hold(chosen) else None

    async def set(self, name: str, secret: Secret) -> None:
        """See `SecretStore.set`."""
        chosen = await self._choice()
        self._tell_spare()
        await chosen.set(name, secret)
        if chosen is self._best:
            self._mark_used()

    async def delete(self, name: str) -> None:
        """See `SecretStore.delete`."""
        chosen = await self._choice()
        if self._may_hold(chosen):
            await chosen.delete(name)

    def _may_hold(self, chosen: SecretStore) -> bool:
        return chosen is not self._best or self._is_used()

    async def _choice(self) -> SecretStore:
        async with self._choosing:
            if self._chosen is None:
                problem = await self._problem()
                self._chosen = self._best if problem is None else self._spare
                self._untold = problem
                if self._is_used():
                    self._tell_spare()
        return self._chosen

    def _tell_spare(self) -> None:
        problem, self._untold = self._untold, None
        if problem is not None:
            self._on_spare(problem)
