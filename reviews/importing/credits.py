"""Credits in prose and in label lines: "screenwriter Toshizo Nemoto", "Storyboard: A, B"."""

import re
from collections.abc import Iterable

from reviews.importing.article import Credit, Doubt, Paragraph
from reviews.importing.credit_words import ACTS, DEEDS, DESIGNED, FOREIGN, LABELS, NOUNS
from reviews.importing.people import name_at, split_names
from series.roles import Role

# Asides that may stand between "by" and the name: "by studio co-founder Toshihiro Kawamoto".
_ASIDE = re.compile(r"(?:[a-z][\w-]*\s+){1,4}|(?:[A-Z][\w’'!&-]*\s+){0,3}[A-Z][\w!-]*[’']s?\s+")
_NOUN = re.compile(
    r"(?<![\w-])(?P<noun>"
    + "|".join(re.escape(each).replace(r"\ ", r"[\s-]") for each in sorted(NOUNS, key=len, reverse=True))
    + r")(?P<many>s)?\b",
    re.IGNORECASE,
)
MAX_PARAGRAPH = 50_000
# "Director Mari Okada": the title is no part of the name.
_ROLE_WORDS = frozenset(word for noun in NOUNS for word in noun.split())
_DEED = "|".join(sorted(DEEDS, key=len, reverse=True))
_BY = re.compile(
    rf"(?<![\w-])(?P<deed>{_DEED}|designed)(?:\s+and\s+(?P<second>{_DEED}))?,?\s+(?:is\s|was\s|comes\s)?by\s+",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"\s(?:also\s)?(?P<act>" + "|".join(ACTS) + r")\s(?:and\s(?P<second>" + "|".join(ACTS) + r")\s)?"
    r"(?:this|the|it\b|episode|every|each|both|all)(?:\s(?:week[’']s|first|second|third"
    r"|whole))?\s?(?P<what>episode|series|show|anime|script|screenplay|score|music|season|film|soundtrack"
    r"|premiere|finale)?"
)
_AS = re.compile(
    r"(?:serv(?:ing|es|ed)|act(?:ing|s|ed)|work(?:ing|s|ed)|return(?:ing|s|ed)|credited"
    r"|on board)?\s*\bas\b\s+(?:the\s+|its\s+|an?\s+)?"
    r"(?:(?!(?:does|do|did|well|if|though)\s)[\w’'-]+\s+){0,3}?$"
)
_CALLED = re.compile(r"(?P<mark>,|:|\sis|\swas)?\s+")
# "Ai Sato handles series composition", "Ai Sato (music)", "with Ai Sato in the director's chair".
_HANDLES = re.compile(
    r"\s(?:handles|handling|oversees|overseeing|provides|providing|(?:is )?in charge of|leads)\s(?:the\s)?"
    r"(?P<task>[a-z][a-z -]{3,30}?)(?=[,.;!?]|\s(?:and|while|with|for|on|as)\b|$)"
)
_BRACKETED = re.compile(r"\s\((?P<task>[A-Za-z][A-Za-z -]{3,35})\)")
_CHAIR = re.compile(r"\s(?:is\s|sits\s)?in the director[’']s chair")
_THIS_EPISODE = re.compile(r"[^.;]{0,60},\s(?:the|this)\s(?:\w+\s)?episode\b")
_ENDS = re.compile(r"(?:\sof\s(?:the|this)\s(?:series|show|anime|season))?(?:[,.;]|$)")
_CONTINUED = re.compile(r"\s*(?P<break>,\s*(?:and\s+)?|\s(?:and|&)\s+)")


def find_credits(
    paragraphs: Iterable[Paragraph], series: str | None, *, episode: str = "", film: bool = False
) -> tuple[list[Credit], list[Doubt]]:
    """People that these paragraphs credit with a role, in the order in which they stand."""
    found: list[Credit] = []
    doubts: list[Doubt] = []
    for paragraph in paragraphs:
        if len(paragraph.text) > MAX_PARAGRAPH:
            doubts.append(Doubt(paragraph.line, "too long a paragraph to look for credits in"))
            continue
        spotted = sorted(_Prose(paragraph, series, episode=episode, film=film, doubts=doubts).credits())
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
        self, paragraph: Paragraph, series: str | None, *, episode: str, film: bool, doubts: list[Doubt]
    ) -> None:
        self.paragraph = paragraph
        self.text = paragraph.text.replace("\xa0", " ")
        self.series = series or ""
        self.episode = episode
        self.film = film
        self.doubts = doubts

    def credits(self) -> list[tuple[int, str, Role]]:
        """Offset, person and role of each."""
        return [*self._by_deed(), *self._by_noun(), *self._by_act(), *self._by_task()]

    def _by_deed(self) -> list[tuple[int, str, Role]]:
        found = []
        for match in _BY.finditer(self.text):
            roles = [
                role
                for deed in (match["deed"], match["second"])
                if deed and (role := self._deed(deed.lower(), match))
            ]
            people = self._people(self._skip_aside(match.end()), listed=True)
            if people and not roles:
                line = self.paragraph.line_at(match.start())
                self.doubts.append(
                    Doubt(
                        line,
                        f"“{match[0].strip()} {people[0][1]}” credits somebody, but the role isn't clear",
                    )
                )
            found += [(at, person, role) for role in roles for at, person in people]
        return found

    def _by_noun(self) -> list[tuple[int, str, Role]]:
        found = []
        for match in _NOUN.finditer(self.text):
            role = NOUNS[
                re.sub(r"[\s-]", " ", match["noun"].lower())
                .replace("co director", "co-director")
                .replace("in between", "in-between")
            ]
            if self._is_foreign(match.start(), match["noun"]):
                continue
            people = self._before(match) or self._after(match)
            found += [(at, person, role) for at, person in people]
        return found

    def _by_act(self) -> list[tuple[int, str, Role]]:
        found = []
        for match in _ACT.finditer(self.text):
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
        return found

    def _by_task(self) -> list[tuple[int, str, Role]]:
        """People with the name of their task behind them."""
        tasks = [
            (match.start(), LABELS.get(match["task"].lower()))
            for pattern in (_HANDLES, _BRACKETED)
            for match in pattern.finditer(self.text)
            if match["task"].lower() not in NOUNS
        ]
        tasks += [(match.start(), Role.DIRECTOR) for match in _CHAIR.finditer(self.text)]
        return [(*person, role) for at, role in tasks if role and (person := self._name_ending_at(at))]

    def _deed(self, deed: str, match: re.Match[str]) -> Role | None:
        at = match.start()
        if deed == "designed":
            before = self.text[max(0, at - 80) : at].lower()
            return next((role for word, role in DESIGNED.items() if word in before.rsplit(".", 1)[-1]), None)
        role = DEEDS[deed]
        sentence = self.text[max(0, at - 100) : at].rsplit(".", 1)[-1].lower()
        if role is Role.DIRECTOR and ("episode" in sentence or _THIS_EPISODE.match(self.text, match.end())):
            return Role.EPISODE_DIRECTOR
        return role

    def _people(self, start: int, *, listed: bool) -> list[tuple[int, str]]:
        name = name_at(self.text, start)
        if not name:
            return []
        people = [(start, name)]
        position = start + len(name)
        commas = 0
        while listed and (more := _CONTINUED.match(self.text, position)):
            commas += "," in more["break"]
            name = name_at(self.text, more.end())
            if not name or ("," in more["break"] and "and" in more["break"] and commas < 2):
                break
            people.append((more.end(), name))
            position = more.end() + len(name)
        return people

    def _skip_aside(self, start: int) -> int:
        """Past a role, a description or a work in the possessive, to the name that they belong to."""
        if noun := _NOUN.match(self.text, start):
            return noun.end() + 1
        aside = _ASIDE.match(self.text, start)
        return aside.end() if aside and not name_at(self.text, start) else start

    def _after(self, noun: re.Match[str]) -> list[tuple[int, str]]:
        """The people that a role's noun stands before; set apart by commas, by two of them."""
        called = _CALLED.match(self.text, noun.end())
        people = self._people(called.end() if called else noun.end(), listed=bool(noun["many"]))
        if called and called["mark"] == "," and people:
            at, person = people[-1]
            return people if self.text[at + len(person) : at + len(person) + 1] in (",", ".") else []
        return people

    def _before(self, noun: re.Match[str]) -> list[tuple[int, str]]:
        """The person in front: "Yutaka Izubuchi, a designer serving as chief director" or "A (director)"."""
        start = max(0, noun.start() - 120)
        before = re.split(r"[.;:!?]\s", self.text[start : noun.start()])[-1]
        offset = noun.start() - len(before)
        if opened := re.search(r"\s\((?:the\s)?$", before):
            person = (
                self._name_ending_at(offset + opened.start())
                if self.text[noun.end() : noun.end() + 1] in (")", ",")
                else None
            )
            return [person] if person else []
        if as_role := _AS.search(before):
            straight = self._name_ending_at(offset + len(before[: as_role.start()].rstrip()))
            comma = before.find(", ")
            person = straight or (self._name_ending_at(offset + comma) if comma > 0 else None)
            return [person] if person else []
        apposed = re.search(r",\s(?:the|an?|its|who is the|(?:the\s)?\w+[’']s)\s(?:[\w’'-]+\s){0,2}$", before)
        if not apposed or not _ENDS.match(self.text, noun.end()):
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
            if words[-count][0].lower() in _ROLE_WORDS:
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
        own = bare.lower() in self.series.lower().split()
        return bare[:1].isupper() and not own and not first_of_sentence and not noun[:1].isupper()
