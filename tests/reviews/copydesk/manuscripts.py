"""Made-up pieces about a made-up show, for the copy desk."""

from decimal import Decimal

from reviews.copydesk.checking import check
from reviews.copydesk.manuscript import Manuscript, Passage, Place
from reviews.copydesk.vocabulary import Entry, KnownCredit, KnownEpisode, Sort, Vocabulary

VOCABULARY = Vocabulary(
    (
        Entry("Marble Tide", Sort.TITLE, ("Ōishi no Shio",)),
        Entry("Kazuhiro Morishita", Sort.PERSON),
        Entry("Shōta Ōnuma", Sort.PERSON),
        Entry("Marin Okabe", Sort.CHARACTER),
        Entry("Rouge Redstar", Sort.CHARACTER),
        Entry("Lantern Guild", Sort.TERM),
        Entry("Orbit 2000", Sort.TITLE),
        Entry("The Salt Below", Sort.EPISODE),
        Entry("Isaac Asimov", Sort.OTHER, own=False),
        Entry("Copper", Sort.OTHER, own=False),
        Entry("Gin’ya Express", Sort.TITLE, own=False),
    ),
    episodes={
        Decimal(1): KnownEpisode(Decimal(1), "Low Water", "干潮"),
        Decimal(2): KnownEpisode(Decimal(2), "The Salt Below"),
    },
    planned=12,
    credits=(
        KnownCredit(("Kazuhiro Morishita", "森下和宏"), "director"),
        KnownCredit(("Shōta Ōnuma",), "script", Decimal(1)),
        KnownCredit(("Tomo Ueda",), "series_composition"),
    ),
)


def piece(*texts, place=Place.PROSE, **more):
    return Manuscript(tuple(Passage(text, place) for text in texts), **more)


def found(kind, *texts, vocabulary=VOCABULARY, **more):
    """(what was found, what is suggested) by the checks of this kind."""
    findings = check(piece(*texts, **more), vocabulary)
    return [(each.found, *each.suggest) for each in findings if each.kind == kind]
