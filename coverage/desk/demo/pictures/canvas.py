"""Paper to draw key visuals on: flat shapes, soft light and a little grain, as in screen printing."""

import math
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from PIL import Image, ImageChops, ImageColor, ImageDraw

WIDTH, HEIGHT = 1600, 900
OVERSAMPLING = 2

Point = tuple[float, float]
Stops = Sequence[tuple[float, str]]


def rgba(colour: str, alpha: float = 1.0) -> tuple[int, int, int, int]:
    """A CSS colour with an opacity from 0 to 1."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue, round(alpha * 255)


def placed(at: Point, outline: Sequence[Point], size: float = 1.0, angle: float = 0.0) -> list[Point]:
    """Points given around `at`, where they lie on the page."""
    cos, sin = size * math.cos(angle), size * math.sin(angle)
    return [(at[0] + x * cos - y * sin, at[1] + x * sin + y * cos) for x, y in outline]


class Canvas:
    """A picture of 1600 by 900 units, whatever its width in pixels; the same seed draws the same."""

    def __init__(self, width: int, seed: int) -> None:
        self.size = (width, round(width * HEIGHT / WIDTH))
        self.scale = width * OVERSAMPLING / WIDTH
        self.image = Image.new("RGB", (self._px(WIDTH), self._px(HEIGHT)))
        self.draw = ImageDraw.Draw(self.image, "RGBA")
        self.random = random.Random(seed)  # noqa: S311  # for looks, and the same each time

    def _px(self, units: float) -> int:
        return round(units * self.scale)

    def _points(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def _box(self, x: float, y: float, rx: float, ry: float) -> tuple[float, float, float, float]:
        s = self.scale
        return (x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s

    # Flat shapes

    def polygon(self, points: Sequence[Point], colour: str, alpha: float = 1.0) -> None:
        self.draw.polygon(self._points(points), fill=rgba(colour, alpha))

    def shape(
        self,
        at: Point,
        outline: Sequence[Point],
        colour: str,
        alpha: float = 1.0,
        size: float = 1.0,
        angle: float = 0.0,
    ) -> None:
        """A polygon given around the point `at`, scaled, and turned by an angle (radians, clockwise)."""
        self.polygon(placed(at, outline, size, angle), colour, alpha)

    def box(self, x: float, y: float, width: float, height: float, colour: str, alpha: float = 1.0) -> None:
        s = self.scale
        self.draw.rectangle((x * s, y * s, (x + width) * s, (y + height) * s), fill=rgba(colour, alpha))

    def pill(
        self, x: float, y: float, width: float, height: float, radius: float, colour: str, alpha: float = 1.0
    ) -> None:
        s = self.scale
        box = (x * s, y * s, (x + width) * s, (y + height) * s)
        self.draw.rounded_rectangle(box, radius * s, fill=rgba(colour, alpha))

    def disc(self, x: float, y: float, radius: float, colour: str, alpha: float = 1.0) -> None:
        self.draw.ellipse(self._box(x, y, radius, radius), fill=rgba(colour, alpha))

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str, alpha: float = 1.0) -> None:
        self.draw.ellipse(self._box(x, y, rx, ry), fill=rgba(colour, alpha))

    def ring(
        self,
        centre: Point,
        radius: float,
        colour: str,
        alpha: float = 1.0,
        width: float = 2,
        span: tuple[float, float] = (0, 360),
    ) -> None:
        """A circle's line, or the arc of it between two angles (degrees, clockwise from the right)."""
        box = self._box(*centre, radius, radius)
        self.draw.arc(box, *span, fill=rgba(colour, alpha), width=max(1, self._px(width)))

    def line(self, points: Sequence[Point], colour: str, alpha: float = 1.0, width: float = 2) -> None:
        self.draw.line(
            self._points(points), fill=rgba(colour, alpha), width=max(1, self._px(width)), joint="curve"
        )

    # Light

    def gradient(self, stops: Stops, top: float = 0, bottom: float = HEIGHT) -> None:
        """Fill the band from `top` to `bottom` with colours from above to below."""
        box = (0, self._px(top), self.image.width, self._px(bottom))
        self.image.paste(_blend(stops).resize((box[2], box[3] - box[1]), Image.Resampling.BILINEAR), box)

    @contextmanager
    def within(self, points: Sequence[Point]) -> Iterator[None]:
        """Whatever is drawn in this block shows only inside a polygon."""
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon(self._points(points), fill=255)
        yield from self._clipped(mask)

    @contextmanager
    def within_disc(self, x: float, y: float, radius: float) -> Iterator[None]:
        """Whatever is drawn in this block shows only inside a circle."""
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).ellipse(self._box(x, y, radius, radius), fill=255)
        yield from self._clipped(mask)

    def _clipped(self, mask: Image.Image) -> Iterator[None]:
        before = self.image.copy()
        yield
        self.image.paste(before, mask=ImageChops.invert(mask))

    def glow(self, x: float, y: float, radius: float, colour: str, alpha: float = 0.6) -> None:
        """Light that falls off from a point."""
        side = max(2, self._px(radius * 2))
        falloff = Image.radial_gradient("L").point([_falloff(value, alpha) for value in range(256)])
        corner = (self._px(x) - side // 2, self._px(y) - side // 2)
        mask = falloff.resize((side, side), Image.Resampling.BILINEAR)
        self.image.paste(rgba(colour)[:3], (*corner, corner[0] + side, corner[1] + side), mask)

    def stars(self, count: int, colour: str, bottom: float, largest: float = 2.4) -> None:
        for _ in range(count):
            x, y = self.random.uniform(0, WIDTH), self.random.uniform(0, bottom)
            near = self.random.random() ** 3
            self.disc(x, y, 0.7 + largest * near, colour, 0.35 + 0.6 * near)

    # Grown shapes

    def ridge(self, base: float, height: float, rough: float = 1.0, step: float = 8) -> list[Point]:
        """The upper line of hills, from left to right, about `height` above `base`."""
        waves = [
            (height / 2**n, (n + 1) ** 1.7 * rough * self.random.uniform(0.8, 1.3), self.random.uniform(0, 7))
            for n in range(5)
        ]
        count = int(WIDTH / step) + 1
        return [
            (
                i * step,
                base - sum(a * (0.5 + 0.5 * math.sin(i * step / WIDTH * 6.3 * f + p)) for a, f, p in waves),
            )
            for i in range(count + 1)
        ]

    def ground(self, line: Sequence[Point], colour: str, alpha: float = 1.0) -> None:
        """Everything below a line that runs from edge to edge."""
        self.polygon([*line, (WIDTH + 20, HEIGHT), (-20, HEIGHT)], colour, alpha)

    def finished(self, grain: float = 0.16) -> Image.Image:
        """The picture at its own size, with grain."""
        picture = self.image.resize(self.size, Image.Resampling.BOX)
        noise = Image.frombytes("L", self.size, self.random.randbytes(self.size[0] * self.size[1]))
        speckled = ImageChops.soft_light(picture, Image.merge("RGB", (noise, noise, noise)))
        return Image.blend(picture, speckled, grain)


def _falloff(distance: int, alpha: float) -> int:
    return round(255 * alpha * max(0.0, 1 - distance / 181) ** 2)


def _blend(stops: Stops) -> Image.Image:
    """Stops (place from 0 to 1, colour) as a column of 512 pixels."""
    column = Image.new("RGB", (1, 512))
    for (start, first), (end, second) in pairwise(stops):
        a, b = rgba(first), rgba(second)
        for y in range(round(start * 511), round(end * 511) + 1):
            share = (y / 511 - start) / (end - start)
            mixed = [round(a[i] + (b[i] - a[i]) * min(1, max(0, share))) for i in range(3)]
            column.putpixel((0, y), (mixed[0], mixed[1], mixed[2]))
    return column
