"""Trains the recogniser; goes on from its checkpoint.

`python -m model.train --minutes 90` on two cores; see the README for a GPU. The checkpoint is written every
few minutes and holds everything; a run that was stopped goes on with the same command. The learning rate
falls along a cosine over the whole of `--minutes`, so ask at the start for the time that there is.
"""

import argparse
import json
import math
import multiprocessing
import random
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader

from model.dataset import GLYPH_CLASSES, PIXELS_IN_BATCH, Batches, Drawer, Runs, training_faces
from model.network import Recogniser, Shape
from model.paths import WORK
from model.vocabulary import PAD

PHASES = ((30_000, 10), (75_000, 20), (115_000, 40), (10**12, 110))
"""Up to how many samples seen, formulas of at most how many canonical tokens."""

GLYPHS_FIRST = 60_000
"""Samples in which every step learns glyphs too; later one step in `GLYPHS_EVERY` does."""

GLYPHS_EVERY = 4


def longest(seen: int, stretch: float) -> int:
    """The length limit in force after so many samples."""
    return next(limit for until, limit in PHASES if seen < until * stretch)


def glyph_loss(scores: Tensor, cells: Tensor) -> Tensor:
    """Cross-entropy over cells; paper counts a tenth."""
    weight = torch.ones(scores.shape[1], device=scores.device)
    weight[0] = 0.1
    return functional.cross_entropy(scores.float(), cells, weight)


class Smooth:
    """A running mean that follows what it is told."""

    def __init__(self) -> None:
        self.value = 0.0

    def add(self, number: float) -> None:
        """Tell it a number."""
        self.value = 0.95 * self.value + 0.05 * number if self.value else number


class Trainer:
    """One run: the network, its optimiser and the clock."""

    def __init__(self, options: argparse.Namespace) -> None:
        torch.manual_seed(options.seed)
        self.options = options
        self.device = torch.device(options.device)
        self.runs = Runs()
        Drawer(self.runs)  # names the glyph classes here, once, before workers fork
        faces = training_faces()
        seen_faces = [sample for sample in self.runs.samples if sample.face in faces]
        self.train = [sample for sample in seen_faces if not sample.test]
        tests = [sample for sample in seen_faces if sample.test]
        random.Random(3).shuffle(tests)
        self.test = tests[:600]
        self.shape = Shape(
            len(self.runs.vocabulary),
            GLYPH_CLASSES,
            options.width,
            options.heads,
            options.encoder_layers,
            options.decoder_layers,
            tuple(options.channels),
            tuple(options.blocks),
        )
        self.network = Recogniser(self.shape).to(self.device)
        self.optimizer = torch.optim.AdamW(
            self.network.parameters(), options.rate, betas=(0.9, 0.98), weight_decay=0.01
        )
        self.step = self.seen = 0
        self.elapsed = 0.0
        self.rank = 0
        self.common_seen = multiprocessing.Value("q", 0)
        self.path = Path(options.checkpoint)
        if self.path.exists():
            self._resume()
        print(
            f"{len(self.train)} formulas, {len(self.runs.vocabulary)} tokens, "
            f"{sum(part.numel() for part in self.network.parameters()) / 1e6:.2f} M parameters",
            flush=True,
        )

    def _resume(self) -> None:
        state = torch.load(self.path, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seen, self.elapsed = state["step"], state["seen"], state["elapsed"]
        self.common_seen.value = self.seen

    def save(self) -> None:
        """Write the checkpoint in one move."""
        shape = json.dumps(asdict(self.shape))
        if self.options.weights:
            halves = {name: part.half() for name, part in self.network.state_dict().items()}
            torch.save({"network": halves, "shape": shape}, self.options.weights)
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "seen": self.seen,
            "elapsed": self.elapsed,
            "shape": shape,
        }
        part = self.path.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.path)

    def rate(self) -> float:
        """The learning rate now."""
        warm = min(1.0, (self.step + 1) / 200)
        share = min(1.0, self.elapsed / (60 * self.options.minutes))
        return float(self.options.rate * warm * (0.49 * (1 + math.cos(math.pi * share)) + 0.02))

    def loader(self, limit: int, seed: int) -> DataLoader[tuple[Tensor, Tensor, Tensor]]:
        """Batches of the training formulas up to a length."""
        batches = Batches(self.runs, self.train, limit, seed, self.options.pixels)
        return DataLoader(
            batches,
            batch_size=None,
            num_workers=self.options.workers,
            prefetch_factor=6 if self.options.workers else None,
            pin_memory=self.device.type == "cuda",
        )

    def losses(
        self, ink: Tensor, targets: Tensor, cells: Tensor, *, auxiliary: bool = False
    ) -> tuple[Tensor, Tensor | None, Tensor]:
        """The decoder's loss, the glyphs' loss if it is asked for, and the scores."""
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            memory, near, far = self.network.encode(
                ink.to(self.device, non_blocking=True).float() / 255, auxiliary=auxiliary
            )
            targets = targets.to(self.device, non_blocking=True)
            scores = self.network.decode(memory, targets[:, :-1]).float()
        loss = functional.cross_entropy(scores.flatten(0, 1), targets[:, 1:].flatten(), ignore_index=PAD)
        if near is None or far is None:
            return loss, None, scores
        cells = cells.to(self.device, non_blocking=True)
        return loss, glyph_loss(near, cells) + glyph_loss(far, cells), scores

    def run_together(self, trainers: int) -> None:
        """Train in several processes of one thread each, which share the weights and nothing else.

        On a busy machine two lonely threads get more done than one program of two threads that wait for each
        other. Each process has its own optimiser and writes its steps straight into the shared weights
        (Hogwild).
        """
        self.network.share_memory()
        others = [multiprocessing.Process(target=self._run_as, args=(rank,)) for rank in range(1, trainers)]
        for other in others:
            other.start()
        self.run()
        for other in others:
            other.join()

    def _run_as(self, rank: int) -> None:
        self.rank = rank
        torch.set_num_threads(1)
        self.run()

    def run(self) -> None:
        """Train until the minutes are over."""
        start = time.monotonic() - self.elapsed
        end = 60 * min(self.options.minutes, self.elapsed / 60 + self.options.this_run)
        tell, keep, test = self.elapsed + 5, self.elapsed + 240, self.elapsed + 420
        loss, glyphs = Smooth(), Smooth()
        while self.elapsed < end:
            limit = longest(self.seen, self.options.stretch)
            for batch in self.loader(limit, self.seen + self.options.seed + 7919 * self.rank):
                self._learn(batch, loss, glyphs)
                self.elapsed = time.monotonic() - start
                if not self.rank and self.elapsed > tell:
                    print(
                        f"{self.elapsed / 60:.1f} min step {self.step} seen {self.seen} "
                        f"{self.seen / self.elapsed:.0f}/s <={limit} loss {loss.value:.3f} "
                        f"glyph {glyphs.value:.3f} rate {self.rate():.5f}",
                        flush=True,
                    )
                    tell = self.elapsed + 60
                if not self.rank and self.elapsed > keep:
                    self.save()
                    keep = self.elapsed + 240
                if not self.rank and self.elapsed > test:
                    print(self.check(limit), flush=True)
                    test = self.elapsed + 600
                if longest(self.seen, self.options.stretch) != limit or self.elapsed > end:
                    break
        if not self.rank:
            self.save()
            print(self.check(PHASES[-1][1]), flush=True)

    def _learn(self, batch: tuple[Tensor, Tensor, Tensor], smooth: "Smooth", smooth_glyphs: "Smooth") -> None:
        """One step on one batch."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        auxiliary = self.seen < GLYPHS_FIRST * self.options.stretch or self.step % GLYPHS_EVERY == 0
        loss, glyph, _ = self.losses(*batch, auxiliary=auxiliary)
        self.optimizer.zero_grad(set_to_none=True)
        (loss if glyph is None else loss + 0.5 * glyph).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        with self.common_seen.get_lock():
            self.common_seen.value += len(batch[0])
        self.seen = self.common_seen.value
        if self.step % GLYPHS_EVERY == 1:
            smooth.add(loss.item())
            smooth_glyphs.add(glyph.item() if glyph is not None else 0.0)

    @torch.no_grad()
    def check(self, limit: int) -> str:
        """Exact match and wrong steps on the test: a greedy answer is right exactly when each step is."""
        self.network.eval()
        right = total = wrong = tokens = 0
        batches = iter(Batches(self.runs, self.test, limit, 5, self.options.pixels))
        while total < 160:
            batch = next(batches)
            _, _, scores = self.losses(*batch)
            truth = batch[1][:, 1:]
            miss = (scores.argmax(-1).cpu() != truth) & (truth != PAD)
            right += int((~miss.any(1)).sum())
            wrong += int(miss.sum())
            tokens += int((truth != PAD).sum())
            total += len(truth)
        self.network.train()
        return f"   test: exact {right / total:.3f}, wrong steps {wrong / tokens:.4f}, of {total}"


def main() -> None:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--this-run", type=float, default=1e9, help="minutes after which this call ends")
    parser.add_argument("--weights", default="", help="also write the weights alone, in half precision, here")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--workers", type=int, default=0, help="processes that draw; 0 draws in the trainer itself"
    )
    parser.add_argument("--trainers", type=int, default=2, help="processes that train, with shared weights")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument(
        "--stretch", type=float, default=1.0, help="factor of the lengths of the curriculum's phases"
    )
    parser.add_argument("--pixels", type=int, default=PIXELS_IN_BATCH, help="pixels in a batch")
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--heads", type=int, default=6)
    parser.add_argument("--encoder-layers", type=int, default=1)
    parser.add_argument("--decoder-layers", type=int, default=3)
    parser.add_argument("--channels", type=int, nargs=3, default=(32, 64, 128))
    parser.add_argument("--blocks", type=int, nargs=2, default=(2, 2))
    parser.add_argument("--checkpoint", default=str(WORK / "checkpoint.pt"))
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    np.random.seed(options.seed)  # noqa: NPY002 - for libraries that draw from the global state
    Trainer(options).run_together(options.trainers)


if __name__ == "__main__":
    main()
