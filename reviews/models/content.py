"""What is written, declared once: the working copy and every edition share these fields."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText, Picture
from reviews.markup import pictures_in
from reviews.models.reviewers import Reviewer
from reviews.prose import ProseField
from reviews.stars import StarsField, stars_constraint
from series.models import Episode


class SpoilerLevel(models.TextChoices):
    """How much a piece gives away, from least to most."""

    NONE = "none", _("No spoilers")
    MILD = "mild", _("Mild spoilers")
    HEAVY = "heavy", _("Heavy spoilers")

    def at_most(self) -> list["SpoilerLevel"]:
        """This level and the gentler ones."""
        levels = list(SpoilerLevel)
        return levels[: levels.index(self) + 1]


class Content(CleanText):
    headline = models.CharField(
        _("headline"),
        max_length=200,
        blank=True,
        help_text=_("Stands in lists, feeds and on cards: no spoilers."),
    )
    standfirst = models.TextField(
        _("standfirst"),
        max_length=600,
        blank=True,
        help_text=_(
            "One or two sentences without spoilers. The only prose that leaves this page: "
            "lists, feeds, cards and mails show it."
        ),
    )
    introduction = ProseField(_("introduction"), blank=True)
    conclusion = ProseField(
        _("closing"), blank=True, help_text=_("Stands after the last part, such as where it streams.")
    )
    verdict = ProseField(_("verdict on the whole"), blank=True, help_text=_("For a season or a film."))
    stars = StarsField(
        _("stars for the whole"), help_text=_("For a season or a film; episodes have their own.")
    )
    spoiler_level = models.CharField(_("spoilers"), max_length=5, choices=SpoilerLevel, blank=True)
    spoils_through = models.ForeignKey(
        Episode,
        verbose_name=_("spoils through"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The latest episode that it gives away."),
    )
    spoils_source = models.BooleanField(_("spoils the source material"), default=False)
    lead_picture = models.ForeignKey(
        Picture,
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"spoils": False},
        help_text=_("Empty: the series' key visual."),
    )

    class Meta:
        abstract = True
        constraints = [stars_constraint()]

    @property
    def spoils(self) -> bool:
        return self.spoiler_level in (SpoilerLevel.MILD, SpoilerLevel.HEAVY)

    def clean(self) -> None:
        super().clean()
        if self.lead_picture and self.lead_picture.spoils:
            raise ValidationError({"lead_picture": _("A spoiling picture can't be the lead.")})


class PartContent(CleanText):
    """About one episode by one reviewer, or about a run of episodes taken together."""

    episode = models.ForeignKey(
        Episode, verbose_name=_("episode"), on_delete=models.PROTECT, related_name="+"
    )
    last_episode = models.ForeignKey(
        Episode,
        verbose_name=_("through episode"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only where one part takes several episodes together, such as 25 to 27."),
    )
    reviewer = models.ForeignKey(
        Reviewer, verbose_name=_("reviewer"), on_delete=models.PROTECT, related_name="+"
    )
    stars = StarsField(_("stars"))
    body = ProseField(_("text"), blank=True)
    verdict = ProseField(_("verdict"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [stars_constraint()]

    def __str__(self) -> str:
        return f"{self.label}, {self.reviewer}"

    @property
    def label(self) -> str:
        """“Episode 3”, “Episodes 25–27”; empty for a film."""
        if self.last_episode:
            return gettext("Episodes %(numbers)s") % {"numbers": self.numbers}
        return self.episode.label

    @property
    def anchor(self) -> str:
        """Where it stands on the page: the same in every edition, so that links to it last."""
        return part_anchor(self.episode_id, self.reviewer_id)

    @property
    def numbers(self) -> str:
        """“3”, “25–27”; empty for a film."""
        first = self.episode.number
        return f"{first}–{self.last_episode.number}" if self.last_episode else first

    @property
    def furthest(self) -> Decimal:
        """The place in the order of the latest episode that it speaks of."""
        return (self.last_episode or self.episode).sort_key

    def clean(self) -> None:
        super().clean()
        if not self.episode_id:
            return  # the field says so itself
        last, first = self.last_episode, self.episode
        if last and (last.series_id != first.series_id or last.sort_key <= first.sort_key):
            raise ValidationError({"last_episode": _("Choose a later episode of the same series, or none.")})


def part_anchor(episode: int, reviewer: int) -> str:
    """`PartContent.anchor` of these keys."""
    return f"part-{episode}-{reviewer}"


def covered_by(parts: models.QuerySet[Any]) -> models.Q:
    """On an Episode, as the outer query: one of `parts` is about it, or about a run that it lies in."""
    run = parts.filter(
        episode__series=models.OuterRef("series"),
        episode__sort_key__lte=models.OuterRef("sort_key"),
        last_episode__sort_key__gte=models.OuterRef("sort_key"),
    )
    return models.Q(models.Exists(parts.filter(episode=models.OuterRef("pk")))) | models.Q(models.Exists(run))


CONTENT_FIELDS = tuple(field.name for field in Content._meta.local_fields)
PART_FIELDS = tuple(field.name for field in PartContent._meta.local_fields)
PROSE = tuple(field.name for field in Content._meta.local_fields if isinstance(field, ProseField))
PART_PROSE = tuple(field.name for field in PartContent._meta.local_fields if isinstance(field, ProseField))


def pictures_named(piece: Any) -> list[int]:
    """The keys of the stills in the prose of a piece, a working copy or an edition, and of its parts."""
    texts = [getattr(piece, name) for name in PROSE]
    texts += [getattr(part, name) for part in piece.parts.all() for name in PART_PROSE]
    return [picture for text in texts for picture in pictures_in(text)]
