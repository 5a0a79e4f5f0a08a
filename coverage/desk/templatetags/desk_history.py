"""The audit trail in words."""

import json
from datetime import datetime
from typing import Any

from django import template
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import AuditEntry
from coverage.newsroom.walltime import in_words

register = template.Library()

_DID = {
    "add": _("made it"),
    "change": _("changed it"),
    "submit": _("submitted it"),
    "return_with_note": _("returned it"),
    "approve": _("approved it"),
    "reschedule": _("moved it"),
    "withdraw": _("withdrew it"),
    "reinstate": _("reinstated it"),
    "correct": _("corrected it"),
    "discard": _("discarded it"),
    "recover": _("recovered it"),
    "restore": _("restored what it said before"),
    "assign": _("said who covers it"),
    "unassign": _("took it from whoever covers it"),
    "skip": _("skipped a week"),
    "unskip": _("took back that a week is skipped"),
    "move": _("moved what comes of it on the board"),
    "move_airing": _("moved its airing"),
    "move_slot": _("moved its slot"),
    "replan": _("moved its slot"),
    "start": _("began it from the board"),
    "check_credits": _("found the credits right that were carried over"),
    "note": _("wrote a note"),
    "resolve_note": _("resolved a note"),
    "reopen_note": _("opened a note again"),
    "share": _("made a link to its preview"),
    "unshare": _("ended a link to its preview"),
    "override": _("let pass what the copy desk held"),
    "ignore": _("had the copy desk ignore something for good"),
    "show_again": _("had the copy desk find something again"),
    "teach": _("added to the vocabulary"),
    "import": _("took an article into it"),
    "load_demo": _("filled the newsroom with the demo"),
}


@register.filter
def told(entry: AuditEntry) -> str:
    """What was done, with the instant and the edition where it names them."""
    words = str(_DID.get(entry.verb, entry.verb))
    if instant := entry.detail.get("publish_at"):
        words += " " + gettext("for %(when)s") % {"when": _in_words(instant, entry.at)}
    if instant := entry.detail.get("moved_to"):
        words += " " + gettext("to %(when)s") % {"when": _in_words(instant, entry.at)}
    about = [entry.detail[name] for name in ("reviewer", "week") if entry.detail.get(name)]
    if about:
        words += f" ({', '.join(about)})"
    if found := entry.detail.get("found"):
        words += f": “{found}”"
    if edition := entry.detail.get("edition"):
        words += " " + gettext("(edition %(number)s)") % {"number": edition}
    if notes := entry.detail.get("notes"):
        words += " " + ngettext("with %(count)d note", "with %(count)d notes", notes) % {"count": notes}
    return words


@register.filter
def changes(entry: AuditEntry) -> list[str]:
    """A sentence for each thing that a form changed, and what else is to be known of it."""
    sentences = []
    for change in entry.detail.get("changes") or []:
        if "values" in change:
            sentences += [_moved(value, entry.at) for value in change["values"]]
        else:
            sentences.append(LogEntry(change_message=json.dumps([change])).get_change_message())
    if reason := entry.detail.get("exception"):
        sentences.append(gettext("A rule was set aside: %(reason)s") % {"reason": reason})
    if left_out := entry.detail.get("left_out"):
        sentences.append(
            ngettext(
                "A still was left out: its picture is gone.",
                "%(count)s stills were left out: their pictures are gone.",
                len(left_out),
            )
            % {"count": len(left_out)}
        )
    return sentences


def _moved(value: dict[str, Any], now: datetime) -> str:
    was, then = (
        _in_words(told, now) if told and value["is_instant"] else told or gettext("nothing")
        for told in (value["was"], value["now"])
    )
    return gettext("%(label)s: %(was)s → %(now)s") % {"label": value["label"], "was": was, "now": then}


def _in_words(instant: str, now: datetime) -> str:
    zone = timezone.get_current_timezone()
    return in_words(datetime.fromisoformat(instant), zone, now)
