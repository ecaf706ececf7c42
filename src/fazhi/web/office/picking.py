"""Units offered while one types: by a part of the name, by signs in their order, or by pinyin initials."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.people import roll, units
from fazhi.web.office.fields import near_names
from fazhi.web.office.gate import Here, in_post, show

MOST: Final = 8
LONGEST: Final = 40


@never_cache
@require_safe
@in_post
def near_units(request: HttpRequest, here: Here) -> HttpResponse:
    """The fragment below a unit field, whatever the field's name; an exact name offers nothing more."""
    typed = str(next(iter(request.GET.values()), "")).strip()[:LONGEST]
    tree = units.tree_on(here.day)
    names = [line.name for line in tree.units.values()]
    near: list[str] = []
    if typed and typed not in names:
        plain = typed.lower()
        spelt = sorted(line.name for line in tree.units.values() if line.initials.startswith(plain))
        near = list(dict.fromkeys([*near_names(typed, names), *spelt]))[:MOST]
    nothing = _("没有找到这样的单位。") if typed and not near and typed not in names else ""
    return show(request, here, "office/near.html", {"near": near, "nothing": nothing})


@never_cache
@require_safe
@in_post
def near_places(request: HttpRequest, here: Here) -> HttpResponse:
    """Units and their posts, each post as unit and title with a stroke between."""
    typed = str(next(iter(request.GET.values()), "")).strip().replace("／", "/")[:LONGEST]
    lines = units.tree_on(here.day).units.values()
    names = [line.name for line in lines] + [seat.name for seat in roll.posts_on(here.day)]
    near: list[str] = []
    if typed and typed not in names:
        spelt = sorted(line.name for line in lines if line.initials.startswith(typed.lower()))
        near = list(dict.fromkeys([*near_names(typed, names), *spelt]))[:MOST]
    elif typed:
        near = [name for name in names if name.startswith(f"{typed}/")][:MOST]
    nothing = _("没有找到这样的单位或者岗位。") if typed and not near and typed not in names else ""
    return show(request, here, "office/near.html", {"near": near, "nothing": nothing})
