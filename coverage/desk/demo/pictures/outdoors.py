"""Mars, a lighthouse, salt pans and a winter survey."""

import math
from dataclasses import dataclass

from coverage.desk.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Stops


@dataclass(frozen=True)
class Mood:
    """The hour and the weather: a sky, the colour of what shines, and of what stands against it."""

    sky: Stops
    light: str
    shade: str
    accent: str = "#ffffff"


DUSK_ON_MARS = Mood(
    ((0, "#1b0714"), (0.34, "#5a0f26"), (0.62, "#c42a2c"), (0.8, "#f27345"), (1, "#ffc178")),
    "#ffd9a0",
    "#14060f",
    "#ff3b6b",
)
CARNIVAL_ON_MARS = Mood(
    ((0, "#0b0820"), (0.45, "#2f0d45"), (0.72, "#a3195f"), (0.9, "#ff5d6c"), (1, "#ffb07a")),
    "#ffc9d8",
    "#0a0517",
    "#38e0d8",
)
DESERT_ON_MARS = Mood(
    ((0, "#7a1f22"), (0.4, "#d2532f"), (0.72, "#f59b58"), (1, "#ffe1ae")), "#fff3d6", "#2a0b12", "#ff5a3c"
)


def mars(paper: Canvas, mood: Mood = DUSK_ON_MARS, sun: float = 1080, towers: int = 60) -> None:
    """A lit city under a slatted sun, and somebody on the way there."""
    paper.gradient(mood.sky, bottom=700)
    paper.stars(140, mood.light, 330)
    paper.glow(sun, 430, 620, mood.light, 0.5)
    paper.disc(sun, 430, 235, mood.light)
    for n in range(9):
        paper.box(sun - 250, 455 + n * 25, 500, 3 + n * 2.2, mood.sky[-2][1], 0.95)
    paper.disc(330, 170, 34, mood.light, 0.85)
    paper.disc(345, 162, 34, mood.sky[1][1])
    for base, height, alpha in ((640, 130, 0.35), (672, 90, 0.5)):
        paper.ground(_mesas(paper, base, height), mood.sky[1][1], alpha)
    _city(paper, mood, towers)
    paper.ground(paper.ridge(742, 26, 1.2), mood.shade, 0.72)
    paper.ground(paper.ridge(806, 48, 0.8), mood.shade)
    _walker(paper, 372, 778, 1.15, mood.shade, mood.accent)


def _mesas(paper: Canvas, base: float, height: float) -> list[tuple[float, float]]:
    line: list[tuple[float, float]] = [(-20, base)]
    x = -20.0
    while x < WIDTH:
        top = base - height * paper.random.uniform(0.3, 1)
        plateau, slope = paper.random.uniform(60, 220), paper.random.uniform(14, 40)
        line += [(x + slope, top), (x + slope + plateau, top), (x + plateau + 2 * slope, base)]
        x += plateau + 2 * slope + paper.random.uniform(20, 160)
    return [*line, (WIDTH + 20, base)]


def _city(paper: Canvas, mood: Mood, towers: int) -> None:
    lamps = (mood.accent, mood.light, "#6fe3ff", "#ffe08a")
    paper.glow(980, 720, 520, mood.accent, 0.45)
    for n in range(towers):
        x = 560 + 980 * n / towers + paper.random.uniform(-12, 12)
        nearness = 1 - abs(x - 1010) / 620
        height = max(24, nearness * paper.random.uniform(90, 330))
        width = paper.random.uniform(12, 34)
        paper.box(x, 740 - height, width, height + 20, mood.shade, 0.93)
        if paper.random.random() < 0.3:
            paper.box(x + width / 2, 740 - height - 34, 1.6, 34, mood.shade)
            paper.disc(x + width / 2 + 1, 704 - height, 2.2, mood.accent)
        for row in range(int(height / 9)):
            for column in range(int(width / 6)):
                if paper.random.random() < 0.34:
                    lamp = paper.random.choice(lamps)
                    paper.box(x + 2.5 + column * 6, 746 - height + row * 9, 2.6, 3.4, lamp, 0.9)


def _walker(paper: Canvas, x: float, y: float, size: float, colour: str, scarf: str) -> None:
    """Somebody seen from behind, a scarf in the wind; `y` is where the feet are."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + dx * size, y + dy * size) for dx, dy in points]

    paper.polygon(at((-8, 0), (-2, 0), (-1, -44), (-14, -44)), colour)
    paper.polygon(at((4, 0), (10, 0), (14, -44), (1, -44)), colour)
    paper.polygon(at((-24, -30), (24, -30), (13, -100), (-12, -100)), colour)
    paper.disc(x, y - 112 * size, 13 * size, colour)
    paper.polygon(at((-11, -101), (10, -103), (58, -118), (92, -108), (60, -104), (11, -92)), scarf)


NIGHT_WATCH = Mood(
    ((0, "#07122b"), (0.5, "#12386b"), (0.85, "#3f86a8"), (1, "#a9d6c8")), "#ffe9a8", "#050b1c", "#fff6d8"
)
STORM_WATCH = Mood(
    ((0, "#161b26"), (0.5, "#34485a"), (0.85, "#6f8b92"), (1, "#b7c2b4")), "#fff2c4", "#0a0f18", "#ffffff"
)
FIRST_LIGHT = Mood(
    ((0, "#2b3f7c"), (0.45, "#8a6fae"), (0.78, "#f29e97"), (1, "#ffe0b0")), "#fff4d0", "#1c1c40", "#ffffff"
)
NOON_WATCH = Mood(((0, "#1679b5"), (0.55, "#5fb7dc"), (1, "#e8f3dd")), "#fffbe6", "#12344f", "#ffffff")


def lighthouse(paper: Canvas, mood: Mood = NIGHT_WATCH, lamp: float = 470, beam: float = 8) -> None:
    """A lighthouse that the stars turn around, its beam over the sea; `beam` is its angle."""
    top, horizon = 268.0, 640.0
    paper.gradient(mood.sky, bottom=horizon)
    for n in range(26):
        start = paper.random.uniform(0, 360)
        length = paper.random.uniform(40, 150)
        alpha = 0.55 - n * 0.014
        paper.ring((lamp, top), 96 + n * 46, mood.accent, alpha, 2.2, (start, start + length))
    paper.glow(lamp, top, 420, mood.light, 0.6)
    _sea(paper, mood, horizon, lamp)
    for side, reach in ((0, 1500), (180, 1100)):
        edges = [
            (
                lamp + reach * math.cos(math.radians(side + beam + spread)),
                top + reach * math.sin(math.radians(side + beam + spread)),
            )
            for spread in (-6.5, 6.5)
        ]
        paper.polygon([(lamp, top - 9), *edges, (lamp, top + 9)], mood.light, 0.3)
        inner = [
            ((x + edges[1 - i][0] * 0.35) / 1.35, (y + edges[1 - i][1] * 0.35) / 1.35)
            for i, (x, y) in enumerate(edges)
        ]
        paper.polygon([(lamp, top - 6), *inner, (lamp, top + 6)], mood.light, 0.35)
    _tower(paper, mood, lamp, top)


def _sea(paper: Canvas, mood: Mood, horizon: float, lamp: float) -> None:
    paper.gradient(((0, mood.sky[-2][1]), (0.25, mood.sky[1][1]), (1, mood.sky[0][1])), top=horizon)
    for n in range(150):
        depth = paper.random.random() ** 1.5
        y = horizon + 6 + depth * 250
        near = paper.random.gauss(lamp + 240, 130 + 380 * depth)
        width = (12 + 130 * depth) * paper.random.uniform(0.4, 1)
        paper.oval(near, y, width, 0.8 + 3.2 * depth, mood.light, 0.12 + 0.3 * paper.random.random())
        if n % 3 == 0:
            paper.oval(paper.random.uniform(0, WIDTH), y + 5, width * 1.4, 1 + 4 * depth, mood.shade, 0.22)


def _tower(paper: Canvas, mood: Mood, x: float, top: float) -> None:
    rock = [
        (x - 430, 900),
        (x - 330, 800),
        (x - 210, 762),
        (x - 150, 700),
        (x - 70, 690),
        (x - 52, 664),
        (x + 60, 664),
        (x + 92, 704),
        (x + 150, 716),
        (x + 196, 778),
        (x + 300, 806),
        (x + 420, 900),
    ]
    paper.polygon(rock, mood.shade)
    foot, neck = 50.0, 27.0
    paper.polygon([(x - foot, 668), (x - neck, top + 34), (x + neck, top + 34), (x + foot, 668)], mood.accent)
    for n in range(3):
        y0, y1 = top + 94 + n * 116, top + 152 + n * 116
        w0, w1 = (neck + (foot - neck) * (y - top - 34) / (634 - top) for y in (y0, y1))
        paper.polygon([(x - w0, y0), (x + w0, y0), (x + w1, y1), (x - w1, y1)], mood.sky[1][1])
    paper.polygon([(x + 5, top + 34), (x + neck, top + 34), (x + foot, 668), (x + 12, 668)], mood.shade, 0.35)
    paper.box(x - 40, top + 26, 80, 10, mood.shade)
    paper.box(x - 22, top - 24, 44, 52, mood.light)
    for bar in (-22, -8, 6, 20):
        paper.box(x + bar, top - 24, 2.4, 52, mood.shade)
    paper.polygon([(x - 30, top - 22), (x, top - 62), (x + 30, top - 22)], mood.shade)
    paper.box(x - 1.5, top - 84, 3, 26, mood.shade)
    paper.glow(x, top, 130, "#ffffff", 0.85)


FURNACE = Mood(
    ((0, "#5a1210"), (0.4, "#b8321b"), (0.75, "#f08a3c"), (1, "#ffd58a")), "#fff0cf", "#2b0a0a", "#d92b1c"
)
BONE_MORNING = Mood(
    ((0, "#8d8b5c"), (0.45, "#c4bd86"), (0.8, "#ece2bd"), (1, "#fbf4dc")), "#fffaf0", "#33301b", "#c2451f"
)
EVAPORATION = Mood(
    ((0, "#3c1a3a"), (0.4, "#93324a"), (0.75, "#ef7f5a"), (1, "#ffdca6")), "#ffe9c9", "#210d20", "#e23d28"
)


def salt_pans(paper: Canvas, mood: Mood = FURNACE, sun: float = 800, workers: int = 1) -> None:
    """A cinnabar sun, whole in the sky and broken in the salt pans below."""
    horizon = 520.0
    paper.gradient(mood.sky, bottom=horizon)
    paper.glow(sun, horizon - 150, 560, mood.light, 0.55)
    paper.disc(sun, horizon - 150, 218, mood.accent)
    for base, height, alpha in ((horizon, 150, 0.28), (horizon, 78, 0.55)):
        paper.ground(paper.ridge(base, height, 0.9), mood.shade, alpha)
    paper.gradient(((0, mood.sky[-1][1]), (0.45, mood.sky[-2][1]), (1, mood.sky[1][1])), top=horizon)
    with paper.within([(0, horizon), (WIDTH, horizon), (WIDTH, HEIGHT), (0, HEIGHT)]):
        paper.oval(sun, horizon + 128, 222, 190, mood.accent, 0.8)
    _dykes(paper, mood, horizon, sun)
    for n in range(workers):
        _walker(paper, sun - 330 + n * 520, 742 + 40 * (n % 2), 1.2 - 0.25 * (n % 2), mood.shade, mood.light)
    _chimney(paper, mood, sun + 470, horizon)


def _dykes(paper: Canvas, mood: Mood, horizon: float, vanishing: float) -> None:
    """The low walls between the pans, running to one point."""
    for n in range(-9, 10):
        foot = vanishing + n * 260
        edge = 4 + abs(n) * 0.3
        paper.polygon(
            [(vanishing + n * 30, horizon), (foot - edge * 2, HEIGHT), (foot + edge * 2, HEIGHT)],
            mood.light,
            0.75,
        )
    y, gap = horizon + 10, 12.0
    while y < HEIGHT:
        paper.box(0, y, WIDTH, max(1.4, gap / 7), mood.light, 0.7)
        y, gap = y + gap, gap * 1.5
    for _ in range(70):
        x, y = paper.random.uniform(0, WIDTH), paper.random.uniform(horizon + 14, HEIGHT)
        size = 2 + (y - horizon) / 26
        paper.polygon([(x - size * 2, y), (x, y - size), (x + size * 2, y)], mood.light, 0.9)


def _chimney(paper: Canvas, mood: Mood, x: float, ground: float) -> None:
    for n in range(15):
        drift = n * 17
        paper.disc(x + 8 + drift, ground - 262 - n * 15 - 5 * math.sin(n), 15 + n * 5.4, mood.light, 0.15)
    paper.polygon(
        [(x - 22, ground + 6), (x - 13, ground - 250), (x + 13, ground - 250), (x + 22, ground + 6)],
        mood.shade,
    )
    paper.box(x - 18, ground - 258, 36, 14, mood.accent)
    paper.polygon(
        [
            (x - 120, ground + 6),
            (x - 120, ground - 62),
            (x - 60, ground - 96),
            (x, ground - 62),
            (x + 66, ground - 62),
            (x + 66, ground + 6),
        ],
        mood.shade,
    )
    for n in range(5):
        paper.box(x - 104 + n * 28, ground - 44, 12, 20, mood.sky[-1][1])


WHITE_NIGHT = Mood(
    ((0, "#1d2352"), (0.5, "#4658a6"), (0.85, "#a8b6e6"), (1, "#f0e4ee")), "#ffffff", "#141838", "#e8743b"
)


def winter_survey(paper: Canvas, mood: Mood = WHITE_NIGHT) -> None:
    """Faceted peaks with the contour lines of a map drawn through them, and a theodolite."""
    paper.gradient(mood.sky, bottom=680)
    paper.disc(1240, 200, 62, mood.light, 0.95)
    paper.glow(1240, 200, 330, mood.light, 0.45)
    paper.stars(90, mood.light, 300, 1.8)
    for x, y, width, alpha in ((330, 300, 420, 0.55), (1370, 330, 420, 0.6), (830, 150, 620, 1.0)):
        _peak(paper, mood, (x, y), width, alpha)
    for n in range(5):
        paper.ground(
            paper.ridge(700 + n * 44, 60 - n * 8, 0.6),
            ("#8f9fdc", "#b4c0ea", "#d3daf4", "#e9ecfa", "#ffffff")[n],
        )
    _contours(paper, mood)
    _theodolite(paper, mood, 420, 800)
    for _ in range(240):
        x, y = paper.random.uniform(0, WIDTH), paper.random.uniform(0, HEIGHT)
        paper.disc(x, y, paper.random.uniform(0.8, 3.4), mood.light, 0.75)


def _peak(paper: Canvas, mood: Mood, top: tuple[float, float], width: float, alpha: float) -> None:
    x, y = top
    base = 740.0
    paper.polygon([top, (x - width, base), (x + width, base)], "#5a6cba", alpha)
    spine = [
        (x, y),
        (x + width * 0.06, y + (base - y) * 0.3),
        (x - width * 0.1, y + (base - y) * 0.55),
        (x + width * 0.08, base),
    ]
    paper.polygon([*spine, (x + width, base)], "#2c3880", alpha)
    paper.polygon(
        [
            (x, y),
            (x - width * 0.33, y + (base - y) * 0.33),
            (x - width * 0.17, y + (base - y) * 0.29),
            (x - width * 0.1, y + (base - y) * 0.4),
            (x, y + (base - y) * 0.26),
            spine[1],
        ],
        mood.light,
        alpha,
    )
    paper.polygon(
        [
            (x, y),
            spine[1],
            (x + width * 0.17, y + (base - y) * 0.36),
            (x + width * 0.3, y + (base - y) * 0.3),
        ],
        "#aab7ee",
        alpha,
    )


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
    paper.polygon(
        [(x - 22, top + 24), (x - 22, top - 26), (x + 22, top - 26), (x + 22, top + 24)], mood.shade
    )
    paper.polygon([(x - 46, top - 14), (x + 62, top - 40), (x + 68, top - 22), (x - 40, top + 8)], mood.shade)
    paper.disc(x, top - 4, 13, mood.accent)
    paper.disc(x + 66, top - 31, 7, mood.light)
