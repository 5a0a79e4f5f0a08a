"""Names are found however they are cased, accented, romanised or mistyped."""

import pytest

from coverage.site.search.names import MOST_NAMES
from coverage.site.search.slips import slips_allowed
from series.models import Credit, Person, PersonAlias, SeriesStudio, SeriesTitle, Studio
from tests.factories import make_series
from tests.site.search.asking import named, of_class, page, texts

pytestmark = pytest.mark.django_db

KEPT = "Metallic Rouge"
HOURS = "The Lighthouse Keeps No Hours"
BUS = "Last Night Bus"
ZERO = "Re:Zero − Starting Life"
CLUB = "K-On!"
SHOUNEN = "Shōnen Onmyōji"
AKI = "Hayao Shinkai"
OEM = "Åsa Øberg"
KITE = "Studio Kite"

CASES = [
    # as written, and otherwise cased, accented or wide
    ("Metallic Rouge", KEPT),
    ("metallic rouge", KEPT),
    ("METALLIC ROUGE", KEPT),
    ("Ｍｅｔａｌｌｉｃ Ｒｏｕｇｅ", KEPT),
    ("rouge metallic", KEPT),
    ("metállic roüge", KEPT),
    ("asa oberg", OEM),
    ("ÅSA ØBERG", OEM),
    # a part of it
    ("rouge", KEPT),
    ("metal", KEPT),
    ("lighthouse hours", HOURS),
    ("lighthouses", HOURS),
    # run together or apart
    ("lastnightbus", BUS),
    ("last nightbus", BUS),
    ("rezero", ZERO),
    ("re zero", ZERO),
    ("re:zero", ZERO),
    ("kon", CLUB),
    ("k on", CLUB),
    ("k-on", CLUB),
    # one slip, two in a long name: left out, put in, taken for another, swapped
    ("roge", KEPT),
    ("rogue", KEPT),
    ("rougge", KEPT),
    ("rouse", KEPT),
    ("metalic rouge", KEPT),
    ("metallic rogue", KEPT),
    ("metalic rogue", KEPT),
    ("metallicc ruoge", KEPT),
    ("lighthosue", HOURS),
    ("lihgthuose", HOURS),
    ("last nihgt bus", BUS),
    ("lst night bis", BUS),
    ("hayo shinkai", AKI),
    ("hayao shinkay", AKI),
    ("shinkai hayao", AKI),
    ("shinkay hayao", AKI),
    ("asa obreg", OEM),
    ("stuido kite", KITE),
    # an alias, a former title, the native title, romaji
    ("miyamoto musashi", AKI),
    ("miyamoto musasi", AKI),
    ("the keeper", HOURS),
    ("toudai wa jikoku", HOURS),
    ("tōdai wa jikoku", HOURS),
    ("todai", HOURS),
    ("todai wa jikoko", HOURS),
    ("灯台は時刻を守らない", HOURS),
    ("時刻", HOURS),
    ("灯", HOURS),
    ("い", HOURS),
    ("灯台は時間を守らない", HOURS),
    ("メタリックルージュ", KEPT),
    ("ﾒﾀﾘｯｸﾙｰｼﾞｭ", KEPT),
    ("めたりっくるーじゅ", KEPT),
    ("メタリック ルージュ", KEPT),
    ("メタリックルージ", KEPT),
    ("ルージュ", KEPT),
    ("メタリツクルージュ", KEPT),
    ("新海", AKI),
    ("新海速夫", AKI),
    ("shounen onmyouji", SHOUNEN),
    ("shonen onmyoji", SHOUNEN),
    ("shoonen onmyohji", SHOUNEN),
    ("少年陰陽師", SHOUNEN),
]
TOO_FAR = [
    "zz",
    "ruuuge",
    "rxxge",
    "metxxxic rouge",
    "lost light car",
    "kate bishop",
    "灰色の猫",
    "時計",
    "xylophone",
]


@pytest.fixture
def catalogue():
    rouge = make_series(KEPT, title_native="メタリックルージュ")
    hours = make_series(HOURS, title_native="灯台は時刻を守らない", title_romaji="Tōdai wa Jikoku")
    SeriesTitle.objects.create(series=hours, title="The Keeper", kind="former")
    make_series(SHOUNEN, title_native="少年陰陽師")
    for title in (BUS, ZERO, CLUB, "Quiet Waters", "A Winter's Survey"):
        make_series(title, slug=f"series-{len(title)}")
    shinkai = Person.objects.create(name=AKI, slug="hayao", name_native="新海速夫")
    PersonAlias.objects.create(person=shinkai, name="Miyamoto Musashi")
    for person in (shinkai, Person.objects.create(name=OEM, slug="asa")):
        Credit.objects.create(series=rouge, person=person, role="director")
    SeriesStudio.objects.create(series=rouge, studio=Studio.objects.create(name=KITE, slug="kite"))


def test_every_way_of_writing_a_name_finds_it_first(catalogue):
    missed = {query: found for query, name in CASES if (found := named(query))[:1] != [name]}

    assert missed == {}
    assert len(CASES) > 40


def test_what_is_too_far_away_finds_nothing(catalogue):
    assert {query: found for query in TOO_FAR if (found := named(query))} == {}


def test_a_slip_is_answered_with_a_guess(catalogue):
    slipped, right = page("metalic rogue"), page("metallic rouge")

    assert texts(of_class(slipped, "search-guesses")) == [
        "Nothing is called quite that. Did you mean Metallic Rouge?"
    ]
    assert of_class(slipped, "search-guesses")[0].xpath("./a/@href") == ["?q=Metallic+Rouge"]
    assert of_class(right, "search-guesses") == []


@pytest.mark.parametrize(("letters", "allowed"), [("ab", 0), ("abc", 1), ("abcdefg", 1), ("abcdefgh", 2)])
def test_long_names_forgive_more(letters, allowed):
    assert slips_allowed(letters) == allowed


def test_more_names_than_are_read_are_not_counted():
    for number in range(MOST_NAMES + 5):
        make_series(f"Kite {number}")

    tree = page("kite", kind="series")

    assert "more than 400" in " ".join(texts(of_class(tree, "search-tabs__count")))
    assert len(of_class(tree, "search-hit")) == MOST_NAMES
