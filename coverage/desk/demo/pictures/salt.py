"""Salt pans that mirror a cinnabar sun."""

import math

from coverage.desk.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from coverage.desk.demo.pictures.figures import walker
from coverage.desk.demo.pictures.moods import FURNACE, Mood

_HORIZON = 520.0
_REFINERY = ((-120, 6), (-120, -62), (-60, -96), (0, -62), (66, -62), (66, 6))
_STACK = ((-22, 6), (-13, -250), (13, -250), (22, 6))


def salt_pans(paper: Canvas, mood: Mood = FURNACE, sun: float = 800, workers: int = 1) -> None:
    """The sun whole in the sky and broken in the pans below."""
    paper.gradient(mood.sky, bottom=_HORIZON)
    paper.glow(sun, _HORIZON - 150, 560, mood.light, 0.55)
    paper.disc(sun, _HORIZON - 150, 218, mood.accent)
    for height, alpha in ((150, 0.28), (78, 0.55)):
        paper.ground(paper.ridge(_HORIZON, height, 0.9), mood.shade, alpha)
    paper.gradient(((0, mood.horizon), (0.45, mood.low), (1, mood.high)), top=_HORIZON)
    with paper.within([(0, _HORIZON), (WIDTH, _HORIZON), (WIDTH, HEIGHT), (0, HEIGHT)]):
        paper.oval(sun, _HORIZON + 128, 222, 190, mood.accent, 0.8)
    _dykes(paper, mood, sun)
    _refinery(paper, mood, sun + 470)
    for n in range(workers):
        feet = (sun - 330 + n * 520, 742 + 40 * (n % 2))
        paper.oval(feet[0] + 4, feet[1] + 3, 46, 5, mood.shade, 0.35)
        walker(paper, feet, 1.2 - 0.25 * (n % 2), mood.shade, mood.light)


def _dykes(paper: Canvas, mood: Mood, vanishing: float) -> None:
    """The low walls between the pans, running to one point, and heaps of salt beside them."""
    for n in range(-9, 10):
        foot, edge = vanishing + n * 260, 8 + abs(n) * 0.6
        wall = [(vanishing + n * 30, _HORIZON), (foot - edge, HEIGHT), (foot + edge, HEIGHT)]
        paper.polygon(wall, mood.light, 0.75)
    y, gap = _HORIZON + 10, 12.0
    while y < HEIGHT:
        paper.box(0, y, WIDTH, max(1.4, gap / 7), mood.light, 0.7)
        y, gap = y + gap, gap * 1.5
    for _ in range(70):
        x, y = paper.random.uniform(0, WIDTH), paper.random.uniform(_HORIZON + 14, HEIGHT)
        heap = ((-2, 0), (0, -1), (2, 0))
        paper.shape((x, y), heap, mood.light, 0.9, size=2 + (y - _HORIZON) / 26)
        paper.shape((x, y), ((0, -1), (2, 0), (0.4, 0)), mood.high, 0.3, size=2 + (y - _HORIZON) / 26)


def _refinery(paper: Canvas, mood: Mood, x: float) -> None:
    for n in range(15):
        paper.disc(x + 8 + n * 17, _HORIZON - 262 - n * 15 - 5 * math.sin(n), 15 + n * 5.4, mood.light, 0.15)
    paper.shape((x, _HORIZON), _STACK, mood.shade)
    paper.box(x - 18, _HORIZON - 258, 36, 14, mood.accent)
    paper.shape((x, _HORIZON), _REFINERY, mood.shade)
    for n in range(5):
        paper.box(x - 104 + n * 28, _HORIZON - 44, 12, 20, mood.horizon)
