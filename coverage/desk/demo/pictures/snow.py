"""Mountains as a map sees them."""

import math

from coverage.desk.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, placed
from coverage.desk.demo.pictures.moods import WHITE_NIGHT, Mood

_BASE = 740.0
_DRIFTS = ("#8f9fdc", "#b4c0ea", "#d3daf4", "#e9ecfa", "#ffffff")
# A peak by its parts, around its top; 1 is half its width across and its whole height down.
_SPINE = ((0, 0), (0.06, 0.3), (-0.1, 0.55), (0.08, 1))
_SNOW_IN_LIGHT = ((0, 0), (-0.33, 0.33), (-0.17, 0.29), (-0.1, 0.4), (0, 0.26), (0.06, 0.3))
_SNOW_IN_SHADE = ((0, 0), (0.06, 0.3), (0.17, 0.36), (0.3, 0.3))


def winter_survey(paper: Canvas, mood: Mood = WHITE_NIGHT) -> None:
    """Faceted peaks with contour lines drawn over them, and a theodolite."""
    paper.gradient(mood.sky, bottom=680)
    paper.disc(1240, 200, 62, mood.light, 0.95)
    paper.glow(1240, 200, 330, mood.light, 0.45)
    paper.stars(90, mood.light, 300, 1.8)
    for top, width, alpha in (((330, 300), 420, 0.55), ((1370, 330), 420, 0.6), ((830, 150), 620, 1.0)):
        _peak(paper, mood, top, width, alpha)
    _heights(paper, mood, (830, 150), 620)
    for n, colour in enumerate(_DRIFTS):
        paper.ground(paper.ridge(700 + n * 44, 60 - n * 8, 0.6), colour)
    _contours(paper, mood)
    _theodolite(paper, mood, 420, 800)
    for _ in range(240):
        x, y = paper.random.uniform(0, WIDTH), paper.random.uniform(0, HEIGHT)
        paper.disc(x, y, paper.random.uniform(0.8, 3.4), mood.light, 0.75)


def _peak(paper: Canvas, mood: Mood, top: Point, width: float, alpha: float) -> None:
    height = _BASE - top[1]

    def facet(outline: tuple[Point, ...], colour: str) -> None:
        paper.shape(top, [(x * width, y * height) for x, y in outline], colour, alpha)

    facet(((0, 0), (-1, 1), (1, 1)), "#5a6cba")
    facet((*_SPINE, (1, 1)), "#2c3880")
    facet(_SNOW_IN_LIGHT, mood.light)
    facet(_SNOW_IN_SHADE, "#aab7ee")


def _heights(paper: Canvas, mood: Mood, top: Point, width: float) -> None:
    """Contour lines up the mountain, kinked where its spine is, as on a map that believes in it."""
    with paper.within(placed(top, ((0, 0), (-width, _BASE - top[1]), (width, _BASE - top[1])))):
        for n in range(3, 12):
            y = top[1] + n * 52
            line = [
                (x, y + abs(x - top[0] - 12) * 0.12 + 7 * math.sin(x / 47 + n) + 5 * math.sin(x / 19 + n * 2))
                for x in range(200, 1460, 8)
            ]
            paper.line(line, mood.accent, 0.8 if n % 4 == 0 else 0.38, 2.6 if n % 4 == 0 else 1.4)


def _contours(paper: Canvas, mood: Mood) -> None:
    for n in range(9):
        line = [
            (x, 762 + n * 17 + (14 + n) * math.sin(x / 190 + n * 0.42) + 9 * math.sin(x / 71 + n))
            for x in range(0, WIDTH + 10, 10)
        ]
        paper.line(line, mood.accent, 0.85 if n % 4 == 0 else 0.4, 3 if n % 4 == 0 else 1.5)


def _theodolite(paper: Canvas, mood: Mood, x: float, foot: float) -> None:
    top = foot - 230
    for reach in (-84, 0, 84):
        paper.line([(x, top + 34), (x + reach, foot + abs(reach) * 0.18)], mood.shade, width=8)
    paper.box(x - 26, top + 22, 52, 14, mood.shade)
    paper.box(x - 22, top - 26, 44, 50, mood.shade)
    paper.shape((x, top), ((-46, -14), (62, -40), (68, -22), (-40, 8)), mood.shade)
    paper.disc(x, top - 4, 13, mood.accent)
    paper.disc(x + 66, top - 31, 7, mood.light)
