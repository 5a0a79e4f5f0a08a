"""How a piece that is due stands, as the board says it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.status import Stage


class State(models.TextChoices):
    """The value is also the cell's CSS class, which gives each state a shape of its own."""

    UNASSIGNED = "unassigned", _("Unassigned")
    ASSIGNED = "assigned", _("Not begun")
    DRAFTING = "drafting", _("Drafting")
    SUBMITTED = "submitted", _("Submitted")
    APPROVED = "approved", _("Approved")
    LIVE = "live", _("Live")
    LATE = "late", _("Late")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SKIPPED = "skipped", _("Skipped")
    BREAK = "break", _("On a break")
    # Nobody has it, and nobody need: see `Plan.names_somebody`.
    RECAP = "recap", _("Recap, not due")
    NOTHING = "nothing", ""

    @property
    def is_due(self) -> bool:
        """Whether there is a piece, or should be one."""
        return self not in (State.SKIPPED, State.BREAK, State.RECAP, State.NOTHING)

    @property
    def has_no_piece(self) -> bool:
        return self in (State.UNASSIGNED, State.ASSIGNED)


OF_STAGE = {
    Stage.DRAFT: State.DRAFTING,
    Stage.SUBMITTED: State.SUBMITTED,
    Stage.SCHEDULED: State.APPROVED,
    Stage.LIVE: State.LIVE,
    Stage.WITHDRAWN: State.WITHDRAWN,
}
# From what asks for a hand to what is done; of several, a cell says the first.
FROM_LEAST_DONE = (None, Stage.WITHDRAWN, Stage.DRAFT, Stage.SUBMITTED, Stage.SCHEDULED, Stage.LIVE)
