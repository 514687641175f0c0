"""The three fields: base URL, API key, model ID; and how forgiving we are about them."""

from dataclasses import dataclass

from writetex_desktop.core.secret import Secret


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a request goes.

    Attributes:
        base_url: Normalised by `normalise_base_url`; requests go to `{base_url}/chat/completions`.
        key: The API key; empty for servers on the own machine that ask for none.
        model: Model ID, verbatim.
    """

    base_url: str
    key: Secret
    model: str
