"""The stamp is another one whenever something that readers see has changed, and at no other time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.flatpages.models import FlatPage
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from coverage.newsroom.models import Picture, Publication
from coverage.newsroom.roles import Role
from coverage.site.models import PublicChange
from coverage.site.page_cache import triggers
from coverage.site.page_cache.middleware import stamps
from coverage.site.page_cache.stamps import read_stamp
from coverage.site.page_cache.watched import UNWATCHED, WATCHED
from reviews import verbs
from reviews.models import Byline, Correction, Edition, EditionPart, Release, Review, Reviewer
from reviews.models.texts import ReleaseText
from reviews.verbs import Act
from series.models import (
    Credit,
    Episode,
    Person,
    PersonAlias,
    Platform,
    Series,
    SeriesSeason,
    SeriesStudio,
    SeriesTitle,
    Streaming,
    Studio,
)
from tests.factories import (
    NOW,
    approve,
    make_episode,
    make_live_review,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db

# The triggers go by the database's clock, which no test stops: what waits here waits for long.
FAR = datetime(2200, 1, 3, 14, 0, tzinfo=UTC)


def stamp(at=NOW):
    """The stamp, after which a transaction ends: PostgreSQL's triggers turn once in each."""
    key = read_stamp(at).key
    PublicChange.objects.update(begun_at=NOW)
    return key


@pytest.fixture(scope="module")
def world_once(stand):
    """A show of which everything is public, and one of which nothing is."""

    def make():
        shows = make_series("Red", key_visual=make_picture()), make_series("Hidden", embargo_until=FAR)
        for show in shows:
            SeriesTitle.objects.create(series=show, title=f"Another {show}")
            studio = Studio.objects.create(name=f"Studio of {show}", slug=f"studio-of-{show}".lower())
            SeriesStudio.objects.create(series=show, studio=studio)
            platform = Platform.objects.create(name=f"Platform of {show}", slug=f"p-of-{show}".lower())
            Streaming.objects.create(series=show, platform=platform)
            person = Person.objects.create(name=f"Person of {show}", slug=f"person-of-{show}".lower())
            PersonAlias.objects.create(person=person, name=f"P. of {show}")
            Credit.objects.create(series=show, person=person, role="director")
            SeriesSeason.objects.create(series=show, year=2026, season="winter")
        red, hidden = shows
        live = make_live_review(red, episodes=[make_episode(red)], slug="live")
        waiting = make_review(hidden, episodes=[make_episode(hidden, airs_at=FAR)], slug="waiting")
        approve(Review.objects.get(pk=waiting.pk), FAR)
        draft = make_review(red, episodes=[make_episode(red, "2")], slug="draft")
        for review in (live, waiting, draft):
            edition = review.editions.latest("number")
            edition.stills.add(make_picture())
            Correction.objects.create(
                review=review, edition=edition, kind="fact", note="It was so.", made_at=NOW
            )
        make_picture("Nobody's")
        make_reviewer("Nobody yet")

    with stand(make) as world:
        yield world


@pytest.fixture(autouse=True)
def world(world_once):
    world_once.for_one_test()


def more(name):
    return {name: Concat(F(name), Value("x"))}


# What of each table may change.
CHANGES = {
    Publication: more("tagline"),
    FlatPage: more("content"),
    Picture: more("alt"),
    Series: more("synopsis"),
    SeriesTitle: more("title"),
    SeriesSeason: {"year": 2025},
    SeriesStudio: {"is_main": True},
    Streaming: more("region"),
    Platform: more("name"),
    Episode: more("title"),
    Credit: more("note"),
    Person: more("name"),
    PersonAlias: more("name"),
    Studio: more("name"),
    Reviewer: more("byline"),
    Review: more("slug"),
    Byline: {"position": 7},
    Correction: more("note"),
    Release: {"stars_rank": 1},
    Edition: more("headline"),
    EditionPart: more("verdict"),
    Edition.stills.through: {"picture": F("picture")},
    ReleaseText: more("whole"),
}
ONLY_THERE_OR_NOT = {Edition.stills.through}
# Of these there is nothing that readers don't see.
ALL_PUBLIC = {Publication, FlatPage}


def shown(model):
    """Rows that readers see, and those that they don't."""
    rules = [watched.rule for watched in WATCHED if watched.model is model]
    every = model._default_manager.all()
    public = [set(rule(NOW).values_list("pk", flat=True)) if rule else set(every) for rule in rules]
    return every.filter(pk__in=set.union(*public)) if rules[0] else every, public


def change(rows, model):
    assert rows.exists()
    if model in ONLY_THERE_OR_NOT:
        rows.delete()
    else:
        model._default_manager.filter(pk=rows.values_list("pk", flat=True)[0]).update(**CHANGES[model])


def test_every_watched_table_has_its_example():
    assert set(CHANGES) == {watched.model for watched in WATCHED}


@pytest.mark.parametrize("model", CHANGES, ids=lambda model: model._meta.label)
def test_what_readers_see_is_another_stamp_as_soon_as_it_changes(model):
    before = stamp()

    change(shown(model)[0], model)

    assert stamp() != before


@pytest.mark.parametrize(
    "model", [model for model in CHANGES if model not in ALL_PUBLIC], ids=lambda model: model._meta.label
)
def test_what_nobody_sees_changes_without_a_trace(model):
    before = stamp()
    hidden = model._default_manager.exclude(pk__in=shown(model)[0].values("pk"))

    change(hidden, model)

    assert stamp() == before


def test_every_table_of_the_house_is_watched_or_says_why_not():
    houses = {"newsroom", "series", "reviews", "site", "desk"}
    tables = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in houses
    }

    watched = {each.model._meta.label for each in WATCHED if each.model._meta.app_label in houses}

    assert watched | set(UNWATCHED) == tables
    assert watched & set(UNWATCHED) == set()


def test_a_draft_that_is_written_and_saved_leaves_the_stamp_alone():
    before = stamp()

    review = make_review(Series.objects.get(title="Red"), reviewer=make_reviewer("New"))
    review.headline = "Another"
    review.save()
    review.keep(by=None, at=NOW)

    assert stamp() == before


def test_approving_for_later_leaves_it_alone_and_the_instant_turns_it():
    review, chief = Review.objects.get(slug="draft"), make_user(Role.CHIEF)
    due, before = FAR + timedelta(days=7, hours=1), stamp()

    approve(review, due, by=chief)

    assert stamp() == before
    assert stamp(due - timedelta(seconds=1)) != stamp(due) == stamp(due + timedelta(hours=1))


def test_what_is_withdrawn_turns_it():
    before = stamp()

    verbs.withdraw(Review.objects.get(slug="live"), Act(make_user(Role.CHIEF), NOW, note="It was wrong."))

    assert stamp() != before


def test_what_comes_and_what_goes_turns_it():
    red = Series.objects.get(title="Red")
    stamps_seen = [stamp()]

    season = SeriesSeason.objects.create(series=red, year=2027, season="fall")
    stamps_seen.append(stamp())
    season.delete()
    stamps_seen.append(stamp())
    Series.objects.filter(title="Hidden").update(embargo_until=None)
    stamps_seen.append(stamp())
    Series.objects.filter(title="Hidden").update(embargo_until=FAR)
    stamps_seen.append(stamp())

    assert len(set(stamps_seen)) == len(stamps_seen)


def test_a_change_that_is_undone_leaves_it_alone():
    before = stamp()

    with transaction.atomic():
        Publication.objects.update(tagline="Another")
        assert stamp() != before
        transaction.set_rollback(True)

    assert stamp() == before


def test_saving_what_is_already_so_leaves_it_alone():
    before = stamp()

    Series.objects.get(title="Red").save()

    assert stamp() == before


def test_a_boundary_turns_it_and_nothing_before_does():
    airs_at = FAR + timedelta(days=100)
    make_episode(Series.objects.get(title="Red"), "9", airs_at=airs_at)

    a_second, ago = timedelta(seconds=1), stamp(airs_at - timedelta(seconds=5))

    assert stamp(airs_at - a_second) == ago
    assert stamp(airs_at) == stamp(airs_at + a_second) != ago


def test_it_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        read_stamp(NOW)


def test_a_process_reads_it_once_a_second_and_when_a_boundary_has_passed(django_assert_num_queries):
    make_episode(Series.objects.get(title="Red"), "9", airs_at=NOW + timedelta(milliseconds=500))
    stamps.forget()

    with django_assert_num_queries(3):
        for milliseconds in (0, 100, 400, 499, 500, 600, 999, 1000, 1500):
            stamps.at(NOW + timedelta(milliseconds=milliseconds))


def test_the_triggers_come_back_after_migrating():
    before = stamp()
    with connection.cursor() as cursor:
        table = Publication._meta.db_table
        name = next(name for name, watched in triggers._numbered() if watched.model is Publication)
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}_after_update")
            cursor.execute(f"DROP TRIGGER {name}_before_update")
        else:
            cursor.execute(f"DROP TRIGGER {name}_after ON {table}")
            cursor.execute(f"DROP TRIGGER {name}_before ON {table}")
    Publication.objects.update(tagline="Unnoticed")
    unnoticed = stamp()

    triggers.make("default")
    Publication.objects.update(tagline="Noticed")

    assert unnoticed == before
    assert stamp() != before


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_only_the_last_changes_are_kept():
    PublicChange.objects.all().delete()
    PublicChange.objects.bulk_create(
        PublicChange(id=-number, token=number, begun_at=NOW) for number in range(1, 300)
    )

    Publication.objects.update(tagline="Another")

    assert PublicChange.objects.count() == 100
