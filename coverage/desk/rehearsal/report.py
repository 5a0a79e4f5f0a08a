"""What a rehearsal found, by whose piece it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from reviews.models import Review, Reviewer


@dataclass
class Rehearsed:
    """A piece that is due, begun or not. It goes out as planned where `faults` is empty.

    `hints` stop nothing; `path` is where one goes on with it at the desk. What nobody has begun has no
    `review`, and perhaps a `reviewer` who is to write it.
    """

    title: str
    about: str
    path: str
    owner: str
    due_at: datetime
    stage: str
    review: Review | None = None
    reviewer: Reviewer | None = None
    faults: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Owner:
    """Who stands over these pieces."""

    name: str
    pieces: Sequence[Rehearsed]


@dataclass
class Report:
    """Of one slot, UTC. `site` is what would fail and is nobody's piece; `unread` answers weren't reached.

    `tried` is of how many pieces page and card have been made.
    """

    slot: datetime
    made_at: datetime
    pieces: list[Rehearsed]
    site: list[str] = field(default_factory=list)
    tried: int = 0
    read: int = 0
    unread: int = 0
    mails: int = 0

    @property
    def owners(self) -> list[Owner]:
        """In the order of their names; those without a name last."""
        of: dict[str, list[Rehearsed]] = defaultdict(list)
        for piece in self.pieces:
            of[piece.owner].append(piece)
        names = sorted(of, key=lambda name: (not name, name))
        return [Owner(name or _("Nobody yet"), of[name]) for name in names]

    @property
    def ready(self) -> int:
        return sum(not piece.faults for piece in self.pieces)

    @property
    def would_fail(self) -> bool:
        return bool(self.site) or self.ready < len(self.pieces)

    @property
    def sum(self) -> str:
        """In a sentence."""
        if self.would_fail:
            told = _("%(ready)d of %(due)d pieces would go out as planned.")
        else:
            told = _("All would go out as planned: %(due)d of %(due)d.")
        if not self.pieces:
            told = _("Nothing is due in this slot.")
        return told % {"ready": self.ready, "due": len(self.pieces)}
