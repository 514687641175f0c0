"""Profiles as a file for another machine or another person: everything but keys."""

import json
from collections.abc import Sequence
from dataclasses import replace

from writetex_desktop.core.endpoints.endpoint import normalise_base_url
from writetex_desktop.core.endpoints.network import Network, without_secrets
from writetex_desktop.core.errors import EndpointError, SettingsError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.codec import decode_profiles, encode_profiles
from writetex_desktop.core.settings.settings import Profile

_NAME = "writetex_profiles"
_VERSION = 1


def write_profiles(profiles: Sequence[Profile]) -> str:
    """Write profiles as JSON, without passwords, telling headers and files of this machine."""
    clean = [replace(each, base_url=_public(each.base_url), network=_shared(each)) for each in profiles]
    return json.dumps({_NAME: _VERSION, "profiles": encode_profiles(clean)}, indent=2, ensure_ascii=False)


def read_profiles(text: str) -> tuple[Profile, ...]:
    """Read what `write_profiles` wrote.

    Raises:
        SettingsError: It is something else, or from a newer version.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_profiles() from error
    if not isinstance(document, dict) or not isinstance(document.get(_NAME), int):
        raise _no_profiles()
    if document[_NAME] > _VERSION:
        raise SettingsError(
            tr("The profiles were exported by a newer version of WriteTex Desktop."),
            tr("Update WriteTex Desktop to import them."),
        )
    profiles = decode_profiles(document.get("profiles"))
    if not profiles:
        raise SettingsError(tr("The file holds no profiles."), tr("Export them again."))
    # Who made the file may be anybody: what lowers the guard is left out again.
    return tuple(replace(each, network=_shared(each)) for each in profiles)


def _shared(profile: Profile) -> Network:
    """Leave out secrets, files of one machine, and what lowers the guard, by naming what stays."""
    clean = without_secrets(profile.network)
    return Network(
        proxy=clean.proxy,
        headers=clean.headers,
        connect_s=clean.connect_s,
        first_byte_s=clean.first_byte_s,
        total_s=clean.total_s,
    )


def _public(base_url: str) -> str:
    """Leave a user name and password out of an address; as typed otherwise."""
    if "@" not in base_url:
        return base_url
    try:
        return normalise_base_url(base_url)
    except EndpointError:
        return ""


def _no_profiles() -> SettingsError:
    return SettingsError(
        tr("This is no file of exported profiles."), tr("Choose one that WriteTex Desktop has exported.")
    )
