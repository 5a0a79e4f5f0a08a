"""What readers fill in. None of it knows who asks."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coverage.site.friday_mail.wishes import WEEK, Wish
from coverage.site.models import Subscriber
from series.models import Series


class Asking(forms.Form):
    """An address and what it is to get; `wish` once it is valid."""

    address = forms.EmailField(
        label=_("Your mail address"),
        max_length=254,
        error_messages={
            "required": _("Type the address that the mail is to go to."),
            "invalid": _("This is no mail address. One looks like name@example.org."),
        },
    )
    of = forms.ChoiceField(
        label=_("What you get"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )

    def __init__(self, series: Series | None, day: str, data: Any = None) -> None:
        wish = Wish(series)
        super().__init__(data, initial={"of": wish.words}, label_suffix="")
        whole = (WEEK, _("Everything that goes live, every %(day)s") % {"day": day})
        one = [(wish.words, series.title)] if series else []
        self.fields["of"].choices = [*one, whole]  # type: ignore[attr-defined]  # a ChoiceField has them
        if not series:
            self.fields["of"].widget = forms.HiddenInput()

    def clean_address(self) -> str:
        """In small letters: no provider of note tells two readers apart by the case of an address."""
        return str(self.cleaned_data["address"]).lower()


class Choosing(forms.Form):
    """What a reader gets, to be ticked off. More is asked for on a show's own page."""

    whole_week = forms.BooleanField(required=False)
    series = forms.ModelMultipleChoiceField(
        label=_("Shows"), queryset=Series.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, subscriber: Subscriber, day: str, at: datetime, data: Any = None) -> None:
        self.subscriber = subscriber
        shows = (
            Series.objects.public(at).filter(pk__in=subscriber.series.values("pk")).order_by("title", "pk")
        )
        initial = {"whole_week": subscriber.whole_week, "series": shows}
        super().__init__(data, initial=initial, label_suffix="")
        self.fields["whole_week"].label = _("Everything that goes live, every %(day)s") % {"day": day}
        self.fields["series"].queryset = shows  # type: ignore[attr-defined]  # a model's choices have one

    @transaction.atomic
    def save(self) -> bool:
        """Whether they get anything still. Raises Subscriber.DoesNotExist once they have left."""
        chosen = self.cleaned_data["series"]
        subscriber = Subscriber.objects.select_for_update().get(pk=self.subscriber.pk)
        subscriber.whole_week = self.cleaned_data["whole_week"]
        subscriber.save(update_fields=["whole_week"])
        # A show that isn't public for now wasn't asked about.
        subscriber.series.remove(*self.initial["series"].exclude(pk__in=chosen))
        return subscriber.whole_week or subscriber.series.exists()
