"""A show that a reader follows, what their browser keeps of it, and what of a page they get to see."""

import json
from datetime import timedelta

from tests.factories import (
    FRIDAY,
    NOW,
    approve,
    make_episode,
    make_part,
    make_review,
    make_reviewer,
    make_series,
)
from tests.site.worlds import furnish, make_picture

# What there is of an episode has a word of its own. The reader is through 5, and two episodes behind.
WORDS = {"4": "Alder", "5": "Cedar", "6": "Maple", "6.5": "Hazel", "7": "Rowan"}
BEYOND = [WORDS["6"], WORDS["6.5"], WORDS["7"]]
# Given to whatever lies beyond, and to nothing else.
LOW = "0.5 out of 5"
THIS_FRIDAY = FRIDAY + timedelta(seconds=1)

# All text and all names that somebody could see or hear on the page as it stands.
SEEN = """() => {
  const shown = { visibilityProperty: true, opacityProperty: true }
  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement: parent, textContent } = walker.currentNode
    if (parent.checkVisibility(shown)) texts.push(textContent)
  }
  for (const named of document.body.querySelectorAll("[alt], [aria-label], [title]")) {
    if (!named.checkVisibility(shown)) continue
    texts.push(named.alt ?? "", named.getAttribute("aria-label") ?? "", named.title ?? "")
  }
  return texts.join(" ")
}"""


def make_red():
    """A show with a piece about each episode, and one that takes 5 and 6 together."""
    series = furnish(make_series("Red", key_visual=make_picture("red")))
    critic, episodes = make_reviewer("First critic"), {}
    for weeks, (number, word) in enumerate(reversed(WORDS.items())):
        friday = FRIDAY - timedelta(weeks=weeks)
        named = {"title": f"{word}title", "title_native": f"{word}native"}
        episodes[number] = make_episode(series, number, airs_at=friday - timedelta(days=2), **named)
        publish(series, word, [episodes[number]], critic, friday, f"red-{number}")
    both = [episodes["5"], episodes["6"]]
    publish(series, "Maple", both, make_reviewer("Second critic"), FRIDAY, "both", weekly="Both")
    return series


def publish(series, word, episodes, critic, at, slug, weekly=""):
    name = weekly or word
    review = make_review(
        series,
        reviewer=critic,
        slug=slug.replace(".", "-"),
        headline=f"{name}head{'' if name == word else word}",
        standfirst=f"{word}stand",
        introduction=f"<p>{word}introduction</p>",
        conclusion=f"<p>{word}closing</p>",
        spoils_through=episodes[-1],
    )
    for episode in episodes:
        own = WORDS[episode.number]
        stars = LOW[:3] if own in BEYOND else "4.0"
        body, verdict = f"<p>{own}body</p>", f"<p>{own}verdict</p>"
        make_part(review, episode, critic, stars=stars, body=body, verdict=verdict)
    approve(review, at, at=min(NOW, at - timedelta(hours=1)))


def shelf_of(series, through, **settings):
    shows = {str(series.pk): {"title": series.title, "url": f"/series/{series.slug}/", "through": through}}
    return json.dumps({"version": 1, "shows": shows, "settings": settings})


def keep(page, shelf):
    """Before any script of the page's own, and only once: what the page keeps later stays."""
    page.add_init_script(f"localStorage.eyecatch ??= {json.dumps(shelf)}")


def kept(page):
    return json.loads(page.evaluate("localStorage.eyecatch"))


def seen(page):
    page.wait_for_function("() => document.documentElement.dataset.settled !== undefined")
    return page.evaluate(SEEN)
