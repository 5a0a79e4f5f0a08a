from datetime import UTC, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import (
    AnotherName,
    CleanText,
    FormerSlug,
    Named,
    Picture,
    Publication,
    Sluggable,
)
from coverage.newsroom.models.publication import Weekday
from coverage.newsroom.slots import WeeklySlot
from series.accents import Accent, accent_of
from series.visibility import reveals, would_outlast_a_review


class Format(models.TextChoices):
    TV = "tv", _("TV series")
    ONA = "ona", _("Web series")
    OVA = "ova", _("OVA")
    SPECIAL = "special", _("Special")
    FILM = "film", _("Film")


class Source(models.TextChoices):
    ORIGINAL = "original", _("Original")
    MANGA = "manga", _("Manga")
    LIGHT_NOVEL = "light_novel", _("Light novel")
    NOVEL = "novel", _("Novel")
    WEB_NOVEL = "web_novel", _("Web novel")
    WEBTOON = "webtoon", _("Webtoon")
    GAME = "game", _("Game")
    VISUAL_NOVEL = "visual_novel", _("Visual novel")
    OTHER = "other", _("Other")


class Season(models.TextChoices):
    """The trade's four seasons, each named after the month it begins in (January, April, ...)."""

    WINTER = "winter", _("Winter")
    SPRING = "spring", _("Spring")
    SUMMER = "summer", _("Summer")
    FALL = "fall", _("Fall")


class SeriesFormerSlug(FormerSlug):
    target = models.ForeignKey("Series", on_delete=models.CASCADE, related_name="former_slugs")


class SeriesQuerySet(models.QuerySet["Series"]):
    def public(self, at: datetime) -> "SeriesQuerySet":
        """What readers may see at `at`: the desk says so, and no embargo holds it back.

        A live review reveals its series: an embargo that a chief set aside is over.
        """
        unembargoed = models.Q(embargo_until=None) | models.Q(embargo_until__lte=at)
        return self.filter(unembargoed | models.Q(reveals.series(at)), is_public=True)

    def for_list(self) -> "SeriesQuerySet":
        """All that a card shows."""
        return (
            self.select_related("key_visual")
            .prefetch_related("seasons", "studios")
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_page(self) -> "SeriesQuerySet":
        """All that a series' own page shows of its own row."""
        return self.select_related("key_visual").fetch_mode(models.FETCH_RAISE)


class Series(Named, Sluggable):
    """One show's one season, or a film, or an OVA."""

    title = models.CharField(_("title in English"), max_length=200)
    title_native = models.CharField(_("native title"), max_length=200, blank=True)
    title_romaji = models.CharField(_("romaji title"), max_length=200, blank=True)
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.TV)
    source = models.CharField(_("source"), max_length=16, choices=Source, blank=True)
    source_note = models.CharField(
        _("source, in words"),
        max_length=200,
        blank=True,
        help_text=_("As the info box prints it, such as “Original series created by …”."),
    )
    premieres_on = models.DateField(_("premiere"), null=True, blank=True)
    episode_count = models.PositiveSmallIntegerField(_("planned episodes"), null=True, blank=True)
    synopsis = models.TextField(
        _("synopsis"), blank=True, help_text=_("The premise only. It stands in lists: no spoilers.")
    )
    prequel = models.ForeignKey(
        "self",
        verbose_name=_("prequel"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sequels",
    )
    key_visual = models.ForeignKey(
        Picture,
        verbose_name=_("key visual"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="key_visual_of",
        limit_choices_to={"spoils": False},
    )
    accent = models.CharField(
        _("colour"),
        max_length=10,
        choices=Accent,
        blank=True,
        help_text=_("What the series' pages and cards are coloured with."),
    )
    visual_accent = models.CharField(max_length=10, choices=Accent, blank=True, editable=False)
    slot_weekday = models.PositiveSmallIntegerField(
        _("own weekday"),
        choices=Weekday,
        null=True,
        blank=True,
        help_text=_("Only where this series doesn't go out with the rest of the paper."),
    )
    slot_time = models.TimeField(_("own time"), null=True, blank=True)
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Readers can see the series' page. Reviews can only go live once it is."),
    )
    has_been_public = models.BooleanField(default=False, editable=False)
    back_on = models.DateField(
        _("back on"),
        null=True,
        blank=True,
        help_text=_(
            "The day a break ends, in the newsroom's zone. Readers see “back 12 December” until then. "
            "Empty: after the next airing."
        ),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Nothing about the series is public, and no review goes live, before this."),
    )
    studios: "models.ManyToManyField[models.Model, models.Model]" = models.ManyToManyField(
        "series.Studio", through="series.SeriesStudio", related_name="series"
    )

    former_slug_model: ClassVar[type[FormerSlug]] = SeriesFormerSlug
    name_kind = "series"

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slot_weekday=None, slot_time=None)
                | models.Q(slot_weekday__isnull=False, slot_weekday__lte=6, slot_time__isnull=False),
                name="series_own_slot_whole",
                violation_error_message=_("Give an own slot both a weekday and a time, or neither."),
            ),
            models.CheckConstraint(
                condition=~models.Q(prequel=models.F("pk")),
                name="series_not_its_own_prequel",
                violation_error_message=_("A series can't be its own prequel."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def with_names(cls) -> SeriesQuerySet:
        return cls.objects.prefetch_related("other_titles")

    def names(self) -> list[str]:
        others = [other.title for other in self.other_titles.all()]
        return [self.title, self.title_native, self.title_romaji, *others]

    def get_absolute_url(self) -> str:
        return reverse("site:series", args=[self.slug])

    @property
    def picture(self) -> Picture | None:
        """What stands at its head; a key visual that has turned out to spoil doesn't."""
        return None if self.key_visual is None or self.key_visual.spoils else self.key_visual

    @property
    def colour(self) -> Accent:
        """Its accent: the one chosen at the desk, the key visual's, or one that stays its own."""
        known = self.accent or self.visual_accent
        return Accent(known) if known else list(Accent)[(self.pk or 0) % len(Accent)]

    def take_accent_from_key_visual(self) -> None:
        """Note which accent the key visual asks for, once it is another one; not saved by this.

        A file that can't be read asks for none.
        """
        try:
            self.visual_accent = accent_of(self.picture) if self.picture else ""
        except OSError:
            self.visual_accent = ""

    @property
    def is_film(self) -> bool:
        return self.format == Format.FILM

    def clean(self) -> None:
        super().clean()
        if self.pk and not self.is_public and self.has_releases():
            raise ValidationError(
                {"is_public": _("Reviews of this series are live or due. Withdraw them first.")}
            )
        if self.pk and would_outlast_a_review(self, "embargo_until", reveals.series):
            raise ValidationError(
                {"embargo_until": _("A review goes live before that. Reschedule or withdraw it first.")}
            )
        if self.pk and self._follows_itself():
            raise ValidationError({"prequel": _("This series comes before the one you chose.")})

    def _follows_itself(self) -> bool:
        before, seen = self.prequel, set[int]()
        while before and before.pk not in seen:
            if before.pk == self.pk:
                return True
            seen.add(before.pk)
            before = before.prequel
        return False

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.has_been_public = self.has_been_public or self.is_public
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "has_been_public"}
        super().save(*args, **kwargs)

    def has_releases(self) -> bool:
        """Whether any review of it is live now or ever will be."""
        ever = models.Q(reveals.series(datetime.max.replace(tzinfo=UTC)))
        return Series.objects.filter(ever, pk=self.pk).exists()

    def was_ever_public(self, at: datetime) -> bool:
        """Whether readers may have seen it: it is marked public, or was before somebody hid it."""
        return self.has_been_public

    def slot(self, publication: Publication) -> WeeklySlot:
        """When its weekly piece goes out: its own slot, or the paper's; in the newsroom's zone."""
        if self.slot_weekday is None or self.slot_time is None:
            return publication.slot
        return WeeklySlot(self.slot_weekday, self.slot_time, publication.zone)


class SeriesTitle(AnotherName, CleanText):
    """Another name that the series goes by, or went by."""

    named = "series"

    class Kind(models.TextChoices):
        ALIAS = "alias", _("also known as")
        FORMER = "former", _("formerly")

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="other_titles")
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.ALIAS)
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("As in “ja” or “pt-BR”.")
    )

    class Meta:
        verbose_name = _("other title")
        verbose_name_plural = _("other titles")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "title"],
                name="series_title_once",
                violation_error_message=_("The series has this title already."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class SeriesSeason(models.Model):
    """A season that the series runs in; a two-cour show stands in two."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="seasons")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1917), MaxValueValidator(2200)]
    )
    season = models.CharField(_("season"), max_length=6, choices=Season)

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "season"],
                name="series_season_once",
                violation_error_message=_("The series stands in this season already."),
            )
        ]
        indexes = [models.Index(fields=["year", "season"], name="series_by_season")]

    def __str__(self) -> str:
        return f"{self.get_season_display()} {self.year}"
