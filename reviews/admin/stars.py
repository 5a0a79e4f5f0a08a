"""The star picker: ten half steps and "Unrated", a plain radio group underneath."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reviews.stars import HALF_STEPS


class StarPicker(forms.RadioSelect):
    template_name = "desk/widgets/star_picker.html"
    option_template_name = "desk/widgets/star_option.html"

    def create_option(
        self,
        name: str,
        value: Any,
        label: Any,
        selected: bool,
        index: int,
        subindex: int | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        return option | {"is_rating": value != "", "is_second_half": index % 2 == 0}


class StarsChoice(forms.TypedChoiceField):
    """A rating of a half to five stars, or None for unrated."""

    widget = StarPicker

    def __init__(self, *, max_digits: int = 2, decimal_places: int = 1, **kwargs: Any) -> None:
        # A DecimalField of a model hands over its digits; the choices say it all.
        choices = [("", _("Unrated")), *((f"{stars:.1f}", in_words(stars)) for stars in HALF_STEPS)]
        super().__init__(choices=choices, coerce=_stars, empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.1f}" if isinstance(value, Decimal) else value


def _stars(value: str) -> Decimal:
    try:
        return Decimal(value)
    except InvalidOperation as error:
        raise ValueError(value) from error


def in_words(stars: Decimal) -> str:
    """As read aloud: 1 star, 3.5 stars."""
    number = number_format(stars.normalize())
    return ngettext("%(number)s star", "%(number)s stars", 1 if stars == 1 else 2) % {"number": number}
