"""The network of the symbol finder: a small residual network over a picture of directions."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from model.networks.detector import Block
from writetex_desktop.adapters.recogniser.handwriting.strokes_picture import CHANNELS


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes that make a finder.

    Attributes:
        looks: Kinds of symbols that it tells apart.
        channels: Features at a half, a quarter and an eighth of the picture's size.
    """

    looks: int
    channels: tuple[int, int, int] = (40, 80, 160)


class Finder(nn.Module):
    """Pictures of drawings to scores of looks."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        half, quarter, eighth = shape.channels
        self.body = nn.Sequential(
            nn.Conv2d(CHANNELS, half, 5, 2, 2, bias=False),
            nn.BatchNorm2d(half),
            nn.ReLU(inplace=True),
            Block(half, half, 1),
            Block(half, quarter, 2),
            Block(quarter, eighth, 2),
            Block(eighth, eighth, 1),
        )
        self.dropout = nn.Dropout(0.2)
        self.looks = nn.Linear(2 * eighth, shape.looks)

    def forward(self, picture: Tensor) -> Tensor:
        """Scores (n, looks) of pictures (n, CHANNELS, SIDE_PX, SIDE_PX)."""
        found = self.body(picture)
        whole = torch.cat([found.mean((2, 3)), found.amax((2, 3))], 1)
        return self.looks(self.dropout(whole))  # type: ignore[no-any-return]
