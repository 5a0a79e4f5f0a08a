from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image, ImageFont, features

from reviews import card_drawing
from reviews.card_drawing import Mark, Words, cleaned, drawable, fitted


@pytest.fixture(autouse=True)
def fresh_type():
    """Each test finds the type anew, whatever one before it took away."""
    yield
    card_drawing.font.cache_clear()
    card_drawing._has.cache_clear()


def words(**said):
    plain = {
        "house": "Eyecatch",
        "title": "Red",
        "native": "赤",
        "label": "Episode 7",
        "marks": (),
        "unrated": "Unrated",
        "colours": ("#c71a01", "#ff806d"),
    }
    return Words(**plain | said)


def card(**said):
    image = Image.open(BytesIO(card_drawing.drawn(words(**said), None)))
    image.load()
    return image


def gold(image):
    """How much of it has the colour of full stars."""
    near = image.convert("RGB").get_flattened_data()
    return sum(red > 225 and 180 < green < 220 and blue < 110 for red, green, blue in near)


def test_each_half_star_is_drawn():
    areas = [gold(card(marks=(Mark("", Decimal(half) / 2),))) for half in range(1, 11)]

    assert areas == sorted(areas)
    assert areas[-1] == pytest.approx(10 * areas[0], rel=0.35)
    assert gold(card()) == gold(card(marks=(Mark("", None),))) == 0


@pytest.mark.parametrize(
    "text", ["Metallic Rouge", "Ōkami & façade, “vērs”", "葬送のフリーレン", "薔薇の〜！？", "Ⅱ ½ ♥"]
)
def test_the_type_has_what_titles_are_made_of(text):
    assert drawable(text)


@pytest.mark.parametrize("text", ["한국어", "💖", "ไทย", ""])
def test_what_the_type_lacks_is_known_beforehand(text):
    assert not drawable(text)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [("Ảo ẩ 💖 ảnh", "Ảo ẩ ảnh"), ("Red 💖", "Red"), ("Łódź", "Lódz"), ("💖", ""), ("한 x", "x")],
)
def test_a_title_goes_without_what_the_type_lacks(text, drawn):
    assert cleaned(text) == drawn


def test_a_title_takes_the_largest_type_that_fits():
    assert fitted("Red", 460, 300) == (["Red"], card_drawing.SIZES[0])

    lines, size = fitted("I Was Reincarnated as a Vending Machine " * 2, 460, 300)
    assert size < card_drawing.SIZES[0]
    assert all(card_drawing.font(size).getlength(line) <= 460 for line in lines)


@pytest.mark.parametrize("text", ["word " * 200, "W" * 400, "あ" * 200, ""])
def test_no_title_is_too_long_for_a_card(text):
    lines, size = fitted(text, 460, 200)

    assert len(lines) * size * card_drawing.LEADING <= 200
    assert all(card_drawing.font(size).getlength(line) <= 460 for line in lines)


@pytest.mark.parametrize(
    "said",
    [
        {"title": "W" * 200, "native": "赤" * 200, "label": "Episodes 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"},
        {"title": "", "native": "", "label": "", "house": ""},
        {"native": "한국어"},
        {"marks": tuple(Mark("A name without end " * 9, Decimal("3.5")) for _ in range(4))},
        {"marks": (Mark("", None),)},
        {"house": "The Very Long Friday Paper of Everything That Aired"},
        {"house": "金曜新聞"},
    ],
)
def test_whatever_it_has_to_say_a_card_is_drawn(said):
    assert card(**said).size == (1200, 630)


def test_a_machine_without_the_type_draws_a_card_without_boxes(monkeypatch, tmp_path):
    monkeypatch.setattr(card_drawing, "FONT", tmp_path / "none.woff2")
    card_drawing.font.cache_clear()
    card_drawing._has.cache_clear()

    assert not drawable("赤")
    assert drawable("Red")
    assert card().size == (1200, 630)


def test_a_machine_that_cannot_set_upright_draws_a_card(monkeypatch):
    monkeypatch.setattr(features, "check", lambda _name: False)

    assert card().size == (1200, 630)


def test_the_type_is_shipped_with_its_licence():
    assert ImageFont.truetype(card_drawing.FONT, 20).getname() == ("Noto Serif JP", "Bold")
    assert "SIL Open Font License" in card_drawing.FONT.with_name("OFL.txt").read_text(encoding="utf-8")
