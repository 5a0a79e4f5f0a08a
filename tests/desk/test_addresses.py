"""Every address x every role. The resolver names the addresses: a new one fails until it stands here."""

import io

import pytest
import time_machine
from django.contrib.flatpages.models import FlatPage
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from coverage.newsroom.models import AuditEntry, Picture, Publication, User
from coverage.newsroom.pictures import renditions
from coverage.newsroom.roles import Role
from coverage.site.friday_mail.links import confirmation_of, token_of
from coverage.site.friday_mail.wishes import Wish
from coverage.site.models import Subscriber
from reviews import social_cards
from reviews.models import Announcement, Endpoint, Review, Reviewer
from reviews.previewing.links import make_link
from series.models import Credit, Episode, Person, Platform, Series, SeriesStudio, Studio, VocabularyEntry
from tests.factories import (
    NOW,
    make_announcement,
    make_endpoint,
    make_episode,
    make_live_review,
    make_series,
    make_subscriber,
    make_user,
)

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

# What a GET answers to: nobody signed in, a reader's account, a writer, an editor, a chief.
OPEN = (200, 200, 200, 200, 200)
DESK = (302, 302, 200, 200, 200)
EDITORS = (302, 302, 403, 200, 200)
CHIEFS = (302, 302, 403, 403, 200)
NOBODY = (302, 302, 403, 403, 403)


def screens(model, *, view=DESK, add=NOBODY, **more):
    """A model's screens: its list, its history, one row (seen by whoever may look), and adding one."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    found = {f"{name}_changelist": view, f"{name}_history": view, f"{name}_change": view, f"{name}_add": add}
    return found | {f"{name}_{suffix}": answers for suffix, answers in more.items()}


ANSWERS = (
    {
        "admin:index": DESK,
        "admin:login": (200, 200, 302, 302, 302),
        "admin:logout": (302, 302, 405, 405, 405),
        "admin:password_change": DESK,
        "admin:password_change_done": DESK,
        "admin:autocomplete": NOBODY,
        "admin:jsi18n": DESK,
        "admin:view_on_site": (302, 302, 404, 404, 404),
        "admin:app_list": DESK,
        "admin:board": DESK,
        "admin:board_at_it": DESK,
        "admin:board_move": DESK,
        "admin:board_season": DESK,
        "admin:board_start": (302, 302, 405, 405, 405),
        "admin:board_week": DESK,
        "admin:time_machine": DESK,
        "admin:time_machine_leave": (302, 302, 405, 405, 405),
        "admin:my_mail": DESK,
        "admin:rehearsal": DESK,
        "admin:reviews_review_verb": (302, 302, 403, 200, 200),
        "admin:reviews_review_fix": EDITORS,
        "admin:reviews_review_compare": EDITORS,
        "admin:reviews_review_restore": EDITORS,
        "admin:reviews_review_discarded": DESK,
        "admin:reviews_review_paste": DESK,
        "admin:reviews_review_preview": DESK,
        "admin:reviews_review_links": EDITORS,
        "admin:reviews_review_notes": EDITORS,
        "admin:reviews_review_end_link": (302, 302, 403, 405, 405),
        "admin:reviews_review_margin": (302, 302, 403, 405, 405),
        "admin:reviews_review_override": (302, 302, 403, 302, 302),
        "admin:reviews_review_ignored": DESK,
        "admin:reviews_review_stills": (302, 302, 405, 405, 405),
        "admin:reviews_review_still": DESK,
        "admin:reviews_review_unsaved": DESK,
        "admin:reviews_review_drop": (302, 302, 405, 405, 405),
        "admin:reviews_review_presence": (302, 302, 405, 405, 405),
    }
    | screens(Review, add=DESK, history=EDITORS)
    | screens(Reviewer, add=CHIEFS)
    | screens(Series, add=CHIEFS)
    | screens(Episode, add=CHIEFS)
    | screens(Person, add=CHIEFS)
    | screens(Studio, add=CHIEFS)
    | screens(Platform, add=CHIEFS)
    | screens(VocabularyEntry, add=CHIEFS)
    | screens(Picture, add=DESK)
    | screens(FlatPage, add=CHIEFS)
    | screens(AuditEntry, view=EDITORS)
    | screens(Announcement, view=CHIEFS)
    | screens(Subscriber, view=CHIEFS)
    | screens(Endpoint, view=CHIEFS, add=CHIEFS, secret=CHIEFS)
    | screens(User, view=EDITORS, add=CHIEFS)
    | {
        "admin:auth_user_password_change": CHIEFS,
        "admin:newsroom_publication_changelist": (302, 302, 302, 302, 302),
        "admin:newsroom_publication_history": DESK,
        "admin:newsroom_publication_change": DESK,
        "admin:newsroom_publication_add": NOBODY,
    }
)
# The public site doesn't know who asks; but a picture that no public page shows is the desk's.
PUBLIC = dict.fromkeys(
    [
        "reviews:detail",
        "reviews:list",
        "reviews:series",
        "site:corrections",
        "site:feed",
        "site:feed_json",
        "site:flatpage",
        "site:front",
        "site:my_shows",
        "site:my_shows_json",
        "site:robots",
        "site:search",
        "site:season",
        "site:seasons",
        "site:series",
        "site:series_feed",
        "site:series_feed_json",
        "site:series_list",
        "site:news_sitemap",
        "site:sitemap",
        "site:sitemap_part",
    ],
    OPEN,
) | {"site:favicon": (302, 302, 302, 302, 302), "site:media": (404, 404, 200, 200, 200)}
PUBLIC |= dict.fromkeys(
    [
        "site:people",
        "site:person",
        "site:reviewer",
        "site:reviewer_feed",
        "site:reviewer_feed_json",
        "site:reviewers",
        "site:studio",
        "site:studios",
        "site:week",
    ],
    OPEN,
) | {"site:weeks": (302, 302, 302, 302, 302)}
PUBLIC |= {"site:card": OPEN, "site:indexnow_key": (404, 404, 404, 404, 404)}
PUBLIC |= {"site:preview": OPEN, "site:preview_rendition": (404, 404, 404, 404, 404)}
PUBLIC |= dict.fromkeys(
    ["site:mail", "site:mail_sent", "site:mail_confirm", "site:mail_choices", "site:mail_leave"], OPEN
) | {"site:mail_ask": (302, 302, 302, 302, 302), "site:mail_events": (405, 405, 405, 405, 405)}
PUBLIC |= {"site:rendition": PUBLIC["site:media"]}
PUBLIC |= {"site:alive": OPEN, "site:ready": OPEN, "site:metrics": (404, 404, 404, 404, 404)}
ANSWERS |= PUBLIC
# These lead on to the change form, or catch what is left over.
LEADING_ON = {"admin:None"}


def make_picture():
    drawn = io.BytesIO()
    Image.new("RGB", (4, 3), "navy").save(drawn, "PNG")
    return Picture.objects.create(file=ContentFile(drawn.getvalue(), "ferry.png"), alt="A ferry")


def patterns(resolver=None, namespace=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def addresses():
    return set(patterns()) - LEADING_ON


@pytest.fixture(scope="module")
def arguments_once(stand):
    with time_machine.travel(NOW, tick=False), stand(make_one_of_each) as world:
        yield world


@pytest.fixture
def arguments(arguments_once):
    return arguments_once.for_one_test()


def make_one_of_each():
    """What stands in the place of each address' arguments."""
    series = make_series("Covered")
    episode = make_episode(series)
    review = make_live_review(series, episodes=[episode])
    chief = User.objects.get(groups__name=Role.CHIEF.value)
    picture = make_picture()
    rows = {
        "reviews_review": review,
        "reviews_reviewer": Reviewer.objects.get(),
        "flatpages_flatpage": FlatPage.objects.get(url="/about/"),
        "series_series": series,
        "series_episode": episode,
        "series_person": Person.objects.create(name="Aki", slug="aki"),
        "series_studio": Studio.objects.create(name="Kite", slug="kite"),
        "series_platform": Platform.objects.create(name="Stream", slug="stream"),
        "series_vocabularyentry": VocabularyEntry.objects.create(form="email", kind="term"),
        "newsroom_picture": picture,
        "newsroom_publication": Publication.objects.get(),
        "newsroom_auditentry": AuditEntry.objects.first(),
        "reviews_announcement": make_announcement(),
        "site_subscriber": make_subscriber(),
        "reviews_endpoint": make_endpoint(),
        "newsroom_user": chief,
    }

    of_series = ["site:series", "site:series_feed", "site:series_feed_json", "reviews:series"]
    public = dict.fromkeys(of_series, series.slug)
    public |= {"reviews:detail": review.slug, "site:media": picture.file.name, "site:flatpage": "about"}
    public["site:sitemap_part"] = "pages"

    Credit.objects.create(series=series, person=rows["series_person"], role="director")
    SeriesStudio.objects.create(series=series, studio=rows["series_studio"])
    public |= {"site:person": "aki", "site:studio": "kite", "site:reviewer": Reviewer.objects.get().slug}
    public |= dict.fromkeys(["site:reviewer_feed", "site:reviewer_feed_json"], public["site:reviewer"])
    public |= {"site:week": str(Publication.objects.get().week(NOW))}

    public["site:rendition"] = next(renditions.every(picture)).name

    series.seasons.create(year=2026, season="winter")

    card = social_cards.of_series(series, Publication.objects.get())
    reader = make_subscriber()
    link, token = make_link(review, by=chief, at=NOW)
    given = {name: [value] for name, value in public.items()} | {
        "site:card": ["series", series.slug, card.digest],
        "site:season": [2026, "winter"],
        "admin:reviews_review_compare": [review.pk],
        "admin:reviews_review_preview": [review.pk],
        "admin:reviews_review_fix": [review.pk],
        "admin:reviews_review_links": [review.pk],
        "admin:reviews_review_notes": [review.pk],
        "admin:reviews_review_end_link": [review.pk, link.pk],
        "site:preview": [token],
        "site:mail_confirm": [confirmation_of(reader, Wish())],
        "site:mail_choices": [token_of(reader)],
        "site:mail_leave": [token_of(reader)],
        "site:preview_rendition": [token, public["site:rendition"]],
        "admin:reviews_review_restore": [review.pk, 1],
        "admin:board_season": [series.pk],
        "admin:board_week": [series.pk, "2026-W03"],
        "admin:board_move": [series.pk, "2026-W03"],
        "admin:reviews_review_presence": [review.pk],
        "admin:reviews_review_drop": [review.version],
        "admin:reviews_review_margin": [review.pk],
        "admin:reviews_review_override": [review.pk, "0" * 20],
    }

    def of(name):
        if name in given:
            return given[name]
        view = name.removeprefix("admin:")
        if view == "reviews_review_verb":
            return [review.pk, "withdraw"]
        if view == "reviews_review_still":
            return [picture.pk]
        if view == "auth_user_password_change":
            return [make_user(Role.WRITER).pk]
        if view == "view_on_site":
            return [10**6, 1]
        if view == "app_list":
            return ["reviews"]
        model, _, what = view.rpartition("_")
        return [rows[model].pk] if model in rows and what in ("change", "history", "secret") else []

    return of


def test_every_address_stands_in_the_table():
    assert addresses() == set(ANSWERS)


def test_no_address_deletes_anything():
    assert not [name for name in patterns() if "delete" in name]


@pytest.mark.parametrize("who", ["nobody", "reader", *Role])
def test_every_address_answers_each_role_as_the_table_says(client, arguments, who):
    if who == "reader":
        client.force_login(make_user(None))
    elif who != "nobody":
        client.force_login(make_user(who))
    column = ["nobody", "reader", *Role].index(who)
    # What answers everybody alike is asked by the first and the last.
    asked = sorted(name for name in ANSWERS if ANSWERS[name] != OPEN or who in ("nobody", Role.CHIEF))

    answers = {}
    for name in asked:
        response = client.get(reverse(name, args=arguments(name)))
        answers[name] = response.status_code
        if response.streaming:
            response.getvalue()

    assert answers == {name: ANSWERS[name][column] for name in asked}


# What each role may change by posting a form back: nothing of it may be looked at only.
CHANGES = {
    Role.WRITER: set(),
    Role.EDITOR: {"newsroom_picture", "reviews_review"},
    Role.CHIEF: {
        "flatpages_flatpage",
        "newsroom_picture",
        "newsroom_publication",
        "newsroom_user",
        "reviews_endpoint",
        "reviews_review",
        "reviews_reviewer",
        "series_episode",
        "series_person",
        "series_platform",
        "series_series",
        "series_studio",
        "series_vocabularyentry",
    },
}


@pytest.mark.parametrize("role", list(Role))
def test_who_may_look_only_is_refused_when_posting(client, arguments, role):
    client.force_login(make_user(role))

    changeable = {
        name.removeprefix("admin:").removesuffix("_change")
        for name in ANSWERS
        if name.endswith("_change") and "password" not in name
        if client.post(reverse(name, args=arguments(name)), {}).status_code != 403
    }

    assert changeable == CHANGES[role]


def test_a_writer_changes_their_own_draft_until_it_is_submitted(client):
    from reviews import verbs
    from reviews.verbs import Act
    from tests.desk.forms import address_of
    from tests.factories import make_review, make_reviewer

    writer = make_user(Role.WRITER)
    client.force_login(writer)
    review = make_review(reviewer=make_reviewer(user=writer))

    as_a_draft = client.post(address_of(review), {}).status_code
    verbs.submit(review, Act(writer, NOW))
    submitted = client.post(address_of(review), {}).status_code

    assert (as_a_draft, submitted) == (200, 403)
