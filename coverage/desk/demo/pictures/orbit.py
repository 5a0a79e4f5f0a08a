"""A garden under glass, in orbit."""

import math

from coverage.desk.demo.pictures.canvas import HEIGHT, Canvas, Point

_DOME: Point = (600, 560)
_RADIUS = 330.0
_LEAVES = ("#0b3d2a", "#14573a", "#2a7d4c", "#5aa862", "#8ed07a")
_BLOSSOM = ("#ff8d6b", "#ffe08a", "#fff6e0")
_NEEDLE = ((0, 0), (0.5, -0.42), (1, -0.1), (0.5, 0.06))


def glasshouse(paper: Canvas) -> None:
    """Above a green planet."""
    paper.gradient(((0, "#04100d"), (0.6, "#0a2b22"), (1, "#124636")))
    paper.stars(260, "#e9ffe8", HEIGHT)
    _planet(paper, (1240, 1240), 720)
    x, y = _DOME
    paper.glow(x, y - 110, 560, "#b8ff9c", 0.5)
    half = [(x - 500, y - 500), (x + 500, y - 500), (x + 500, y + 10), (x - 500, y + 10)]
    with paper.within(half), paper.within_disc(x, y, _RADIUS):
        paper.disc(x, y, _RADIUS, "#d8ffd0", 0.22)
        _garden(paper)
    _glass(paper)
    _hull(paper)


def _planet(paper: Canvas, centre: Point, radius: float) -> None:
    paper.glow(centre[0], centre[1] - 90, 1000, "#6be29b", 0.5)
    paper.disc(*centre, radius, "#0f6b47")
    with paper.within_disc(*centre, radius):
        for n in range(13):
            band = [(x, 540 + n * 34 + 13 * math.sin(x / 130 + n * 1.3)) for x in range(400, 1620, 12)]
            paper.line(band, ("#1c8a5c", "#0b5238", "#3fb27c")[n % 3], 0.75, 13)
    paper.ring(centre, radius + 6, "#c5ffd9", 0.85, 5)
    for reach, alpha in ((130, 0.28), (290, 0.18), (460, 0.12)):
        paper.ring(centre, radius + reach, "#c5ffd9", alpha, 1.6)


def _garden(paper: Canvas) -> None:
    x, y = _DOME
    for _ in range(30):
        lean = paper.random.uniform(-1, 1)
        height = (1 - abs(lean) * 0.62) * paper.random.uniform(130, 290)
        _fern(paper, (x + lean * _RADIUS * 0.86, y + 20), height, lean, paper.random.choice(_LEAVES))
    for _ in range(34):
        spot = paper.random.uniform(x - 260, x + 260), paper.random.uniform(y - 190, y - 4)
        paper.disc(*spot, paper.random.uniform(3, 8), paper.random.choice(_BLOSSOM))


def _fern(paper: Canvas, foot: Point, height: float, lean: float, colour: str) -> None:
    tip = (foot[0] + lean * 46, foot[1] - height)
    bend = ((foot[0] + tip[0]) / 2 + lean * 8, foot[1] - height / 2)
    paper.line([foot, bend, tip], colour, width=4)
    for n in range(7):
        share = 0.3 + n * 0.1
        joint = (foot[0] + (tip[0] - foot[0]) * share, foot[1] - height * share)
        size = (1 - share) * 84 + 12
        for side in (-1, 1):
            paper.shape(joint, [(side * x, y) for x, y in _NEEDLE], colour, size=size)


def _glass(paper: Canvas) -> None:
    x, y = _DOME
    for n in range(-4, 5):
        rib = [(x + _RADIUS * n / 4.6 * math.sin(a / 32), y - _RADIUS * math.cos(a / 32)) for a in range(51)]
        paper.line(rib, "#f2fff0", 0.7, 2.2)
    for n in range(1, 5):
        level = n / 4.4
        half = _RADIUS * math.sqrt(1 - level**2)
        paper.line(
            [(x - half, y - _RADIUS * level), (x + half, y - _RADIUS * level)], "#f2fff0", 0.55, width=2
        )
    paper.ring(_DOME, _RADIUS - 24, "#ffffff", 0.35, 10, (205, 248))
    paper.ring(_DOME, _RADIUS, "#ffffff", 0.95, 6, (180, 360))


def _hull(paper: Canvas) -> None:
    x, y = _DOME
    paper.shape(_DOME, ((-210, 36), (210, 36), (96, 150), (-96, 150)), "#9fb7a5")
    paper.shape(_DOME, ((20, 36), (210, 36), (96, 150), (10, 150)), "#6f8d7b")
    paper.pill(x - _RADIUS - 26, y - 4, 2 * _RADIUS + 52, 40, 18, "#e6efe4")
    paper.box(x - _RADIUS, y + 22, 2 * _RADIUS, 7, "#9fb7a5", 0.8)
    for side in (-1, 1):
        for n in range(4):
            left = x + side * (_RADIUS + 40 + n * 62) - (52 if side < 0 else 0)
            paper.shape((left, y), ((0, 2), (52, 2), (46, 32), (-6, 32)), "#ff9d5c", 0.92)
            paper.line([(left + 23, y + 2), (left + 20, y + 32)], "#b8572a", 0.7, 1.6)
    for n in range(6):
        paper.pill(x - 130 + n * 46, y + 60, 26, 13, 6, "#fff3b0")
