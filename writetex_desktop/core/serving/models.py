"""The models that the door offers: names for engines, as programs choose them in their field "model"."""

from collections.abc import Sequence
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
        raise Refusal(
            tr("There is no such model here."),
            tr(
                "Use {auto}, {offline} or a saved endpoint; GET /v1/models lists them.",
                auto=OwnModel.AUTO,
                offline=OwnModel.OFFLINE,
            ),
            status=NOT_FOUND,
            code="model_not_found",
            param="model",
        ) from error


def model_list(profiles: Sequence[Profile], *, has_offline: bool) -> dict[str, object]:
    """Give the answer of `GET /v1/models`.

    Args:
        profiles: The saved endpoints.
        has_offline: Whether the built-in recogniser is installed.
    """
    own = [(OwnModel.AUTO.value, "What the settings say")]
    own += [(OwnModel.OFFLINE.value, "The built-in recogniser")] if has_offline else []
    rows = own + [(profile.id, profile.name) for profile in profiles]
    data = [
        {"id": name, "object": "model", "created": 0, "owned_by": "writetex", "name": label}
        for name, label in rows
    ]
    return {"object": "list", "data": data}
