"""A lighthouse that the stars turn around."""

import math

from coverage.desk.demo.pictures.canvas import WIDTH, Canvas, Point
from coverage.desk.demo.pictures.moods import NIGHT_WATCH, Mood

_TOP, _HORIZON, _FOOT = 268.0, 640.0, 668.0
_ROCK = (
    (-430, 900), (-330, 800), (-210, 762), (-150, 700), (-70, 690), (-52, 664),
    (60, 664), (92, 704), (150, 716), (196, 778), (300, 806), (420, 900),
)  # fmt: skip
_ROCK_IN_SHADE = ((20, 664), (60, 664), (92, 704), (150, 716), (196, 778), (300, 806), (420, 900), (120, 900))


def lighthouse(paper: Canvas, mood: Mood = NIGHT_WATCH, lamp: float = 470, beam: float = 8) -> None:
    """`lamp` is its place from the left, `beam` the angle of its light in degrees."""
    paper.gradient(mood.sky, bottom=_HORIZON)
    _star_trails(paper, mood, (lamp, _TOP))
    paper.glow(lamp, _TOP, 420, mood.light, 0.6)
    _sea(paper, mood, lamp)
    for side, reach in ((0, 1500), (180, 1100)):
        for spread, alpha in ((6.5, 0.28), (3.2, 0.34)):
            edges = [_away((lamp, _TOP), side + beam + turn, reach) for turn in (-spread, spread)]
            paper.polygon([(lamp, _TOP - 8), *edges, (lamp, _TOP + 8)], mood.light, alpha)
    paper.shape((lamp, 0), _ROCK, mood.shade)
    paper.shape((lamp, 0), _ROCK_IN_SHADE, mood.zenith, 0.35)
    _tower(paper, mood, lamp)
    paper.glow(lamp, _TOP, 130, "#ffffff", 0.85)


def _away(start: Point, degrees: float, distance: float) -> Point:
    angle = math.radians(degrees)
    return start[0] + distance * math.cos(angle), start[1] + distance * math.sin(angle)


def _star_trails(paper: Canvas, mood: Mood, pole: Point) -> None:
    for n in range(64):
        start, length = paper.random.uniform(0, 360), paper.random.uniform(14, 84)
        alpha = paper.random.uniform(0.12, 0.6)
        width = paper.random.uniform(1, 2.8)
        paper.ring(pole, 92 + n * 19, mood.accent, alpha, width, (start, start + length))


def _sea(paper: Canvas, mood: Mood, lamp: float) -> None:
    paper.gradient(((0, mood.low), (0.25, mood.high), (1, mood.zenith)), top=_HORIZON)
    for n in range(170):
        depth = paper.random.random() ** 1.5
        y = _HORIZON + 6 + depth * 250
        near = paper.random.gauss(lamp + 240, 130 + 380 * depth)
        width = (12 + 130 * depth) * paper.random.uniform(0.4, 1)
        paper.oval(near, y, width, 0.8 + 3.2 * depth, mood.light, 0.12 + 0.3 * paper.random.random())
        if n % 3 == 0:
            paper.oval(paper.random.uniform(0, WIDTH), y + 5, width * 1.4, 1 + 4 * depth, mood.shade, 0.22)


def _tower(paper: Canvas, mood: Mood, x: float) -> None:
    foot, neck, shoulder = 50.0, 27.0, _TOP + 34

    def half(y: float) -> float:
        return neck + (foot - neck) * (y - shoulder) / (_FOOT - shoulder)

    def band(upper: float, lower: float, colour: str) -> None:
        a, b = half(upper), half(lower)
        paper.shape((x, 0), ((-a, upper), (a, upper), (b, lower), (-b, lower)), colour)

    band(shoulder, _FOOT, mood.accent)
    for n in range(3):
        band(_TOP + 94 + n * 116, _TOP + 152 + n * 116, mood.high)
    paper.shape((x, 0), ((5, shoulder), (neck, shoulder), (foot, _FOOT), (12, _FOOT)), mood.shade, 0.35)
    for y in (410, 526):
        paper.pill(x - 16, y, 11, 22, 5, mood.shade, 0.85)
    paper.box(x - 40, _TOP + 26, 80, 10, mood.shade)
    paper.box(x - 22, _TOP - 24, 44, 52, mood.light)
    for bar in (-22, -8, 6, 20):
        paper.box(x + bar, _TOP - 24, 2.4, 52, mood.shade)
    paper.shape((x, _TOP), ((-30, -22), (0, -62), (30, -22)), mood.shade)
    paper.box(x - 1.5, _TOP - 84, 3, 26, mood.shade)
