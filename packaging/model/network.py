"""The recogniser: a small convolutional encoder, attention over the picture, a transformer decoder."""

import math
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes that make a network.

    Attributes:
        words: Size of the vocabulary.
        glyphs: Classes of the auxiliary task.
        width: Features of a position.
        heads: Attention heads.
        encoder_layers: Attention layers over the picture.
        decoder_layers: Layers of the decoder.
        channels: Features of the convolutions at a half, a quarter and an eighth of the picture's size.
        blocks: Residual blocks at a quarter and at an eighth.
    """

    words: int
    glyphs: int
    width: int = 192
    heads: int = 6
    encoder_layers: int = 1
    decoder_layers: int = 3
    channels: tuple[int, int, int] = (32, 64, 128)
    blocks: tuple[int, int] = (2, 2)


def sinusoids(length: int, width: int) -> Tensor:
    """Positions as sines and cosines, (length, width)."""
    place = torch.arange(length)[:, None].float()
    rate = torch.exp(torch.arange(0, width, 2).float() * (-math.log(10000) / width))
    table = torch.zeros(length, width)
    table[:, 0::2] = torch.sin(place * rate)
    table[:, 1::2] = torch.cos(place * rate)
    return table


class Block(nn.Module):
    """Two 3x3 convolutions beside a short cut."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(before, after, 3, stride, 1, bias=False),
            nn.BatchNorm2d(after),
            nn.ReLU(inplace=True),
            nn.Conv2d(after, after, 3, 1, 1, bias=False),
            nn.BatchNorm2d(after),
        )
        self.past: nn.Module = nn.Identity()
        if before != after or stride != 1:
            self.past = nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))

    def forward(self, x: Tensor) -> Tensor:
        """Features of the same picture, smaller by the stride."""
        return functional.relu(self.body(x) + self.past(x), inplace=True)


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

    def forward(self, x: Tensor, keys: Tensor, values: Tensor, *, causal: bool = False) -> Tensor:
        """What the queries find."""
        found = functional.scaled_dot_product_attention(
            self.split(self.query(x)), keys, values, is_causal=causal
        )
        return cast("Tensor", self.out(found.transpose(1, 2).flatten(2)))


class Forward(nn.Sequential):
    """The pointwise part of a layer."""

    def __init__(self, width: int) -> None:
        super().__init__(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))


class EncoderLayer(nn.Module):
    """Attention of the picture's positions over one another."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm, self.norm_forward = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention, self.forward_part = Attention(width, heads), Forward(width)

    def forward(self, x: Tensor) -> Tensor:
        """The positions after one layer."""
        normal = self.norm(x)
        x = x + self.attention(normal, *self.attention.remember(normal))
        return cast("Tensor", x + self.forward_part(self.norm_forward(x)))


class DecoderLayer(nn.Module):
    """Attention over the tokens so far and over the picture."""

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

    def forward(self, x: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """All positions at once, as in training; keys and values are those of the picture."""
        normal = self.norm_self(x)
        x = x + self.itself(normal, *self.itself.remember(normal), causal=True)
        x = x + self.cross(self.norm_cross(x), keys, values)
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


class Recogniser(nn.Module):
    """Ink to tokens."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        first, second, third = shape.channels
        self.stem = nn.Sequential(
            nn.Conv2d(1, first, 5, 2, 2, bias=False), nn.BatchNorm2d(first), nn.ReLU(inplace=True)
        )
        self.quarter = nn.Sequential(
            Block(first, second, 2), *(Block(second, second, 1) for _ in range(shape.blocks[0] - 1))
        )
        self.eighth = nn.Sequential(
            Block(second, third, 2), *(Block(third, third, 1) for _ in range(shape.blocks[1] - 1))
        )
        self.to_width = nn.Conv2d(third, width, 1)
        self.glyph_near = nn.Conv2d(second, shape.glyphs, 1)
        self.glyph_far = nn.Linear(width, 4 * 64)
        self.glyph_class = nn.Linear(64, shape.glyphs)
        self.layers = nn.ModuleList(EncoderLayer(width, shape.heads) for _ in range(shape.encoder_layers))
        self.memory_norm = nn.LayerNorm(width)
        self.register_buffer("places", sinusoids(512, width // 2), persistent=False)
        self.register_buffer("order", sinusoids(512, width), persistent=False)
        self.embedding = nn.Embedding(shape.words, width)
        nn.init.normal_(self.embedding.weight, std=width**-0.5)
        self.decoder = nn.ModuleList(DecoderLayer(width, shape.heads) for _ in range(shape.decoder_layers))
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, shape.words)

    def encode(self, ink: Tensor, *, auxiliary: bool = False) -> tuple[Tensor, Tensor | None, Tensor | None]:
        """The picture's positions (n, positions, width), and two glyph scores for every cell of four pixels.

        Args:
            ink: (n, 1, height, width), 0 to 1, both sides multiples of 8.
            auxiliary: Whether to give the glyph scores (n, classes, height/4, width/4).
        """
        quarter = self.quarter(self.stem(ink))
        features = self.to_width(self.eighth(quarter))
        _, _, rows, columns = features.shape
        near = self.glyph_near(quarter) if auxiliary else None
        places = torch.cat(
            [
                self.places[:rows, None].expand(rows, columns, -1),
                self.places[None, :columns].expand(rows, columns, -1),
            ],
            -1,
        )
        flat = features.permute(0, 2, 3, 1)
        far = None
        if auxiliary:
            cells = self.glyph_far(flat).unflatten(-1, (2, 2, 64))
            cells = cells.permute(0, 1, 3, 2, 4, 5).flatten(3, 4).flatten(1, 2)
            far = self.glyph_class(functional.relu(cells)).permute(0, 3, 1, 2)
        x = (flat + places).flatten(1, 2)
        for layer in self.layers:
            x = layer(x)
        return self.memory_norm(x), near, far

    def decode(self, memory: Tensor, tokens: Tensor) -> Tensor:
        """Scores of the next token after each of `tokens`, (n, t, words)."""
        x = self.embedding(tokens) * math.sqrt(self.shape.width) + self.order[: tokens.shape[1]]
        for layer in self.decoder:
            assert isinstance(layer, DecoderLayer)
            x = layer(x, *layer.cross.remember(memory))
        return cast("Tensor", self.out(self.norm(x)))
