"""What is typed and not saved is kept beside the piece, offered again, and dropped once it is saved."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Buffer, Edition, Review, buffers
from reviews.verbs import Act
from tests.desk.forms import address_of, fields_of, opened, sentences
from tests.factories import NOW, make_episode, make_review, make_reviewer, make_series, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

KEEP = "/desk/reviews/review/unsaved/"
ADD = "/desk/reviews/review/add/"


@pytest.fixture
def review():
    series = make_series("Moonlit Ferry")
    return make_review(series, episodes=[make_episode(series, "1")])


def flat(data):
    """A form's fields as a script sends them."""
    return [
        [name, str(value)]
        for name, values in data.items()
        for value in (values if isinstance(values, list) else [values])
        if name != "csrfmiddlewaretoken"
    ]


def keep(client, review, data, turn=1, odd=()):
    sitting = data["sitting"][0] if isinstance(data["sitting"], list) else data["sitting"]
    told = {"sitting": sitting, "review": review and review.pk, "turn": turn, "fields": flat(data)}
    return client.post(KEEP, json.dumps(told | dict(odd)), content_type="application/json")


def noted(client, address):
    return client.get(address).context["unsaved"]


def take(client, address):
    [kept] = noted(client, address)
    return client.post(address, {"_take": str(kept.sitting)})


def test_what_is_typed_is_kept_and_the_piece_does_not_know(client, editor, review):
    data = opened(client, review) | {"headline": "Typed"}
    before = Review.objects.values().get(pk=review.pk)

    answer = keep(client, review, data)

    assert answer.json() == {"at": "07:00"}
    assert Review.objects.values().get(pk=review.pk) == before
    assert (Edition.objects.count(), AuditEntry.objects.count()) == (1, 0)


def test_ones_own_autosave_is_no_conflict(client, editor, review):
    data = opened(client, review) | {"headline": "Typed"}
    for turn in range(1, 4):
        keep(client, review, data, turn)

    assert client.post(address_of(review), data | {"_continue": ""}).status_code == 302
    assert Review.objects.get().headline == "Typed"


def test_on_opening_again_it_is_offered_and_taken_up_as_a_diff_that_is_not_saved(client, editor, review):
    keep(client, review, opened(client, review) | {"headline": "Typed", "parts-0-body": "<p>Typed.</p>"})

    page = take(client, address_of(review))

    assert page.status_code == 200
    assert [choice.label for choice in page.context["differences"]][:1] == ["Headline"]
    assert len(page.context["differences"]) == 2
    assert Review.objects.get().headline == review.headline
    assert fields_of(page)["headline"] == ["Typed"]
    assert not page.context["faults"]


def test_what_is_wrong_with_it_is_said_beside_that(client, editor, review):
    keep(client, review, opened(client, review) | {"spoiler_level": "sideways"})

    [fault] = take(client, address_of(review)).context["faults"]

    assert "sideways" in fault.what[0]


def test_what_is_taken_up_is_saved_in_one_go_and_offered_no_more(client, editor, review):
    keep(client, review, opened(client, review) | {"headline": "Typed"})
    page = take(client, address_of(review))
    assert [kept.sitting for kept in Buffer.objects.filter(ended_at=None)] == [page.context["sitting"]]

    client.post(address_of(review), fields_of(page) | {"_continue": ""})

    assert Review.objects.get().headline == "Typed"
    assert not noted(client, address_of(review))
    assert not Buffer.objects.exclude(content="[]").exists()


def test_what_was_only_looked_at_is_offered_again(client, editor, review):
    keep(client, review, opened(client, review) | {"headline": "Typed"})
    take(client, address_of(review))

    assert fields_of(take(client, address_of(review)))["headline"] == ["Typed"]


def test_it_is_offered_against_what_another_has_saved_since(client, editor, review):
    keep(client, review, opened(client, review) | {"headline": "Typed", "conclusion": "<p>Typed.</p>"})
    Review.objects.filter(pk=review.pk).update(headline="Theirs", standfirst="Theirs alone.")
    review.keep(by=None, at=NOW)

    page = take(client, address_of(review))
    client.post(address_of(review), fields_of(page) | {"take-headline": "theirs"})

    saved = Review.objects.get()
    assert (saved.headline, saved.standfirst) == ("Theirs", "Theirs alone.")
    assert saved.conclusion == "<p>Typed.</p>"


def test_a_stale_save_is_kept_though_its_page_is_lost(client, editor, review):
    data = opened(client, review)
    Review.objects.filter(pk=review.pk).update(headline="Theirs")
    review.keep(by=None, at=NOW)

    client.post(address_of(review), data | {"headline": "Mine"})

    assert fields_of(take(client, address_of(review)))["headline"] == ["Mine"]


def test_dropped_is_dropped(client, editor, review):
    data = opened(client, review) | {"headline": "Typed"}
    keep(client, review, data)
    [kept] = noted(client, address_of(review))

    response = client.post(f"{KEEP}{kept.sitting}/drop/", follow=True)

    assert sentences(response) == ["What you had not saved is dropped."]
    assert not noted(client, address_of(review))
    assert keep(client, review, data, turn=9).json() == {"ended": True}


def test_what_arrives_after_the_save_is_too_late(client, editor, review):
    data = opened(client, review) | {"headline": "Typed"}
    client.post(address_of(review), data | {"_continue": ""})

    assert keep(client, review, data).json() == {"ended": True}
    assert not noted(client, address_of(review))


def test_an_earlier_turn_does_not_undo_a_later_one(client, editor, review):
    data = opened(client, review)
    keep(client, review, data | {"headline": "Later"}, turn=20)
    keep(client, review, data | {"headline": "Earlier"}, turn=10)

    assert fields_of(take(client, address_of(review)))["headline"] == ["Later"]


def test_of_two_first_turns_at_once_the_later_one_stays(client, editor, review, monkeypatch):
    data = opened(client, review)
    room = buffers.BufferQuerySet._make_room

    def overtaken(self, *args):
        monkeypatch.setattr(buffers.BufferQuerySet, "_make_room", room)
        keep(client, review, data | {"headline": "First"}, 1)

    monkeypatch.setattr(buffers.BufferQuerySet, "_make_room", overtaken)
    keep(client, review, data | {"headline": "Second"}, 2)

    assert dict(Buffer.objects.get().fields())["headline"] == "Second"


def test_a_verbs_button_saves_and_ends_it_too(client, editor, review):
    data = opened(client, review) | {"headline": "Typed"}
    keep(client, review, data)

    client.post(address_of(review), data | {"_verb": "submit"})

    assert not noted(client, address_of(review))


def test_a_refused_form_keeps_what_is_kept(client, editor, review):
    data = opened(client, review) | {"headline": "Typed", "slug": ""}
    keep(client, review, data)

    page = client.post(address_of(review), data)

    assert fields_of(page)["sitting"] == data["sitting"]
    assert len(noted(client, address_of(review))) == 1


def test_a_piece_that_was_never_begun_is_kept_as_well(client, writer):
    make_reviewer(user=writer)
    series = make_series()
    data = fields_of(client.get(ADD)) | {"headline": "Typed", "slug": "typed", "series": series.pk}
    keep(client, None, data)

    page = take(client, ADD)
    assert page.status_code == 200
    assert not Review.objects.exists()
    client.post(ADD, fields_of(page))

    assert Review.objects.get().headline == "Typed"
    assert not noted(client, ADD)


def test_two_windows_keep_each_its_own(client, editor, review):
    for words in ("First", "Second"):
        keep(client, review, opened(client, review) | {"headline": words})

    assert len(noted(client, address_of(review))) == 2


def test_it_is_nobody_elses(client, editor, review):
    keep(client, review, opened(client, review) | {"headline": "Canary"})
    [kept] = Buffer.objects.all()
    other = Client()
    other.force_login(make_user(Role.CHIEF))

    assert not noted(other, address_of(review))
    assert other.post(f"{KEEP}{kept.sitting}/drop/").status_code == 404
    refused = other.post(address_of(review), {"_take": str(kept.sitting)}, follow=True)
    assert "Canary" not in refused.content.decode()


def test_what_a_writer_typed_waits_until_they_may_change_the_piece_again(client, writer, review):
    review.bylines.create(reviewer=make_reviewer(user=writer), position=1)
    keep(client, review, opened(client, review) | {"headline": "Typed too late"})
    verbs.submit(review, Act(make_user(Role.EDITOR), NOW))

    submitted = client.get(address_of(review)).content.decode()
    verbs.return_with_note(Review.objects.get(), Act(make_user(Role.CHIEF), NOW, note="More of it."))

    assert "It waits until you may change this piece again." in submitted
    assert "Look at it" not in submitted
    assert fields_of(take(client, address_of(review)))["headline"] == ["Typed too late"]


def test_a_text_taken_up_elsewhere_is_said_to_be_gone(client, editor, review):
    response = client.post(address_of(review), {"_take": str(uuid4())}, follow=True)

    assert "isn't there any more" in " ".join(sentences(response))


def test_it_is_offered_for_thirty_days_and_then_deleted(client, editor, review):
    keep(client, review, opened(client, review) | {"headline": "Typed"})

    with time_machine.travel(NOW + timedelta(days=29), tick=False):
        client.force_login(editor)
        assert noted(client, address_of(review))
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        client.force_login(editor)
        assert not noted(client, address_of(review))
        keep(client, review, opened(client, review) | {"headline": "New"})

    assert Buffer.objects.count() == 1


def test_what_is_too_long_or_too_many_is_refused_and_nothing_else_lost(client, editor, review, monkeypatch):
    data = opened(client, review)
    keep(client, review, data | {"headline": "Short"})

    assert keep(client, review, data | {"headline": "x" * buffers.MOST_CHARACTERS}, 2).status_code == 413
    monkeypatch.setattr(buffers, "MOST_SITTINGS", 1)
    assert keep(client, review, opened(client, review)).status_code == 413
    assert keep(client, review, data | {"headline": "Still kept"}, 3).status_code == 200


ODD = [
    {"sitting": "x"},
    {"sitting": None},
    {"review": "x"},
    {"review": "9" * 40},
    {"turn": "x"},
    {"turn": -1},
    {"turn": 2**80},
    {"fields": 1},
    {"fields": [["one"]]},
    {"fields": [[1, 2]]},
    {"fields": [["a", "b"]] * 6_000},
]


def test_odd_requests_are_refused(client, editor, review):
    data = opened(client, review)

    answers = [keep(client, review, data, odd=odd).status_code for odd in ODD]

    assert set(answers) <= {400, 404}, answers
    assert keep(client, review, data).status_code == 200


@pytest.mark.parametrize("typed", ["a\0b", "\ud800", "🦊\u202eعربي"])
def test_odd_text_is_kept_as_it_is(client, editor, review, typed):
    assert keep(client, review, opened(client, review) | {"headline": typed}).status_code == 200

    assert take(client, address_of(review)).status_code == 200


def test_who_may_not_edit_is_refused(client, review):
    client.force_login(make_user(None))

    assert keep(client, review, {"sitting": str(uuid4())}).status_code == 302


def test_the_note_is_there_for_a_script_to_fetch(client, editor, review):
    data = opened(client, review) | {"headline": "Typed"}
    keep(client, review, data)

    note = client.get(KEEP, {"review": review.pk, "sitting": str(uuid4())}).content.decode()
    own = client.get(KEEP, {"review": review.pk, "sitting": data["sitting"][0]}).content.decode()

    assert "never saved" in note
    assert "never saved" not in own


def test_the_note_asks_as_much_for_one_kept_text_as_for_three(client, editor, review):
    def asked():
        keep(client, review, opened(client, review) | {"headline": "Typed"})
        with CaptureQueriesContext(connection) as queries:
            client.get(KEEP, {"review": review.pk})
        return len(queries)

    assert len({asked() for _each in range(3)}) == 1


@pytest.mark.parametrize("form", ["\0", "poem", ""])
def test_a_form_that_there_is_none_of_is_refused(client, editor, form):
    assert client.get(KEEP, {"form": form}).status_code == 400
