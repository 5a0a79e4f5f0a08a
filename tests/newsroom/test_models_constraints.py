"""Every named constraint of ours: an editor reads its message, and the database holds it by itself.

The constraints are read from the models, so a new one without an example here fails.
"""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from coverage.newsroom.models import Picture, Publication
from coverage.newsroom.roles import Role
from reviews.models import (
    Assignment,
    Buffer,
    Byline,
    Correction,
    Edition,
    EditionPart,
    EpisodeReview,
    IgnoredFinding,
    MutedMail,
    Note,
    Override,
    Presence,
    PreviewLink,
    Release,
    Review,
    Skip,
)
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
    VocabularyEntry,
)
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_announcement,
    make_episode,
    make_live_review,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
    make_subscriber,
    make_user,
)

pytestmark = pytest.mark.django_db
OURS = ("newsroom", "series", "reviews", "desk", "site")


def constraints():
    return {
        constraint.name: (model, constraint)
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for constraint in model._meta.constraints
    }


def changed(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def again(row):
    """A new row just like `row`."""
    return changed(row, pk=None, _state=models.base.ModelState())


def review_with_part():
    show = make_series()
    return make_review(show, episodes=[make_episode(show)])


def live_with_part():
    show = make_series()
    return make_live_review(show, episodes=[make_episode(show)])


def credit(**where):
    return Credit.objects.create(person=Person.objects.create(name="A", slug="a"), role="script", **where)


def streaming(**fields):
    platform = Platform.objects.create(name="Stream", slug="stream")
    return Streaming.objects.create(series=make_series(), platform=platform, **fields)


def studio_link(series=None, slug="studio", **fields):
    studio = Studio.objects.create(name=slug, slug=slug)
    return SeriesStudio.objects.create(series=series or make_series(), studio=studio, **fields)


def second_main_studio():
    return changed(studio_link(studio_link(is_main=True).series, "other"), is_main=True)


def prequel_of_itself():
    show = make_series()
    return changed(show, prequel=show)


def correction(**fields):
    release = make_live_review().release
    return Correction(review=release.review, edition=release.edition, made_at=NOW, **fields)


def ignored(series):
    by = make_user(Role.EDITOR)
    return IgnoredFinding.objects.create(
        series=series, kind="name", found="Rogue", key="rogue", ignored_at=NOW, ignored_by=by
    )


def override():
    return Override.objects.create(
        review=make_review(), mark="m", kind="name", found="Rogue", times=1, reason="The pub.",
        made_at=NOW, made_by=make_user(Role.EDITOR),
    )  # fmt: skip


def whole_stars(stars):
    return changed(make_review(kind="season"), stars=stars)


def preview_link_that_never_works():
    maker = make_user(Role.CHIEF)
    return PreviewLink(review=make_review(), digest="0" * 64, made_by=maker, made_at=NOW, expires_at=NOW)


def note(**fields):
    return Note(**{"review": make_review(), "made_by": make_user(Role.CHIEF), "made_at": NOW} | fields)


# Each makes a row that breaks the one constraint, and is otherwise in order.
BROKEN = {
    "note_says_something": lambda: note(words=""),
    "note_on_a_paragraph_or_on_all": lambda: note(words="Why?", paragraph=1),
    "preview_link_expires_later": preview_link_that_never_works,
    "picture_focal_point_within": lambda: changed(make_picture(), focal_x=101),
    "publication_single_row": lambda: changed(again(Publication.objects.get()), pk=2),
    "publication_slot_weekday": lambda: changed(Publication.objects.get(), slot_weekday=7),
    "series_own_slot_whole": lambda: changed(make_series(), slot_time=time(9)),
    "series_not_its_own_prequel": prequel_of_itself,
    "series_title_once": lambda: again(SeriesTitle.objects.create(series=make_series(), title="T")),
    "series_season_once": lambda: again(
        SeriesSeason.objects.create(series=make_series(), year=2024, season="winter")
    ),
    "series_studio_once": lambda: again(studio_link()),
    "series_one_main_studio": second_main_studio,
    "streaming_once": lambda: again(streaming()),
    "streaming_time_whole": lambda: changed(streaming(), wall_time=time(9)),
    "vocabulary_form_once_in_series": lambda: again(
        VocabularyEntry.objects.create(series=make_series(), form="Nectar")
    ),
    "vocabulary_form_once_in_house": lambda: again(VocabularyEntry.objects.create(form="email")),
    "episode_number_once": lambda: again(make_episode(make_series())),
    "person_alias_once": lambda: again(
        PersonAlias.objects.create(person=Person.objects.create(name="A", slug="a"), name="B")
    ),
    "credit_on_series_or_episode": lambda: changed(
        credit(series=make_series()), episode=make_episode(make_series())
    ),
    "credit_once_on_series": lambda: again(credit(series=make_series())),
    "credit_once_on_episode": lambda: again(credit(episode=make_episode(make_series()))),
    "review_stars_in_half_steps": lambda: whole_stars("3.3"),
    "review_has_series": lambda: changed(make_review(), series=None),
    "review_own_stars_for_whole_works": lambda: changed(make_review(), stars="3.0"),
    "byline_once": lambda: again(make_review().bylines.get()),
    "episodereview_stars_in_half_steps": lambda: changed(review_with_part().parts.get(), stars="5.5"),
    "part_once_per_episode_and_reviewer": lambda: again(review_with_part().parts.get()),
    "edition_stars_in_half_steps": lambda: changed(make_review().editions.get(), stars="0.0"),
    "edition_number_once": lambda: again(make_review().editions.get()),
    "editionpart_stars_in_half_steps": lambda: changed(
        review_with_part().editions.get().parts.get(), stars="4.7"
    ),
    "edition_part_once": lambda: again(review_with_part().editions.get().parts.get()),
    "release_has_edition_and_instant": lambda: changed(make_live_review().release, publish_at=None),
    "release_withdrawn_after_live": lambda: changed(
        approve(make_review()).release, withdrawn_at=FRIDAY + timedelta(days=1)
    ),
    "assignment_once": lambda: again(Assignment.objects.create(series=make_series(), week="2026-W03")),
    "assignment_of_a_week_or_lasting": lambda: Assignment(series=make_series()),
    "skip_once": lambda: again(
        Skip.objects.create(
            series=make_series(), week="2026-W03", reason="A holiday.", skipped_by=make_user(), skipped_at=NOW
        )
    ),
    "announcement_once": lambda: changed(again(make_announcement()), key=uuid4()),
    "muted_mail_once": lambda: again(MutedMail.objects.create(user=make_user(), kind="late")),
    "buffer_once": lambda: again(
        Buffer.objects.create(user=make_user(), sitting=uuid4(), content="[]", kept_at=NOW)
    ),
    "subscriber_stopped_with_a_reason": lambda: changed(make_subscriber(), stopped_at=NOW),
    "presence_once": lambda: again(
        Presence.objects.create(review=make_review(), user=make_user(), opened_at=NOW, seen_at=NOW)
    ),
    "correction_has_note": lambda: correction(kind="fact", note=""),
    "finding_ignored_once_in_series": lambda: again(ignored(make_series())),
    "finding_ignored_once_without_series": lambda: again(ignored(None)),
    "override_has_reason": lambda: changed(override(), reason=""),
}
# What NOT NULL refuses before the constraint is asked.
ALSO_A_COLUMN = {"release_has_edition_and_instant"}


def test_every_constraint_has_an_example_here():
    assert set(BROKEN) == set(constraints())


@pytest.mark.parametrize("name", BROKEN)
def test_an_editor_reads_what_is_wrong(name):
    row = BROKEN[name]()
    _model, constraint = constraints()[name]
    message = str(constraint.violation_error_message)

    with pytest.raises(ValidationError) as by_constraint:
        row.validate_constraints()
    with pytest.raises(ValidationError):
        row.full_clean()

    assert message in by_constraint.value.messages
    assert "onstraint" not in message


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_holds_it_by_itself(name):
    row = BROKEN[name]()
    model, constraint = constraints()[name]

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save()

    assert isinstance(row, model)
    is_named = connection.vendor == "postgresql" or isinstance(constraint, models.CheckConstraint)
    assert not is_named or name in ALSO_A_COLUMN or name in str(refused.value)


@pytest.mark.parametrize("stars", [None, "0.5", "2.5", "5.0"])
def test_half_steps_and_no_stars_pass(stars):
    whole_stars(stars).full_clean()


@pytest.mark.parametrize("edge", [0, 100])
def test_the_edges_of_a_picture_may_be_its_focal_point(edge):
    changed(make_picture(), focal_x=edge, focal_y=edge).validate_constraints()


def test_a_release_without_an_edition_is_told_so():
    release = changed(make_live_review().release, edition=None)

    with pytest.raises(ValidationError) as refused:
        release.full_clean()

    assert refused.value.message_dict["edition"] == ["A release needs an edition."]


def test_a_releases_edition_is_of_its_review():
    release = make_live_review().release
    release.edition = make_review().editions.get()

    with pytest.raises(ValidationError, match="of another review"):
        release.full_clean()


def test_two_critics_may_share_an_episode():
    part = review_with_part().parts.get()

    EpisodeReview(review=part.review, episode=part.episode, reviewer=make_reviewer()).full_clean()


def test_one_person_may_voice_two_characters():
    first = credit(series=make_series())

    Credit(person=first.person, role="voice", series=first.series, character="Rouge").full_clean()
    Credit(person=first.person, role="voice", series=first.series, character="Naomi").full_clean()


def test_the_registry_reads_models_of_every_app():
    found = {model for model, _constraint in constraints().values()}

    assert {Picture, Series, Episode, Review, Edition, EditionPart, Release, Byline} <= found
