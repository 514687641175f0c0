"""Where public services keep their interface: what an address is completed with before any catalogue is read.

`resources/providers.toml` has the same base URLs, with the pages that document them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HostRule:
    """Where a public service keeps its OpenAI-compatible interface.

    Attributes:
        host: The host, or the end of it after a dot.
        path: The canonical path.
        instead_of: Paths that people type and that mean the canonical one; None for every path but one that
            ends as the canonical one does.
    """

    host: str
    path: str
    instead_of: frozenset[str] | None = frozenset({"", "/v1"})


HOST_RULES: tuple[HostRule, ...] = (
    HostRule("generativelanguage.googleapis.com", "/v1beta/openai", None),
    *(
        HostRule(
            f"{name}.aliyuncs.com",
            "/compatible-mode/v1",
            frozenset({"", "/v1", "/api/v1", "/compatible-mode"}),
        )
        for name in ("dashscope", "dashscope-intl", "dashscope-us")
    ),
    HostRule("openrouter.ai", "/api/v1", frozenset({"", "/v1", "/api"})),
    *(
        HostRule(
            f"ark.{region}.com",
            "/api/v3",
            frozenset({"", "/v1", "/v3", "/api", "/api/v1", "/api/v3/v1"}),
        )
        for region in ("cn-beijing.volces", "ap-southeast.bytepluses")
    ),
    HostRule("api.groq.com", "/openai/v1", frozenset({"", "/v1", "/openai"})),
    HostRule("models.github.ai", "/inference"),
    HostRule("open.bigmodel.cn", "/api/paas/v4"),
    HostRule("api.z.ai", "/api/paas/v4"),
    HostRule("api.perplexity.ai", "", frozenset({""})),
)
"""The services whose path is not `/v1`, as documented by each; a test holds them to the catalogue."""


def host_rule(host: str) -> HostRule | None:
    """Find the rule of a host, or None when its interface is where most have it."""
    return next((rule for rule in HOST_RULES if host == rule.host or host.endswith(f".{rule.host}")), None)
