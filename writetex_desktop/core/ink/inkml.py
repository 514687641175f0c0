"""Ink as InkML files, in and out.

https://www.w3.org/TR/InkML/ - the Recommendation of 20 September 2011. Written are traces of X, Y, time and
pressure with their width as a brush. Read is what other programs write too: other orders of channels, formats
by reference, differences, channels that come and go, groups of traces.
"""

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.ink.ink import USUAL_WIDTH, Ink, Point, Stroke
from writetex_desktop.core.ink.trace_data import Channel, read_trace
from writetex_desktop.core.language.words import mark, tr, tr_marked

NAMESPACE = "http://www.w3.org/2003/InkML"
LARGEST_TEXT = 16 * 1024 * 1024
"""Bytes of a file that is read: a page full of ink has a hundredth of them."""

MOST_POINTS = 1_000_000

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_IN_MS = {"s": 1000.0, "ms": 1.0, "us": 0.001, "": 1.0}
_REMEDY = mark("Give an .inkml file, as pens and note programs write them.")
_USUAL = (Channel("X"), Channel("Y"))


def format_inkml(ink: Ink) -> str:
    """Write a drawing; `parse_inkml` gives back the same."""
    widths = sorted({stroke.width for stroke in ink.strokes})
    brushes = {width: f"b{number}" for number, width in enumerate(widths)}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<ink xmlns="{NAMESPACE}">',
        "  <definitions>",
        '    <traceFormat xml:id="format">',
        '      <channel name="X" type="decimal"/>',
        '      <channel name="Y" type="decimal"/>',
        '      <channel name="T" type="decimal" units="ms"/>',
        '      <channel name="F" type="decimal" min="0" max="1"/>',
        "    </traceFormat>",
        '    <context xml:id="pad" traceFormatRef="#format"/>',
    ]
    for width, name in brushes.items():
        lines += [
            f'    <brush xml:id="{name}">',
            f'      <brushProperty name="width" value="{width!r}"/>',
            '      <brushProperty name="tip" value="ellipse"/>',
            "    </brush>",
        ]
    lines.append("  </definitions>")
    for stroke in ink.strokes:
        data = ", ".join(
            f"{point.x!r} {point.y!r} {point.time_ms!r} {point.pressure!r}" for point in stroke.points
        )
        lines.append(f'  <trace contextRef="#pad" brushRef="#{brushes[stroke.width]}">{data}</trace>')
    return "\n".join([*lines, "</ink>", ""])


def parse_inkml(text: str | bytes) -> Ink:
    """Read a drawing.

    Points without a place and traces without points are left out. Pressure is brought to 0 to 1 by what
    the file says of its channel; where it says nothing, by the greatest that comes.

    Args:
        text: The file.

    Raises:
        ImageError: It is no InkML, there are no strokes in it, or it is too large.
    """
    if len(text) > LARGEST_TEXT:
        raise ImageError(tr("The InkML file is larger than 16 MB."), tr("Take it apart."))
    try:
        if (b"<!DOCTYPE" in text) if isinstance(text, bytes) else ("<!DOCTYPE" in text):
            raise _unread()
        root = ET.fromstring(text)  # noqa: S314 - without a DTD nothing grows in it
    except (ET.ParseError, ValueError, LookupError) as error:
        raise _unread() from error
    if _name(root) != "ink":
        raise _unread()
    world = _World.of(root)
    strokes = tuple(_strokes(root, world))
    if not strokes:
        raise ImageError(tr("There are no strokes in the InkML file."), tr_marked(_REMEDY))
    return Ink(strokes)


@dataclass(slots=True)
class _World:
    """What traces refer to, by the names that the file gives.

    Attributes:
        named: Every element with an `xml:id`.
        default: The channels of a trace of which nothing is said.
        points: How many points have been read.
    """

    named: Mapping[str, ET.Element]
    default: tuple[Channel, ...] = _USUAL
    points: int = 0

    @classmethod
    def of(cls, root: ET.Element) -> "_World":
        named = {name: element for element in root.iter() if (name := _id(element))}
        world = cls(named)
        for element in root:  # a format that stands by itself holds for all that follows
            if _name(element) == "traceFormat":
                world.default = _channels(element)
            elif _name(element) == "context":
                world.default = world.of_context(element)
        return world

    def at(self, reference: str | None) -> ET.Element | None:
        return self.named.get(reference.rpartition("#")[2]) if reference else None

    def of_context(self, context: ET.Element, depth: int = 0) -> tuple[Channel, ...]:
        """Give the channels of a context, which may be said there, by reference, or by another context."""
        if (found := self.at(context.get("traceFormatRef"))) is not None:
            return _channels(found)
        for inner in context.iter():
            if _name(inner) == "traceFormat":
                return _channels(inner)
        source = self.at(context.get("inkSourceRef"))
        if source is not None:
            for inner in source.iter():
                if _name(inner) == "traceFormat":
                    return _channels(inner)
        parent = self.at(context.get("contextRef"))
        if parent is not None and depth < len(self.named):
            return self.of_context(parent, depth + 1)
        return self.default


def _strokes(element: ET.Element, world: _World, context: str = "", brush: str = "") -> Iterator[Stroke]:
    """Give the strokes of the traces in an element, groups within groups included."""
    for child in element:
        name = _name(child)
        own_context = child.get("contextRef") or context
        own_brush = child.get("brushRef") or brush
        if name in {"traceGroup", "ink"}:
            yield from _strokes(child, world, own_context, own_brush)
        elif name == "trace" and child.get("type", "penDown") == "penDown":
            yield from _stroke(child, world, own_context, own_brush)


def _stroke(trace: ET.Element, world: _World, context: str, brush: str) -> Iterator[Stroke]:
    where = world.at(context)
    channels = world.of_context(where) if where is not None else world.default
    try:
        rows = read_trace("".join(trace.itertext()), channels, MOST_POINTS - world.points)
    except ValueError as error:
        raise _unread() from error
    world.points += len(rows)
    points = _points(rows, channels)
    if points:
        if where is not None and not brush:
            brush = where.get("brushRef", "")
        yield Stroke(points, _width(world.at(brush)))


def _points(rows: Sequence[Sequence[float]], channels: Sequence[Channel]) -> tuple[Point, ...]:
    places = {channel.name: number for number, channel in enumerate(channels)}
    x, y = places.get("X"), places.get("Y")
    if x is None or y is None:
        raise ImageError(tr("The InkML file has no channels X and Y."), tr_marked(_REMEDY))
    time, force = places.get("T"), places.get("F")
    to_ms = _IN_MS.get(channels[time].units, 1.0) if time is not None else 1.0
    forces = [row[force] for row in rows if math.isfinite(row[force])] if force is not None else []
    low, high = 0.0, 1.0
    if force is not None:
        low = channels[force].least or 0.0
        high = channels[force].most or max(1.0, max(forces, default=1.0))
    points = []
    for row in rows:
        if not (math.isfinite(row[x]) and math.isfinite(row[y])):
            continue
        pressure = 1.0
        if force is not None and math.isfinite(row[force]) and high > low:
            pressure = min(1.0, max(0.0, (row[force] - low) / (high - low)))
        moment = row[time] * to_ms if time is not None and math.isfinite(row[time]) else 0.0
        points.append(Point(row[x], row[y], moment, pressure))
    return tuple(points)


def _channels(trace_format: ET.Element) -> tuple[Channel, ...]:
    """Give the channels of a format: those of every point, then those that may be missing."""
    return tuple(
        Channel(
            channel.get("name", ""),
            channel.get("units", ""),
            _number(channel.get("min")),
            _number(channel.get("max")),
            channel.get("type") == "boolean",
            _number(channel.get("default")) or 0.0,
        )
        for channel in trace_format.iter()
        if _name(channel) == "channel"
    )


def _width(brush: ET.Element | None) -> float:
    if brush is not None:
        for element in brush.iter():
            if _name(element) == "brushProperty" and element.get("name") == "width":
                width = _number(element.get("value"))
                if width is not None and width > 0:
                    return width
    return USUAL_WIDTH


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text is not None else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _name(element: ET.Element) -> str:
    """The name without its namespace: some programs write none."""
    return element.tag.rpartition("}")[2]


def _id(element: ET.Element) -> str:
    return element.get(_ID) or element.get("id") or ""


def _unread() -> ImageError:
    return ImageError(tr("This is no InkML file."), tr_marked(_REMEDY))
