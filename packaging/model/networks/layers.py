"""Attention layers, as the reader uses them."""

import math
from typing import cast

import torch
from torch import Tensor, nn


def sinusoids(length: int, width: int) -> Tensor:
    """Positions as sines and cosines, (length, width)."""
    place = torch.arange(length)[:, None].float()
    rate = torch.exp(torch.arange(0, width, 2).float() * (-math.log(10000) / width))
    table = torch.zeros(length, width)
    table[:, 0::2] = torch.sin(place * rate)
    table[:, 1::2] = torch.cos(place * rate)
    return table


class Attention(nn.Module):
    """Multi-head attention of queries over a memory."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.keys_values = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def split(self, x: Tensor) -> Tensor:
        """(n, t, width) as (n, heads, t, width / heads)."""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def remember(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of a memory."""
        keys, values = self.keys_values(x).chunk(2, -1)
        return self.split(keys), self.split(values)

    def forward(
        self, x: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None = None, *, causal: bool = False
    ) -> Tensor:
        """What the queries find; the mask is added to the scores of the keys, (n, 1, 1, keys).

        Written out, since on processors the backward pass of torch's own is three times slower for the few
        dozen places that a formula has; the memory may have a batch of one for many queries.
        """
        scores = self.split(self.query(x)) @ keys.transpose(-1, -2) / math.sqrt(keys.shape[-1])
        if mask is not None:
            scores = scores + mask
        if causal:
            later = torch.full(scores.shape[-2:], -math.inf, dtype=scores.dtype, device=scores.device)
            scores = scores + later.triu(1)
        found = torch.softmax(scores, -1) @ values
        return cast("Tensor", self.out(found.transpose(1, 2).flatten(2)))


class Forward(nn.Sequential):
    """The pointwise part of a layer."""

    def __init__(self, width: int) -> None:
        super().__init__(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))


class EncoderLayer(nn.Module):
    """Attention of the signs over one another."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm, self.norm_forward = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention, self.forward_part = Attention(width, heads), Forward(width)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """The signs after one layer."""
        normal = self.norm(x)
        x = x + self.attention(normal, *self.attention.remember(normal), mask)
        return cast("Tensor", x + self.forward_part(self.norm_forward(x)))


class DecoderLayer(nn.Module):
    """Attention over the tokens so far and over the signs."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm_self, self.norm_cross, self.norm_forward = (
            nn.LayerNorm(width),
            nn.LayerNorm(width),
            nn.LayerNorm(width),
        )
        self.itself, self.cross, self.forward_part = (
            Attention(width, heads),
            Attention(width, heads),
            Forward(width),
        )

    def forward(self, x: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None = None) -> Tensor:
        """All positions at once, as in training; keys and values are those of the signs."""
        normal = self.norm_self(x)
        x = x + self.itself(normal, *self.itself.remember(normal), causal=True)
        x = x + self.cross(self.norm_cross(x), keys, values, mask)
        return cast("Tensor", x + self.forward_part(self.norm_forward(x)))

    def step(
        self, x: Tensor, past: tuple[Tensor, Tensor], memory: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """One more position; gives it and the keys and values with it appended."""
        normal = self.norm_self(x)
        key, value = self.itself.remember(normal)
        keys, values = torch.cat([past[0], key], 2), torch.cat([past[1], value], 2)
        x = x + self.itself(normal, keys, values)
        x = x + self.cross(self.norm_cross(x), *memory)
        return x + self.forward_part(self.norm_forward(x)), (keys, values)
