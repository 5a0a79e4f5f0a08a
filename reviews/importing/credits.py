"""Credits in prose and in label lines: "screenwriter Toshizo Nemoto", "Storyboard: A, B"."""

import re
from collections.abc import Iterable, Sequence

from reviews.importing.article import Credit, Doubt, Paragraph
from reviews.importing.credit_phrases import (
    ACT,
    ACT_ALONE,
    APPOSED,
    AS,
    ASIDE,
    BRACKETED,
    BY,
    CALLED,
    CHAIR,
    CONTINUED,
    DESIGNS,
    ENDS,
    HOLDS,
    MADE,
    NOUN,
    NOUN_TOO,
    OTHER_WORK,
    OWNED,
    PASSIVE,
    ROLE_WORDS,
    THIS_EPISODE,
    WORK_BY,
)
from reviews.importing.credit_words import ACTS, DEEDS, DESIGNED, FOREIGN, LABELS, NOUNS, PRAISE, WORKS
from reviews.importing.people import is_name, name_at, split_names
from series.roles import Role

MAX_PARAGRAPH = 50_000


def find_credits(
    paragraphs: Iterable[Paragraph],
    series: str | None,
    *,
    studios: Sequence[str] = (),
    episode: str = "",
    film: bool = False,
) -> tuple[list[Credit], list[Doubt]]:
    """People that these paragraphs credit with a role, in the order in which they stand."""
    found: list[Credit] = []
    doubts: list[Doubt] = []
    for paragraph in paragraphs:
        if len(paragraph.text) > MAX_PARAGRAPH:
            doubts.append(Doubt(paragraph.line, "too long a paragraph to look for credits in"))
            continue
        spotted = sorted(
            _Prose(paragraph, series, studios, episode=episode, film=film, doubts=doubts).credits()
        )
        found += [Credit(person, role.value, paragraph.line_at(at), episode) for at, person, role in spotted]
    return found, doubts


def labelled_credits(label: str, value: str, line: int, *, episode: str = "") -> list[Credit] | None:
    """The credits of a label line; None if the label is no role or the value holds no names."""
    role = LABELS.get(" ".join(label.lower().split()))
    names = split_names(value) if role else None
    if role is None or not names:
        return None
    if role is Role.DIRECTOR and episode:
        role = Role.EPISODE_DIRECTOR
    return [Credit(name, role.value, line, episode) for name in names]


class _Prose:
    """One paragraph, searched for credits."""

    def __init__(
        self,
        paragraph: Paragraph,
        series: str | None,
        studios: Iterable[str],
        *,
        episode: str,
        film: bool,
        doubts: list[Doubt],
    ) -> None:
        self.paragraph = paragraph
        self.text = paragraph.text.replace("\xa0", " ")
        self.series = series or ""
        self.own = [name for name in (self.series, *studios) if name]
        self.episode = episode
        self.film = film
        self.doubts = doubts

    def credits(self) -> list[tuple[int, str, Role]]:
        """Offset, person and role of each."""
        ways = (
            self._by_work,
            self._by_deed,
            self._by_noun,
            self._by_act,
            self._by_holding,
            self._by_bracket,
            self._by_chair,
        )
        return list(dict.fromkeys(each for way in ways for each in way()))

    def _by_work(self) -> list[tuple[int, str, Role]]:
        found = []
        for match in WORK_BY.finditer(self.text):
            people = self._people(self._skip_aside(match.end()), listed=True)
            found += [(at, person, role) for role in self._works(match) for at, person in people]
        return found

    def _works(self, match: re.Match[str]) -> list[Role]:
        named = [
            " ".join(each.lower().replace("-", " ").split())
            for each in (match["work"], match.groupdict().get("second"))
            if each
        ]
        return [WORKS.get(each, Role.ORIGINAL_CREATOR) for each in named]

    def _by_deed(self) -> list[tuple[int, str, Role]]:
        found = []
        of_works = {match.end() for match in WORK_BY.finditer(self.text)}
        for match in BY.finditer(self.text):
            if match.end() in of_works or self._is_of_another_work(match.start()):
                continue
            roles = [
                role
                for deed in (match["deed"], match["second"])
                if deed and (role := self._deed(deed.lower(), match))
            ]
            people = self._people(self._skip_aside(match.end()), listed=True)
            if people and not roles:
                line = self.paragraph.line_at(match.start())
                credited = f"“{match[0].strip()} {people[0][1]}”"
                self.doubts.append(Doubt(line, f"{credited} credits somebody, but the role isn't clear"))
            found += [(at, person, role) for role in roles for at, person in people]
        return found

    def _is_of_another_work(self, at: int) -> bool:
        """Whether what was written or made there is something in the story, or not the anime."""
        before = re.split(r"[.;:!?]\s", self.text[max(0, at - 160) : at])[-1]
        if OTHER_WORK.search(before):
            return True
        named = MADE.search(before) or (self.series and self.series.lower() in before.lower())
        return bool(PASSIVE.search(before) and not named)

    def _by_noun(self) -> list[tuple[int, str, Role]]:
        found = []
        for match in NOUN.finditer(self.text):
            if self._is_foreign(match.start(), match["noun"]):
                continue
            last = match
            while too := NOUN_TOO.match(self.text, last.end()):
                last = too
            people = self._before(match) or self._after(last)
            found += [(at, person, _role(match["noun"])) for at, person in people]
        return found

    def _by_holding(self) -> list[tuple[int, str, Role]]:
        found = []
        for pattern in (HOLDS, OWNED):
            for match in pattern.finditer(self.text):
                if person := self._name_ending_at(match.start()):
                    found += [(*person, role) for role in self._works(match)]
        for match in DESIGNS.finditer(self.text):
            role = next(role for word, role in DESIGNED.items() if match["what"].startswith(word))
            if person := self._name_ending_at(match.start()):
                found.append((*person, role))
        return found

    def _by_bracket(self) -> list[tuple[int, str, Role]]:
        found = []
        for match in BRACKETED.finditer(self.text):
            named = re.split(
                r",\s(?:and\s)?|\s(?:and|&)\s|\s?/\s?|;\s", match["roles"].lower().removeprefix("the ")
            )
            roles = [(NOUNS | WORKS).get(each.strip()) for each in named]
            person = self._name_ending_at(match.start()) if roles[0] else None
            found += [(*person, role) for role in roles if person and role]
        return found

    def _by_act(self) -> list[tuple[int, str, Role]]:
        found = []
        for match in ACT.finditer(self.text):
            person = self._name_ending_at(match.start())
            if not person:
                continue
            for act in filter(None, (match["act"], match["second"])):
                role = Role.MUSIC if match["what"] in ("score", "music", "soundtrack") else ACTS[act]
                role = (
                    Role.EPISODE_DIRECTOR
                    if role is Role.DIRECTOR and match["what"] in ("episode", "premiere", "finale")
                    else role
                )
                found.append((person[0], person[1], role))
        return found + self._by_act_alone()

    def _by_act_alone(self) -> list[tuple[int, str, Role]]:
        """ "Kei Arata directs and Rin Abe writes": one who only writes may be anybody in the story."""
        alone = list(ACT_ALONE.finditer(self.text))
        if all(match["act"] == "writes" for match in alone):
            return []
        return [
            (*person, ACTS.get(match["act"], Role.DIRECTOR))
            for match in alone
            for person in self._subjects(match.start(), several=match["act"] == "direct")
        ]

    def _subjects(self, end: int, *, several: bool) -> list[tuple[int, str]]:
        """Who does it: one person, or, before "direct", two of them."""
        last = self._name_ending_at(end)
        if not several or not last:
            return [last] if last else []
        first = (
            self._name_ending_at(last[0] - len(" and ")) if self.text[: last[0]].endswith(" and ") else None
        )
        return [first, last] if first else []

    def _by_chair(self) -> list[tuple[int, str, Role]]:
        people = [self._name_ending_at(match.start()) for match in CHAIR.finditer(self.text)]
        return [(*person, Role.DIRECTOR) for person in people if person]

    def _deed(self, deed: str, match: re.Match[str]) -> Role | None:
        at = match.start()
        if deed == "designed":
            before = self.text[max(0, at - 80) : at].lower()
            return next((role for word, role in DESIGNED.items() if word in before.rsplit(".", 1)[-1]), None)
        role = DEEDS[deed]
        sentence = self.text[max(0, at - 100) : at].rsplit(".", 1)[-1].lower()
        if role is Role.DIRECTOR and ("episode" in sentence or THIS_EPISODE.match(self.text, match.end())):
            return Role.EPISODE_DIRECTOR
        return role

    def _people(self, start: int, *, listed: bool) -> list[tuple[int, str]]:
        name = name_at(self.text, start)
        if not name:
            return []
        people = [(start, name)]
        position = start + len(name)
        commas = 0
        while listed and (more := CONTINUED.match(self.text, position)):
            commas += "," in more["break"]
            name = name_at(self.text, more.end())
            if not name or ("," in more["break"] and "and" in more["break"] and commas < 2):
                break
            people.append((more.end(), name))
            position = more.end() + len(name)
        return people

    def _skip_aside(self, start: int) -> int:
        """Past a role, a description or a work in the possessive, to the name that they belong to."""
        if noun := NOUN.match(self.text, start):
            return noun.end() + 1
        aside = ASIDE.match(self.text, start)
        return aside.end() if aside and not name_at(self.text, start) else start

    def _after(self, noun: re.Match[str]) -> list[tuple[int, str]]:
        """The people that a role's noun stands before; set apart by commas, by two of them."""
        called = CALLED.match(self.text, noun.end())
        people = self._people(called.end() if called else noun.end(), listed=bool(noun["many"]))
        if called and called["mark"] == "," and people:
            at, person = people[-1]
            return people if self.text[at + len(person) : at + len(person) + 1] in (",", ".") else []
        return people

    def _before(self, noun: re.Match[str]) -> list[tuple[int, str]]:
        """The person in front: "Yutaka Izubuchi, a designer serving as chief director"."""
        start = max(0, noun.start() - 120)
        before = re.split(r"[.;:!?]\s", self.text[start : noun.start()])[-1]
        offset = noun.start() - len(before)
        if as_role := AS.search(before):
            if self.text.startswith(" of ", noun.end()) and not ENDS.match(self.text, noun.end()):
                return []
            straight = self._name_ending_at(offset + len(before[: as_role.start()].rstrip()))
            comma = before.find(", ")
            person = straight or (self._name_ending_at(offset + comma) if comma > 0 else None)
            return [person] if person else []
        apposed = APPOSED.search(before)
        of_this = self.series and self.text.startswith(f" of {self.series}", noun.end())
        if not apposed or not (of_this or ENDS.match(self.text, noun.end())):
            return []
        person = self._name_ending_at(offset + apposed.start())
        return [person] if person else []

    def _name_ending_at(self, end: int) -> tuple[int, str] | None:
        """The longest name of two to four words that ends at this offset."""
        start = max(0, end - 50)
        words = list(re.finditer(r"\S+", self.text[start:end]))
        for count in (4, 3, 2):
            if len(words) < count:
                continue
            at = start + words[-count].start()
            if words[-count][0].lower() in ROLE_WORDS:
                continue
            name = name_at(self.text, at)
            if name and at + len(name) == end:
                return at, name
        return None

    def _is_foreign(self, at: int, noun: str) -> bool:
        """Whether the role is of another work ("Blade Runner director Ridley Scott") or of no vocabulary."""
        words = self.text[max(0, at - 60) : at].split()
        if not words or self.text[at - 1 : at] != " " or words[-1][-1:] in ",.;:!?)”":
            return False
        last = words[-1]
        if last.lower().strip("“‘(") in FOREIGN or last.lower().rstrip("s").rstrip("’'") in (
            "film",
            "movie",
        ):
            return not self.film
        bare = re.sub(r"[’']s?$", "", last)
        first_of_sentence = len(words) == 1 or words[-2][-1:] in ".!?”"
        before = re.sub(r"[’']s?$", "", self.text[:at].rstrip()).lower()
        own = any(before.endswith(name.lower()) for name in self.own) or (
            bare == last and bare.lower() in self.series.lower().split()
        )
        if first_of_sentence and not noun[:1].isupper():
            return is_name(bare, single=True) and not own and bare.lower() not in PRAISE
        return bare[:1].isupper() and not own and not first_of_sentence and not noun[:1].isupper()


def _role(noun: str) -> Role:
    spaced = re.sub(r"[\s-]", " ", noun.lower())
    return NOUNS[spaced.replace("co director", "co-director").replace("in between", "in-between")]
