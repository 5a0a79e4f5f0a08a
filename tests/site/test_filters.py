"""What each filter of the reviews leaves over."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from lxml import html

from reviews.models import Kind
from series.models import Platform, SeriesSeason, SeriesStudio, Streaming, Studio
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_part,
    make_review,
    make_reviewer,
    make_series,
)
from tests.site.sweeps import answer

pytestmark = pytest.mark.django_db

LAST_FRIDAY = FRIDAY - timedelta(days=7)
AIRED = LAST_FRIDAY - timedelta(days=2)


def publish(slug, series, *, stars=(), own=None, spoilers="none", reviewer=None, **fields):
    """A live piece with a part for each of `stars`."""
    reviewer = reviewer or make_reviewer()
    kind = {"kind": Kind.SEASON, "stars": own} if own else {}
    review = make_review(series, slug=slug, reviewer=reviewer, spoiler_level=spoilers, **{**kind, **fields})
    for each in stars:
        episode = make_episode(series, str(series.episodes.count() + 1), airs_at=AIRED)
        make_part(review, episode, reviewer, stars=each)
    return approve(review, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1))


def found(page="/reviews/", **asked):
    body = answer(f"{page}?{urlencode(asked)}", NOW)[2].decode()
    return {slug for slug in ("one", "two", "three", "both") if f'"/reviews/{slug}/"' in body}


@pytest.fixture
def red():
    return make_series("Red")


@pytest.fixture
def blue():
    return make_series("Blue")


def test_by_series_finds_roundups_too(red, blue):
    publish("one", red)
    publish("two", blue)
    roundup = make_review(make_series("Green"), slug="both", kind=Kind.ROUNDUP)
    type(roundup).objects.filter(pk=roundup.pk).update(series=None)
    make_part(roundup, make_episode(red, airs_at=AIRED), make_reviewer())
    approve(roundup, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1))

    assert found(series="red") == {"one", "both"}
    assert found(series="blue") == {"two"}
    assert found("/series/red/reviews/") == {"one", "both"}


def test_by_any_of_its_studios_and_platforms_once(red, blue):
    for name in ("A", "B"):
        studio = Studio.objects.create(name=name, slug=name.lower())
        platform = Platform.objects.create(name=name, slug=name.lower())
        SeriesStudio.objects.create(series=red, studio=studio)
        Streaming.objects.create(series=red, platform=platform, language="Japanese")
        Streaming.objects.create(series=red, platform=platform, language="English")
    publish("one", red)
    publish("two", blue)

    body = answer("/reviews/?studio=b&platform=a", NOW)[2].decode()

    assert found(studio="a") == found(platform="b") == {"one"}
    assert body.count('href="/reviews/one/"') == 1


def test_by_either_season_of_two_cours(red, blue):
    for season in ("winter", "spring"):
        SeriesSeason.objects.create(series=red, year=2024, season=season)
    SeriesSeason.objects.create(series=blue, year=2023, season="winter")
    publish("one", red)
    publish("two", blue)

    assert found(season="2024-winter") == found(season="2024-spring") == {"one"}
    assert found(season="2023-winter") == {"two"}


def test_by_a_reviewer_of_the_whole_or_of_a_part(red):
    ann, ben = make_reviewer("Ann"), make_reviewer("Ben")
    publish("one", red, reviewer=ann)
    publish("two", red, reviewer=ben)
    shared = make_review(red, slug="three", reviewer=ann)
    make_part(shared, make_episode(red, "9", airs_at=AIRED), ben)
    approve(shared, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1))

    assert found(reviewer="ann") == {"one", "three"}
    assert found(reviewer="ben") == {"two", "three"}


def test_by_the_best_stars_it_gives(red):
    publish("one", red, stars=["2.0", "4.5"])
    publish("two", red, own="4.0")
    publish("three", red, stars=[None])

    assert found(stars="4.5") == {"one"}
    assert found(stars="4") == {"one", "two"}
    assert found(stars="0.5") == {"one", "two"}
    assert found(stars="5") == set()


def test_by_how_much_it_spoils(red):
    for slug, level in (("one", "none"), ("two", "mild"), ("three", "heavy")):
        publish(slug, red, spoilers=level)

    assert found(spoilers="none") == {"one"}
    assert found(spoilers="mild") == {"one", "two"}
    assert found(spoilers="heavy") == {"one", "two", "three"}


def test_filters_narrow_one_another(red, blue):
    ann = make_reviewer("Ann")
    publish("one", red, reviewer=ann, stars=["4.0"])
    publish("two", red, stars=["4.0"])
    publish("three", blue, reviewer=ann, stars=["4.0"])

    assert found(series="red", reviewer="ann", stars="3.5") == {"one"}
    assert found("/series/red/reviews/", reviewer="ann") == {"one"}


def shown(path):
    return html.document_fromstring(answer(path, NOW)[2].decode())


def choices(path, name):
    """The choices of a filter: what each says, with its count, and where it leads."""
    links = shown(path).xpath(f"//ul[@aria-labelledby='facet-{name}']//a")
    return {" ".join(link.text_content().split()): link.get("href") for link in links}


def test_choices_are_those_of_live_pieces_in_reading_order(red, blue):
    for year, season in ((2024, "spring"), (2024, "fall"), (2023, "winter")):
        SeriesSeason.objects.create(series=red, year=year, season=season)
    SeriesSeason.objects.create(series=make_series("Unreviewed"), year=2022, season="winter")
    publish("one", red, reviewer=make_reviewer("Zoë"))
    publish("two", blue, reviewer=make_reviewer("ann"))
    publish("three", blue, reviewer=make_reviewer("Bea"))
    secret = make_series("Secret")
    approve(make_review(secret, reviewer=make_reviewer("Nobody")))
    for show in (red, secret):
        platform = Platform.objects.create(name=f"{show} TV", slug=f"{show.slug}-tv")
        Streaming.objects.create(series=show, platform=platform)

    assert list(choices("/reviews/", "reviewer").items()) == [
        ("ann", "/reviews/?reviewer=ann"),
        ("Bea", "/reviews/?reviewer=bea"),
        ("Zoë", "/reviews/?reviewer=zoe"),
    ]
    assert list(choices("/reviews/", "platform")) == ["Red TV"]
    assert list(choices("/reviews/", "season")) == ["Fall 2024", "Spring 2024", "Winter 2023"]
    assert list(choices("/reviews/", "stars")) == [f"{half / 2:g}" for half in range(10, 0, -1)]


def test_a_choice_keeps_the_others_and_the_order_and_leaves_the_page(red):
    ann = make_reviewer("Ann")
    publish("one", red, reviewer=ann, stars=["4.0"])
    asked = "/reviews/?reviewer=ann&stars=4&sort=stars&after=8_2026-01-09T14:00:00Z_999999&utm_source=x"

    found = choices(asked, "stars") | choices(asked, "spoilers")

    assert found["4.5"] == "/reviews/?reviewer=ann&stars=4.5&sort=stars"
    assert found["Mild spoilers"] == "/reviews/?reviewer=ann&stars=4&spoilers=mild&sort=stars"


def test_what_is_chosen_is_marked_and_takes_itself_off(red):
    publish("one", red, reviewer=make_reviewer("Ann"), stars=["4.0"])

    page = shown("/reviews/?reviewer=ann&stars=4")

    current = page.xpath("//*[@class='filter-links__row']//a[@aria-current][contains(@class, 'choice')]")
    assert [link.get("href") for link in current] == ["/reviews/?stars=4", "/reviews/?reviewer=ann"]
    assert page.xpath("//a[@class='filter-links__clear']/@href") == ["/reviews/"]
    assert page.xpath("//details[@class='filter-links__panel']/@open")
    assert not shown("/reviews/").xpath("//details[@class='filter-links__panel']/@open")


def test_pieces_are_counted_inside_a_series_with_the_other_filters_applied(red, blue):
    ann, ben = make_reviewer("Ann"), make_reviewer("Ben")
    publish("one", red, reviewer=ann, stars=["5.0"])
    publish("two", red, reviewer=ann, stars=["3.0"])
    publish("three", red, reviewer=ben, stars=["2.0"], spoilers="heavy")
    publish("both", blue, reviewer=ann, stars=["5.0"])
    path = "/series/red/reviews/"

    assert list(choices(path, "reviewer")) == ["Ann 2", "Ben 1"]
    assert list(choices(path, "stars")) == ["5 1", "4.5 1", "4 1", "3.5 1", "3 2", "2.5 2", "2 3", "1.5 3",
                                            "1 3", "0.5 3"]  # fmt: skip
    assert list(choices(f"{path}?reviewer=ann", "stars"))[-1] == "0.5 2"
    assert list(choices(f"{path}?stars=3", "reviewer")) == ["Ann 2"]
    assert list(choices(f"{path}?stars=3", "stars"))[-1] == "0.5 3"
    assert list(choices(f"{path}?stars=3", "spoilers")) == [
        "No spoilers 2",
        "Mild spoilers 2",
        "Heavy spoilers 2",
    ]
    assert choices("/reviews/?series=red", "reviewer") == {
        "Ann 2": "/reviews/?series=red&reviewer=ann",
        "Ben 1": "/reviews/?series=red&reviewer=ben",
    }
    assert list(choices("/reviews/", "reviewer")) == ["Ann", "Ben"]


def test_pieces_are_counted_inside_a_season_and_a_roundup_for_each_of_its_shows(red, blue):
    green = make_series("Green")
    for show in (red, blue, green):
        SeriesSeason.objects.create(series=show, year=2024, season="winter")
    for show, name in ((blue, "A"), (green, "B")):
        studio = Studio.objects.create(name=f"Studio {name}", slug=name.lower())
        SeriesStudio.objects.create(series=show, studio=studio)
    publish("one", red)
    publish("two", blue)
    roundup = make_review(red, slug="both", kind=Kind.ROUNDUP)
    type(roundup).objects.filter(pk=roundup.pk).update(series=None)
    for show in (red, blue, green):
        make_part(roundup, make_episode(show, "9", airs_at=AIRED), make_reviewer())
    approve(roundup, LAST_FRIDAY, at=LAST_FRIDAY - timedelta(hours=1))

    path = "/reviews/?season=2024-winter"

    assert list(choices(path, "season")) == ["Winter 2024"]
    assert list(choices(path, "series")) == ["Blue 2", "Green 1", "Red 2"]
    assert list(choices(path, "studio")) == ["Studio A 2", "Studio B 1"]
    assert list(choices(f"{path}&series=red", "studio")) == ["Studio A 1", "Studio B 1"]
    assert found(season="2024-winter", studio="a") == {"two", "both"}


def test_each_count_is_how_many_its_choice_shows(red, blue):
    ann, ben = make_reviewer("Ann"), make_reviewer("Ben")
    for number, stars in enumerate(["5.0", "3.0", None, "1.5", "3.5"]):
        publish(f"piece-{number}", red, reviewer=(ann, ben)[number % 2], stars=[stars],
                spoilers=("none", "mild", "heavy")[number % 3])  # fmt: skip
    publish("elsewhere", blue, reviewer=ann, stars=["5.0"])

    for path in ("/series/red/reviews/", "/series/red/reviews/?reviewer=ann", "/reviews/?series=red&stars=3"):
        for name in ("reviewer", "stars", "spoilers"):
            for label, address in choices(path, name).items():
                if address.count("=") > path.count("="):
                    cards = shown(address).xpath("//article[contains(@class, 'review-card')]")
                    assert len(cards) == int(label.split()[-1]), (path, label)


def test_what_waits_changes_neither_choices_nor_counts(red):
    publish("one", red, reviewer=make_reviewer("Ann"), stars=["4.0"])
    paths = ["/reviews/", "/reviews/?series=red", "/series/red/reviews/", "/reviews/?reviewer=canary"]
    before = [answer(path, NOW) for path in paths]

    canary = make_review(red, reviewer=make_reviewer("Canary"))
    make_part(canary, make_episode(red, "9", airs_at=AIRED), make_reviewer("Canary the second"), stars="5.0")
    approve(canary)

    assert [answer(path, NOW) for path in paths] == before
    assert [answer(path, FRIDAY)[2] for path in paths] != [body for _status, _headers, body in before]
