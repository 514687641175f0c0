"""The detector: which signs stand where in a picture; a small convolutional network."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

STRIDE = 2
"""The map of centres has a cell for each two pixels."""

BOX_PX = 10.0
"""Distances to a box's sides are told in this unit."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes that make a detector.

    Attributes:
        classes: Classes of signs.
        channels: Features at a half, a quarter and an eighth of the picture's size.
        blocks: Residual blocks at a quarter and at an eighth.
        hidden: Features of a sign when its class is told.
    """

    classes: int
    channels: tuple[int, int, int] = (32, 80, 160)
    blocks: tuple[int, int] = (2, 3)
    hidden: int = 224


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


def smooth(channels: int) -> nn.Sequential:
    """A convolution that mixes what two scales have said."""
    return nn.Sequential(
        nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU(inplace=True)
    )


class Detector(nn.Module):
    """Ink to signs."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        half, quarter, eighth = shape.channels
        self.stem = nn.Sequential(
            nn.Conv2d(1, half, 5, 2, 2, bias=False), nn.BatchNorm2d(half), nn.ReLU(inplace=True)
        )
        self.quarter = nn.Sequential(
            Block(half, quarter, 2), *(Block(quarter, quarter, 1) for _ in range(shape.blocks[0] - 1))
        )
        self.eighth = nn.Sequential(
            Block(quarter, eighth, 2), *(Block(eighth, eighth, 1) for _ in range(shape.blocks[1] - 1))
        )
        self.down_quarter, self.beside_quarter = nn.Conv2d(eighth, quarter, 1), nn.Conv2d(quarter, quarter, 1)
        self.down_half, self.beside_half = nn.Conv2d(quarter, half, 1), nn.Conv2d(half, half, 1)
        self.mix_quarter, self.mix_half = smooth(quarter), smooth(half)
        self.centre = nn.Conv2d(half, 1, 1)
        nn.init.constant_(self.centre.bias, -4.0)  # type: ignore[arg-type]
        self.sides = nn.Conv2d(half, 4, 1)
        self.kind = nn.Sequential(
            nn.Linear(half + quarter + eighth, shape.hidden),
            nn.ReLU(inplace=True),
            nn.Linear(shape.hidden, shape.classes),
        )

    def maps(self, ink: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Features at a half, a quarter and an eighth of the size of `ink` (n, 1, height, width), 0 to 1."""
        half = self.stem(ink)
        quarter = self.quarter(half)
        eighth = self.eighth(quarter)
        quarter = self.mix_quarter(
            self.beside_quarter(quarter) + functional.interpolate(self.down_quarter(eighth), scale_factor=2.0)
        )
        half = self.mix_half(
            self.beside_half(half) + functional.interpolate(self.down_half(quarter), scale_factor=2.0)
        )
        return half, quarter, eighth

    def kinds(
        self, maps: tuple[Tensor, Tensor, Tensor], number: Tensor, row: Tensor, column: Tensor
    ) -> Tensor:
        """Scores of the classes at cells, (cells, classes): picture, row and column of each."""
        half, quarter, eighth = maps
        features = [
            level.permute(0, 2, 3, 1)[number, row // factor, column // factor]
            for level, factor in ((half, 1), (quarter, 2), (eighth, 4))
        ]
        return self.kind(torch.cat(features, -1))  # type: ignore[no-any-return]

    def boxes(self, half: Tensor, number: Tensor, row: Tensor, column: Tensor) -> Tensor:
        """Left, top, right and bottom in pixels of the signs at cells, (cells, 4)."""
        sides = self.sides(half).permute(0, 2, 3, 1)[number, row, column] * BOX_PX
        x, y = (column + 0.5) * STRIDE, (row + 0.5) * STRIDE
        return torch.stack([x - sides[:, 0], y - sides[:, 1], x + sides[:, 2], y + sides[:, 3]], 1)
