"""From an empty week to Friday 09:01 in a real browser, counting what its editors have to do."""

import re
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from coverage.newsroom.roles import Role
from reviews import planning
from reviews.models import Release, Review
from reviews.verbs import Act
from tests.browser.editing import Editor, Interactions
from tests.factories import FRIDAY, make_episode, make_reviewer, make_series, make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]

DAY = timedelta(days=1)
MONDAY, THURSDAY = FRIDAY - 4 * DAY, FRIDAY - DAY
# Beyond the paste.
MOST = 12
# Milliseconds, of a machine that does much else.
PATIENCE = 60_000

# One slip of a name, and no stars.
ARTICLE = """Moonlit Ferry

By Ana Vale

Mild spoilers through episode 7 follow.

The boat is late again, and for once nobody on the jetty minds.

Episode 7 Recap/Review: “The Tide Table”

The harbour master reads out the hours of low water as if they were names, and the camera stays on the
rope. Captain Orihme says nothing for eleven minutes.

Verdict: A quiet hour that knows where it is going.

Moonlit Ferry is currently streaming on Kelp. New episodes arrive every Tuesday."""


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def writer(clock):
    """Ana covers two shows for the season; of the week nothing is begun."""
    writer = make_user(Role.WRITER)
    ana = make_reviewer("Ana Vale", user=writer)
    for title in ("Moonlit Ferry", "Tin Orchard"):
        series = make_series(title)
        for week in (-1, 0, 1):
            make_episode(
                series, str(week + 7), title="The Tide Table", airs_at=FRIDAY + timedelta(weeks=week, days=-3)
            )
        series.vocabulary.create(form="Captain Orihime", kind="character")
        planning.assign(series, None, Act(make_user(Role.CHIEF), MONDAY), ana)
    return writer


def test_an_empty_week_comes_to_friday_in_twelve_steps(page, sign_in, clock, writer):
    done = Interactions()
    page.set_default_timeout(PATIENCE)
    sign_in(writer)
    page.goto("/desk/board/")
    ana = Editor(page, done)

    ana.click(page.get_by_role("button", name="Start this week's 2 drafts"))
    clock.move_to(THURSDAY)
    ana.click(page.get_by_role("link", name=re.compile("Drafting Episode 7")).first)
    ana.click(page.get_by_role("link", name="Paste the article"))
    ana.paste(page.get_by_label("The article"), ARTICLE)
    ana.click(page.get_by_role("button", name="Fill this draft"))
    ana.click(page.get_by_role("button", name="Write “Orihime”"))
    ana.click(page.get_by_role("radio", name="4 stars", exact=True).first)
    ana.fill(page.get_by_label("Standfirst"), "A crossing without hurry, for whoever likes to wait.")
    ana.click(page.get_by_role("button", name="Submit to the editors"))
    expect(page.get_by_text("It is with the editors now.")).to_be_visible()

    sign_in(make_user(Role.EDITOR))
    page.goto("/desk/")
    editor = Editor(page, done)
    editor.click(page.get_by_role("link", name="Moonlit Ferry: episode 7").first)
    editor.click(page.get_by_role("button", name="Approve for"))
    editor.click(page.get_by_role("button", name="See the site on Friday 09:01"))

    expect(page.get_by_role("complementary", name="Time machine")).to_contain_text("Friday 16 January, 09:01")
    expect(page.get_by_role("heading", level=1)).to_have_text("Moonlit Ferry: episode 7")
    expect(page.locator("main")).to_contain_text("Captain Orihime says nothing")
    assert Release.objects.get().publish_at == FRIDAY
    assert {str(review.bylines.get().reviewer) for review in Review.objects.all()} == {"Ana Vale"}
    done.at_most(MOST)


def test_one_step_too_many_is_noticed():
    done = Interactions(["click"] * (MOST + 1))

    with pytest.raises(AssertionError, match=r"13\. click"):
        done.at_most(MOST)
