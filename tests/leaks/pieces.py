"""Pieces of every shape, whose every word says where readers may meet it.

Words are written as placeholders, one of the names below; `Piece.worded` puts in words of the piece's own.
"""

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from hypothesis import strategies as st

# May stand anywhere; only on the piece's own page, behind its warning; only there and inside a disclosure; on
# its own page too, as a correction; nowhere any more, or not yet.
FREE, PROSE, SPOILER, NOTE, NOWHERE = PLACES = ("FREE", "PROSE", "SPOILER", "NOTE", "NOWHERE")
PLACEHOLDER = re.compile("|".join(PLACES))

KINDS = ("weekly", "preview", "season", "feature", "roundup")
LEVELS = ("none", "mild", "heavy")
STARS = (None, "0.5", "2.5", "4.0", "5.0")
# Four of five pieces stay as they are: a correction costs as much as all the rest of a piece.
CORRECTIONS = (*[""] * 12, "typo", "fact", "score")
EDITED = (False, False, False, True)

# As a browser would read it, too: a block in a paragraph or a link in a link would end what it stands in, and
# with it the spoiler.
SPAN, DIV = '<span class="spoiler">{}</span>', '<div class="spoiler">{}</div>'
LINKS = (
    '<a href="https://example.com/PROSE">PROSE</a>',
    '<a href="/reviews/PROSE/">PROSE <span class="spoiler">SPOILER</span></a>',
    '<a href="https://example.com/PROSE"><em>PROSE</em><span class="spoiler">SPOILER</span>PROSE</a>',
)
MARKS = (
    "<strong>{}</strong>",
    "<em>{}</em>",
    "<s>{}</s>",
    "<code>{}</code>",
    "<ruby>{}<rt>PROSE</rt></ruby>",
    '<span lang="ja">{}</span>',
    "{}<br>PROSE",
)
# Text that ends where a spoiler begins, without a space between.
EDGES = (SPAN, f"PROSE{SPAN}", f"{SPAN}PROSE", f"PROSE{SPAN}PROSE", f" {SPAN} ")
TEXT_BLOCKS = ("<p>{}</p>", "<h2>{}</h2>", "<h3>PROSE {}</h3>", "<h4>{}</h4>", "{}", "{}<hr>")
# Stills, by the word that is said of each; the newsroom puts in pictures. The second one spoils by itself.
STILLS = ('<figure data-still="PROSE"></figure>', '<figure data-spoiling="SPOILER"></figure>')
CONTAINERS = (
    "<ul><li>{}</li><li>PROSE</li></ul>",
    "<ol>{}</ol>",
    "<blockquote>{}</blockquote>",
    "<table><tr><td>{}</td></tr></table>",
    "<section>{}</section>",
    "<strong>{}</strong>",
)


def _within(forms: tuple[str, ...], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3).map("".join)
    return st.builds(_fill, st.sampled_from(forms), several)


def _fill(form: str, text: str) -> str:
    return form.replace("{}", text)


def _spoiler(form: str, text: str) -> str:
    """All that stands in it is one, links and further spoilers too."""
    return _fill(form, text.replace(PROSE, SPOILER))


def _inline() -> st.SearchStrategy[str]:
    words = st.just(" PROSE ") | st.sampled_from(LINKS)
    plain = st.recursive(words, lambda inner: _within(MARKS, inner), max_leaves=3)
    marked = st.builds(_hidden_at_an_edge, st.sampled_from(EDGES), plain)
    return st.recursive(plain | marked, lambda inner: _within(MARKS, inner), max_leaves=4)


def _hidden_at_an_edge(edge: str, text: str) -> str:
    return edge.replace(SPAN, _spoiler(SPAN, text))


def prose(most: int = 4) -> st.SearchStrategy[str]:
    """Prose with spoilers in it: marked in any depth, at any edge, with anything inside, spoilers too."""
    blocks = _within(TEXT_BLOCKS, _inline()) | st.sampled_from(STILLS)

    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        hidden = st.builds(_spoiler, st.sampled_from((SPAN, DIV)), inner)
        return hidden | _within(CONTAINERS, inner)

    return st.recursive(blocks, around, max_leaves=most)


@dataclass(frozen=True)
class Part:
    """About one episode of the newsroom's shows, or about a run of two."""

    episode: int
    is_run: bool
    stars: str | None
    body: str
    verdict: str


@dataclass(frozen=True)
class Piece:
    """One review and what becomes of it after it went live."""

    kind: str
    level: str
    spoils_source: bool
    horizon: int | None
    stars: str | None
    introduction: str
    conclusion: str
    verdict: str
    parts: tuple[Part, ...]
    has_lead: bool
    correction: str
    edited: bool

    headline = "FREE and no more"
    standfirst = "A standfirst FREE."

    def worded(self, number: int) -> "Piece":
        """With words that no other piece has."""

        def put(value: Any) -> Any:
            if isinstance(value, str):
                return words(value, number)
            if isinstance(value, tuple):
                return tuple(_each(part, put) for part in value)
            return value

        return _each(self, put)


def words(text: str, number: int) -> str:
    """A text whose placeholders have become words of the piece of this number."""
    return PLACEHOLDER.sub(lambda found: word(found[0], number), text)


def word(place: str, number: int) -> str:
    """The word of a piece that may stand at a place. No word is part of another."""
    return f"zq{place.lower()}{number}x"


def _each[T: (Piece, Part)](thing: T, put: Any) -> T:
    return replace(thing, **{each.name: put(getattr(thing, each.name)) for each in fields(thing)})


Texts = st.SearchStrategy[str]


def _part(episode: int, texts: Texts) -> st.SearchStrategy[Part]:
    return st.builds(
        Part,
        episode=st.just(episode),
        is_run=st.booleans(),
        stars=st.sampled_from(STARS),
        body=texts,
        verdict=st.just("") | texts,
    )


def _parts(most: int, texts: Texts) -> st.SearchStrategy[tuple[Part, ...]]:
    return st.lists(st.integers(0, 5), unique=True, min_size=1, max_size=most).flatmap(
        lambda episodes: st.tuples(*(_part(episode, texts) for episode in episodes))
    )


@st.composite
def pieces(draw: st.DrawFn, texts: Texts) -> Piece:
    """Any piece that can be approved, with prose out of `texts`."""
    kind = draw(st.sampled_from(KINDS))
    own_stars = kind in ("season", "feature")
    parts = draw(_parts(3, texts)) if kind in ("weekly", "roundup") else ()
    correction = draw(st.sampled_from(CORRECTIONS))
    if correction == "score" and not (parts or own_stars):
        correction = "fact"
    return Piece(
        kind=kind,
        level=draw(st.sampled_from(LEVELS)),
        spoils_source=draw(st.booleans()),
        horizon=draw(st.none() | st.integers(0, 5)),
        stars=draw(st.sampled_from(STARS[1:])) if own_stars else None,
        introduction=draw(texts),
        conclusion=draw(st.just("") | texts),
        verdict=draw(texts) if own_stars else "",
        parts=parts,
        has_lead=draw(st.booleans()),
        correction=correction,
        edited=draw(st.sampled_from(EDITED)),
    )


@st.composite
def piles(draw: st.DrawFn, size: int) -> list[Piece]:
    """`size` pieces whose prose is drawn from as many texts: drawing texts is what takes the time."""
    texts = st.sampled_from(draw(st.lists(prose(), min_size=size, max_size=size)))
    return draw(st.lists(pieces(texts), min_size=size, max_size=size))
