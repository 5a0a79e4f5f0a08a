"""People: who made what we cover."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby

from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce, Lower, Substr
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.moved import redirect_to_renamed
from coverage.newsroom.pages import Crumb, Page
from reviews import structured_data
from reviews.cards import plain_line
from series.filmography import Filmography
from series.models import Credit, Person
from series.models.credits import PersonQuerySet
from series.roles import Role

PER_PAGE = 180
# Where a name begins with none of A to Z, accents aside.
OTHER = "#"

# Each initial with the first characters that it stands for: E with E, e, É.
Initials = dict[str, list[str]]


@dataclass(frozen=True)
class Listed:
    """A person in the index, with the roles held, the vocabulary's order, and on how many shows."""

    person: Person
    roles: list[Role]
    shows: int


@require_safe
def people(request: NewsroomRequest) -> HttpResponse:
    """Everybody with a credit that readers may see, by initial.

    Context: page, initials, chosen (one of them, or empty for all), groups [(initial, [Listed])], page_obj.
    """
    credited = Person.objects.public(request.now)
    initials = _initials(credited)
    asked = request.GET.get("initial", "")
    letters = initials.get(asked, []) if asked else list(chain.from_iterable(initials.values()))
    page_obj = Paginator(_in_order(credited, initials, letters), PER_PAGE).get_page(request.GET.get("page"))
    listed = _listed(list(page_obj.object_list), request.now)
    context = {
        "page": _index_page(request, asked if asked in initials else "", page_obj.number),
        "initials": list(initials),
        "chosen": asked if asked in initials else "",
        "groups": [
            (initial, list(group)) for initial, group in groupby(listed, lambda each: initial_of(each.person))
        ],
        "page_obj": page_obj,
    }
    return render(request, "site/people.html", context)


@require_safe
def person(request: NewsroomRequest, slug: str) -> HttpResponse:
    """One person. Context: page, person, filmography."""
    credited = Person.objects.public(request.now)
    who = credited.prefetch_related("aliases").filter(slug=slug).first()
    if who is None:
        return redirect_to_renamed(request, credited, slug)
    held = Credit.objects.public(request.now).filter(person=who)
    filmography = Filmography.of(held.for_filmography())
    roles = ", ".join(str(each.label) for each, _works in filmography.roles)
    page = Page(
        path=who.get_absolute_url(),
        title=plain_line(who.name),
        description=plain_line(_("%(name)s: %(roles)s.") % {"name": who.name, "roles": roles}),
        kind="profile",
        trail=(Crumb(_("People"), reverse("site:people")),),
        nodes=(structured_data.maker(who),),
    )
    return render(request, "site/person.html", {"page": page, "person": who, "filmography": filmography})


def initial_of(person: Person) -> str:
    return _folded(person.name[:1])


def _folded(first: str) -> str:
    letter = unicodedata.normalize("NFKD", first)[:1].upper()
    return letter if letter.isascii() and letter.isalpha() else OTHER


def _initials(credited: PersonQuerySet) -> Initials:
    """From A to Z, then the rest."""
    firsts = credited.order_by().values_list(Substr("name", 1, 1), flat=True).distinct()
    initials: Initials = {}
    for first in sorted(firsts, key=lambda first: (_folded(first) == OTHER, _folded(first), first)):
        initials.setdefault(_folded(first), []).append(first)
    return initials


def _in_order(credited: PersonQuerySet, initials: Initials, letters: list[str]) -> PersonQuerySet:
    """Whose name begins with one of `letters`, by initial: databases sort accents each in their own way."""
    named = credited.annotate(first=Substr("name", 1, 1)).filter(first__in=letters)
    ranks = [When(first__in=letters, then=Value(rank)) for rank, letters in enumerate(initials.values())]
    return named.order_by(Case(*ranks, default=Value(len(ranks))), Lower("name"), "pk")


def _listed(page: list[Person], at: datetime) -> list[Listed]:
    """With what they did, in one query for all of them."""
    show = Coalesce("series", "episode__series")
    held = Credit.objects.public(at).filter(person__in=page).order_by()
    did: dict[int, list[tuple[str, int]]] = {}
    for pk, key, on in held.values_list("person", "role", show).distinct():
        did.setdefault(pk, []).append((key, on))
    return [_as_listed(each, did.get(each.pk, [])) for each in page]


def _as_listed(who: Person, did: list[tuple[str, int]]) -> Listed:
    keys = {key for key, _show in did}
    return Listed(who, [held for held in Role if held in keys], len({show for _key, show in did}))


def _index_page(request: NewsroomRequest, chosen: str, number: int) -> Page:
    """Each initial and each page of it has an address of its own."""
    asked = {"initial": chosen} if chosen else {}
    if number > 1:
        asked["page"] = str(number)
    return Page(
        path=f"{request.path}?{urlencode(asked)}" if asked else request.path,
        title=_("People: %(initial)s") % {"initial": chosen} if chosen else _("People"),
        description=_("Everybody who made what we cover, with what they did."),
    )
