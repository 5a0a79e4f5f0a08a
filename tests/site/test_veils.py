"""On every public page, what tells of an episode says how far it goes and what of it to close.

A reader's browser closes by two attributes: see series/templatetags/progress.py. Without scripts, here, it is
asked of each word and star whether the browser would find them.
"""

from datetime import timedelta
from decimal import Decimal

import pytest
from lxml import html

from coverage.site import surfaces
from coverage.site.surfaces import Kind
from reviews.models import Correction, Edition, Review
from reviews.models import Kind as ReviewKind
from series.models import Credit, Person
from series.models.series import Format
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_part,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
)
from tests.site.sweeps import addresses, answer
from tests.site.worlds import furnish

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LAST_FRIDAY = FRIDAY - timedelta(days=7)
# Each stands for something that tells of episode 6 of Red.
TITLES = ("title", "native", "headline", "standfirst")
TEXTS = ("opening", "body", "verdict", "closing", "overall", "note", "role")
WORDS = {name: f"Canary{name}" for name in (*TITLES, *TEXTS, "picture", "best")} | {"run": "1.5 out of 5"}
# The best episode is the one before.
PLACES = {"best": 5}
CLOSED_BY = {"picture": ("picture",), "run": ("score", "text"), "best": ("title", "text")} | dict.fromkeys(
    TITLES, ("title", "text")
)
# Drawn or written for the eye: a rating, or which is the best, wherever it stands.
DRAWN = ("stars", "sparkline__bar", "rating-arc__mark", "rating-arc__line", "average__number",
         "season-ranking__average")  # fmt: skip
RATINGS = " | ".join(
    ["//data", "//p[@class='season-list__best']//a"]
    + [f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in DRAWN]
)
# Whoever opens a piece has seen its headline and its picture. The keys to a drawing rate nothing.
MAY_BE_READ = (
    "//head | //h1 | //p[contains(@class, 'review-head__standfirst')] | //nav[contains(@class, 'breadcrumb')]"
    " | //div[@class='review-head__frame'] | //svg[@class='rating-arc__key']"
)
ASKED = ["/search/?q=canarytitle", "/search/?q=canaryheadline", "/search/?q=canarynative"]


@pytest.fixture
def red():
    """A show with a piece, a run, a roundup, a verdict and a preview; all but the preview go to episode 6."""
    series = furnish(make_series("Red", key_visual=make_picture("A field of red")), credits=1)
    critic, other = make_reviewer("First"), make_reviewer("Second")
    before = {"airs_at": NOW - timedelta(days=13)}
    four = make_episode(series, "4", **before)
    five = make_episode(series, "5", title=WORDS["best"], **before)
    six = make_episode(series, "6", title=WORDS["title"], title_native=WORDS["native"])
    words = {"headline": WORDS["headline"], "standfirst": WORDS["standfirst"]}
    prose = {
        "introduction": f"<p>{WORDS['opening']}</p>",
        "conclusion": f"<p>{WORDS['closing']}</p>",
    }
    weekly = make_review(
        series, reviewer=critic, slug="weekly", lead_picture=make_picture(WORDS["picture"]), **words, **prose
    )
    make_part(weekly, four, critic)
    make_part(weekly, five, critic, stars="5.0")
    for reviewer in (critic, other):
        make_part(weekly, six, reviewer, stars="0.5", **of_a_part())
    run = make_review(series, reviewer=critic, slug="run", **words)
    make_part(run, five, critic, last_episode=six, stars=WORDS["run"][:3], **of_a_part())
    whole = make_review(
        series, reviewer=critic, slug="whole", kind=ReviewKind.SEASON, stars="0.5", spoils_through=six,
        verdict=f"<p>{WORDS['overall']}</p>", **words, **prose,
    )  # fmt: skip
    roundup = make_review(reviewer=critic, slug="roundup", kind=ReviewKind.ROUNDUP, **words)
    Review.objects.filter(pk=roundup.pk).update(series=None)
    roundup.series = None
    make_part(roundup, six, critic, **of_a_part())
    make_part(roundup, make_episode(make_series("Blue"), "1"), critic)
    for hours, review in enumerate((weekly, run, whole, roundup)):
        review.keep(by=None, at=LAST_FRIDAY)
        approve(review, LAST_FRIDAY + timedelta(hours=hours), at=LAST_FRIDAY)
    make_live(make_review(series, reviewer=critic, slug="preview", kind=ReviewKind.PREVIEW))
    film = make_series("Film", format=Format.FILM)
    rated = {"kind": ReviewKind.SEASON, "stars": "0.5", "spoils_through": make_episode(film, "")}
    make_live(make_review(film, reviewer=critic, slug="film", **rated))
    edition = Edition.objects.filter(review=weekly).latest("pk")
    Correction.objects.create(review=weekly, edition=edition, kind="fact", note=WORDS["note"], made_at=NOW)
    voice = Person.objects.create(name="Voice", slug="voice")
    Credit.objects.create(episode=six, person=voice, role="voice", character=WORDS["role"])
    return series


def of_a_part():
    return {"body": f"<p>{WORDS['body']}</p>", "verdict": f"<p>{WORDS['verdict']}</p>"}


def make_live(review):
    approve(review, LAST_FRIDAY - timedelta(hours=1), at=LAST_FRIDAY - timedelta(hours=2))


def pages():
    names = [surface.name for surface in surfaces.every() if surface.kind is Kind.PAGE]
    return [*addresses(NOW, *names), *ASKED]


def said_by(element):
    """What an element says of episode 6 by itself."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    texts += [element.get(name, "") for name in ("alt", "title", "aria-label")]
    texts += [f"{element.get('value')} out of 5"] if element.tag == "data" else []
    return {name for name, word in WORDS.items() if word in " ".join(texts)}


def reach_of(element, *kinds):
    """How far it goes, by series, for a browser that closes veils of these `kinds`; empty if none would."""
    around = [element, *element.iterancestors()]
    reach: dict[int, Decimal] = {}
    for veil in (each for each in around if each.get("data-veil") in kinds):
        owners = [each for each in [veil, *veil.iterancestors()] if each.get("data-about")]
        for pair in owners[0].get("data-about").split() if owners else ():
            series, place = pair.split(":")
            reach[int(series)] = max(Decimal(place), reach.get(int(series), Decimal()))
    return reach


def open_on(path, series):
    """What a page says to somebody who is through episode 5, and the ratings that no browser would close.

    Titles and scores may each be left open, texts never: each is closed by a veil of its own kind.
    """
    status, _headers, body = answer(path, NOW)
    assert status in (200, 302), path
    page = html.document_fromstring(body or b"<p>")
    passed = {each for top in page.xpath(MAY_BE_READ) for each in top.iter()}
    found = set()
    for element in set(page.xpath("//*")) - passed:
        for word in said_by(element):
            reach = reach_of(element, *CLOSED_BY.get(word, ("text",)))
            if reach.get(series.pk, 0) < PLACES.get(word, 6):
                found.add(word)
    ratings = set(page.xpath(RATINGS)) - passed
    return found | {html.tostring(each)[:80] for each in ratings if not reach_of(each, "text", "score")}


def test_every_word_and_star_of_an_episode_can_be_closed(red):
    found = {path: open_on(path, red) for path in pages()}

    assert {path: what for path, what in found.items() if what} == {}


def test_there_is_something_to_close_of_everything_that_tells(red):
    shown = " ".join(answer(path, NOW)[2].decode() for path in pages())

    assert [word for word in WORDS.values() if word not in shown] == []
    assert [name for name in (*DRAWN, "season-list__best") if f'"{name}' not in shown] == []
