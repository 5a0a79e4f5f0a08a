from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import AnotherName, CleanText, FormerSlug, Named, Sluggable
from series.models.episodes import Episode
from series.models.series import Series
from series.roles import Role


class PersonFormerSlug(FormerSlug):
    target = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="former_slugs")


class PersonQuerySet(models.QuerySet["Person"]):
    def public(self, at: datetime) -> "PersonQuerySet":
        """Who is credited on something that readers may see at `at`."""
        return self.filter(models.Exists(Credit.objects.public(at).filter(person=models.OuterRef("pk"))))


class Person(Named, Sluggable):
    name = models.CharField(_("name"), max_length=120)
    name_native = models.CharField(_("native name"), max_length=120, blank=True)
    known_for = models.CharField(
        _("known for"), max_length=200, blank=True, help_text=_("Such as “Cowboy Bebop”.")
    )

    former_slug_model: ClassVar[type[FormerSlug]] = PersonFormerSlug
    name_kind = "person"

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def with_names(cls) -> PersonQuerySet:
        return cls.objects.prefetch_related("aliases")

    def names(self) -> list[str]:
        return [self.name, self.name_native, *(alias.name for alias in self.aliases.all())]

    def get_absolute_url(self) -> str:
        return reverse("site:person", args=[self.slug])


class PersonAlias(AnotherName, CleanText):
    """Another way in which a person is credited."""

    named = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="person_alias_once",
                violation_error_message=_("This person has that alias already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


CreditsInRole = tuple[str, str, list["Credit"]]


class CreditQuerySet(models.QuerySet["Credit"]):
    def of(self, series: Series, episodes: Iterable[Episode] = ()) -> "CreditQuerySet":
        """On the series, and on those of its episodes."""
        here = [episode for episode in episodes if episode.series_id == series.pk]
        return self.filter(models.Q(series=series) | models.Q(episode__in=here))

    def checked(self) -> "CreditQuerySet":
        """Without what was only carried over from another episode."""
        return self.filter(carried_from=None)

    def public(self, at: datetime) -> "CreditQuerySet":
        """On a series or an episode that readers may see at `at`."""
        shows = Series.objects.public(at).filter(pk=models.OuterRef("series"))
        episodes = Episode.objects.public(at).filter(pk=models.OuterRef("episode"))
        return self.checked().filter(models.Exists(shows) | models.Exists(episodes))

    def for_filmography(self) -> "CreditQuerySet":
        """All that a person's page shows of what they did."""
        return self.select_related("series__key_visual", "episode__series__key_visual").fetch_mode(
            models.FETCH_RAISE
        )

    def for_page(self) -> "CreditQuerySet":
        """All that a page shows of a credit."""
        return self.select_related("person", "episode").fetch_mode(models.FETCH_RAISE)

    def by_role(self) -> list[CreditsInRole]:
        """(role, its Japanese name, credits) in the vocabulary's order."""
        everyone = list(self)
        roles = [(role, [credit for credit in everyone if credit.role == role]) for role in Role]
        return [(str(role.label), role.japanese, held) for role, held in roles if held]

    def in_order(self) -> list["Credit"]:
        """By role, in the vocabulary's order."""
        return [credit for _role, _japanese, held in self.by_role() for credit in held]


class Credit(CleanText):
    """A person in a role: on a series, or on one episode (which leads to its series)."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="credits"
    )
    role = models.CharField(_("role"), max_length=32, choices=Role)
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.CASCADE, related_name="credits"
    )
    episode = models.ForeignKey(
        Episode, null=True, blank=True, on_delete=models.CASCADE, related_name="credits"
    )
    character = models.CharField(_("character"), max_length=120, blank=True, help_text=_("For voice roles."))
    note = models.CharField(_("note"), max_length=120, blank=True, help_text=_("Such as “OP1”."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # Set where nobody has looked yet whether the same person did it again; readers don't see such.
    carried_from = models.ForeignKey(
        Episode,
        verbose_name=_("carried from"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = CreditQuerySet.as_manager()

    if TYPE_CHECKING:
        series_id: int | None
        episode_id: int | None

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(series__isnull=False, episode=None)
                | models.Q(series=None, episode__isnull=False),
                name="credit_on_series_or_episode",
                violation_error_message=_("A credit is on a series or on one of its episodes."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "series", "character", "note"],
                name="credit_once_on_series",
                violation_error_message=_("This person has that role here already."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "episode", "character", "note"],
                name="credit_once_on_episode",
                violation_error_message=_("This person has that role here already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"

    def clean(self) -> None:
        super().clean()
        role = Role.__members__.get(self.role.upper())
        if role is None:
            return  # the field says so itself
        if self.series_id and not role.fits_series:
            raise ValidationError({"role": _("This role is one on a single episode.")})
        if self.episode_id and not role.fits_episode:
            raise ValidationError({"role": _("This role is one on the whole series.")})
        if role.needs_character and not self.character:
            raise ValidationError({"character": _("Whose voice is it?")})
