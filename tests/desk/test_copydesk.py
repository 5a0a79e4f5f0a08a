"""The copy desk's margin on the form of a review: what it shows, and what becomes of each answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from coverage.newsroom.models import AuditEntry, Picture
from coverage.newsroom.roles import Role
from reviews.models import IgnoredFinding, Override, Review
from series.models import VocabularyEntry
from tests.desk.forms import address_of, fields_of, opened, sentences
from tests.factories import (
    make_episode,
    make_picture,
    make_review,
    make_reviewer,
    make_series,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SLIP = "<p>An opening.</p><p>This <em>is</em> Tin <strong>Orchad</strong>, a frustratng thing.</p>"


@pytest.fixture
def series():
    return make_series("Tin Orchard")


@pytest.fixture
def review(series):
    return make_review(series, episodes=[make_episode(series)], introduction=SLIP)


def margin_address(review):
    return f"/desk/reviews/review/{review.pk}/copydesk/"


def shown(response):
    """By field, the words that the margin shows."""
    page = html.fromstring(response.content.decode())
    notes = page.xpath('//*[contains(concat(" ", @class, " "), " copydesk__note ")]')
    return [(note.get("data-field"), note.get("data-found")) for note in notes]


def button(response, verb, found):
    """The value of the button that answers so to these words."""
    page = html.fromstring(response.content.decode())
    return page.xpath(f'//*[@data-found="{found}"]//button[starts-with(@value, "{verb}:")]/@value')[0]


def pressed(client, review, verb, found, **typed):
    value = button(client.get(address_of(review)), verb, found)
    return client.post(address_of(review), opened(client, review) | typed | {"_copydesk": value}, follow=True)


def test_the_margin_shows_what_was_found_and_where(client, editor, review):
    response = client.get(address_of(review))

    assert shown(response) == [("introduction", "Tin Orchad"), ("introduction", "frustratng")]
    page = response.content.decode()
    assert "2 things to look at" in page
    assert "1 stops approval" in page
    assert "nearly “Tin Orchard”, as the house writes it" in page


def test_a_piece_in_order_says_that_nothing_was_found(client, editor, series):
    assert "Nothing found." in client.get(address_of(make_review(series))).content.decode()


def test_what_is_typed_is_looked_at_without_being_saved(client, editor, review):
    typed = opened(client, review) | {"introduction": "<p>Fine.</p>", "parts-0-verdict": "<p>Frustratng.</p>"}

    response = client.post(margin_address(review), typed)

    assert shown(response) == [("parts-0-verdict", "Frustratng")]
    saved = Review.objects.get(pk=review.pk)
    assert (saved.introduction, saved.version) == (SLIP, review.version)


def test_a_refused_form_keeps_the_margin_of_what_was_typed(client, editor, review):
    typed = opened(client, review) | {"planned_at_0": "x", "introduction": "<p>A wierd thing.</p>"}

    response = client.post(address_of(review), typed)

    assert ("introduction", "wierd") in shown(response)


def test_a_new_part_is_looked_at_once_it_says_its_episode(client, editor, review):
    episode = make_episode(review.series, "2")
    typed = opened(client, review) | {"introduction": "", "parts-TOTAL_FORMS": "3"}
    typed |= {"parts-1-body": "<p>Wierd.</p>", "parts-2-body": "<p>Frustratng.</p>"}

    response = client.post(margin_address(review), typed | {"parts-2-episode": str(episode.pk)})

    assert ("parts-2-body", "Frustratng") in shown(response)
    assert "Wierd" not in response.content.decode()


def test_the_words_about_a_still_are_looked_at_as_they_are_typed(client, editor, review):
    still = make_picture("A frustratng mast")
    Review.objects.filter(pk=review.pk).update(introduction=f'<figure data-picture="{still.pk}"></figure>')
    name = f"still-{still.pk}-alt"

    assert shown(client.get(address_of(review))) == [(name, "frustratng")]
    typed = opened(client, review) | {name: "A mast", f"still-{still.pk}-caption": "In wierd weather"}
    assert shown(client.post(margin_address(review), typed)) == [(f"still-{still.pk}-caption", "wierd")]
    assert Picture.objects.get(pk=still.pk).alt == "A frustratng mast"


def test_suggestions_come_when_asked_for(client, editor, review):
    before = client.get(address_of(review))
    mark = button(before, "suggest", "frustratng").partition(":")[2]
    assert "frustrating" not in before.content.decode()

    typed = client.post(margin_address(review), opened(client, review) | {"suggest": mark})
    saved = pressed(client, review, "suggest", "frustratng")

    for response in (typed, saved):
        assert button(response, "take", "frustratng")
        assert "frustrating" in response.content.decode()


def test_a_suggestion_is_taken_with_the_save_and_leaves_the_marks(client, editor, review):
    pressed(client, review, "take", "Tin Orchad", headline="A new headline")

    saved = Review.objects.get(pk=review.pk)
    assert saved.introduction == SLIP.replace("Tin <strong>Orchad</strong>", "Tin Orchard")
    assert saved.headline == "A new headline"
    assert saved.editions.count() == 2


def test_a_suggestion_is_taken_wherever_the_field_has_the_slip(client, editor, series):
    review = make_review(
        series,
        headline="Tin Orchad, again Tin Orchad",
        introduction="<p>A.</p><p>Tin Orchad. Tin Orchad.</p>",
    )

    for _field in range(2):
        page = client.get(address_of(review))
        found = html.fromstring(page.content.decode()).xpath('(//*[@class="copydesk__take"])[1]/@value')[0]
        client.post(address_of(review), fields_of(page) | {"_copydesk": found})

    saved = Review.objects.get(pk=review.pk)
    assert saved.headline == "Tin Orchard, again Tin Orchard"
    assert saved.introduction == "<p>A.</p><p>Tin Orchard. Tin Orchard.</p>"


def test_taking_goes_by_the_version_that_was_read(client, editor, review):
    value = button(client.get(address_of(review)), "take", "Tin Orchad")
    data = opened(client, review)
    review.keep(by=None, at=review.updated_at)

    response = client.post(address_of(review), data | {"_copydesk": value})

    assert "Somebody has changed this piece" in response.content.decode()
    assert Review.objects.get(pk=review.pk).introduction == SLIP


@pytest.mark.parametrize(
    "value", ["take:", "take:x:0", "take:{mark}:7", "take:{mark}:-1", "take:{mark}:²", "x", "ignore:x"]
)
def test_an_odd_answer_changes_nothing(client, editor, review, value):
    mark = button(client.get(address_of(review)), "take", "Tin Orchad").split(":")[1]
    data = opened(client, review) | {"_copydesk": value.format(mark=mark)}

    assert client.post(address_of(review), data).status_code == 302
    assert client.post(margin_address(review), data).status_code == 200

    assert Review.objects.get(pk=review.pk).introduction == SLIP
    assert not IgnoredFinding.objects.exists()


def test_ignored_for_good_with_a_save_or_while_typing(client, editor, review):
    pressed(client, review, "ignore", "frustratng")
    value = button(client.get(address_of(review)), "ignore", "Tin Orchad")
    response = client.post(margin_address(review), opened(client, review) | {"_copydesk": value})

    assert shown(response) == []
    assert "isn't shown again" in html.fromstring(response.content.decode()).text_content()
    assert {row.found for row in IgnoredFinding.objects.all()} == {"Tin Orchad", "frustratng"}


def test_a_name_that_is_right_joins_the_vocabulary(client, editor, review):
    response = pressed(client, review, "teach", "Tin Orchad")

    assert shown(response) == [("introduction", "frustratng")]
    assert VocabularyEntry.objects.get().form == "Tin Orchad"


def test_a_writer_is_offered_what_a_writer_may_answer(client, writer, series):
    review = make_review(series, introduction=SLIP, reviewer=make_reviewer(user=writer))

    page = html.fromstring(client.get(address_of(review)).content.decode())

    offered = {value.split(":")[0] for value in page.xpath('//button[@name="_copydesk"]/@value')}
    assert offered == {"take", "suggest", "ignore"}
    assert not page.xpath('//*[@data-found="Tin Orchad"]//button[starts-with(@value, "ignore:")]')


def test_a_writer_who_answers_more_is_refused(client, writer, series):
    review = make_review(series, introduction=SLIP, reviewer=make_reviewer(user=writer))
    page = client.get(address_of(review))
    mark = button(page, "take", "Tin Orchad").split(":")[1]

    for verb in ("teach", "ignore"):
        assert (
            client.post(margin_address(review), fields_of(page) | {"_copydesk": f"{verb}:{mark}"}).status_code
            == 403
        )
    assert client.get(f"{margin_address(review)}{mark}/").status_code == 403
    assert not VocabularyEntry.objects.exists()
    assert not IgnoredFinding.objects.exists()


def test_the_margin_is_for_who_may_edit_the_piece(client, writer, review):
    assert "copy-desk" not in client.get(address_of(review)).content.decode()
    assert client.post(margin_address(review), {}).status_code == 403


def test_an_editor_says_why_something_may_stand_and_the_history_tells(client, editor, review):
    asked = pressed(client, review, "override", "Tin Orchad", headline="Saved before")
    assert asked.redirect_chain[-1][0].endswith("/")

    without = client.post(asked.request["PATH_INFO"], fields_of(asked) | {"reason": " "})
    assert without.status_code == 200
    done = client.post(asked.request["PATH_INFO"], fields_of(asked) | {"reason": "It is a pub."}, follow=True)

    assert "let it pass: It is a pub." in done.content.decode()
    assert "stops approval" not in done.content.decode()
    assert Override.objects.get().made_by == editor
    assert Review.objects.get(pk=review.pk).headline == "Saved before"
    history = client.get(f"/desk/reviews/review/{review.pk}/history/").content.decode()
    assert "let pass what the copy desk held" in history
    assert "It is a pub." in history


def test_an_override_of_what_was_read_before_a_change_is_asked_again(client, editor, review):
    asked = pressed(client, review, "override", "Tin Orchad")
    review.keep(by=None, at=review.updated_at)
    path = asked.request["PATH_INFO"]

    refused = client.post(path, fields_of(asked) | {"reason": "It is a pub."})
    assert "Somebody has changed this piece" in refused.content.decode()
    client.post(path, fields_of(refused))

    assert Override.objects.count() == 1


def test_what_is_not_found_any_more_is_not_asked_about(client, editor, review):
    response = client.get(f"{margin_address(review)}{'0' * 20}/", follow=True)

    assert any("there is nothing to let pass" in sentence for sentence in sentences(response))


def test_approving_from_the_form_says_what_holds_it(client, chief, review):
    response = client.post(address_of(review), opened(client, review) | {"_verb": "approve"}, follow=True)

    [told] = sentences(response)
    assert told.endswith('<a href="#copy-desk">What the copy desk holds it for</a>')
    margin = html.fromstring(response.content).get_element_by_id("copy-desk").text_content()
    assert "stops approval" in margin
    assert "Tin Orchad" in margin
    assert Review.objects.get(pk=review.pk).status == "draft"


def test_what_is_ignored_is_listed_and_can_be_shown_again(client, editor, review):
    pressed(client, review, "ignore", "frustratng")
    address = "/desk/reviews/review/copydesk/ignored/"
    page = client.get(address)
    assert "frustratng" in page.content.decode()

    client.post(address, {"again": str(IgnoredFinding.objects.get().pk)})

    assert "Nothing is ignored." in client.get(address).content.decode()
    assert AuditEntry.objects.filter(verb="show_again").exists()
    assert ("introduction", "frustratng") in shown(client.get(address_of(review)))


@pytest.mark.parametrize("again", ["", "x", "9" * 40, "0"])
def test_an_odd_way_back_is_not_found(client, editor, again):
    assert client.post("/desk/reviews/review/copydesk/ignored/", {"again": again}).status_code == 404


def test_a_writer_is_not_offered_to_take_back_anothers_answer(client, review):
    client.force_login(make_user(Role.EDITOR))
    pressed(client, review, "ignore", "frustratng")
    client.force_login(make_user(Role.WRITER))
    address = "/desk/reviews/review/copydesk/ignored/"

    assert "Show again" not in client.get(address).content.decode()
    assert client.post(address, {"again": IgnoredFinding.objects.get().pk}).status_code == 403


def test_the_list_of_what_is_ignored_costs_the_same_for_one_and_many(client, editor, review):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/desk/reviews/review/copydesk/ignored/").status_code == 200
        return len(captured)

    def ignored(found):
        IgnoredFinding.objects.create(
            series=make_series(), kind="spelling", found=found, key=found,
            ignored_at=review.updated_at, ignored_by=make_user(Role.EDITOR),
        )  # fmt: skip

    ignored("one")
    queries()
    at_one = queries()
    for found in ("two", "three", "four"):
        ignored(found)

    assert queries() == at_one


def test_looking_at_what_is_typed_costs_the_same_for_one_part_and_many(client, editor, series):
    def queries(review):
        typed = opened(client, review)
        with CaptureQueriesContext(connection) as captured:
            assert client.post(margin_address(review), typed).status_code == 200
        return len(captured)

    one = make_review(series, episodes=[make_episode(series, "1")], introduction=SLIP)
    many = make_review(
        series, episodes=[make_episode(series, number) for number in "2345"], introduction=SLIP * 3
    )
    queries(one)

    assert queries(many) == queries(one) <= 13
