"""What a server says about its models, joined with what the catalogue knows of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fnmatch import fnmatchcase

from writetex_desktop.core.endpoints.catalogue.provider import Model, ModelMark, Provider

_SEEING = re.compile(
    r"(?<![a-z])(?:vision(?![a-z])|visual|multimodal|omni)|pixtral|llava|internvl|(?<![a-z])ocr|ocr(?![a-z])"
    r"|(?:^|[-_/:. \d])vl(?:m|\d)?(?:$|[-_/:. ])",
    re.IGNORECASE,
)
"""Words in model IDs that stand for images; a hint only, the test with a picture decides."""

_BLIND = re.compile(
    r"(?<![a-z])(?:no|non|not|without)[-_. ]?(?:vision|visual|image|vl)|text[-_. ]?only|blind", re.IGNORECASE
)
"""Words that deny it."""

_OTHER_WORK = re.compile(
    r"embed|rerank|whisper|tts|speech|audio|transcribe|moderation|dall-e|image-gen|-image\b|realtime|sora|veo|imagen",
    re.IGNORECASE,
)
"""Words in model IDs that cannot answer a chat with a picture."""

_GONE = frozenset(("shutdown", "retired", "deprecated_unavailable"))


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model that can be chosen.

    Attributes:
        id: Model ID.
        sees: Whether it sees images: what server or catalogue say, else what its name hints at; None when
            nobody knows.
        mark: Why the catalogue proposes it, if it does.
        offered: Whether the server's own list holds it; False for one that only the catalogue knows.
        note: What the catalogue says about it in a few words; empty for nothing.
    """

    id: str
    sees: bool | None = None
    mark: ModelMark | None = None
    offered: bool = True
    note: str = ""


def read_models(document: object, provider: Provider | None = None) -> tuple[ListedModel, ...] | None:
    """Read the answer to `GET {base_url}/models`, in any of the forms that servers give it.

    Args:
        document: The parsed JSON.
        provider: Whose server it is, if that is known; says where its list tells what a model sees.

    Returns:
        The models in the server's order; None when this is no list of models.
    """
    if isinstance(document, dict):
        document = document.get("data", document.get("models"))
    if not isinstance(document, list):
        return None
    found: dict[str, ListedModel] = {}
    for each in document:
        entry = {"id": each} if isinstance(each, str) else each
        if not isinstance(entry, dict) or str(entry.get("status", "")).lower() in _GONE:
            continue
        name = entry.get("id", entry.get("name"))
        if not isinstance(name, str) or not name:
            continue
        model = name.removeprefix(provider.listing_prefix) if provider is not None else name
        if model not in found and not _OTHER_WORK.search(model):
            found[model] = ListedModel(model, _told(entry, provider))
    return tuple(found.values())


def join_models(
    listed: Sequence[ListedModel] | None, provider: Provider | None = None, today: date | None = None
) -> tuple[ListedModel, ...]:
    """Join a server's list with the catalogue: proposed models first, then those that see, then the rest.

    Args:
        listed: What the server offers; None when it could not be asked or did not say.
        provider: What the catalogue knows, if anything.
        today: The day by the user's calendar; a model that is gone by then has no mark. None for any day.

    Returns:
        The models. Those of the catalogue are left out when the server says that it does not offer them.
    """
    models = [_joined(each, provider, today) for each in listed or ()]
    if provider is not None and not listed:
        models += [
            ListedModel(each.id, each.vision, _mark(each, today), offered=False, note=each.note)
            for each in provider.models
        ]
    return tuple(sorted(models, key=_place))


def seeing(models: Sequence[ListedModel]) -> tuple[ListedModel, ...]:
    """Give those that are known to see images."""
    return tuple(each for each in models if each.sees)


_LONGEST_ID = 200
"""Characters of an ID; a longer text is none, and comparing it would cost the square of its length."""


def nearest(model: str, models: Sequence[ListedModel], count: int = 3) -> tuple[str, ...]:
    """Give the IDs that are most like one that is wrong: those that hold it, then those spelled alike.

    The one that is wrong is never among them, even where the server lists it.
    """
    ids = [each.id for each in models if each.id != model]
    name = model.casefold()[:_LONGEST_ID]
    holding = [each for each in ids if name and name in each.casefold()]
    by_name = {each.casefold(): each for each in ids if len(each) <= _LONGEST_ID}
    alike = [by_name[each] for each in get_close_matches(name, list(by_name), count, 0.6)]
    return tuple(dict.fromkeys([*holding, *alike]))[:count]


def has_model(model: str, models: Sequence[ListedModel]) -> bool:
    """Say whether a server's own list has a model, as it stands or by the names that servers take for it.

    Those are a name without the tag of Ollama's default, and one without the date of its newest form.

    Args:
        model: Model ID.
        models: The list; models that only the catalogue knows do not count.
    """
    dated = re.compile(rf"{re.escape(model)}(?::latest|[-@]?\d{{6,8}}|-\d{{4}}-\d\d-\d\d)")
    offered = [each.id for each in models if each.offered]
    return any(
        each == model or dated.fullmatch(each) or ("*" in each and fnmatchcase(model, each))
        for each in offered
    )


def _mark(model: Model, today: date | None) -> ModelMark | None:
    return model.mark if today is None else model.mark_on(today)


def _joined(listed: ListedModel, provider: Provider | None, today: date | None) -> ListedModel:
    known = provider.model(listed.id) if provider is not None else None
    sees = listed.sees
    if sees is None and known is not None:
        sees = known.vision
    if sees is None and _SEEING.search(listed.id) and not _BLIND.search(listed.id):
        sees = True
    if known is None:
        return ListedModel(listed.id, sees)
    # A mark is for the very model, not for each dated or preview form of it.
    mark = _mark(known, today) if known.id == listed.id else None
    return ListedModel(listed.id, sees, mark, note=known.note)


def _place(model: ListedModel) -> tuple[bool, bool, bool]:
    return (model.mark is None, model.sees is not True, model.sees is False)


def _told(entry: Mapping[str, object], provider: Provider | None) -> bool | None:
    """Say what a list tells about seeing, at the place that the catalogue names or that is usual."""
    paths = (provider.vision_path,) if provider is not None and provider.vision_path else _USUAL_PATHS
    for path in paths:
        value: object = entry
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if isinstance(value, bool):
            return value
        if isinstance(value, list):
            return any(str(each).lower() in {"image", "vision"} for each in value)
    return None


_USUAL_PATHS = (
    "architecture.input_modalities",
    "input_modalities",
    "modalities",
    "capabilities.vision",
    "capabilities",
)
"""Where gateways whose name we do not know tell what a model takes; the catalogue names the others."""
