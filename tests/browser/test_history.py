"""A piece's history in a real browser: for everyone, at any width, by keyboard."""

from datetime import UTC, datetime

import pytest

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Review
from reviews.verbs import Act
from tests.factories import NOW, make_episode, make_review, make_reviewer, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]

PARAGRAPHS = [f"<p>Paragraph {number} of a long evening on the water.</p>" for number in range(9)]


@pytest.fixture
def chief(sign_in):
    user = make_user(Role.CHIEF)
    sign_in(user)
    return user


@pytest.fixture
def review(chief):
    """Rewritten once: a field of each kind, prose, one part gone and another come."""
    series = make_series("Moonlit Ferry")
    review = make_review(
        series,
        episodes=[make_episode(series, "6")],
        headline="Moonlit Ferry waits for the tide",
        introduction="".join(PARAGRAPHS),
    )
    review.parts.all().delete()
    review.parts.create(
        episode=make_episode(series, "7"), reviewer=make_reviewer(), stars="3.5", body="<p>New.</p>"
    )
    changed = ["<p>Paragraph 4 of a short evening ashore.</p>", *PARAGRAPHS[5:]]
    Review.objects.filter(pk=review.pk).update(
        headline="Moonlit Ferry leaves before the tide",
        introduction="".join([*PARAGRAPHS[:4], *changed]),
        spoiler_level="heavy",
    )
    review.keep(by=chief, at=NOW)
    AuditEntry.objects.record("return_with_note", review, by=chief, at=NOW, note="Check the tide.")
    verbs.discard(make_review(headline="Moonlit Ferry sinks"), Act(chief, datetime.now(UTC)))
    return Review.objects.get(pk=review.pk)


def history_of(review):
    return f"/desk/reviews/review/{review.pk}/history/"


def test_a_comparison_of_every_kind_of_change_fits_and_is_accessible(
    page, review, looks, assert_fits, assert_accessible
):
    page.goto(f"{history_of(review)}compare/?from=1&to=2")

    assert_fits(320)
    for width in looks():
        assert_fits(width)
        assert_accessible()


def test_an_edition_is_found_restored_and_the_step_undone_by_keyboard(page, review):
    page.goto(history_of(review))
    for name in ("Restore edition 1", "Restore edition 1", "Undo this", "Restore edition 2"):
        control = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).last
        control.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if page.get_by_text("It says what edition 1 said").count():
            assert Review.objects.get(pk=review.pk).headline == "Moonlit Ferry waits for the tide"

    assert Review.objects.get(pk=review.pk).headline == "Moonlit Ferry leaves before the tide"
