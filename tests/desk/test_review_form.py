import pytest
from lxml import html

from coverage.newsroom.models import AuditEntry
from reviews.models import Review
from reviews.status import Status
from tests.desk.forms import address_of, fields_of, opened
from tests.factories import make_episode, make_part, make_review, make_reviewer, make_series

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def review():
    series = make_series("Moonlit Ferry")
    return make_review(series, episodes=[make_episode(series, "1"), make_episode(series, "2")])


def test_saving_the_form_as_it_was_opened_changes_nothing(client, editor, review):
    data = opened(client, review)

    response = client.post(address_of(review), data | {"_continue": ""})

    assert response.status_code == 302, response.context["faults"]
    assert Review.objects.get(pk=review.pk).version == review.version
    assert review.editions.count() == 1


def test_a_change_is_saved_kept_as_an_edition_and_written_down(client, editor, review):
    data = opened(client, review)

    client.post(address_of(review), data | {"headline": "A new headline", "parts-0-stars": "2.5"})

    saved = Review.objects.get(pk=review.pk)
    assert saved.headline == "A new headline"
    assert str(saved.parts.first().stars) == "2.5"
    assert saved.version != review.version
    assert saved.editions.count() == 2
    assert AuditEntry.objects.get(verb="change").actor == editor


def test_the_second_of_two_editors_is_told_and_keeps_their_text(client, editor, review):
    data = opened(client, review)
    Review.objects.filter(pk=review.pk).update(headline="Theirs")
    Review.objects.get(pk=review.pk).keep(by=None, at=review.updated_at)

    response = client.post(address_of(review), data | {"headline": "Mine"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "Somebody has changed this piece" in page
    assert "<del>Theirs</del>" in page
    assert "<ins>Mine</ins>" in page
    assert Review.objects.get(pk=review.pk).headline == "Theirs"


def test_a_second_knowing_save_goes_through(client, editor, review):
    data = opened(client, review)
    review.keep(by=None, at=review.updated_at)
    refused = client.post(address_of(review), data | {"headline": "Mine"})

    client.post(address_of(review), fields_of(refused))

    assert Review.objects.get(pk=review.pk).headline == "Mine"


@pytest.mark.parametrize("change", [{"parts-0-stars": "1.0"}, {"bylines-0-position": "7"}])
def test_a_change_of_a_row_alone_is_guarded_and_moves_the_version(client, editor, review, change):
    data = opened(client, review)

    client.post(address_of(review), data | change)
    refused = client.post(address_of(review), data | {"parts-1-stars": "0.5"})

    assert refused.status_code == 200
    assert Review.objects.get(pk=review.pk).version != review.version
    assert not review.parts.filter(stars="0.5").exists()


def test_a_part_that_another_editor_dropped_is_not_lost(client, editor, review):
    data = opened(client, review)
    review.parts.first().delete()
    review.keep(by=None, at=review.updated_at)
    refused = client.post(address_of(review), data | {"parts-0-verdict": "<p>Typed for an hour.</p>"})

    assert "Typed for an hour." in refused.content.decode()
    response = client.post(address_of(review), fields_of(refused))
    assert response.status_code == 302, response.context["faults"]

    assert review.parts.filter(verdict="<p>Typed for an hour.</p>").exists()
    assert review.parts.count() == 2


def test_a_part_that_another_editor_added_stays(client, editor, review):
    data = opened(client, review)
    make_part(review, make_episode(review.series, "3"), make_reviewer())
    review.keep(by=None, at=review.updated_at)
    refused = client.post(address_of(review), data | {"headline": "Mine"})

    client.post(address_of(review), fields_of(refused))

    assert review.parts.count() == 3


def test_two_parts_may_swap_their_episodes_in_one_save(client, editor, review):
    first, second = review.parts.all()
    data = opened(client, review)

    response = client.post(
        address_of(review),
        data | {"parts-0-episode": second.episode_id, "parts-1-episode": first.episode_id},
    )

    assert response.status_code == 302, response.context["faults"]
    assert [part.episode_id for part in review.parts.order_by("pk")] == [second.episode_id, first.episode_id]


def test_two_parts_of_one_reviewer_about_one_episode_are_refused(client, editor, review):
    data = opened(client, review)

    response = client.post(address_of(review), data | {"parts-1-episode": data["parts-0-episode"]})

    assert "This reviewer has a part about this episode already." in response.content.decode()


def test_a_status_cannot_be_posted(client, editor, review):
    data = opened(client, review)

    response = client.post(address_of(review), data | {"headline": "New", "status": "approved"})
    assert response.status_code == 302, response.context["faults"]

    saved = Review.objects.get(pk=review.pk)
    assert saved.headline == "New"
    assert saved.status == Status.DRAFT


def test_a_form_without_a_version_is_refused(client, editor, review):
    data = opened(client, review)
    del data["version"]

    response = client.post(address_of(review), data | {"headline": "New"})

    assert response.status_code == 200
    assert Review.objects.get(pk=review.pk).headline == review.headline


def test_a_draft_begun_from_an_episode_has_its_part_and_its_writers_byline(client, writer):
    reviewer = make_reviewer(user=writer)
    series = make_series()
    episode = make_episode(series)
    add = f"/desk/reviews/review/add/?series={series.pk}&episode={episode.pk}"

    typed = fields_of(client.get(add)) | {"headline": "The tide", "slug": "the-tide"}
    response = client.post(add, typed)

    review = Review.objects.get()
    assert response.status_code == 302
    assert (review.series, review.created_by, review.status) == (series, writer, Status.DRAFT)
    assert [(part.episode, part.reviewer, part.stars) for part in review.parts.all()] == [
        (episode, reviewer, None)
    ]
    assert review.bylines.get().reviewer == reviewer
    assert review.editions.count() == 1


def test_a_new_part_begins_with_the_pieces_one_reviewer(client, editor, review):
    reviewer = review.bylines.get().reviewer
    begun = '//*[@name="parts-__prefix__-reviewer"]/option[@selected]/@value'

    alone = html.fromstring(client.get(address_of(review)).content)
    review.bylines.create(reviewer=make_reviewer(), position=1)
    of_two = html.fromstring(client.get(address_of(review)).content)

    assert alone.xpath(begun) == [str(reviewer.pk)]
    assert of_two.xpath(begun) in ([], [""])


def test_a_new_part_that_nothing_was_typed_into_is_no_part(client, editor, review):
    reviewer = review.bylines.get().reviewer
    data = opened(client, review) | {"parts-TOTAL_FORMS": "3", "parts-2-reviewer": str(reviewer.pk)}

    response = client.post(address_of(review), data | {"parts-2-position": "0", "parts-2-review": review.pk})

    assert response.status_code == 302
    assert review.parts.count() == 2


@pytest.mark.parametrize("query", ["series=x&episode=%00", "series=" + "9" * 30, "episode=" + "9" * 5000])
def test_an_odd_address_begins_a_plain_draft(client, writer, query):
    assert client.get(f"/desk/reviews/review/add/?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["stage=x", "of=x", "of=" + "9" * 40, "by=-1", "q=%00", "p=x", "planned_at__year=99999", "kind__exact=x"],
)
def test_an_odd_filter_is_no_error(client, writer, query):
    assert client.get(f"/desk/reviews/review/?{query}", follow=True).status_code == 200


def test_a_writer_reads_anothers_piece_and_finds_nothing_to_type_into(client, writer, review):
    page = client.get(address_of(review))

    assert page.status_code == 200
    assert not {"headline", "parts-0-stars"} & set(fields_of(page))
    assert "<p>What happens in it.</p>" in page.content.decode()
    assert client.post(address_of(review), {"headline": "Mine"}).status_code == 403


def test_what_only_the_other_editor_changed_is_taken_over_and_not_undone(client, editor, review):
    data = opened(client, review)
    Review.objects.filter(pk=review.pk).update(
        standfirst="Theirs.", spoils_source=True, spoiler_level="heavy"
    )
    theirs = review.parts.first()
    review.parts.filter(pk=theirs.pk).update(stars="1.0", verdict="<p>Theirs.</p>")
    review.keep(by=None, at=review.updated_at)
    refused = client.post(address_of(review), data | {"headline": "Mine", "parts-0-body": "<p>Mine.</p>"})

    response = client.post(address_of(review), fields_of(refused))

    assert response.status_code == 302, response.context["faults"]
    saved, part = Review.objects.get(pk=review.pk), review.parts.get(pk=theirs.pk)
    assert (saved.headline, saved.standfirst) == ("Mine", "Theirs.")
    assert (saved.spoils_source, saved.spoiler_level) == (True, "heavy")
    assert (part.body, part.verdict, str(part.stars)) == ("<p>Mine.</p>", "<p>Theirs.</p>", "1.0")
    assert [difference.label for difference in refused.context["differences"]] == [
        "Headline",
        f"Part about an episode “{part}”: Text",
    ]


@pytest.mark.parametrize("base", ["", "x", "0", "9" * 40])
def test_without_the_edition_it_was_opened_on_every_difference_is_shown(client, editor, review, base):
    data = opened(client, review) | {"base": base}
    Review.objects.filter(pk=review.pk).update(standfirst="Theirs.")
    review.keep(by=None, at=review.updated_at)

    refused = client.post(address_of(review), data | {"headline": "Mine"})

    assert [difference.label for difference in refused.context["differences"]] == ["Headline", "Standfirst"]


def test_a_roundup_offers_the_episodes_of_the_series_it_speaks_of(client, editor):
    covered, other = make_series("Covered"), make_series("Other")
    episode = make_episode(covered, "3")
    make_episode(other, "4")
    roundup = make_review(kind="roundup", episodes=[episode])
    Review.objects.filter(pk=roundup.pk).update(series=None)

    response = client.get(address_of(roundup))

    choices = response.context["adminform"].form.fields["spoils_through"].choices
    assert [str(label) for _value, label in choices][1:] == ["Covered Episode 3"]
    assert client.post(address_of(roundup), fields_of(response) | {"headline": "Round"}).status_code == 302


def test_a_refused_save_says_which_field_of_which_part_and_leads_there(client, editor, review):
    data = opened(client, review)
    wrong = {"headline": "", "planned_at_0": "2026-11-27", "planned_at_1": "", "parts-1-position": "-1"}

    response = client.post(address_of(review), data | wrong)

    page = response.content.decode()
    assert "Please correct" not in page
    faults = {fault.where: (fault.anchor, fault.what) for fault in response.context["faults"]}
    assert faults["Planned for"] == ("id_planned_at_0", ["Say at what time."])
    assert faults[f"{review.parts.last()}: Position"][0] == "id_parts-1-position"
    assert '<a href="#id_planned_at_0">' in page


def test_a_draft_says_beforehand_what_it_lacks(client, editor, review):
    Review.objects.filter(pk=review.pk).update(standfirst="")

    page = client.get(address_of(review)).content.decode()

    assert "Before it can be approved:" in page
    assert "It needs a standfirst" in page


def test_an_editors_own_piece_says_who_approves_it(client, editor, review):
    assert "another editor approves it" not in client.get(address_of(review)).content.decode()
    reviewer = review.bylines.first().reviewer
    reviewer.user = editor
    reviewer.save()

    assert "another editor approves it" in client.get(address_of(review)).content.decode()


def test_a_made_up_count_of_parts_is_refused_and_not_drawn(client, editor, review):
    response = client.post(address_of(review), opened(client, review) | {"parts-TOTAL_FORMS": "9" * 300})

    assert response.status_code == 200
    assert b'name="parts-60-position"' not in response.content


@pytest.mark.parametrize(
    "junk",
    ["a\0b", "9" * 400, "s" * 10_240, "🦊\u202eعربي", "-1"],
    ids=["nul", "huge", "long", "emoji", "negative"],
)
def test_odd_values_in_every_field_are_refused_one_by_one(client, chief, review, junk):
    data = opened(client, review)
    odd = {name: junk for name in data if not name.endswith(("_FORMS", "-id", "-review"))}

    response = client.post(address_of(review), data | odd)

    assert response.status_code == 200
    assert {"Series", "Kind"} <= {fault.where for fault in response.context["faults"]}
