"""Stills at the desk: how their files come in, and who says what of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from coverage.newsroom.models import AuditEntry, Picture
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Review
from reviews.status import Status
from reviews.verbs import Act
from tests.desk.forms import address_of, opened, sentences
from tests.factories import NOW, approve, make_image, make_picture, make_review, make_reviewer, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.ignore_template_errors]

ADD = "/desk/reviews/review/stills/"


def file_of(content=None, name="still.png"):
    return SimpleUploadedFile(name, content or make_image())


def added(client, content=None):
    response = client.post(ADD, {"file": file_of(content)})
    return response.status_code, response.json()


def named(picture):
    return f'<p>a</p><figure data-picture="{picture.pk}"></figure>'


def page_of(response):
    return html.fromstring(response.content.decode())


def own_review(writer, **fields):
    return make_review(by=writer, reviewer=make_reviewer(user=writer), **fields)


def test_a_writer_adds_a_still_that_waits_for_its_words(client, writer):
    status, told = added(client)

    picture = Picture.objects.get()
    assert status == 200
    assert (told["id"], told["alt"], told["spoils"], told["may_change"]) == (picture.pk, "", False, True)
    assert client.get(told["url"]).getvalue().startswith(b"RIFF")
    assert (picture.width, picture.height) == (8, 6)
    assert AuditEntry.objects.get(verb="add").actor == writer


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"<svg/>", "This is no JPEG"), (make_image()[:45], "cut short or damaged")],
    ids=["svg", "truncated"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(client, writer, content, sentence):
    status, told = added(client, content)

    assert status == 400
    assert sentence in told["refused"]
    assert not Picture.objects.exists()


def test_no_file_is_refused_with_a_sentence(client, writer):
    response = client.post(ADD)

    assert (response.status_code, response.json()["refused"]) == (400, "No file came; add it again.")


def test_a_reader_adds_nothing(client, db):
    client.force_login(make_user(None))

    assert client.post(ADD, {"file": file_of()}).status_code == 302
    assert not Picture.objects.exists()


def test_adding_asks_for_the_token(db):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(Role.EDITOR))

    assert client.post(ADD, {"file": file_of()}).status_code == 403
    assert not Picture.objects.exists()


def test_what_is_typed_beside_a_still_is_kept_with_the_form(client, writer):
    _status, told = added(client)
    picture = Picture.objects.get()
    review = own_review(writer, introduction=named(picture))
    key = f"still-{told['id']}"

    words = {f"{key}-alt": " A harbour ", f"{key}-caption": "Later", f"{key}-spoils": "1"}
    client.post(address_of(review), opened(client, review) | words)

    picture.refresh_from_db()
    assert (picture.alt, picture.caption, picture.spoils) == ("A harbour", "Later", True)
    assert Review.objects.get(pk=review.pk).introduction == named(picture)


def test_what_is_typed_beside_a_still_is_kept_though_the_form_is_refused(client, editor):
    picture = make_picture()
    review = make_review(introduction=named(picture))

    response = client.post(
        address_of(review), opened(client, review) | {"slug": "", f"still-{picture.pk}-caption": "Kept"}
    )

    assert response.status_code == 200
    assert Picture.objects.get().caption == "Kept"


def test_a_box_that_is_no_longer_ticked_opens_the_still(client, editor):
    picture = make_picture(spoils=True)
    review = make_review(introduction=named(picture))

    client.post(address_of(review), opened(client, review) | {f"still-{picture.pk}-spoils": ""})

    assert not Picture.objects.get().spoils


@pytest.mark.parametrize(("field", "value"), [("alt", ""), ("caption", "a" * 301), ("credit", "a\0b")])
def test_words_that_cannot_be_kept_are_refused_with_a_sentence(client, editor, field, value):
    picture = make_picture("A ferry", credit="Studio")
    review = make_review(introduction=named(picture))

    response = client.post(
        address_of(review),
        opened(client, review) | {f"still-{picture.pk}-{field}": value},
        follow=True,
    )

    assert any("A still wasn't changed" in sentence for sentence in sentences(response))
    kept = Picture.objects.get()
    assert (kept.alt, kept.caption, kept.credit) == ("A ferry", "", "Studio")


def test_a_writer_changes_no_still_of_another(client, writer):
    picture = make_picture("A ferry")
    review = own_review(writer, introduction=named(picture))

    response = client.post(
        address_of(review),
        opened(client, review) | {f"still-{picture.pk}-alt": "Mine"},
        follow=True,
    )

    assert any("only an editor changes it" in sentence for sentence in sentences(response))
    assert Picture.objects.get().alt == "A ferry"


def test_a_writer_changes_their_own_still_until_it_is_approved(client, writer):
    _status, told = added(client)
    Picture.objects.update(alt="A ferry")
    review = own_review(writer, introduction=named(Picture.objects.get()))
    address = f"{ADD}{told['id']}/"
    assert client.get(address).json()["may_change"]

    approve(verbs.submit(review, Act(writer, NOW)))

    assert not client.get(address).json()["may_change"]


def test_approving_waits_for_the_text_alternative_and_takes_it_along(client, editor):
    picture = make_picture()
    Picture.objects.update(alt="")
    review = make_review(introduction=named(picture))

    def press(**typed):
        data = opened(client, review) | {"_verb": "approve"} | typed
        return client.post(address_of(review), data, follow=True).context

    assert any("A still has no text alternative" in sentence for sentence in press()["lacks"])
    assert Review.objects.get(pk=review.pk).status == Status.DRAFT

    press(**{f"still-{picture.pk}-alt": "A harbour"})

    assert Review.objects.get(pk=review.pk).status == Status.APPROVED


def test_without_scripts_files_come_with_the_form_to_the_end_of_the_introduction(client, editor):
    review = make_review(introduction="<p>a</p>")
    files = [file_of(), file_of(b"<svg/>", "odd.svg"), file_of(make_image(colour="red"))]

    data = opened(client, review) | {"stills": files}
    response = client.post(address_of(review), data, follow=True)

    first, second = Picture.objects.order_by("pk")
    places = "".join(f'<figure data-picture="{each.pk}"></figure>' for each in (first, second))
    assert Review.objects.get(pk=review.pk).introduction == f"<p>a</p>{places}"
    assert any(sentence.startswith("odd.svg: This is no JPEG") for sentence in sentences(response))
    page = page_of(response)
    assert page.xpath(f"//noscript//input[@name='still-{first.pk}-alt']")


def test_the_second_of_two_editors_is_told_of_a_still_that_was_added_meanwhile(client, editor):
    picture = make_picture()
    review = make_review(introduction="<p>a</p>")
    data = opened(client, review)
    Review.objects.filter(pk=review.pk).update(introduction=named(picture))
    Review.objects.get(pk=review.pk).keep(by=None, at=NOW)

    response = client.post(address_of(review), data | {"introduction": "<p>b</p>"})

    assert f"[still: {picture.pk}]" in response.content.decode()


def test_who_may_only_look_sees_the_still_in_the_text(client, writer):
    picture = make_picture("A ferry")
    review = make_review(introduction=named(picture))

    page = page_of(client.get(address_of(review)))

    (image,) = page.xpath("//*[@class='prose-read']//img")
    assert image.get("alt") == "A ferry"
    assert not page.xpath("//*[@data-stills]")


def test_who_may_only_look_is_told_what_is_said_of_a_still_and_what_is_not(client, writer):
    told, untold = make_picture("A ferry", caption="The <quay>", spoils=True), make_picture()
    Picture.objects.filter(pk=untold.pk).update(alt="")
    review = make_review(introduction=named(told) + named(untold))

    page = page_of(client.get(address_of(review)))

    first, second = page.xpath("//*[@class='prose-read']//figcaption")
    assert [line.text for line in first] == [
        "The <quay>",
        "For those who can't see it: A ferry",
        "This spoils: closed until a reader asks for it",
    ]
    assert [line.text for line in second] == ["It isn't said yet what it shows."]
