"""What the two trainings share: the clock, the learning rate, checkpoints that resume."""

import argparse
import json
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

TELL_S, KEEP_S, CHECK_S = 60, 180, 420


class Training:
    """One run: a network, its optimiser and the clock.

    Args:
        network: What learns.
        shape: Its sizes, a dataclass, kept in the checkpoint.
        options: `minutes`, `rate`, `checkpoint` of the command line.
    """

    def __init__(self, network: nn.Module, shape: Any, options: argparse.Namespace) -> None:
        self.network, self.shape, self.options = network, shape, options
        self.optimizer = torch.optim.AdamW(
            network.parameters(), options.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        self.path = Path(options.checkpoint)
        self.step = self.seen = 0
        self.elapsed = 0.0
        self._means: dict[str, float] = {}
        if self.path.exists():
            state = torch.load(self.path, map_location=options.device, weights_only=True)
            network.load_state_dict(state["network"])
            if state["optimizer"]:
                self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.seen, self.elapsed = state["step"], state["seen"], state["elapsed"]
        print(
            f"{sum(part.numel() for part in network.parameters()) / 1e6:.2f} M parameters, seen {self.seen}",
            flush=True,
        )

    @property
    def over(self) -> bool:
        """Whether the minutes are used up."""
        return self.elapsed >= 60 * self.options.minutes

    def rate(self) -> float:
        """The learning rate now: it falls along a cosine over the whole of `minutes`."""
        warm = min(1.0, (self.step + 1) / 300)
        share = min(1.0, self.elapsed / (60 * self.options.minutes))
        return float(self.options.rate * warm * (0.49 * (1 + math.cos(math.pi * share)) + 0.02))

    def learn(
        self,
        batches: Iterable[Any],
        losses: Callable[[Any], tuple[dict[str, Tensor], int]],
        check: Callable[[], str],
        leave: Callable[[], bool] = lambda: False,
    ) -> None:
        """Train on batches until the time is over or `leave` says so.

        Args:
            batches: Whatever `losses` takes.
            losses: The parts of the loss, to be added, and how many samples the batch has.
            check: One line on how well the test goes.
            leave: Whether other batches are wanted.
        """
        start = time.monotonic() - self.elapsed
        tell, keep, look = self.elapsed + 10, self.elapsed + KEEP_S, self.elapsed + CHECK_S
        for batch in batches:
            for group in self.optimizer.param_groups:
                group["lr"] = self.rate()
            parts, count = losses(batch)
            self.optimizer.zero_grad(set_to_none=True)
            torch.stack(list(parts.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimizer.step()
            self.step += 1
            self.seen += count
            self.elapsed = time.monotonic() - start
            for name, part in parts.items():
                level = float(part.detach())
                self._means[name] = 0.98 * self._means.get(name, level) + 0.02 * level
            if self.elapsed > tell:
                tell = self.elapsed + TELL_S
                means = " ".join(f"{name} {value:.3f}" for name, value in self._means.items())
                print(
                    f"{self.elapsed / 60:.1f} min step {self.step} seen {self.seen} "
                    f"{self.seen / self.elapsed:.0f}/s {means} rate {self.rate():.6f}",
                    flush=True,
                )
            if self.elapsed > keep:
                self.save()
                keep = self.elapsed + KEEP_S
            if self.elapsed > look:
                print(check(), flush=True)
                look = self.elapsed + CHECK_S
            if self.over or leave():
                break
        self.save()

    def save(self) -> None:
        """Write the checkpoint in one move."""
        part = self.path.with_suffix(".part")
        torch.save(
            {
                "network": self.network.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "step": self.step,
                "seen": self.seen,
                "elapsed": self.elapsed,
                "shape": json.dumps(asdict(self.shape)),
            },
            part,
        )
        part.replace(self.path)


def half_precision(device: torch.device) -> torch.autocast:
    """Products in half precision where the processor multiplies so, which takes half the time or less.

    Where it does not, they are emulated, a hundred times slower.
    """
    able = device.type != "cpu" or bool(torch.cpu.get_capabilities()["avx512_bf16"])
    return torch.autocast(device.type, torch.bfloat16, enabled=able)


def drawn_ahead(batches: IterableDataset[Any], workers: int) -> Iterable[Any]:
    """Batches prepared by other processes while this one learns; 0 prepares them here."""
    return DataLoader(batches, batch_size=None, num_workers=workers, prefetch_factor=4 if workers else None)


def arguments(description: str | None, checkpoint: Path, rate: float) -> argparse.ArgumentParser:
    """The options that both trainings have."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--minutes", type=float, required=True, help="training time in all, over every resumption"
    )
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--workers", type=int, default=0, help="processes that prepare batches; 0: none")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--checkpoint", default=str(checkpoint))
    return parser
