"""Articles of our own, in the newsroom's form."""

from reviews.models import EpisodeReview, Review, Reviewer, SourceArticle
from series.models import Episode, Series

WEEKLY = """Tin Orchard

By Ada Quill

Studio: Lantern Works
Source: Original Series created by Mirei Sonoda
Platform: Crunchyroll

Welcome to our weekly look at Tin Orchard,\u00a0 the show about a robot who grows apples.

Pull up a crate. Expect mild spoilers through episode 2 in what follows

Episode 1 Recap/Review: “The First Graft” (⭐️⭐️⭐️⭐️)

Screenwriter Haruka Endo opens in an orchard that hums.

It takes its time, and the time is well spent.\u00a0

Verdict: A sure-footed opening, and a lovely one.\u00a0

Episode 2 Recap/Review: “Rust in the Rain” (⭐⭐1/2)

The second half hurries. As storyboarded by episode director Kei Arata, the storm is worth it all the same.

Verdict: A stumble, prettily drawn.

Tin Orchard is currently streaming on Crunchyroll. New episodes drop every Tuesday"""


def counts_of_rows() -> list[int]:
    """How many rows an import could have made."""
    return [
        model.objects.count() for model in (Review, EpisodeReview, Reviewer, SourceArticle, Episode, Series)
    ]
