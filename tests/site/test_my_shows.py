"""My shows: the page, and what every browser is told alike, to find out what is new for its reader."""

import gzip
import json
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import verbs
from reviews.models import Kind, Release
from reviews.places import Reach, places_of, reaches
from reviews.verbs import Act
from series.progress import MOST_STEPS, place_text, steps, with_steps
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
)
from tests.site.sweeps import answer
from tests.site.worlds import (
    AFTER,
    BEFORE,
    CRITIC,
    EMBARGOED,
    HEADLINE,
    SLUG,
    UNAIRED,
    add_the_piece,
    make_ordinary_world,
)

SCRIPTS = Path(settings.BASE_DIR) / "static" / "js" / "site"
BUDGET = 12 * 1024


def told(at=NOW):
    status, headers, body = answer("/shows.json", at)
    assert (status, headers["Content-Type"]) == (200, "application/json")
    return json.loads(body)


@pytest.mark.django_db
class TestWhatIsTold:
    def test_a_piece_says_where_it_is_what_it_is_about_and_since_when(self):
        series = make_series("Red")
        episodes = [make_episode(series, number) for number in ("6", "6.5")]
        make_live_review(series, episodes=episodes, slug="both")

        shown = told()

        assert shown["shows"] == {str(series.pk): ["Red", "/series/red/"]}
        went_live = (FRIDAY - timedelta(days=7)).isoformat()
        about = f"{series.pk}:6.5"
        assert shown["pieces"] == [["/reviews/both/", about, series.pk, "Episodes 6, 6.5", went_live]]

    def test_a_preview_is_about_no_episode_and_a_roundup_about_several_shows(self):
        series = make_series("Red")
        make_live_review(series, kind=Kind.PREVIEW, spoiler_level="none", slug="preview")
        roundup = make_review(kind=Kind.ROUNDUP, slug="roundup")
        take_its_series(roundup)
        for title in ("Blue", "Green"):
            show = make_series(title)
            make_part(roundup, make_episode(show, "3"), make_reviewer())
        roundup.keep(by=None, at=NOW)
        approve(roundup, NOW - timedelta(hours=1), at=NOW - timedelta(hours=2))

        pieces = {piece[0]: piece[1:4] for piece in told()["pieces"]}

        assert pieces["/reviews/preview/"] == ["", series.pk, "Preview"]
        about, show, name = pieces["/reviews/roundup/"]
        assert (re.sub(r"\d+:", "", about), show, name) == ("3 3", None, "Roundup")

    @pytest.mark.one_database
    def test_no_headline_no_title_and_no_name_is_told(self):
        add_the_piece(*make_ordinary_world()[:3])

        body = json.dumps(told(AFTER))

        assert SLUG in body
        assert [word for word in (HEADLINE, UNAIRED, CRITIC) if word in body] == []

    def test_what_is_embargoed_is_as_if_it_were_not(self):
        world = make_ordinary_world()
        without = answer("/shows.json", BEFORE)

        add_the_piece(*world[:3])

        assert answer("/shows.json", BEFORE)[2] == without[2]
        assert EMBARGOED in json.dumps(told(AFTER))

    def test_what_is_withdrawn_is_told_no_more(self):
        review = make_live_review(slug="gone")
        assert len(told()["pieces"]) == 1

        verbs.withdraw(review, Act(Release.objects.get().approved_by, NOW, note="A mistake."))

        assert told() == {"version": 1, "shows": {}, "pieces": []}

    @pytest.mark.one_database
    def test_thirty_pieces_ask_the_database_as_often_as_one(self):
        def asked():
            with CaptureQueriesContext(connection) as captured:
                told()
            return len(captured)

        series = make_series()
        make_live_review(series, episodes=[make_episode(series)])
        at_one = asked()
        for number in range(2, 5):
            make_live_review(series, episodes=[make_episode(series, str(number))])

        assert asked() == at_one <= 8

    def test_only_the_newest_are_told(self, monkeypatch):
        monkeypatch.setattr("coverage.site.my_shows.NEWEST", 2)
        for number in range(3):
            make_live_review(slug=f"piece-{number}")

        assert len(told()["pieces"]) == 2


def take_its_series(review):
    """A roundup is of no series of its own."""
    type(review).objects.filter(pk=review.pk).update(series=None)
    review.series = None


@pytest.mark.django_db
class TestHowFar:
    def test_a_piece_goes_as_far_as_its_parts_and_its_horizon(self):
        series = make_series()
        five, six = make_episode(series, "5"), make_episode(series, "6")
        review = make_live_review(series, episodes=[five], spoils_through=six)
        release = Release.objects.for_page().get(review=review)

        assert set(places_of(release)) == {(series.pk, Decimal(5)), (series.pk, Decimal(6))}
        assert reaches(release) == [Reach(series, "5", "5")]

    def test_a_verdict_without_parts_goes_as_far_as_its_horizon(self):
        series = make_series()
        last = make_episode(series, "12")
        review = make_live_review(series, kind=Kind.SEASON, stars="4.0", spoils_through=last)

        assert reaches(Release.objects.for_page().get(review=review)) == [Reach(series, "12", "12")]

    def test_a_preview_has_been_watched_by_nobody(self):
        series = make_series()
        review = make_live_review(series, kind=Kind.PREVIEW)

        assert reaches(Release.objects.for_page().get(review=review)) == [Reach(series)]

    def test_one_may_be_through_what_has_aired_and_no_further(self):
        series = make_series()
        make_episode(series, "2")
        make_episode(series, "1")
        make_episode(series, "3", airs_at=FRIDAY)

        [show] = with_steps([series, series], NOW)

        assert show.steps == [("1", "1"), ("2", "2")]

    def test_of_a_show_that_never_ends_the_last_ones_may_be_chosen(self):
        series = make_series()
        episodes = [make_episode(series, str(number)) for number in range(1, MOST_STEPS + 3)]

        found = steps(episodes)

        assert (found[0], found[-1]) == (("3", "3"), (str(MOST_STEPS + 2), str(MOST_STEPS + 2)))

    @pytest.mark.one_database
    def test_a_place_is_written_as_short_as_can_be(self):
        assert [place_text(place) for place in (Decimal("6.00"), Decimal("6.50"), Decimal("100.00"), 0)] == [
            "6",
            "6.5",
            "100",
            "0",
        ]


@pytest.mark.django_db
@pytest.mark.one_database
def test_the_page_is_the_same_bytes_for_everybody_and_not_for_search_engines(client):
    _status, headers, body = answer("/my-shows/", NOW)

    assert b'content="noindex' in body
    assert "Set-Cookie" not in headers
    assert answer("/my-shows/", NOW)[2] == body


def test_all_scripts_together_stay_within_their_budget():
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in SCRIPTS.glob("*.js")}

    assert sizes
    assert sum(sizes.values()) <= BUDGET, sizes


def test_every_sentence_that_a_script_says_stands_in_the_page():
    words = (Path(settings.BASE_DIR) / "templates" / "components" / "progress.html").read_text()
    there = set(re.findall(r"data-say-([a-z]+)=", words))
    said = {
        name for path in SCRIPTS.glob("*.js") for name in re.findall(r'say\("([a-z]+)"', path.read_text())
    }

    assert said == there


def test_what_the_one_script_imports_is_fetched_along_with_it():
    words = (Path(settings.BASE_DIR) / "templates" / "components" / "progress.html").read_text()
    preloaded = set(re.findall(r"modulepreload\".* href=\"\{% static 'js/site/(\w+)\.js'", words))
    waiting = ["site"]
    needed: set[str] = set()
    while waiting:
        imported = re.findall(
            r'^import .* from "\./(\w+)\.js"', (SCRIPTS / f"{waiting.pop()}.js").read_text(), re.MULTILINE
        )
        waiting += set(imported) - needed
        needed |= set(imported)

    assert needed == preloaded
