"""Readers ask for mail, confirm it by a link, choose, and leave without a trace."""

from datetime import timedelta

import pytest
from django.core import mail

from coverage.site.friday_mail import links
from coverage.site.friday_mail.asking import MOST_FROM_NETWORK, MOST_TO_ADDRESS, PAUSE
from coverage.site.friday_mail.leaving import OUTCOMES_KEPT, STOPPED_KEPT, forget, forget_the_old
from coverage.site.friday_mail.links import token_of
from coverage.site.models import MailRequest, Stop, Subscriber
from reviews.models import Announcement
from tests.factories import FRIDAY, NOW, make_series, make_subscriber
from tests.site.friday_mail.asking import ask, delivered, path_in, press, visit

pytestmark = pytest.mark.django_db

ADDRESS = "mika@post.example"


def test_who_asks_is_sent_a_link_and_nothing_else():
    answer = ask()

    [message] = delivered()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/mail/sent/")
    assert message.to == [ADDRESS]
    assert ADDRESS not in message.body
    assert not Subscriber.objects.reached().exists()


def test_who_only_looks_where_the_form_is_sent_is_led_to_it():
    assert visit("/mail/ask/").headers["Location"] == "/mail/"


def test_opening_the_link_confirms_nothing_and_its_button_does():
    ask()
    link = path_in(delivered()[0], "confirm")

    opened = visit(link)
    before = Subscriber.objects.reached().exists()
    pressed = press(link)

    reader = Subscriber.objects.reached().get()
    assert (opened.status_code, before) == (200, False)
    assert pressed.headers["Location"] == f"/mail/choices/{token_of(reader)}/"
    assert (reader.address, reader.whole_week, reader.confirmed_at) == (ADDRESS, True, NOW)


def test_a_show_is_confirmed_by_itself_and_another_comes_besides():
    shows = [make_series("Red"), make_series("Blue")]

    for show in shows:
        ask(of=f"series:{show.pk}")
        press(path_in(delivered()[0], "confirm"))

    reader = Subscriber.objects.get()
    assert not reader.whole_week
    assert set(reader.series.all()) == set(shows)


def test_a_link_that_is_too_old_confirms_nothing():
    ask()
    link = path_in(delivered()[0], "confirm")

    answer = press(link, at=NOW + timedelta(days=2, seconds=1))

    assert answer.status_code == 410
    assert not Subscriber.objects.reached().exists()


@pytest.mark.parametrize("view", ["confirm", "choices", "leave"])
def test_a_link_that_nobody_was_sent_opens_nothing(view):
    token = token_of(make_subscriber())

    answers = [press(f"/mail/{view}/{wrong}/") for wrong in (token[:-1], f"{token}a", f"a{token}", "x" * 60)]

    assert {answer.status_code for answer in answers} == {410}
    assert Subscriber.objects.count() == 1


@pytest.mark.parametrize("view", ["confirm", "choices"])
def test_who_has_left_in_the_same_moment_is_told_that_the_link_has_ended(view, monkeypatch):
    ask()
    link = path_in(delivered()[0], "confirm")
    if view == "choices":
        link = press(link).headers["Location"]
    finds = {"confirm": "confirmed_by", "choices": "subscriber_at"}[view]
    find = getattr(links, finds)

    def and_they_leave(*given):
        found = find(*given)
        forget(Subscriber.objects.get())
        return found

    monkeypatch.setattr(links, finds, and_they_leave)
    answer = press(link, {"whole_week": "on"})

    assert answer.status_code == 410
    assert not Subscriber.objects.exists()


def test_a_confirmation_is_no_key_to_the_choices_and_they_are_none_to_it():
    ask()
    confirmation = path_in(delivered()[0], "confirm").split("/")[3]
    theirs = token_of(Subscriber.objects.get())

    answers = [press(f"/mail/choices/{confirmation}/"), press(f"/mail/confirm/{theirs}/")]

    assert {answer.status_code for answer in answers} == {410}


def test_asking_does_not_tell_who_is_known():
    make_subscriber(ADDRESS)
    make_subscriber("spammed@post.example", stopped_at=NOW, stopped_by=Stop.COMPLAINT)

    answers = [ask(address) for address in (ADDRESS, "spammed@post.example", "new@post.example")]

    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(303, "/mail/sent/")}
    assert {message.to[0] for message in delivered()} == {ADDRESS, "new@post.example"}


@pytest.mark.parametrize(
    "address",
    ["", "mika", "mika@", "mika@post.example\nBcc: all@evil.example", "mika\r\n@post.example",
     "mika@post.example, all@evil.example", "mika@post.example\x00", f"{'m' * 250}@post.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(address):
    answer = ask(address)

    assert answer.status_code == 400
    assert "mail-form__fault" in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_what_readers_may_not_know_of_cannot_be_asked_for():
    secret = make_series("Secret", embargo_until=FRIDAY)

    answers = [
        ask(of=of) for of in (f"series:{secret.pk}", "series:", "series:10000000000000000000000", "x", "")
    ]

    assert {answer.status_code for answer in answers} == {400}
    assert not Announcement.objects.exists()
    assert "Secret" not in visit("/mail/?series=secret").content.decode()


def test_an_address_gets_few_confirmations():
    shows = [make_series() for _ in range(MOST_TO_ADDRESS + 2)]

    for show in shows:
        ask(of=f"series:{show.pk}")
        ask(address=ADDRESS.upper(), of=f"series:{show.pk}")

    assert len(delivered()) == MOST_TO_ADDRESS
    ask(of=f"series:{shows[0].pk}", at=NOW + timedelta(days=1, seconds=1))
    assert len(delivered(NOW + timedelta(days=1, seconds=1))) == 1


def test_the_same_wish_is_asked_about_again_after_a_pause():
    for seconds in (0, 1, PAUSE.total_seconds() + 1):
        ask(at=NOW + timedelta(seconds=seconds))

    assert Announcement.objects.count() == 2


def test_a_network_asks_so_often_and_another_is_not_held_up():
    for number in range(MOST_FROM_NETWORK):
        ask(f"reader-{number}@post.example")

    refused = ask("one-more@post.example")
    elsewhere = ask("other@post.example", REMOTE_ADDR="192.0.2.7")
    later = ask("one-more@post.example", at=NOW + timedelta(hours=1))

    assert [answer.status_code for answer in (refused, elsewhere, later)] == [429, 303, 303]
    assert "Try again in an hour" in refused.content.decode()


def test_a_network_of_the_sixth_version_is_what_one_customer_has(settings):
    settings.BEHIND_PROXY = True
    for seen in ("2001:db8:0:1::1", "2001:db8:0:2::2", "2001:db8:1::1"):
        ask(f"{seen[-3:]}@post.example".replace(":", ""), HTTP_X_FORWARDED_FOR=f"10.0.0.1, {seen}")

    assert MailRequest.objects.values("network").distinct().count() == 2
    assert not MailRequest.objects.filter(network__contains="2001").exists()


def test_a_form_on_another_site_is_refused():
    answers = [ask(HTTP_ORIGIN=origin) for origin in ("https://evil.example", "null", "http://testserver")]

    assert [answer.status_code for answer in answers] == [403, 403, 303]


def test_the_pages_set_no_cookie_and_only_the_form_is_kept_by_caches():
    token = token_of(make_subscriber())

    answers = [visit(path) for path in ("/mail/", f"/mail/choices/{token}/", f"/mail/leave/{token}/")]

    assert not any(answer.cookies for answer in answers)
    assert answers[0].headers["Cache-Control"].startswith("public")
    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers[1:])
    assert all(answer.headers["Referrer-Policy"] == "no-referrer" for answer in answers[1:])


def test_choices_take_away_what_is_not_ticked():
    kept, dropped, hidden = make_series("Red"), make_series("Blue"), make_series("Hidden", is_public=False)
    reader = make_subscriber("", kept, dropped, hidden, whole_week=True)
    path = f"/mail/choices/{token_of(reader)}/"

    answer = press(path, {"series": [kept.pk]})

    reader.refresh_from_db()
    assert answer.status_code == 303
    assert not reader.whole_week
    assert set(reader.series.all()) == {kept, hidden}
    assert "Hidden" not in visit(path).content.decode()


def test_who_ticks_nothing_leaves():
    reader = make_subscriber()

    answer = press(f"/mail/choices/{token_of(reader)}/")

    assert "off the list" in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_one_press_in_a_mail_program_ends_it_and_leaves_no_trace():
    ask()
    message = delivered()[0].message()
    link = message["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")

    opened, before = visit(link), Subscriber.objects.count()
    answer = press(link, {"List-Unsubscribe": "One-Click"})

    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (opened.status_code, before, answer.status_code) == (200, 1, 200)
    assert not Subscriber.objects.exists()
    assert not Announcement.objects.exists()


def test_what_waits_for_who_has_left_is_not_sent():
    ask()
    press(f"/mail/leave/{token_of(Subscriber.objects.get())}/")

    assert delivered() == []


def test_a_wish_that_readers_may_not_know_of_any_more_is_not_asked_about():
    show = make_series("Red")
    ask(of=f"series:{show.pk}")
    show.is_public = False
    show.save()

    assert delivered() == []
    assert Announcement.objects.get().reason == "what they asked for isn't there any more"


def test_nothing_gets_into_a_header_of_a_confirmation():
    show = make_series("Red")
    type(show).objects.update(title="Red\r\nBcc: all@evil.example")
    ask(of=f"series:{show.pk}")

    message = delivered()[0].message()

    assert message["Bcc"] is None
    assert mail.outbox[0].recipients() == [ADDRESS]


def test_what_is_of_no_use_any_more_is_forgotten():
    never = make_subscriber(confirmed_at=None)
    stopped = make_subscriber(stopped_at=NOW, stopped_by=Stop.BOUNCE)
    stays = make_subscriber()
    ask()
    delivered()

    forget_the_old(NOW + timedelta(days=3, seconds=1))
    after_days = set(Subscriber.objects.values_list("pk", flat=True))
    forget_the_old(NOW + max(STOPPED_KEPT, OUTCOMES_KEPT) + timedelta(seconds=1))

    assert never.pk not in after_days
    assert after_days == {stopped.pk, stays.pk}
    assert [reader.pk for reader in Subscriber.objects.all()] == [stays.pk]
    assert not MailRequest.objects.exists()
    assert not Announcement.objects.exists()
