"""Trains the reader; goes on from its checkpoint.

`python -m model.training.reader --minutes 100`. It learns from the true signs of the formulas, and, as
soon as `model.training.look` has written what the detector sees, from that too.
"""

import torch
from torch import Tensor
from torch.nn import functional

from model.corpus.vocabulary import PAD
from model.networks.reader import Reader, Shape
from model.paths import DETECTIONS, WORK
from model.training.course import Training, arguments, drawn_ahead, half_precision
from model.training.lessons import Batch, Lessons

PHASES = ((15_000, 10), (45_000, 20), (90_000, 45), (250_000, 64), (10**12, 160))
"""Up to how many formulas seen, formulas of at most how many canonical tokens."""


def longest(seen: int) -> int:
    """The length limit in force after so many formulas."""
    return next(limit for until, limit in PHASES if seen < until)


def scores(reader: Reader, batch: Batch) -> Tensor:
    """Scores of every next token."""
    with half_precision(batch.targets.device):
        memory = reader.encode(batch.classes, batch.shares, batch.boxes, batch.mask)
        found = reader.decode(memory, batch.targets[:, :-1], batch.mask)
    return found.float()


@torch.no_grad()
def check(reader: Reader, batches: list[Batch]) -> str:
    """Exact match and wrong steps: a greedy answer is right exactly when each step is."""
    reader.eval()
    right = total = wrong = tokens = 0
    for batch in batches:
        truth = batch.targets[:, 1:]
        miss = (scores(reader, batch).argmax(-1) != truth) & (truth != PAD)
        right += int((~miss.any(1)).sum())
        wrong += int(miss.sum())
        tokens += int((truth != PAD).sum())
        total += len(truth)
    reader.train()
    return f"   test: exact {right / total:.3f}, wrong steps {wrong / tokens:.4f}, of {total}"


def main() -> None:
    """Train."""
    options = arguments(__doc__, WORK / "reader.pt", 1e-3).parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    lessons = Lessons(options.seed)
    vocabulary = lessons.runs.vocabulary
    shape = Shape(len(vocabulary), len(lessons.objects.names))
    reader = Reader(shape, lessons.objects.bases(vocabulary)).to(options.device)
    training = Training(reader, shape, options)
    print(f"{len(lessons.train)} formulas, {len(lessons.objects.names)} classes")

    def losses(batch: Batch) -> tuple[dict[str, Tensor], int]:
        batch = batch.to(options.device)
        found = scores(reader, batch)
        loss = functional.cross_entropy(found.flatten(0, 1), batch.targets[:, 1:].flatten(), ignore_index=PAD)
        return {"loss": loss}, len(batch.targets)

    while not training.over:
        limit = longest(training.seen)
        checks = [batch.to(options.device) for batch in lessons.checks(limit, 400)]
        looked = DETECTIONS.exists()
        print(f"formulas of at most {limit} tokens; detections: {len(lessons.detections)}", flush=True)
        training.learn(
            drawn_ahead(lessons.of(limit), options.workers),
            losses,
            lambda: check(reader, checks),  # noqa: B023 - used within this turn of the loop
            lambda: longest(training.seen) != limit or DETECTIONS.exists() != looked,  # noqa: B023
        )
        if DETECTIONS.exists() != looked:
            lessons = Lessons(options.seed + training.seen)
    tests = lessons.checks(PHASES[-1][1], 1000)
    print(check(reader, [batch.to(options.device) for batch in tests]))


if __name__ == "__main__":
    main()
