"""Words that mean nothing: a vocabulary made of syllables, and sentences, prose and names out of it.

Few words are frequent and many are rare, as in any text, so that a search finds many pieces or few.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from django.utils.text import slugify

from reviews import markup

PLAIN_WORDS = (
    "the of and a to in is it that was for on with as but at by this from or an be not his her their what "
    "so all when then there one more who than which out up into only over after first last two even never"
).split()
ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl qu r s sh sk st t th tr v w y z".split()
VOWELS = "a e i o u ai ea ee ie oa ou".split()
CODAS = ["", "", "", "n", "r", "l", "s", "t", "m", "nd", "rk", "sh"]
NATIVE_ONSETS = "k s t n h m r y w g z d b".split()
KANJI = "灯台海塩雪山夜月星風花森川空雨石紙糸音影光鉄銀朱青白黒金東西南北春夏秋冬"
KANA = "あいうえおかきくけこさしすせそたちつてとなにのはまみむもやゆよらりるれろ"
RARE_WORDS = 4_000
SHORTEST_SENTENCE, LONGEST_SENTENCE = 6, 22
PARAGRAPH = 100


def stream(*of: object) -> Random:
    """A source of chance of its own for one purpose; the same whenever it is asked for."""
    return Random("/".join(map(str, of)))  # noqa: S311  # chance that can be repeated, no secrets


@dataclass(frozen=True)
class Prose:
    """HTML in the one form in which it is kept, and as readers get it."""

    stored: str = ""
    rendered: str = ""

    def __add__(self, other: "Prose") -> "Prose":
        return Prose(self.stored + other.stored, self.rendered + other.rendered)


class Words:
    """One seed's vocabulary."""

    def __init__(self, seed: int) -> None:
        chance = stream(seed, "words")
        rare: dict[str, None] = {}
        while len(rare) < RARE_WORDS:
            rare[_word(chance)] = None
        self.rare = list(rare)
        self.all = [*PLAIN_WORDS, *(word for word in rare if word not in PLAIN_WORDS)]
        # Zipf's law: the word in the n-th place comes a 1/n-th as often as the first.
        self.weights = list(accumulate(1 / (place + 3) for place in range(len(self.all))))

    def some(self, chance: Random, count: int) -> list[str]:
        return chance.choices(self.all, cum_weights=self.weights, k=count)

    def sentences(self, chance: Random, count: int) -> str:
        """Exactly `count` words, as sentences."""
        words, said = self.some(chance, count), []
        while words:
            length = chance.randint(SHORTEST_SENTENCE, LONGEST_SENTENCE)
            # What is too short to stand alone goes to the sentence before it.
            length = len(words) if len(words) < length + SHORTEST_SENTENCE else length
            said.append(_sentence(words[:length], chance))
            words = words[length:]
        return " ".join(said)

    def title(self, chance: Random) -> str:
        """Two to four words, each with its capital."""
        return " ".join(word.title() for word in chance.sample(self.rare, chance.randint(2, 4)))

    def headline(self, chance: Random) -> str:
        return " ".join(self.some(chance, 4) + chance.sample(self.rare, 4)).capitalize()

    def prose(self, chance: Random, count: int, *, spoils: bool = False) -> Prose:
        """Paragraphs of some hundred words, `count` in all; if it spoils, one of them with a spoiler."""
        lengths = _paragraph_lengths(count)
        hidden = chance.randrange(len(lengths)) if spoils else None
        written = Prose()
        for place, length in enumerate(lengths):
            written += self._paragraph(chance, length, spoils=place == hidden)
        return written

    def _paragraph(self, chance: Random, count: int, *, spoils: bool) -> Prose:
        words = self.sentences(chance, count).split(" ")
        place = chance.randrange(len(words))
        words[place] = f"<em>{words[place]}</em>"
        if chance.random() < 0.1:
            words[chance.randrange(place + 1)] = f'<span lang="ja">{native(chance)}</span>'
        if not spoils:
            html = f"<p>{' '.join(words)}</p>"
            return Prose(html, html)  # readers get it as it is kept; a test holds that
        html = _hidden(words, chance)
        return Prose(html, markup.render(html))


def _paragraph_lengths(count: int) -> list[int]:
    """Some PARAGRAPH words each, together `count`."""
    number = max(1, round(count / PARAGRAPH))
    return [count * (place + 1) // number - count * place // number for place in range(number)]


def _hidden(words: list[str], chance: Random) -> str:
    """A whole paragraph as a spoiler, or its last words."""
    if chance.random() < 0.3:
        return f'<div class="spoiler"><p>{" ".join(words)}</p></div>'
    start = chance.randrange(len(words))
    before = "".join(f"{word} " for word in words[:start])
    return f'<p>{before}<span class="spoiler">{" ".join(words[start:])}</span></p>'


def _word(chance: Random) -> str:
    syllables = (chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.randint(1, 3)))
    return "".join(syllables) + chance.choice(CODAS)


def _sentence(words: list[str], chance: Random) -> str:
    comma = chance.randrange(len(words))
    parts = [f"{word}," if place == comma < len(words) - 1 else word for place, word in enumerate(words)]
    return " ".join(parts).capitalize() + chance.choice("......?!")


def romaji(chance: Random, least: int = 2, most: int = 4) -> str:
    """A name of Japanese syllables."""
    sounds = (
        chance.choice(NATIVE_ONSETS) + chance.choice("aiueo") for _ in range(chance.randint(least, most))
    )
    return "".join(sounds).title()


def native(chance: Random) -> str:
    """A few characters that nobody has put together so before."""
    return "".join(chance.choices(KANJI, k=chance.randint(2, 3)) + chance.choices(KANA, k=1))


class Names:
    """Gives each thing of a kind a name, and so a slug, that no other has."""

    def __init__(self, taken: Collection[str]) -> None:
        self.taken = set(taken)

    def free(self, name: str) -> tuple[str, str]:
        """`name`, numbered if its slug is taken, and the slug."""
        slug, number = slugify(name), 1
        while slug in self.taken:
            number += 1
            slug = slugify(f"{name} {number}")
        self.taken.add(slug)
        return (name if number == 1 else f"{name} {number}"), slug
