"""Looking for newer versions, joined to the network, the disk and the project's key.

Nothing here is asked for, nor loaded, unless the user has switched it on.
"""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from writetex_desktop import __version__
from writetex_desktop.adapters.endpoint.probe import fetch_page
from writetex_desktop.adapters.signature import is_signed_by
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.adapters.storage.update_files import (
    asked_path,
    keep_asked,
    last_asked,
    read_update_source,
)
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.core.update_ways import update_way
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.updates import UpdateCheck
from writetex_desktop.ui.shell.update_presenter import UpdateWorld


def update_world(
    settings: Observable[Settings], offline: Observable[bool], open_page: Callable[[str], bool]
) -> UpdateWorld:
    """Make what the presenter needs; nothing is fetched by that."""
    source, asked = read_update_source(resource_dir()), asked_path()
    check = UpdateCheck(
        fetch=partial(fetch_page, source.address),
        is_signed=partial(is_signed_by, source.public_key),
        last=partial(last_asked, asked),
        keep=partial(keep_asked, asked),
        may_ask=lambda: settings.value.check_updates and not offline.value,
        now=lambda: datetime.now(UTC),
        version=__version__,
    )
    frozen = bool(getattr(sys, "frozen", False))
    way = update_way(sys.executable, os.environ, frozen=frozen, platform=sys.platform)
    return UpdateWorld(check, bool(source.public_key), way, open_page)
