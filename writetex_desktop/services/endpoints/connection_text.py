"""What a trial of an endpoint found, for a terminal and for programs."""

from shlex import quote

from writetex_desktop.core.costs.cost import format_money, format_range
from writetex_desktop.core.endpoints.connection import ConnectionReport, Fix, FixKind, StepResult
from writetex_desktop.core.money import CostRange, Money


def as_record(report: ConnectionReport) -> dict[str, object]:
    """Give a finished report as the object that `writetex test-connection --json` prints."""
    assert report.notice is not None
    return {
        "passed": report.passed,
        "steps": {each.step.value: each.outcome.value for each in report.steps},
        "seconds": round(report.seconds, 3),
        "message": report.notice.message,
        "remedy": report.notice.remedy.text,
        "fixes": [
            {"kind": fix.kind.value, "value": fix.value} for each in report.steps for fix in each.fixes
        ],
        "models": [each.id for each in report.models if each.offered],
        "cost": _cost_record(report.cost),
        "usage": report.usage
        and {
            "prompt_tokens": report.usage.prompt_tokens,
            "completion_tokens": report.usage.completion_tokens,
        },
    }


def as_text(report: ConnectionReport) -> str:
    """Give a finished report as lines for people."""
    assert report.notice is not None
    lines = [_step_line(each) for each in report.steps]
    said = f"{report.notice.message} {report.notice.remedy.text}".rstrip()
    fixes = [fix_text(fix) for each in report.steps for fix in each.fixes]
    ways = ["What may help:", *(f"  {each}" for each in fixes if each)] if any(fixes) else []
    return "\n".join([*lines, f"{said} ({measured(report)})", *ways])


def fix_text(fix: Fix) -> str:
    """Say in a terminal what a click does in the window; empty for what only a window can do."""
    said = {
        FixKind.USE_BASE_URL: f"use the base URL: --base-url {quote(fix.value)}",
        FixKind.USE_MODEL: f"use the model ID: --model {quote(fix.value)}",
        FixKind.OPEN_PAGE: f"make a key at {fix.value}",
        FixKind.ENTER_KEY: "set the key in WRITETEX_API_KEY, or in the settings",
        FixKind.CHOOSE_CA_FILE: "trust that server's authority: --ca-file FILE, with its certificates (PEM)",
        FixKind.USE_SYSTEM_PROXY: "use another proxy: --proxy with its address, or --proxy direct for none",
        FixKind.CHOOSE_CLIENT_CERTIFICATE: "choose the client's certificate in the settings of the profile",
    }
    return said.get(fix.kind, "")


def measured(report: ConnectionReport) -> str:
    """Give time, tokens and cost, as far as they are known: `0.8 s, 412 tokens, $0.00012`."""
    parts = [f"{report.seconds:.1f} s"]
    if report.usage is not None:
        parts.append(f"{report.usage.total_tokens} tokens")
    if report.cost is not None:
        parts.append(cost_text(report.cost))
    return ", ".join(parts)


def cost_text(cost: Money | CostRange) -> str:
    """Write what a picture cost, or may have cost."""
    return format_money(cost) if isinstance(cost, Money) else format_range(cost)


def _step_line(result: StepResult) -> str:
    line = f"{result.outcome.value:8} {result.step.value:7}"
    return f"{line} {result.message}".rstrip()


def _cost_record(cost: Money | CostRange | None) -> dict[str, object] | None:
    if cost is None:
        return None
    if isinstance(cost, Money):
        return {"amount": str(cost.amount), "currency": cost.currency.value, "estimated": False}
    return {
        "low": str(cost.low.amount),
        "high": str(cost.high.amount),
        "currency": cost.low.currency.value,
        "estimated": True,
    }
