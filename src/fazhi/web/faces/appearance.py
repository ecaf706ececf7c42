"""The reader's own switches (colour, contrast, size), kept in one cookie and set by plain forms."""

from dataclasses import asdict, dataclass, replace
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE: Final = "fazhi_appearance"
NOWHERE: Final = "not all"
YEAR_SECONDS: Final = 365 * 24 * 3600
CHOICES: Final = {"theme": ("auto", "light", "dark"), "contrast": ("auto", "more"), "size": ("normal", "large")}


@dataclass(frozen=True, slots=True)
class Appearance:
    theme: str = "auto"
    contrast: str = "auto"
    size: str = "normal"

    @property
    def dark_media(self) -> str:
        """For which screens the dark sheet holds; none where light is wanted."""
        return {"auto": "screen and (prefers-color-scheme: dark)", "dark": "screen", "light": NOWHERE}[self.theme]

    @property
    def contrast_media(self) -> str:
        return "screen" if self.contrast == "more" else "screen and (prefers-contrast: more)"

    @property
    def contrast_dark_media(self) -> str:
        wants = "" if self.contrast == "more" else " and (prefers-contrast: more)"
        return NOWHERE if self.dark_media == NOWHERE else f"{self.dark_media}{wants}"

    @property
    def sheets(self) -> dict[str, str]:
        """The sheets that follow the switches, by the word they carry in the page."""
        return {
            "dark": self.dark_media,
            "contrast": self.contrast_media,
            "contrast-dark": self.contrast_dark_media,
        }


def read_appearance(request: HttpRequest) -> Appearance:
    """What the cookie says; whatever it should not say counts as unsaid."""
    parts = dict(part.split("=", 1) for part in request.COOKIES.get(COOKIE, "").split("&") if "=" in part)
    return Appearance(**{name: parts[name] for name, allowed in CHOICES.items() if parts.get(name) in allowed})


def faces(request: HttpRequest) -> dict[str, object]:
    """Context processor: the switches, on every page."""
    return {"appearance": read_appearance(request)}


@require_POST
def set_appearance(request: HttpRequest) -> HttpResponse:
    chosen = {name: request.POST[name] for name, allowed in CHOICES.items() if request.POST.get(name) in allowed}
    appearance = replace(read_appearance(request), **chosen)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    # a script that asks takes the sheets as they now hold and leaves the page, and what is typed in it, where it is
    response: HttpResponse = HttpResponseRedirect(back if safe else "/")
    if request.headers.get("X-Requested-With") == "fetch":
        response = JsonResponse({"chosen": asdict(appearance), "sheets": appearance.sheets})
    value = "&".join(f"{name}={setting}" for name, setting in asdict(appearance).items())
    response.set_cookie(COOKIE, value, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response
