"""One line of JSON for each item of a batch: what `--json` prints, `-o` writes and a later run resumes from.

The keys are promised to scripts. `latex` is the answer in the form that was asked for; where it cannot be had
in that form, it is what was recognised, beside the error.
"""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from writetex_desktop.core.batches.batch import BatchItem, Failure, ItemState, Source
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.money import Cost, CostRange, Currency, Money
from writetex_desktop.core.reading.recognition import Alternative, Engine, Mode, Recognition, Usage
from writetex_desktop.core.reading.trust import Trust
from writetex_desktop.core.visible import visible


def format_record(item: BatchItem) -> str:
    """Write an item as one line, without its end; safe to be shown by a terminal."""
    return visible(json.dumps(as_record(item), ensure_ascii=False))


def as_record(item: BatchItem) -> dict[str, object]:
    """Give an item as the object of its line."""
    record: dict[str, object] = {
        "file": item.source.path,
        "page": item.source.page or None,
        "status": item.state.value,
        "mode": item.mode.value,
        "format": item.form.value,
        "sha256": item.digest or None,
    }
    if item.recognition is not None:
        answer, usage = item.recognition, item.recognition.usage
        record |= {
            "latex": item.latex,
            "engine": answer.engine.value,
            "model": answer.model,
            "seconds": round(answer.seconds, 3),
            "usage": usage
            and {"prompt_tokens": usage.prompt_tokens, "completion_tokens": usage.completion_tokens},
            "complete": answer.complete,
            "confidence": answer.confidence,
            "cost": None if answer.cost is None else _cost_record(answer.cost),
            "warnings": list(answer.warnings),
            "verdict": None if item.trust is None else item.trust.value,
            "alternatives": [
                {"latex": other.markup, "confidence": other.confidence} for other in answer.alternatives
            ],
            "tag": answer.number or None,
        }
        if answer.mode is not item.mode:
            record["read_as"] = answer.mode.value
    if item.failure is not None:
        record |= {"error": item.failure.message, "remedy": item.failure.remedy}
    return record


def parse_record(line: str) -> BatchItem | None:
    """Read a line; None for one that is none of ours, such as the last one of a run that was killed."""
    try:
        values = json.loads(line)
        return _item(values) if isinstance(values, dict) else None
    except (ValueError, KeyError, TypeError, InvalidOperation, RecursionError):
        return None


def _cost_record(cost: Cost) -> dict[str, str]:
    match cost:
        case Money(amount, currency):
            return {"amount": f"{amount:f}", "currency": currency.value}
        case CostRange(low, high):
            return {"low": f"{low.amount:f}", "high": f"{high.amount:f}", "currency": low.currency.value}


def _item(values: dict[str, Any]) -> BatchItem:
    error = values.get("error")
    return BatchItem(
        source=Source(str(values["file"]), int(values["page"] or 0)),
        mode=Mode(values["mode"]),
        form=OutputFormat(values["format"]),
        state=ItemState(values["status"]),
        digest=str(values["sha256"] or ""),
        recognition=_recognition(values) if "engine" in values else None,
        output="" if error or "latex" not in values else str(values["latex"]),
        failure=None if error is None else Failure(str(error), str(values["remedy"])),
        trust=Trust(values["verdict"]) if values.get("verdict") else None,
    )


def _recognition(values: dict[str, Any]) -> Recognition:
    usage, confidence, cost = values["usage"], values["confidence"], values["cost"]
    return Recognition(
        markup=str(values["latex"]),
        mode=Mode(values.get("read_as", values["mode"])),
        engine=Engine(values["engine"]),
        model=str(values["model"]),
        seconds=float(values["seconds"]),
        usage=None if usage is None else Usage(int(usage["prompt_tokens"]), int(usage["completion_tokens"])),
        complete=bool(values["complete"]),
        confidence=None if confidence is None else float(confidence),
        warnings=tuple(str(warning) for warning in values["warnings"]),
        cost=None if cost is None else _cost(cost),
        alternatives=tuple(
            Alternative(str(other["latex"]), float(other["confidence"]))
            for other in values.get("alternatives", ())
        ),
        number=str(values.get("tag") or ""),
    )


def _cost(values: dict[str, str]) -> Cost:
    currency = Currency(values["currency"])
    if "amount" in values:
        return Money(Decimal(values["amount"]), currency)
    return CostRange(Money(Decimal(values["low"]), currency), Money(Decimal(values["high"]), currency))
