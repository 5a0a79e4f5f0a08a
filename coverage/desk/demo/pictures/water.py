"""A swimming pool from straight above."""

import math

from coverage.desk.demo.pictures.canvas import WIDTH, Canvas, Point, placed

_SLANT = 0.42
_ANGLE = -math.atan(_SLANT)
_SKIN, _CAP, _SUIT, _DEEP = "#f3c7a2", "#ff6a3d", "#12233f", "#04434f"
_BODY = ((-190, -9), (-60, -21), (40, -27), (58, 0), (40, 27), (-60, 21), (-190, 9))
_TRUNKS = ((-96, -19), (-34, -23), (-34, 23), (-96, 19))
_REACHING = ((30, -24), (60, -52), (128, -62), (196, -40), (190, -28), (126, -44), (66, -34), (46, -10))
_PULLING = ((24, 22), (-6, 62), (-72, 74), (-74, 62), (-14, 48), (2, 14))
_SHADOW = ((-150, 30), (60, 44), (110, 30), (60, 62), (-150, 48))


def pool(paper: Canvas, swimmer: float = 700) -> None:
    """Lanes on the slant, and one swimmer on the way to the wall."""
    paper.gradient(((0, "#0b7f8c"), (0.5, "#12a3a6"), (1, "#0a6472")))
    _ripples(paper)
    for lane in range(-4, 9):
        _rope(paper, lane * 190 + 450)
    _swimmer(paper, (swimmer, 733 - swimmer * _SLANT))
    _edge(paper)


def _ripples(paper: Canvas) -> None:
    for n in range(34):
        phase, drop = paper.random.uniform(0, 6), paper.random.uniform(-60, 960)
        line = [
            (x, drop + 34 * math.sin(x / 128 + phase) + 17 * math.sin(x / 53 + phase * 2.3) - x * 0.16)
            for x in range(-20, WIDTH + 40, 14)
        ]
        paper.line(line, "#7fe6dc" if n % 2 else "#c9fff2", 0.2, paper.random.uniform(2, 7))


def _rope(paper: Canvas, height: float) -> None:
    """A lane rope that comes in from the left at this height."""
    for n in range(52):
        x = n * 36 - 100.0
        y = height - (x + 100) * _SLANT
        paper.oval(x, y + 9, 15, 9, _DEEP, 0.35)
        paper.disc(x, y, 10.5, _CAP if n % 8 < 4 else "#fff5e4")
        paper.oval(x - 3, y - 3, 3.6, 2.6, "#ffffff", 0.7)


def _swimmer(paper: Canvas, at: Point) -> None:
    """A front crawl along the lane, with its wake."""
    for _ in range(46):
        back = paper.random.uniform(150, 520)
        spot = placed(at, [(-back, paper.random.gauss(0, 4 + back / 22))], angle=_ANGLE)[0]
        paper.disc(*spot, paper.random.uniform(2, 12) * (1 - back / 640), "#e9fffb", 0.5 - back / 1300)
    for outline, colour, alpha in (
        (_SHADOW, _DEEP, 0.4),
        (_BODY, _SKIN, 1.0),
        (_TRUNKS, _SUIT, 1.0),
        (_REACHING, _SKIN, 1.0),
        (_PULLING, _SKIN, 1.0),
    ):
        paper.shape(at, outline, colour, alpha, angle=_ANGLE)
    head = placed(at, [(86, 0)], angle=_ANGLE)[0]
    paper.disc(*head, 27, _CAP)
    paper.disc(head[0] - 6, head[1] - 8, 9, "#ffd2b8", 0.8)
    for n in range(16):
        splash = (paper.random.uniform(120, 230), paper.random.gauss(-30, 26))
        spot = placed(at, [splash], angle=_ANGLE)[0]
        paper.disc(*spot, paper.random.uniform(2, 7), "#ffffff", 0.8 - n * 0.02)


def _edge(paper: Canvas) -> None:
    """The side of the pool and its starting blocks."""
    paper.polygon([(WIDTH + 10, 470), (WIDTH + 10, -10), (1190, -10)], "#f7efe0")
    paper.polygon([(WIDTH + 10, 470), (WIDTH + 10, 520), (1110, -10), (1190, -10)], "#0a4f5c")
    for n in range(4):
        block = (1318 + n * 92, 60 + n * 106)
        paper.shape(block, ((0, 0), (62, -28), (96, 30), (34, 58)), "#0e8f97")
        paper.shape(block, ((0, 0), (34, 58), (34, 70), (0, 12)), "#07545f")
