from django import template
from django.utils.translation import gettext_lazy as _

from reviews.status import Stage

register = template.Library()

_ASKS = {
    Stage.SUBMITTED: _("wait for an editor's approval"),
    Stage.DRAFT: _("are still being written"),
    Stage.SCHEDULED: _("go live by themselves"),
    Stage.LIVE: _("are out"),
}


@register.filter
def asks_for(stage: Stage) -> str:
    """What pieces at this stage wait for."""
    return str(_ASKS.get(stage, ""))
