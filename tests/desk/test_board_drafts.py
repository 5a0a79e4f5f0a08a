"""Drafts begun from the board: one, a week's, a catch-up; and the credits that come with them."""

from datetime import timedelta

import pytest

from coverage.desk.board import drafts
from coverage.newsroom.roles import Role
from coverage.newsroom.weeks import Week
from reviews import planning
from reviews.importing.article import Credit as Suggestion
from reviews.importing.crediting import accept
from reviews.models import Review
from reviews.verbs import Act
from series.carrying import carry_credits
from series.models import Credit, Person
from tests.desk.forms import fields_of
from tests.desk.test_board import airing, give, page_of, table, words
from tests.desk.test_board_week import W03, address, press, said
from tests.factories import FRIDAY, NOW, make_review, make_reviewer, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

START = "/desk/board/start/"
WEEK = timedelta(days=7)


@pytest.fixture
def series(db):
    series = make_series("Moonlit Ferry")
    airing(series)
    return series


@pytest.fixture
def assigned(series):
    """Ana has the season."""
    give(series, make_reviewer("Ana"))
    return series


def start(client, series, week="2026-W03", **more):
    return client.post(START, {"due": f"{series.pk}:{week}"} | more, follow=True)


def start_week(client, **more):
    return client.post(START, {"week": "2026-W03"} | more, follow=True)


def test_one_press_begins_the_draft_and_leads_to_its_form(client, editor, assigned):
    response = start(client, assigned)

    review = Review.objects.get()
    assert response.redirect_chain == [(f"/desk/reviews/review/{review.pk}/change/", 302)]
    assert (review.headline, review.planned_at) == ("Moonlit Ferry: episode 7", FRIDAY)
    assert "Drafting Episode 7 Ana" in table(page_of(client))["Moonlit Ferry"][2]


@pytest.mark.both_databases
def test_pressing_again_leads_to_the_same_draft(client, editor, assigned):
    first, again = start(client, assigned), start(client, assigned)

    assert again.redirect_chain == first.redirect_chain
    assert Review.objects.count() == 1


@pytest.mark.parametrize("why", ["nobody has it", "it is skipped", "nothing is due"])
def test_what_is_not_to_be_begun_is_not(client, editor, series, why):
    if why != "nobody has it":
        give(series, make_reviewer())
    if why == "it is skipped":
        planning.skip(series, W03, Act(editor, NOW, note="Away."))

    response = start(client, series, "2026-W09" if why == "nothing is due" else "2026-W03")

    assert "There is no draft to begin: nobody has it, or no piece is due." in said(response)
    assert not Review.objects.exists()


@pytest.mark.both_databases
@pytest.mark.parametrize("pressed", [start, lambda client, _series: start_week(client)])
def test_what_is_skipped_while_one_presses_is_not_begun(client, editor, assigned, monkeypatch, pressed):
    begin = drafts.start

    def overtaken(series, *told):
        planning.skip(series, W03, Act(editor, NOW, note="Away."))
        return begin(series, *told)

    monkeypatch.setattr(drafts, "start", overtaken)
    response = pressed(client, assigned)

    assert "Moonlit Ferry: Somebody has skipped this week" in said(response)[0]
    assert not Review.objects.exists()


@pytest.mark.both_databases
def test_a_week_gets_each_draft_that_it_lacks(client, editor, assigned):
    others = [make_series(title) for title in ("Tin Orchard", "Night Kiosk", "Unassigned")]
    for show in others:
        airing(show)
    give(others[0], make_reviewer("Ben"))
    give(others[1], make_reviewer("Cleo"))
    there = make_review(others[1], episodes=list(others[1].episodes.all()))
    airing(assigned, "8", weeks=1)

    response = start_week(client)

    begun = Review.objects.exclude(pk=there.pk)
    assert {str(review) for review in begun} == {"Moonlit Ferry: episode 7", "Tin Orchard: episode 7"}
    assert {str(review.bylines.get()) for review in begun} == {"Ana", "Ben"}
    assert said(response) == [
        "2 drafts are begun.",
        "1 piece has no draft because nobody has it yet.",
    ]


@pytest.mark.both_databases
def test_pressing_for_the_week_twice_makes_nothing_twice(client, editor, assigned):
    start_week(client)

    response = start_week(client)

    assert Review.objects.count() == 1
    assert said(response) == ["No draft was missing."]


def test_a_recap_gets_a_draft_only_when_somebody_has_its_week(client, editor, assigned):
    recap = airing(assigned, "8", weeks=1, kind="recap")
    client.post(START, {"week": "2026-W04"})
    before = Review.objects.count()
    planning.assign(assigned, Week(2026, 4), Act(editor, NOW), make_reviewer())
    client.post(START, {"week": "2026-W04"})

    assert before == 0
    assert Review.objects.get().parts.get().episode == recap


def test_a_writer_begins_what_is_theirs_alone(client, writer, assigned):
    mine = make_series("Mine")
    airing(mine)
    give(mine, make_reviewer("Me", writer))

    others = client.post(START, {"due": f"{assigned.pk}:2026-W03"}).status_code
    start_week(client)

    assert others == 403
    assert [str(review) for review in Review.objects.all()] == ["Mine: episode 7"]


def test_who_looks_at_theirs_begins_theirs(client, editor, assigned):
    mine = make_series("Mine")
    airing(mine)
    give(mine, make_reviewer("Me", editor))

    start_week(client, whose="mine")

    assert [str(review) for review in Review.objects.all()] == ["Mine: episode 7"]


def test_buttons_stand_where_something_may_be_begun(client, writer, assigned):
    mine = make_series("Mine")
    airing(mine)
    give(mine, make_reviewer("Me", writer))

    page = page_of(client, "/desk/board/?whose=all")

    one, whole = page.xpath('//td//button[@name="due"]'), page.xpath('//form[@id="start"]//button')
    assert [button.get("value") for button in one] == [f"{mine.pk}:2026-W03"]
    assert [words(button) for button in whole] == ["Start this week's draft"]


@pytest.mark.parametrize(
    "posted", [{}, {"due": "x"}, {"due": "1:2026-W99"}, {"due": "²:2026-W03"}, {"week": "soon"}]
)
def test_nonsense_is_refused(client, editor, posted):
    assert client.post(START, posted).status_code == 400


def test_a_reader_who_may_look_begins_nothing(client, assigned):
    reader = make_user(Role.WRITER)
    reader.groups.clear()
    client.force_login(reader)

    assert client.post(START, {"week": "2026-W03"}).status_code == 403
    assert not Review.objects.exists()


# Catching up


@pytest.fixture
def behind(assigned):
    """Episodes 4, 5 and 6 are late, 7 is due on FRIDAY."""
    for back in (1, 2, 3):
        airing(assigned, str(7 - back), weeks=-back)
    return assigned


def offers(client, series, week):
    page = page_of(client, address(series, week))
    return [words(button) for button in page.xpath('//button[@name="catch_up"]')]


def test_a_late_one_is_offered_as_a_catch_up_with_what_is_due(client, editor, behind):
    said = ["Catch up on episodes 5, 6, 7 in one piece"]

    assert [offers(client, behind, f"2026-W0{number}") for number in (1, 2, 3, 4)] == [said, said, said, []]
    assert offers(client, behind, "2025-W52") == []


def test_a_catch_up_is_one_piece_for_the_coming_slot(client, editor, behind):
    start(client, behind, "2026-W02", catch_up="1")

    review = Review.objects.get()
    assert (str(review), review.planned_at) == ("Moonlit Ferry: episodes 5–7", FRIDAY)
    assert [part.episode.number for part in review.parts.all()] == ["5", "6", "7"]
    cells = page_of(client, "/desk/board/?from=2026-W01&weeks=3").xpath("//tbody//td")
    assert [words(cell)[:8] for cell in cells] == ["Drafting"] * 3


@pytest.mark.both_databases
def test_a_catch_up_is_begun_once(client, editor, behind):
    start(client, behind, "2026-W02", catch_up="1")
    start(client, behind, "2026-W02", catch_up="1")

    assert Review.objects.count() == 1


@pytest.mark.both_databases
def test_what_is_skipped_or_begun_is_not_caught_up_on(client, editor, behind):
    planning.skip(behind, Week(2026, 2), Act(editor, NOW, note="Away."))
    make_review(behind, episodes=[behind.episodes.get(number="5")])

    assert offers(client, behind, "2026-W03") == ["Catch up on episodes 4, 7 in one piece"]


def test_without_anything_late_there_is_nothing_to_catch_up_on(client, editor, assigned):
    airing(assigned, "8")

    assert offers(client, assigned, "2026-W03") == []


def test_a_writer_catches_up_on_their_own_only(client, writer, behind):
    assert offers(client, behind, "2026-W03") == []
    assert start(client, behind, catch_up="1").status_code == 403


def test_what_is_late_alone_is_planned_for_the_next_slot(client, editor, behind):
    start(client, behind, "2026-W02")

    assert Review.objects.get().planned_at == FRIDAY


# Credits


def carried_to_the_next(series):
    """Aki's script of episode 6, carried over to 7."""
    last = airing(series, "6", weeks=-1)
    aki = Person.objects.create(name="Aki", slug="aki")
    Credit.objects.create(person=aki, role="script", episode=last)
    (credit,) = carry_credits(series.episodes.get(number="7"))
    return credit


def test_who_changes_a_carried_credit_has_checked_it(client, chief, assigned):
    credit = carried_to_the_next(assigned)
    at = f"/desk/series/episode/{credit.episode_id}/change/"
    page = client.get(at)
    fields = fields_of(page)
    client.post(at, fields)
    untouched = Credit.objects.get(pk=credit.pk).carried_from
    client.post(at, fields | {"credits-0-note": "With the committee"})

    assert "from episode 6, unchecked" in page.content.decode()
    assert untouched is not None
    assert Credit.objects.get(pk=credit.pk).carried_from is None


def test_what_an_article_says_is_checked(assigned):
    credit = carried_to_the_next(assigned)
    said = Suggestion(person="Aki", role="script", on_episode="7", line=1)

    accept([said], assigned)

    assert Credit.objects.get(pk=credit.pk).carried_from is None


@pytest.mark.both_databases
def test_carried_credits_are_found_right_on_the_weeks_page(client, editor, assigned):
    last = airing(assigned, "6", weeks=-1)
    Credit.objects.create(person=Person.objects.create(name="Aki", slug="aki"), role="script", episode=last)
    start(client, assigned)

    page = words(page_of(client, address(assigned)))
    press(client, address(assigned), "check_credits")

    assert "Episode 7: Script / Screenplay, Aki, from episode 6" in page
    assert not Credit.objects.exclude(carried_from=None).exists()
    assert "Carried over" not in words(page_of(client, address(assigned)))
