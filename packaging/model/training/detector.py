"""Trains the detector; goes on from its checkpoint.

`python -m model.training.detector --minutes 40`.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional

from model.corpus.runs import Runs
from model.networks.detector import BOX_PX, STRIDE, Detector, Shape
from model.networks.recogniser import peaks
from model.paths import WORK
from model.training.course import Training, arguments, drawn_ahead, half_precision
from model.training.lessons import Objects
from model.training.sheets import Sheeted, Sheets

NEAR_CELLS = 2
"""Cells round a centre that are blamed less for claiming to be it."""

SPREAD_CELLS = 0.8


def cells(sheets: Sheets, rows: int, columns: int) -> tuple[Tensor, Tensor]:
    """Row and column of each sign's centre."""
    middle = (sheets.boxes[:, :2] + sheets.boxes[:, 2:]) / 2 / STRIDE
    return middle[:, 1].long().clamp(0, rows - 1), middle[:, 0].long().clamp(0, columns - 1)


def heat(sheets: Sheets, row: Tensor, column: Tensor, size: tuple[int, int]) -> Tensor:
    """The wanted map: 1 at the centres, falling off within `NEAR_CELLS`; (n, height, width)."""
    wanted = torch.zeros(len(sheets.ink), *size, device=row.device)
    for dy in range(-NEAR_CELLS, NEAR_CELLS + 1):
        for dx in range(-NEAR_CELLS, NEAR_CELLS + 1):
            y, x = row + dy, column + dx
            inside = (y >= 0) & (y < size[0]) & (x >= 0) & (x < size[1])
            place = (sheets.numbers[inside], y[inside], x[inside])
            wanted[place] = wanted[place].clamp(min=math.exp(-(dy * dy + dx * dx) / (2 * SPREAD_CELLS**2)))
    return wanted


def losses(detector: Detector, sheets: Sheets) -> dict[str, Tensor]:
    """How wrong the centres, the boxes and the classes are."""
    with half_precision(sheets.ink.device):
        half, quarter, eighth = detector.maps(
            (sheets.ink.float() / 255).to(memory_format=torch.channels_last)
        )
    maps = half.float(), quarter.float(), eighth.float()
    score = detector.centre(maps[0])[:, 0]
    size = (score.shape[1], score.shape[2])
    row, column = cells(sheets, *size)
    wanted = heat(sheets, row, column, size)
    chance = torch.sigmoid(score)
    count = len(row)
    hit = wanted == 1
    found = -(functional.logsigmoid(score) * (1 - chance) ** 2)[hit].sum()
    claimed = -(functional.logsigmoid(-score) * chance**2 * (1 - wanted) ** 4)[~hit].sum()
    boxes = detector.boxes(maps[0], sheets.numbers, row, column)
    near_row = (row + _slips(row)).clamp(0, size[0] - 1)
    near_column = (column + _slips(row)).clamp(0, size[1] - 1)
    kinds = detector.kinds(maps, sheets.numbers, near_row, near_column)
    return {
        "centre": (found + claimed) / count,
        "box": functional.smooth_l1_loss(boxes / BOX_PX, sheets.boxes / BOX_PX, beta=0.05),
        "kind": functional.cross_entropy(kinds, sheets.classes),
    }


def _slips(cells_: Tensor) -> Tensor:
    """A step to a neighbour for one cell in six: the centre that is found is not always the true one."""
    steps = torch.randint(-1, 2, cells_.shape, device=cells_.device)
    return steps * (torch.rand(cells_.shape, device=cells_.device) < 0.25)


@torch.no_grad()
def check(detector: Detector, tests: list[Sheets]) -> str:
    """How many centres are found, how many are none, and how many of the found have the right class."""
    detector.eval()
    signs = found = claimed = right = 0
    for sheets in tests:
        maps = detector.maps(sheets.ink.float() / 255)
        number, row, column = peaks(torch.sigmoid(detector.centre(maps[0])[:, 0]))
        kinds = detector.kinds(maps, number, row, column).argmax(-1)
        claims = {
            (n, r, c): kind
            for n, r, c, kind in zip(
                number.tolist(), row.tolist(), column.tolist(), kinds.tolist(), strict=True
            )
        }
        true_row, true_column = cells(sheets, *maps[0].shape[2:])
        for n, r, c, kind in zip(
            sheets.numbers.tolist(),
            true_row.tolist(),
            true_column.tolist(),
            sheets.classes.tolist(),
            strict=True,
        ):
            near = [(n, r + dy, c + dx) for dy in (0, -1, 1) for dx in (0, -1, 1)]
            hit = next((place for place in near if place in claims), None)
            if hit:
                found += 1
                right += claims.pop(hit) == kind
        claimed += len(claims)
        signs += len(sheets.classes)
    detector.train()
    shares = f"found {found / signs:.4f}, none {claimed / signs:.4f}, class right {right / max(found, 1):.4f}"
    return f"   test: {shares}, of {signs}"


def main() -> None:
    """Train."""
    parser = arguments(__doc__, WORK / "detector.pt", 1.5e-3)
    parser.add_argument("--sheets", type=int, default=2, help="sheets for a step")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    runs, objects = Runs(), Objects()
    shape = Shape(len(objects.names))
    detector = Detector(shape).to(options.device, memory_format=torch.channels_last)
    training = Training(detector, shape, options)
    tests = [Sheeted(runs, objects, 99, 4, test=True).sheets(4).to(options.device)]
    training.learn(
        drawn_ahead(Sheeted(runs, objects, options.seed + training.seen, options.sheets), options.workers),
        lambda sheets: (losses(detector, sheets.to(options.device)), len(sheets.classes)),
        lambda: check(detector, tests),
    )
    print(check(detector, tests))


if __name__ == "__main__":
    main()
