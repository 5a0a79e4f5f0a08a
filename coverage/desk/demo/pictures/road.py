"""The last night bus of a kingdom."""

import math

from coverage.desk.demo.pictures.canvas import Canvas, Point

_NIGHT = ("#0d0722", "#2b1150", "#5e2484", "#b24d9c")
_DAWN = ("#26104a", "#5c2480", "#d0629f", "#ffc59a")
_CRATERS = ((-90, -70, 52), (70, 60, 70), (110, -90, 26), (-40, 120, 34))
_TURRETS = ((-96, 46, 130), (-44, 44, 205), (6, 58, 270), (66, 44, 180), (110, 46, 110))
_PASSENGERS = ((-84, 34), (-40, 50), (40, 40), (82, 30))


def night_bus(paper: Canvas, moon: float = 1130, dawn: bool = False) -> None:
    """On its way down from the castle under a vast moon."""
    zenith, high, low, horizon = _DAWN if dawn else _NIGHT
    paper.gradient(((0, zenith), (0.42, high), (0.78, low), (1, horizon)), bottom=560)
    paper.stars(220, "#fff1d6", 520)
    paper.glow(moon, 330, 560, "#ffd9a8", 0.5)
    paper.disc(moon, 330, 250, "#ffe7c0")
    for x, y, radius in _CRATERS:
        paper.disc(moon + x, 330 + y, radius, "#f3cf9f", 0.55)
    _castle(paper, moon, 480, "#1a0a33")
    for base, height, rough, colour in (
        (560, 70, 0.5, "#2a1050"),
        (650, 70, 0.7, "#1c0a3a"),
        (742, 46, 0.6, "#120626"),
    ):
        paper.ground(paper.ridge(base, height, rough), colour, 0.95)
    _road(paper, moon)
    _bus(paper, 520, 690)


def _castle(paper: Canvas, x: float, foot: float, colour: str) -> None:
    paper.shape((x, foot), ((-330, 150), (-120, 0), (130, 0), (360, 150)), colour)
    paper.box(x - 118, foot - 84, 250, 90, colour)
    for shift, width, height in _TURRETS:
        left, top = x + shift - width / 2, foot - height
        paper.box(left, top, width, height + 6, colour)
        paper.polygon([(left - 8, top), (x + shift, top - 74), (left + width + 8, top)], colour)
        for n in range(int(height / 44)):
            paper.pill(x + shift - 4, top + 18 + n * 40, 8, 15, 4, "#ffcf6b", 0.95)


def _road(paper: Canvas, moon: float) -> None:
    def edge(t: float, side: float) -> Point:
        """A point of the road: `t` from far, 0, to near, 1; `side` from -1 to 1."""
        middle = moon - 20 - 560 * math.sin(t * 1.55) + 110 * math.sin(t * 6.2) * (1 - t)
        return middle + side * (8 + 330 * t**1.6), 630 + 290 * t

    steps = [n / 60 for n in range(61)]
    paper.polygon([edge(t, -1) for t in steps] + [edge(t, 1) for t in reversed(steps)], "#3a2260")
    for n in range(16):
        t = (n / 16) ** 1.4
        paper.line([edge(t, 0), edge(min(1, t + 0.028 + t * 0.03), 0)], "#ffd98c", 0.9, 1.5 + 9 * t)
    for n in range(7):
        t = 0.06 + (n / 7) ** 1.3 * 0.9
        for side in (-1.16, 1.16):
            _lamp(paper, edge(t, side), 24 + 170 * t, t)


def _lamp(paper: Canvas, foot: Point, height: float, nearness: float) -> None:
    x, top = foot[0], foot[1] - height
    paper.box(x - 1 - 2 * nearness, top, 2 + 4 * nearness, height, "#0c0420")
    paper.glow(x, top, 30 + 110 * nearness, "#ffcf7a", 0.75)
    paper.disc(x, top, 3 + 8 * nearness, "#fff0c2")


def _bus(paper: Canvas, x: float, y: float) -> None:
    """Coming towards us, its lamps lit; `x`, `y` is the middle of its front."""
    paper.shape((x, y), ((-110, 90), (110, 90), (430, 215), (-430, 215)), "#ffe9a8", 0.2)
    paper.oval(x, y + 150, 175, 16, "#05010f", 0.7)
    for wheel in (-104, 66):
        paper.pill(x + wheel, y + 104, 38, 48, 10, "#05010f")
    paper.pill(x - 132, y - 190, 264, 318, 34, "#f4efe6")
    paper.pill(x - 132, y + 4, 264, 124, 28, "#c0306f")
    paper.box(x - 132, y + 4, 264, 30, "#c0306f")
    paper.box(x - 132, y - 2, 264, 6, "#ffb938")
    paper.pill(x - 112, y - 178, 224, 40, 12, "#170730")
    for n in (0, 1, 2, 3, 5, 6, 7, 8):
        paper.box(x - 92 + n * 21, y - 168, 13, 19, "#ffb938", 0.95)
    paper.pill(x - 114, y - 124, 228, 118, 16, "#ffd88a")
    paper.box(x - 2.5, y - 124, 5, 118, "#f4efe6")
    for seat, tall in _PASSENGERS:
        paper.disc(x + seat, y - 40 - tall / 3, 15, "#4a1d5e")
        paper.pill(x + seat - 21, y - 40, 42, 36, 14, "#4a1d5e")
    for side in (-1, 1):
        paper.glow(x + side * 92, y + 66, 120, "#fff3c4", 0.9)
        paper.disc(x + side * 92, y + 66, 23, "#fffbe8")
        paper.box(x + side * 142 - 8, y - 110, 16, 52, "#170730")
    paper.pill(x - 40, y + 54, 80, 26, 8, "#f4efe6")
