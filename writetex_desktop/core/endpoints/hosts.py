"""Where public services keep their interface: what an address is completed with before any catalogue is read.

`resources/providers.toml` has the same base URLs, with the pages that document them.
"""

import re
from dataclasses import dataclass

_VERSIONED = r".*/v\d.*"


@dataclass(frozen=True, slots=True)
class HostRule:
    """Where a public service keeps its OpenAI-compatible interface.

    Attributes:
        host: The host, or the end of it after a dot.
        path: The canonical path.
        keeps: A pattern for the paths that are right beside it; any other means the canonical one.
    """

    host: str
    path: str
    keeps: str = _VERSIONED

    def completed(self, path: str) -> str:
        """Give the path that is meant.

        Args:
            path: Without a slash at its end and without the name of a call.
        """
        return path if path == self.path or re.fullmatch(self.keeps, path) else self.path


HOST_RULES: tuple[HostRule, ...] = (
    HostRule("generativelanguage.googleapis.com", "/v1beta/openai", r"/v\d\w*/openai"),
    # The Coding Plan has hosts of its own below those of the service.
    *(
        HostRule(f"{name}.dashscope.aliyuncs.com", "/v1", r"/(?:compatible-mode/)?v\d+")
        for name in ("coding", "coding-intl")
    ),
    # maas.aliyuncs.com is the end of the hosts of workspaces and trials.
    *(
        HostRule(f"{name}.aliyuncs.com", "/compatible-mode/v1", r"/compatible-mode/v\d+")
        for name in ("dashscope", "dashscope-intl", "dashscope-us", "maas")
    ),
    HostRule("openrouter.ai", "/api/v1", r"/api/v\d+"),
    *(
        HostRule(f"ark.{region}.com", "/api/v3", r"/api/(?:\w+/)?v3")
        for region in ("cn-beijing.volces", "ap-southeast.bytepluses")
    ),
    HostRule("api.hunyuan.cloud.tencent.com", "/v1"),
    HostRule("api.groq.com", "/openai/v1", r"/openai/v\d+"),
    HostRule("models.github.ai", "/inference", r"/orgs/[^/]+/inference"),
    HostRule("open.bigmodel.cn", "/api/paas/v4", r"/api/(?:\w+/)?paas/v\d+"),
    HostRule("api.z.ai", "/api/paas/v4", r"/api/(?:\w+/)?paas/v\d+"),
    HostRule("api.deepseek.com", "/v1"),
    HostRule("api.perplexity.ai", "", r"/v\d+"),
    *(
        HostRule(host, "/openai/v1", r".*/openai/deployments/[^/]+")
        for host in (
            "openai.azure.com", "openai.azure.us", "openai.azure.cn",
            "services.ai.azure.com", "cognitiveservices.azure.com",
        )
    ),
)  # fmt: skip
"""The services whose path is not `/v1`, or that have other interfaces beside it; a test holds them to the
catalogue, which names the pages."""


def host_rule(host: str) -> HostRule | None:
    """Find the rule of a host, or None when its interface is where most have it."""
    return next((rule for rule in HOST_RULES if host == rule.host or host.endswith(f".{rule.host}")), None)


_GATEWAYS: tuple[tuple[str, str, str], ...] = (
    # https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html
    (r"bedrock-runtime(?:-fips)?\.[\w-]+\.amazonaws\.com(?:\.cn)?", r"(?!/openai/v\d).*", "/openai/v1"),
    # https://cloud.google.com/vertex-ai/generative-ai/docs/migrate/openai/overview
    (
        r"(?:[\w-]+-)?aiplatform\.googleapis\.com",
        r"(/v\d\w*/projects/[^/]+/locations/[^/]+)(?:/(?!endpoints/).*)?",
        r"\1/endpoints/openapi",
    ),
    # https://developers.cloudflare.com/ai-gateway/usage/chat-completion/
    (r"gateway\.ai\.cloudflare\.com", r"(/v1/[^/]+/[^/]+)", r"\1/compat"),
    # https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/
    (r"api\.cloudflare\.com", r"(/client/v4/accounts/[^/]+)(?:/ai(?:/run.*)?)?", r"\1/ai/v1"),
)
"""Hosts of gateways, with paths that stop short of the interface or miss it, and the right one."""

_WITHOUT_VERSION = re.compile(r"(?:[\w-]+\.)*githubcopilot\.com")

_NATIVE = re.compile(r"(?:(?P<before>.*)/api/(?:chat|generate|tags|show|v0(?:/.*)?)|(?P<root>.*)/anthropic)")
"""Paths of other interfaces of servers that have OpenAI's at `/v1` (Ollama, LM Studio, Anthropic's form)."""

_WHOLE = re.compile(
    r".*(?:/v\d++[a-z]*+\d*+(?:/.*)?|/openai|/inference|/api|/compat|/openai/deployments/[^/]+)"
)
"""Paths that need nothing more: a version, or an end by which gateways are known (Open WebUI: `/api`)."""

_PORT_OF_OLLAMA = 11434


def complete_path(host: str, port: int | None, path: str) -> str:
    """Give the path at which a host has its interface, as far as host and path tell.

    Completing it again changes nothing.

    Args:
        host: In small letters.
        port: The port, where one is written.
        path: Without a slash at its end and without the name of a call.
    """
    rule = host_rule(host)
    if rule is not None:
        return rule.completed(path)
    if _WITHOUT_VERSION.fullmatch(host):
        return ""
    for pattern, short, whole in _GATEWAYS:
        found = re.fullmatch(short, path) if re.fullmatch(pattern, host) else None
        if found is not None:
            return found.expand(whole)
    native = _NATIVE.fullmatch(path)
    if native is not None:
        path = native["before"] or native["root"] or ""
    if path == "/api" and (port == _PORT_OF_OLLAMA or host == "ollama.com"):
        path = ""
    return path if _WHOLE.fullmatch(path) else f"{path}/v1"
