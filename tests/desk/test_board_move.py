"""Moving from the board: the address asks, the page shows everything that moves, one POST does it."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from coverage.newsroom.roles import Role
from reviews.models import Release, Review
from series.models import Episode
from tests.desk.test_board import page_of, words
from tests.factories import FRIDAY, NOW, approve, make_episode, make_review, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def series(db):
    """Airs on Tuesdays: episode 7 yesterday, 8 to 10 in the weeks to come."""
    series = make_series("Moonlit Ferry")
    for number in range(7, 11):
        make_episode(series, str(number), airs_at=FRIDAY - 3 * DAY + (number - 7) * WEEK)
    return series


def address(series, number=8, what="airings", week="2026-W04", **asked):
    found = {"what": what, "scope": "alone", "episode": series.episodes.get(number=str(number)).pk}
    return f"/desk/board/{series.pk}/{week}/move/?{urlencode(found | asked)}"


def sent(page, **changes):
    """What a browser would post of the page."""
    form = next(form for form in page.forms if form.method == "POST" and form.xpath('.//input[@name="seen"]'))
    return dict(form.form_values()) | changes


def confirm(client, at, **changes):
    return client.post(at, sent(page_of(client, at), **changes))


def draft(series, number):
    episode = series.episodes.get(number=str(number))
    return make_review(series, episodes=[episode], planned_at=FRIDAY + (number - 7) * WEEK)


def airs(number):
    return Episode.objects.get(number=str(number)).airs_at


def test_a_weeks_page_leads_there_with_its_episode_chosen(client, chief, series):
    week = page_of(client, f"/desk/board/{series.pk}/2026-W05/?back=whose%3Dall")
    (link,) = week.xpath('//a[text()="Move an airing or a slot"]')

    page = page_of(client, link.get("href"))

    assert words(page.xpath('//select[@name="episode"]/option[@selected]')[0]) == "Episode 9"
    assert page.xpath('//input[@name="what" and @checked]/@value') == ["airings"]
    assert page.xpath('//input[@name="back"]/@value') == ["whose=all"]
    assert not page.xpath('//input[@name="seen"]')


def test_an_editor_is_first_asked_about_pieces(client, editor, series):
    page = page_of(client, f"/desk/board/{series.pk}/2026-W05/move/")

    assert page.xpath('//input[@name="what" and @checked]/@value') == ["pieces"]


def test_a_late_night_airing_goes_by_the_stations_clocks(client, chief, series):
    Episode.objects.filter(number="9").update(late_night_label="Tuesdays 24:00")

    page = page_of(client, f"/desk/board/{series.pk}/2026-W05/move/")

    assert words(page.xpath('//select[@name="zone"]/option[@selected]')[0]) == "Tokyo"


def test_it_shows_all_that_moves_and_moves_nothing(client, chief, series):
    draft(series, 8)
    approve(draft(series, 9), FRIDAY + 2 * WEEK)

    shown = words(page_of(client, address(series, scope="onward", weeks=1)))

    assert "Episode 8 Tuesday 20 January, 09:00 → moves to Tuesday 27 January 2026, 09:00" in shown
    assert "Its piece was due Friday 23 January, and is due Friday 30 January, 09:00." in shown
    assert "Draft Friday 23 January, 09:00 → moves to Friday 30 January 2026, 09:00" in shown
    assert "Where it stands it would be live before its episode has aired." in shown
    assert airs(8) == FRIDAY - 3 * DAY + WEEK


def test_one_post_moves_it_all_and_leads_back_to_the_board(client, chief, series):
    eighth, ninth = draft(series, 8), approve(draft(series, 9), FRIDAY + 2 * WEEK)
    at = address(series, scope="onward", weeks=1, back="whose=all")

    response = client.post(at, sent(page_of(client, at), note="Golf."), follow=True)

    assert response.redirect_chain == [("/desk/board/?whose=all", 302)]
    assert [str(told) for told in response.context["messages"]] == ["Moved: 3 airings, 2 pieces."]
    assert airs(8) == FRIDAY - 3 * DAY + 2 * WEEK
    assert Review.objects.get(pk=eighth.pk).planned_at == FRIDAY + 2 * WEEK
    assert Release.objects.get(review=ninth).publish_at == FRIDAY + 3 * WEEK


def test_an_approved_piece_whose_box_is_emptied_stops_the_move(client, chief, series):
    eighth = approve(draft(series, 8), FRIDAY + WEEK)
    at = address(series, weeks=1)
    posted = sent(page_of(client, at))

    refused = client.post(at, {name: value for name, value in posted.items() if name != "piece"})

    assert posted["piece"] == str(eighth.pk)
    assert refused.status_code == 409
    assert "Tick it, or withdraw it first." in refused.content.decode()
    assert not html.fromstring(refused.content.decode()).xpath('//input[@name="piece" and @checked]')
    assert airs(8) == FRIDAY - 3 * DAY + WEEK


def test_what_has_changed_is_shown_anew_and_then_done_knowingly(client, chief, series):
    at = address(series, weeks=1)
    seen = sent(page_of(client, at), note="Golf.")
    eighth = approve(draft(series, 8), FRIDAY + WEEK)

    refused = client.post(at, seen)
    before = airs(8)
    page = html.fromstring(refused.content.decode())
    again = client.post(at, sent(page))

    assert (refused.status_code, before) == (409, FRIDAY - 3 * DAY + WEEK)
    assert "Something of this has changed since you looked" in words(page)
    assert sent(page)["note"] == "Golf."
    assert again.status_code == 302
    assert Release.objects.get(review=eighth).publish_at == FRIDAY + 2 * WEEK


@pytest.mark.parametrize("seen", ["", "nonsense", "0" * 32])
def test_a_post_that_says_not_what_was_seen_is_refused(client, chief, series, seen):
    response = confirm(client, address(series, weeks=1), seen=seen)

    assert response.status_code == 409
    assert airs(8) == FRIDAY - 3 * DAY + WEEK
    assert "Nothing was moved" in response.content.decode() or "has changed" in response.content.decode()


def test_an_editor_moves_pieces_and_is_told_who_moves_airings(client, editor, series):
    eighth = draft(series, 8)
    airing, slot = address(series, weeks=1), address(series, what="pieces", weeks=1)
    page = page_of(client, airing)

    refused = client.post(airing, sent(page))
    done = confirm(client, slot)

    assert "A chief moves airings." in words(page)
    assert not page.xpath('//button[text()="Move all this"]')
    assert (refused.status_code, done.status_code) == (403, 302)
    assert airs(8) == FRIDAY - 3 * DAY + WEEK
    assert Review.objects.get(pk=eighth.pk).planned_at == FRIDAY + 2 * WEEK


def test_a_writer_looks_and_moves_nothing(client, writer, series):
    eighth = draft(series, 8)
    at = address(series, what="pieces", weeks=1)
    page = page_of(client, at)

    refused = client.post(at, sent(page))

    assert "An editor moves this." in words(page)
    assert refused.status_code == 403
    assert Review.objects.get(pk=eighth.pk).planned_at == FRIDAY + WEEK


def test_the_series_slot_is_a_chiefs_to_change(client, editor, series):
    draft(series, 8)
    at = address(series, what="pieces", scope="onward", to="Saturdays 10:00")

    page, posted = page_of(client, at), confirm(client, at, keep_slot="on")
    client.force_login(make_user(Role.CHIEF))
    (box,) = page_of(client, at).xpath('//input[@name="keep_slot"]')

    assert "a chief changes it" in words(page)
    assert posted.status_code == 403
    assert "From Friday, 09:00, to Saturday, 10:00" in words(box.getparent())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "Say how far it moves."),
        ({"weeks": "many"}, "Enter a whole number."),
        ({"weeks": "9999"}, "less than or equal to 52"),
        ({"weeks": "1", "to": "Fridays", "days": "1"}, "not both"),
        ({"to": "sometime"}, "is not a weekday"),
        ({"to": "Fridays 30:00"}, "There is no hour 30"),
        ({"weeks": "1", "episode": "0"}, "Choose an episode of this series."),
        ({"weeks": "1", "scope": "ever"}, "is not one of the available choices"),
        ({"weeks": "1", "zone": "Mars"}, "is not one of the available choices"),
        ({"days": "-30"}, "would have aired by now"),
    ],
)
def test_what_cannot_be_done_is_said_and_has_no_button(client, chief, series, asked, told):
    page = page_of(client, address(series, **asked))

    assert told in words(page)
    assert not page.xpath('//button[text()="Move all this"]')
    assert client.post(address(series, **asked), {"seen": "0" * 32}).status_code in (200, 409)
    assert airs(8) == FRIDAY - 3 * DAY + WEEK


def test_an_episode_of_another_show_is_none_of_this(client, chief, series):
    other = make_episode(make_series("Tin Orchard"), "1", airs_at=FRIDAY + WEEK)

    assert "Choose an episode of this series." in words(
        page_of(client, address(series, weeks=1, episode=other.pk))
    )


@pytest.mark.parametrize("week", ["2026-W54", "next"])
def test_a_week_that_does_not_exist_has_no_page(client, chief, series, week):
    assert client.get(f"/desk/board/{series.pk}/{week}/move/").status_code == 404


def test_a_show_without_airings_has_a_page(client, chief):
    empty = make_series()

    assert client.get(f"/desk/board/{empty.pk}/2026-W03/move/").status_code == 200


def test_a_move_stands_in_words_in_the_episodes_history(client, chief, series):
    confirm(client, address(series, weeks=1))

    shown = words(page_of(client, f"/desk/series/episode/{series.episodes.get(number='8').pk}/history/"))

    assert "moved its airing to Tuesday 27 January, 09:00 New York" in shown


@pytest.mark.one_database
def test_its_queries_do_not_grow_and_are_twelve_at_most(client, chief, series):
    def queries(at):
        with CaptureQueriesContext(connection) as captured:
            page_of(client, at)
        return len(captured)

    at = address(series, scope="onward", weeks=1)
    draft(series, 8)
    approve(draft(series, 9), FRIDAY + 2 * WEEK)
    queries(at)
    few = queries(at)
    for number in (8, 8, 10, 10):
        draft(series, number)
        approve(draft(series, 9), FRIDAY + 2 * WEEK, at=NOW)

    assert queries(at) == few
    assert few <= 12
    assert queries(f"/desk/board/{series.pk}/2026-W04/move/") <= 12


def test_the_board_points_out_a_piece_before_its_delayed_episode_and_offers_to_move_it(
    client, editor, series
):
    """The offer names the first slot after the airing, and one press moves it there."""
    eighth = approve(draft(series, 8), FRIDAY + WEEK)
    Episode.objects.filter(number="8").update(airs_at=FRIDAY + WEEK + DAY)
    board = page_of(client, "/desk/board/?whose=all")
    (red,) = board.xpath('//td[contains(@class, "due--overtaken")]')
    (offer,) = red.xpath('.//a[starts-with(., "Move it")]')

    response = confirm(client, offer.get("href"))

    assert "1 piece is planned before its episode airs." in words(board)
    assert "Planned before its episode airs." in words(red)
    assert response["Location"] == "/desk/board/?whose=all"
    assert Release.objects.get(review=eighth).publish_at == FRIDAY + 2 * WEEK


def test_a_writer_sees_it_in_red_and_is_offered_nothing(client, writer, series):
    draft(series, 8)
    Episode.objects.filter(number="8").update(airs_at=FRIDAY + WEEK + DAY)

    (red,) = page_of(client, "/desk/board/?whose=all").xpath('//td[contains(@class, "due--overtaken")]')

    assert not red.xpath('.//a[starts-with(., "Move it")]')


def test_a_weeks_page_offers_the_same(client, editor, series):
    draft(series, 8)
    Episode.objects.filter(number="8").update(airs_at=FRIDAY + WEEK + DAY)

    (offer,) = page_of(client, f"/desk/board/{series.pk}/2026-W05/").xpath('//p[@class="board__late"]/a')

    assert "Friday 30 January 2026, 09:00" in words(page_of(client, offer.get("href")))
