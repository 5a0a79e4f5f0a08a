import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coverage.newsroom.models import Publication
from coverage.newsroom.roles import Role
from coverage.newsroom.weeks import Week
from reviews import planning, verbs
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_part,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db


def front(client):
    response = client.get("/desk/")
    assert response.status_code == 200
    return response


def test_it_names_the_coming_slot_in_words_with_its_zone(client, editor):
    assert "Friday 16 January, 09:00 New York" in front(client).content.decode()


def test_what_friday_needs_stands_by_stage_what_asks_for_a_hand_first(client, editor):
    draft = make_review(planned_at=FRIDAY)
    submitted = verbs.submit(make_review(), Act(editor, NOW))
    scheduled = approve(make_review())

    groups = front(client).context["groups"]

    assert [(group.stage, [piece.review for piece in group.pieces]) for group in groups] == [
        ("submitted", [submitted]),
        ("draft", [draft]),
        ("scheduled", [scheduled]),
    ]


def test_a_plan_that_has_passed_is_late_and_one_for_later_is_not_there(client, editor):
    late = make_review(planned_at=NOW - timedelta(days=1))
    make_review(planned_at=FRIDAY + timedelta(days=14))

    (group,) = front(client).context["groups"]

    assert [(piece.review, piece.is_late) for piece in group.pieces] == [(late, True)]


def test_late_means_there_what_it_means_on_the_board_and_in_the_mails(client, editor):
    """A plan from before the airing counts as none, and a piece without a plan is late after its slot."""
    series = make_series()
    early = make_episode(series, "2", airs_at=NOW + timedelta(days=1))
    overtaken = make_review(series, episodes=[early], planned_at=NOW - timedelta(days=1))
    old = NOW - timedelta(weeks=2)
    undated = make_review(series, episodes=[make_episode(series, "1", airs_at=old)], at=old)

    (group,) = front(client).context["groups"]

    assert {piece.review: piece.is_late for piece in group.pieces} == {overtaken: False, undated: True}


def test_what_has_aired_since_the_last_slot_and_nobody_has_is_offered(client, editor):
    series = make_series()
    aired, taken, _to_come, _old = (
        make_episode(series, number, airs_at=airs_at)
        for number, airs_at in [
            ("3", NOW - timedelta(days=1)),
            ("2", NOW - timedelta(days=2)),
            ("4", NOW + timedelta(hours=1)),
            ("1", NOW - timedelta(days=20)),
        ]
    )
    make_review(series, episodes=[taken])

    assert list(front(client).context["uncovered"]) == [aired]


def test_an_episode_inside_a_run_is_taken(client, editor):
    series = make_series()
    day = timedelta(days=1)
    numbers = ("25", "26", "27", "28")
    first, _inside, last, _after = (make_episode(series, number, airs_at=NOW - day) for number in numbers)
    make_part(make_review(series), first, make_reviewer(), last_episode=last)

    assert [episode.number for episode in front(client).context["uncovered"]] == ["28"]


def test_what_somebody_has_or_is_skipped_is_not_offered(client, editor):
    given, skipped = make_series(), make_series()
    for series in (given, skipped):
        make_episode(series, airs_at=NOW - timedelta(days=1))
    planning.assign(given, None, Act(editor, NOW), make_reviewer())
    planning.skip(skipped, Week(2026, 3), Act(editor, NOW, note="Away."))

    assert list(front(client).context["uncovered"]) == []


def test_what_i_am_to_write_is_begun_from_here(client, writer):
    series = make_series("Moonlit Ferry")
    make_episode(series, "3", airs_at=NOW - timedelta(days=1))
    planning.assign(series, None, Act(make_user(Role.EDITOR), NOW), make_reviewer("Me", writer))
    make_episode(make_series(), airs_at=NOW - timedelta(days=1))

    (cell,) = front(client).context["to_begin"]
    begun = client.post("/desk/board/start/", {"due": cell.key})

    assert begun.status_code == 302
    assert front(client).context["to_begin"] == []
    assert [str(piece.review) for piece in front(client).context["mine"]] == ["Moonlit Ferry: episode 3"]


def test_mine_shows_why_a_piece_came_back_until_it_is_submitted_again(client, writer):
    review = make_review(reviewer=make_reviewer(user=writer))
    editor = make_user(Role.EDITOR)
    verbs.submit(review, Act(writer, NOW))
    verbs.return_with_note(review, Act(editor, NOW, note="The verdict is missing."))

    (piece,) = front(client).context["mine"]
    page = front(client).content.decode()
    verbs.submit(review, Act(writer, NOW))

    assert piece.note.note == "The verdict is missing."
    assert "The verdict is missing." in page
    assert front(client).context["mine"][0].note is None


def test_who_writes_meets_their_own_first_and_who_approves_what_is_handed_in(client):
    def headings(role):
        client.force_login(make_user(role))
        return re.findall(r'<h2 id="([a-z-]+)"', front(client).content.decode())

    assert headings(Role.WRITER)[:2] == ["mine", "needs"]
    assert headings(Role.EDITOR)[:2] == ["needs", "mine"]


@pytest.mark.one_database
def test_it_says_when_announcing_is_off_and_shows_a_chief_where_to_turn_it_on(client, chief, editor):
    link = 'href="/desk/newsroom/publication/1/change/#id_announces"'
    assert "Announcing is off" not in front(client).content.decode()
    Publication.objects.update(announces=False)

    said = front(client).content.decode()
    client.force_login(chief)

    assert "Announcing is off" in said
    assert link not in said
    assert link in front(client).content.decode()


@pytest.mark.one_database
@pytest.mark.parametrize("at", ["/desk/", "/desk/reviews/review/"])
def test_its_queries_do_not_grow_with_the_pieces(client, chief, at):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(at)
        return len(captured)

    def one_of_each():
        series = make_series()
        mine = make_reviewer(user=None)
        make_review(series, reviewer=mine, by=chief, episodes=[make_episode(series)])
        approve(make_review())
        make_episode(make_series(), airs_at=NOW - timedelta(days=1))

    one_of_each()
    queries()
    at_one = queries()
    one_of_each()
    one_of_each()

    assert queries() == at_one
    assert at_one <= 20
