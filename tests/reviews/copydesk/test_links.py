import pytest

from reviews.copydesk.addresses import leads_somewhere
from reviews.copydesk.manuscript import Link, Passage
from reviews.copydesk.vocabulary import Vocabulary
from tests.factories import make_review, make_series
from tests.reviews.copydesk.manuscripts import found


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/series/tin-orchard/", True),
        ("/series/tin-orcard/", False),
        ("/reviews/first-fruit/", True),
        ("/reviews/first-froot/", False),
        ("/no/such/place/", False),
        ("https://elsewhere.example/series/tin-orcard/", True),
        ("#part-1", True),
        ("mailto:desk@example.org", True),
        ("http://[broken", True),
    ],
)
def test_an_address_inside_the_house_leads_somewhere_or_not(address, leads):
    series = make_series("Tin Orchard")
    make_review(series, slug="first-fruit")

    assert leads_somewhere(address) is leads


@pytest.mark.django_db
def test_the_whole_address_leads_there_too(settings):
    series = make_series("Tin Orchard")

    assert leads_somewhere(f"{settings.SITE_URL}/series/{series.slug}/")
    assert not leads_somewhere(f"{settings.SITE_URL}/series/nothing/")


def test_links_and_printed_addresses_that_lead_nowhere_are_found():
    vocabulary = Vocabulary(leads_somewhere=lambda address: "good" in address)
    text = Passage("See https://here.example/bad, and https://here.example/good.")

    assert found("link", text.text, vocabulary=vocabulary) == [("https://here.example/bad",)]
    link = Link("/bad/", text, 0)
    assert found("link", links=(link,), vocabulary=vocabulary) == [("/bad/",)]
