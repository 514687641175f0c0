"""Joins the page of other programs to those who have a token, and to the door."""

from collections.abc import Callable

from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.serving.clients import Clients
from writetex_desktop.services.serving.door import DoorState
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.settings.programs.page import ProgramsPage


class ProgramsPresenter:
    """Makes, changes and revokes tokens as the user asks.

    Args:
        page: Shows them.
        clients: Those that have one.
        state: How the door is.
        copy: Copies a text.
        tasks: Runs what takes time.
    """

    def __init__(
        self,
        page: ProgramsPage,
        *,
        clients: Clients,
        state: Observable[DoorState],
        copy: Callable[[str], None],
        tasks: Tasks,
    ) -> None:
        self._page = page
        self._clients = clients
        self._tasks = tasks
        page.token_wanted.connect(self._make)
        page.rights_edited.connect(self._change)
        page.revoked.connect(self._revoke)
        page.copy_wanted.connect(copy)
        page.show_clients(clients.known.value)
        clients.known.subscribe(page.show_clients)
        state.subscribe(self._show_state)
        self._show_state(state.value)

    def _show_state(self, state: DoorState) -> None:
        self._page.show_state(state.address, state.problem)

    def _make(self, name: str) -> None:
        self._page.forget_token()
        self._tasks.spawn(self._make_now(name), name="make a token", on_error=self._tell)

    async def _make_now(self, name: str) -> None:
        token = await self._clients.make(name)
        self._page.show_token(token, keeps=self._clients.keeps)

    def _change(self, client_id: str, history: bool, origins: str) -> None:
        try:
            self._clients.edit(client_id, history=history, origins=tuple(origins.split()))
        except WriteTexError as error:
            self._tell(error)
        else:
            self._page.show_problem("")

    def _revoke(self, client_id: str) -> None:
        self._page.forget_token()
        self._tasks.spawn(self._clients.revoke(client_id), name="revoke a token", on_error=self._tell)

    def _tell(self, error: WriteTexError) -> None:
        self._page.show_problem(f"{error.message} {error.remedy.text}".rstrip())
