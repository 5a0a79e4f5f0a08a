"""Who has a piece of the board open, for a board that stays open itself."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from coverage.newsroom.admin.base import editor_of, now_of
from reviews.models import Presence


@require_safe
def who_is_at_it(request: HttpRequest) -> JsonResponse:
    """By the key of each piece that others have open now, the words that its cell says. One query."""
    me = editor_of(request)
    if not me.has_perm("reviews.view_review"):
        raise PermissionDenied
    found: dict[int, list[str]] = {}
    for presence in Presence.objects.now(now_of(request)).others(me):
        found.setdefault(presence.review_id, []).append(str(presence))
    words = {key: render_to_string("desk/at_it.html", {"others": others}) for key, others in found.items()}
    response = JsonResponse(words)
    response["Cache-Control"] = "private, no-store"
    return response
