"""A week's page on the board: assigning and skipping by POST, from the page as it was read."""

import pytest

from coverage.newsroom.roles import Role
from coverage.newsroom.weeks import Week
from reviews import planning
from reviews.models import Assignment, Skip
from reviews.plans import Plan
from reviews.verbs import Act
from tests.desk.test_board import airing, page_of, words
from tests.factories import NOW, make_review, make_reviewer, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

W03, W04 = Week(2026, 3), Week(2026, 4)


@pytest.fixture
def series(db):
    series = make_series("Moonlit Ferry")
    airing(series)
    airing(series, "8", weeks=1)
    return series


def address(series, week="2026-W03"):
    return f"/desk/board/{series.pk}/{week}/" if week else f"/desk/board/{series.pk}/"


def form_of(page, do):
    """What the page's form with this button would post, untouched."""
    form = next(form for form in page.forms if form.xpath(f'.//button[@value="{do}"]'))
    return dict(form.form_values()) | {"do": do}


def press(client, at, do, **filled):
    return client.post(at, form_of(page_of(client, at), do) | filled)


def said(response):
    return [str(message) for message in response.context["messages"]]


def covers(series, *weeks):
    return [str(Plan.of(series).reviewer(week) or "") for week in weeks]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("scope", "expected"),
    [("week", ["", "Ana", ""]), ("onward", ["", "Ana", "Ana"]), ("season", ["Ana", "Ana", "Ana"])],
)
def test_an_editor_gives_the_week_to_a_reviewer(client, editor, series, scope, expected):
    ana = make_reviewer("Ana")

    response = press(client, address(series), "assign", reviewer=ana.pk, scope=scope)

    assert response.status_code == 302
    assert covers(series, Week(2026, 2), W03, W04) == expected


def test_afterwards_one_is_back_on_the_board_where_one_was(client, editor, series):
    at = f"{address(series)}?back=from%3D2026-W02%26whose%3Dall"

    response = client.post(
        at, form_of(page_of(client, at), "assign") | {"reviewer": make_reviewer("Ana").pk}, follow=True
    )

    assert response.redirect_chain == [("/desk/board/?from=2026-W02&whose=all", 302)]
    assert said(response) == ["Ana covers Moonlit Ferry."]


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "from=//evil.example"])
def test_back_leads_nowhere_but_to_the_board(client, editor, series, back):
    at = f"{address(series)}?back={back}"

    response = press(client, at, "assign", reviewer=make_reviewer().pk)

    assert response["Location"] == "/desk/board/"


def test_the_season_is_given_on_its_own_page(client, editor, series):
    press(client, address(series, ""), "assign", reviewer=make_reviewer("Ana").pk)

    assert covers(series, W03, W04) == ["Ana", "Ana"]


def test_it_is_taken_away_again(client, editor, series):
    press(client, address(series, ""), "assign", reviewer=make_reviewer("Ana").pk)

    press(client, address(series), "unassign")

    assert covers(series, W03, W04) == ["", "Ana"]


def test_a_week_is_skipped_and_taken_back(client, editor, series):
    press(client, address(series), "skip", note="The critics are away.")
    page = words(page_of(client, address(series)))
    press(client, address(series), "unskip")

    assert "The critics are away." in page
    assert not Skip.objects.exists()


@pytest.mark.parametrize("do", ["assign", "skip"])
def test_an_empty_form_is_refused_with_a_word_at_the_field(client, editor, series, do):
    response = press(client, address(series), do, reviewer="", note="")

    assert response.status_code == 409
    assert "This can&#x27;t be left empty." in response.content.decode()
    assert not Assignment.objects.exists()
    assert not Skip.objects.exists()


@pytest.mark.both_databases
@pytest.mark.parametrize("do", ["assign", "unassign", "skip", "unskip"])
def test_what_somebody_has_changed_meanwhile_is_said_and_then_done_knowingly(client, editor, series, do):
    """Ana looked at the week before Ben gave it away."""
    by = Act(make_user(Role.EDITOR), NOW, note="Away.")
    if do == "unassign":
        planning.assign(series, W03, by, make_reviewer())
    if do == "unskip":
        planning.skip(series, W03, by)
    filled = {"reviewer": make_reviewer().pk, "note": "A holiday."}
    seen = form_of(page_of(client, address(series)), do) | filled
    planning.assign(series, W03, by, make_reviewer("Meanwhile"))
    before = list(Assignment.objects.values()), list(Skip.objects.values())

    refused = client.post(address(series), seen)
    after = list(Assignment.objects.values()), list(Skip.objects.values())
    page = refused.content.decode()
    again = press_from(client, series, refused, do, filled)

    assert (refused.status_code, after) == (409, before)
    assert "Somebody has changed this on the board since you looked" in page
    assert "Meanwhile covers it" in page
    assert again.status_code == 302


def press_from(client, series, response, do, filled):
    from lxml import html

    return client.post(address(series), form_of(html.fromstring(response.content.decode()), do) | filled)


def test_what_was_typed_stays_when_it_is_refused(client, editor, series):
    seen = form_of(page_of(client, address(series)), "skip") | {"note": "The critics are away."}
    planning.assign(series, W03, Act(editor, NOW), make_reviewer())

    page = client.post(address(series), seen).content.decode()

    assert 'value="The critics are away."' in page


def test_a_post_that_says_not_what_was_read_is_refused(client, editor, series):
    response = client.post(address(series), {"do": "assign", "reviewer": make_reviewer().pk, "scope": "week"})

    assert response.status_code == 409
    assert not Assignment.objects.exists()


def test_a_week_with_a_piece_leads_to_it_and_offers_no_skip(client, editor, series):
    make_review(series, episodes=[series.episodes.get(number="7")], headline="The tide turns")

    page = page_of(client, address(series))

    assert page.xpath('//a[text()="The tide turns"]')
    assert not page.xpath('//button[@value="skip"]')


def test_it_says_what_airs_when(client, editor, series):
    shown = words(page_of(client, address(series)))

    assert "Episode 7, “Title of 7”: aired Tuesday 13 January, 09:00" in shown
    assert "Friday 16 January, 09:00 New York" in shown


@pytest.mark.parametrize("week", ["2026-W54", "next", "2026-03"])
def test_a_week_that_does_not_exist_has_no_page(client, editor, series, week):
    assert client.get(address(series, week)).status_code == 404


def test_a_show_that_does_not_exist_has_no_page(client, editor):
    assert client.get("/desk/board/999/").status_code == 404


def test_a_writer_looks_and_changes_nothing(client, writer, series):
    page = page_of(client, address(series))
    token = Plan.of(series).token(W03)

    posted = [
        client.post(address(series), {"do": do, "seen": token, "seen_season": token, "note": "Away.",
                                      "reviewer": make_reviewer().pk, "scope": "week"}).status_code
        for do in ("assign", "unassign", "skip", "unskip")
    ]  # fmt: skip

    assert client.post(address(series), {"do": "assign"}).status_code == 403
    assert not page.xpath('//button[@name="do"]')
    assert posted == [403] * 4
    assert not Assignment.objects.exists()


def test_what_the_page_cannot_do_is_refused(client, editor, series):
    assert client.post(address(series), {"do": "start_a_war"}).status_code == 400


def test_the_seasons_page_tells_what_is_said_of_single_weeks(client, editor, series):
    planning.assign(series, W03, Act(editor, NOW), make_reviewer("Ana"))
    planning.assign(series, W04, Act(editor, NOW), make_reviewer("Ben"), lasts=True)
    planning.skip(series, Week(2026, 5), Act(editor, NOW, note="Away."))

    shown = words(page_of(client, address(series, "")))

    assert "2026-W03: Ana" in shown
    assert "2026-W04 and from then on: Ben" in shown
    assert "2026-W05: skipped, Away." in shown


@pytest.mark.both_databases
@pytest.mark.parametrize("week", ["", "2026-W03"])
def test_its_queries_do_not_grow_with_the_plan(client, editor, series, week, django_assert_max_num_queries):
    for number in range(5):
        planning.assign(series, Week(2026, 3 + number), Act(editor, NOW), make_reviewer())
    client.get(address(series, week))

    with django_assert_max_num_queries(16):
        client.get(address(series, week))


def test_who_gives_the_season_away_is_asked_about_weeks_that_are_given_otherwise(client, editor, series):
    """What lasts is ticked, a single week is not; what is unticked stays."""
    ana, ben = make_reviewer("Ana"), make_reviewer("Ben")
    planning.assign(series, Week(2026, 5), Act(editor, NOW), ben, lasts=True)
    planning.assign(series, Week(2026, 4), Act(editor, NOW), ben)
    at = f"/desk/board/{series.pk}/"
    page = page_of(client, at)
    ticked = page.xpath('//input[@name="also" and @checked]')
    form = next(form for form in page.forms if form.xpath('.//input[@name="also"]'))
    posted = dict(form.form_values()) | {"reviewer": ana.pk, "do": "assign"}

    assert [words(box.getparent()) for box in ticked] == ["2026-W05 and from then on: Ben"]
    done = client.post(at, posted, follow=True)

    (said,) = done.context["messages"]
    assert str(said) == f"Ana covers {series}. Given otherwise as before: 2026-W04."
    plan = Plan.of(series)
    assert [plan.reviewer(Week(2026, number)) for number in (3, 4, 5)] == [ana, ben, ana]


def test_a_week_that_was_given_away_meanwhile_is_not_taken_unseen(client, editor, series):
    planning.assign(series, Week(2026, 5), Act(editor, NOW), make_reviewer("Ben"), lasts=True)
    at = f"/desk/board/{series.pk}/"
    form = next(form for form in page_of(client, at).forms if form.xpath('.//input[@name="also"]'))
    posted = dict(form.form_values()) | {"reviewer": make_reviewer("Ana").pk, "do": "assign"}
    cleo = make_reviewer("Cleo")
    planning.assign(series, Week(2026, 5), Act(editor, NOW), cleo, lasts=True)

    assert client.post(at, posted).status_code == 409
    assert Plan.of(series).reviewer(Week(2026, 5)) == cleo
