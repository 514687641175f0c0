"""What a trial of an endpoint found, for a terminal and for programs."""

from shlex import quote

from writetex_desktop.core.costs.cost import format_money, format_range
from writetex_desktop.core.endpoints.connection import (
    ConnectionReport,
    Fix,
    FixKind,
    Outcome,
    Step,
    StepResult,
)
from writetex_desktop.core.language.numbers import number
from writetex_desktop.core.language.words import mark, tr, tr_marked
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
    ways = [tr("What may help:"), *(f"  {each}" for each in fixes if each)] if any(fixes) else []
    return "\n".join([*lines, f"{said} ({measured(report)})", *ways])


def fix_text(fix: Fix) -> str:
    """Say in a terminal what a click does in the window; empty for what only a window can do."""
    said = {
        FixKind.USE_BASE_URL: tr("use the base URL: {option}", option=f"--base-url {quote(fix.value)}"),
        FixKind.USE_MODEL: tr("use the model ID: {option}", option=f"--model {quote(fix.value)}"),
        FixKind.OPEN_PAGE: tr("make a key at {page}", page=fix.value),
        FixKind.ENTER_KEY: tr("set the key in WRITETEX_API_KEY, or in the settings"),
        FixKind.CHOOSE_CA_FILE: tr(
            "trust that server's authority: --ca-file FILE, with its certificates (PEM)"
        ),
        FixKind.USE_SYSTEM_PROXY: tr(
            "use another proxy: --proxy with its address, or --proxy direct for none"
        ),
        FixKind.CHOOSE_CLIENT_CERTIFICATE: tr(
            "choose the client's certificate in the settings of the profile"
        ),
    }
    return said.get(fix.kind, "")


def measured(report: ConnectionReport) -> str:
    """Give time, tokens and cost, as far as they are known: `0.8 s, 412 tokens, $0.00012`."""
    parts = [tr("{seconds} s", seconds=number(report.seconds, 1))]
    if report.usage is not None:
        parts.append(tr("{count} tokens", count=number(report.usage.total_tokens)))
    if report.cost is not None:
        parts.append(cost_text(report.cost))
    return ", ".join(parts)


def cost_text(cost: Money | CostRange) -> str:
    """Write what a picture cost, or may have cost."""
    return format_money(cost) if isinstance(cost, Money) else format_range(cost)


_STEPS = {
    Step.REACH: mark("reach"),
    Step.KEY: mark("key"),
    Step.MODEL: mark("model"),
    Step.VISION: mark("vision"),
}
_OUTCOMES = {
    Outcome.PASSED: mark("passed"),
    Outcome.FAILED: mark("failed"),
    Outcome.UNTRIED: mark("untried"),
}


def _step_line(result: StepResult) -> str:
    line = f"{tr_marked(_OUTCOMES[result.outcome]):8} {tr_marked(_STEPS[result.step]):7}"
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
