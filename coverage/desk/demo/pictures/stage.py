"""A theatre with nobody in it."""

import math

from coverage.desk.demo.pictures.canvas import HEIGHT, WIDTH, Canvas

_VELVET = ("#3b1f7a", "#5a35ad", "#4a2994")


def empty_stage(paper: Canvas) -> None:
    """Curtains, a spotlight, and where it falls."""
    paper.gradient(((0, "#0d0a1f"), (0.7, "#1b1440"), (1, "#0a0716")))
    paper.ground([(0, 690), (WIDTH, 690)], "#241a52")
    for n in range(12):
        board = [(800 + (n - 5.5) * 70, 690), (800 + (n - 5.5) * 330, HEIGHT)]
        paper.line(board, "#3a2b7c", 0.8, 2)
    paper.glow(800, 770, 480, "#d9c9ff", 0.5)
    paper.oval(800, 770, 330, 66, "#efe6ff", 0.85)
    paper.polygon([(760, -20), (840, -20), (1130, 770), (470, 770)], "#d9c9ff", 0.14)
    paper.polygon([(780, -20), (820, -20), (1040, 770), (560, 770)], "#efe6ff", 0.16)
    for side in (-1, 1):
        for n in range(9):
            _fold(paper, 800 + side * (820 - n * 56), side, n)
    for n in range(11):
        paper.oval(n * 160, -26, 122, 132, _VELVET[1 + n % 2])
        paper.ring((n * 160, -26), 124, "#e8c36a", 0.9, 5, (20, 160))
    paper.box(0, HEIGHT - 26, WIDTH, 26, "#0a0716")


def _fold(paper: Canvas, x: float, side: int, n: int) -> None:
    sway = side * 12 * math.sin(n * 1.7)
    paper.polygon(
        [(x - 36, -10), (x + 36, -10), (x + 30 - sway, HEIGHT), (x - 30 - sway, HEIGHT)], _VELVET[n % 3]
    )
    paper.polygon(
        [(x - 36, -10), (x - 14, -10), (x - 8 - sway, HEIGHT), (x - 30 - sway, HEIGHT)], "#27135a", 0.6
    )
