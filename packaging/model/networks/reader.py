"""The reader: from signs and where they stand to LaTeX, a small transformer."""

import math
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn

from model.networks.layers import DecoderLayer, EncoderLayer, sinusoids

WAVES_EM = tuple(0.25 * 2 ** (step / 2) for step in range(16))
"""Wavelengths, in ems, of the sines that say where a side of a box is: a quarter of an em to 45."""

LIKELY = 3
"""How many classes of a sign are looked at."""

MOST_PLACES = 640
"""Signs of a picture, or tokens of an answer, that the reader can tell the order of."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes that make a reader.

    Attributes:
        words: Size of the vocabulary.
        classes: Classes of signs.
        width: Features of a position.
        heads: Attention heads.
        encoder_layers: Layers over the signs.
        decoder_layers: Layers of the decoder.
    """

    words: int
    classes: int
    width: int = 192
    heads: int = 6
    encoder_layers: int = 4
    decoder_layers: int = 3


class Reader(nn.Module):
    """Signs to tokens.

    Args:
        shape: The sizes.
        bases: The token that each class of signs stands for, 0 for none; they share what they mean.
    """

    bases: Tensor
    waves: Tensor
    order: Tensor

    def __init__(self, shape: Shape, bases: Tensor) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        self.register_buffer("bases", bases)
        self.register_buffer("waves", 2 * math.pi / torch.tensor(WAVES_EM), persistent=False)
        self.register_buffer("order", sinusoids(MOST_PLACES, width), persistent=False)
        self.embedding = nn.Embedding(shape.words, width)
        self.signs = nn.Embedding(shape.classes, width)
        nn.init.normal_(self.embedding.weight, std=width**-0.5)
        nn.init.normal_(self.signs.weight, std=width**-0.5)
        self.place = nn.Linear(8 * len(WAVES_EM), width)
        self.whole = nn.Parameter(torch.zeros(1, 1, width))
        self.layers = nn.ModuleList(EncoderLayer(width, shape.heads) for _ in range(shape.encoder_layers))
        self.memory_norm = nn.LayerNorm(width)
        self.decoder = nn.ModuleList(DecoderLayer(width, shape.heads) for _ in range(shape.decoder_layers))
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(shape.words))

    def encode(self, classes: Tensor, shares: Tensor, boxes: Tensor, mask: Tensor | None = None) -> Tensor:
        """What the signs mean together, (n, signs + 1, width); the first stands for the whole.

        Args:
            classes: The likeliest classes of each sign, (n, signs, LIKELY); signs from left to right.
            shares: Their probabilities.
            boxes: Left, top, right and bottom in ems, (n, signs, 4).
            mask: Minus infinity at padding, (n, 1, 1, signs + 1).
        """
        meaning = self.signs(classes) + self.embedding(self.bases[classes])
        looks = (meaning * shares[..., None]).sum(2) * math.sqrt(self.shape.width)
        angles = (boxes[..., None] * self.waves).flatten(2)
        x = looks + self.place(torch.cat([angles.sin(), angles.cos()], -1)) + self.order[: boxes.shape[1]]
        x = torch.cat([self.whole.expand(len(x), 1, -1), x], 1)
        for layer in self.layers:
            x = layer(x, mask)
        return self.memory_norm(x)

    def decode(self, memory: Tensor, tokens: Tensor, mask: Tensor | None = None) -> Tensor:
        """Scores of the next token after each of `tokens`, (n, t, words)."""
        x = self.embedding(tokens) * math.sqrt(self.shape.width) + self.order[: tokens.shape[1]]
        for layer in self.decoder:
            assert isinstance(layer, DecoderLayer)
            x = layer(x, *layer.cross.remember(memory), mask)
        return self.scores(x)

    def scores(self, x: Tensor) -> Tensor:
        """Scores of the tokens; what a token means and what makes it likely is one thing."""
        return cast("Tensor", self.norm(x) @ self.embedding.weight.T + self.bias)
