"""Reads a piece as the demo's critics hand it in: facts on top, then plain paragraphs.

The facts are TOML between two lines of `+++`. A line `# 3 | tamsin-vale | 4.5` begins the part about
episode 3 (`# 4-5 | ...` a run, `# some-series 3 | ...` in a roundup, a dash for unrated); `# verdict`
and `# closing` begin those of the whole. A paragraph `Verdict: ...` is a part's. `*so*` is emphasis,
`||so||` a marked spoiler, and a paragraph that begins with `!! ` a spoiler block. A paragraph
`[low-water]` is the still of this name.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Any

from coverage.desk.demo.keeping import data
from coverage.newsroom.models import Picture
from reviews.markup.stills import place

FENCE = "+++\n"
STILL = re.compile(r"\[([a-z-]+)\]")


@dataclass
class Part:
    """About one episode, or a run up to `last`."""

    series: str
    number: str
    last: str
    reviewer: str
    stars: Decimal | None
    body: str
    verdict: str


@dataclass
class Manuscript:
    slug: str
    facts: dict[str, Any]
    introduction: str = ""
    conclusion: str = ""
    verdict: str = ""
    parts: list[Part] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Characters of prose."""
        whole = len(self.introduction) + len(self.conclusion) + len(self.verdict)
        return whole + sum(len(part.body) + len(part.verdict) for part in self.parts)


def manuscripts() -> list[Manuscript]:
    """All of them, by file name."""
    entries = sorted(data("pieces").iterdir(), key=lambda entry: entry.name)
    return [read(entry.name.removesuffix(".txt"), entry.read_text(encoding="utf-8")) for entry in entries]


def read(slug: str, text: str) -> Manuscript:
    _, head, body = text.split(FENCE, 2)
    manuscript = Manuscript(slug, tomllib.loads(head))
    opening, *sections = re.split(r"^# ", body, flags=re.MULTILINE)
    manuscript.introduction = prose(opening)
    for section in sections:
        heading, _, rest = section.partition("\n")
        if heading.strip() == "verdict":
            manuscript.verdict = prose(rest)
        elif heading.strip() == "closing":
            manuscript.conclusion = prose(rest)
        else:
            manuscript.parts.append(_part(heading, rest, manuscript.facts.get("series", "")))
    return manuscript


def _part(heading: str, text: str, series: str) -> Part:
    what, reviewer, stars = (piece.strip() for piece in heading.split("|"))
    *named, numbers = what.split()
    first, _, last = numbers.partition("-")
    body, _, verdict = text.partition("\nVerdict: ")
    return Part(
        series=named[0] if named else series,
        number=first,
        last=last,
        reviewer=reviewer,
        stars=None if stars == "-" else Decimal(stars),
        body=prose(body),
        verdict=prose(verdict),
    )


def prose(text: str) -> str:
    """Paragraphs as the prose editor would write them."""
    return "".join(_paragraph(" ".join(block.split())) for block in text.split("\n\n") if block.strip())


def with_stills(html: str, picture: Callable[[str], Picture]) -> str:
    """Prose with the stills that it names."""
    return STILL.sub(lambda found: place(picture(found[1]).pk), html)


def _paragraph(text: str) -> str:
    if STILL.fullmatch(text):
        return text
    inner = re.sub(r"\|\|(.+?)\|\|", r'<span class="spoiler">\1</span>', escape(text, quote=False))
    inner = re.sub(r"\*(.+?)\*", r"<em>\1</em>", inner)
    inner = re.sub(r"[\u3040-\u30ff\u4e00-\u9fff]+", r'<span lang="ja">\g<0></span>', inner)
    if inner.startswith("!! "):
        return f'<div class="spoiler"><p>{inner[3:]}</p></div>'
    return f"<p>{inner}</p>"
