"""Two worlds that differ in one approved piece, full of canaries, that nobody may see before Friday."""

from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from coverage.newsroom.models import Picture
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Byline, Correction, Edition, Kind, Review
from reviews.verbs import Act
from series.models import Credit, Person, Platform, SeriesSeason, SeriesStudio, Streaming, Studio
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_part,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

BEFORE = FRIDAY - timedelta(seconds=1)
AFTER = FRIDAY + timedelta(seconds=1)

# May stand in lists, feeds and cards once it is live.
HEADLINE, STANDFIRST, SLUG = "Canaryheadline", "Canarystandfirst", "canary-slug"
CRITIC = "Canary Critic"
# Stand on the review's own page and nowhere else.
PROSE = ("Canaryintroduction", "Canarybody", "Canaryverdict", "Canaryclosing")
UNAIRED = "Canarytitle"
EMBARGOED = "Canaryshow"
PERSON = "Canary Person"


def make_picture(colour, **fields):
    file = BytesIO()
    Image.new("RGB", (16, 9), colour).save(file, "PNG")
    content = ContentFile(file.getvalue(), name="picture.png")
    return Picture.objects.create(file=content, alt=f"A field of {colour}", **fields)


def furnish(series, studios=2, platforms=2, credits=3):
    """What stands in an info box and below it."""
    for number in range(studios):
        studio, _ = Studio.objects.get_or_create(name=f"Studio {number}", slug=f"studio-{number}")
        SeriesStudio.objects.create(series=series, studio=studio, is_main=number == 0)
    for number in range(platforms):
        platform, _ = Platform.objects.get_or_create(name=f"Stream {number}", slug=f"stream-{number}")
        Streaming.objects.create(series=series, platform=platform)
    for number in range(credits):
        person, _ = Person.objects.get_or_create(name=f"Person {number}", slug=f"person-{number}")
        Credit.objects.create(series=series, person=person, role="director", note=str(number))
    SeriesSeason.objects.create(series=series, year=2026, season="winter")
    return series


def make_ordinary_world():
    """One show with a live review of its first episode, and a later one that hasn't aired."""
    series = furnish(make_series("Red", key_visual=make_picture("red")))
    first, second = make_episode(series, "1"), make_episode(series, "2")
    unaired = make_episode(series, "3", title=UNAIRED, airs_at=FRIDAY + timedelta(days=5))
    review = make_live_review(series, episodes=[first], slug="ordinary")
    make_live_review(make_series("Blue"), slug="elsewhere")
    return series, second, unaired, review


def add_the_piece(series, second, unaired):
    """Approved for Friday: two parts, of which one, by a chief's leave, is about what hasn't aired."""
    critic = make_reviewer(CRITIC)
    critic.portrait = make_picture("yellow")
    critic.save()
    chief = make_user(Role.CHIEF)
    introduction, body, verdict, closing = (f"<p>{canary}</p>" for canary in PROSE)
    review = make_review(
        series,
        reviewer=critic,
        headline=HEADLINE,
        standfirst=STANDFIRST,
        slug=SLUG,
        introduction=introduction,
        conclusion=closing,
        lead_picture=make_picture("green"),
    )
    for episode in (second, unaired):
        make_part(review, episode, critic, stars="0.5", body=body, verdict=verdict)
    make_part(review, second, make_reviewer(f"{CRITIC} II"), stars=None, body=body)
    # Who has something live already has more to come, here in a part and there on the byline.
    known = Byline.objects.get(review__slug="ordinary").reviewer
    make_part(review, unaired, known, stars=None, body=body)
    verbs.approve(review, Act(chief, NOW), FRIDAY, "The studio sent it ahead.")
    # As of an earlier round: told again once the piece is back.
    edition = Edition.objects.get(review=review, releases__review=review)
    Correction.objects.create(review=review, edition=edition, kind="fact", note=PROSE[1], made_at=NOW)
    Credit.objects.create(episode=unaired, person=Person.objects.get(name="Person 0"), role="storyboard")
    add_an_embargoed_show(critic, known, chief)
    return review


def add_an_embargoed_show(critic, known, chief):
    """By a studio that readers know and one that they don't; airing in weeks that they don't know of."""
    show = furnish(make_series(EMBARGOED, embargo_until=FRIDAY, key_visual=make_picture("black")), studios=1)
    studio = Studio.objects.create(name=f"{EMBARGOED} Studio", slug="canaryshow-studio")
    SeriesStudio.objects.create(series=show, studio=studio)
    person = Person.objects.create(name=PERSON, slug="canary-person")
    Credit.objects.create(series=show, person=person, role="producer")
    make_episode(show, "1", title=f"{EMBARGOED} one", airs_at=NOW)
    make_episode(show, "2", airs_at=FRIDAY + timedelta(weeks=3))
    film = make_review(show, reviewer=critic, kind=Kind.SEASON, stars="5.0", slug="canaryshow-verdict")
    give_byline(film, known)
    approve(film, by=chief)


def edit(review):
    """An editor changes everything about a live piece, and doesn't have it approved."""
    introduction, body, verdict, closing = (f"<p>{canary}</p>" for canary in PROSE)
    Review.objects.filter(pk=review.pk).update(
        headline=HEADLINE,
        standfirst=STANDFIRST,
        introduction=introduction,
        conclusion=closing,
        verdict=verdict,
        spoiler_level="heavy",
        lead_picture=make_picture("green"),
    )
    review.parts.update(stars="0.5", body=body, verdict=verdict)
    edited = Review.objects.get(pk=review.pk)
    edited.keep(by=None, at=NOW)
    return edited


def give_byline(review, reviewer):
    Byline.objects.create(review=review, reviewer=reviewer, position=review.bylines.count())
