"""People, small and from behind."""

from coverage.desk.demo.pictures.canvas import Canvas, Point

_LEGS = (
    ((-8, 0), (-2, 0), (-1, -44), (-14, -44)),
    ((4, 0), (10, 0), (14, -44), (1, -44)),
)
_COAT = ((-24, -30), (24, -30), (13, -100), (-12, -100))
_SCARF = ((-11, -101), (10, -103), (58, -118), (92, -108), (60, -104), (11, -92))


def walker(paper: Canvas, feet: Point, size: float, colour: str, scarf: str) -> None:
    """Somebody in a coat, a scarf in the wind; about 125 units tall at size 1."""
    for leg in _LEGS:
        paper.shape(feet, leg, colour, size=size)
    paper.shape(feet, _COAT, colour, size=size)
    paper.disc(feet[0], feet[1] - 112 * size, 13 * size, colour)
    paper.shape(feet, _SCARF, scarf, size=size)
