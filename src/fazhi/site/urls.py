"""The addresses of the site: the portal at the root, the office below /office/."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", set_language, name="set_language"),
    path("faces/", include("fazhi.web.faces.urls")),
]
for prefix, door in (("office/", "fazhi.web.office"), ("", "fazhi.web.portal")):
    if find_spec(f"{door}.urls"):
        urlpatterns.append(path(prefix, include(f"{door}.urls")))
