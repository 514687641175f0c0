"""The models that the door offers: names for engines, as programs choose them in their field "model"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.serving.refusals import NOT_FOUND, Refusal
from writetex_desktop.core.settings.settings import Profile, Settings


class OwnModel(StrEnum):
    """Models that are there whatever is set up."""

    AUTO = "writetex-auto"
    """What the settings say: the endpoint with its fallback, or the built-in recogniser."""
    OFFLINE = "writetex-offline"
    """The built-in recogniser alone."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Who reads a picture.

    Attributes:
        model: The name that was asked for; the answer bears it.
        is_offline: Whether the built-in recogniser reads it.
        profile: `id` of the saved endpoint that reads it; empty for what the settings say.
        mode: What the picture holds, where the name of the model says so (`writetex-auto:table`).
    """

    model: str
    is_offline: bool = False
    profile: str = ""
    mode: Mode | None = None


def choose(model: str, settings: Settings) -> Choice:
    """Read the name of a model; empty for `writetex-auto`.

    Raises:
        Refusal: There is no such model.
    """
    name, colon, mode_name = model.rpartition(":")
    if colon and mode_name in {mode.value for mode in Mode}:
        return _choice(name, model, settings, Mode(mode_name))
    return _choice(model, model, settings, None)


def _choice(name: str, model: str, settings: Settings, mode: Mode | None) -> Choice:
    if name in {"", OwnModel.AUTO}:
        return Choice(model or OwnModel.AUTO, mode=mode)
    if name == OwnModel.OFFLINE:
        return Choice(model, is_offline=True, mode=mode)
    try:
        return Choice(model, profile=settings.find_profile(name), mode=mode)
    except SettingsError as error:
        raise _unknown_model() from error


def model_named(name: str, profiles: Sequence[Profile], *, has_offline: bool) -> dict[str, object]:
    """Give the answer of `GET /v1/models/NAME`.

    Raises:
        Refusal: There is none of that name.
    """
    for row in _rows(profiles, has_offline=has_offline):
        if row["id"] == name:
            return row
    raise _unknown_model()


def model_list(profiles: Sequence[Profile], *, has_offline: bool) -> dict[str, object]:
    """Give the answer of `GET /v1/models`.

    Args:
        profiles: The saved endpoints.
        has_offline: Whether the built-in recogniser is installed.
    """
    return {"object": "list", "data": list(_rows(profiles, has_offline=has_offline))}


def _rows(profiles: Sequence[Profile], *, has_offline: bool) -> Iterator[dict[str, object]]:
    own = [(OwnModel.AUTO.value, "What the settings say")]
    own += [(OwnModel.OFFLINE.value, "The built-in recogniser")] if has_offline else []
    for name, label in own + [(profile.id, profile.name) for profile in profiles]:
        yield {"id": name, "object": "model", "created": 0, "owned_by": "writetex", "name": label}


def _unknown_model() -> Refusal:
    return Refusal(
        tr("There is no such model here."),
        tr(
            "Use {auto}, {offline} or a saved endpoint; GET /v1/models lists them.",
            auto=OwnModel.AUTO,
            offline=OwnModel.OFFLINE,
        ),
        status=NOT_FOUND,
        code="model_not_found",
        param="model",
    )
