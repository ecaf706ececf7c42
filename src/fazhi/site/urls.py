"""The addresses of the site: the portal at the root, the office below /office/."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from fazhi.api.office.interface import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", set_language, name="set_language"),
    path("faces/", include("fazhi.web.faces.urls")),
    path("office/", include("fazhi.web.office.urls")),
    path("wall/", include("fazhi.web.wall.urls")),
    path("api/v1/", api.urls),
    path("open311/", include("fazhi.api.open311.urls")),
    path("", include("fazhi.web.portal.urls")),
]
