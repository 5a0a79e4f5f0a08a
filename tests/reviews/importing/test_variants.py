"""Articles put together from the newsroom's habits and their near variants: each is read as it was meant."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from reviews.importing import parse_article

SERIES = [
    "Tin Orchard", "Glass Meridian: Beyond the Hill’s End", "Girl no Machi", "86", "Hollow Crown!",
    "Paper Sea.", "Is It Wrong to Sleep in a Lighthouse?", "Re:TURN -Life in the Other Garden-",
    "Kite No. 8", "ID: UNKNOWN",
]  # fmt: skip
STUDIOS = {
    "Lantern": ["Lantern"],
    "A-1 Lantern / Kite Works": ["A-1 Lantern", "Kite Works"],
    "Kumo, Inc.": ["Kumo, Inc."],
    "Lantern and 8bit": ["Lantern", "8bit"],
    "L.A. Works, Kumo & Toho": ["L.A. Works", "Kumo", "Toho"],
}
SOURCES = {
    "Original Series created by Mirei Sonoda": ["Mirei Sonoda"],
    "Manga by Ada Quill and Ben Roe": ["Ada Quill", "Ben Roe"],
    "Manga written by Ada Quill and illustrated by Boichi": ["Ada Quill", "Boichi"],
    "Based on the manga by ONE": ["ONE"],
    "Light novel": [],
}
PLATFORMS = {
    "Crunchyroll": ["Crunchyroll"],
    "HIDIVE and Amazon Prime Video": ["HIDIVE", "Amazon Prime Video"],
    "Netflix/Disney+": ["Netflix", "Disney+"],
}
TITLES = [
    "The First Graft", "What’s in a Name?", "The (Un)invited", "Part 1: The Fall", "1/2 Prince", "100%",
    "Recap", "A+", "Ready, Set, Go!", "Episode 0", "The ‘Other’ Side", "The 7/10 Club", "By the Sea",
    "Sold by Mother", "…",
]  # fmt: skip
RATINGS = {
    "⭐️⭐️⭐️⭐️": 4, "⭐⭐1/2": 2.5, "⭐️⭐️⭐️½": 3.5, "⭐⭐⭐ 1/2": 3.5, "★★★★☆": 4,
    "3.5/5": 3.5, "8/10": 4, "4 out of 5": 4, "½": 0.5, "7.5/10": None, "B+": None, "⭐⭐⭐⭐⭐⭐": None,
    "0/5": None,
}  # fmt: skip
HEADINGS = [
    "Episode {n} Recap/Review: {t} ({r})", "Episode {n} Recap/Review: {t} {r}", "Episode {n}: {t} [{r}]",
    "Episode {n} Review – {t} ({r})", "Ep. {n}: {t} ({r})", "Episode {n} Recap/Review: {t}\n({r})",
    "Episode {n} {t} ({r})", "Episode {n} Recap/Review: {t}\n\n{r}",
    "Episode\u00a0{n} Recap/Review:\u00a0{t} ({r})", "Episode {n} - {t} - {r}",
    "EPISODE {n} RECAP/REVIEW: {t} ({r})", "Episode {n} Recap/Review: {t}\nRating: {r}",
]  # fmt: skip
QUOTES = ["“{}”", '"{}"', "「{}」"]
ENDS = [
    "{s} is currently streaming on Crunchyroll. New episodes drop every Thursday",
    "You can watch {s} on Netflix.",
    "New episodes of {s} air Saturdays on HIDIVE.",
]


@dataclass
class Part:
    number: str
    title: str
    rating: str
    heading: str
    quotes: str

    def printed(self) -> str:
        head = self.heading.format(n=self.number, t=self.quotes.format(self.title), r=self.rating)
        body = "In Episode 1, it was all talk.\n\nIt is a quiet hour."
        return f"{head}\n\n{body}\n\nVerdict: Fine, with a caveat.\n\n"


PARTS = st.lists(
    st.builds(
        Part,
        st.sampled_from(["1", "2", "12", "6.5", "25-27"]),
        st.sampled_from(TITLES),
        st.sampled_from(list(RATINGS)),
        st.sampled_from(HEADINGS),
        st.sampled_from(QUOTES),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda part: part.number,
)


@given(
    st.sampled_from(SERIES),
    st.sampled_from([None, 2, 3]),
    st.sampled_from(list(STUDIOS)),
    st.sampled_from(list(SOURCES)),
    st.sampled_from(list(PLATFORMS)),
    PARTS,
    st.sampled_from(ENDS),
)
def test_a_variant_is_read_as_it_was_meant(series, season, studio, source, platform, parts, end):
    title = f"{series} Season {season}" if season else series
    info = f"Studio: {studio}\nSource: {source}\nPlatform: {platform}"
    end = end.format(s=series)
    text = "".join(part.printed() for part in parts)

    article = parse_article(
        f"{title}\nBy Ada Quill\n\n{info}\n\nWelcome back, friends.\n\n\n{text}{end}"
    ).as_json()

    assert (article["kind"], article["series"], article["season"]) == ("weekly", series, season)
    assert (article["headline"], article["byline"]) == (None, ["Ada Quill"])
    assert article["info"] == {
        "studios": STUDIOS[studio],
        "source": source,
        "creators": SOURCES[source],
        "platforms": PLATFORMS[platform],
    }
    assert (article["intro"], article["outro"]) == (["Welcome back, friends."], [end])
    assert [
        (each["episodes"], each["title"], each["rating"]["raw"], each["rating"]["stars"])
        for each in article["sections"]
    ] == [(part.number, part.title, part.rating, RATINGS[part.rating]) for part in parts]
    assert all(len(each["body"]) == 2 for each in article["sections"])
    assert all(each["verdict"] == "Fine, with a caveat." for each in article["sections"])
    assert len(article["warnings"]) == sum(RATINGS[part.rating] is None for part in parts)
