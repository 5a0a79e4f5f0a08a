from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from series.models.episodes import Episode
from series.models.series import Series


class VocabularyQuerySet(models.QuerySet["VocabularyEntry"]):
    def house(self) -> "VocabularyQuerySet":
        """The list that holds for every series."""
        return self.filter(series=None)

    def known_to(self, series: Series | None) -> "VocabularyQuerySet":
        """What a piece about `series` may use: entries of it, of its prequels and sequels, of the house."""
        from series.families import of_one_family

        found = self.select_related("first_seen")
        if series is None:
            return found.filter(series=None)
        family = Series.objects.filter(of_one_family(series.slug))
        return found.filter(models.Q(series=None) | models.Q(series__in=family))


class VocabularyEntry(CleanText):
    """A name or a term as the house writes it: a series' own, or, without a series, everybody's."""

    class Kind(models.TextChoices):
        CHARACTER = "character", _("Character")
        TERM = "term", _("Term")
        PLACE = "place", _("Place")
        OTHER = "other", _("Other")

    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.CASCADE, related_name="vocabulary"
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.CHARACTER)
    form = models.CharField(_("house form"), max_length=120, help_text=_("As the house writes it."))
    variants = models.CharField(
        _("variants"),
        max_length=400,
        blank=True,
        help_text=_(
            "Other forms, with semicolons between them. The copy desk lets them pass, "
            "unless a piece uses two of them."
        ),
    )
    first_seen = models.ForeignKey(
        Episode,
        verbose_name=_("first seen in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Its review doesn't name it in headline, standfirst or text alternatives."),
    )
    spoils = models.BooleanField(
        _("spoils"), default=False, help_text=_("The mere word gives something away: not in a headline.")
    )

    objects = VocabularyQuerySet.as_manager()

    if TYPE_CHECKING:
        series_id: int | None
        first_seen_id: int | None

    class Meta:
        verbose_name = _("vocabulary entry")
        verbose_name_plural = _("vocabulary")
        ordering = ["form", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "form"],
                name="vocabulary_form_once_in_series",
                violation_error_message=_("The series' vocabulary has this form already."),
            ),
            models.UniqueConstraint(
                fields=["form"],
                condition=models.Q(series=None),
                name="vocabulary_form_once_in_house",
                violation_error_message=_("The house list has this form already."),
            ),
        ]

    def __str__(self) -> str:
        return self.form

    def other_forms(self) -> list[str]:
        """The variants, one by one."""
        return [form for each in self.variants.split(";") if (form := each.strip())]

    def clean(self) -> None:
        super().clean()
        if self.first_seen and self.first_seen.series_id != self.series_id:
            raise ValidationError({"first_seen": _("Choose an episode of this series.")})
