"""The desk's screen "Paste an article"."""

import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.roles import Role
from reviews.models import Buffer, Review, SourceArticle
from series.models import Credit, Episode, Person
from tests.factories import NOW, make_episode, make_part, make_review, make_reviewer, make_series, make_user
from tests.reviews.importing.articles import WEEKLY, counts_of_rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PIECES = "/desk/reviews/review/"
URL = f"{PIECES}paste/"


@pytest.fixture
def orchard():
    series = make_series("Tin Orchard")
    make_episode(series, "1", title="The First Graft")
    make_episode(series, "2", title="Rust in the Rain")
    make_reviewer("Ada Quill")
    return series


def paste(client, **data):
    return client.post(URL, {"text": WEEKLY, "do": "read"} | data)


def test_the_empty_screen_asks_for_the_article(client, editor):
    page = client.get(URL).content.decode()

    assert reverse("admin:reviews_review_paste") == URL
    assert 'name="text"' in page
    assert "Make the draft" not in page


def test_reading_shows_what_was_understood_beside_the_source_and_saves_nothing(client, editor, orchard):
    before = counts_of_rows()

    page = paste(client).content.decode()

    assert counts_of_rows() == before
    assert "The First Graft" in page
    assert "4 stars, printed as" in page
    assert "Haruka Endo, Script / Screenplay" in page
    assert '<li id="line-15" data-field="body">' in page
    assert "Make the draft" in page


def test_what_isnt_sure_stands_at_its_line(client, editor, orchard):
    page = paste(client, text=WEEKLY.replace("(⭐⭐1/2)", "(B+)")).content.decode()

    assert '<a href="#line-21">line 21</a>: no stars for “B+”' in page
    assert "no stars; printed is B+" in page


def test_making_the_draft_leads_to_its_form(client, editor, orchard):
    response = paste(client, do="make")

    review = Review.objects.get()
    assert response.url == reverse("admin:reviews_review_change", args=[review.pk])
    assert (review.created_by, review.created_at, review.parts.count()) == (editor, NOW, 2)
    assert AuditEntry.objects.about(review).get().verb == "import"


def test_the_same_article_is_shown_as_in_already(client, editor, orchard):
    paste(client, do="make")

    page = paste(client).content.decode()
    again = paste(client, do="make")

    assert "This article is in already" in page
    assert "Make the draft" not in page
    assert again.status_code == 302
    assert Review.objects.count() == 1


def test_a_series_that_nobody_knows_is_asked_for(client, editor):
    page = paste(client, do="make").content.decode()

    assert "No series goes by “Tin Orchard”" in page
    assert not Review.objects.exists()


def test_the_series_can_be_chosen(client, chief):
    series = make_series("Blechgarten")

    paste(client, do="make", series=series.pk)

    assert Review.objects.get().series == series


def test_who_may_not_make_episodes_loses_no_text(client, writer):
    make_series("Tin Orchard")

    paste(client, do="make")

    review = Review.objects.get()
    assert not Episode.objects.exists()
    assert not review.parts.exists()
    assert "A stumble, prettily drawn." in review.introduction


def test_a_draft_is_filled_only_after_its_changes_were_seen(client, editor, orchard):
    review = make_review(orchard, introduction="<p>Old words.</p>", headline="Kept")

    refused = paste(client, do="fill", draft=review.pk).content.decode()
    seen = paste(client, draft=review.pk).content.decode()
    filled = paste(client, do="fill", draft=review.pk, version=review.version)

    assert "Look at what would change first" in refused
    assert str(review.version) in seen
    assert "<del>Old words.</del>" in seen
    assert filled.status_code == 302
    review.refresh_from_db()
    assert (review.headline, review.parts.count(), review.editions.count()) == ("Kept", 2, 2)
    assert review.introduction.startswith("<p>Welcome")
    assert SourceArticle.objects.get().review == review


def test_a_draft_that_moved_on_meanwhile_isnt_filled(client, editor, orchard):
    review = make_review(orchard, introduction="<p>Old words.</p>")
    seen = review.version
    review.keep(by=editor, at=NOW)

    page = paste(client, do="fill", draft=review.pk, version=seen).content.decode()

    assert "Somebody has changed this piece" in page
    assert Review.objects.get().introduction == "<p>Old words.</p>"


def test_an_article_that_is_in_another_draft_fills_none(client, editor, orchard):
    paste(client, do="make")
    other = make_review(orchard, introduction="<p>Other words.</p>")

    page = paste(client, do="fill", draft=other.pk, version=other.version).content.decode()

    assert "in another draft already" in page
    other.refresh_from_db()
    assert other.introduction == "<p>Other words.</p>"


def test_another_writers_draft_is_not_offered(client, writer, orchard):
    foreign = make_review(orchard)

    page = paste(client, do="fill", draft=foreign.pk, version=foreign.version).content.decode()

    assert foreign.headline not in page
    assert not SourceArticle.objects.exists()


def test_ticked_people_are_credited_where_their_section_is(client, chief, orchard):
    known = Person.objects.create(name="Haruka Endo", slug="haruka-endo")

    paste(client, do="make", credits=["0", "1"])

    script, director = Credit.objects.order_by("role").reverse()
    assert (script.person, script.role, script.episode.number) == (known, "script", "1")
    assert (director.person.name, director.role, director.episode.number) == (
        "Kei Arata",
        "episode_director",
        "2",
    )


def test_credits_of_those_who_may_not_credit_are_left(client, editor, orchard):
    paste(client, do="make", credits=["0", "1"])

    assert Review.objects.count() == 1
    assert not Credit.objects.exists()


def test_rich_text_keeps_emphasis_and_links(client, editor, orchard):
    rich = (
        '<b style="font-weight:normal"><p>Tin Orchard</p><p>By Ada Quill</p><p>It '
        '<span style="font-style:italic">rains</span> <a href="https://example.org/">here</a>.<script>alert(1)</script></p>'
        "<h2>Episode 1: “The First Graft” (4/5)</h2><p>Well&nbsp;<b>done</b>.</p></b>"
    )
    text = "Tin Orchard\n\nBy Ada Quill\n\nIt rains here.\n\nEpisode 1: “The First Graft” (4/5)\n\nWell done."

    paste(client, do="make", text=text, rich=rich)

    review = Review.objects.get()
    assert (
        review.introduction
        == '<p>It <em>rains</em> <a href="https://example.org/" rel="noopener">here</a>.</p>'
    )
    assert review.parts.get().body == "<p>Well\u00a0<strong>done</strong>.</p>"


@pytest.mark.parametrize("text", ["", "   \n ", "a\x00b"])
def test_text_that_cant_be_kept_is_refused_with_a_sentence(client, editor, text):
    response = paste(client, do="make", text=text)

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize("do", ["", "read", "make", "fill", "delete"])
def test_odd_posts_do_no_harm(client, editor, do):
    odd = {"series": "x", "draft": "999999", "version": "nonsense", "credits": ["999", "-1", "x"]}

    assert client.post(URL, {"text": WEEKLY, "do": do} | odd).status_code == 200
    assert not Review.objects.exists()


def test_only_those_who_may_begin_a_piece_see_the_screen(client, db):
    assert client.get(URL).status_code == 302

    client.force_login(make_user(None))
    assert client.get(URL).status_code in (302, 403)

    for role in Role:
        client.force_login(make_user(role))
        assert client.get(URL).status_code == 200


def test_reading_asks_no_more_of_the_database_when_there_is_more_in_it(
    client, editor, orchard, django_assert_num_queries, django_assert_max_num_queries
):
    client.get(URL)
    with django_assert_max_num_queries(24) as few:
        paste(client)
    for number in range(3):
        make_review(make_series(f"Other {number}"))

    with django_assert_num_queries(len(few)):
        paste(client)


def test_other_pieces_about_the_same_episodes_are_named(client, editor, orchard):
    other = make_review(orchard, episodes=[orchard.episodes.get(number="2")], headline="Rust, again")
    make_review(make_series("Other"), headline="Something else")

    page = paste(client).content.decode()

    assert "Of the same episodes" in page
    assert f'/desk/reviews/review/{other.pk}/change/">Rust, again' in page


def test_a_chief_takes_the_people_of_an_article_that_an_editor_brought_in(client, editor, orchard):
    assert "A chief takes them" in paste(client).content.decode()
    paste(client, do="make")
    client.force_login(make_user(Role.CHIEF))

    assert "Take the ticked people" in paste(client).content.decode()
    page = paste(client, do="credit", credits=["0"]).content.decode()

    assert "1 credit is new." in page
    assert "credited already" in page
    assert Credit.objects.count() == 1


def test_too_long_a_paste_is_refused_in_words(client, editor):
    page = paste(client, text="word " * 60_000).content.decode()

    assert "longer than an article" in page


def test_rich_text_that_is_too_long_is_said_so(client, editor, orchard):
    page = paste(client, rich="x" * 900_000).content.decode()

    assert "errorlist" in page


def test_a_draft_about_another_series_is_pointed_out(client, editor, orchard):
    review = make_review(make_series("Moonlit Ferry"), headline="The tide")

    page = paste(client, draft=review.pk).content.decode()

    assert "Moonlit Ferry: The tide" in page
    assert "The draft is about “Moonlit Ferry”, the article about “Tin Orchard”." in page


@pytest.fixture
def begun(orchard):
    """As the board begins a draft: its parts are there, and nothing in them."""
    draft = make_review(orchard, headline="Tin Orchard: episodes 1–2", introduction="")
    for episode in orchard.episodes.all():
        make_part(draft, episode, draft.bylines.get().reviewer, body="", verdict="", stars=None)
    return draft


def test_a_draft_without_text_is_filled_at_once(client, editor, begun):
    page = client.get(URL, {"draft": begun.pk})
    filled = paste(client, do="fill_at_once", draft=begun.pk, version=page.context["form"]["version"].value())

    assert 'value="fill_at_once"' in page.content.decode()
    assert filled.url == reverse("admin:reviews_review_change", args=[begun.pk])
    begun.refresh_from_db()
    assert begun.introduction.startswith("<p>Welcome")


def test_what_isnt_sure_is_told_where_it_wasnt_looked_at_before(client, editor, begun):
    graded = WEEKLY.replace("(⭐⭐1/2)", "(B+)")

    response = paste(
        client, text=graded, do="fill_at_once", draft=begun.pk, version=begun.version, follow=True
    )

    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert any(said.startswith("Line 21: no stars for “B+”") for said in told)


@pytest.mark.parametrize("why", ["it has text by now", "the article is about another show"])
def test_what_has_to_be_looked_at_is_not_filled_at_once(client, editor, begun, why):
    text = WEEKLY
    if why == "it has text by now":
        begun.parts.update(body="<p>Old words.</p>")
    else:
        make_series("Night Kiosk")
        text = WEEKLY.replace("Tin Orchard", "Night Kiosk")

    page = paste(client, text=text, do="fill_at_once", draft=begun.pk, version=begun.version)

    assert page.status_code == 200
    assert "What filling the draft would change" in page.content.decode()
    begun.refresh_from_db()
    assert begun.introduction == ""


def test_an_unsigned_article_stays_the_drafts_reviewers(client, editor, begun):
    ours = make_reviewer("An Editor", user=editor)
    unsigned = WEEKLY.replace("By Ada Quill\n\n", "")

    paste(client, text=unsigned, do="fill_at_once", draft=begun.pk, version=begun.version)

    signing = {begun.bylines.get().reviewer, *(part.reviewer for part in begun.parts.all())}
    assert len(signing) == 1
    assert ours not in signing


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "١", "0"])
def test_a_draft_that_isnt_there_is_no_reason_to_fail(client, editor, key):
    page = client.get(URL, {"draft": key})

    assert page.status_code == 200
    assert 'value="fill_at_once"' not in page.content.decode()


def typed(client, text, **odd):
    """What a script keeps of the screen while it is open."""
    sitting = client.get(URL).context["sitting"]
    told = {"form": "paste", "sitting": str(sitting), "review": None, "turn": 1, "fields": [["text", text]]}
    answer = client.post(f"{PIECES}unsaved/", json.dumps(told | odd), content_type="application/json")
    return sitting, answer


def test_what_is_pasted_is_kept_and_taken_up_as_it_was(client, editor, orchard):
    sitting, answer = typed(client, WEEKLY)

    offered = client.get(URL)
    taken = client.post(URL, {"_take": str(sitting)})

    assert answer.json() == {"at": "07:00"}
    assert [kept.sitting for kept in offered.context["unsaved"]] == [sitting]
    assert "Look at it, then save or leave it" in offered.content.decode()
    assert taken.context["form"]["text"].value() == WEEKLY
    assert "The First Graft" in taken.content.decode()
    assert not Review.objects.exists()


def test_a_kept_paste_and_a_kept_new_piece_are_each_offered_on_their_own_form(client, editor):
    pasted, _answer = typed(client, "An article")
    begun, _answer = typed(client, "A piece", form="piece")

    def offered(address):
        return [kept.sitting for kept in client.get(address).context["unsaved"]]

    assert (offered(URL), offered(f"{PIECES}add/")) == ([pasted], [begun])
    assert client.post(f"{PIECES}add/", {"_take": str(pasted)}).status_code == 302
    assert offered(URL) == [pasted]


def test_what_was_only_read_is_kept_without_a_script_too(client, editor, orchard):
    page = paste(client, sitting=str(client.get(URL).context["sitting"]))

    assert page.context["unsaved"] == []
    [kept] = client.get(URL).context["unsaved"]
    assert dict(kept.fields())["text"] == WEEKLY


def test_once_it_is_a_draft_nothing_is_kept_of_it(client, editor, orchard):
    sitting, _answer = typed(client, WEEKLY)

    assert paste(client, do="make", sitting=str(sitting)).status_code == 302

    assert client.get(URL).context["unsaved"] == []
    assert not Buffer.objects.exclude(content="[]").exists()


def test_a_paste_that_is_dropped_leads_back_to_an_empty_screen(client, editor):
    sitting, _answer = typed(client, WEEKLY)

    dropped = client.post(f"{PIECES}unsaved/{sitting}/drop/")

    assert dropped.url == URL
    assert client.get(URL).context["unsaved"] == []


def test_an_article_that_is_gone_is_said_to_be(client, editor):
    answer = client.post(URL, {"_take": "11111111-1111-4111-8111-111111111111"}, follow=True)

    assert "isn't there any more" in str(next(iter(answer.context["messages"])))


def test_nobody_else_is_offered_what_was_pasted(client, editor, chief, orchard):
    client.force_login(editor)
    sitting, _answer = typed(client, WEEKLY)
    client.force_login(chief)

    assert client.get(URL).context["unsaved"] == []
    assert client.post(URL, {"_take": str(sitting)}).status_code == 302
