"""Stars: half steps from 0.5 to 5. None is unrated, which is not zero."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _DecimalField = models.DecimalField[Any, Any]
else:
    _DecimalField = models.DecimalField

HALF_STEPS = tuple(Decimal(half) / 2 for half in range(1, 11))


def rank(given: Iterable[Decimal | None]) -> int:
    """Where the best of `given` stands, in half steps from 1 to 10; 0, after all, where nothing is rated."""
    return max((int(stars * 2) for stars in given if stars is not None), default=0)


def half_step(stars: Decimal) -> None:
    if stars not in HALF_STEPS:
        raise ValidationError(_("Stars go from a half to five, in half steps."))


class StarsField(_DecimalField):
    """A rating out of five, or None."""

    default_validators = [half_step]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_digits": 2, "decimal_places": 1, "null": True, "blank": True}
        super().__init__(*args, **kwargs)


def stars_constraint() -> models.CheckConstraint:
    """For the Meta of an abstract model with a `stars` field."""
    return models.CheckConstraint(
        condition=models.Q(stars=None) | models.Q(stars__in=HALF_STEPS),
        name="%(class)s_stars_in_half_steps",
        violation_error_message=_("Stars go from a half to five, in half steps."),
    )
