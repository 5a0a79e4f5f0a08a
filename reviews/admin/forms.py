"""The form of a review. It says which version was read, and is refused when that has been left behind."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.faults import EXPLAINED
from coverage.newsroom.admin.labels import DeskForm
from reviews.models import Review
from reviews.models.content import SpoilerLevel
from reviews.stale import StaleVersion
from series.models import Episode

# Marks a form that holds what was typed earlier and never saved: it is shown, not saved.
TAKEN_UP = "_taken_up"


class ReviewForm(DeskForm):
    version = forms.UUIDField(required=False, widget=forms.HiddenInput)

    # The row as it is now, once a save was refused because it has moved on, or what was typed earlier is
    # only looked at.
    saved_meanwhile: Review | None = None

    class Meta:
        widgets = {
            "standfirst": forms.Textarea({"rows": 3}),
            "spoiler_level": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        if "spoiler_level" in self.fields:
            self.fields["spoiler_level"].choices = SpoilerLevel.choices  # type: ignore[attr-defined]  # a choice field
        if "standfirst" in self.fields and self.instance.pk and not self.instance.standfirst:
            self.fields["standfirst"].widget.attrs["placeholder"] = standfirst_prompt(self.instance)
        if "spoils_through" in self.fields:
            self._offer_episodes(self.fields["spoils_through"])

    def _offer_episodes(self, field: Any) -> None:
        """Those of its series; for a roundup, those of every series that its parts are about."""
        if series := self.instance.series_id:
            field.queryset = Episode.objects.filter(series=series).select_related("series")
            field.label_from_instance = lambda episode: episode.label or str(episode)
        else:
            about = self.instance.parts.values("episode__series") if self.instance.pk else []
            field.queryset = Episode.objects.filter(series__in=about).select_related("series")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk:
            self._claim(cleaned.get("version"))
        if TAKEN_UP in self.data:
            raise ValidationError(_("This is what you had typed. Save it to keep it."), code=EXPLAINED)
        return cleaned

    def _claim(self, version: Any) -> None:
        if version is None:
            raise ValidationError(_("This form doesn't say which version it is of. Open the piece again."))
        try:
            row = Review.claim(self.instance.pk, version)
        except StaleVersion as stale:
            # What was typed stays; the next save is a knowing one.
            self.saved_meanwhile = stale.review
            self.data = renewed(self.data, stale)
            raise
        if TAKEN_UP in self.data:
            self.saved_meanwhile = row


def standfirst_prompt(review: Review) -> str:
    """What the empty field asks for; a placeholder, so that it can't go live."""
    if review.series is None:
        return gettext("What holds these pieces together, in a sentence or two?")
    about = review.spoils_through
    what = str(about) if about and about.series_id == review.series_id else str(review.series)
    return gettext("What is %(what)s like, for somebody who hasn't seen it?") % {"what": what}


def renewed(data: Any, stale: StaleVersion) -> Any:
    """What was posted, with the version that the row has now."""
    data = data.copy()
    data["version"] = str(stale.review.version)
    return data
