"""Every page of the desk, from the resolver: under its policy, at every width, for everyone.

A new address is swept as soon as it stands in the table of tests/desk/test_addresses.py, which it has to.
`make test` opens every page; of the pages of a kind axe looks at one by day and one by night. `make audit`
(DESK_AUDIT=1) lets it look at every page by day and by night.
"""

import os
import re
from collections import defaultdict
from uuid import uuid4

import pytest
from django.urls import reverse

from coverage.newsroom import clock
from coverage.newsroom.models import User
from coverage.newsroom.roles import Role
from reviews.models import Buffer, Presence, Review
from reviews.noting.keeping import resolve_note, write_note
from tests.browser.chromium import FADED, settled
from tests.desk.test_addresses import ANSWERS, make_one_of_each
from tests.factories import make_user

# The admin's own templates name variables that aren't always there.
pytestmark = [
    pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors, pytest.mark.slow
]  # fmt: skip

# Who may most is shown most.
CHIEF = ["nobody", "reader", *Role].index(Role.CHIEF)
PAGES = sorted(name for name, codes in ANSWERS.items() if name.startswith("admin:") and codes[CHIEF] == 200)
# What a page shows differently when it is asked to.
ASKED = {
    "admin:board": ["?by=episode&whose=all", "?weeks=1"],
    "admin:reviews_review_changelist": ["?q=headline", "?stage=live"],
}
# Each in a test of its own, so that several processes share them.
SHARES = 4
WIDTHS = (1440, 820, 390, 320)
# What axe sees of a page: each width and each scheme once.
LOOKS = ((1440, "light"), (390, "dark"))
WHOLE = "DESK_AUDIT" in os.environ
# The pages of a model that the admin draws as it draws any other's. These three have forms like no other's.
DRAWN_ALIKE = re.compile(
    r"admin:(?!reviews_review_|series_series_|newsroom_user_)[a-z]+_[a-z]+_(changelist|add|change|history)"
)
# Milliseconds, of a machine that does much else.
PATIENCE = 60_000
REFUSED = """
window.refused = []
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`)
})
"""
BREAKING = """
document.body.setAttribute("style", "color: red")
document.body.style.minWidth = "900px"
document.documentElement.removeAttribute("lang")
"""


def kind_of(page):
    alike = DRAWN_ALIKE.fullmatch(page)
    return alike[1] if alike else page


def share_out_looks():
    """What axe sees of which page, by its name and question: by turns, and both of what is drawn alike."""
    kinds = defaultdict(list)
    for name in PAGES:
        for asked in ["", *ASKED.get(name, [])]:
            kinds[kind_of(name + asked)].append(name + asked)
    looks = defaultdict(list)
    for number, pages in enumerate(kinds.values()):
        looks[pages[0]].append(LOOKS[number % 2])
        if len(pages) > 1:
            looks[pages[-1]].append(LOOKS[1 - number % 2])
    return looks


LOOKS_AT = share_out_looks()


@pytest.fixture
def desk(page, sign_in):
    """The arguments of each address, with something to see on its page; a chief looks at it."""
    arguments = make_one_of_each()
    review, chief = Review.objects.get(), User.objects.filter(groups__name=Role.CHIEF.value)[0]
    Review.objects.filter(pk=review.pk).update(introduction="<p>A frustratng hour with Coverd.</p>")
    review.refresh_from_db()
    review.keep(by=chief, at=clock.now())
    write_note(review, "Which of them?", by=chief, at=clock.now(), place="introduction:1")
    resolve_note(write_note(review, "Too long.", by=chief, at=clock.now()), by=chief, at=clock.now())
    Presence.objects.tell(review, make_user(Role.EDITOR), clock.now(), has_changed=True)
    Buffer.objects.keep(chief, uuid4(), [("headline", "Typed")], clock.now(), review=review, turn=1)
    page.add_init_script(REFUSED)
    page.set_default_navigation_timeout(PATIENCE)
    sign_in(chief)
    return arguments


@pytest.fixture
def faults_of(page, assert_accessible):
    """`faults_of(address, looks)`: what is wrong with it; empty is well."""

    def look(address, looks=LOOKS):
        show(page, *LOOKS[0])
        with settled(page):
            response = page.goto(address)
        if response.status != 200:
            return [f"it answers {response.status}"]
        if "<html" not in response.text():
            # A script's, or a piece that a script puts into a page.
            return []
        found = [*page.evaluate("window.refused"), *too_wide(page)]
        for width, scheme in looks:
            show(page, width, scheme)
            # So that nothing lies under a bar that keeps to the window's edge.
            page.set_viewport_size({"width": width, "height": min(height_of(page), 12_000)})
            page.evaluate(FADED)
            try:
                assert_accessible()
            except AssertionError as broken:
                found.append(f"at {width}, {scheme}: {broken}")
        return found

    return look


def show(page, width, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})


def height_of(page):
    return page.evaluate("document.documentElement.scrollHeight")


def too_wide(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        scrolls = page.evaluate("document.documentElement.scrollWidth")
        if scrolls > width:
            yield f"it is {scrolls} px wide at {width}"


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_keeps_to_the_policy_fits_and_is_accessible(share, desk, faults_of):
    told = []
    for name in PAGES[share::SHARES]:
        for asked in ["", *ASKED.get(name, [])]:
            address = reverse(name, args=desk(name)) + asked
            faults = faults_of(address, LOOKS if WHOLE else LOOKS_AT[name + asked])
            told += [f"{address}: {fault}" for fault in faults]

    assert not told, "\n\n".join(told)


def test_what_is_wrong_with_a_page_is_noticed(page, desk, faults_of, violations):
    """The control: scripts break one page in each of the ways."""
    page.add_init_script(f"addEventListener('load', () => {{ {BREAKING} }})")

    told = "\n".join(faults_of("/desk/my-mail/"))

    violations.clear()
    assert "style-src-attr" in told
    assert "it is 900 px wide at 390" in told
    assert "html-has-lang" in told
