"""Which words read formulas best with a model: measured with an endpoint of the user's, who pays for it.

`python -m tests.benchmarks prompt --profile NAME [--folder PICTURES] [--output FILE] [--list]` reads the
samples and, where one is named, a folder with pictures and a `truth.json` of the same form (`[{"file",
"latex"}]`), with each variant of the prompt. Of each it prints how many answers are exact (the same canonical
LaTeX), how many look alike (the visual check), tokens and cost. `tests/data/prompt-results.json` shows the
form of what `--output` writes; there is no result in it, for none was measured here.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.raster import to_bitmap
from writetex_desktop.adapters.loop_clock import LoopClock
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.pictures.sign_shapes import SignShapes
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.command_line import Teller
from writetex_desktop.composition.configuration import read_configuration
from writetex_desktop.composition.endpoint_choice import EndpointChoice
from writetex_desktop.composition.parts import build_parts
from writetex_desktop.core.costs.cost import cost_of
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.prompt import PromptPlan, prompt_for
from writetex_desktop.core.endpoints.wire.request import chat_request
from writetex_desktop.core.endpoints.wire.rules import WireRules, wire_rules
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.pictures.image import ImageLimits
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition, RecognitionRequest
from writetex_desktop.core.reading.trust import Likeness
from writetex_desktop.services.reading.recognition_service import RecognitionService
from writetex_desktop.services.reading.visual_check import VisualCheck
from writetex_desktop.services.tasks import Tasks

VERSION = 1
"""The number of the form of the results."""

SHIPPED = prompt_for(Mode.FORMULA)
_ONLY_FORMULAS = (
    "Leave out text around the formula. Several separate formulas: one per line of a gathered environment."
)
_AS_PRINTED = r"Add no \boxed; write \left and \right only where brackets are tall."
VARIANTS: dict[str, str] = {
    "shipped": SHIPPED,
    "one-line": "Convert the formula in the image to LaTeX. Output only the LaTeX code.",
    "text-around": f"{SHIPPED}\n{_ONLY_FORMULAS}",
    "as-printed": f"{SHIPPED}\n{_AS_PRINTED}",
    "all-rules": f"{SHIPPED}\n{_ONLY_FORMULAS}\n{_AS_PRINTED}",
    "no-none": SHIPPED.rpartition(" If there is nothing")[0],
}
"""What is tried: the words that the program says, and what speaks for others."""


@dataclass(slots=True)
class Tally:
    """What a variant came to.

    Attributes:
        variant: Its name.
        read: Pictures that were answered.
        exact: Answers that are the same canonical LaTeX.
        alike: Answers that look like the picture.
        failed: Pictures without an answer.
        prompt_tokens: As the server counted them.
        completion_tokens: The same.
        cost: The amount, empty while a price or a count is not known.
        seconds: The sum of all waits.
    """

    variant: str
    read: int = 0
    exact: int = 0
    alike: int = 0
    failed: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: str = ""
    seconds: float = 0.0
    troubles: list[str] = field(default_factory=list)


def truths(folder: Path) -> list[tuple[Path, str]]:
    """Give the pictures of a folder with what they hold."""
    entries = json.loads((folder / "truth.json").read_text("utf-8"))
    return [(folder / each["file"], each["latex"]) for each in entries if each.get("latex")]


def is_exact(answer: str, truth: str) -> bool:
    """Say whether two formulas are the same but for how they are written."""
    try:
        return canonicalize(answer) == canonicalize(truth)
    except WriteTexError:
        return answer.split() == truth.split()


async def measure_variant(
    name: str, pictures: Sequence[tuple[Path, str]], endpoint: Endpoint, rules: WireRules, check: VisualCheck
) -> Tally:
    """Read every picture with one variant."""

    def body(model: str, request: RecognitionRequest, how: WireRules) -> dict[str, object]:
        return chat_request(model, PromptPlan(VARIANTS[name]), request.image, how)

    recognizer = OpenAIRecognizer(endpoint, rules=rules, make_body=body)
    service = RecognitionService({Engine.ENDPOINT: recognizer}, LoopClock())
    codec, tally = PillowCodec(), Tally(name)
    try:
        for file, truth in pictures:
            crop = codec.decode(await asyncio.to_thread(file.read_bytes))
            request = RecognitionRequest(codec.prepare(crop, ImageLimits()))
            try:
                events = [event async for event in service.recognize(request)]
            except WriteTexError as error:
                tally.failed += 1
                tally.troubles.append(f"{file.name}: {error.message}")
                continue
            answer = events[-1]
            assert isinstance(answer, Recognition)
            verdict = await check.check(crop, answer.markup)
            tally.read += 1
            tally.exact += is_exact(answer.markup, truth)
            tally.alike += verdict is not None and verdict.summary is Likeness.ALIKE
            tally.seconds += answer.seconds
            if answer.usage is not None:
                tally.prompt_tokens += answer.usage.prompt_tokens
                tally.completion_tokens += answer.usage.completion_tokens
    finally:
        await recognizer.aclose()
    return tally


async def run(options: argparse.Namespace) -> list[Tally]:
    """Measure what is asked for and print a line each."""
    teller = Teller(lambda text: print(text, file=sys.stderr))  # noqa: T201 - it prints
    choice = EndpointChoice(options.base_url, options.model, profile=options.profile)
    configuration = read_configuration(teller.notify, change=choice.on)
    choice.apply(configuration.settings, teller.notify)
    parts = build_parts(configuration, teller.notify, Tasks(teller))
    endpoint = await configuration.settings.endpoint()
    rules = wire_rules(parts.catalogue, endpoint.base_url, endpoint.model)
    pictures = truths(resource_dir() / "samples")
    if options.folder:
        pictures += truths(Path(options.folder))
    renderer = MathJaxRenderer(resource_dir())
    shapes = SignShapes(resource_dir() / "signs" / "signs.npz")
    check = VisualCheck(renderer, to_bitmap, PillowCodec().read_ink, shapes)
    tallies: list[Tally] = []
    try:
        for name in options.variants or VARIANTS:
            tally = await measure_variant(name, pictures, endpoint, rules, check)
            price = parts.catalogue.price(endpoint.base_url, endpoint.model)
            if price is not None and tally.prompt_tokens:
                tokens = Tokens(tally.prompt_tokens, tally.completion_tokens)
                tally.cost = f"{cost_of(tokens, price).amount:f} {price.currency}"
            tallies.append(tally)
            print("\n".join(lines(tally, len(pictures))), flush=True)  # noqa: T201 - it prints
    finally:
        renderer.close()
        await parts.aclose()
    return tallies


@dataclass(frozen=True, slots=True)
class Tokens:
    """A count of tokens, as prices are for."""

    prompt_tokens: int
    completion_tokens: int


def lines(tally: Tally, count: int) -> Iterable[str]:
    """Say what a variant came to."""
    yield (
        f"prompt {tally.variant:<12} exact {tally.exact}/{count}  alike {tally.alike}/{count}  "
        f"failed {tally.failed}  tokens {tally.prompt_tokens}+{tally.completion_tokens}  "
        f"cost {tally.cost or 'unknown'}  {tally.seconds:.1f} s"
    )
    yield from (f"    {trouble}" for trouble in tally.troubles)


def as_document(tallies: Sequence[Tally], model: str) -> dict[str, object]:
    """Give results in their form; they hold neither addresses, keys nor names of files."""
    rows = [{**asdict(each), "troubles": len(each.troubles)} for each in tallies]
    return {
        "version": VERSION,
        "model": model,
        "measured": datetime.now(UTC).date().isoformat() if rows else "",
        "words": VARIANTS,
        "results": rows,
    }


def measure(words: Sequence[str]) -> int:
    """Measure what the words ask for; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks prompt", description=__doc__)
    parser.add_argument("--profile", default="", metavar="NAME", help="a saved endpoint")
    parser.add_argument("--base-url", metavar="U", help="in place of a profile, with WRITETEX_API_KEY")
    parser.add_argument("--model", metavar="M", help="in place of the profile's model")
    parser.add_argument("--folder", metavar="FOLDER", help="pictures of your own, with a truth.json")
    parser.add_argument("--output", metavar="FILE", help="write the results there, as JSON")
    parser.add_argument("--list", action="store_true", help="only show the variants")
    parser.add_argument(
        "variants", nargs="*", choices=[[], *VARIANTS], help="which ones; all where none is named"
    )
    options = parser.parse_args(words)
    if options.list or not (options.profile or options.base_url):
        for name, text in VARIANTS.items():
            print(f"{name}:\n{text}\n")  # noqa: T201 - it prints
        print("Name an endpoint with --profile; each variant reads every picture, which costs money.")  # noqa: T201
        return 0
    application = QGuiApplication.instance() or QGuiApplication(["bench", "-platform", "offscreen"])
    try:
        tallies = asyncio.run(run(options))
    except WriteTexError as error:
        print(f"{error.message} {error.remedy.text}", file=sys.stderr)  # noqa: T201 - it prints
        return 1
    del application
    if options.output:
        document = as_document(tallies, options.model or options.profile)
        Path(options.output).write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    return 0 if all(each.read for each in tallies) else 1


def main() -> None:
    """Show the variants: measuring them is asked for by name, for it costs money."""
    measure([])
