"""The demo newsroom's pictures, drawn when they are needed: key visuals, leads of pieces, and stills."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from django.core.files.base import ContentFile

from coverage.desk.demo.keeping import kept
from coverage.desk.demo.pictures import moods
from coverage.desk.demo.pictures.canvas import Canvas
from coverage.desk.demo.pictures.mars import mars
from coverage.desk.demo.pictures.orbit import glasshouse
from coverage.desk.demo.pictures.road import night_bus
from coverage.desk.demo.pictures.salt import salt_pans
from coverage.desk.demo.pictures.sea import lighthouse
from coverage.desk.demo.pictures.snow import winter_survey
from coverage.desk.demo.pictures.stage import empty_stage
from coverage.desk.demo.pictures.water import pool
from coverage.newsroom.models import Picture

CREDIT = "Drawn for the demo newsroom"


@dataclass(frozen=True)
class Drawing:
    """How to draw a picture, what it shows, and where the eye should rest (percent)."""

    draw: Callable[[Canvas], None]
    alt: str
    focus: tuple[int, int] = (50, 50)
    caption: str = ""
    spoils: bool = False


DRAWINGS = {
    "mars": Drawing(
        mars,
        "A red desert at dusk: a small figure, scarf in the wind, looks towards a lit city and a huge sun.",
        (62, 55),
    ),
    "mars-carnival": Drawing(
        partial(mars, mood=moods.NIGHT_ON_MARS, sun=1010),
        "A desert city by night, violet and pink and full of lamps, under a pale moon with slats.",
        (60, 55),
    ),
    "mars-desert": Drawing(
        partial(mars, mood=moods.NOON_ON_MARS, sun=620, towers=34),
        "A desert in full sun, orange and dusty; a small figure walks towards far towers.",
        (40, 55),
    ),
    "lighthouse": Drawing(
        lighthouse,
        "A striped lighthouse by night, its beam over a calm sea, the stars drawn into circles around it.",
        (30, 40),
    ),
    "lighthouse-storm": Drawing(
        partial(lighthouse, mood=moods.STORM_WATCH, lamp=1120, beam=-14),
        "A lighthouse under a heavy grey sky, its beam pointing out to sea.",
        (70, 40),
    ),
    "lighthouse-dawn": Drawing(
        partial(lighthouse, mood=moods.FIRST_LIGHT, beam=4),
        "A lighthouse at first light, the sky lilac and rose, the lamp still burning.",
        (30, 40),
    ),
    "night-bus": Drawing(
        night_bus,
        "A pink and white bus full of passengers on a lamplit road, behind it a castle and a vast moon.",
        (45, 60),
    ),
    "night-bus-dawn": Drawing(
        partial(night_bus, moon=980, dawn=True),
        "The bus on the same road as the sky turns from violet to peach.",
        (45, 60),
    ),
    "salt": Drawing(
        salt_pans,
        "A cinnabar sun over mountains, mirrored in a grid of salt pans; one worker stands among them.",
        (50, 55),
    ),
    "salt-evening": Drawing(
        partial(salt_pans, mood=moods.EVAPORATION, workers=2),
        "Two people on the salt pans at evening, the sun low and red, smoke rising from a refinery.",
        (50, 55),
    ),
    "salt-morning": Drawing(
        partial(salt_pans, mood=moods.BONE_MORNING, sun=620),
        "Salt pans on a pale morning, a rust-coloured sun half behind the hills.",
        (40, 55),
    ),
    "winter": Drawing(
        winter_survey,
        "Snowy peaks at night, a map's contour lines drawn through the snow, a theodolite before them.",
        (45, 55),
    ),
    "glasshouse": Drawing(
        glasshouse,
        "A glass dome full of trees, in orbit above a green planet.",
        (38, 50),
    ),
    "pool": Drawing(
        pool,
        "A pool seen from straight above: one swimmer between lane ropes, the water turquoise.",
        (40, 55),
    ),
    "stage": Drawing(empty_stage, "Violet curtains, and a spotlight on an empty stage.", (50, 70)),
    "low-water": Drawing(
        partial(lighthouse, mood=moods.FIRST_LIGHT, lamp=1010, beam=-6),
        "The lighthouse at first light, far to the right; the rest of the picture is sky and sea.",
        caption="The last of the land, just before the six minutes without any.",
    ),
    "last-entry": Drawing(
        partial(lighthouse, mood=moods.STORM_WATCH, lamp=250, beam=24),
        "The lighthouse in grey weather, its beam tipped down to the water.",
        caption="The lamp, as it burns on the Wednesday of the last entry.",
        spoils=True,
    ),
    "lamp-comes-round": Drawing(
        partial(lighthouse, lamp=800, beam=0),
        "The lighthouse by night in the middle of the picture, its beam level to both sides.",
        caption="The crossing that brings the eighth guest in.",
        spoils=True,
    ),
    "night-outside": Drawing(
        partial(night_bus, moon=640),
        "The bus on its lamplit road; the castle stands before a vast moon on the left.",
        caption="The night outside the windows, which by now I could draw myself.",
    ),
}


class Gallery:
    """Keeps each drawing as one Picture, `width` pixels wide."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._hung: dict[str, Picture] = {}

    def picture(self, name: str) -> Picture:
        """The picture of this name, drawn when first asked for."""
        if name not in self._hung:
            self._hung[name] = self._hang(DRAWINGS[name], seed=list(DRAWINGS).index(name) + 1)
        return self._hung[name]

    def _hang(self, drawing: Drawing, seed: int) -> Picture:
        paper = Canvas(self.width, seed)
        drawing.draw(paper)
        file = BytesIO()
        paper.finished().save(file, "WEBP", quality=84, method=3)
        x, y = drawing.focus
        content = ContentFile(file.getvalue(), name="drawing.webp")
        picture = Picture(
            file=content,
            alt=drawing.alt,
            caption=drawing.caption,
            credit=CREDIT,
            spoils=drawing.spoils,
            focal_x=x,
            focal_y=y,
        )
        return kept(picture)
