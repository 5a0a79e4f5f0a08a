"""What an editor says of a week on the board."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.labels import PLAIN_WORDS
from reviews.models import Assignment, Reviewer, Skip

THIS_WEEK, ONWARD, SEASON = "week", "onward", "season"
_SCOPES = [
    (THIS_WEEK, _("This week only")),
    (ONWARD, _("From this week on")),
    (SEASON, _("The whole season")),
]


class Seen(forms.Form):
    """The plan as it was read, so that nobody undoes what they haven't seen."""

    seen = forms.UUIDField(widget=forms.HiddenInput)


class AssignForm(Seen):
    """`seen_season` is the season's plan as it was read, for who is given the whole of it."""

    seen_season = forms.UUIDField(widget=forms.HiddenInput)
    reviewer = forms.ModelChoiceField(
        Reviewer.objects.all(),
        label=_("Who covers it"),
        empty_label=_("Choose a reviewer"),
        error_messages=PLAIN_WORDS,
    )
    scope = forms.ChoiceField(
        label=_("For how long"),
        choices=_SCOPES,
        initial=THIS_WEEK,
        required=False,
        widget=forms.RadioSelect,
    )

    also = forms.TypedMultipleChoiceField(
        label=_("These weeks too, which are given otherwise"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What isn't ticked stays as it is."),
        error_messages={
            "invalid_choice": _("Somebody has changed this on the board since you looked. Look again.")
        },
    )

    def __init__(
        self, *args: Any, for_season: bool = False, others: Sequence[Assignment] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if for_season:
            del self.fields["scope"]
        if not others:
            del self.fields["also"]
            return
        also = cast("forms.TypedMultipleChoiceField", self.fields["also"])
        also.choices = [(str(row.version), _told(row)) for row in others]
        # Who gives a season away means what lasts; a single week was somebody's for a reason.
        also.initial = [str(row.version) for row in others if row.lasts]


def _told(row: Assignment) -> str:
    named = {"week": row.week, "who": row.reviewer or gettext("nobody")}
    if row.lasts:
        return gettext("%(week)s and from then on: %(who)s") % named
    return gettext("%(week)s: %(who)s") % named


class SkipForm(Seen):
    note = forms.CharField(
        label=_("Why it is skipped"),
        max_length=Skip._meta.get_field("reason").max_length,
        help_text=_("The desk reads it on the board; readers don't."),
        error_messages=PLAIN_WORDS,
    )
