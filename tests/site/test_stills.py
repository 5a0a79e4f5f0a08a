"""Stills in the prose: on their review's own page, once it is live; a spoiling one behind its summary."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from coverage.newsroom.pictures import renditions
from coverage.newsroom.roles import Role
from reviews import verbs
from reviews.models import Review
from reviews.verbs import Act
from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_image,
    make_live_review,
    make_picture,
    make_review,
    make_series,
    make_user,
)
from tests.site.sweeps import addresses, answer, bodies, sweep
from tests.site.worlds import AFTER, BEFORE

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CAPTION, CREDIT = "Canarycaption", "Canarycredit"


def place(*pictures):
    return "".join(f'<figure data-picture="{picture.pk}"></figure>' for picture in pictures)


def still(colour="red", alt="Canaryalt", **fields):
    # Pictures of the same colour would share a file.
    file = SimpleUploadedFile("still.png", make_image(colour=colour))
    return make_picture(alt, file=file, caption=CAPTION, credit=CREDIT, **fields)


def page_of(review, at=NOW):
    status, _headers, body = answer(review.get_absolute_url(), at)
    assert status == 200
    return html.fromstring(body.decode())


def address(picture):
    return renditions.shown(picture).src


def test_a_still_stands_in_the_text_with_its_words_and_sizes():
    picture = still()

    page = page_of(make_live_review(introduction=f"<p>Before.</p>{place(picture)}<p>After.</p>"))

    (figure,) = page.xpath("//*[contains(@class, 'prose')]/figure[@class='still']")
    (image,) = figure.xpath(".//img")
    assert (image.get("alt"), image.get("loading")) == ("Canaryalt", "lazy")
    assert (image.get("width"), image.get("height")) == ("8", "6")
    assert answer(image.get("src"), NOW)[0] == 200
    assert figure.xpath(".//source/@type") == ["image/avif"]
    assert figure.find("figcaption").text_content().split() == [CAPTION, CREDIT]
    assert not figure.xpath("ancestor::details")


def test_a_spoiling_still_is_shut_with_all_that_is_said_of_it():
    page = page_of(make_live_review(introduction=f"<p>a</p>{place(still(spoils=True))}"))

    (shut,) = page.xpath("//details[contains(@class, 'spoiler')]")
    assert shut.get("open") is None
    assert shut.find("summary").text_content() == "Spoiler: picture"
    assert shut.xpath(".//img/@loading") == ["lazy"]
    shut.getparent().remove(shut)
    rest = html.tostring(page, encoding="unicode")
    assert not [canary for canary in ("Canaryalt", CAPTION, CREDIT) if canary in rest]


def test_in_a_spoiler_block_it_is_not_shut_twice():
    text = f'<div class="spoiler"><p>a</p>{place(still(spoils=True))}</div>'

    page = page_of(make_live_review(introduction=text))

    (figure,) = page.xpath("//figure[@class='still']")
    assert len(figure.xpath("ancestor::details[contains(@class, 'spoiler')]")) == 1


def test_a_picture_that_turns_out_to_spoil_is_shut_at_once():
    picture = still()
    review = make_live_review(introduction=place(picture))

    type(picture).objects.update(spoils=True)

    assert page_of(review).xpath("//details[contains(@class, 'spoiler')]//figure[@class='still']")


def test_what_an_editor_says_of_it_shows_at_once_and_is_escaped():
    picture = still()
    review = make_live_review(introduction=place(picture))

    type(picture).objects.update(caption="<b>Bold</b>")

    assert "<b>Bold</b>" in page_of(review).xpath("string(//figcaption)")


def test_where_a_picture_is_gone_nothing_stands():
    picture = still()
    review = make_live_review(introduction=f"<p>a</p>{place(picture)}")

    picture.delete()

    page = page_of(review)
    assert not page.xpath("//*[contains(@class, 'prose')]//figure | //figure[@data-picture]")


def test_a_still_is_private_until_its_piece_is_live_and_again_once_it_is_withdrawn():
    picture = still(spoils=True)
    review = approve(make_review(introduction=place(picture)))
    urls = (address(picture), picture.file.url)
    assert [[answer(url, at)[0] for url in urls] for at in (BEFORE, AFTER)] == [[404, 404], [200, 200]]

    verbs.withdraw(review, Act(make_user(Role.CHIEF), AFTER, note="Wrong."))

    assert answer(address(picture), AFTER)[0] == 404


def test_a_still_that_only_the_desk_has_in_the_text_is_private():
    review, picture = make_live_review(), still()

    Review.objects.filter(pk=review.pk).update(introduction=place(picture))
    Review.objects.get(pk=review.pk).keep(by=None, at=NOW)

    assert answer(address(picture), NOW)[0] == 404


def test_a_still_that_was_taken_out_is_private_again():
    picture, stays = still("red"), still("blue")
    review = make_live_review(introduction=place(picture, stays))

    Review.objects.filter(pk=review.pk).update(introduction=place(stays))
    verbs.approve(Review.objects.get(pk=review.pk), Act(make_user(Role.CHIEF), NOW))

    assert [answer(address(each), NOW)[0] for each in (picture, stays)] == [404, 200]


def test_a_still_leaves_no_trace_away_from_its_page():
    spoiling, plain = still("red", spoils=True), still("blue", "Canaryopen")
    series = make_series(key_visual=make_picture("Poster"))
    episode = make_episode(series, "1")
    review = make_live_review(series, episodes=[episode], introduction=place(spoiling, plain))
    digests = [str(picture.file.name).split("/")[-1].split(".")[0] for picture in (spoiling, plain)]
    canaries = ["Canaryalt", "Canaryopen", CAPTION, CREDIT, *digests]

    elsewhere = sweep(NOW, (path for path in addresses(NOW) if path != review.get_absolute_url()))

    shown = bodies(elsewhere)
    assert [canary for canary in canaries if canary in shown] == []
    page = page_of(review)
    for machines in page.xpath("//head | //script"):
        assert not [canary for canary in canaries if canary in html.tostring(machines, encoding="unicode")]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_stills_cost_a_page_no_query(count, django_assert_num_queries):
    review = make_live_review(introduction=f"<p>a</p>{place(*(still() for _each in range(count)))}")
    answer(review.get_absolute_url(), NOW)

    with django_assert_num_queries(8):
        answer(review.get_absolute_url(), NOW)


def test_a_piece_waits_until_its_lead_has_its_text_alternative():
    picture = still()
    type(picture).objects.update(alt="")

    with pytest.raises(verbs.VerbRefused, match="Its lead picture has no text alternative"):
        approve(make_review(lead_picture=picture))


def test_a_piece_waits_until_every_still_has_its_text_alternative():
    picture = still()
    type(picture).objects.update(alt="")
    review = make_review(introduction=place(picture))

    with pytest.raises(verbs.VerbRefused, match="A still has no text alternative"):
        approve(review)

    type(picture).objects.update(alt="A harbour.")
    assert approve(review, FRIDAY).status == "approved"
