"""What the demo newsroom holds, on a Wednesday."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from coverage.desk.demo.staff import accounts
from coverage.newsroom.models import AuditEntry, Picture
from coverage.newsroom.roles import Role
from coverage.site import surfaces
from coverage.site.surfaces import Kind as SurfaceKind
from reviews import rules
from reviews.copydesk.answers import remarks_of
from reviews.models import Assignment, Correction, EditionPart, Kind, Release, Review, Skip
from reviews.ratings import with_average
from reviews.status import Stage, Status
from series.models import Credit, Episode, PersonAlias, Series

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NEW_YORK = ZoneInfo("America/New_York")
WEDNESDAY = datetime(2026, 11, 18, 18, tzinfo=UTC)
COMING_FRIDAY = datetime(2026, 11, 20, 14, tzinfo=UTC)
LIGHTHOUSE = "the-lighthouse-keeps-no-hours"
SECOND = timedelta(seconds=1)


def load_demo() -> str:
    said = StringIO()
    call_command("load_demo", picture_width=48, stdout=said)
    return said.getvalue()


def load_on_wednesday() -> str:
    with time_machine.travel(WEDNESDAY, tick=False):
        return load_demo()


@pytest.fixture(scope="module")
def demo_once(stand):
    """The demo as loaded on a Wednesday, once for all the tests that only look at it."""
    with stand(load_on_wednesday) as world:
        yield world


@pytest.fixture
def demo(demo_once):
    return demo_once.for_one_test()


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield WEDNESDAY


def live(kind: Kind):
    return Release.objects.live(WEDNESDAY).filter(review__kind=kind)


def live_parts():
    return EditionPart.objects.filter(edition__in=Release.objects.live(WEDNESDAY).values("edition"))


def test_loading_it_again_says_so_and_changes_nothing(demo):
    before = AuditEntry.objects.count(), Review.objects.count(), Picture.objects.count()

    said = load_demo()

    assert "there already; nothing was changed" in said
    assert (AuditEntry.objects.count(), Review.objects.count(), Picture.objects.count()) == before


# Who is there


def test_everybody_can_log_in_with_the_password_that_was_printed(demo):
    roles = [Role.WRITER, Role.EDITOR, Role.EDITOR, Role.CHIEF]
    assert sorted(person["role"] for person in accounts().values()) == sorted(map(str, roles))
    for username, person in accounts().items():
        assert person["password"] in demo
        assert Client().login(username=username, password=person["password"])


# What is there


def test_metallic_rouge_has_its_true_facts(demo):
    rouge = Series.objects.get(slug="metallic-rouge")

    assert rouge.episodes.count() == 13
    first = rouge.episodes.get(number="1")
    assert first.title_native == "紅は暁に奏でる"
    assert first.airs_at == datetime(2024, 1, 10, 15, 55, tzinfo=UTC)
    assert first.late_night_label == "Wednesdays 24:55"
    assert rouge.episodes.get(number="13").airs_at == datetime(2024, 4, 3, 15, 55, tzinfo=UTC)
    assert rouge.premieres_on.isoformat() == "2024-01-10"
    assert Credit.objects.filter(series=rouge, role="director", person__name_native="堀元宣").exists()
    assert Credit.objects.filter(episode__number="5", role="script", person__name="Noboru Takagi").exists()


def test_the_shows_are_of_every_kind(demo):
    public = Series.objects.public(WEDNESDAY)

    assert public.filter(seasons__season="fall", seasons__year=2026).count() >= 4
    two_cour = public.get(prequel__isnull=False)
    assert [str(season) for season in two_cour.seasons.all()] == ["Summer 2026", "Fall 2026"]
    assert two_cour.prequel.slug == "salt-and-cinnabar"
    assert public.filter(format="film").exists()
    assert public.filter(slot_weekday=1).exists()
    assert Series.objects.exclude(pk__in=public).get().embargo_until > WEDNESDAY
    assert any(len(show.title_native) > 30 for show in public)
    assert Credit.objects.filter(role="voice").exclude(character="").exists()
    assert PersonAlias.objects.exists()
    for show in Series.objects.all():
        assert show.key_visual
        assert show.key_visual.alt
        assert show.studio_links.filter(is_main=True).count() == 1


def test_the_pieces_are_of_every_kind(demo):
    stages = {review.stage(WEDNESDAY) for review in Review.objects.all()}
    assert stages == set(Stage) - {Stage.DISCARDED}
    for kind in Kind:
        assert live(kind).exists(), kind
    assert Release.objects.gone(WEDNESDAY).count() == 1
    assert {correction.kind for correction in Correction.objects.all()} == {"score", "typo"}
    assert live_parts().filter(episode__kind="recap", stars=None).exists()
    assert live_parts().filter(reviewer__user=None).exists()
    assert live_parts().filter(last_episode__isnull=False).exists()
    assert live(Kind.FEATURE).get().edition.stars


def test_two_critics_share_an_episode_and_both_count(demo):
    seventh = Episode.objects.get(series__slug=LIGHTHOUSE, number="7")
    went_live = live_parts().filter(episode=seventh)[0].edition.releases.get().publish_at

    rated_before, rated = (
        with_average(Series.objects.all(), at).get(pk=seventh.series_id).rated_count
        for at in (went_live - SECOND, went_live)
    )

    assert rated == rated_before + 2


def test_a_week_was_missed_and_caught_up_with_two_episodes(demo):
    lighthouse = Release.objects.live(WEDNESDAY).filter(review__series__slug=LIGHTHOUSE)
    fridays = sorted(release.publish_at.astimezone(NEW_YORK).date() for release in lighthouse)

    gaps = [(later - earlier).days for earlier, later in pairwise(fridays)]

    assert sorted(gaps)[-2:] == [7, 14]
    after_the_gap = fridays[gaps.index(14) + 1]
    caught_up = next(r for r in lighthouse if r.publish_at.astimezone(NEW_YORK).date() == after_the_gap)
    assert [part.label for part in caught_up.edition.parts.all()] == ["Episode 4", "Episode 5"]


def test_each_weekly_show_has_a_critic(demo):
    weekly = Review.objects.filter(kind="weekly", series__isnull=False).values_list("series", flat=True)

    assert set(Assignment.objects.values_list("series", flat=True)) == set(weekly)
    assert not Assignment.objects.filter(reviewer=None).exists()


def test_somebody_sits_in_and_a_week_is_skipped(demo):
    sits_in = Assignment.objects.get(week="2026-W47", lasts=False)

    assert str(sits_in.reviewer) == "Tamsin Vale"
    assert sits_in.series.slug == "salt-and-cinnabar-second-fire"
    assert Skip.objects.get().week == "2026-W49"


def test_what_waits_for_an_editor_has_notes_and_findings(demo):
    waiting = Review.objects.get(slug="last-night-bus-episode-9")

    assert waiting.notes.open_on(waiting).count() == 2
    assert waiting.notes.exclude(resolved_at=None).exists()
    assert waiting.notes.exclude(quote="").exists()
    assert {(remark.finding.found, remark.holds) for remark in remarks_of(waiting)} == {
        ("Masoto", True),
        ("carefuly", False),
    }


def test_one_piece_is_scheduled_for_the_coming_friday(demo):
    scheduled = Release.objects.filter(publish_at__gt=WEDNESDAY).get()

    assert scheduled.publish_at == COMING_FRIDAY
    assert scheduled.review.series.slug == LIGHTHOUSE


def test_a_draft_was_returned_with_a_note_and_another_waits_for_an_editor(demo):
    returned = AuditEntry.objects.get(verb="return_with_note")

    assert returned.note
    assert Review.objects.get(pk=returned.subject_id).status == Status.DRAFT
    assert Review.objects.filter(status=Status.SUBMITTED).exists()


def test_a_live_piece_has_an_edit_that_readers_do_not_get(demo):
    release = Release.objects.get(review__slug="last-night-bus-episode-8")
    working_copy = release.review.parts.get().body

    page = Client().get(release.get_absolute_url()).content.decode()

    assert "with a queue outside" in working_copy
    assert "with a queue outside" not in page
    assert "the bottle is a cupboard" in page


def test_what_was_corrected_reads_right(demo):
    score = Correction.objects.get(kind="score")
    typo = Correction.objects.get(kind="typo")

    assert score.edition.parts.get().stars == 4
    assert score.note
    assert "infrastructure" in typo.edition.parts.get().body


# How it is written


def test_every_piece_passes_the_rules_of_the_house(demo):
    for review in Review.objects.exclude(status=Status.DRAFT):
        assert rules.missing(review) == [] or review.series.is_public is False
        assert review.bylines.exists()


def test_no_mark_of_the_manuscripts_is_left_in_the_prose(demo):
    for review in Review.objects.all():
        texts = [review.headline, review.standfirst, review.introduction, review.conclusion, review.verdict]
        texts += [text for part in review.parts.all() for text in (part.body, part.verdict)]
        for text in texts:
            assert not re.search(r"\|\||\*|\\|!!|^#|\+\+\+", text), review.slug


def test_the_most_prominent_pieces_are_long_and_have_marked_spoilers(demo):
    def words(part):
        return len(re.sub("<[^>]+>", " ", part.body + part.verdict).split())

    parts = list(live_parts())

    assert sum(words(part) >= 350 for part in parts) >= 5
    assert sum('<details class="spoiler spoiler-inline"' in part.body_rendered for part in parts) >= 6
    assert sum('<details class="spoiler spoiler-block"' in part.body_rendered for part in parts) >= 4


# What readers see


def spread(addresses):
    """The first, the middle one and the last: each surface has one template."""
    return sorted({addresses[place] for place in (0, len(addresses) // 2, -1)}) if addresses else []


def test_readers_see_nothing_that_is_not_theirs(demo):
    hidden = [review for review in Review.objects.all() if review.stage(WEDNESDAY) != Stage.LIVE]
    canaries = [text for review in hidden for text in (review.headline, review.slug, review.standfirst[:40])]
    canaries += ["Understudy for a Ghost", "幽霊の代役", "Lamp Out", "消灯"]
    pages = [
        path
        for surface in surfaces.every()
        if surface.kind in (SurfaceKind.PAGE, SurfaceKind.FEED)
        for path in spread(list(surface.addresses(WEDNESDAY)))
    ]

    bodies = {path: Client().get(path).content.decode() for path in pages}

    assert len(pages) > 30
    for path, body in bodies.items():
        leaked = [text for text in canaries if text and text in body]
        assert not leaked, path
    shown = Release.objects.live(WEDNESDAY).newest_first()[0].edition.headline
    assert shown in bodies[reverse("site:front")]


def test_the_piece_that_was_withdrawn_is_gone(demo):
    gone = Release.objects.gone(WEDNESDAY).get()

    assert Client().get(reverse("reviews:detail", args=[gone.review.slug])).status_code == 410


def test_its_pictures_are_drawn_the_same_each_time(demo):
    assert Picture.objects.count() == len(set(Picture.objects.values_list("file", flat=True)))
    assert not Picture.objects.exclude(credit="Drawn for the demo newsroom").exists()
