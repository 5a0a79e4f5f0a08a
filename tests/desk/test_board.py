"""The board's page: what it opens on, what its address says, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from coverage.newsroom.roles import Role
from reviews import planning
from reviews.models import Presence
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    make_episode,
    make_live_review,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

DAY = timedelta(days=1)


def airing(series, number="7", weeks=0, **fields):
    """Due on FRIDAY, or weeks from that."""
    when = {"airs_at": FRIDAY - 3 * DAY + weeks * 7 * DAY}
    return make_episode(series, number, **when | fields)


def page_of(client, address="/desk/board/"):
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(element):
    return " ".join(element.text_content().split())


def table(page):
    """By series: the words of its cells."""
    return {
        words(row.find("th")): [words(cell) for cell in row.findall("td")]
        for row in page.xpath('//table[@class="board__table"]/tbody/tr')
    }


def heads(page):
    return [words(head) for head in page.xpath('//table[@class="board__table"]/thead//th')][1:]


def give(series, reviewer, by=None):
    planning.assign(series, None, Act(by or make_user(Role.EDITOR), NOW), reviewer)


@pytest.fixture
def two_shows(db):
    """One of them is the writer's who is given."""
    mine, other = make_series("Moonlit Ferry"), make_series("Tin Orchard")
    airing(mine)
    airing(other)
    return mine, other


@pytest.mark.both_databases
def test_a_writer_finds_their_own_pieces(client, writer, two_shows):
    give(two_shows[0], make_reviewer("Ana", writer))

    assert list(table(page_of(client))) == ["Moonlit Ferry"]
    assert list(table(page_of(client, "/desk/board/?whose=all"))) == ["Moonlit Ferry", "Tin Orchard"]


@pytest.mark.both_databases
def test_of_a_show_that_is_mine_in_one_week_the_others_are_not_shown(client, writer, two_shows):
    ana = make_reviewer("Ana", writer)
    planning.assign(two_shows[0], None, Act(make_user(Role.EDITOR), NOW), make_reviewer("Ben"))
    airing(two_shows[0], "8", weeks=1)
    make_review(two_shows[0], episodes=[two_shows[0].episodes.get(number="7")], reviewer=ana)

    shown = [cell for cell in table(page_of(client))["Moonlit Ferry"] if cell]

    assert len(shown) == 1
    assert shown[0].startswith("Drafting Episode 7 Ana")


def test_who_has_no_byline_finds_everybodys(client, editor, two_shows):
    assert list(table(page_of(client))) == ["Moonlit Ferry", "Tin Orchard"]
    assert table(page_of(client, "/desk/board/?whose=mine")) == {}


def test_it_opens_two_weeks_back_with_this_week_marked(client, editor, two_shows):
    page = page_of(client)

    assert len(heads(page)) == 14
    assert heads(page)[2].startswith("16 Jan This week")
    assert [words(head) for head in page.xpath('//th[@aria-current="date"]')] == [heads(page)[2]]


@pytest.mark.parametrize(
    ("query", "first", "many"),
    [
        ("from=2026-W10&weeks=4", "6 Mar", 4),
        ("from=nonsense&weeks=many", "2 Jan", 14),
        ("from=0001-W01", "2 Jan", 14),
        ("from=9998-W52", "2 Jan", 14),
        ("weeks=0&from=2026-W03", "16 Jan", 1),
        ("weeks=999", "2 Jan", 26),
        ("weeks=%C2%B2", "2 Jan", 14),
        ("by=other&whose=other", "2 Jan", 14),
    ],
)
def test_its_address_says_which_weeks(client, editor, two_shows, query, first, many):
    airing(two_shows[0], "15", weeks=7)

    shown = heads(page_of(client, f"/desk/board/?{query}"))

    assert (shown[0].startswith(first), len(shown)) == (True, many)


def test_one_leafs_to_earlier_and_later_weeks_and_keeps_the_rest(client, editor, two_shows):
    page = page_of(client, "/desk/board/?from=2026-W03&weeks=4&whose=all&by=episode")

    ways = {words(link): link.get("href") for link in page.xpath('//nav[@class="board__looks"]//a')}

    assert ways["Earlier weeks"] == "/desk/board/?from=2025-W51&weeks=4&by=episode&whose=all"
    assert ways["Later weeks"] == "/desk/board/?from=2026-W07&weeks=4&by=episode&whose=all"
    assert ways["This week"] == "/desk/board/?weeks=4&by=episode&whose=all"
    assert ways["By week"] == "/desk/board/?from=2026-W03&weeks=4&whose=all"
    assert ways["Mine"] == "/desk/board/?from=2026-W03&weeks=4&by=episode&whose=mine"


def test_by_episode_the_same_pieces_stand_under_their_numbers(client, editor, two_shows):
    airing(two_shows[0], "8", weeks=1)

    page = page_of(client, "/desk/board/?by=episode")

    assert heads(page) == ["Episode 7", "Episode 8"]
    assert [bool(cell) for cell in table(page)["Tin Orchard"]] == [True, False]


def test_a_weeks_head_leads_to_the_site_as_it_will_stand(client, editor, two_shows):
    page = page_of(client)
    (tap,) = page.xpath('//th[@aria-current="date"]//button')

    response = client.post(
        "/desk/time-machine/", {"at": tap.get("value"), "go": page.get_element_by_id("travel").fields["go"]}
    )

    assert words(tap) == "See the site on Friday 09:01, 16 January 2026"
    assert tap.get("form") == "travel"
    assert (response.status_code, response["Location"]) == (302, "/")


def test_every_cell_says_its_state_in_words_and_leads_somewhere(client, editor, two_shows):
    review = make_review(two_shows[0], episodes=[two_shows[0].episodes.get()])

    page = page_of(client)

    links = {words(link): link.get("href") for link in page.xpath('//td[contains(@class, "due")]/a')}
    assert links["Drafting Episode 7"] == f"/desk/reviews/review/{review.pk}/change/"
    assert links["Unassigned Episode 7"] == f"/desk/board/{two_shows[1].pk}/2026-W03/?back="
    assert links["Plan: Moonlit Ferry, Episode 7"].startswith(f"/desk/board/{two_shows[0].pk}/2026-W03/")


def test_the_list_for_a_phone_names_the_same_pieces_by_week(client, editor, two_shows):
    airing(two_shows[0], "8", weeks=1)
    airing(two_shows[0], "10", weeks=3)

    (this, following, last) = page_of(client).xpath('//section[@class="board__list"]')

    assert words(this.find("h2")) == "This week, Friday 16 January"
    assert [words(name) for name in this.xpath(".//h3")] == ["Moonlit Ferry", "Tin Orchard"]
    assert [words(name) for name in following.xpath(".//h3")] == ["Moonlit Ferry"]
    assert "Episode 10" in words(last)


def test_the_list_leads_past_the_weeks_that_are_over_and_the_count_to_what_nobody_has(
    client, editor, two_shows
):
    make_live_review(two_shows[0], episodes=[airing(two_shows[0], "6", weeks=-1)])

    page = page_of(client)

    (jump,) = page.xpath('//a[@class="board__jump"]')
    assert words(jump) == "On to Friday 16 January"
    assert page.get_element_by_id(jump.get("href")[1:]) is not None
    (first,) = page.xpath('//*[@class="board__count"]//a')
    assert words(first) == "First: Moonlit Ferry, Episode 7"
    assert first.get("href").startswith(f"/desk/board/{two_shows[0].pk}/2026-W03/")
    # Nobody plans what is out already.
    assert not page.xpath('//td[contains(@class, "due--live")]//a[@class="due__plan"]')


def test_a_cell_says_who_else_has_its_piece_open(client, editor, two_shows):
    ferry, orchard = two_shows
    mine = make_review(ferry, episodes=[ferry.episodes.get()])
    other = make_review(orchard, episodes=[orchard.episodes.get()])
    Presence.objects.tell(mine, editor, NOW)
    for name in ("ren", "ana"):
        Presence.objects.tell(other, make_user(Role.WRITER, name), NOW - timedelta(seconds=20))
    Presence.objects.tell(other, make_user(Role.WRITER, "gone"), NOW - timedelta(minutes=2))

    for by in ("week", "episode"):
        cells = page_of(client, f"/desk/board/?by={by}").xpath("//table//*[@data-at-it and not(@hidden)]")

        assert [(cell.get("data-at-it"), words(cell)) for cell in cells] == [
            (str(other.pk), "Open at ren, ana")
        ]


@pytest.mark.both_databases
def test_an_open_board_is_told_who_is_at_what_in_as_many_queries_as_ever(client, editor):
    address = "/desk/board/at-it/"
    client.get(address)
    mine, *others = [make_review() for _each in range(3)]
    Presence.objects.tell(mine, editor, NOW)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            return client.get(address), len(captured)

    none, queries = asked()
    for review in others:
        Presence.objects.tell(review, make_user(Role.WRITER, f"ren-{review.pk}"), NOW)
    some, after = asked()

    assert none.json() == {}
    assert {key: said.strip() for key, said in some.json().items()} == {
        str(review.pk): f"Open at ren-{review.pk}" for review in others
    }
    assert (queries, "no-store" in some["Cache-Control"]) == (after, True)


def test_beginning_a_draft_is_offered_aloud_for_this_week_and_the_next_and_quietly_later(
    client, editor, two_shows
):
    ferry, _orchard = two_shows
    for number, weeks in (("8", 1), ("9", 2), ("6", -1)):
        airing(ferry, number, weeks=weeks)
    give(ferry, make_reviewer())

    buttons = page_of(client).xpath("//table//button[contains(@class, 'due__start')]")

    assert {words(each).rpartition(" ")[2]: "later" in each.get("class") for each in buttons} == {
        "6": False,
        "7": False,
        "8": False,
        "9": True,
    }


def test_nothing_due_is_said(client, editor):
    assert "Nothing is due in these weeks." in client.get("/desk/board/").content.decode()


def test_the_front_page_leads_to_it(client, writer):
    links = page_of(client, "/desk/").xpath('//a[@href="/desk/board/"]')

    assert [words(link) for link in links] == ["Board", "The board"]


def fill(shows, weeks):
    """As many shows with an episode and a piece in each week; every other piece is only assigned."""
    reviewer, editor = make_reviewer(), make_user(Role.EDITOR)
    for _show in range(shows):
        series = make_series()
        give(series, reviewer, editor)
        for week in range(weeks):
            episode = airing(series, str(week + 1), weeks=week - 2)
            if week % 2:
                make_review(series, episodes=[episode], reviewer=reviewer)


def test_forty_series_by_fourteen_weeks_ask_as_much_as_one_and_at_most_twelve_times(client, chief):
    def asked(by):
        with CaptureQueriesContext(connection) as captured:
            page = page_of(client, f"/desk/board/?by={by}&whose=all")
        return len(captured), len(table(page)), len(page.xpath("//td"))

    fill(1, 14)
    asked("week")
    at_one = {by: asked(by) for by in ("week", "episode")}
    fill(39, 14)

    for by, (queries, rows, cells) in at_one.items():
        assert (rows, cells) == (1, 14)
        assert asked(by) == (queries, 40, 560)
        assert queries <= 12
