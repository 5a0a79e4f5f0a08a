"""docs/editors.md says what the desk says: its pictures are there, its links lead on, its buttons exist."""

import re
from pathlib import Path

from django.utils.text import slugify

ROOT = Path(__file__).parents[2]
HANDBOOK = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
PICTURES = ROOT / "docs" / "screenshots" / "desk"
# Sentences that are bold, and what stands on a button with a date in it.
SENTENCES = re.compile(r"^(\d\. |- |)\*\*[^*]*[.:]\*\*|^\*\*…[^*]*\*\*", re.MULTILINE)
NAMED = re.compile(r"\*\*([^*]+)\*\*")
FILLED_IN = ["Approve for ", "See the site on ", "Start this week's "]


def said_at_the_desk():
    files = [*(ROOT / "templates").rglob("*.html")]
    files += (ROOT / "static" / "js" / "desk").glob("*.js")
    files += [path for app in ("coverage", "series", "reviews") for path in (ROOT / app).rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_picture_of_the_handbook_is_there_and_every_one_there_is_shown():
    shown = set(re.findall(r"screenshots/desk/([a-z-]+\.webp)", HANDBOOK))

    assert shown == {path.name for path in PICTURES.iterdir()}


def test_every_picture_says_what_it_shows():
    assert not re.findall(r"!\[\]\(|alt=\"\"|<img(?![^>]*alt=)", HANDBOOK)


def test_its_table_of_contents_leads_to_its_headings():
    headings = {slugify(heading) for heading in re.findall(r"^## (.+)$", HANDBOOK, re.MULTILINE)}

    led_to = re.findall(r"\]\(#([^)]+)\)", HANDBOOK)

    assert led_to
    assert {slugify(anchor) for anchor in led_to} <= headings


def test_whatever_it_tells_an_editor_to_press_stands_at_the_desk():
    named = {label.strip() for label in NAMED.findall(SENTENCES.sub("", HANDBOOK).replace("\n", " "))}
    buttons = {
        next((pattern for pattern in FILLED_IN if label.startswith(pattern)), label) for label in named
    }
    desk = said_at_the_desk()

    assert len(buttons) > 30
    assert not [label for label in sorted(buttons) if label not in desk]


def test_a_button_that_stands_nowhere_is_noticed():
    assert "Publish the moon" not in said_at_the_desk()
