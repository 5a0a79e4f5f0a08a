from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from series.models import Series

SECRET_PREFIX = "whsec_"  # noqa: S105  # only says that one follows


def askable(url: str) -> None:
    """Over HTTP, at a port that there is, and without a password that would stand in lists and logs."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise ValidationError(_("There is no such port: one is a number from 1 to 65535."))
    if parts.scheme not in ("http", "https"):
        raise ValidationError(_("It has to begin with https:// or http://."))
    if parts.username or parts.password:
        raise ValidationError(_("Leave name and password out; what is sent is signed instead."))


class Event(models.TextChoices):
    """What happens to a piece that others may be told of."""

    LIVE = "review.live", _("a piece goes live")
    CHANGED = "review.changed", _("a live piece changes")
    WITHDRAWN = "review.withdrawn", _("a live piece is withdrawn")


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def wanting(self, event: Event, shows: models.QuerySet[Series]) -> "EndpointQuerySet":
        """Those that are to be told when it happens to a piece about `shows`."""
        wanted = {"tells_live": True} if event == Event.LIVE else {"tells_changes": True}
        if event == Event.WITHDRAWN:
            wanted = {"tells_withdrawals": True}
        about = models.Q(series=None) | models.Q(series__in=shows)
        return self.filter(about, is_on=True, **wanted)


class Endpoint(CleanText):
    """A machine elsewhere that is told what happens to pieces. Its requests are signed.

    The secret isn't kept: it is made of `seed` and the house's SECRET_KEY, so that a copy of the database
    signs nothing. Whoever changes SECRET_KEY gives every endpoint a new secret.
    """

    name = models.CharField(_("name"), max_length=100)
    url = models.URLField(
        _("address"),
        max_length=500,
        validators=[askable],
        help_text=_(
            "Where the requests go. Addresses inside a network are refused unless the operator allows them."
        ),
    )
    series = models.ForeignKey(
        Series,
        verbose_name=_("only about"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Leave it empty, and it is told of pieces about every series."),
    )
    tells_live = models.BooleanField(_("tell when a piece goes live"), default=True)
    tells_changes = models.BooleanField(_("tell when a live piece changes"), default=True)
    tells_withdrawals = models.BooleanField(_("tell when a live piece is withdrawn"), default=True)
    is_on = models.BooleanField(
        _("on"), default=True, help_text=_("Switched off, it is told nothing; what waits is skipped.")
    )
    seed = models.UUIDField(default=uuid4, editable=False)

    objects = EndpointQuerySet.as_manager()

    if TYPE_CHECKING:
        series_id: int | None

    class Meta:
        verbose_name = _("endpoint")
        verbose_name_plural = _("endpoints")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> bytes:
        """What its requests are signed with."""
        return salted_hmac("eyecatch.endpoint", self.seed.hex, algorithm="sha256").digest()

    def renew_secret(self) -> str:
        """Sign with another one from now on; answers it as receivers' libraries take it."""
        self.seed = uuid4()
        self.save(update_fields=["seed"])
        return SECRET_PREFIX + b64encode(self.secret).decode()
