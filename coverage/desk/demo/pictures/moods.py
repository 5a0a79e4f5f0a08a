"""The hour and the weather that a picture is drawn in."""

from dataclasses import dataclass

from coverage.desk.demo.pictures.canvas import Stops


@dataclass(frozen=True)
class Mood:
    """A sky, the colour of what shines in it, of what stands against it, and one accent."""

    sky: Stops
    light: str
    shade: str
    accent: str = "#ffffff"

    @property
    def zenith(self) -> str:
        return self.sky[0][1]

    @property
    def high(self) -> str:
        return self.sky[1][1]

    @property
    def low(self) -> str:
        return self.sky[-2][1]

    @property
    def horizon(self) -> str:
        return self.sky[-1][1]


DUSK_ON_MARS = Mood(
    ((0, "#1b0714"), (0.34, "#5a0f26"), (0.62, "#c42a2c"), (0.8, "#f27345"), (1, "#ffc178")),
    light="#ffd9a0",
    shade="#14060f",
    accent="#ff3b6b",
)
NIGHT_ON_MARS = Mood(
    ((0, "#0b0820"), (0.45, "#2f0d45"), (0.72, "#a3195f"), (0.9, "#ff5d6c"), (1, "#ffb07a")),
    light="#ffc9d8",
    shade="#0a0517",
    accent="#38e0d8",
)
NOON_ON_MARS = Mood(
    ((0, "#7a1f22"), (0.4, "#d2532f"), (0.72, "#f59b58"), (1, "#ffe1ae")),
    light="#fff3d6",
    shade="#2a0b12",
    accent="#ff5a3c",
)

NIGHT_WATCH = Mood(
    ((0, "#07122b"), (0.5, "#12386b"), (0.85, "#3f86a8"), (1, "#a9d6c8")),
    light="#ffe9a8",
    shade="#050b1c",
    accent="#fff6d8",
)
STORM_WATCH = Mood(
    ((0, "#161b26"), (0.5, "#34485a"), (0.85, "#6f8b92"), (1, "#b7c2b4")),
    light="#fff2c4",
    shade="#0a0f18",
)
FIRST_LIGHT = Mood(
    ((0, "#2b3f7c"), (0.45, "#8a6fae"), (0.78, "#f29e97"), (1, "#ffe0b0")),
    light="#fff4d0",
    shade="#1c1c40",
)

FURNACE = Mood(
    ((0, "#5a1210"), (0.4, "#b8321b"), (0.75, "#f08a3c"), (1, "#ffd58a")),
    light="#fff0cf",
    shade="#2b0a0a",
    accent="#d92b1c",
)
BONE_MORNING = Mood(
    ((0, "#8d8b5c"), (0.45, "#c4bd86"), (0.8, "#ece2bd"), (1, "#fbf4dc")),
    light="#fffaf0",
    shade="#33301b",
    accent="#c2451f",
)
EVAPORATION = Mood(
    ((0, "#3c1a3a"), (0.4, "#93324a"), (0.75, "#ef7f5a"), (1, "#ffdca6")),
    light="#ffe9c9",
    shade="#210d20",
    accent="#e23d28",
)

WHITE_NIGHT = Mood(
    ((0, "#1d2352"), (0.5, "#4658a6"), (0.85, "#a8b6e6"), (1, "#f0e4ee")),
    light="#ffffff",
    shade="#141838",
    accent="#e8743b",
)
