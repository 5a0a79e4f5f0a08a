"""One mail for each reader after the slot: what went live since their last one, and nothing that spoils."""

from datetime import timedelta
from email.message import Message

import pytest

from coverage.newsroom.roles import Role
from coverage.site.friday_mail.weekly import AFTER_THE_SLOT, AT_A_TIME, look, news
from coverage.site.models import Stop, Subscriber
from reviews import verbs
from reviews.announcing.kinds import ReaderMail
from reviews.models import Announcement, Review
from reviews.models.announcements import Outcome
from reviews.verbs import Act
from series.models import Series
from tests.audit.answers import Answer
from tests.audit.html_checker import html_findings, missing
from tests.factories import FRIDAY, NOW, approve, make_review, make_series, make_subscriber, make_user
from tests.reviews.announcing import servers
from tests.reviews.announcing.servers import Killed
from tests.reviews.announcing.servers import at as mailer_at
from tests.site.friday_mail.asking import delivered, path_in
from tests.site.worlds import (
    HEADLINE,
    PROSE,
    SLUG,
    STANDFIRST,
    UNAIRED,
    add_the_piece,
    edit,
    make_ordinary_world,
)

pytestmark = pytest.mark.django_db

DUE = FRIDAY + AFTER_THE_SLOT
MOMENT = timedelta(seconds=1)
WEEK = timedelta(weeks=1)


def mails(at=DUE):
    """The weekly mails that leave at `at`, with all looks taken before."""
    look(at)
    return [message for message in delivered(at) if "confirm" not in message.subject]


def html_of(message):
    return message.alternatives[0].content


def due_piece(series=None, friday=FRIDAY, **fields):
    return approve(make_review(series or make_series(), **fields), friday, at=NOW)


def withdraw(review, at):
    return verbs.withdraw(review, Act(make_user(Role.CHIEF), at, note="It was wrong."))


def withdrawn_and_back(review, gone_at, back_at):
    """What the mail tells that leaves meanwhile, if one does."""
    withdraw(review, gone_at)
    meanwhile = mails() if gone_at < DUE < back_at else []
    verbs.reinstate(Review.objects.get(pk=review.pk), Act(make_user(Role.CHIEF), back_at))
    return "".join(message.body for message in meanwhile)


def test_it_leaves_a_quarter_of_an_hour_after_the_slot_and_once():
    due_piece(make_series("Red"))
    make_subscriber("mika@post.example")

    left = {at: [message.to for message in mails(at)] for at in (FRIDAY, DUE - MOMENT, DUE, DUE + MOMENT)}

    assert left == {
        FRIDAY: [], DUE - MOMENT: [], DUE: [["mika@post.example"]], DUE + MOMENT: []
    }  # fmt: skip


def test_it_says_what_it_is_and_where_and_how_to_leave():
    due_piece(
        make_series("Red"), headline="Into <port> & out", standfirst="A calm & short week.", slug="calm"
    )
    make_subscriber("mika@post.example")

    [message] = mails()

    assert message.subject == "[Eyecatch] Red"
    assert "Into <port> & out" in message.body
    assert "Into &lt;port&gt; &amp; out" in html_of(message)
    for text in (message.body, html_of(message)):
        assert "http://127.0.0.1:8000/reviews/calm/" in text
        assert path_in(message, "choices") in text
        assert path_in(message, "leave") in text
        assert "mika@post.example" not in text
    sent = message.message()
    assert sent["List-Unsubscribe"] == f"<http://127.0.0.1:8000{path_in(message, 'leave')}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_follows_a_show_gets_that_and_nobody_gets_a_mail_without_news():
    red, blue = make_series("Red"), make_series("Blue")
    due_piece(red, slug="about-red")
    make_subscriber("red@post.example", red)
    make_subscriber("blue@post.example", blue)

    [message] = mails()

    assert message.to == ["red@post.example"]
    skipped = Announcement.objects.get(outcome=Outcome.SKIPPED)
    assert skipped.reason == "nothing has gone live that they follow"


def test_nobody_else_gets_one():
    due_piece()
    make_subscriber(confirmed_at=None)
    make_subscriber(confirmed_at=DUE)
    make_subscriber(stopped_at=NOW, stopped_by=Stop.BOUNCE)

    assert mails() == []


def test_nothing_is_told_twice_and_nothing_is_left_out():
    for number, friday in enumerate((FRIDAY, FRIDAY + timedelta(hours=2), FRIDAY + WEEK)):
        due_piece(make_series(), friday, slug=f"piece-{number}")
    make_subscriber()

    told = [message.body for at in (DUE, DUE + WEEK, DUE + 2 * WEEK) for message in mails(at)]

    assert len(told) == 2
    assert [[f"piece-{number}/" in body for number in range(3)] for body in told] == [
        [True, False, False],
        [False, True, True],
    ]


def test_what_was_withdrawn_meanwhile_is_not_told_and_the_edition_then_live_is():
    series = make_series("Red")
    gone, corrected = due_piece(series, slug="gone"), due_piece(series, slug="corrected", headline="Befor")
    make_subscriber("", series)
    look(DUE)
    withdraw(gone, DUE)
    Review.objects.filter(pk=corrected.pk).update(headline="After")
    corrected.refresh_from_db()
    corrected.keep(by=None, at=DUE)
    verbs.correct(corrected, Act(make_user(Role.CHIEF), DUE, note="A slip."), "typo")

    [message] = mails()

    assert "/gone/" not in message.body + html_of(message)
    assert "After" in message.body
    assert "Befor" not in message.body + html_of(message)


def test_what_was_withdrawn_when_a_mail_left_is_told_once_it_is_back_under_its_old_date():
    gone, _other = due_piece(slug="gone"), due_piece(slug="other")
    make_subscriber()
    first = withdrawn_and_back(gone, DUE - MOMENT, DUE + WEEK)

    told = [first, *(message.body for message in mails(DUE + WEEK))]

    assert ["/gone/" in body for body in told] == [False, True]
    assert mails(DUE + 2 * WEEK) == []


def test_what_a_mail_has_told_is_not_told_again_when_it_comes_back():
    told, _other = due_piece(slug="told"), due_piece(slug="other")
    due_piece(friday=FRIDAY + WEEK, slug="new")
    make_subscriber()
    [first] = mails()
    withdrawn_and_back(told, DUE + MOMENT, DUE + 2 * MOMENT)

    [second] = mails(DUE + WEEK)

    assert "/told/" in first.body
    assert "/new/" in second.body
    assert "/told/" not in second.body


def test_no_canary_gets_out():
    series, second, unaired, review = make_ordinary_world()
    add_the_piece(series, second, unaired)
    edit(review)
    make_subscriber("early@post.example", confirmed_at=NOW - timedelta(weeks=3))
    early = "".join(message.body + html_of(message) for message in mails(DUE - WEEK))

    [message] = mails()

    told = message.body + html_of(message) + message.subject
    assert "/reviews/ordinary/" in early
    assert not [word for word in (HEADLINE, STANDFIRST, SLUG, UNAIRED, *PROSE) if word in early]
    assert HEADLINE in told
    assert STANDFIRST in told
    assert HEADLINE not in message.subject
    assert not [word for word in (*PROSE, UNAIRED) if word in told]


def test_a_crash_sends_nobody_a_second_one(settings):
    due_piece()
    for number in range(3):
        make_subscriber(f"reader-{number}@post.example")
    look(DUE)
    settings.MAILERS = mailer_at(servers.Dying)
    with pytest.raises(Killed):
        delivered(DUE)
    settings.MAILERS = mailer_at(servers.EmailBackend)

    later = mails(DUE + timedelta(hours=1))

    assert len(later) == 2
    assert Announcement.objects.filter(outcome=Outcome.UNKNOWN).count() == 1


def test_an_address_that_the_mail_server_says_isnt_there_is_mailed_to_no_more(settings):
    due_piece()
    reader = make_subscriber()
    settings.MAILERS = mailer_at(servers.Unwilling)

    mails()

    reader.refresh_from_db()
    assert (reader.stopped_by, reader.stopped_at) == (Stop.BOUNCE, DUE)
    assert Announcement.objects.get().outcome == Outcome.FAILED


def test_too_late_is_skipped_and_said_and_the_next_one_tells_of_both_weeks():
    due_piece(friday=FRIDAY, slug="first")
    due_piece(friday=FRIDAY + WEEK, slug="second")
    make_subscriber()
    look(DUE)

    late = mails(DUE + ReaderMail.WEEK.useful_for + MOMENT)
    [message] = mails(DUE + WEEK)

    assert late == []
    assert Announcement.objects.get(outcome=Outcome.SKIPPED).reason == "too late to be of use"
    assert "/first/" in message.body
    assert "/second/" in message.body


def test_after_a_long_silence_four_weeks_are_told():
    due_piece(friday=FRIDAY, slug="old")
    due_piece(friday=FRIDAY + 4 * WEEK, slug="newer")
    make_subscriber()

    [message] = mails(DUE + 5 * WEEK)

    assert "/newer/" in message.body
    assert "/old/" not in message.body


def test_nobody_is_written_to_for_a_slot_that_is_long_past():
    due_piece()
    make_subscriber()

    look(DUE + ReaderMail.WEEK.useful_for + MOMENT)

    assert not Announcement.objects.filter(kind=ReaderMail.WEEK).exists()


def test_looking_again_asks_the_database_no_more_than_twice_and_writes_nothing(django_assert_num_queries):
    for number in range(3):
        make_subscriber(f"reader-{number}@post.example")
    look(DUE)

    with django_assert_num_queries(2):
        look(DUE + timedelta(hours=1))

    assert Announcement.objects.count() == 3


def test_more_readers_than_are_written_at_a_time_all_have_a_row():
    Subscriber.objects.bulk_create(
        Subscriber(address=f"r{number}@post.example", asked_at=NOW, confirmed_at=NOW, whole_week=True)
        for number in range(AT_A_TIME + 2)
    )

    look(DUE)

    assert Announcement.objects.values("destination").distinct().count() == AT_A_TIME + 2


def test_a_mail_costs_the_same_for_one_piece_and_for_ten(django_assert_max_num_queries):
    reader = make_subscriber()
    for _number in range(10):
        due_piece()
    look(DUE)
    row = Announcement.objects.get(kind=ReaderMail.WEEK)

    with django_assert_max_num_queries(5):
        assert len(news(reader, row, DUE)) == 10


@pytest.mark.parametrize("injected", ["Ferry\r\nBcc: all@evil.example", "Ferry\nX: y", "Ferry\u2028z"])
def test_nothing_gets_into_a_header(injected):
    series = make_series("Red")
    due_piece(series)
    Series.objects.update(title=injected)
    make_subscriber("mika@post.example")

    [message] = mails()

    sent = message.message()
    assert (sent["Bcc"], sent["X"], sent["To"]) == (None, None, "mika@post.example")
    assert "\n" not in str(sent["Subject"])


def test_an_address_that_isnt_one_gets_nothing_and_holds_nobody_up():
    due_piece()
    make_subscriber("odd@post.example\nBcc: all@evil.example")
    make_subscriber("mika@post.example")

    assert [message.to for message in mails()] == [["mika@post.example"]]


@pytest.mark.skipif(bool(missing()), reason=missing())
@pytest.mark.one_database
def test_its_html_is_valid():
    due_piece(headline="Into <port> & out")
    make_subscriber()

    [message] = mails()

    answer = Answer("https://mail.example/", 200, Message(), html_of(message).encode())
    assert html_findings([answer]) == []
