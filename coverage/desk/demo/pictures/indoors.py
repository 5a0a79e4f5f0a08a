"""A night bus, a glasshouse in orbit, a swimming pool and an empty stage."""

import math

from coverage.desk.demo.pictures.canvas import HEIGHT, WIDTH, Canvas


def night_bus(paper: Canvas, moon: float = 1130, dawn: bool = False) -> None:
    """The last bus of a kingdom, on its way down from the castle under a vast moon."""
    sky = (
        ("#26104a", "#5c2480", "#d0629f", "#ffc59a") if dawn else ("#0d0722", "#2b1150", "#5e2484", "#b24d9c")
    )
    paper.gradient(((0, sky[0]), (0.42, sky[1]), (0.78, sky[2]), (1, sky[3])), bottom=640)
    paper.stars(220, "#fff1d6", 520)
    paper.glow(moon, 330, 560, "#ffd9a8", 0.5)
    paper.disc(moon, 330, 250, "#ffe7c0")
    for x, y, radius in (
        (moon - 90, 260, 52),
        (moon + 70, 390, 70),
        (moon + 110, 240, 26),
        (moon - 40, 450, 34),
    ):
        paper.disc(x, y, radius, "#f3cf9f", 0.55)
    _castle(paper, moon, 480, "#1a0a33")
    paper.ground(paper.ridge(560, 70, 0.5), "#2a1050", 0.85)
    paper.ground(paper.ridge(650, 70, 0.7), "#1c0a3a")
    paper.ground(paper.ridge(742, 46, 0.6), "#120626")
    _road(paper, moon)
    _bus(paper, 520, 690)


def _castle(paper: Canvas, x: float, foot: float, colour: str) -> None:
    paper.polygon([(x - 330, foot + 150), (x - 120, foot), (x + 130, foot), (x + 360, foot + 150)], colour)
    for shift, width, height in ((-96, 46, 130), (-44, 40, 205), (6, 56, 270), (66, 38, 180), (110, 44, 110)):
        left = x + shift - width / 2
        paper.box(left, foot - height, width, height + 6, colour)
        paper.polygon(
            [(left - 8, foot - height), (x + shift, foot - height - 74), (left + width + 8, foot - height)],
            colour,
        )
        for n in range(int(height / 44)):
            paper.pill(x + shift - 4, foot - height + 18 + n * 40, 8, 15, 4, "#ffcf6b", 0.95)


def _road(paper: Canvas, moon: float) -> None:
    def edge(t: float, side: float) -> tuple[float, float]:
        y = 630 + 290 * t
        middle = moon - 20 - 560 * math.sin(t * 1.55) + 110 * math.sin(t * 6.2) * (1 - t)
        return middle + side * (8 + 330 * t**1.6), y

    steps = [n / 60 for n in range(61)]
    paper.polygon([edge(t, -1) for t in steps] + [edge(t, 1) for t in reversed(steps)], "#3a2260")
    for n in range(16):
        t = (n / 16) ** 1.4
        a, b = edge(t, 0), edge(min(1, t + 0.028 + t * 0.03), 0)
        paper.line([a, b], "#ffd98c", 0.9, 1.5 + 9 * t)
    for n in range(7):
        t = 0.06 + (n / 7) ** 1.3 * 0.9
        for side in (-1.16, 1.16):
            x, y = edge(t, side)
            height = 24 + 170 * t
            paper.box(x - 1 - 2 * t, y - height, 2 + 4 * t, height, "#0c0420")
            paper.glow(x, y - height, 30 + 110 * t, "#ffcf7a", 0.75)
            paper.disc(x, y - height, 3 + 8 * t, "#fff0c2")


def _bus(paper: Canvas, x: float, y: float) -> None:
    """A bus coming towards us, its lamps lit; `x`, `y` is the middle of its front."""
    paper.polygon([(x - 110, y + 90), (x + 110, y + 90), (x + 430, 905), (x - 430, 905)], "#ffe9a8", 0.2)
    paper.oval(x, y + 150, 175, 16, "#05010f", 0.7)
    for wheel in (-104, 66):
        paper.pill(x + wheel, y + 104, 38, 48, 10, "#05010f")
    paper.pill(x - 132, y - 190, 264, 318, 34, "#f4efe6")
    paper.pill(x - 132, y + 4, 264, 124, 28, "#c0306f")
    paper.box(x - 132, y + 4, 264, 30, "#c0306f")
    paper.pill(x - 112, y - 178, 224, 40, 12, "#170730")
    for n in range(9):
        if n != 4:
            paper.box(x - 92 + n * 21, y - 168, 13, 19, "#ffb938", 0.95)
    paper.pill(x - 114, y - 124, 228, 118, 16, "#ffd88a")
    paper.box(x - 2.5, y - 124, 5, 118, "#f4efe6")
    for seat, tall in ((-84, 34), (-40, 50), (40, 40), (82, 30)):
        paper.disc(x + seat, y - 40 - tall / 3, 15, "#4a1d5e")
        paper.pill(x + seat - 21, y - 40, 42, 36, 14, "#4a1d5e")
    for side in (-1, 1):
        paper.glow(x + side * 92, y + 66, 120, "#fff3c4", 0.9)
        paper.disc(x + side * 92, y + 66, 23, "#fffbe8")
        paper.box(x + side * 142 - 8, y - 110, 16, 52, "#170730")
    paper.pill(x - 40, y + 54, 80, 26, 8, "#f4efe6")


def glasshouse(paper: Canvas) -> None:
    """A garden under glass, in orbit round a green planet."""
    paper.gradient(((0, "#04100d"), (0.6, "#0a2b22"), (1, "#124636")))
    paper.stars(260, "#e9ffe8", 900)
    paper.glow(1240, 1150, 1000, "#6be29b", 0.5)
    paper.disc(1240, 1240, 720, "#0f6b47")
    with paper.within_disc(1240, 1240, 720):
        for n in range(13):
            paper.line(
                [(x, 540 + n * 34 + 13 * math.sin(x / 130 + n * 1.3)) for x in range(400, 1620, 12)],
                ("#1c8a5c", "#0b5238", "#3fb27c")[n % 3],
                0.75,
                13,
            )
    paper.ring((1240, 1240), 726, "#c5ffd9", 0.85, 5)
    for radius, alpha in ((850, 0.28), (1010, 0.18), (1180, 0.12)):
        paper.ring((1240, 1240), radius, "#c5ffd9", alpha, 1.6)
    _dome(paper, 600, 560, 330)


def _dome(paper: Canvas, x: float, y: float, radius: float) -> None:
    paper.glow(x, y - 110, 560, "#b8ff9c", 0.5)
    paper.disc(x, y, radius, "#d8ffd0", 0.2)
    with (
        paper.within([(x - 500, y - 500), (x + 500, y - 500), (x + 500, y + 28), (x - 500, y + 28)]),
        paper.within_disc(x, y, radius),
    ):
        for _ in range(26):
            lean = paper.random.uniform(-1, 1)
            foot = x + lean * radius * 0.86
            height = (1 - abs(lean) * 0.62) * paper.random.uniform(130, 290)
            colour = paper.random.choice(("#0b3d2a", "#14573a", "#2a7d4c", "#5aa862", "#8ed07a"))
            _frond(paper, foot, y + 36, height, lean, colour)
        for _ in range(34):
            px, py = paper.random.uniform(x - 260, x + 260), paper.random.uniform(y - 190, y + 10)
            paper.disc(
                px, py, paper.random.uniform(3, 8), paper.random.choice(("#ff8d6b", "#ffe08a", "#fff6e0"))
            )
    for n in range(-4, 5):
        bend = n / 4.6
        rib = [
            (
                x + radius * bend * math.sin(a / 50 * math.pi / 2) * 1.0,
                y - radius * math.cos(a / 50 * math.pi / 2),
            )
            for a in range(51)
        ]
        paper.line(rib, "#f2fff0", 0.75, 2.2)
    for n in range(1, 5):
        level = n / 4.4
        half = radius * math.sqrt(1 - level**2)
        paper.line([(x - half, y - radius * level), (x + half, y - radius * level)], "#f2fff0", 0.6, 2)
    paper.ring((x, y), radius, "#ffffff", 0.95, 6, (180, 360))
    paper.pill(x - radius - 26, y - 4, 2 * radius + 52, 40, 18, "#e6efe4")
    paper.polygon([(x - 210, y + 36), (x + 210, y + 36), (x + 96, y + 150), (x - 96, y + 150)], "#9fb7a5")
    paper.polygon([(x + 20, y + 36), (x + 210, y + 36), (x + 96, y + 150), (x + 10, y + 150)], "#6f8d7b")
    for side in (-1, 1):
        for n in range(4):
            left = x + side * (radius + 40 + n * 62) - (52 if side < 0 else 0)
            paper.polygon(
                [(left, y + 2), (left + 52, y + 2), (left + 46, y + 32), (left - 6, y + 32)], "#ff9d5c", 0.92
            )
    for n in range(6):
        paper.pill(x - 130 + n * 46, y + 60, 26, 13, 6, "#fff3b0")


def _frond(paper: Canvas, x: float, foot: float, height: float, lean: float, colour: str) -> None:
    tip = (x + lean * 46, foot - height)
    paper.line([(x, foot), ((x + tip[0]) / 2 + lean * 8, foot - height / 2), tip], colour, width=4)
    for n in range(7):
        share = 0.3 + n * 0.1
        px, py = x + (tip[0] - x) * share, foot - height * share
        size = (1 - share) * 84 + 12
        for side in (-1, 1):
            paper.polygon(
                [
                    (px, py),
                    (px + side * size * 0.5, py - size * 0.42),
                    (px + side * size, py - size * 0.1),
                    (px + side * size * 0.5, py + size * 0.06),
                ],
                colour,
            )


def pool(paper: Canvas, swimmer: float = 640, relay: bool = False) -> None:
    """A pool from straight above: lanes on the slant, one swimmer against the wall's clock."""
    paper.gradient(((0, "#0b7f8c"), (0.5, "#12a3a6"), (1, "#0a6472")))
    _caustics(paper)
    slant = 0.42
    for lane in range(-4, 9):
        start = (-100.0, lane * 190 + 30)
        count = 52
        for n in range(count):
            x = start[0] + n * 36
            y = start[1] - (x - start[0]) * slant + 420
            colour = "#ff6a3d" if n % 8 < 4 or lane == 2 else "#fff5e4"
            paper.oval(x, y + 9, 15, 9, "#04434f", 0.35)
            paper.disc(x, y, 10.5, colour)
            paper.oval(x - 3, y - 3, 3.6, 2.6, "#ffffff", 0.7)
    _swimmer(paper, swimmer, 560 - (swimmer - 640) * slant, slant)
    if relay:
        _swimmer(paper, swimmer + 330, 330, slant)
        _swimmer(paper, swimmer - 270, 880, slant)
    paper.polygon([(WIDTH + 10, 470), (WIDTH + 10, -10), (1190, -10)], "#f7efe0")
    paper.polygon([(WIDTH + 10, 470), (WIDTH + 10, 520), (1110, -10), (1190, -10)], "#0a4f5c")
    for n in range(4):
        x, y = 1318 + n * 92, 60 + n * 106
        paper.polygon([(x, y), (x + 62, y - 28), (x + 96, y + 30), (x + 34, y + 58)], "#0e8f97")
        paper.polygon([(x, y), (x + 34, y + 58), (x + 34, y + 70), (x, y + 12)], "#07545f")


def _caustics(paper: Canvas) -> None:
    for n in range(34):
        phase, drop = paper.random.uniform(0, 6), paper.random.uniform(-60, 960)
        line = [
            (x, drop + 34 * math.sin(x / 128 + phase) + 17 * math.sin(x / 53 + phase * 2.3) - x * 0.16)
            for x in range(-20, WIDTH + 40, 14)
        ]
        paper.line(line, "#7fe6dc" if n % 2 else "#c9fff2", 0.2, paper.random.uniform(2, 7))


def _swimmer(paper: Canvas, x: float, y: float, slant: float) -> None:
    """A front crawl along the lane, with its wake."""
    angle = -math.atan(slant)

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [
            (x + dx * math.cos(angle) - dy * math.sin(angle), y + dx * math.sin(angle) + dy * math.cos(angle))
            for dx, dy in points
        ]

    for n in range(8):
        paper.polygon(
            at(
                (-90, -12),
                (-300 - n * 26, -52 - n * 7),
                (-270 - n * 22, 0),
                (-300 - n * 26, 52 + n * 7),
                (-90, 12),
            ),
            "#ffffff",
            0.09,
        )
    paper.polygon(at((-150, 22), (60, 30), (95, 24), (60, 44), (-150, 36)), "#04434f", 0.4)
    paper.polygon(at((-170, -13), (-60, -21), (40, -27), (58, 0), (40, 27), (-60, 21), (-170, 13)), "#f3c7a2")
    paper.polygon(at((-96, -19), (-34, -23), (-34, 23), (-96, 19)), "#12233f")
    paper.polygon(
        at((30, -24), (60, -52), (128, -62), (196, -40), (190, -28), (126, -44), (66, -34), (46, -10)),
        "#f3c7a2",
    )
    paper.polygon(at((24, 22), (-6, 62), (-72, 74), (-74, 62), (-14, 48), (2, 14)), "#f3c7a2")
    head = at((86, 0))[0]
    paper.disc(*head, 27, "#ff6a3d")
    paper.disc(head[0] - 6, head[1] - 8, 9, "#ffd2b8", 0.8)
    for n in range(16):
        px, py = at((paper.random.uniform(90, 230), paper.random.gauss(0, 40)))[0]
        paper.disc(px, py, paper.random.uniform(2, 7), "#ffffff", 0.8 - n * 0.02)


def empty_stage(paper: Canvas) -> None:
    """Curtains, one spotlight, and nobody in it."""
    paper.gradient(((0, "#0d0a1f"), (0.7, "#1b1440"), (1, "#0a0716")))
    paper.polygon([(760, -20), (860, -20), (1180, 760), (420, 760)], "#d9c9ff", 0.16)
    paper.polygon([(785, -20), (835, -20), (1070, 760), (530, 760)], "#efe6ff", 0.2)
    paper.ground([(0, 690), (WIDTH, 690)], "#241a52")
    for n in range(12):
        paper.line([(800 + (n - 5.5) * 70, 690), (800 + (n - 5.5) * 330, HEIGHT)], "#3a2b7c", 0.8, 2)
    paper.glow(800, 770, 480, "#d9c9ff", 0.5)
    paper.oval(800, 770, 330, 66, "#efe6ff", 0.85)
    paper.oval(800, 768, 20, 5, "#3a2b7c", 0.9)
    for side in (-1, 1):
        for n in range(9):
            x = 800 + side * (820 - n * 56)
            sway = 12 * math.sin(n * 1.7)
            fold = [
                (x - 36, -10),
                (x + 36, -10),
                (x + 30 - side * sway, HEIGHT),
                (x - 30 - side * sway, HEIGHT),
            ]
            paper.polygon(fold, ("#3b1f7a", "#5a35ad", "#4a2994")[n % 3])
            paper.polygon([fold[0], (x - 14, -10), (x - 8 - side * sway, HEIGHT), fold[3]], "#27135a", 0.6)
    for n in range(11):
        paper.oval(n * 160, -26, 122, 132, ("#4a2994", "#5a35ad")[n % 2])
        paper.ring((n * 160, -26), 124, "#e8c36a", 0.9, 5, (20, 160))
    paper.box(0, HEIGHT - 26, WIDTH, 26, "#0a0716")
