"""Between which two statements an announcer can be killed, by name."""

import os
import signal
from collections.abc import Callable
from typing import Any

from urllib3.connection import HTTPConnection

from reviews.announcing import announcer, calls, delivering
from reviews.models import Announcement
from reviews.models.announcements import AnnouncementQuerySet

POINTS: dict[str, tuple[Any, str, bool]] = {
    # Whose attribute, and whether it is killed before it is called or after.
    "after tidying": (announcer, "tidy", False),
    "after claiming": (AnnouncementQuerySet, "claim", False),
    "after another look": (delivering, "parcel_of", False),
    "after connecting": (calls.Parcel, "__enter__", False),
    "after saying so": (Announcement, "begin_to_hand_over", False),
    "after sending, before the answer": (HTTPConnection, "getresponse", True),
    "after the answer": (calls.Parcel, "hand_over", False),
    "before a refusal is written down": (delivering, "_refused", True),
    "before the rest is put off": (AnnouncementQuerySet, "put_off", True),
    "after settling": (Announcement, "settle", False),
}


def die_at(point: str) -> None:
    """Let this process be killed when it first comes there."""
    owner, name, before = POINTS[point]
    setattr(owner, name, _deadly(getattr(owner, name), before))


def _deadly(deed: Callable[..., Any], before: bool) -> Callable[..., Any]:
    def deadly(*args: Any, **more: Any) -> Any:
        # There may have been nothing to claim.
        if not before and deed(*args, **more) is None and deed.__name__ == "claim":
            return None
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("it lives")

    return deadly
