from collections import Counter
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Max

from coverage.desk.corpus import making, plan
from coverage.desk.corpus.making import Size
from coverage.desk.corpus.plan import State
from coverage.desk.corpus.words import Words, stream
from coverage.newsroom.models import AuditEntry, Picture
from reviews import markup, verbs
from reviews.models import Byline, EditionPart, EpisodeReview, Release, Review
from reviews.models.content import CONTENT_FIELDS, PART_FIELDS
from reviews.stars import HALF_STEPS
from reviews.status import Status
from reviews.verbs import Act
from series.models import Credit, Episode, Person, Series
from tests.factories import NOW, make_series

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SMALL = Size(series=9, reviews=60, seed=7, part_words=60)


def make_corpus(**options) -> str:
    said = StringIO()
    call_command("make_corpus", **{"series": 3, "reviews": 6, "parts_words": 30} | options, stdout=said)
    return said.getvalue()


@pytest.fixture(scope="class")
def corpus_once(stand):
    with stand(lambda: making.make(SMALL, NOW, tell=lambda line: None)) as world:
        yield world


@pytest.fixture
def corpus(corpus_once):
    return corpus_once.for_one_test()


# What is written


def of_its_own(row) -> set[str]:
    """The columns that two pieces with the same content needn't share."""
    return {"id", "slug", "version", "review_id", "edition_id", "subject_id"} & set(columns(row))


def columns(row) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields]


def values(row) -> dict[str, object]:
    """A row as the database has it, but for what is its own."""
    fresh = type(row)._base_manager.get(pk=row.pk)
    return {name: getattr(fresh, name) for name in set(columns(row)) - of_its_own(row)}


def everything_about(review) -> list[dict[str, object]]:
    """A piece with all its rows and its audit trail."""
    editions = list(review.editions.order_by("number"))
    return [
        values(row)
        for row in (
            review,
            *review.bylines.all(),
            *review.parts.all(),
            *editions,
            *(part for edition in editions for part in edition.parts.all()),
            *Release.objects.filter(review=review),
            *review.audit_trail().order_by("at", "pk"),
        )
    ]


def copy(row, names, **fields):
    own = {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name in names}
    return type(row)(**own | fields)


def written_at_the_desk(made, slug):
    """A draft with the content of `made`, as the review form would keep it."""
    again = copy(made, {*CONTENT_FIELDS, "kind", "series", "created_by", "created_at"}, slug=slug)
    again.updated_at = made.created_at
    if made.status in (Status.DRAFT, Status.SUBMITTED):
        again.planned_at = made.planned_at
    again.save()
    for byline in made.bylines.all():
        copy(byline, {"reviewer", "position"}, review=again).save()
    for part in made.parts.all():
        copy(part, set(PART_FIELDS), review=again).save()
    again.keep(by=made.created_by, at=made.created_at, reason="save")
    return Review.objects.get(pk=again.pk)


def brought_through_the_desk(made, slug):
    """The same content, moved by the verbs at the same instants by the same people."""
    review = written_at_the_desk(made, slug)
    for entry in made.audit_trail().order_by("at", "pk"):
        act = Act(entry.actor, entry.at, note=entry.note)
        due = {"publish_at": made.release.publish_at} if entry.verb == "approve" else {}
        review = verbs.VERBS[entry.verb](review, act, **due)
    return review


SAMPLES = (
    {"status": Status.APPROVED, "release__publish_at__lte": NOW},
    {"status": Status.APPROVED, "release__publish_at__gt": NOW},
    {"status": Status.APPROVED, "kind": "season"},
    {"status": Status.APPROVED, "kind": "preview"},
    {"status": Status.APPROVED, "kind": "feature"},
    {"status": Status.APPROVED, "parts__last_episode__isnull": False},
    {"status": Status.APPROVED, "bylines__position": 1},
    {"status": Status.APPROVED, "bylines__reviewer__user": None},
    {"status": Status.WITHDRAWN},
    {"status": Status.SUBMITTED},
    {"status": Status.DRAFT},
    {"status": Status.DISCARDED},
)


@pytest.mark.usefixtures("corpus")
class TestASmallOne:
    @pytest.mark.both_databases
    def test_a_piece_made_in_bulk_is_what_the_verbs_would_have_made(self):
        chosen = [Review.objects.filter(**sample).order_by("pk").first() for sample in SAMPLES]

        again = [brought_through_the_desk(made, f"again-{place}") for place, made in enumerate(chosen)]

        for sample, made, remade in zip(SAMPLES, chosen, again, strict=True):
            assert everything_about(remade) == everything_about(made), sample

    def test_the_generators_prose_is_in_the_form_in_which_prose_is_kept(self):
        texts = [*EditionPart.objects.values_list("body", "body_rendered")]

        assert any("spoiler" in stored for stored, _rendered in texts)
        assert any("lang=" in stored for stored, _rendered in texts)
        for stored, rendered in texts:
            assert markup.sanitise(stored) == stored
            assert rendered in ("", markup.render(stored))

    @pytest.mark.both_databases
    def test_what_the_house_would_refuse_is_not_in_it(self):
        for row in (
            *Series.objects.all(),
            *Episode.objects.all(),
            *Person.objects.all(),
            *Credit.objects.all(),
        ):
            row.full_clean()
        for row in (*Review.objects.all(), *EpisodeReview.objects.all(), *Release.objects.all()):
            row.full_clean()

    def test_it_is_as_large_as_asked_for(self):
        assert (Series.objects.count(), Review.objects.count()) == (SMALL.series, SMALL.reviews)
        assert not Review.objects.annotate(kept=Count("editions")).exclude(kept=1).exists()

    def test_even_a_small_one_has_some_of_everything(self):
        assert set(Status) == set(Review.objects.values_list("status", flat=True))
        assert Release.objects.filter(publish_at__gt=NOW, withdrawn_at=None).exists()
        assert Episode.objects.filter(kind=Episode.Kind.RECAP, number__endswith=".5").exists()
        assert Episode.objects.filter(airs_at__gt=NOW).exists()
        assert EditionPart.objects.filter(stars=None).exists()
        assert EditionPart.objects.filter(stars__in=HALF_STEPS).exists()
        assert Byline.objects.filter(position=1).exists()
        assert Review.objects.annotate(many=Count("parts__episode", distinct=True)).filter(many=2).exists()
        assert Credit.objects.filter(episode__isnull=False).exists()
        assert Picture.objects.exists()

    def test_pieces_go_out_in_their_slot_after_what_they_are_about_has_aired(self):
        zone = ZoneInfo("America/New_York")
        local = [at.astimezone(zone) for at in Release.objects.values_list("publish_at", flat=True)]
        early = EditionPart.objects.filter(episode__airs_at__gt=F("edition__releases__publish_at"))

        assert {(at.weekday(), at.hour) for at in local} == {(4, 9), (2, 18)}
        assert not early.exists()
        assert Review.objects.aggregate(last=Max("updated_at"))["last"] <= NOW
        assert not AuditEntry.objects.filter(at__gt=NOW).exists()


@pytest.mark.parametrize("count", [1, 30, 149, 151, 900])
def test_a_text_has_as_many_words_as_asked_for(count):
    text = Words(1).prose(stream("a text"), count)

    assert len(markup.plain(text.stored).split()) == count


# How much, and of what


def test_a_few_shows_have_most_pieces_and_there_is_a_long_tail():
    counts = plan.shares(60, 1_000)

    assert sum(counts) == 1_000
    assert counts[0] > 10 * counts[30]
    assert sum(counts[:6]) > 400
    assert min(counts) >= 1


def test_the_plan_covers_each_episode_once_and_numbers_it_as_printed():
    long = next(plan.shows(60, 1_000, 1))
    weekly = [place for piece in long.pieces for place in piece.episodes]

    assert weekly == list(range(len(weekly)))
    assert [long.number(place) for place in range(5, 9)] == ["6", "6.5", "7", "8"]
    assert len({long.number(place) for place in range(long.episodes)}) == long.episodes
    assert Counter(piece.state for piece in long.pieces)[State.APPROVED] > len(long.pieces) * 0.9


# The same again


def fingerprint():
    return [
        *Review.objects.order_by("pk").values_list("slug", "headline", "version", "introduction"),
        *EditionPart.objects.order_by("pk").values_list("body_rendered", "stars"),
        *Credit.objects.order_by("pk").values_list("person__name", "role", "character"),
    ]


def test_the_same_seed_gives_the_same_corpus_and_another_gives_another():
    prints = []
    for seed in (3, 3, 4):
        with transaction.atomic():
            making.make(Size(4, 8, seed, 30), NOW, tell=lambda line: None)
            prints.append(fingerprint())
            transaction.set_rollback(True)

    assert prints[0] == prints[1] != prints[2]


# The command


def test_the_command_tells_how_far_it_has_come():
    assert make_corpus().splitlines()[-1] == "3 of 3 series, 6 of 6 reviews"


def test_it_is_not_for_production(settings):
    settings.PRODUCTION = True

    assert_refused("not for production")


@pytest.mark.both_databases
def test_it_does_not_mix_with_a_newsroom_at_work_unless_told_to():
    make_series()

    assert_refused("series already; say --add", series_left=1)
    make_corpus(add=True)
    make_corpus(add=True)  # the very same names are taken by now

    assert Series.objects.count() == 1 + 3 + 3


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("series", "0"),
        ("series", "-1"),
        ("series", "many"),
        ("series", "1e3"),
        ("series", "٣"),
        ("series", "20001"),
        ("reviews", "0"),
        ("reviews", ""),
        ("reviews", "9" * 5_000),
        ("reviews", "6\n7"),
        ("seed", "-1"),
        ("seed", "0.5"),
        ("parts_words", "0"),
        ("parts_words", "1000000"),
    ],
)
def test_a_bad_number_is_refused_in_one_line(option, value):
    assert_refused(f"--{option.replace('_', '-')} must be a whole number", **{option: value})


def test_more_pieces_than_the_shows_can_have_are_refused():
    assert_refused("--reviews is at most 780 for 1 series", series=1, reviews=781)


def assert_refused(why, series_left=0, **options):
    with pytest.raises(CommandError) as refused:
        make_corpus(**options)

    assert why in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 2
    assert Series.objects.count() == series_left
