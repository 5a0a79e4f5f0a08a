"""The audit finds what it is there to find on a faulty site, and nothing where all is well."""

import pytest

from tests.audit.__main__ import answer_findings
from tests.audit.answers import Site
from tests.audit.browsing import Look, page_findings, readers
from tests.audit.faulty import FAULTS, WELL, faulty_site
from tests.audit.html_checker import html_findings, missing
from tests.audit.links import link_findings, submissions, variants


@pytest.fixture(scope="module")
def faulty():
    with faulty_site() as address:
        yield Site(address)


@pytest.fixture(scope="module")
def pages(browser, faulty):
    with readers(browser, faulty.address) as pages:
        yield pages


def checks(findings):
    return {finding.check for finding in findings}


def of(*kinds):
    return [path for path, check in FAULTS.items() if check in kinds]


@pytest.mark.parametrize("path", of("axe", "policy", "console", "width"))
def test_a_browser_sees(path, pages):
    look = Look(path, widths=(320, 1440), schemes=("light",))

    assert checks(page_findings(pages, look)) == {FAULTS[path]}


@pytest.mark.parametrize("path", of("link"))
def test_a_link_leads_nowhere(path, faulty):
    assert checks(link_findings(faulty, [faulty.get(path)])) == {"link"}


@pytest.mark.parametrize("path", of("feed", "data", "head", "status", "empty"))
def test_an_answer_says_it_itself(path, faulty):
    assert FAULTS[path] in checks(answer_findings(faulty.get(path)))


def test_a_page_answers_otherwise_than_it_should(pages):
    look = Look("/", status=410, widths=(320,), schemes=("light",))

    assert checks(page_findings(pages, look)) == {"status"}


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_the_html_checker_finds_its_own_and_no_other(faulty):
    assert html_findings([faulty.get("/")]) == []
    assert checks(html_findings([faulty.get(path) for path in of("html")])) == {"html"}


@pytest.mark.parametrize("path", WELL)
def test_nothing_is_found_where_all_is_well(path, pages, faulty):
    answer = faulty.get(path)

    assert answer_findings(answer) == []
    assert link_findings(faulty, [answer]) == []
    if answer.is_page:
        assert page_findings(pages, Look(path)) == []


def test_a_page_is_asked_once_for_each_set_of_questions(faulty):
    answer = faulty.get("/list")

    assert variants(answer, faulty) == [
        "/list?page=2",
        "/list?stars=5&page=2",
        "/list?q=rouge&stars=4",
        "/list?q=nothing-of-that-name&stars=4",
    ]
    assert [url.partition("/list")[2] for url in submissions(answer, ("x",))] == ["?q=x&stars=4"]


def test_every_fault_is_one_that_some_test_looks_for():
    looked_for = {
        "axe",
        "policy",
        "console",
        "width",
        "link",
        "feed",
        "data",
        "head",
        "status",
        "empty",
        "html",
    }

    assert set(FAULTS.values()) == looked_for
