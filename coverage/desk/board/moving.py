"""Moving what comes of a show: asked by the address, shown with everything that moves, then confirmed."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coverage.desk.board.looking import Look, came_from, week_named
from coverage.desk.board.move_form import ALONE, OURS, THEIRS, ConfirmForm, MoveForm
from coverage.newsroom.keys import as_key
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import User
from coverage.newsroom.weeks import Week
from reviews.moving.doing import move
from reviews.moving.proposing import Proposal, propose
from reviews.moving.reading import World
from reviews.moving.wishes import What, Wish, may_move
from reviews.plans import week_due
from reviews.verbs import Act
from series.models import Episode, Series


@dataclass(frozen=True)
class Asked:
    """What the page is about, and who asks."""

    request: NewsroomRequest
    series: Series
    week: Week

    @property
    def user(self) -> User:
        return cast("User", self.request.user)

    @property
    def look(self) -> Look:
        return came_from(self.request, self.request.GET.get("back", ""))

    def form(self) -> MoveForm:
        """Bound to the address once it says what is to move."""
        asked = self.request.GET
        told = asked if "what" in asked else None
        return MoveForm(self.series, self.request.publication, told, initial=None if told else self._first())

    def _first(self) -> dict[str, Any]:
        """What the form says at first: of the week's episode, or of the next one to air."""
        publication, now = self.request.publication, self.request.now
        slot = self.series.slot(publication)
        known = list(self.series.episodes.filter(airs_at__isnull=False).order_by("sort_key", "pk"))
        due = [episode for episode in known if week_due(episode, slot) == self.week]
        coming = [episode for episode in known if episode.airs_at and episode.airs_at > now]
        episode: Episode | None = next(iter([*due, *coming, *known]), None)
        moves_airings = may_move(self.user, What.AIRINGS) and episode in coming
        return {
            "what": What.AIRINGS if moves_airings else What.PIECES,
            "episode": episode.pk if episode else None,
            "scope": ALONE,
            "zone": THEIRS if episode and episode.late_night_label else OURS,
        }


def move_page(request: NewsroomRequest, pk: int, week: str) -> HttpResponse:
    if not cast("User", request.user).has_perm("reviews.view_review"):
        raise PermissionDenied
    named = week_named(week)
    if named is None:
        raise Http404
    asked = Asked(request, get_object_or_404(Series, pk=pk), named)
    form = asked.form()
    wish = form.wish() if form.is_bound and form.is_valid() else None
    if request.method != "POST" or wish is None:
        return _shown(asked, form, wish)
    return _done(asked, form, wish)


def _done(asked: Asked, form: MoveForm, wish: Wish) -> HttpResponse:
    if not may_move(asked.user, wish.what):
        raise PermissionDenied
    if _proposal(asked, form, wish) is None:
        return _shown(asked, form, None)
    confirm = ConfirmForm(asked.request.POST)
    if confirm.is_valid():
        said = confirm.cleaned_data
        act = Act(asked.user, asked.request.now, note=said["note"].strip())
        try:
            done = move(wish, said["seen"], act, _ticked(asked), keep_slot=said["keep_slot"])
        except ValidationError as refusal:
            whole = refusal.messages if hasattr(refusal, "error_dict") else refusal
            confirm.add_error(None, whole)
        else:
            messages.success(asked.request, _what_moved(done))
            return HttpResponseRedirect(asked.look.url)
    return _shown(asked, form, wish, refused=confirm)


def _ticked(asked: Asked) -> set[int]:
    return {key for told in asked.request.POST.getlist("piece") if (key := as_key(told))}


def _what_moved(done: Proposal) -> str:
    airings, pieces = len(done.airings), len(done.pieces)
    told = []
    if airings:
        told.append(ngettext("%(count)d airing", "%(count)d airings", airings) % {"count": airings})
    if pieces:
        told.append(ngettext("%(count)d piece", "%(count)d pieces", pieces) % {"count": pieces})
    if done.slot:
        told.append(_("the slot"))
    return _("Moved: %(what)s.") % {"what": ", ".join(told)}


def _proposal(asked: Asked, form: MoveForm, wish: Wish) -> Proposal | None:
    """None where no calendar reaches so far; the form says so."""
    request = asked.request
    try:
        return propose(wish, World.read(asked.series, request.publication, request.now))
    except ValueError as error:
        form.add_error(None, str(error))
        return None


def _shown(
    asked: Asked, form: MoveForm, wish: Wish | None, refused: ConfirmForm | None = None
) -> HttpResponse:
    request, user = asked.request, asked.user
    proposal = _proposal(asked, form, wish) if wish else None
    confirm = refused
    if proposal:
        # As it stands now: what is refused as stale may be done knowingly.
        if confirm is None:
            confirm = ConfirmForm(initial={"seen": proposal.token})
        else:
            confirm.data = request.POST.dict() | {"seen": str(proposal.token)}
    context = admin.site.each_context(request) | {
        "title": _("Move"),
        "subtitle": str(asked.series),
        "series": asked.series,
        "week": asked.week,
        "form": form,
        "proposal": proposal,
        "confirm": confirm,
        "ticked": _boxes(asked, proposal, is_stale=_is_stale(refused)) if proposal else set(),
        "keeps_slot": "keep_slot" in request.POST if refused else True,
        "may": may_move(user, wish.what) if wish else False,
        "may_airings": may_move(user, What.AIRINGS),
        "may_pieces": may_move(user, What.PIECES),
        "may_slot": user.has_perm("series.change_series"),
        "look": asked.look,
        "back": asked.look.url,
    }
    status = 409 if refused or (form.is_bound and form.errors and request.method == "POST") else 200
    return TemplateResponse(request, "desk/board_move.html", context, status=status)


def _is_stale(refused: ConfirmForm | None) -> bool:
    return refused is not None and (refused.has_error("seen") or refused.has_error(NON_FIELD_ERRORS, "stale"))


def _boxes(asked: Asked, proposal: Proposal, *, is_stale: bool) -> set[int]:
    """The pieces whose box is ticked: as it was sent, unless the list has become another one."""
    if asked.request.method == "POST" and not is_stale:
        return _ticked(asked)
    return {move.piece.review.pk for move in proposal.pieces if move.is_asked and move.is_ticked}
