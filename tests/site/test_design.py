"""The stylesheets and templates keep the rules they are built by."""

import itertools
import math
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from series.accents import Accent, Lab
from series.models import Series
from series.templatetags.accents import accent

CSS = Path(settings.BASE_DIR) / "static" / "css"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
PUBLIC = [
    path
    for folder in ("components", "site", "reviews", ".")
    for path in sorted((TEMPLATES / folder).glob("*.html"))
]
AA_TEXT = 4.5
# In Oklab, the distance at which two colours begin to look different.
JUST_NOTICEABLE = 0.02
_SCHEMES = {"light": 0, "dark": 1}


def tokens() -> dict[str, tuple[str, str]]:
    """Each colour token with its light and its dark value."""
    text = (CSS / "tokens.css").read_text()
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", text)
    alike = re.findall(r"--([\w-]+): (#\w{6});", text)
    return {name: (light, dark) for name, light, dark in pairs} | {
        name: (colour, colour) for name, colour in alike
    }


def accents() -> dict[str, tuple[str, str]]:
    """Each accent with its deep and its bright side."""
    text = (CSS / "accents.css").read_text()
    rule = r"\.accent-(\w+) \{ --accent-deep: (#\w{6}); --accent-bright: (#\w{6}); \}"
    return {name: (deep, bright) for name, deep, bright in re.findall(rule, text)}


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", _SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint"])
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "red", "blue"])
def test_text_stands_out_on_paper(ink, ground, scheme):
    at = _SCHEMES[scheme]

    assert contrast(tokens()[ink][at], tokens()[ground][at]) >= AA_TEXT


@pytest.mark.parametrize("scheme", _SCHEMES)
@pytest.mark.parametrize("ink", ["card-ink", "card-ink-soft", "card-red"])
def test_text_stands_out_on_the_card(ink, scheme):
    at = _SCHEMES[scheme]

    assert contrast(tokens()[ink][at], tokens()["card"][at]) >= AA_TEXT


@pytest.mark.parametrize("name", Accent)
def test_an_accent_stands_out_wherever_it_is_used(name):
    deep, bright = accents()[name]
    grounds = [tokens()[ground] for ground in ("paper", "sheet", "tint")]

    assert min(contrast(deep, light) for light, _dark in grounds) >= AA_TEXT
    assert contrast(deep, "#ffffff") >= AA_TEXT
    assert min(contrast(bright, dark) for _light, dark in [*grounds, tokens()["card"]]) >= AA_TEXT
    assert contrast(bright, tokens()["card"][0]) >= AA_TEXT


def test_the_stylesheet_has_the_accents_that_the_server_knows():
    assert accents() == {accent.value: (accent.deep, accent.bright) for accent in Accent}
    assert len(Accent) == 24


@pytest.mark.parametrize("side", ["deep", "bright"])
def test_no_two_accents_look_alike(side):
    colours = {accent: Lab.of(*bytes.fromhex(getattr(accent, side)[1:])) for accent in Accent}

    nearest = min(math.dist(colours[one], colours[other]) for one, other in itertools.combinations(Accent, 2))

    assert nearest >= 2 * JUST_NOTICEABLE


def test_a_show_keeps_its_accent_and_a_roundup_has_one_too():
    assert accent(Series(pk=5)) == accent(Series(pk=5))
    assert len({accent(Series(pk=pk)) for pk in range(len(Accent))}) == len(Accent)
    assert accent(Series(pk=5, accent="teal", visual_accent="rose")) == "accent-teal"
    assert accent(Series(pk=5, visual_accent="rose")) == "accent-rose"
    assert accent(None) == "accent-slate"


def test_colours_stand_only_in_the_tokens():
    strays = [
        f"{path.name}: {colour}"
        for path in sorted(CSS.glob("*.css")) + sorted((CSS / "components").glob("*.css"))
        if path.name not in ("tokens.css", "accents.css")
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(|oklch\(", path.read_text())
    ]

    assert strays == []


def test_the_one_stylesheet_takes_in_every_other():
    imported = re.findall(r'@import url\("([^"]+)"\) layer\((\w+)\);', (CSS / "site.css").read_text())

    files = {
        str(path.relative_to(CSS)) for folder in (CSS, CSS / "components") for path in folder.glob("*.css")
    }
    assert {name for name, _layer in imported} == files - {"site.css"}
    assert {layer for name, layer in imported if name.startswith("components/")} == {"components"}


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_no_style_or_handler_stands_in_a_template(path):
    source = path.read_text()

    assert not re.search(r"\sstyle=|<style|\son\w+=", source)
    inline = re.findall(r"<script(?![^>]*(?:src=|ld\+json))", source)
    # The one that the policy knows by its hash.
    assert len(inline) == (path.name == "nothing_kept.html")


@pytest.mark.parametrize(
    ("stars", "said", "drawn"),
    [
        (Decimal("3.5"), "3.5 out of 5 stars", 'width="70"'),
        (Decimal("4.0"), "4 out of 5 stars", 'width="80"'),
        (Decimal("0.5"), "0.5 out of 5 stars", 'width="10"'),
        (Decimal("4.31"), "4.3 out of 5 stars", 'width="90"'),
    ],
)
def test_stars_are_said_and_drawn(stars, said, drawn):
    html = render_to_string("components/stars.html", {"stars": stars})

    assert said in html
    assert drawn in html


def test_unrated_is_not_zero():
    html = render_to_string("components/stars.html", {"stars": None})

    assert "Unrated" in html
    assert "out of 5" not in html
    assert "<svg" not in html


@pytest.mark.parametrize("page", ["400", "403", "404", "410", "500"])
def test_an_error_page_needs_no_context(page):
    html = render_to_string(f"{page}.html")

    assert f">{page}<" in html
    assert 'lang="ja"' in html
