from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from reviews.models import Review


class StaleVersion(ValidationError):
    """Somebody else has changed the piece since it was read; `review` is the row as it is now."""

    def __init__(self, review: "Review") -> None:
        super().__init__(
            _(
                "Somebody has changed this piece since you opened it. Nothing of yours is saved yet: "
                "compare, then save again."
            ),
            code="stale",
        )
        self.review = review
