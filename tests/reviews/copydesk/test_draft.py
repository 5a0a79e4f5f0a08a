import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.copydesk.checking import check
from reviews.copydesk.draft import manuscript_of
from reviews.copydesk.knowing import vocabulary_of
from reviews.models import Review
from series.models import Credit, Person, VocabularyEntry
from tests.factories import make_episode, make_picture, make_review, make_series

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def series():
    return make_series("Tin Orchard")


def findings(review):
    found = check(manuscript_of(review), vocabulary_of(review.series))
    return [(each.kind.value, each.passage.field, each.place[0], each.found) for each in found]


def changed(review, **fields):
    Review.objects.filter(pk=review.pk).update(**fields)
    return Review.objects.get(pk=review.pk)


def test_a_draft_in_order_has_no_findings(series):
    assert findings(make_review(series, episodes=[make_episode(series)])) == []


def test_a_finding_says_the_field_and_the_paragraph(series):
    review = make_review(series, introduction="<p>An opening.</p><p>It is <em>Tin</em> Orchad again.</p>")

    assert findings(review) == [("name", "introduction", 2, "Tin Orchad")]


def test_a_part_is_named_by_its_anchor(series):
    review = make_review(series, episodes=[make_episode(series)])
    part = review.parts.get()
    part.verdict = "<p>Frustratng.</p>"
    part.save()

    assert findings(review) == [("spelling", f"{part.anchor}-verdict", 1, "Frustratng")]


def test_what_a_draft_lacks_is_found(series):
    lead = make_picture()
    review = changed(make_review(series, lead_picture=lead), standfirst=" ", spoiler_level="")
    type(lead).objects.filter(pk=lead.pk).update(alt="")

    lacks = [found for kind, _field, _line, found in findings(review) if kind == "missing"]

    assert sorted(lacks) == ["spoiler horizon", "standfirst", "text alternative"]


@pytest.mark.parametrize(
    "hidden",
    [
        '<p>The culprit is <span class="spoiler">Tanabata</span>.</p>',
        '<div class="spoiler"><p>The culprit is Tanabata.</p></div>',
    ],
)
def test_what_the_prose_hides_is_found_in_the_standfirst(series, hidden):
    review = make_review(series, introduction=hidden, standfirst="A week of Tanabata.")

    assert ("spoiler", "standfirst", 1, "Tanabata") in findings(review)


def test_what_the_prose_says_openly_too_is_no_secret(series):
    prose = '<p>Tanabata, or <span class="spoiler">Tanabata</span>.</p>'

    assert findings(make_review(series, introduction=prose, standfirst="A week of Tanabata.")) == []


def test_a_name_first_seen_within_a_run_is_found_in_the_headline(series):
    first, middle, last = (make_episode(series, number) for number in "123")
    VocabularyEntry.objects.create(series=series, form="Count Ashgrove", first_seen=middle)
    review = make_review(series, episodes=[first], headline="Count Ashgrove calls")
    review.parts.update(last_episode=last)

    assert findings(review) == [("spoiler", "headline", 1, "Count Ashgrove")]


def test_a_link_to_nothing_and_a_credit_of_somebody_else_are_found(series):
    person = Person.objects.create(name="Hana Morishita", slug="hana")
    Credit.objects.create(person=person, role="director", series=series)
    review = make_review(
        series, introduction='<p>See <a href="/series/none/">this</a>, by director Kenji Wakatabi.</p>'
    )

    assert findings(review) == [
        ("link", "introduction", 1, "/series/none/"),
        ("mismatch", "introduction", 1, "Kenji Wakatabi"),
    ]


def test_a_draft_costs_the_same_queries_whatever_it_holds(series):
    def queries(review):
        review = Review.objects.select_related("series").get(pk=review.pk)
        with CaptureQueriesContext(connection) as captured:
            manuscript_of(review)
        return len(captured)

    one = make_review(series, episodes=[make_episode(series, "1")])
    many = make_review(series, episodes=[make_episode(series, number) for number in "2345"])

    assert queries(one) == queries(many)


def test_the_command_checks_a_working_copy_in_a_files_stead(series):
    review = make_review(series, introduction="<p>It is Tin Orchad.</p>")
    out = StringIO()

    call_command("check_copy", "--review", review.slug, "--json", stdout=out)

    assert [each["found"] for each in json.loads(out.getvalue())] == ["Tin Orchad"]


@pytest.mark.parametrize("given", ["", "a.txt", "--series x", "a.txt --series x --review y", "--review y"])
def test_the_command_is_told_what_to_check(given):
    with pytest.raises(CommandError) as refused:
        call_command("check_copy", *given.split(), stdout=StringIO())

    assert refused.value.returncode == 2
