"""Joins the endpoint page to the settings, the key store, the servers and the trial."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.endpoints.wire.curl import Shell, as_curl, picture_call, text_ping
from writetex_desktop.core.errors import SettingsError, WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.profile_file import read_profiles, write_profiles
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.settings.endpoint.page import EndpointPage
from writetex_desktop.ui.settings.endpoint.world import EndpointWorld


class EndpointPresenter:
    """Obeys the endpoint page.

    Args:
        page: The page.
        settings: The settings in force.
        edit: Changes settings and tells what goes wrong.
        world: The outside.
        tasks: Runs what takes time.
    """

    def __init__(
        self,
        page: EndpointPage,
        *,
        settings: SettingsService,
        edit: Callable[[Callable[[Settings], Settings]], None],
        world: EndpointWorld,
        tasks: Tasks,
    ) -> None:
        self._page = page
        self._settings = settings
        self._edit = edit
        self._world = world
        self._tasks = tasks
        self._saving: asyncio.Task[None] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._trial: asyncio.Task[None] | None = None
        self._connect()

    def refresh(self) -> None:
        """Look anew at what stands behind the page: key, models, servers on this machine."""
        self._spawn(self._show_key_kept(), "look for the key")
        self._ask_models(anew=False)
        self._spawn(self._find_servers(), "look for local servers")

    async def _after_saving(self) -> None:
        """Wait until what was typed is in force."""
        if self._saving is not None:
            await asyncio.wait((self._saving,))

    def _save(self, profile: Profile, key: Secret | None) -> None:
        before = self._saving

        async def save() -> None:
            if before is not None:
                await asyncio.wait((before,))
            refused: SettingsError | None = None
            try:
                await self._settings.save_profile(profile, key)
            except SettingsError as error:
                refused = error
            # Not where it was cancelled: the dialog may be gone.
            with suppress(SettingsError):  # a store that is locked has said so, or does when it is needed
                await self._show_key_kept()
            if refused is not None:
                if key is None:
                    raise refused
                said = tr("The key is kept for this session only.")
                self._page.show_problem(f"{refused.message} {said} {refused.remedy.text}".rstrip())

        self._saving = self._spawn(save(), "save profile")

    def _remove(self) -> None:
        self._stop_trial()
        self._saving = self._spawn(
            self._settings.remove_profile(self._settings.settings.value.active_profile), "remove profile"
        )
        self.refresh()

    def _duplicate(self) -> None:
        profile = self._settings.settings.value.profile
        if profile is not None:
            name = tr("{name} (copy)", name=profile.name)
            self._saving = self._spawn(
                self._settings.duplicate_profile(profile.id, name), "duplicate profile"
            )
            self.refresh()

    def _move(self, places: int) -> None:
        try:
            self._settings.move_profile(self._settings.settings.value.active_profile, places)
        except WriteTexError as error:
            self._say(error)

    def _choose(self, profile: str) -> None:
        self._stop_trial()
        self._edit(lambda settings: replace(settings, active_profile=profile))
        self.refresh()

    async def _show_key_kept(self) -> None:
        active = self._settings.settings.value.active_profile
        has_key = bool(active and await self._settings.key(active))
        self._page.show_key_kept(has_key=has_key, keeps=await self._settings.keeps_keys())

    def _ask_models(self, *, anew: bool) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._spawn(self._show_models(anew=anew), "list models")

    async def _show_models(self, *, anew: bool) -> None:
        await self._after_saving()
        endpoint = await self._settings.draft(self._settings.settings.value.active_profile)
        if endpoint.base_url:
            self._page.show_models(None)
            self._page.show_models(await self._world.lists.models(endpoint, anew=anew))

    async def _find_servers(self) -> None:
        self._page.show_local_servers(await self._world.find_servers())

    def _test(self) -> None:
        self._stop_trial()
        self._page.show_report(None)
        self._trial = self._spawn(self._run_trial(), "test connection")

    async def _run_trial(self) -> None:
        await self._after_saving()
        try:
            await self._world.try_out(self._page.show_report)
        except WriteTexError:
            self._page.trial.clear()
            raise

    def _stop_trial(self) -> None:
        if self._trial is not None:
            self._trial.cancel()
            self._trial = None
        self._page.trial.clear()

    def _copy_curl(self, shell: Shell, picture: bool) -> None:
        self._spawn(self._put_curl(shell, picture=picture), "copy as curl")

    async def _put_curl(self, shell: Shell, *, picture: bool) -> None:
        await self._after_saving()
        endpoint = await self._settings.draft()
        rules = self._world.rules(endpoint.base_url, endpoint.model)
        if picture:
            body = picture_call(endpoint.model, self._world.picture(), rules)
        else:
            body = text_ping(endpoint.model, tr("Hello"), rules)
        await self._world.clipboard.copy(ClipboardContent(as_curl(endpoint, body, shell)))
        self._page.trial.show_copied()

    def _open_page(self, url: str) -> None:
        if not self._world.open_page(url):
            said = tr("No browser could be opened. The address is {url}")
            self._page.show_problem(said.format(url=url))

    def _export(self, path: Path) -> None:
        text = write_profiles(self._settings.settings.value.profiles)
        self._spawn(asyncio.to_thread(self._world.write_text, path, text), "export profiles")

    def _import(self, path: Path) -> None:
        self._spawn(self._read_profiles(path), "import profiles")

    async def _read_profiles(self, path: Path) -> None:
        text = await asyncio.to_thread(self._world.read_text, path)
        self._settings.add_profiles(read_profiles(text))
        self.refresh()

    def _take_catalogue(self, source: str) -> None:
        async def take() -> None:
            self._page.provider.update_list.show_said(await self._world.take_catalogue(source))

        self._spawn(take(), "take a list of providers")

    def _spawn(self, coroutine: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        return self._tasks.spawn(coroutine, name=name, on_error=self._say)

    def _say(self, error: WriteTexError) -> None:
        """Tell what went wrong on the page itself, which covers the window."""
        self._page.show_problem(f"{error.message} {error.remedy.text}".strip())

    def _connect(self) -> None:
        page = self._page
        page.profile_edited.connect(self._save)
        page.models_requested.connect(lambda anew: self._ask_models(anew=anew))
        page.page_requested.connect(self._open_page)
        page.opened.connect(self.refresh)
        page.provider.update_list.requested.connect(self._take_catalogue)
        page.profiles.chosen.connect(self._choose)
        page.profiles.duplicate_requested.connect(self._duplicate)
        page.profiles.remove_requested.connect(self._remove)
        page.profiles.moved.connect(self._move)
        page.profiles.export_chosen.connect(self._export)
        page.profiles.import_chosen.connect(self._import)
        page.trial.test_requested.connect(self._test)
        page.trial.cancel_requested.connect(self._stop_trial)
        page.trial.curl_requested.connect(self._copy_curl)
