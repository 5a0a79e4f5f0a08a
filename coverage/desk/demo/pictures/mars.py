"""A lit city in a red desert."""

from coverage.desk.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point
from coverage.desk.demo.pictures.figures import walker
from coverage.desk.demo.pictures.moods import DUSK_ON_MARS, Mood

_GROUND = 742.0


def mars(paper: Canvas, mood: Mood = DUSK_ON_MARS, sun: float = 1080, towers: int = 60) -> None:
    """The city under a slatted sun, and somebody on the way there."""
    paper.gradient(mood.sky, bottom=_GROUND)
    paper.stars(140, mood.light, 330)
    _sun(paper, mood, sun)
    paper.disc(330, 170, 34, mood.light, 0.85)
    paper.disc(345, 162, 34, mood.high)
    for base, height, alpha in ((660, 150, 0.35), (700, 100, 0.5)):
        paper.ground(_mesas(paper, base, height), mood.high, alpha)
    _city(paper, mood, towers)
    _desert(paper, mood, sun)
    walker(paper, (372, 806), 1.3, mood.shade, mood.accent)


def _sun(paper: Canvas, mood: Mood, x: float) -> None:
    paper.glow(x, 430, 620, mood.light, 0.5)
    paper.disc(x, 430, 235, mood.light)
    with paper.within_disc(x, 430, 235):
        for n in range(9):
            paper.box(x - 250, 455 + n * 25, 500, 3 + n * 2.2, mood.low)


def _mesas(paper: Canvas, base: float, height: float) -> list[Point]:
    line: list[Point] = [(-20, base)]
    x = -20.0
    while x < WIDTH:
        top = base - height * paper.random.uniform(0.3, 1)
        plateau, slope = paper.random.uniform(60, 220), paper.random.uniform(14, 40)
        line += [(x + slope, top), (x + slope + plateau, top), (x + plateau + 2 * slope, base)]
        x += plateau + 2 * slope + paper.random.uniform(20, 160)
    return [*line, (WIDTH + 20, base)]


def _city(paper: Canvas, mood: Mood, towers: int) -> None:
    paper.glow(1000, _GROUND, 560, mood.accent, 0.5)
    for n in range(towers):
        x = 560 + 980 * n / towers + paper.random.uniform(-12, 12)
        nearness = 1 - abs(x - 1010) / 620
        height = max(24, nearness * paper.random.uniform(90, 330))
        _tower(paper, mood, x, height)


def _tower(paper: Canvas, mood: Mood, x: float, height: float) -> None:
    lamps = (mood.accent, mood.light, "#6fe3ff", "#ffe08a")
    width = paper.random.uniform(12, 34)
    top = _GROUND - height
    paper.box(x, top, width, height + 20, mood.shade, 0.93)
    if paper.random.random() < 0.3:
        paper.box(x + width / 2, top - 34, 1.6, 34, mood.shade)
        paper.disc(x + width / 2 + 1, top - 36, 2.2, mood.accent)
    for row in range(int(height / 9)):
        for column in range(int(width / 6)):
            if paper.random.random() < 0.34:
                lamp = paper.random.choice(lamps)
                paper.box(x + 2.5 + column * 6, top + 6 + row * 9, 2.6, 3.4, lamp, 0.9)


def _desert(paper: Canvas, mood: Mood, sun: float) -> None:
    """Sand that still has the light on it, a canal that carries it on, and dunes in the shade."""
    paper.gradient(((0, mood.low), (0.3, mood.sky[2][1]), (1, mood.shade)), top=_GROUND, bottom=HEIGHT)
    for n in range(26):
        y = _GROUND + 4 + n * 5
        reach = (30 + n * 6) * paper.random.uniform(0.5, 1.2)
        paper.oval(sun - 60 + paper.random.gauss(0, 30 + 3 * n), y, reach, 1.4 + n * 0.06, mood.light, 0.4)
    paper.ground(paper.ridge(786, 26, 0.9), mood.zenith, 0.55)
    paper.ground(paper.ridge(826, 44, 0.6), mood.shade, 0.9)
    paper.ground(paper.ridge(884, 40, 0.8), mood.shade)
